"""What is odd in a breakdown and was read all the same."""

import re
from collections.abc import Iterator, Mapping, Sequence

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.persons import Persons
from dukao.breakdown.lettering import closed_up, plain
from dukao.breakdown.values import LivelihoodContent, Task
from dukao.reading.values import Diagnostic

_STOPS = "。；;！？!?."
_CLOSING = "”’）)》*"
_OPENING = ("（", "(", "【", "[")
# "地区生产总值增长6%以上", "城镇新增就业5万人": an indicator with its figure needs no stop.
_INDICATOR = re.compile(
    r"[^。;,]{2,24}?(?:增长|下降|达到?|完成|新增|控制在|不低于|不高于|降至|提高到)?[约≥≤]?\d[\d.]*+(?:[-~—][\d.]*+)?"
    r"(?:%|‰|个百分点|[万亿]?[\u4e00-\u9fff]{1,3})(?:以上|以下|以内|左右)?"
)
_MOSTLY = 0.8
_SHOWN = 10
_SHOWN_LINES, _SHOWN_LETTERS = 3, 16
# "市商务局等负责", "市商务局等部门"
_OTHERS = re.compile(
    r"等(?:\d{1,2}|[一二三四五六七八九十])?(?:个|家)?(?:有关|相关)?(?:部门|单位)*(?=[负牵配参按分共,，。;；、)）]|$)"
)


def find_oddities(
    text: str, tasks: Sequence[Task], contents: Sequence[LivelihoodContent], doubts: Mapping[int, str]
) -> list[Diagnostic]:
    """Cells cut off at their end or wrapped in a drawn table, rows that share units, and rows that name
    nobody; `doubts` are the units below that may be meant for a row, by where it begins.
    """
    items: list[Task | LivelihoodContent] = [*tasks, *contents]
    return [
        *_wrapped(text, items),
        *_cut_off(text, tasks),
        *_sharing(tasks),
        *_unassigned(items, doubts),
        *_with_others(text, items),
    ]


def find_lost(unread: Sequence[Cell]) -> list[Diagnostic]:
    """One word on the lines among the tasks that were not read as any."""
    if not unread:
        return []
    shown = "”“".join(closed_up(line.text)[:_SHOWN_LETTERS] for line in unread[:_SHOWN_LINES])
    more = "等" if len(unread) > _SHOWN_LINES else ""
    message = f"任务之间有 {len(unread)} 行没有读成任务：“{shown}”{more}；是任务的，请补上责任单位再读。"
    return [Diagnostic("unread-lines", unread[0].start, unread[-1].end, message)]


def find_unread_columns(heads: Sequence[Cell]) -> list[Diagnostic]:
    """One word on columns of tables that hold something else than who does what until when, or it again."""
    if not heads:
        return []
    names = [*dict.fromkeys(closed_up(head.text) for head in heads)]
    shown = "”“".join(name[:_SHOWN_LETTERS] for name in names[:_SHOWN])
    more = "等" if len(names) > _SHOWN else ""
    message = (
        f"表里“{shown}”{more} {len(names)} 列没有读入：写的不是任务、单位、领导、时限，或同类的一列已经读过；"
        "要用的请另记。"
    )
    return [Diagnostic("unread-columns", heads[0].start, heads[-1].end, message)]


def find_persons(persons: Persons | None) -> list[Diagnostic]:
    """One word on the persons who answer within their units and are no leaders."""
    met = sorted(persons.met.items()) if persons else []
    if not met:
        return []
    names = [*dict.fromkeys(name for _, name in met)]
    shown = "、".join(names[:_SHOWN]) + ("等" if len(names) > _SHOWN else "")
    message = f"“责任人”写的是单位里的人（{shown} {len(names)} 人），没有记作牵头领导；是领导的请补上职务。"
    return [Diagnostic("unit-persons", met[0][0], met[-1][0] + len(met[-1][1]), message)]


def is_cut_off(text: str) -> bool:
    """True when a text ends without a stop."""
    return not text.rstrip().rstrip(_CLOSING).endswith(tuple(_STOPS)) and not text.rstrip().endswith(
        tuple(_STOPS)
    )


def _wrapped(text: str, items: Sequence[Task | LivelihoodContent]) -> list[Diagnostic]:
    """One word on tables whose cells run over lines: their offsets span cells of other columns too."""
    wrapped = [
        item
        for item in items
        if "B24" not in item.rules and any(text[start:end] != said for said, start, end in _said(item))
    ]
    if not wrapped:
        return []
    message = f"有 {len(wrapped)} 条的文字在原件里分成几行：已接起来，位置只标起止。"
    return [Diagnostic("wrapped-cells", wrapped[0].start, wrapped[-1].end, message)]


def _said(item: Task | LivelihoodContent) -> Iterator[tuple[str, int, int]]:
    """Every text of an item with its place."""
    yield item.text if isinstance(item, Task) else item.content, item.start, item.end
    for unit in item.units:
        yield unit.written, unit.start, unit.end
    if item.remark is not None:
        yield item.remark.text, item.remark.start, item.remark.end


def _cut_off(text: str, tasks: Sequence[Task]) -> list[Diagnostic]:
    """Tasks without a final stop where most end in one; a duty bracket may stand before the stop."""
    cut = [
        task
        for task in tasks
        if is_cut_off(task.text)
        and text[task.end : task.end + 1] not in _OPENING
        and not _INDICATOR.fullmatch(plain(task.text).strip())
    ]
    if len(tasks) - len(cut) < _MOSTLY * len(tasks):
        return []
    ended = {task.group for task in tasks} - {task.group for task in cut}
    ended |= {task.group for task in tasks if task not in cut}
    cut = [task for task in cut if task.group in ended]
    return [
        Diagnostic(
            "truncated",
            task.start,
            task.end,
            f"{task.id} 的内容没有写完，停在“{task.text[-_SHOWN:]}”：原件此处可能缺字。",
        )
        for task in cut
    ]


def _sharing(tasks: Sequence[Task]) -> list[Diagnostic]:
    """One word on the rows that got the units of a row below, because the document writes so."""
    sharing = [task for task in tasks if "B20" in task.rules]
    if not sharing:
        return []
    shown = "、".join(task.id for task in sharing[:_SHOWN]) + ("等" if len(sharing) > _SHOWN else "")
    message = (
        f"{shown} 共 {len(sharing)} 条自己没有写责任单位，按全文的写法，与下面写了单位的一条共用：请核对。"
    )
    return [Diagnostic("shared-units", sharing[0].start, sharing[-1].end, message)]


def _with_others(text: str, items: Sequence[Task | LivelihoodContent]) -> list[Diagnostic]:
    """One word on the rows that name one unit and say that there are others."""
    alone = [(item, item.units[0]) for item in items if len(item.units) == 1]
    met = [
        (item, unit)
        for item, unit in alone
        if _OTHERS.search(unit.written) or _OTHERS.match(text, unit.end, unit.end + _SHOWN_LETTERS)
    ]
    if not met:
        return []
    shown = "、".join(item.id for item, _ in met[:_SHOWN]) + ("等" if len(met) > _SHOWN else "")
    message = f"{shown} 共 {len(met)} 条只写了一家单位和“等”，其余单位没有写明：有别的单位的，请补上。"
    return [Diagnostic("unnamed-others", met[0][1].start, met[-1][1].end, message)]


def _unassigned(items: Sequence[Task | LivelihoodContent], doubts: Mapping[int, str]) -> Iterator[Diagnostic]:
    wholes = {item.parent for item in items if isinstance(item, Task) and item.units}
    for item in items:
        if item.units or item.id in wholes:
            continue
        message = f"{item.id} 没有写责任单位，备注里也没有：需要有人补上。"
        if below := doubts.get(item.start):
            message = (
                f"{item.id} 没有写责任单位；下一处写的“{below}”是否也管这一条，从全文写法看不出来：请明确。"
            )
        yield Diagnostic("no-units", item.start, item.end, message)
