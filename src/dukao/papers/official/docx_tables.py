"""Tables of a paper in Word: the head on every page, rows whole, cells merged downwards."""

from typing import Any

from dukao.papers.official import measures as m
from dukao.papers.official.docx_marks import eighths, make, make_paragraph, make_run, twips
from dukao.papers.official.tables import cell_ends, row_fits
from dukao.papers.official.values import Align, Cell, Table

_JC = {"left": "left", "center": "center", "right": "right"}


def make_table(table: Table, room: int) -> Any:
    """A table as wide as `room`, in twips."""
    widths = _share(table, room)
    heads = [
        _cell(Cell(column.head), wide, "center", _style(table, is_head=True))
        for column, wide in zip(table.columns, widths, strict=True)
    ]
    rows = [make("tr", make("trPr", make("cantSplit"), make("tblHeader")), *heads)]
    # Rows that each column's merged cell still reaches down.
    below = [0] * len(widths)
    for row in table.rows:
        cells = []
        for at, (cell, wide) in enumerate(zip(row, widths, strict=True)):
            align = table.columns[at].align
            cells.append(_cell(cell, wide, align, _style(table), is_below=cell is None and below[at] > 0))
            below[at] = cell.rows - 1 if cell else max(below[at] - 1, 0)
        whole = make("trPr", make("cantSplit")) if row_fits(table.columns, row) else None
        rows.append(make("tr", whole, *cells))
    grid = make("tblGrid", *(make("gridCol", w=wide) for wide in widths))
    return make("tbl", _properties(table, room), grid, *rows)


def _share(table: Table, room: int) -> list[int]:
    """The widths of the columns: together as wide as the text."""
    shares = sum(column.share for column in table.columns)
    widths = [int(room * column.share / shares) for column in table.columns]
    widths[-1] += room - sum(widths)
    return widths


def _properties(table: Table, room: int) -> Any:
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    size = eighths(m.BORDER)
    borders = make(
        "tblBorders", *(make(edge, val="single", sz=size, space=0, color="000000") for edge in edges)
    )
    ends, sides = twips(cell_ends(table)), twips(m.CELL_SIDES)
    inside = {"top": ends, "left": sides, "bottom": ends, "right": sides}
    return make(
        "tblPr",
        make("tblW", w=room, type="dxa"),
        make("jc", val="center"),
        borders,
        make("tblLayout", type="fixed"),
        make("tblCellMar", *(make(edge, w=wide, type="dxa") for edge, wide in inside.items())),
        make("tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1),
    )


def _style(table: Table, *, is_head: bool = False) -> str:
    return ("Tight" if table.is_tight else "Cell") + (
        "Head" if is_head else ("Cell" if table.is_tight else "")
    )


def _cell(cell: Cell | None, wide: int, align: Align, style: str, *, is_below: bool = False) -> Any:
    merge = None
    if cell and cell.rows > 1:
        merge = make("vMerge", val="restart")
    elif is_below:
        merge = make("vMerge")
    properties = make("tcPr", make("tcW", w=wide, type="dxa"), merge, make("vAlign", val="center"))
    runs = [make_run(cell.words)] if cell and cell.words else []
    return make("tc", properties, make_paragraph(style, *runs, properties=(make("jc", val=_JC[align]),)))
