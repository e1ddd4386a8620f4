"""What a line inside or above an item is: a task, a label with its content, a number."""

import re
from collections.abc import Sequence
from itertools import pairwise

from dukao.breakdown.cells import Cell, Sheet
from dukao.breakdown.duties.columns import column_of, label_pattern
from dukao.breakdown.duties.labels import Duty, are_names, find_brackets
from dukao.breakdown.layouts.items import UNNUMBERED, Item
from dukao.breakdown.layouts.numbering import is_spaced, numbering
from dukao.breakdown.layouts.rows import Prose

_CLOSED = re.compile(r"[。;:!?]$")
# Above a label no task: a salutation, a note, a short word, what leads in.
_NO_TASK = re.compile(
    r":$|^现将|印发给|现印发|如下。?$|^(?:注|说明|附件|来源|编辑|责任编辑|审核|发布|打印|分享|抄送)|^.{0,3}$|^第?\s*\d+\s*[页项]?$"
)
# "联系单位：…", unless it names what to do
LABELLED = re.compile(r"([\u4e00-\u9fff](?:[ \t]?[\u4e00-\u9fff]){1,7})\s*:")

# A note below the last item that speaks of all of them: "说明：责任单位中排第一位的为牵头单位。"
OF_ALL = re.compile(
    r"(?:说明|注)\s*:(?:\s*1[.、](?!\d|.*2[.、])|.*(?:第一|首位|下同|为牵头|报送|以上(?:各项|任务|事项)|本表|本清单|本方案|各(?:责任)?单位|各部门))"
)

_FEWEST = 2
_WORK = re.compile("分工|分解|任务|责任")
_TITLES, _SHORTEST = 8, 8  # lines with titles among them; letters of a sentence
_DASH = re.compile(r"[—–―─-]{1,2}\s*(?=[\u4e00-\u9fff“《]|\d{1,2}月)")
# A line behind a point, unless it says something of the page: "• 信息来源：…".
_BULLET = re.compile(r"[•·●▪◦■◆◇➢➤▶►▷▸▹❖✦✧√✓☑]\s*(?=[\u4e00-\u9fff“\d])(?!\w{2,6}\s*:)")
_FRAME = re.compile(r"[\s(【〔\[*•·>●○◆◇■□▲➢➤▶►▷▸▹❖✦✧√✓☑—–―\-]*")
_DEMAND = re.compile(r"((?:工作|具体|质量|相关|有关|推进|实施|任务|标准)?要求)\s*:")
_ASKED_OF_ALL = re.compile(r"各[^,。;]{0,6}(?:单位|部门|[省市县区乡镇街])")
_OF_ABOVE = re.compile(
    r"(?:以上|上述)(?:各|所有|全部|\d{1,2})?(?:重点|主要)?(?:项|条|件)?(?:工作|任务|事项|项目|内容){0,3}(?:的|均由|由)?\s{0,2}[,:]?\s{0,2}"
)
_OF_PAGE = re.compile(r"(?:主办|承办|协办|技术支持|维护)(?:单位|机关|部门)?\s*:")

_DATE = re.compile(
    r"\s*(?:(?:19|20)\d\d|[一二][〇○零O0一二三四五六七八九]{3}) ?年 ?[\d一二三四五六七八九十]{1,3} ?月"
)


def may_be_task(line: str) -> bool:
    """Whether a line may be what is to be done by those whom the label below it names."""
    labelled = LABELLED.match(line)
    is_of_page = labelled is not None and column_of(labelled[1]) not in ("task", "project", "aim")
    return not is_of_page and not _NO_TASK.search(line)


def says_again(sheet: Sheet, item: Item, duty: Duty, label: Cell) -> bool:
    """Whether labels say what an item has already, and name no unit in a part that it has nobody for; who
    takes part may stand under labels of two names, unless the second may be the page's.
    """
    if duty.columns == {"supporting"} and not is_of_page(sheet, label) and "supporting" in item.labels:
        return False
    said = {column for column, _ in duty.stated}
    return bool(item.labels & duty.columns) and (not said or bool(said & item.labels))


def without_label(text: Cell) -> Cell:
    """A name or a task without the label that says it is one: "实事名称：改造管网" → 改造管网."""
    found = LABELLED.match(text.plain)
    labelled = found is not None and column_of(found[1]) in ("project", "task")
    kept = text.part(found.end(), len(text.plain)) if found and labelled else None
    return kept or text


def follows(line: Cell, number: Cell | None) -> bool:
    """Whether a number on a line of its own is the one behind `number`."""
    before = number.plain if number else ""
    return before.isdecimal() and int(line.plain) == int(before) + 1


def units_stand_below(lines: Sequence[Cell]) -> bool:
    """Whether lines that are nothing but names stand right below numbered ones again and again; in a paper
    whose title parts work, below any sentence.
    """
    is_parted = any(_WORK.search(line.plain) for line in lines[:_TITLES])
    found = sum(
        are_names(below) and bool(numbering(above) or point_of(above) or (is_parted and _is_task(above)))
        for above, below in pairwise(lines)
    )
    return found >= _FEWEST


def _is_task(line: Cell) -> bool:
    return len(line.plain) >= _SHORTEST and may_be_task(line.plain) and not are_names(line)


def point_of(line: Cell) -> re.Match[str] | None:
    """The dash or the point with which a line of a list begins."""
    return _DASH.match(line.plain) or _BULLET.match(line.plain)


def without_frame(line: Cell) -> Cell:
    """A line without the bracket or the points before its label, and without the star that closes the italics
    it is set in: "*责任单位：…*".
    """
    frame = _FRAME.match(line.plain)
    is_set = re.match(r"\*(?=[^\s*])", line.plain) and re.search(r"(?<=[^\s*\\])\*$", line.plain)
    return line.part(frame.end() if frame else 0, len(line.plain) - (1 if is_set else 0))


def demand_of(line: Cell) -> Cell | None:
    """What a line below a task demands of how it is done, behind its label; None for what is asked of all."""
    found = _DEMAND.match(line.plain)
    said = line.part(found.end(), len(line.plain)) if found else None
    return said if said and not _ASKED_OF_ALL.search(said.plain) else None


def part_of_above(line: Cell) -> Cell | None:
    """The labels of a line that say who does all that stands above: "以上任务责任单位：…"; else None."""
    found = _OF_ABOVE.match(line.plain)
    labels = line.part(found.end(), len(line.plain)) if found else None
    return labels if labels and label_pattern().match(labels.plain) else None


def is_of_page(sheet: Sheet, label: Cell) -> bool:
    """Whether a label may be the page's ("主办单位：…"); one that stands again and again is none."""
    found = _OF_PAGE.match(label.plain)
    if found is None:
        return False
    first = sheet.plain.find(found.group())
    return sheet.plain.find(found.group(), first + 1) < 0


def has_units(lines: Sequence[Cell], at: int) -> bool:
    """Whether the line below a numbered one holds its units, and no list of theirs begins there."""
    own = numbering(lines[at])
    if own is None or at + 1 >= len(lines) or not are_names(lines[at + 1]):
        return False
    following = numbering(lines[at + 2]) if at + 2 < len(lines) else None
    return following is None or following[0] <= own[0]


def brackets_stand_behind(lines: Sequence[Cell]) -> bool:
    """Whether lines without numbers end with brackets of nothing but names again and again."""
    found = sum(_ends_with_names(line) for line in lines)
    return found >= _FEWEST


def _ends_with_names(line: Cell) -> bool:
    said = line.plain.rstrip("。; ")
    if not said.endswith(")") or re.search(r"[\t|│:]", line.text + said) or numbering(line):
        return False
    return bool(find_brackets(line, in_item=True))


def number_of(line: Cell) -> Cell | None:
    """The number a line begins with."""
    numbered = numbering(line)
    if numbered is None:
        return None
    at = line.plain.find(numbered[1])
    return line.part(at, at + len(numbered[1]))


def numbered_below(sheet: Sheet, item: Item | None, line: Cell) -> tuple[int, str, Cell, bool] | None:
    """The number of a line below an open item; a figure that only a space parts from its words numbers none
    in a sentence that goes on, where the item has a stop behind its number: "1.引进↵20 强企业".
    """
    numbered = numbering(line)
    if item is None or item.number is None or _CLOSED.search(item.text.plain) or not is_spaced(line):
        return numbered
    behind = sheet.plain[item.number.end : item.number.end + 1]
    return None if behind in (".", "、") else numbered


def has_name(item: Item, label: str) -> bool:
    """Whether the words of an item are the name of what a label below it leads in; what began behind a label
    of its own ("工作任务：…") is one only to a content.
    """
    return not item.label or label.endswith("内容")


def is_signature(sheet: Sheet, line: Cell) -> bool:
    """True for the name of who signs, with the date below it."""
    return _DATE.match(sheet.plain, line.end) is not None


def above_units(entry: object) -> Item | None:
    """The item that a line is whose units stand below it, though it has no number."""
    if not isinstance(entry, Prose) or not _is_task(entry.cell):
        return None
    return Item(UNNUMBERED, None, entry.cell, rules=("B26",))
