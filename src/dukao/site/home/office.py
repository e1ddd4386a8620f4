"""What waits for the office: the clerk works on what is open, the head signs."""

from datetime import datetime

from django.urls import reverse

from dukao.site.home.values import Answer, Figure, Word
from dukao.site.ledger.models import Stage
from dukao.site.ledger.queries.breakdowns import Overview, breakdowns_of
from dukao.site.ledger.queries.facets import VALUES
from dukao.site.ledger.queries.rows import count_rows, read_rows
from dukao.site.ledger.steps.issuing import what_is_open
from dukao.site.people.access import Viewer


def answer_clerk(viewer: Viewer, now: datetime) -> Answer:
    """What needs a person, then the year in numbers."""
    alive = [one for one in breakdowns_of(viewer) if one.breakdown.stage != Stage.WITHDRAWN]
    if not alive:
        start = Word("上传政府工作报告和责任分解", reverse("ledger:new-breakdown"))
        return Answer(
            (Word(f"{viewer.place_name}还没有台账。从两份文件开始："), start),
            calm="读入以后逐项核对、征求意见、审议、印发，就有了一本账。",
        )
    waiting = tuple(word for one in alive for word in _waiting(one))
    count = sum(len(one.open) or 1 for one in alive if one.open or one.breakdown.stage != Stage.ISSUED)
    sentence: tuple[Word, ...] = (Word("没有等您处理的事项。"),)
    if waiting:
        sentence = (Word(f"有 {count} 类事项等您处理："), *_joined(waiting[:3]))
    return Answer(
        sentence,
        waiting,
        "待核对的事项、单位的意见、待签发的补充通知都已办完。",
        _figures(viewer, alive[0].breakdown.year),
        rooms=(
            Word(
                f"{alive[0].breakdown.year}年台账", reverse("ledger:ledger", args=[alive[0].breakdown.year])
            ),
            Word("上传新一年的文件", reverse("ledger:new-breakdown")),
        ),
    )


def answer_head(viewer: Viewer, now: datetime) -> Answer:
    """What waits for a signature."""
    alive = [one for one in breakdowns_of(viewer) if one.breakdown.stage != Stage.WITHDRAWN]
    waiting: list[Word] = []
    for one in alive:
        ready = one.breakdown.stage == Stage.APPROVAL and not what_is_open(one.breakdown)
        if ready:
            address = reverse("ledger:issue", args=[one.breakdown.pk])
            waiting.append(Word(f"{one.breakdown.year}年责任分解可以印发", address))
        supplements = reverse("ledger:supplements", args=[one.breakdown.pk])
        waiting += [Word(str(matter), matter.address) for matter in one.open if matter.address == supplements]
    sentence: tuple[Word, ...] = (Word("没有等您签发的文件。"),)
    if waiting:
        sentence = (Word(f"有 {len(waiting)} 件等您签发："), *_joined(waiting[:3]))
    elif alive and alive[0].breakdown.stage != Stage.ISSUED:
        stage = Word(
            str(alive[0].breakdown.get_stage_display()), reverse("ledger:issue", args=[alive[0].breakdown.pk])
        )
        sentence = (Word(f"没有等您签发的文件。{alive[0].breakdown.year}年的分解现在是"), stage, Word("。"))
    figures = _figures(viewer, alive[0].breakdown.year) if alive else ()
    return Answer(sentence, tuple(waiting), "责任分解和补充通知办到签发这一步时，显示在这里。", figures)


def _waiting(one: Overview) -> list[Word]:
    """What is open in a breakdown; its next step where nothing is."""
    year = one.breakdown.year
    found = [Word(f"{year}年：{matter}", matter.address) for matter in one.open]
    if not found and one.breakdown.stage == Stage.DRAFT:
        address = reverse("ledger:consultation", args=[one.breakdown.pk])
        found = [Word(f"{year}年：核对已完，可以送征求意见或提交审议", address)]
    elif not found and one.breakdown.stage in (Stage.CONSULTATION, Stage.APPROVAL):
        name = "approval" if one.breakdown.stage == Stage.CONSULTATION else "issue"
        step = "记录审议" if name == "approval" else "请办公室负责人签发"
        found = [Word(f"{year}年：下一步{step}", reverse(f"ledger:{name}", args=[one.breakdown.pk]))]
    return found


def _joined(words: tuple[Word, ...] | list[Word]) -> list[Word]:
    """Words with commas between them and a stop behind."""
    joined: list[Word] = []
    for word in words:
        joined += [word, Word("，")]
    return [*joined[:-1], Word("。")]


def _figures(viewer: Viewer, year: int) -> tuple[Figure, ...]:
    """The year in numbers, each leading to what it counts."""
    rows = read_rows(viewer, None, year=year)
    totals = count_rows(rows)
    page = reverse("ledger:ledger", args=[year])
    flags = (("number", "项写了数字"), ("no_deadline", "项未定时限"), ("differs", "项与报告不一致"))
    return (
        Figure(totals.tasks, "项重点工作", f"{page}?kind=key"),
        Figure(totals.contents, "项民生实事内容", f"{page}?kind=livelihood"),
        *(
            Figure(sum(bool(VALUES[name](row)) for row in rows), label, f"{page}?{name}=1")
            for name, label in flags
        ),
    )
