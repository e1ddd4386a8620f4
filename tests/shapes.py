"""The public formats as tables: every object a table of its fields, every field a check, one screen each.

A check takes a value and the place it stands at, and gives its faults in words; none when the value is right.
"""

import re
from collections.abc import Callable, Mapping
from math import inf
from typing import Any

Check = Callable[[Any, str], list[str]]


def must(be: str, holds: Callable[[Any], bool]) -> Check:
    """A check that says what a value must be."""
    return lambda value, at: [] if holds(value) else [f"{at}: {value!r:.80} is not {be}"]


def one_of(*words: str) -> Check:
    return must(f"one of {', '.join(words)}", lambda value: isinstance(value, str) and value in words)


def like(pattern: str) -> Check:
    return must(
        f"like {pattern}", lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value))
    )


def or_null(check: Check) -> Check:
    return lambda value, at: [] if value is None else check(value, at)


def many(check: Check) -> Check:
    """A list whose entries all pass."""

    def faults(value: Any, at: str) -> list[str]:
        if not isinstance(value, list):
            return [f"{at}: {value!r:.80} is not a list"]
        return [fault for number, entry in enumerate(value) for fault in check(entry, f"{at}[{number}]")]

    return faults


def fields(table: Mapping[str, Check]) -> Check:
    """An object with exactly these fields, none missing and none unknown."""

    def faults(value: Any, at: str) -> list[str]:
        if not isinstance(value, dict):
            return [f"{at}: {value!r:.80} is not an object"]
        found = [f"{at}: lacks {key}" for key in table if key not in value]
        found += [f"{at}: {key} is in no format" for key in value if key not in table]
        return found + [
            fault
            for key, check in table.items()
            if key in value
            for fault in check(value[key], f"{at}.{key}")
        ]

    return faults


def is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def is_number(value: Any) -> bool:
    return not isinstance(value, bool) and isinstance(value, int | float) and -inf < value < inf


def is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_whole, value)) and value[0] <= value[1]


TEXT = must("text", lambda value: isinstance(value, str))
WORDS = must("words", lambda value: isinstance(value, str) and bool(value.strip()))
WHOLE = must("a count", is_whole)
NUMBER = must("a number", is_number)
FLAG = must("true or false", lambda value: isinstance(value, bool))
PAIR = must("a pair of offsets", is_pair)
YEAR = must("a year", lambda value: is_whole(value) and 1000 <= value <= 9999)
DATE = like(r"\d{4}-\d{2}-\d{2}")
PLACE = {"start": WHOLE, "end": WHOLE}

SOURCE = {
    "name": WORDS,
    "sha256": like("[0-9a-f]{64}"),
    "media_type": one_of("text/plain", "text/markdown"),
    "encoding": one_of("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"),
    "chars": WHOLE,
}
DIAGNOSTIC = {"code": like("[a-z]+([.-][a-z]+)*"), "message": WORDS, **PLACE}
DEADLINE = {
    "text": WORDS,
    "date": or_null(DATE),
    "kind": one_of("by", "within", "ongoing", "milestone"),
    **PLACE,
}

MEASURE = {
    "id": like(r"m\d+"),
    **PLACE,
    "surface": WORDS,
    "value": NUMBER,
    "value_max": or_null(NUMBER),
    "unit": or_null(WORDS),
    "op": one_of(">=", ">", "<=", "<", "="),
    "kind": one_of("level", "growth", "increment", "decrease", "ratio", "rank", "per"),
    "indicator": TEXT,
    "indicator_spans": many(PAIR),
    "action": or_null(WORDS),
    "role": one_of("target", "result"),
    "year": or_null(YEAR),
    "span": or_null(like(r"\d{4}-\d{4}")),
    "deadline": or_null(fields(DEADLINE)),
    "series": or_null(one_of("from", "to")),
    "approximate": FLAG,
    "commitment": or_null(like(r"c\d+")),
    "rules": many(like(r"[A-Z]\d{2}")),
}

SECTION = {
    "id": like(r"s\d+"),
    "parent": or_null(like(r"s\d+")),
    "level": WHOLE,
    "title": WORDS,
    **PLACE,
    "body_end": WHOLE,
    "part": one_of("review", "five_year_review", "long_term", "plan", "self", "other"),
}

COMMITMENT = {
    "id": like(r"c\d+"),
    "section": like(r"s\d+"),
    **PLACE,
    "text": WORDS,
    "kind": one_of("action", "target", "aspiration"),
    "year": or_null(YEAR),
    "measures": many(like(r"m\d+")),
}

# What `--jsonl` puts on its line of type "report"; `--json` adds the lists.
REPORT_HEAD = {
    "schema": one_of("dukao.report/1"),
    "source": fields(SOURCE),
    "title": TEXT,
    "place": or_null(WORDS),
    "level": or_null(one_of("nation", "province", "city", "county", "township")),
    "year": or_null(YEAR),
    "delivered": or_null(DATE),
    "speaker": or_null(WORDS),
}
REPORT_LISTS = {"outline": SECTION, "commitments": COMMITMENT, "measures": MEASURE, "diagnostics": DIAGNOSTIC}
REPORT = {**REPORT_HEAD, **{name: many(fields(table)) for name, table in REPORT_LISTS.items()}}
LINES = {
    "report": REPORT_HEAD,
    "outline": SECTION,
    "commitment": COMMITMENT,
    "measure": MEASURE,
    "diagnostic": DIAGNOSTIC,
}

LEADER = {"name": WORDS, "title": or_null(WORDS), **PLACE}

UNIT = {
    "name": WORDS,
    "office": or_null(WORDS),
    "written": WORDS,
    **PLACE,
    "group": FLAG,
    "role": one_of("lead", "responsible", "supporting"),
    "basis": one_of("star", "first", "word", "column", "sole", "remark", "joint", "undecided"),
    "scope": or_null(WORDS),
}

DIFFERENCE = {
    "kind": one_of("number", "wording", "omission", "addition", "truncated"),
    "report": TEXT,
    "report_span": or_null(PAIR),
    "breakdown": TEXT,
    "breakdown_span": or_null(PAIR),
}

# What tasks and livelihood contents have in common.
ROW = {
    "id": WORDS,
    **PLACE,
    "leaders": many(fields(LEADER)),
    "units": many(fields(UNIT)),
    "remark": or_null(fields({"text": WORDS, **PLACE})),
    "deadline": or_null(fields(DEADLINE)),
    "measures": many(fields(MEASURE)),
    "source_spans": many(PAIR),
    "relation": or_null(one_of("verbatim", "split", "merged", "edited", "absent")),
    "differences": many(fields(DIFFERENCE)),
}
TASK = {
    **ROW,
    "group": TEXT,
    "number": WORDS,
    "parent": or_null(WORDS),
    "title": or_null(WORDS),
    "text": WORDS,
    "milestones": many(fields({**DEADLINE, "step": TEXT})),
}
CONTENT = {
    **ROW,
    "number": WORDS,
    "project": WORDS,
    "content": WORDS,
    "filled_down": many(one_of("leaders", "units", "project")),
}

NOTICE_PARTS = "issuer document_number title addressees copied_to dated meeting publicity"
FINDING = {
    "code": like("[a-z]+(-[a-z]+)*"),
    "kind": one_of("conflict", "check"),
    "message": WORDS,
    "items": many(WORDS),
}
COVERAGE = {
    "commitments": WHOLE,
    "covered": WHOLE,
    "uncovered": many(like(r"c\d+")),
    "not_tasks": many(like(r"c\d+")),
}

BREAKDOWN = {
    "schema": one_of("dukao.breakdown/1"),
    "source": fields(SOURCE),
    "report": or_null(fields(SOURCE)),
    "notice": fields(dict.fromkeys(NOTICE_PARTS.split(), or_null(WORDS))),
    "lead_conventions": many(one_of("star", "first", "word", "column")),
    "groups": many(
        fields(
            {
                "id": TEXT,
                "title": TEXT,
                "leaders": many(fields(LEADER)),
                "note": or_null(WORDS),
                **PLACE,
            }
        )
    ),
    "tasks": many(fields(TASK)),
    "livelihood": many(fields(CONTENT)),
    "coverage": or_null(fields(COVERAGE)),
    "findings": many(fields(FINDING)),
    "diagnostics": many(fields(DIAGNOSTIC)),
}

# What stands in no document has both offsets 0.
LIKELY = {
    "confidence": must("a share", lambda value: is_number(value) and 0 < value <= 1),
    "reason": WORDS,
}
GROUP = {"id": WORDS, "title": WORDS, "leaders": many(fields(LEADER)), "note": or_null(WORDS), **PLACE}
DRAFT_TASK = {
    **TASK,
    "leaders": many(fields({**LEADER, **LIKELY})),
    "units": many(fields({**UNIT, **LIKELY})),
    "relation": one_of("verbatim", "split"),
    "commitments": many(like(r"c\d+")),
    "withheld": many(fields({"wanted": one_of("leader", "lead", "responsible"), "reason": WORDS})),
    "candidates": many(fields({**UNIT, **LIKELY})),
    "likely_deadline": or_null(fields({**DEADLINE, **LIKELY})),
}
DRAFT = {
    "schema": one_of("dukao.draft/1"),
    "source": fields(SOURCE),
    "place": or_null(WORDS),
    "year": or_null(YEAR),
    "past": many(fields(SOURCE)),
    "thresholds": fields(dict.fromkeys(("lead", "responsible", "leader", "deadline"), NUMBER)),
    "groups": many(fields(GROUP)),
    "tasks": many(fields(DRAFT_TASK)),
    "left_out": many(fields({"commitment": like(r"c\d+"), "text": WORDS, "reason": WORDS})),
}

ARTICLE = {
    "title": WORDS,
    "tag": or_null(WORDS),
    "date": or_null(DATE),
    **PLACE,
    "body": PAIR,
    "places": many(WORDS),
    "measures": many(fields(MEASURE)),
}
ARTICLES = {
    "schema": one_of("dukao.articles/1"),
    "source": fields(SOURCE),
    "articles": many(fields(ARTICLE)),
}

EXPLANATION = {
    "sentence": PAIR,
    "read": many(WORDS),
    "rules": many(fields({"code": like(r"[A-Z]\d{2}"), "name": WORDS, "why": WORDS, "span": PAIR})),
}
