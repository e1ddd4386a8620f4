"""Detects a place's profile from a breakdown: for every trait what was seen, how often, and where first."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from dukao.breakdown.cells import Sheet
from dukao.breakdown.duties.columns import WHO, Column, column_of, columns_of, is_head_of, label_pattern
from dukao.breakdown.duties.units import unit_type
from dukao.breakdown.layouts.layout import lines_of
from dukao.breakdown.layouts.tables.lines import split_line
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.profiles import Profile, Seen, Trait
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.presets.loading import load_traits

Item = Task | LivelihoodContent
# One sighting of a value: the value, and the span of the source that shows it.
Sight = tuple[str, int, int]

_MARKS: Final = ("star", "first", "word", "column")
_BRACKETED: Final = re.compile(r"\([^()]*\)")
_LEVEL: Final = re.compile("[省市县区旗州]")
_OFFICE: Final = re.compile("[局委办厅部室]$")
# The rule that found a row says how it is laid out; a row of a table needs none.
_LAYOUTS: Final = (
    ("B07", "lines"),
    ("B06", "brackets"),
    ("B05", "labels"),
    ("B09", "labels"),
    ("B20", "labels"),
)


def detect_profile(breakdown: Breakdown) -> Profile:
    """What the place does, trait by trait; a trait that shows nowhere is absent.

    Where a document does a thing in several ways the commonest holds, and all are among what was seen.
    """
    items: list[Item] = [*breakdown.tasks, *breakdown.livelihood]
    sights: dict[str, list[Sight]] = {
        "layout": [(_layout(breakdown, item), item.start, item.end) for item in items],
        "lead": _see_leads(items),
        "leaders": [_see_leaders(item) for item in items],
        "units": [(_unit_line(item), item.start, item.end) for item in items if item.units],
        "prefix": _see_prefixes(items),
        "deadline": [_see_deadline(item) for item in items],
        "milestones": [_see_milestones(task) for task in breakdown.tasks],
        "line": _see_lines(breakdown, items),
        "parts": [("numbered" if task.parent else "none", task.start, task.end) for task in breakdown.tasks],
    }
    traits = (_trait(code, sights[code], breakdown.source.text) for code in load_traits())
    return Profile(breakdown.source.name, tuple(trait for trait in traits if trait), _name_heads(breakdown))


def _name_heads(breakdown: Breakdown) -> tuple[tuple[str, str], ...]:
    """What columns of units are called, or the labels where there are no columns; the commonest of each."""
    sheet = Sheet(breakdown.source.text)
    columns: dict[Column, Counter[str]] = {column: Counter() for column in WHO}
    labels: dict[Column, Counter[str]] = {column: Counter() for column in WHO}
    for line in lines_of(sheet, 0, len(sheet.text)):
        cells = split_line(sheet, line.start, line.end)
        if cells and (found := columns_of(cells)):
            _count_heads(columns, zip(found, (cell.plain for cell in cells), strict=True))
        for label in label_pattern().findall(line.plain):
            _count_heads(labels, [(column_of(label), label)])
    named = columns if any(columns.values()) else labels
    return tuple((column, count.most_common(1)[0][0]) for column, count in named.items() if count)


def _count_heads(counts: dict[Column, Counter[str]], heads: Iterable[tuple[Column | None, str]]) -> None:
    """Count the heads of units, without what brackets say beside them."""
    for column, head in heads:
        name = _BRACKETED.sub("", closed_up(head)).strip("*:")
        if column in counts and is_head_of(name, column):
            counts[column][name] += 1


def _trait(code: str, sights: list[Sight], text: str) -> Trait | None:
    """The trait with what was seen, the commonest value first; of equals the one seen first."""
    first: dict[str, Sight] = {}
    count: dict[str, int] = {}
    for sight in sights:
        first.setdefault(sight[0], sight)
        count[sight[0]] = count.get(sight[0], 0) + 1
    seen = [Seen(value, count[value], text[s:e], s, e) for value, s, e in first.values()]
    seen.sort(key=lambda one: -one.count)
    return Trait(code, _holding(code, seen), "document", tuple(seen)) if seen else None


def _holding(code: str, seen: list[Seen]) -> str:
    """The value that holds: a unit that stands alone says nothing where other rows say who leads; what a
    document does only now and then (limits, steps, parts, shared lines) it does.
    """
    if code == "lead":
        return next((one.value for one in seen if one.value != "sole"), seen[0].value)
    if code in ("milestones", "parts", "line", "units"):
        usual = {"milestones": "none", "parts": "none", "line": "one", "units": "own"}[code]
        return next((one.value for one in seen if one.value != usual), usual)
    return seen[0].value


def _layout(breakdown: Breakdown, item: Item) -> str:
    found = next((layout for rule, layout in _LAYOUTS if rule in item.rules), None)
    if found or "B01" in item.rules:
        return found or "table"
    between = breakdown.source.text[item.end : min((u.start for u in item.units), default=item.end)]
    return "table" if re.search("[\t|│┃]", between) else "plain"


def _see_leads(items: Iterable[Item]) -> list[Sight]:
    """Row by row what says who leads; what is laid on everybody, or said in a remark, is no habit."""
    sights: list[Sight] = []
    for item in items:
        own = [unit for unit in item.units if unit.basis not in ("joint", "remark")]
        leads = [unit for unit in own if unit.role == "lead" and unit.basis in _MARKS]
        shown = (leads or own)[:1]
        sights += [(unit.basis, unit.start, unit.end) for unit in shown]
    return sights


def _see_leaders(item: Item) -> Sight:
    if not item.leaders:
        return ("none", item.start, item.end)
    kind = "head" if "B03" in item.rules else "item"
    return (kind, item.leaders[0].start, item.leaders[0].end)


def _unit_line(item: Item) -> str:
    if {"B08", "B09", "B20"} & set(item.rules):
        return "shared"
    filled = item.filled_down if isinstance(item, LivelihoodContent) else ()
    return "merged" if "units" in filled else "own"


def _see_prefixes(items: Iterable[Item]) -> list[Sight]:
    """Name by name of government offices, whether the letter of the level stands before it."""
    offices = [
        unit
        for item in items
        for unit in item.units
        if not unit.group and _OFFICE.search(unit_type(unit.name))
    ]
    return [("written" if _LEVEL.match(unit.name) else "bare", unit.start, unit.end) for unit in offices]


def _see_deadline(item: Item) -> Sight:
    limit = item.deadline
    if limit is None:
        return ("none", item.start, item.end)
    return ("text" if item.start <= limit.start < item.end else "apart", limit.start, limit.end)


def _see_milestones(task: Task) -> Sight:
    if not task.milestones:
        return ("none", task.start, task.end)
    first = task.milestones[0].deadline
    return ("text" if task.start <= first.start < task.end else "columns", first.start, first.end)


def _see_lines(breakdown: Breakdown, items: Iterable[Item]) -> list[Sight]:
    """Row by row whether another row stands before it in the same line."""
    text, sights = breakdown.source.text, list[Sight]()
    last = -1
    for item in sorted(items, key=lambda one: one.start):
        is_same = last >= 0 and "\n" not in text[last : item.start]
        sights.append(("several" if is_same else "one", item.start, item.end))
        last = item.end
    return sights
