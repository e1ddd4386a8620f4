"""Tables that lay figures on places: a row for each and a column for each figure, or the other way round.

What a place is given of a figure is a task of its own: "植树（亩）" with "300" is what 南塘镇 has to do.
Figures that tell what was done, or how places rank, give nobody anything.
"""

import re
from collections.abc import Sequence

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import column_of
from dukao.breakdown.layouts.numbering import read_number
from dukao.breakdown.layouts.rows import Row
from dukao.breakdown.lettering import closed_up

# No word may be read as two shorter ones, which would take for ever on "乡镇乡镇…".
_PLACES = re.compile(
    r"(?:所属|责任)?(?>镇街道|乡镇|镇街|镇乡|街镇|县区|区县|县市|市县|市州|地区|地市|街道|社区|村|乡|镇|县|区|市|州|旗|苏木|"
    r"园区|单位|部门|属地)+(?:\([^()]*\))?(?:名称|单位)?$"
)
_PLACE = re.compile(
    r"(?:镇|乡|街道|街|村|社区|苏木|嘎查|县|区|市|旗|州|农场|林场)(?:政府|人民政府|办事处|管委会)?$"
)
_FIGURE = re.compile(r"[约≥≤>]?\s*\d[\d,.]*\s*(?:[%‰]|[万亿]?[\u4e00-\u9fff]{0,4})(?:以上|左右|以内)?$")
_WHOLE = re.compile(r"(?:[合总小共]\s*计|全[县市区省镇乡]|平均|总数)")
# What says in a title or a head that figures are asked; a title of figures that are told asks only where it
# parts them among places.
_ASKS = re.compile("任务|目标|计划|分解|下达")
_PARTS = re.compile("分解|下达")
_TELLS = re.compile("完成情况|进展情况|基本情况|统计(?!局)|排名|通报")
# What is told, not asked: what was done or is there, how it stands to others, how it is scored.
_TOLD = re.compile(
    r"牵头|参加|配合|完成(?!任务|目标)|实际|上年|去年|基数|排名|名次|得分|分值|占比|比重|进度|同比|已|现有|现状"
    r"|邮编|邮政编码|编码|代码|电话|20\d\d年(?:完成|实绩)"
    r"|^(?:总|户籍|常住|流动|农业|农村|城镇|年末|现状|辖区|行政)*(?:人口|人数|户数|村数|总户数)(?:数|总数)?(?:\([^()]*\))?\d*$"
)
_BESIDE = re.compile(r"序号|联系|电话|备注|说明|责任人|领导|完成时限|时限")
_BLANK = frozenset(("/", "-", "—", "——", "无"))
_LONGEST_NAME = 16
_NEAR = 300  # characters before a table in which its title stands
_LONGEST_TITLE = 40
_LINE_END = re.compile(r"\n|<[^<>]{1,80}>")


def is_figure(cell: Cell) -> bool:
    """True for a cell that holds a figure and nothing else."""
    return bool(_FIGURE.match(cell.plain.strip()))


def gives_work(cell: Cell) -> bool:
    """True for a figure that gives something to do, which a zero does not."""
    return is_figure(cell) and re.search("[1-9]", cell.plain) is not None


def is_told(name: str) -> bool:
    """True for the name of a figure that gives nobody anything to do."""
    return bool(_TOLD.search(closed_up(name)))


def asks(name: str) -> bool:
    """True for the name of a column that itself says that its figures are to be reached."""
    return bool(_ASKS.search(name)) and not is_told(name)


def title_asks(sheet: Sheet, start: int) -> bool | None:
    """Whether the title of the table at `start` lays work on somebody, or only tells; None where it says
    neither.
    """
    for line in reversed(_LINE_END.split(sheet.plain[max(0, start - _NEAR) : start])):
        title = closed_up(line.strip(" \t|#*"))
        is_title = len(title) <= _LONGEST_TITLE and not re.search(r"[。;|\t]", title)
        if not is_title and not title.endswith((":", "如下。")):
            continue
        if _TELLS.search(title) and not _PARTS.search(title):
            return False
        if _ASKS.search(title):
            return True
    return None


def is_place(cell: Cell) -> bool:
    """True for the name of a place, not of an office or of all together."""
    name = closed_up(cell.plain)
    return 1 < len(name) <= _LONGEST_NAME and bool(_PLACE.search(name)) and not _WHOLE.match(name)


def _names_places(head: Cell) -> bool:
    name = closed_up(head.plain)
    return len(name) <= _LONGEST_NAME and _PLACES.match(name) is not None


def share_of(words: Sequence[Cell], place: Cell, number: Cell | None = None, level: int = 0) -> Row:
    """What one place is given of one figure: `words` are its name and the figure."""
    return Row(
        layout="table",
        number=number,
        task=_joined(words),
        level=level,
        stated=(("responsible", place),),
        rules=("B24",),
    )


def _joined(cells: Sequence[Cell]) -> Cell:
    text, plain = ("".join(parts) for parts in zip(*((one.text, one.plain) for one in cells), strict=True))
    return Cell(text, plain, tuple(piece for cell in cells for piece in cell.pieces))


class Allotment:
    """A table whose rows are places: which column names them and which ones hold figures.

    Where the title does not say that they are asked, the head of the column has to.
    """

    def __init__(self, heads: list[Cell], place: int, *, is_asked: bool) -> None:
        self.heads, self.place, self.is_asked, self.has_rows = heads, place, is_asked, False
        self.asking: set[int] = set()  # columns under a head that asks

    def add_heads(self, cells: list[Cell]) -> bool:
        """Take a second row of heads, under those that span several columns."""
        if len(cells) != len(self.heads) or cells[self.place] or any(map(is_figure, cells)):
            return False
        above: Cell | None = None
        for at, (head, below) in enumerate(zip(self.heads, cells, strict=True)):
            above = head or above
            if below and above and at != self.place:
                is_general = column_of(above.plain) in ("task", "aim")
                self.asking |= {at} if asks(above.plain) else set()
                self.heads[at] = below if is_general else _joined((above, below))
        return True

    def rows(self, cells: list[Cell]) -> list[Row]:
        """The rows that one place's line gives; none where it says something else than figures."""
        if len(cells) <= self.place or not is_place(cells[self.place]):
            return []
        asked = [
            (at, head, cell)
            for at, (head, cell) in enumerate(zip(self.heads, cells, strict=False))
            if at != self.place and head and cell and not _BESIDE.search(head.plain)
        ]
        if not all(is_figure(cell) or cell.plain in _BLANK for _, _, cell in asked):
            return []
        given = [(head, cell) for at, head, cell in asked if gives_work(cell) and self._is_asked(at, head)]
        self.has_rows = self.has_rows or bool(given)
        return [share_of(pair, cells[self.place]) for pair in given]

    def _is_asked(self, at: int, head: Cell) -> bool:
        return not is_told(head.plain) if self.is_asked or at in self.asking else asks(head.plain)


def find_allotment(sheet: Sheet, heads: Sequence[Cell]) -> Allotment | None:
    """The table that a row of heads begins, with places in one column and figures asked in the others."""
    named = [at for at, head in enumerate(heads) if head and _names_places(head)]
    if len(named) != 1 or any(
        column_of(head.plain) == "task" and "内容" in head.plain for head in heads if head
    ):
        return None
    others = [
        head for at, head in enumerate(heads) if head and at != named[0] and not _BESIDE.search(head.plain)
    ]
    if not others or any(is_figure(head) or read_number(head) for head in others):
        return None
    asked = title_asks(sheet, heads[0].start)
    if asked is False or not (asked or any(asks(head.plain) for head in others)):
        return None
    return Allotment([*heads], named[0], is_asked=bool(asked))
