"""What holds between the parts of a compiled document, whatever it says: offsets, ids, references, nesting.

Each law takes the object of the public formats and the text its offsets index, and gives its breaches in
words. Offsets are code points; `text[start:end]` is what was read.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

Object = dict[str, Any]


def report_breaches(report: Object, text: str) -> list[str]:
    """The breaches of a `dukao.report/1` object."""
    sections, commitments, measures = report["outline"], report["commitments"], report["measures"]
    found = [*repeated("section", sections), *repeated("commitment", commitments)]
    found += repeated("measure", measures)
    found += misplaced(report["diagnostics"], text, "diagnostic")
    found += [fault for measure in measures for fault in measure_breaches(measure, text)]
    found += section_breaches(sections, text)
    found += commitment_breaches(commitments, sections, text)
    found += reference_breaches(commitments, measures)
    if report["source"]["chars"] != len(text):
        found.append(f"the source has {len(text)} characters, not {report['source']['chars']}")
    return found


def repeated(what: str, objects: Iterable[Object]) -> list[str]:
    """Ids that stand for more than one object."""
    return [
        f"{what} {name} stands {n} times" for name, n in Counter(o["id"] for o in objects).items() if n > 1
    ]


def misplaced(objects: Iterable[Object], text: str, what: str) -> list[str]:
    """Objects whose offsets lie outside the text, or run backwards."""
    return [f"{what} {o!r:.90} lies outside" for o in objects if not 0 <= o["start"] <= o["end"] <= len(text)]


def unlike(said: str, start: int, end: int, text: str, what: str) -> Iterator[str]:
    """A breach where the offsets give other words than those said to stand there."""
    if not 0 <= start < end <= len(text):
        yield f"{what} lies at {start}–{end} of {len(text)}"
    elif text[start:end] != said:
        yield f"{what}: {start}–{end} is {text[start:end]!r:.60}, not {said!r:.60}"


def measure_breaches(measure: Object, text: str) -> Iterator[str]:
    """A measure is the words of its span, and its indicator the words of its spans."""
    name = f"measure {measure['id']} {measure['surface']!r}"
    yield from unlike(measure["surface"], measure["start"], measure["end"], text, name)
    spans = measure["indicator_spans"]
    yield from (f"{name}: indicator outside" for _, end in spans if end > len(text))
    if "".join(text[start:end] for start, end in spans) != measure["indicator"]:
        yield f"{name}: indicator {measure['indicator']!r} is not its spans"
    yield from deadline_breaches(measure["deadline"], text, name)


def backward_ranges(measures: Iterable[Object]) -> list[str]:
    """Ranges that end below their beginning."""
    return [
        f"{measure['surface']!r} runs from {measure['value']} to {measure['value_max']}"
        for measure in measures
        if measure["value_max"] is not None and measure["value_max"] < measure["value"]
    ]


def deadline_breaches(deadline: Object | None, text: str, name: str) -> Iterator[str]:
    if deadline:
        yield from unlike(deadline["text"], deadline["start"], deadline["end"], text, f"{name}: deadline")


def section_breaches(sections: list[Object], text: str) -> Iterator[str]:
    """Sections nest: each within its parent and below its level, and none across another's end."""
    known = {section["id"]: section for section in sections}
    if sections != sorted(sections, key=lambda one: (one["start"], one["level"])):
        yield "sections are out of order"
    for section in sections:
        name = f"section {section['id']} {section['title']!r:.20}"
        if not 0 <= section["start"] <= section["end"] <= section["body_end"] <= len(text):
            yield f"{name} runs from {section['start']} by {section['end']} to {section['body_end']}"
        # The title as said may lack the marks and soft line breaks of the title as written.
        if section["level"] and not is_within(section["title"], text[section["start"] : section["end"]]):
            yield f"{name} is headed {text[section['start'] : section['end']]!r:.40}"
        if section["parent"] is None:
            continue
        parent = known.get(section["parent"])
        if parent is None:
            yield f"{name}: no parent {section['parent']}"
        elif parent["level"] >= section["level"]:
            yield f"{name} stands at the level of its parent"
        elif not parent["end"] <= section["start"] <= section["body_end"] <= parent["body_end"]:
            yield f"{name} reaches out of {parent['id']}"
    yield from crossing(sections)


def crossing(sections: list[Object]) -> Iterator[str]:
    """Neighbours below one head that run into one another."""
    last: dict[str | None, Object] = {}
    for section in sections:
        before = last.get(section["parent"])
        if before and section["level"] and before["level"] and before["body_end"] > section["start"]:
            yield f"section {section['id']} begins inside {before['id']}"
        last[section["parent"]] = section


def is_within(said: str, written: str) -> bool:
    """True when `said` is `written` but for letters left out."""
    letters = iter(written)
    return all(letter in letters for letter in said if not letter.isspace())


def commitment_breaches(commitments: list[Object], sections: list[Object], text: str) -> Iterator[str]:
    """Commitments are their slices, one after another, inside the sections they name."""
    known = {section["id"]: section for section in sections}
    at = 0
    for commitment in commitments:
        name, start, end = f"commitment {commitment['id']}", commitment["start"], commitment["end"]
        yield from unlike(commitment["text"], start, end, text, name)
        if start < at:
            yield f"{name} begins inside the one before"
        at = end
        section = known.get(commitment["section"])
        if section is None:
            yield f"{name}: no section {commitment['section']}"
        elif not section["start"] <= start <= end <= section["body_end"]:
            yield f"{name} lies outside {section['id']}"
        if (commitment["kind"] == "target") != bool(commitment["measures"]):
            yield f"{name} is a {commitment['kind']} with {len(commitment['measures'])} measures"


def reference_breaches(commitments: list[Object], measures: list[Object]) -> Iterator[str]:
    """Commitment and measure name one another, and the measure lies inside."""
    known = {commitment["id"]: commitment for commitment in commitments}
    said = {commitment["id"]: list[str]() for commitment in commitments}
    if measures != sorted(measures, key=lambda one: one["start"]):
        yield "measures are out of order"
    for measure in measures:
        owner = measure["commitment"]
        if owner is None:
            yield from (
                f"measure {measure['id']} lies in {c['id']} and does not say so"
                for c in commitments
                if c["start"] <= measure["start"] < c["end"]
            )
        elif owner not in known:
            yield f"measure {measure['id']}: no commitment {owner}"
        else:
            said[owner].append(measure["id"])
            if not known[owner]["start"] <= measure["start"] < measure["end"] <= known[owner]["end"]:
                yield f"measure {measure['id']} reaches out of {owner}"
    for name, commitment in known.items():
        if commitment["measures"] != said[name]:
            yield f"commitment {name} names {commitment['measures']}, is named by {said[name]}"


def breakdown_breaches(breakdown: Object, text: str, report: Object | None, report_text: str) -> list[str]:
    """The breaches of a `dukao.breakdown/1` object held against a report, or against none."""
    tasks, contents = breakdown["tasks"], breakdown["livelihood"]
    found = [*repeated("row", [*tasks, *contents]), *repeated("group", breakdown["groups"])]
    found += repeated("measure", [measure for row in [*tasks, *contents] for measure in row["measures"]])
    found += misplaced([*breakdown["groups"], *breakdown["diagnostics"]], text, "group or diagnostic")
    for group in breakdown["groups"]:
        if not is_within(group["title"], text[group["start"] : group["end"]]):
            found.append(f"group {group['id']} is headed {text[group['start'] : group['end']]!r:.40}")
        found += leader_breaches(group["leaders"], text, f"group {group['id']}")
    groups = {group["id"] for group in breakdown["groups"]}
    found += [f"row {task['id']}: no group {task['group']}" for task in tasks if task["group"] not in groups]
    known = {row["id"] for row in [*tasks, *contents]}
    found += [f"row {t['id']}: no parent {t['parent']}" for t in tasks if t["parent"] not in {None, *known}]
    for row in [*tasks, *contents]:
        found += row_breaches(row, text)
        found += held_breaches(row, text, report_text if report else None)
    for finding in breakdown["findings"]:
        found += [f"{finding['code']}: no row {item}" for item in finding["items"] if item not in known]
    return found + list(coverage_breaches(breakdown, report))


def _stands_apart(said: str, stretch: str) -> bool:
    """Whether words stand in a stretch in their order with others between, as the head of a column and the
    figure below it do: 植树（亩）… 300.
    """
    return (
        bool(said and stretch)
        and (said[0], said[-1]) == (stretch[0], stretch[-1])
        and is_within(said, stretch)
    )


def row_breaches(row: Object, text: str) -> Iterator[str]:
    """A row, its units, remark, leaders, time limits and measures are their slices."""
    name = f"row {row['id']}"
    said = row["text" if "text" in row else "content"]
    if not _stands_apart(said, text[row["start"] : row["end"]]):
        yield from unlike(said, row["start"], row["end"], text, name)
    for unit in row["units"]:
        yield from unlike(unit["written"], unit["start"], unit["end"], text, f"{name}: unit")
        if not is_within(unit["name"], unit["written"]):
            yield f"{name}: {unit['name']} is not in {unit['written']!r}"
        if unit["office"] and not is_within(unit["office"], unit["written"]):
            yield f"{name}: {unit['office']} is not in {unit['written']!r}"
        if unit["scope"] and not (row["remark"] and unit["scope"] in row["remark"]["text"]):
            yield f"{name}: scope {unit['scope']!r} is in no remark"
    if row["remark"]:
        remark = row["remark"]
        yield from unlike(remark["text"], remark["start"], remark["end"], text, f"{name}: remark")
    yield from leader_breaches(row["leaders"], text, name)
    yield from deadline_breaches(row["deadline"], text, name)
    for milestone in row.get("milestones", []):
        yield from deadline_breaches(milestone, text, name)
    yield from repeated(f"{name}: measure", row["measures"])
    for measure in row["measures"]:
        yield from measure_breaches(measure, text)
        if not row["start"] <= measure["start"] < measure["end"] <= row["end"]:
            yield f"{name}: measure {measure['id']} reaches out"


def leader_breaches(leaders: list[Object], text: str, name: str) -> Iterator[str]:
    """A leader's name stands at its offsets; a name of two letters may be spread there."""
    for leader in leaders:
        written = text[leader["start"] : leader["end"]]
        if not written or leader["name"] not in "".join(written.split()):
            yield f"{name}: leader {leader['name']} is {written!r:.40}"


def held_breaches(row: Object, text: str, report_text: str | None) -> Iterator[str]:
    """Spans and readings of a row are the report's and its own; without a report there are none."""
    name = f"row {row['id']}"
    if report_text is None:
        if row["relation"] is not None or row["source_spans"] or row["differences"]:
            yield f"{name} is held against no report"
        return
    if row["relation"] is None or (row["relation"] == "absent") == bool(row["source_spans"]):
        yield f"{name} is {row['relation']} with {len(row['source_spans'])} spans"
    if row["source_spans"] != sorted(row["source_spans"]) and row["relation"] in ("verbatim", "split"):
        yield f"{name} is {row['relation']} and its spans are out of order"
    if row["relation"] == "verbatim" and len(row["source_spans"]) != 1:
        yield f"{name} is verbatim in {len(row['source_spans'])} spans"
    if any(end > len(report_text) or start == end for start, end in row["source_spans"]):
        yield f"{name} has spans outside the report"
    changed = [one for one in row["differences"] if one["kind"] != "truncated"]
    if row["relation"] == "edited" and not changed:
        yield f"{name} is edited and nothing differs"
    if changed and row["relation"] != "edited":
        yield f"{name} is {row['relation']} and differs"
    for one in row["differences"]:
        for side, whole in (("report", report_text), ("breakdown", text)):
            yield from reading_breaches(one, side, whole, name)


def reading_breaches(difference: Object, side: str, whole: str, name: str) -> Iterator[str]:
    """One side of a difference: its span gives its words, and there is one where there are words."""
    said, span = difference[side], difference[f"{side}_span"]
    if span is None:
        if said:
            yield f"{name}: {said!r} has no place in the {side}"
    elif not is_within(said, whole[span[0] : span[1]]) or span[1] > len(whole):
        yield f"{name}: {said!r} is not at {span} of the {side}"


def coverage_breaches(breakdown: Object, report: Object | None) -> Iterator[str]:
    """Every commitment is covered, uncovered or no task, once."""
    coverage = breakdown["coverage"]
    if (coverage is None) != (report is None) or (breakdown["report"] is None) != (report is None):
        yield "coverage or report where there is none, or none where there is one"
    if coverage is None or report is None:
        return
    known = [commitment["id"] for commitment in report["commitments"]]
    named = [*coverage["uncovered"], *coverage["not_tasks"]]
    if coverage["commitments"] != len(known):
        yield f"coverage counts {coverage['commitments']} commitments of {len(known)}"
    if len(set(named)) != len(named) or not set(named) <= set(known):
        yield "coverage names a commitment twice, or one that is not there"
    if coverage["covered"] + len(named) != len(known):
        yield f"{coverage['covered']} covered and {len(named)} not are not {len(known)}"
