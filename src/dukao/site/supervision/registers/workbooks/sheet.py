"""What stands in a row of a list's workbook; written, and read back with nothing of it trusted."""

from collections.abc import Sequence

from dukao.site.ledger.workbooks.columns import plain_cell
from dukao.site.supervision.registers.access import Kept
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.items import Row
from dukao.site.supervision.registers.parties import say_parties
from dukao.site.supervision.workbooks import Form, Head, Line, Sayings, read_lines

SHEET = "清单"
_MOST_ROWS = 5_000
_SAYINGS = Sayings(Refusal.WORKBOOK_KIND, Refusal.WORKBOOK_FOREIGN, Refusal.WORKBOOK_WIDE)
_NOTHING = "还没有登记事项：请从下一行起填。"
WORDS = ("text", "lead", "others", "leader", "deadline", "remark")


def heads_of(kept: Kept) -> tuple[Head, ...]:
    """The columns of a list: what an item says as a task, then its own; only these where it takes others'."""
    is_own = kept.terms.is_own
    return (
        Head("version", "版本", 12),
        Head("number", "编号", 14, is_short=True),
        Head("stage", "步骤", 10, is_short=True),
        Head("text", "事项", 40, is_open=is_own),
        Head("lead", "牵头单位", 16, is_open=is_own),
        Head("others", "配合单位", 18, is_open=is_own),
        Head("leader", "责任领导", 10, is_open=is_own, is_short=True),
        Head("deadline", "完成时限", 11, is_open=is_own, is_short=True),
        Head("remark", "备注", 18, is_open=is_own),
        *(
            Head(
                f"f_{one.code}",
                one.head,
                14,
                is_open=True,
                is_short=one.kind in ("date", "choice"),
                choices=one.choices,
            )
            for one in kept.terms.fields
        ),
        Head("light", "进度", 10, is_short=True),
    )


def lay_line(row: Row) -> dict[str, str]:
    """An item as a row."""
    cells = {
        "version": f"{row.task_id}-{row.version}",
        "number": row.number,
        "stage": row.stage,
        "text": row.state.text,
        "lead": say_parties(one.name for one in row.leads),
        "others": say_parties(one.name for one in row.others),
        "leader": row.leader,
        "deadline": row.state.deadline.isoformat() if row.state.deadline else "",
        "remark": row.state.remark,
        "light": row.lights.light.word if row.lights else "",
    }
    cells |= {f"f_{one.field.code}": one.words for one in row.cells}
    return {name: plain_cell(cell) for name, cell in cells.items()}


def write_register_workbook(kept: Kept, year: int, rows: Sequence[Row], day: str) -> bytes:
    """A list of a year as .xlsx; empty rows at its end are new items."""
    form = Form(SHEET, f"{year}年{kept.name}清单", heads_of(kept), _NOTHING, _how(kept))
    return form.write(map(lay_line, rows), f"数据截至 {day}。灰色的栏不能改，用法见“说明”表。")


def read_register_workbook(kept: Kept, data: bytes, name: str) -> tuple[Line, ...]:
    """The rows of a list's workbook in which something may be said; Refused where it is none."""
    heads = heads_of(kept)
    asked = [one.name for one in heads if one.is_open or one.name == "version"]
    lines = [
        Line(line.at, {key: "" if cell == _NOTHING else cell for key, cell in line.cells.items()})
        for line in read_lines(data, name, SHEET, heads, _SAYINGS, most_rows=_MOST_ROWS)
    ]
    return tuple(line for line in lines if any(line.cells[key] for key in asked))


def _how(kept: Kept) -> tuple[tuple[str, str], ...]:
    new = (
        ("新增事项", "在最后一行下面接着填，编号和版本空着；导入后是草稿，立项以后才有编号。")
        if kept.terms.is_own
        else ("新增事项", "这份清单的事项来自责任分解，不能在这里增加。")
    )
    return (
        ("怎样改", "一行一项。直接改白色的栏；日期写成 2024-09-25，数字不带单位，几个单位用顿号隔开。"),
        new,
        ("灰色的栏", "不能改；隐藏的“版本”用来认行，改了的行不予导入。删掉的行留着不动。"),
        ("怎样导回", "存为 .xlsx，在清单页“导入 Excel”。先逐项列出改动，确认后才保存。"),
    )
