"""A list of accounts to be made: written as a workbook; read from one, from .csv or from pasted lines."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO

from dukao.papers.spreadsheet import Column, Sheet, write_spreadsheet
from dukao.reading.decoding import NotTextError, decode
from dukao.reading.errors import SourceError
from dukao.reading.workbook.spreadsheet import Book
from dukao.site.people.errors import Refusal
from dukao.site.people.roster.lacking import WISHES, Lack
from dukao.site.refusals import Refused

SHEET = "账号"
MOST_BYTES = 2 * 1024 * 1024
MOST_LINES = 500
HEADS = {"unit": "单位", "name": "姓名", "username": "登录名", "wish": "职务说明/拟任角色"}
_WISH_HEADS = (HEADS["wish"], "职务说明", "拟任角色")
_NEEDED = ("unit", "name", "username")
_MOST_ROWS = 2_000
_MOST_COLUMNS = 50
_HEAD_WITHIN = 12
_NOTHING = "各单位都有账号了；另要新建的，从这一行起填。"
_HOW = (
    ("怎样填", "一行一个账号，只填姓名和登录名；一人一个账号，不共用。姓名和登录名都空着的行不新建。"),
    ("登录名", "字母、数字、点、横线，2 到 40 个字符；全系统不能重复，建好后不能改。"),
    ("单位", "写台账里的单位名称，简称、别称也认。"),
    ("职务说明/拟任角色", "给安全管理员授予角色时看，可不填。写“联络员”或“单位负责人”的，授予时会先选好。"),
    ("怎样导回", "存为 .xlsx，在“账号”页“批量新建”里上传。先逐行核对，确认后才新建。"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One account as it was written: the number of its line, and what stands in it."""

    at: int
    unit: str
    name: str
    username: str
    wish: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody is named: a row of the template that was left alone."""
        return not (self.name or self.username)


def write_roster(place: str, lacks: Iterable[Lack]) -> bytes:
    """The workbook to be filled in: a row for everybody whom a unit of the place still lacks."""
    columns = (
        Column(HEADS["unit"], 26),
        Column(HEADS["name"], 14),
        Column(HEADS["username"], 22),
        Column(HEADS["wish"], 26),
    )
    rows = tuple((one.unit.name, "", "", WISHES[role]) for one in lacks for role in one.roles)
    title = f"{place}待建账号"
    sheet = Sheet(SHEET, title, _NOTHING, columns, rows)
    how = Sheet("说明", f"{title}：说明", "", (Column("事项", 20), Column("说明", 90)), _HOW)
    return write_spreadsheet([sheet, how], title=title, source="只填姓名和登录名，用法见“说明”表。")


def read_file(data: bytes, name: str) -> tuple[Line, ...]:
    """The lines of an .xlsx or .csv; Refused where it is neither, or has no such columns."""
    kind = name.lower().rpartition(".")[2]
    if kind not in ("xlsx", "csv") or len(data) > MOST_BYTES:
        raise Refused(Refusal.ROSTER_KIND, name=name, status=422)
    try:
        rows = _book_rows(data, name) if kind == "xlsx" else _text_rows(decode(data)[0])
    except (SourceError, UnicodeDecodeError, NotTextError) as error:
        raise Refused(Refusal.ROSTER_KIND, name=name, status=422) from error
    if _find_heads(rows) is None:
        raise Refused(
            Refusal.ROSTER_FOREIGN, name=name, heads="、".join(HEADS[one] for one in _NEEDED), status=422
        )
    return _as_lines(rows)


def read_pasted(text: str) -> tuple[Line, ...]:
    """The lines of a pasted text, cells parted by tabs or commas; in order of HEADS unless it has heads."""
    return _as_lines(_text_rows(text))


def _as_lines(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[Line, ...]:
    found = _find_heads(rows)
    below, places = found or (0, {name: at for at, name in enumerate(HEADS)})
    lines = []
    for at, texts in rows:
        cells = [" ".join(text.split()) for text in texts]
        said = {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        if at > below and any(said.values()) and said["unit"] != _NOTHING:
            lines.append(Line(at, **said))
    if sum(not line.is_blank for line in lines) > MOST_LINES:
        raise Refused(Refusal.ROSTER_LONG, most=MOST_LINES, status=422)
    return tuple(lines)


def _find_heads(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[int, dict[str, int]] | None:
    """The number of the row of heads, and the column of each; None where there is no such row."""
    for at, texts in rows:
        cells = [re.sub(r"\s", "", text) for text in texts]
        if at <= _HEAD_WITHIN and all(HEADS[name] in cells for name in _NEEDED):
            places = {name: cells.index(HEADS[name]) for name in _NEEDED}
            wishes = [n for n, cell in enumerate(cells) if cell in _WISH_HEADS]
            return at, places | ({"wish": wishes[0]} if wishes else {})
    return None


def _book_rows(data: bytes, name: str) -> list[tuple[int, Sequence[str]]]:
    """The rows of the sheet of accounts, or of the first one where none is called so."""
    book = Book(name, data)
    sheets = sorted(book.sheets, key=lambda one: one.title != SHEET)[:1]
    return _limited((at, texts) for sheet in sheets for at, texts in book.rows(sheet))


def _text_rows(text: str) -> list[tuple[int, Sequence[str]]]:
    """The rows of a text: by tabs where it has any, else by commas, else by Chinese commas."""
    mark = next((one for one in "\t," if one in text), "，")
    reader = csv.reader(StringIO(text, newline=""), delimiter=mark)
    try:
        return _limited((reader.line_num, row) for row in reader)
    except csv.Error as error:
        raise Refused(Refusal.ROSTER_WIDE, status=422) from error


def _limited(rows: Iterable[tuple[int, Sequence[str]]]) -> list[tuple[int, Sequence[str]]]:
    found = []
    for at, texts in rows:
        if at > _MOST_ROWS or len(texts) > _MOST_COLUMNS:
            raise Refused(Refusal.ROSTER_WIDE, status=422)
        found.append((at, texts))
    return found
