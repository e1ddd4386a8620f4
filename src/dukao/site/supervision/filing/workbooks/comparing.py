"""A workbook that came back, held against what stands: what would be saved, and what cannot be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dukao.site.people.shown import seal_of
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.filing.published import period_due, say_outdated
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.filing.workbooks.columns import HEADS, NAMING, YES, lay_line
from dukao.site.supervision.typed import Unfit, read_cell_day, read_number
from dukao.site.supervision.workbooks import Difference, Fault, Line, hold_lines

_VERSION = re.compile(r"(\d{1,15})-(\d{1,9})$")
_HEADS = {one.name: one.head for one in HEADS}
_OPEN = tuple(one.name for one in HEADS if one.is_open)


@dataclass(frozen=True, slots=True)
class Change:
    """One row that can be saved: its item, what differs, and the words it asks for; None is 无变化."""

    at: int
    item: Item
    differences: tuple[Difference, ...]
    words: Words | None
    outdated: str = ""  # where it is 无变化 and a newer figure is due


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a workbook would do to a unit's round."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    same: int

    @property
    def seal(self) -> str:
        """The same for the same changes to the same filings: what is saved is what was shown."""
        said = [
            (one.item.filing.pk, one.item.filing.version, [d.head + d.after for d in one.differences])
            for one in self.changes
        ]
        return seal_of(said)


def compare(rows: Sequence[Line], items: Sequence[Item], today: date) -> Comparison:
    """What rows ask of the items of a round, on a day."""
    by_filing = {item.filing.pk: item for item in items}
    seen: set[int] = set()

    def hold(row: Line) -> Change | None:
        return _compare_row(row, _item_of(row, by_filing, seen), today)

    return Comparison(*hold_lines(rows, hold, lambda row: row.cells["number"]))


def _item_of(row: Line, by_filing: Mapping[int, Item], seen: set[int]) -> Item:
    """The item a row names, still as it was when the workbook was made."""
    found = _VERSION.match(row.cells["version"])
    if not found:
        raise Unfit("认不出是哪一项：隐藏的“版本”栏被改动或清空了，请重新下载再填")
    filing_id, version = int(found[1]), int(found[2])
    item = by_filing.get(filing_id)
    if item is None:
        raise Unfit("这一项不在本单位这一期的填报里：请核对是不是别的单位、别的期次的工作簿")
    if filing_id in seen:
        raise Unfit("这一项在工作簿里出现了两次：请只留一行")
    seen.add(filing_id)
    if not item.may_write:
        raise Unfit(f"这一项{item.state_words}，不能再改：要改的请先由督查室退回")
    if item.filing.version != version:
        who = item.filing.saved_by.name if item.filing.saved_by else "他人"
        raise Unfit(f"下载之后已由{who}在网页上保存过：请在网页上改，或重新下载再填")
    return item


def _compare_row(row: Line, item: Item, today: date) -> Change | None:
    before = lay_line(item)
    for name in NAMING:
        if row.cells[name] != before[name]:
            raise Unfit(f"“{_HEADS[name]}”栏被改动了，这一栏不能改：应为“{before[name][:30]}”")
    changed = [name for name in _OPEN if row.cells[name] != before[name]]
    if not changed:
        return None
    differences = tuple(Difference(_HEADS[name], before[name], row.cells[name]) for name in changed)
    is_unchanged = _read_yes(row.cells["is_unchanged"], "无变化")
    if is_unchanged and changed == ["is_unchanged"]:
        if item.last is None:
            raise Unfit("上一期没有采用过的进展，不能选“无变化”：请填写进展")
        return Change(row.at, item, differences, None, say_outdated(item, today))
    if is_unchanged:
        said = "、".join(_HEADS[name] for name in changed if name != "is_unchanged")
        raise Unfit(f"选了“无变化”，又改了{said}：请清空“无变化”，或恢复原来的内容")
    if changed == ["is_unchanged"]:
        return None
    return Change(row.at, item, differences, _words_of(row.cells, item, today))


def _words_of(cells: Mapping[str, str], item: Item, today: date) -> Words:
    """The words a row asks for; raises Unfit."""
    words = Words(
        progress=cells["progress"],
        next_step=cells["next_step"],
        problem=cells["problem"],
        help_needed=cells["help_needed"],
        is_blocked=_read_yes(cells["is_blocked"], "受阻"),
        true_on=_past_day(cells["true_on"], "截至", today) or period_due(item, today),
        steps=_read_steps(cells["steps"], item, today),
    )
    said = cells["value"]
    value = read_number("累计值", said, least=-1e15, most=1e15) if said else None
    if value is not None and item.figure is None:
        raise Unfit("这一项没有数量指标，“累计值”请空着，写在“进展”里")
    if value is not None and item.figure is not None:
        words = replace(words, values={item.figure.indicator: (value, item.figure.unit)})
    if not words.says_something:
        raise Unfit("还没有填：请填写进展，或在“无变化”选“是”")
    return words


def _read_yes(cell: str, head: str) -> bool:
    """Whether a cell says yes; raises Unfit for what is neither yes nor empty."""
    if cell not in ("", YES, "否"):
        raise Unfit(f"“{head}”写的是“{cell[:20]}”：只能选“是”，或空着")
    return cell == YES


def _past_day(cell: str, head: str, today: date) -> date | None:
    """The day a cell says, None for an empty one; raises Unfit, also for one that is still to come."""
    day = read_cell_day(head, cell) if cell else None
    if day and day > today:
        raise Unfit(f"“{head}”是 {day}，还没有到：请填已经发生的日期")
    return day


def _read_steps(cell: str, item: Item, today: date) -> dict[str, date]:
    """The milestones a cell says are done, each with its day."""
    known = {step.name for step in item.steps} | set(item.now.words.steps)
    done: dict[str, date] = {}
    for part in filter(None, (one.strip() for one in re.split(r"[；;\n]", cell))):
        name, _, said = part.rpartition(" ")
        if name.strip() not in known:
            raise Unfit(f"“新完成节点”里的“{part[:30]}”对不上：请照“待完成节点”写名称，空一格写日期")
        day = _past_day(said, "新完成节点", today)
        if day is not None:
            done[name.strip()] = day
    return done
