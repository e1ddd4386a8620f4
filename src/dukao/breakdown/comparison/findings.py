"""Findings: what cannot stand between two rows (conflicts), and what a person should look at (checks).

Two rows speak of one matter when a measure of each counts the same thing, in one unit, under one verb.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from dukao.breakdown.comparison.differences import is_free
from dukao.breakdown.comparison.folding import fold
from dukao.breakdown.comparison.matters import Matter, Row, pairs_of, read_matters
from dukao.breakdown.lettering import closed_up, plain
from dukao.breakdown.values import Breakdown, Finding, Task, UnitRole
from dukao.report.values import Measure

_SHOWN = 24
_FEW_IDS = 10
_FEW_FIGURES = 4
# The rule that assumed something, the code of the finding, and what it says.
_ASSUMED = (
    (
        "B23",
        "sentences-as-tasks",
        "{shown} 共 {count} 条不在表里，也没有“责任单位：”一类的标签，是从写着单位的句子读出来的；"
        "请核对是不是任务、归不归这个单位。",
    ),
    (
        "B25",
        "leader-from-above",
        "{shown} 共 {count} 条领导一栏空着，按合并单元格接了上面一行的领导；请核对。",
    ),
    (
        "B27",
        "units-from-above",
        "{shown} 共 {count} 条责任单位一栏空着，按合并单元格接了上面一行的单位；请核对。",
    ),
    (
        "B43",
        "leads-by-line",
        "{shown} 共 {count} 条的单位一行一家，分栏看不出来，按第一家牵头、其余配合读；"
        "请核对是不是另有牵头的。",
    ),
)
_ALLOTTED = "表里{name}的数字按地方列出，{shown} 共 {count} 个数各作一条任务，由所在的地方负责；请核对。"
_FIGURE_BEHIND = re.compile(r"[约≥≤>]?\s*\d[\d,.]*[^\d]*$")
# An item of a list: what stands between its links, long enough to be a thing.
_ITEM = re.compile(r"(?:(?!等|分别)[^、，；。和及与“”]){3,}")


def find_repeats(tasks: Sequence[Task]) -> list[Finding]:
    """A `conflict` for every text that stands under different leaders, a `check` for one that is merely
    repeated.
    """
    by_text: dict[str, list[Task]] = {}
    for task in tasks:
        if "B24" in task.rules:
            continue  # what places are given may be alike
        by_text.setdefault(closed_up(plain(task.text)).rstrip("。.;"), []).append(task)
    return [_repeated(alike) for alike in by_text.values() if len(alike) > 1]


def find_assumed(items: Sequence[Row]) -> list[Finding]:
    """A `check` for what the rows got that only their place in the table says: the leader or the units of the
    row above, the figures of the place beside them.
    """
    found: list[Finding] = []
    for rule, code, said in _ASSUMED:
        ids = [item.id for item in items if rule in item.rules]
        found += [_assumed(code, said, ids)] if ids else []
    allotted: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for item in items:
        if "B24" in item.rules:
            words = closed_up(_words(item))
            name = words[: len(_FIGURE_BEHIND.sub("", plain(words)))]
            allotted[item.group if isinstance(item, Task) else ""][item.id] = name
    return found + [_allotted(names) for names in allotted.values()]


def _allotted(names: Mapping[str, str]) -> Finding:
    """One question for all figures of a table, `names` being what they are of by row."""
    figures = [*dict.fromkeys(names.values())]
    shown = "”“".join(figures[:_FEW_FIGURES])
    more = f"等 {len(figures)} 项" if len(figures) > _FEW_FIGURES else ""
    return _assumed("allotted-figures", _ALLOTTED, [*names], f"“{shown}”{more}")


def _assumed(code: str, said: str, ids: Sequence[str], name: str = "") -> Finding:
    shown = "、".join(ids[:_FEW_IDS]) + ("等" if len(ids) > _FEW_IDS else "")
    return Finding(code, "check", said.format(name=name, shown=shown, count=len(ids)), tuple(ids))


def _repeated(alike: list[Task]) -> Finding:
    ids = tuple(task.id for task in alike)
    text = closed_up(alike[0].text)
    shown = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    leaders = [_leaders_of(task) for task in alike]
    if len(set(leaders)) > 1:
        who = "、".join(
            f"{name or '未写领导'}（{task.id}）" for name, task in zip(leaders, alike, strict=True)
        )
        return Finding(
            "two-leaders", "conflict", f"同一项任务列在两位领导名下：“{shown}”，{who}；请明确由谁牵头。", ids
        )
    return Finding(
        "repeated-task",
        "check",
        f"同一项任务列了 {len(alike)} 次：“{shown}”（{'、'.join(ids)}）；请确认是否重复。",
        ids,
    )


def _leaders_of(task: Task) -> str:
    return "、".join(leader.name for leader in task.leaders)


def find_findings(breakdown: Breakdown) -> tuple[Finding, ...]:
    """The conflicts and checks of a breakdown, those it already has left out."""
    known = {(finding.code, frozenset(finding.items)) for finding in breakdown.findings}
    found = [*_two_lead_units(breakdown), *_two_numbers(breakdown)]
    fresh: dict[tuple[str, frozenset[str]], Finding] = {}
    for finding in found:
        key = (finding.code, frozenset(finding.items))
        if key not in known:
            fresh.setdefault(key, finding)
    return tuple(fresh.values())


def find_left_out(
    left_out: Iterable[tuple[str, tuple[int, int]]], taken: bytearray, text: str, said: Sequence[Row]
) -> Iterator[Finding]:
    """A check for every item of a list in the report that no row takes, where rows take its neighbours.

    `left_out` are (row, span of the report `text` that it leaves to others); `taken` has a 1 for every
    character of the report that some row goes back to. Of the rows `said`, those that name the item elsewhere
    are pointed to, and stand behind the neighbours in `items`.
    """
    rows: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for row, (start, end) in left_out:
        for found in _ITEM.finditer(text, start, end):
            if is_free(found.span(), taken):
                rows[found.span()].append(row)
    for (start, end), ids in sorted(rows.items()):
        words = _shortened(text[start:end])
        named = [row.id for row in said if row.id not in ids and names_item(_words(row), text[start:end])]
        others = f"同句其他各项见{'、'.join(ids)}"
        message = (
            f"报告同一句并列的“{words}”，{others}，这一处没有行承接；{'、'.join(named)}写到了“{words}”，"
            "请确认是否由它承接。"
            if named
            else f"报告同一句并列的“{words}”没有任何一行承接（{others}），请确认是否遗漏。"
        )
        yield Finding("item-left-out", "check", message, (*ids, *named))


def names_item(words: str, item: str) -> bool:
    """Whether the words of a row name an item of the report, however both are spaced."""
    return closed_up(plain(item)) in closed_up(plain(words))


def _two_lead_units(breakdown: Breakdown) -> Iterator[Finding]:
    """One matter, in the same number, under lead units that have none in common."""
    for rows in _same_rows([*breakdown.tasks, *breakdown.livelihood]):
        for one, other in combinations(rows, 2):
            if _leads_differ(one, other):
                yield _lead_conflict(one, other, _shortened(_words(one)))
    for first, second in _pairs(breakdown):
        same = first.thing == second.thing and _same_number(first.measure, second.measure)
        if same and _leads_differ(first.row, second.row):
            yield _lead_conflict(first.row, second.row, _shortened(first.words))


def _lead_conflict(one: Row, other: Row, words: str) -> Finding:
    message = (
        f"“{words}”在{one.id}由{'、'.join(_leads(one))}牵头，在{other.id}由{'、'.join(_leads(other))}牵头。"
        "一件事要有一个牵头单位，请明确。"
    )
    return Finding("two-lead-units", "conflict", message, (one.id, other.id))


def _two_numbers(breakdown: Breakdown) -> Iterator[Finding]:
    """Neighbouring matters in different numbers, which may count different things."""
    for first, second in _pairs(breakdown):
        if _same_number(first.measure, second.measure):
            continue
        message = (
            f"{first.row.id}“{_shortened(first.words)}”与{second.row.id}“{_shortened(second.words)}”"
            f"数目不同（{_surface(first)}、{_surface(second)}）。两处统计范围可能不同，请确认口径。"
        )
        yield Finding("two-numbers", "check", message, (first.row.id, second.row.id))


def _pairs(breakdown: Breakdown) -> Iterator[tuple[Matter, Matter]]:
    """The pairs of rows that speak of one matter."""
    text = breakdown.source.text
    rows: list[Row] = [*breakdown.tasks, *breakdown.livelihood]
    return pairs_of([matter for row in rows for matter in read_matters(text, row)])


def _same_number(one: Measure, other: Measure) -> bool:
    return (one.value, one.value_max) == (other.value, other.value_max)


# Rows


def _same_rows(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows that say the same word for word."""
    by_words: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_words[fold(_words(row)).text.rstrip("。.;")].append(row)
    return (same for words, same in by_words.items() if words and len(same) > 1)


def _words(row: Row) -> str:
    return row.text if isinstance(row, Task) else row.content


def _leads(row: Row) -> list[str]:
    """The lead units the table itself names."""
    return [unit.name for unit in row.units if _leads_by_table(unit)]


def _leads_by_table(unit: UnitRole) -> bool:
    return unit.role == "lead" and unit.basis not in ("remark", "joint", "undecided") and not unit.group


def _leads_differ(one: Row, other: Row) -> bool:
    """Whether both rows have leads and none of them is the same unit, by whichever of its names."""
    first, second = _leads(one), _leads(other)
    return bool(first and second) and not any(_may_be_one(a, b) for a in first for b in second)


def _may_be_one(one: str, other: str) -> bool:
    """Whether a name may be the other shortened: 区人社局, 区人力社保局."""
    short, long = sorted((one, other), key=len)
    if short[:1] != long[:1] or short[-1:] != long[-1:]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)


def _surface(matter: Matter) -> str:
    return "".join(matter.measure.surface.split())


def _shortened(words: str) -> str:
    plain = "".join(words.split()).rstrip("。").replace("“", "‘").replace("”", "’")
    return plain if len(plain) <= 40 else plain[:39] + "…"
