"""A workbook that came back, held against what stands: what would be saved, and what cannot be."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from dukao.site.ledger.items import ItemWords
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.people.access import Viewer
from dukao.site.people.shown import seal_of
from dukao.site.supervision.registers.access import Kept
from dukao.site.supervision.registers.cells import read_values
from dukao.site.supervision.registers.entering import Asked, what_is_unfit
from dukao.site.supervision.registers.items import Row
from dukao.site.supervision.registers.parties import Names, read_duties
from dukao.site.supervision.registers.workbooks.sheet import WORDS, heads_of, lay_line
from dukao.site.supervision.typed import Unfit, read_cell_day
from dukao.site.supervision.workbooks import Difference, Fault, Line, hold_lines

_VERSION = re.compile(r"(\d{1,15})-(\d{1,15}-\d{1,15})$")
# What names the row: where it is altered the row is not the one it says it is.
_NAMING = ("number", "text", "lead")


@dataclass(frozen=True, slots=True)
class Change:
    """One row that can be saved: the item it changes, or None for a new one; `needs_why`: it is in force."""

    at: int
    row: Row | None
    differences: tuple[Difference, ...]
    asked: Asked
    needs_why: bool

    @property
    def name(self) -> str:
        """What the row is called."""
        if self.row is None:
            return "新增"
        return self.row.number or "草稿"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a workbook would do to a list."""

    changes: tuple[Change, ...]
    faults: tuple[Fault, ...]
    same: int

    @property
    def needs_why(self) -> bool:
        """Whether items in force would change their words, units, leaders or limits."""
        return any(one.needs_why for one in self.changes)

    @property
    def seal(self) -> str:
        """The same for the same changes to the same items: what is saved is what was shown."""
        said = [
            (
                one.row.task_id if one.row else 0,
                one.asked.seen,
                one.at,
                [d.head + d.before + "\n" + d.after for d in one.differences],
            )
            for one in self.changes
        ]
        return seal_of(said)


class Desk:
    """What a comparison works with: the list, its rows, the names of units and leaders."""

    def __init__(self, viewer: Viewer, kept: Kept, rows: Sequence[Row], now: datetime) -> None:
        self.kept, self.heads = kept, heads_of(kept)
        self.rows = {row.task_id: row for row in rows}
        self.names = Names(viewer.place_id)
        self.posts = {
            name: one.post_id
            for one in leaders_on(viewer.place_id, None, now).values()
            for name in (one.title, one.name)
            if name
        }

    def compare(self, lines: Sequence[Line]) -> Comparison:
        """What rows ask of the list."""
        seen: set[int] = set()
        return Comparison(
            *hold_lines(
                lines,
                lambda line: self._compare_line(line, seen),
                lambda line: line.cells["number"] or line.cells["text"][:20],
            )
        )

    def _compare_line(self, line: Line, seen: set[int]) -> Change | None:
        row = self._row_of(line, seen)
        before = lay_line(row) if row else {one.name: "" for one in self.heads}
        after = self._dated(line.cells)
        for head in self.heads:
            is_naming = not head.is_open and head.name in _NAMING
            if row and is_naming and after[head.name] != before[head.name]:
                raise Unfit(f"“{head.head}”栏被改动了，这一栏不能改：应为“{before[head.name][:30]}”")
        changed = [one for one in self.heads if one.is_open and after[one.name] != before[one.name]]
        if not changed:
            return None
        asked = self._asked(row, after)
        needs_why = bool(row and not row.is_draft and any(one.name in WORDS for one in changed))
        differences = tuple(Difference(one.head, before[one.name], after[one.name]) for one in changed)
        return Change(line.at, row, differences, asked, needs_why)

    def _row_of(self, line: Line, seen: set[int]) -> Row | None:
        """The item a row names, still as it was when the workbook was made; None for a new one."""
        said = line.cells["version"]
        if not said and not line.cells["number"]:
            if not self.kept.terms.is_own:
                raise Unfit("这份清单的事项来自责任分解，不能在这里增加：请删去这一行")
            return None
        found = _VERSION.match(said)
        if not found:
            raise Unfit("认不出是哪一项：隐藏的“版本”栏被改动或清空了，请重新下载再填")
        row = self.rows.get(int(found[1]))
        if row is None:
            raise Unfit("这一项不在这份清单里：请核对是不是别的清单、别的年度的工作簿")
        if row.task_id in seen:
            raise Unfit("这一项在工作簿里出现了两次：请只留一行")
        seen.add(row.task_id)
        if row.version != found[2]:
            raise Unfit("下载之后有人改过这一项：请在网页上改，或重新下载再填")
        return row

    def _asked(self, row: Row | None, cells: Mapping[str, str]) -> Asked:
        """What a row asks for; raises Unfit with everything that is wrong."""
        own = {one.code: cells[f"f_{one.code}"] for one in self.kept.terms.fields}
        wrong = read_values(self.kept.terms, own)[1]
        words = None
        if self.kept.terms.is_own:
            words, more = self._words(cells)
            wrong = [*more, *wrong]
        if wrong:
            raise Unfit("；".join(wrong))
        return Asked(words, own, "", row.version if row else None)

    def _words(self, cells: Mapping[str, str]) -> tuple[ItemWords, list[str]]:
        duties, wrong = read_duties(self.names, cells["lead"], cells["others"])
        post = self.posts.get(cells["leader"])
        if cells["leader"] and post is None:
            wrong.append(f"“责任领导”写的“{cells['leader'][:20]}”不在现任领导里：请照职务页写姓名或职务")
        deadline = date.fromisoformat(cells["deadline"]) if cells["deadline"] else None
        words = ItemWords(" ".join(cells["text"].split()), duties, post, deadline, cells["remark"])
        return words, [*wrong, *what_is_unfit(words)]

    def _dated(self, cells: Mapping[str, str]) -> dict[str, str]:
        """The cells with every day written one way; raises Unfit for what is no day."""
        days = {"deadline": "完成时限"} | {
            f"f_{one.code}": one.label for one in self.kept.terms.fields if one.kind == "date"
        }
        found = dict(cells)
        for name, label in days.items():
            if found[name]:
                found[name] = read_cell_day(label, found[name]).isoformat()
        return found
