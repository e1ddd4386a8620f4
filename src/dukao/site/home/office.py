"""What waits for the office: the clerk works on what is open, the head signs."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.history.queries import latest_business
from dukao.site.home.lights import board_of, say_lights
from dukao.site.home.values import Answer, Figure, Wait, Word
from dukao.site.ledger.models import Stage
from dukao.site.ledger.queries.breakdowns import Overview, breakdowns_of
from dukao.site.ledger.queries.facets import VALUES
from dukao.site.ledger.queries.rows import Row, count_rows, read_rows
from dukao.site.ledger.steps.issuing import OpenMatter, what_is_open
from dukao.site.people.access import Viewer

_ENTRIES = 6


def answer_clerk(viewer: Viewer, now: datetime) -> Answer:
    """What needs a person, how far each year's breakdown is, the year in numbers, what was done last."""
    alive = _alive(viewer)
    if not alive:
        both = Word("上传政府工作报告和责任分解", reverse("ledger:new-breakdown"))
        alone = Word("由报告起草", reverse("ledger:draft-breakdown"))
        return Answer(
            (Word(f"{viewer.place_name}还没有台账。请"), both, Word("；只有报告的，"), alone, Word("。")),
            calm="读入以后逐项核对、征求意见、审议、印发，就有了一本账。",
        )
    year = _year_of(alive)
    rows = read_rows(viewer, None, year=year)
    lights = say_lights(viewer, rows, year, now)
    return Answer(
        (Word("没有等您处理的事项。"),),
        tuple(wait for one in alive for wait in _waiting(one, localdate(now))),
        is_idle=True,
        calm="待核对的事项、单位的意见、待签发的补充通知都已办完。",
        figures=_figures(rows, year),
        figures_title=f"{year}年",
        facts=(("全年任务", lights),) if lights else (),
        steps=tuple(one.breakdown for one in alive if one.breakdown.stage != Stage.ISSUED),
        entries=tuple(latest_business(viewer.place_code, _ENTRIES)),
        rooms=(
            *([board_of(year)] if lights else []),
            Word(f"{year}年台账", reverse("ledger:ledger", args=[year])),
            Word("上传新一年的文件", reverse("ledger:new-breakdown")),
            Word("只有报告，先起草", reverse("ledger:draft-breakdown")),
        ),
    )


def answer_head(viewer: Viewer, now: datetime) -> Answer:
    """What waits for a signature."""
    alive = _alive(viewer)
    waiting: list[Wait] = []
    for one in alive:
        if one.breakdown.stage == Stage.APPROVAL and not what_is_open(one.breakdown):
            address = reverse("ledger:issue", args=[one.breakdown.pk])
            waiting.append(Wait(1, f"份责任分解（{one.breakdown.year}年）可以印发", address))
        supplements = reverse("ledger:supplements", args=[one.breakdown.pk])
        signed = [matter for matter in one.open if matter.address == supplements]
        waiting += [Wait(matter.count, _noun(matter), matter.address) for matter in signed]
    year = _year_of(alive) if alive else 0
    rows = read_rows(viewer, None, year=year) if alive else []
    lights = say_lights(viewer, rows, year, now)
    return Answer(
        _say_head(alive),
        tuple(waiting),
        is_idle=True,
        calm="责任分解、补充通知和督办文书办到签发这一步时，显示在这里。",
        figures=_figures(rows, year) if alive else (),
        figures_title=f"{year}年" if alive else "",
        facts=(("全年任务", lights),) if lights else (),
        rooms=(board_of(year),) if lights else (),
        steps=tuple(one.breakdown for one in alive if one.breakdown.stage != Stage.ISSUED),
    )


def _alive(viewer: Viewer) -> list[Overview]:
    """The breakdowns that were not withdrawn, the latest year first."""
    return [one for one in breakdowns_of(viewer) if one.breakdown.stage != Stage.WITHDRAWN]


def _year_of(alive: list[Overview]) -> int:
    """The year in hand: the latest that is issued, else the latest there is."""
    issued = [one.breakdown.year for one in alive if one.breakdown.stage == Stage.ISSUED]
    return max(issued or [one.breakdown.year for one in alive])


def _say_head(alive: list[Overview]) -> tuple[Word, ...]:
    if not alive or alive[0].breakdown.stage == Stage.ISSUED:
        return (Word("没有等您签发的文件。"),)
    latest = alive[0].breakdown
    stage = Word(str(latest.get_stage_display()), reverse("ledger:issue", args=[latest.pk]))
    return (Word(f"没有等您签发的文件。{latest.year}年的分解现在是"), stage, Word("。"))


def _waiting(one: Overview, today: date) -> list[Wait]:
    """What is open in a breakdown; its next step where nothing is, and nobody else has the word."""
    running = [matter for matter in one.open if matter.due and matter.due >= today]
    found = [
        Wait(matter.count, f"{_noun(matter)}（{one.breakdown.year}年责任分解）", matter.address, matter.due)
        for matter in one.open
        if matter not in running
    ]
    step = _next_step(one)
    return found if found or running or step is None else [step]


def _noun(matter: OpenMatter) -> str:
    """What a matter counts: its words without the figure."""
    return matter.text.partition(" ")[2]


def _next_step(one: Overview) -> Wait | None:
    """The step a breakdown waits for where nothing in it is open."""
    steps = {
        Stage.DRAFT: ("consultation", "核对已完，可以送征求意见或提交审议"),
        Stage.CONSULTATION: ("approval", "下一步记录审议"),
        Stage.APPROVAL: ("issue", "下一步请办公室负责人签发"),
    }
    name, said = steps.get(Stage(one.breakdown.stage), ("", ""))
    if not name:
        return None
    return Wait(
        1, f"份责任分解（{one.breakdown.year}年）{said}", reverse(f"ledger:{name}", args=[one.breakdown.pk])
    )


def _figures(rows: list[Row], year: int) -> tuple[Figure, ...]:
    """The year in numbers, each leading to what it counts."""
    totals = count_rows(rows)
    page = reverse("ledger:ledger", args=[year])
    flags = (("number", "项写了数字"), ("no_deadline", "项分解没有写时限"), ("differs", "项与报告不一致"))
    return (
        Figure(totals.tasks, "项重点工作", f"{page}?kind=key"),
        Figure(totals.contents, "项民生实事内容", f"{page}?kind=livelihood"),
        *(
            Figure(sum(bool(VALUES[name](row)) for row in rows), label, f"{page}?{name}=1")
            for name, label in flags
        ),
    )
