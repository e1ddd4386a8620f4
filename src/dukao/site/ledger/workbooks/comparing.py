"""A workbook that came back, held against the ledger as it stands: what would change, and what cannot."""

import re
from collections import Counter
from collections.abc import Sequence

from dukao.site.ledger.models import Stage
from dukao.site.ledger.workbooks.columns import FIELDS, VERSION, Field, Way, fingerprint, plain_cell
from dukao.site.ledger.workbooks.naming import suggest
from dukao.site.ledger.workbooks.reading import SheetRow
from dukao.site.ledger.workbooks.row_reading import RowReader
from dukao.site.ledger.workbooks.values import Change, Comparison, Difference, Fault, Ledger, Standing

_ID = re.compile(r"[0-9]{1,18}")


def compare(rows: Sequence[SheetRow], ledger: Ledger, ignored: tuple[str, ...] = ()) -> Comparison:
    """Every row of an upload held against the ledger."""
    standings = [_standing_of(row, ledger) for row in rows]
    twice = Counter(one.line.task_id for one in standings if isinstance(one, Standing))
    changes: list[Change] = []
    faults: list[Fault] = []
    for row, standing in zip(rows, standings, strict=True):
        if isinstance(standing, str):
            faults.append(Fault(row, row.cells["number"] or row.cells["row"], (standing,)))
            continue
        found: Change | Fault | None = _compare_row(row, standing, ledger)
        if twice[standing.line.task_id] > 1:
            found = _repeated(row, rows, standings, standing)
        if isinstance(found, Change):
            changes.append(found)
        elif found:
            faults.append(found)
    unchanged = len(rows) - len(changes) - len(faults)
    return Comparison(tuple(changes), tuple(faults), unchanged, ignored)


def _standing_of(row: SheetRow, ledger: Ledger) -> Standing | str:
    """Which task a row is of, or why that cannot be said."""
    number = row.cells["number"]
    state_id = row.version.partition("-")[0]
    if not _ID.fullmatch(state_id):
        if number and number not in ledger.by_number:
            return f"{ledger.year}年台账里没有编号“{number}”{suggest_number(number, list(ledger.by_number))}"
        return (
            "隐藏的“版本”栏空了或改坏了，不能确认导出之后台账是否改过：请从台账重新导出，在原有的行上修改；"
            "新增任务请走核对页或补充通知"
        )
    standing = ledger.by_task.get(ledger.task_of_state.get(int(state_id), 0))
    if standing is None:
        return f"这一行不在{ledger.year}年台账里：可能已撤回，或是从别的年度、别的地方导出的"
    if number != standing.line.cells["number"] and number in ledger.by_number:
        return (
            f"编号写的是“{number}”，这一行导出时是“{standing.line.cells['number']}”：行可能错位了，请重新导出"
        )
    if number and number != standing.line.cells["number"]:
        return f"{ledger.year}年台账里没有编号“{number}”{suggest_number(number, [standing.name])}"
    if row.kind != standing.line.kind:
        return f"这一项属于“{standing.line.kind.label}”，不在这张表里"
    return standing


def suggest_number(number: str, known: Sequence[str]) -> str:
    """Numbers like this one, as the end of a sentence."""
    said = suggest(number, [one for one in known if one])
    return said if "可能是" in said else "：请核对编号，或重新导出"


def _repeated(
    row: SheetRow, rows: Sequence[SheetRow], standings: Sequence[Standing | str], standing: Standing
) -> Fault:
    others = [
        f"“{other.sheet}”第{other.at}行"
        for other, one in zip(rows, standings, strict=True)
        if other is not row and isinstance(one, Standing) and one.line.task_id == standing.line.task_id
    ]
    reason = f"与{'、'.join(others)}是同一项任务：一项任务只能留一行"
    return Fault(row, standing.name, (reason,))


def _compare_row(row: SheetRow, standing: Standing, ledger: Ledger) -> Change | Fault | None:
    exported = row.version.partition("-")[2]
    if exported == fingerprint(row.cells):
        return None
    fields = {one.name: one for one in FIELDS[standing.line.kind] if one.name != VERSION}
    apart = [one for name, one in fields.items() if row.cells[name] != plain_cell(standing.line.cells[name])]
    if not apart:
        return None
    if exported != fingerprint(standing.line.cells):
        clashes = tuple(_difference(one, row, standing) for one in apart)
        reason = "导出之后台账里这一项又改过：请看两种写法，要改的请在新导出的工作簿里再改"
        return Fault(row, standing.name, (reason,), clashes)
    reader = RowReader(row, standing, ledger)
    reasons = [f"“{one.head}”一栏不能在工作簿里改" for one in apart if one.way == Way.FIXED]
    if ledger.stage == Stage.APPROVAL and any(one.way == Way.WORDING for one in apart):
        reasons.append("已经记录审议，内容、单位、领导和备注不能再直接改：请先退回草稿")
    reasons += reader.read({one.name for one in apart})
    if reasons:
        return Fault(
            row, standing.name, tuple(reasons), tuple(_difference(one, row, standing) for one in apart)
        )
    return reader.change(fields)


def _difference(one: Field, row: SheetRow, standing: Standing) -> Difference:
    return Difference(one.head, standing.line.cells[one.name], row.cells[one.name])
