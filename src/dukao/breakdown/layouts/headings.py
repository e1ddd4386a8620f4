"""Lines that stand above rows: numbered heads, titles of annexes, heads that name a leader."""

import re
from dataclasses import replace
from functools import cache

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.behind import part_units
from dukao.breakdown.duties.columns import WHO, Column, column_of
from dukao.breakdown.duties.labels import Duty, find_brackets
from dukao.breakdown.duties.leaders import leaders_of_head
from dukao.breakdown.duties.units import is_group, is_unit
from dukao.breakdown.layouts.numbering import COUNT, marks_end, numbering, without_marks
from dukao.breakdown.layouts.rows import Head
from dukao.breakdown.lettering import closed_up

_ANNEX = re.compile(rf"附\s{{0,4}}(?:件|表|录)?\s{{0,4}}(?:\d{{1,2}}|{COUNT})?\s{{0,4}}[:.]?$")
# "附件1  2025年重点任务分解表": the mark and the title on one line.
_ANNEXED = re.compile(
    rf"附\s{{0,4}}(?:件\s{{0,4}})?(?:\d{{1,2}}|{COUNT})?(?:\s{{0,4}}:\s{{0,4}}|\s{{1,8}})(?=\S{{4,}}$)"
)
_TITLE = re.compile(
    r"(?:责任|任务|工作|目标)(?:任务)?(?:责任)?(?:分解|分工)(?:表|方案|清单|一览表)?|(?:任务|责任|工作|项目|目标|实事)(?:清单|一览表|安排表|台账)"
    r"|(?:任务|责任|工作|项目|目标|实事|重点|分工|落实|推进).{0,8}(?:表|一览|清单|台账)(?:\([^()]{1,12}\))?$"
    r"|重点工作(?:任务)?(?:表)?$|民生实事(?:项目)?(?:表)?$|(?:民生)?实事(?:项目)?(?:实施|推进|落实|工作)*方案$|工作报告.{0,12}(?:任务|工作|分解)$|分解(?:落实)?表$"
)
_PROJECTS = re.compile(r"实事(?:项目|工程)?$")
_NOT_TITLE = re.compile(
    r"^(?:附件?[:\d.]|\d{1,2}[.、]|抄送|注[:1-9]|来源|索引|发布|文号|主题|标记|列第|关于印发|各)|[。;,:、]$|通知$|[《》].*(?:已经|业经)|现将|现印发"
)
_ITEMS = re.compile(r"\s{0,8}\(?(?:共|牵头)?\s{0,4}(?<!\d)\d{1,4}\s{0,4}(?:项|条|件)(?:任务|工作)?\)?[。:]?$")
# "县教育局（主要负责人：某某）"
_PERSON_BEHIND = re.compile(r"\s{0,8}\([^():]{2,8}(?:人|领导|长):[^()]{2,12}\)[:。]?$")
# "工业强县", "生态美镇": what a place wants to be, and no place.
_SLOGAN = re.compile(r"..[强兴美大富靓活旺立治优惠名绿新稳][省市州县区旗镇乡村]")
# Heads below which nobody gets a task.
_ASIDE_HEAD = re.compile(
    r"(?:加强|强化|完善|落实|各?(?:责任)?单位|各?部门)?"
    r"(?:联系(?:方式|电话|人)|(?:组织|保障)(?:保障|领导|实施|措施)|(?:工作|有关|相关|具体|几点)+要求"
    r"|(?:监督|咨询|举报)(?:电话|方式)|附则)(?:[、和与及]\w{2,6})?"
)
_KIND = re.compile(r"(\w{2,4}?)(?:落实|完成|承担)?的?(?:重点|主要)?(?:工作|任务|事项)+")
_CHARGED = re.compile(
    rf"(?:由\s*)?(?P<units>[^。;:]{{3,40}}?)(?:负责)?(?P<part>牵头|主办|负责|承办|配合|协办)"
    rf"(?:负责|落实|实施|完成|承担|推进|办理)*的?(?:重点|主要|具体)*(?:工作|任务|事项|项目)+(?:{_ITEMS.pattern}|:?$)"
)
_ITEM_LEVEL = 3  # of "1."
_LONGEST_TITLE, _LONGEST_HEAD = 60, 60


def is_annex_mark(line: Cell) -> bool:
    """True for a line that only says which annex begins: "附件 1"."""
    return bool(_ANNEX.match(line.plain, marks_end(line)))


def read_head(line: Cell) -> Head | None:
    """The head a line is, or None: "二、李明副区长牵头重点工作" is level 1, number 二; the title of an
    annex level 0.

    A numbered head is short and has no sentence stop inside; arabic numbers number items, so "1." makes a
    head only where Markdown says so.
    """
    numbered = numbering(line)
    if numbered:
        level, number, title, marked = numbered
        if (level < 3 or marked) and title and is_head_text(title):
            return Head(level, number, title, line.start, line.end)
        return None
    title = without_marks(line)
    if title and line.plain.endswith(":") and is_aside(title):
        return Head(1, "", title, line.start, line.end)
    annexed = _ANNEXED.match(title.plain) if title else None
    if title and annexed:
        title = title.part(annexed.end(), len(title.plain))
    if not title or len(title.plain) > _LONGEST_TITLE:
        return None
    is_led = _ends_like_leader_head(title.plain) or _ITEMS.search(title.plain)
    if is_led and leaders_of_head(title):
        return Head(1, "", title, line.start, line.end)
    is_named = _TITLE.search(closed_up(title.plain)) or (annexed and _PROJECTS.search(title.plain))
    is_title = is_named and not _NOT_TITLE.search(title.plain)
    return Head(0, "", title, line.start, line.end) if is_title or _is_markdown_head(line.plain) else None


def read_unit_head(line: Cell, below: Cell | None) -> Head | None:
    """A line that is the name of a unit, with the count of what stands below it, "区发改局（3项）", or right
    above an item that begins a list.
    """
    if numbering(line) or not (_ITEMS.search(line.plain) or (below and _begins_list(below))):
        return None
    head = Head(1, "", line, line.start, line.end)
    return head if units_of_head(head, groups=True) else None


def is_aside(title: Cell) -> bool:
    """True for a head below which nobody gets a task: 联系方式, 组织保障."""
    return _ASIDE_HEAD.fullmatch(title.plain.rstrip(": ")) is not None


def _begins_list(line: Cell) -> bool:
    numbered = numbering(line)
    return numbered is not None and numbered[1] in ("1", "一") and bool(numbered[2])


def is_head_text(title: Cell) -> bool:
    """True for words short enough for a head, without a stop inside, a comma at the end or a label."""
    inner = title.plain.rstrip("。.:; ")
    return (
        len(title.plain) <= _LONGEST_HEAD
        and not re.search(r"[。;]|[,、]$", inner)
        and not re.search(
            r"(?:单位|部门|领导|责任人|时限)\s*:|\((?:责任|牵头|主办|承办)(?:单位|部门) ", inner
        )
    )


def units_of_head(head: Head, *, groups: bool = False) -> Cell | None:
    """The units that a head is the name of, without the count behind them: "区发改局（3项）"; else None.

    With `groups` also the groups of units: "各街道办事处".
    """
    counted = _ITEMS.search(head.title.plain) or _PERSON_BEHIND.search(head.title.plain)
    title = head.title.part(0, counted.start() if counted else len(head.title.plain))
    names = [name for name in re.split("[、,]", title.plain.rstrip("。: ")) if name]
    is_named = bool(names) and all(_is_one_unit(name) or (groups and is_group(name)) for name in names)
    return title.part(0, len(title.plain.rstrip("。: "))) if is_named else None


def part_leaders(line: Cell) -> tuple[Head, Duty] | None:
    """The head that a numbered line is, and the leaders in brackets behind it: "一、产业（领导：某某）"."""
    numbered = numbering(line)
    if numbered is None or numbered[0] >= _ITEM_LEVEL:
        return None
    led = part_duty(Head(numbered[0], numbered[1], numbered[2], line.start, line.end))
    return led if led and led[1].leaders and not led[1].stated else None


def part_duty(head: Head) -> tuple[Head, Duty] | None:
    """A numbered head without the brackets behind it that say who does what stands below it."""
    is_led = bool(head.number) or _PERSON_BEHIND.search(head.title.plain) is not None
    brackets = find_brackets(head.title, in_item=True) if is_led else []
    if head.number and not brackets and (parted := part_units(head.title)) and is_head_text(parted[0]):
        return replace(head, title=parted[0]), parted[1]
    if len(brackets) != 1 or head.title.plain[brackets[0][1] :].strip(" :。*"):
        return None
    title = head.title.part(0, brackets[0][0])
    return (replace(head, title=title), brackets[0][2]) if title and is_head_text(title) else None


def column_of_tasks(head: Head) -> Column | None:
    """How the unit above stands to the tasks that a head announces: "牵头任务", "配合事项"; else None."""
    counted = _ITEMS.search(head.title.plain)
    title = head.title.plain[: counted.start()] if counted else head.title.plain
    kind = _KIND.fullmatch(title.rstrip("。: "))
    column = column_of(kind[1] + "单位") if kind else None
    return column if column in WHO else None


def charge_of_head(head: Head) -> Duty | None:
    """The units that a head says do what stands below it: "区发改局牵头落实的工作（3项）"; else None."""
    found = _CHARGED.match(head.title.plain)
    column = column_of(found["part"] + "单位") if found else None
    units = head.title.part(*found.span("units")) if found else None
    if column not in WHO or not units or not all(map(_is_one_unit, re.split("[、,]", units.plain))):
        return None
    return Duty(stated=((column, units),))


def _is_one_unit(name: str) -> bool:
    if _SLOGAN.fullmatch(name):
        return False
    return len(name) > 2 and is_unit(name) and not is_group(name) and not re.search(r"[\d:]", name)


def _ends_like_leader_head(title: str) -> bool:
    return bool(_leader_head().search(title))


@cache
def _leader_head() -> re.Pattern[str]:
    return re.compile(
        r"(?:牵头|主抓|负责|分管|包抓|包保|挂帅|领衔|领办)(?:的)?(?:(?:重点|主要|具体|落实|推进)*(?:工作|任务|事项|项目)|\s*:?$)"
    )


def _is_markdown_head(plain: str) -> bool:
    return plain.startswith("#")
