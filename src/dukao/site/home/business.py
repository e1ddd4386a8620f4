"""What units, leaders and deputies come for: their own tasks."""

from datetime import datetime

from django.urls import reverse

from dukao.site.home.lights import board_of, say_outlook
from dukao.site.home.values import Answer, Wait, Word
from dukao.site.ledger.models import TaskKind
from dukao.site.ledger.queries.consultations import answered, consultations_for, is_open
from dukao.site.ledger.queries.grouping import Grouping
from dukao.site.ledger.queries.leaders import LeaderPage, read_leader
from dukao.site.ledger.queries.ledger import read_sheets
from dukao.site.ledger.queries.rows import count_rows, leaders_on, read_rows
from dukao.site.ledger.queries.units import read_unit
from dukao.site.people.access import Viewer
from dukao.site.supervision.seeing.queries import outlook_of


def answer_unit(viewer: Viewer, now: datetime) -> Answer:
    """The open consultations of a unit, and its tasks."""
    if not viewer.unit_id:
        return Answer((Word("您的账号还没有挂到单位，看不到任务：请与系统管理员联系。"),))
    waiting = tuple(_open_rounds(viewer, now))
    year = _year(viewer)
    if year is None:
        sentence: tuple[Word, ...] = (Word(f"{viewer.unit_name}还没有已印发的任务。"),)
        return Answer(sentence, waiting, calm="责任分解印发以后，本单位的任务显示在这里。")
    page = read_unit(viewer, viewer.unit_id, year, None, now)
    own = reverse("ledger:unit", args=[viewer.unit_id])
    words = [Word(f"{viewer.unit_name}{year}年")]
    for part in page.parts:
        words += [Word(part.label + " "), Word(f"{part.tasks} 项", f"{own}#{part.name}"), Word("、")]
    sentence = (*words[:-1], Word("。")) if page.parts else (*words, Word("没有任务。"))
    lead = next((part for part in page.parts if part.name == "lead"), None)
    first = lead or next(iter(page.parts), None)
    led = lead.rows if lead else ()
    outlook = outlook_of(viewer, led, year, now, by="unit", group=f"u{viewer.unit_id}")
    return Answer(
        sentence,
        waiting,
        calm="没有等您办的事项。",
        facts=(("牵头任务", say_outlook(outlook)),) if outlook else (),
        outlook=outlook,
        blocks=first.lit(outlook.lights if outlook else {}).blocks if first else (),
        blocks_title=f"{first.label} {first.tasks} 项" if first else "",
        rooms=(
            Word("本单位的全部任务", own),
            board_of(year),
            Word(f"{year}年台账", reverse("ledger:ledger", args=[year])),
        ),
    )


def answer_leader(viewer: Viewer, now: datetime) -> Answer:
    """The tasks of the posts a leader holds; the whole for who is responsible for the whole."""
    if not viewer.post_ids:
        return Answer((Word("您的账号还没有对应的职务，看不到任务：请与系统管理员联系。"),))
    year = _year(viewer)
    if year is None:
        return Answer((Word("还没有已印发的责任分解。"),), calm="印发以后，您牵头的任务显示在这里。")
    pages = [read_leader(viewer, post_id, year, None, now) for post_id in sorted(viewer.post_ids)]
    page = max(pages, key=lambda one: one.totals.all)
    group = "" if page.leads_whole else f"p{page.leader.post_id}"
    outlook = outlook_of(viewer, page.rows, year, now, group=group)
    behind = {one.row.task_id for one in outlook.watch.behind} if outlook else set()
    return Answer(
        (*_say_leader(page), *(say_outlook(outlook) if outlook else ())),
        outlook=outlook,
        blocks=page.rest(behind, outlook.lights if outlook else {}),
        blocks_title="其余任务" if behind else "全部任务" if page.leads_whole else "您牵头的任务",
        rooms=(board_of(year), Word(f"{year}年台账", reverse("ledger:ledger", args=[year]))),
    )


def answer_deputy(viewer: Viewer, now: datetime) -> Answer:
    """The livelihood projects that were made public."""
    year = _year(viewer)
    rows = [] if year is None else read_rows(viewer, None, year=year)
    own = [row for row in rows if row.kind == TaskKind.LIVELIHOOD]
    if year is None or not rows:
        return Answer(
            (Word(f"{viewer.place_name}还没有公开的任务。"),),
            calm="民生实事项目和重点工作主动公开以后，显示在这里。",
        )
    page = reverse("ledger:ledger", args=[year])
    totals = count_rows(own)
    grouping = Grouping("register", "order", viewer, leaders_on(viewer.place_id, None, now))
    words = [Word(f"{viewer.place_name}{year}年公开了")]
    if own:
        words += [
            Word("民生实事 "),
            Word(f"{totals.projects} 个项目 {totals.contents} 项内容", f"{page}?kind=livelihood"),
        ]
    if len(rows) > len(own):
        words += [
            Word("、重点工作 " if own else "重点工作 "),
            Word(f"{len(rows) - len(own)} 项", f"{page}?kind=key"),
        ]
    return Answer(
        (*words, Word("。")),
        blocks=grouping.blocks(own),
        blocks_title="民生实事项目",
        rooms=(Word("全部已公开的任务", page),),
    )


def _year(viewer: Viewer) -> int | None:
    """The newest year whose tasks this viewer may see."""
    sheets = read_sheets(viewer, None)
    return sheets[0].year if sheets else None


def _open_rounds(viewer: Viewer, now: datetime) -> list[Wait]:
    """The rounds of asking a unit has still to answer."""
    waiting = [one for one in consultations_for(viewer) if is_open(one, now)]
    return [
        Wait(
            1,
            f"份征求意见待答复（{one.breakdown.year}年责任分解）",
            reverse("ledger:answer", args=[one.pk]),
            one.due,
        )
        for one in waiting
        if viewer.unit_id not in answered(one)
    ]


def _say_leader(page: LeaderPage) -> tuple[Word, ...]:
    own = reverse("ledger:leader", args=[page.leader.post_id])
    words = [Word(f"您总负责，{page.year}年全部" if page.leads_whole else f"您{page.year}年牵头")]
    if page.totals.tasks:
        words += [Word("重点工作 "), Word(f"{page.totals.tasks} 项", f"{own}#key")]
    if page.totals.contents:
        words += [Word("、民生实事 "), Word(f"{page.totals.contents} 项内容", f"{own}#livelihood")]
    if not page.totals.all:
        return (Word(f"{page.year}年的分解里没有列在您名下的任务。"),)
    undated = f"{reverse('ledger:ledger', args=[page.year])}?no_deadline=1"
    if not page.leads_whole:
        undated += f"&leader={page.leader.post_id}"
    tail = (
        [Word("，其中 "), Word(f"{page.undated} 项", undated), Word("分解没有写时限")] if page.undated else []
    )
    return (*words, *tail, Word("。"))
