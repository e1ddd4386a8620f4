"""What a column of a breakdown holds, known by its head; the labels of paragraphs ("责任单位：") are known
by the same words.
"""

import re
from functools import cache, lru_cache
from typing import Any, Literal, get_args

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.lettering import closed_up, plain
from dukao.breakdown.vocabulary import vocabulary

Column = Literal[
    "number",
    "category",
    "project",
    "task",
    "detail",
    "aim",
    "leader",
    "lead",
    "responsible",
    "supporting",
    "deadline",
    "milestone",
    "remark",
    "unit",
]
COLUMNS: tuple[Column, ...] = get_args(Column)
WHO: tuple[Column, ...] = ("lead", "responsible", "supporting")
_LONGEST_HEAD = 18
# Labels that are spread to the width of those above and below them: "责 任 人：".
_SPREAD = r"[ \t]{0,3}"
# "市级责任单位", "省牵头单位"
_LEVEL = "[省市州县区旗镇乡](?:级|直)|[省市县区]属|项目|[省市州县区旗](?=牵头|责任|主办|承办|配合|协办|协同)"
_BEGINS = re.compile("开工|启动|开始|起始|进场")
_CLERK = re.compile("(?:具体|直接|经办|工作|科室).*人")
_PLAIN_HEAD = re.compile("[\u4e00-\u9fff]{2,8}(?<!人)")
_BETWEEN_UNITS = re.compile(r"[、,;\s]+")
_BRACKETED = re.compile(r"\([^()]*\)|^[*#\s]+|[*:\s]+$|^(?:19|20)\d\d年度?(?=.)")


@cache
def _patterns() -> tuple[tuple[Column, re.Pattern[str]], ...]:
    return tuple((entry["code"], re.compile(_pattern(entry))) for entry in vocabulary("columns")["column"])


def _pattern(entry: dict[str, Any], gap: str = "") -> str:
    """The names of a column; `gap` may stand between their letters."""
    names = _any_of(entry["names"], gap)
    if "starts" not in entry:
        return names
    level = f"(?:{_LEVEL})?" if entry["code"] in WHO else ""
    return (
        rf"{names}|{level}{_any_of(entry['starts'], gap)}{gap}[\u4e00-\u9fff、及和与/]{{0,6}}?"
        rf"{gap}{_any_of(entry['ends'], gap)}"
    )


def _any_of(words: list[str], gap: str) -> str:
    spread = (gap.join(map(re.escape, plain(word))) for word in words)
    return f"(?:{'|'.join(spread)})" if words else "(?!)"


def column_of(head: str) -> Column | None:
    """The column that a head in plain letters names, or None: "责 任 单 位" → responsible."""
    return _column_of(head) if len(head) <= 3 * _LONGEST_HEAD else None


@lru_cache(maxsize=4096)
def _column_of(head: str) -> Column | None:
    name = _BRACKETED.sub("", closed_up(head))
    if not 0 < len(name) <= _LONGEST_HEAD:
        return None
    return next((code for code, pattern in _patterns() if pattern.fullmatch(name)), None)


def is_head_of(head: object, column: str) -> bool:
    """Whether a head is a plain name of a column of units, such as a paper may bear: 协办单位 of supporting.

    One that asks for persons as well is none.
    """
    return isinstance(head, str) and bool(_PLAIN_HEAD.fullmatch(head)) and column_of(head) == column


def columns_of(heads: list[Cell]) -> list[Column | None] | None:
    """The columns of a row of heads, or None when the row is no row of heads.

    Of several columns that could hold the task, the one nearest to a content of work does, and one before
    it names the project, or the category it belongs to. A row of heads names at least two columns, none
    of its cells is longer than a head, and it is not numbered.
    """
    full = [cell for cell in heads if cell]
    if (
        len(full) < 2
        or full[0].plain.rstrip(".、 ").isdecimal()
        or any(len(_BRACKETED.sub("", closed_up(cell.plain))) > _LONGEST_HEAD for cell in full)
    ):
        return None
    found = _without_clerks(without_starts(_with_units(heads), heads), heads)
    named = [column for column in found if column is not None]
    if len(named) < 2 or len(named) * 2 < len(full) or not {*WHO, "task", "leader"} & {*named}:
        return None
    return _one_task(found, heads)


def _with_units(heads: list[Cell]) -> list[Column | None]:
    """The column of every head; where two and more are names of units, each is the column of that unit."""
    found = [column_of(cell.plain) if cell else None for cell in heads]
    units = [i for i, cell in enumerate(heads) if cell and not found[i] and is_unit(cell.plain)]
    return ["unit" if i in units and len(units) > 1 else column for i, column in enumerate(found)]


def without_starts(found: list[Column | None], heads: list[Cell]) -> list[Column | None]:
    """Beside the column of limits, one that says when work begins ("计划开工时间") is a step."""
    begins = [column == "deadline" and bool(_BEGINS.search(heads[i].plain)) for i, column in enumerate(found)]
    if all(is_begin for column, is_begin in zip(found, begins, strict=True) if column == "deadline"):
        return found
    return ["milestone" if is_begin else column for column, is_begin in zip(found, begins, strict=True)]


def _without_clerks(found: list[Column | None], heads: list[Cell]) -> list[Column | None]:
    """Beside a column of leaders, one of the persons in charge ("具体责任人") names none."""
    if not any(column == "leader" and "领导" in heads[i].plain for i, column in enumerate(found)):
        return found
    clerks = [bool(_CLERK.match(closed_up(head.plain))) for head in heads]
    return [
        None if column == "leader" and is_clerk else column
        for column, is_clerk in zip(found, clerks, strict=True)
    ]


def lower_columns(heads: list[Cell]) -> list[Column | None] | None:
    """The columns of a second row of heads, under heads that span several columns: all are heads."""
    found = _with_units(heads)
    full = [column for column, cell in zip(found, heads, strict=True) if cell]
    return found if full and all(full) and "number" not in full else None


def widened(
    heads: list[Cell], columns: list[Column | None] | None, cells: list[Cell]
) -> tuple[list[Cell], list[Column | None]] | None:
    """Heads and columns of which that of units spans two, where a row has one cell more than there are heads
    and the cell behind its units names units again; else None.
    """
    if columns is None or not len(heads) == len(columns) == len(cells) - 1 or not cells[-1]:
        return None
    for at, column in enumerate(columns):
        following = columns[at + 1] if at + 1 < len(columns) else None
        if column in WHO and following not in WHO and _names_units(cells[at]) and _names_units(cells[at + 1]):
            none = heads[at].part(0, 0)
            return [*heads[: at + 1], none, *heads[at + 1 :]], [*columns[: at + 1], None, *columns[at + 1 :]]
    return None


def _names_units(cell: Cell) -> bool:
    parts = [part for part in _BETWEEN_UNITS.split(cell.plain) if part]
    return bool(parts) and all(map(is_unit, parts))


def _one_task(found: list[Column | None], heads: list[Cell]) -> list[Column | None]:
    kept = _without_measuring_unit(found, heads)
    at = [i for i, column in enumerate(kept) if column == "task"]
    at = at or [i for i, column in enumerate(kept) if column == "aim"][:1]
    at = at or [i for i, column in enumerate(kept) if column == "project"][-1:]
    at = at or [i for i, column in enumerate(kept) if column == "category"][-1:]
    if not at:
        return kept
    chosen = min(at, key=lambda i: (_distance(heads[i].plain), i))
    for i, column in enumerate(kept):
        if i == chosen:
            kept[i] = "task"
        elif column in ("task", "project"):
            kept[i] = "project" if i < chosen else "detail" if column == "task" else None
        elif column == "category" and (i > chosen or "category" in kept[:i]):
            # The second of two is the nearer one.
            kept[i] = "project" if i < chosen else None
    return kept


def _without_measuring_unit(found: list[Column | None], heads: list[Cell]) -> list[Column | None]:
    """A bare 单位 beside a column that says more is the unit a figure is measured in."""
    who = [i for i, column in enumerate(found) if column in WHO]
    bare = [i for i in who if closed_up(heads[i].plain) == "单位"]
    return [None if i in bare and len(who) > len(bare) else column for i, column in enumerate(found)]


def _distance(head: str) -> int:
    """How far a head is from naming the work itself: content, then work, then event, then aim."""
    name = closed_up(head)
    for distance, words in enumerate(
        (("内容",), ("工作", "任务", "事项"), ("举措", "措施"), ("实事", "项目"))
    ):
        if any(word in name for word in words):
            return distance
    return 9


@cache
def label_pattern() -> re.Pattern[str]:
    """A label of a paragraph with its colon, group 1 the label: "牵头单位：", "责任市领导:"."""
    parts = [
        _pattern(entry, _SPREAD)
        for entry in vocabulary("columns")["column"]
        if entry["code"] in (*WHO, "leader", "deadline", "remark")
    ]
    ends = r"(?:[*】\]]*\s*[:丨|](?:\*\*|[】\]])*|[】\]](?!$))"
    return re.compile(rf"(?:^|(?<=[\s;,。、(\[【*|—–]))({'|'.join(parts)}){ends}")


@cache
def bare_label_pattern() -> re.Pattern[str]:
    """A label at the beginning of a line that only spaces part from its value, group 1 the label."""
    codes = (*WHO, "leader", "deadline")
    parts = [_pattern(entry) for entry in vocabulary("columns")["column"] if entry["code"] in codes]
    return re.compile(rf"({'|'.join(parts)})[ \t]+")
