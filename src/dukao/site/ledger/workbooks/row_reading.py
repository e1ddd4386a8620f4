"""What one row of a workbook asks for where it differs from the ledger, cell by cell."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dukao.site.ledger.duties import same_duties
from dukao.site.ledger.models import Role
from dukao.site.ledger.naming import clean
from dukao.site.ledger.workbooks.cells import Unfit, read_limit, read_publicity, read_registers
from dukao.site.ledger.workbooks.columns import Field, Way
from dukao.site.ledger.workbooks.naming import Unknown
from dukao.site.ledger.workbooks.reading import SheetRow
from dukao.site.ledger.workbooks.values import Change, Difference, Ledger, Standing

_DUTIES = tuple(role.value for role in Role)


class RowReader:
    """Reads the cells of one row that differ; what they ask for stands in `wanted`, as shown in `shown`."""

    def __init__(self, row: SheetRow, standing: Standing, ledger: Ledger) -> None:
        self.row, self.standing, self.ledger = row, standing, ledger
        self.wanted: dict[str, Any] = {}
        self.shown: dict[str, str] = {}

    def read(self, apart: set[str]) -> list[str]:
        """Read every field that differs; the reasons why some cannot be taken."""
        return [reason for one in self._read_all(apart) if (reason := one)]

    def _read_all(self, apart: set[str]) -> Iterator[str]:
        for names, reader in (
            ({"text"}, self._read_text),
            ({"remark"}, self._read_remark),
            (set(_DUTIES), self._read_duties),
            ({"leaders"}, self._read_leaders),
            ({"deadline_text", "deadline"}, self._read_limit),
            ({"registers"}, self._read_registers),
            ({"publicity", "publicity_reason"}, self._read_publicity),
        ):
            if names & apart:
                try:
                    reader()
                except (Unfit, Unknown) as unfit:
                    yield str(unfit)

    def _read_text(self) -> None:
        text = clean(self.row.cells["text"])
        if not text:
            raise Unfit("内容不能清空：要撤回任务，请走核对页或补充通知")
        self._want("text", text)

    def _read_remark(self) -> None:
        self._want("remark", clean(self.row.cells["remark"]))

    def _want(self, name: str, text: str) -> None:
        if text != self.standing.line.cells[name]:
            self.wanted[name] = self.shown[name] = text

    def _read_duties(self) -> None:
        current = self.standing.duties
        wanted = self.ledger.names.read_duties(self.row.cells, current)
        if same_duties(wanted, current):
            return
        had_lead = any(one["role"] == Role.LEAD for one in current)
        if had_lead and not any(one["role"] == Role.LEAD for one in wanted):
            raise Unfit("牵头单位不能清空：至少写明一个牵头单位")
        parts = Counter((one["unit"], one["group"], one["office"]) for one in wanted)
        had = Counter((one["unit"], one["group"], one["office"]) for one in current)
        for one in wanted:
            key = (one["unit"], one["group"], one["office"])
            if parts[key] > max(1, had[key]):
                raise Unfit(f"“{one['name']}”同时写在两栏：一个单位在一项任务里只能有一种责任")
        self.wanted["duties"] = wanted
        for name in _DUTIES:
            if self.row.cells[name] != self.standing.line.cells[name]:
                self.shown[name] = self.row.cells[name]

    def _read_leaders(self) -> None:
        current = self.standing.task.posts
        posts = self.ledger.names.read_posts(self.row.cells["leaders"])
        if current and not posts:
            raise Unfit("牵头领导不能清空")
        if set(posts) != set(current):
            self.wanted["posts"], self.shown["leaders"] = posts, self.row.cells["leaders"]

    def _read_limit(self) -> None:
        had = self.standing.limit
        cells = self.row.cells
        limit = read_limit(cells["deadline_text"], cells["deadline"], self.ledger.year, had)
        if limit != had:
            self.wanted["limit"] = limit
            said = {"deadline_text": limit.text, "deadline": limit.day.isoformat() if limit.day else ""}
            self.shown |= {
                name: text for name, text in said.items() if text != self.standing.line.cells[name]
            }

    def _read_registers(self) -> None:
        had = {tag.register: tag.is_proposed for tag in self.standing.task.tags}
        wanted = read_registers(
            self.row.cells["registers"], [name for name, proposed in had.items() if proposed]
        )
        if wanted != had:
            self.wanted["registers"], self.shown["registers"] = wanted, self.row.cells["registers"]

    def _read_publicity(self) -> None:
        if not self.standing.line.is_issued:
            raise Unfit("公开属性在印发时统一确定，印发之后才能逐项修改")
        cells = self.row.cells
        publicity = read_publicity(cells["publicity"], cells["publicity_reason"])
        self.wanted["publicity"] = (publicity, cells["publicity_reason"])
        self.shown |= {
            name: cells[name]
            for name in ("publicity", "publicity_reason")
            if cells[name] != self.standing.line.cells[name]
        }

    def change(self, fields: Mapping[str, Field]) -> Change | None:
        """The row as a change, None where all that differs comes to the same."""
        if not self.wanted:
            return None
        issued = self.standing.line.is_issued
        differences = tuple(
            Difference(
                one.head,
                self.standing.line.cells[name],
                self.shown[name],
                by_supplement=issued and one.way == Way.WORDING,
            )
            for name, one in fields.items()
            if name in self.shown
        )
        by_act = {"text", "remark", "duties", "posts"} if issued else set()
        return Change(
            self.row,
            self.standing,
            differences,
            direct={name: value for name, value in self.wanted.items() if name not in by_act},
            supplement={name: value for name, value in self.wanted.items() if name in by_act},
        )
