"""What is done with notices and letters: drafted by hand, mended, checked, signed, answered, ended."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from dukao.site.ledger.models import Responsibility
from dukao.site.people.access import Act, Viewer, may, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import Unit
from dukao.site.supervision.acting import ActPage, NoWords, Whereabouts, WordsForm, act_on, data_of, room
from dukao.site.supervision.choosing import asked_task, choose_task
from dukao.site.supervision.models import Notice
from dukao.site.supervision.practice import practice_of
from dukao.site.supervision.pressing import actions
from dukao.site.supervision.pressing.access import visible_notice
from dukao.site.supervision.pressing.facts import facts_for_letter, facts_of_day
from dukao.site.supervision.pressing.forms import NewNoticeForm, NoticeForm
from dukao.site.supervision.pressing.ladder import (
    LETTER,
    LETTER_DAYS,
    LETTER_NAME,
    above,
    rungs_of,
)
from dukao.site.supervision.pressing.wording import say_cause, say_letter


@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    """A notice by hand about one task (`asked_task`); a letter where the unit is a partner."""
    require(request.viewer, Act.PRESS)
    state = asked_task(request)
    if state is None:
        return choose_task(request, "就哪一项任务拟督办文书？", "拟督办文书", room("notices", "督办文书"))
    units = _units_on(state.task_id, request.viewer)
    ladder = rungs_of(practice_of(request.viewer.place_id, localdate(request.moment)))
    rungs = [
        *((rung.code, rung.name) for rung in ladder),
        (LETTER, f"{LETTER_NAME}（只发党委、司法、军事机关）"),
    ]
    form = NewNoticeForm(
        data_of(request),
        units=[(unit.pk, unit.name) for unit in units],
        rungs=rungs,
        initial=_proposed(request, state.task_id, units, ladder[0].asked, ladder[0].days),
    )
    page = ActPage(
        f"就 {state.task.number} 拟一份督办文书",
        (
            f"任务：{state.text}",
            "先存为拟稿，由另一位同志核稿、办公室负责人签发以后才发出、编号；",
            "党委机构、法院检察院、军事机关只发商请函。",
        ),
        "存为拟稿",
        reverse("supervision:notices"),
        (
            room("notices", "督办文书"),
            (reverse("ledger:task", args=[state.task_id]), state.task.number or "任务"),
        ),
        "已拟稿，请另一位同志核稿。",
    )

    def act(said: dict[str, Any]) -> object:
        words = actions.NoticeWords(said["cause"], said["asked"], said["days"])
        return actions.draft_notice(
            int(said["unit"]), said["rung"], [state.task_id], words, by=request.viewer, at=request.moment
        )

    return act_on(request, page, form, act)


def _units_on(task_id: int, viewer: Viewer) -> list[Unit]:
    """The units with a part in a task, the leads first."""
    duties = Responsibility.objects.at(None).filter(task_id=task_id, unit__place_id=viewer.place_id)
    rows = duties.select_related("unit").order_by("order")
    units = {row.unit_id: row.unit for row in sorted(rows, key=lambda row: row.role != "lead")}
    return [unit for unit in units.values() if unit is not None]


def _proposed(request: Asked, task_id: int, units: list[Unit], asked: str, days: int) -> dict[str, Any]:
    """What the form stands on before somebody writes: the first unit, the lowest rung, today's light."""
    first = units[0] if units else None
    today = localdate(request.moment)
    if first is not None and first.is_partner:
        facts = facts_for_letter([task_id], {}, today)
        cause = say_letter(today.year, facts)
        return {"unit": str(first.pk), "rung": LETTER, "cause": cause, "days": LETTER_DAYS}
    facts = facts_of_day([task_id], today)
    unit = {"unit": str(first.pk)} if first else {}
    return {**unit, "cause": say_cause(facts), "asked": asked, "days": days}


@require_http_methods(["GET", "POST"])
def edit(request: Asked, notice_id: int) -> HttpResponse:
    """Write over a draft."""
    require(request.viewer, Act.PRESS)
    found = visible_notice(request.viewer, notice_id)
    known = {"cause": found.cause, "asked": found.asked, "days": found.days}
    page = _on(found).ask(
        f"修改《{found}》",
        ("改动以后要重新核稿；所列任务和进度判断是拟稿那天的事实，不能改。",),
        "保存",
        "已保存，请重新核稿。",
    )

    def act(said: dict[str, Any]) -> object:
        words = actions.NoticeWords(said["cause"], said["asked"], said["days"])
        return actions.edit_notice(found.pk, words, by=request.viewer, at=request.moment)

    return act_on(request, page, NoticeForm(data_of(request), initial=known), act)


@require_http_methods(["GET", "POST"])
def check(request: Asked, notice_id: int) -> HttpResponse:
    """核稿."""
    require(request.viewer, Act.SIGN, Act.PRESS)
    found = visible_notice(request.viewer, notice_id)
    page = _on(found).ask(
        f"核稿《{found}》（{found.unit.name}）",
        (
            "请核对：事由、所列任务、进度判断和依据、要求、答复期限；",
            f"事由：{found.cause}",
            *(f"{line['number']} {line.get('reason') or line.get('part', '')}" for line in found.facts),
            f"要求：{found.asked}（签发后{found.days}个工作日内答复）",
        ),
        "核稿无误，送签发",
        "已核稿，等办公室负责人签发。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.check_notice(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def sign(request: Asked, notice_id: int) -> HttpResponse:
    """签发."""
    require(request.viewer, Act.SIGN)
    found = visible_notice(request.viewer, notice_id)
    page = _on(found).ask(
        f"签发《{found}》（{found.unit.name}）吗？",
        (
            f"编号、编入{localdate(request.moment).year}年，即刻发给{found.unit.name}；",
            f"事由：{found.cause}",
            f"要求：{found.asked}，签发后{found.days}个工作日内答复；",
            "签发以后不能改，要收回须写明理由。",
        ),
        "签发",
        f"已签发，{found.unit.name}可以看到并答复。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.sign_notice(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def send_back(request: Asked, notice_id: int) -> HttpResponse:
    """The head returns it to the clerk."""
    require(request.viewer, Act.SIGN)
    found = visible_notice(request.viewer, notice_id)
    page = _on(found).ask(f"退回《{found}》", ("回到拟稿，由经办修改后重新核稿。",), "退回", "已退回经办。")
    form = _words(request, "退回理由", "请写明退回理由：经办要按它修改。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.return_notice(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def answer(request: Asked, notice_id: int) -> HttpResponse:
    """答复: by the unit addressed; of a partner by the office, which writes it down."""
    require(request.viewer, Act.SEE_PRESS)
    found = visible_notice(request.viewer, notice_id)
    if not (found.is_letter and may(request.viewer, Act.PRESS)):
        require(request.viewer, Act.FILE)
    due = found.due
    late = "期限已过，答复照收，按逾期记录；" if due and localdate(request.moment) > due else ""
    consequences = [
        f"要求：{found.asked}" + (f"（{due:%Y-%m-%d}前答复）" if due else ""),
        f"{late}以单位名义答复，请先经单位负责人同意；督查室审核以前还可以补充修改。",
    ]
    if found.is_letter and may(request.viewer, Act.PRESS):
        consequences = ["对方函复以后，由督查室把内容记在这里。"]
    page = _on(found).ask(f"答复《{found}》", consequences, "答复", "已答复，等督查室审核。")
    form = _words(
        request,
        "答复",
        "请写答复：原因、措施和完成日期。",
        found.answer,
        "写明原因、措施、责任人和完成日期。",
    )
    return act_on(
        request,
        page,
        form,
        lambda said: actions.answer_notice(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def close(request: Asked, notice_id: int) -> HttpResponse:
    """办结, with the office's opinion."""
    require(request.viewer, Act.PRESS)
    found = visible_notice(request.viewer, notice_id)
    said = f"单位答复：{found.answer}" if found.answer else "单位还没有答复。"
    page = _on(found).ask(
        f"办结《{found}》", (said, "办结以后这份文书不再催办，任务照常亮灯。"), "办结", "已办结。"
    )
    form = _words(request, "办结意见", "请写办结意见：说明答复是否落实。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.close_notice(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def go_up(request: Asked, notice_id: int) -> HttpResponse:
    """A rung up: this one ends, the next is drafted."""
    require(request.viewer, Act.PRESS)
    found = visible_notice(request.viewer, notice_id)
    rung = above(rungs_of(practice_of(found.place_id, localdate(request.moment))), found.rung)
    next_name = rung.name if rung else "上一级文书"
    page = _on(found).ask(
        f"《{found}》没有落实，升级办理",
        ("这一份就此结束；", f"同样的任务拟一份{next_name}，核稿、签发以后才发出。"),
        f"升级为{next_name}",
        f"已拟{next_name}，请另一位同志核稿。",
    )
    form = _words(request, "升级理由", "请写升级理由：说明哪里没有落实。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.raise_notice(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, notice_id: int) -> HttpResponse:
    """撤回, with a reason."""
    require(request.viewer, Act.SIGN, Act.PRESS)
    found = visible_notice(request.viewer, notice_id)
    consequences = ["它不再有效，理由留在历史记录里；"]
    if found.is_signed:
        consequences.append(f"{found.unit.name}会看到已撤回，编号不再使用。")
    else:
        consequences.append("这一轮滞后里，程序不会再拟同一级的文书。")
    page = _on(found).ask(f"撤回《{found}》吗？", consequences, "撤回", "已撤回。", is_danger=True)
    form = _words(request, "撤回理由", "请写撤回理由：它会留在历史记录里。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.withdraw_notice(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


def _on(found: Notice) -> Whereabouts:
    back = reverse("supervision:notice", args=[found.pk])
    return Whereabouts(back, (room("notices", "督办文书"), (back, str(found))))


def _words(request: Asked, label: str, missing: str, initial: str = "", hint: str = "") -> WordsForm:
    return WordsForm(data_of(request), label=label, missing=missing, hint=hint, initial={"words": initial})
