"""Which part of the year a piece of a report speaks of: last year, the five years past, the goals ahead,
this year,
the government itself.

A title says it (`title_parts`); where it names two, or none, the sentences that lead over from one to the
other say
where the second begins (`read_turns`).
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from dukao.report.lines import any_pattern, load_words
from dukao.report.values import Part

_REVIEWS: Final[frozenset[Part]] = frozenset(("review", "five_year_review"))
# The five-year plans: “十四五” ends in 2025; the numbers up to 九五 are written with one character.
_PLAN_NUMBERS: Final = {
    "八": 8,
    "九": 9,
    "十": 10,
    **{f"十{ones}": 10 + value for value, ones in enumerate("一二三四五六七", 1)},
}
_TITLE_TOKEN: Final = re.compile(
    r"(?P<five>过去的?[五六]年|[五六]年来|这五年)|(?P<long>今后(?:的)?[三五]年|未来[三五]年|远景目标|二〇三五|2035年)"
    r"|“(?P<plan>[八九十]|十[一二三四五六七])五”(?P<turn>(?:良好)?(?:开局|起步|开好局|圆满收官|收官))?|(?P<year>[12１２]\d{3})年|(?P<this>今年)|(?P<last>过去的?一年|去年|一年来|上年)"
)

# Behind this a paragraph that looked to later years speaks of the year's plan again.
_BACK_TO_PLAN: Final = re.compile("[。！!](?=今年|当前|为此)")
# How many characters of a paragraph say what it is about.
_TO_SELF: Final = 110
_FROM_SELF: Final = 40

Turn = tuple[int, Part]


@dataclass(frozen=True, slots=True)
class _Openings:
    """The patterns of the sentences that lead over, one for each part they lead to."""

    every: re.Pattern[str]
    inner: re.Pattern[str]
    later: re.Pattern[str]
    to_self: re.Pattern[str]
    from_self: re.Pattern[str]


@cache
def _titles() -> dict[str, re.Pattern[str]]:
    words = load_words("parts")
    return {
        name: re.compile(any_pattern(words[f"{name}_titles"])) for name in ("self", "review", "plan", "other")
    }


@cache
def _openings() -> _Openings:
    words = load_words("parts")
    year = r"(?P<year>[12１２]\d{3})年(?:，|,|是|我|全|政府|的?工作|工作|面对)"
    address = r"(?:各位代表|同志们)[，,！!：:]\s*"
    names = {
        "problem": "problem_openings",
        "five_year_review": "five_year_openings",
        "review": "review_openings",
        "plan": "plan_openings",
        "long_term": "long_openings",
    }
    parts = "|".join(f"(?P<{name}>{any_pattern(words[table])})" for name, table in names.items())
    opening = f"(?:{address})?(?:{parts}|{year})"
    return _Openings(
        re.compile(opening),
        re.compile(f"[。！!](?={opening})"),
        re.compile(f"(?:{address})?{any_pattern(words['later_openings'])}"),
        re.compile(any_pattern(words["self_openings"])),
        re.compile(any_pattern(words["other_business"])),
    )


def title_parts(title: str, year: int | None) -> tuple[Part, ...]:
    """The parts a title names, in its order; empty where it names none. `year` is the year the report
    plans."""
    kinds = {name for name, pattern in _titles().items() if pattern.search(title)}
    named: list[Part] = []
    for token in _TITLE_TOKEN.finditer(title):
        part = _token_part(token, year, kinds)
        if part and (not named or named[-1] != part):
            named.append(part)
    if named:
        return tuple(named)
    if "plan" in kinds and not re.search("政府|工作|总体", title):
        kinds.discard("plan")
    order: tuple[Part, ...] = ("self", "other", "review", "plan")
    return tuple(part for part in order if part in kinds)[:1]


def _token_part(token: re.Match[str], year: int | None, kinds: set[str]) -> Part | None:
    """The part one word of time in a title stands for."""
    kind = token.lastgroup
    simple: dict[str, Part] = {
        "five": "five_year_review",
        "long": "long_term",
        "this": "plan",
        "last": "review",
    }
    if token["turn"]:
        return "plan"
    if kind in simple:
        return simple[kind]
    if kind == "plan":
        ends = _PLAN_NUMBERS[token["plan"]] * 5 + 1955
        past = ends < year if year else "review" in kinds
        return "five_year_review" if past else "long_term"
    said = int(token["year"])
    if "plan" in kinds and "review" not in kinds:
        return "plan"
    if year is None:
        return "review" if "review" in kinds else "plan"
    return "review" if said < year else "plan"


def following_part(before: Part | None) -> Part:
    """The part of a section of the first level whose title names none: it follows from the section before."""
    if before is None:
        return "review"
    return "plan" if before in _REVIEWS or before == "self" else before


def child_part(title: str, parent: Part, year: int | None, *, late: bool = False) -> Part | None:
    """The part a head below the first level names for itself, None where it takes its parent's.

    `late`: it stands towards the end of the report, where self-government has its place.
    """
    if parent in _REVIEWS:
        return None
    if ("自身" in title or (late and "政府" in title)) and _titles()["self"].search(title):
        return "self"
    if ("五" in title or "年" in title) and _titles()["review"].search(title):
        return "five_year_review" if title_parts(title, year) == ("five_year_review",) else None
    return None


def later_end(text: str, start: int, end: int, year: int | None) -> int:
    """Where a paragraph of the plan that looks to later years (到2027年，…) comes back to this one.

    0 where it does not look there.
    """
    found = _openings().later.match(text, start, end)
    if found is None or not _is_later(found[0], year):
        return 0
    back = _BACK_TO_PLAN.search(text, found.end(), end)
    return back.end() if back else end


def _is_later(opening: str, year: int | None) -> bool:
    """Whether an opening speaks of years after the one the report plans."""
    for token in _TITLE_TOKEN.finditer(opening):
        if token["year"]:
            return year is not None and int(token["year"]) > year
        if token["plan"]:
            return year is not None and _PLAN_NUMBERS[token["plan"]] * 5 + 1955 > year
    return True


def plan_part(text: str, start: int, end: int, current: Part, *, late: bool) -> Part:
    """The part a paragraph of the plan or of self-government goes over to with its first words."""
    if current == "plan" and late and _openings().to_self.search(text, start, min(end, start + _TO_SELF)):
        return "self"
    if current == "self" and _openings().from_self.search(text, start, min(end, start + _FROM_SELF)):
        return "plan"
    return current


def may_turn(parts: tuple[Part, ...]) -> bool:
    """Whether a section whose title names these parts can lead over from one to another."""
    return len(parts) > 1 or parts[0] in _REVIEWS


def opening_part(
    text: str, at: int, end: int, parts: tuple[Part, ...], current: Part, year: int | None
) -> Part | None:
    """The part a paragraph turns to with its first words; None where it stays with the current one."""
    found = _openings().every.match(text, at, end)
    return _turn(found, parts, current, year) if found else None


def read_turns(
    text: str, start: int, end: int, parts: tuple[Part, ...], current: Part, year: int | None
) -> list[Turn]:
    """The places inside `text[start:end]` where a sentence leads over to another part."""
    turns: list[Turn] = []
    for found in _openings().inner.finditer(text, start, end):
        part = _turn(found, parts, current, year)
        if part == "review" and found.lastgroup == "year" and "review" not in parts:
            continue
        if part:
            turns.append((found.end(), part))
            current = part
    return turns


def _turn(found: re.Match[str], parts: tuple[Part, ...], current: Part, year: int | None) -> Part | None:
    """What an opening leads to, if the section's title lets it."""
    kind = found.lastgroup or ""
    if kind == "year":
        said = int(found["year"])
        kind = "plan" if said == year else "review" if year and said == year - 1 else ""
    if kind == "problem":
        return _changed("review", current) if current in _REVIEWS else None
    if current in _REVIEWS and parts[0] in _REVIEWS and kind in _REVIEWS:
        return _changed(kind, current)
    if kind in parts and current in parts and parts.index(kind) == parts.index(current) + 1:
        return kind
    return None


def _changed(part: Part, current: Part) -> Part | None:
    return part if part != current else None
