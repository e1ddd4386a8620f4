"""What is done with a close-out: each act on a page of its own that says what follows from it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from dukao.papers.official.values import say_date
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.acting import NoWords, Whereabouts, WordsForm, act_on, data_of, room
from dukao.site.supervision.closing import actions, showing, visiting
from dukao.site.supervision.closing.access import visible_completion, visible_objection
from dukao.site.supervision.closing.forms import (
    AskVisitForm,
    LookForm,
    ObjectionForm,
    ReturnForm,
    SignForm,
    VisitForm,
)
from dukao.site.supervision.closing.reaching import limits_of
from dukao.site.supervision.models import Completion


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, completion_id: int) -> HttpResponse:
    """撤回 by the unit, before it is verified."""
    require(request.viewer, Act.APPLY_CLOSE)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"撤回 {found.task.number} 的办结申请吗？",
        ("督查室不再核验这一份，它仍留在历史记录里；", "改好以后可以重新申请，所填内容会带过去。"),
        "撤回",
        "已撤回办结申请。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.withdraw_application(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def send_back(request: Asked, completion_id: int) -> HttpResponse:
    """退回补办, with what is missing and by when."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"把 {found.task.number} 的办结申请退回{found.unit}吗？",
        (
            f"{found.unit}会看到理由和补办期限；",
            "任务继续在办，照常判进度、照常报送；",
            "补齐以后要重新申请、重新核验。",
        ),
        "退回补办",
        f"已退回，{found.unit}会看到理由。",
    )
    due = actions.proposed_due(found.task, localdate(request.moment))
    form = ReturnForm(data_of(request), initial={"due": due})
    return act_on(
        request,
        page,
        form,
        lambda said: actions.return_completion(
            found.pk, said["why"], due=said["due"], by=request.viewer, at=request.moment
        ),
    )


@require_http_methods(["GET", "POST"])
def recall(request: Asked, completion_id: int) -> HttpResponse:
    """收回核验, by who verified, the same day."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"收回对 {found.task.number} 的核验吗？",
        ("回到待核验，可以重新核验或退回；", "收回会留在历史记录里。"),
        "收回核验",
        "已收回，请重新核验。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.recall_verification(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def ask_visit(request: Asked, completion_id: int) -> HttpResponse:
    """要求现场核查, by a day."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"{found.task.number} 要到现场核查",
        (
            "在记录现场核查以前，这份申请不能核验；",
            f"{found.unit}能看到要到现场核查和日期；",
            "不去了可以取消，写明理由。",
        ),
        "安排现场核查",
        "已安排现场核查。",
    )
    form = AskVisitForm(data_of(request), initial={"due": found.visit_due})
    return act_on(
        request,
        page,
        form,
        lambda said: visiting.ask_visit(found.pk, said["due"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def cancel_visit(request: Asked, completion_id: int) -> HttpResponse:
    """取消现场核查, with why."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"{found.task.number} 不到现场核查了吗？",
        ("只凭佐证核验；", "理由留在历史记录里。"),
        "取消现场核查",
        "已取消现场核查。",
    )
    form = WordsForm(data_of(request), label="取消的理由", missing="请写取消的理由。")
    return act_on(
        request,
        page,
        form,
        lambda said: visiting.cancel_visit(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def record_visit(request: Asked, completion_id: int) -> HttpResponse:
    """记录现场核查: day, place, who, what was found; a picture where there is one."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    known = {
        "on": found.visited_on or localdate(request.moment),
        "place": found.visited_place,
        "who": found.visitors or request.viewer.name,
        "findings": found.visit_findings,
    }
    page = _on(found).ask(
        f"记录 {found.task.number} 的现场核查",
        (f"申请说：{found.summary}", "记录以后可以核验；核验以前可以再改。", "照片不是必需的。"),
        "记录",
        "已记录现场核查，可以核验。",
    )
    files = request.FILES if request.method == "POST" else None
    form = VisitForm(data_of(request), files, initial=known)

    def act(said: dict[str, Any]) -> object:
        visit = visiting.Visit(said["on"], said["place"], said["who"], said["findings"], form.pictures())
        return visiting.record_visit(found.pk, visit, by=request.viewer, at=request.moment)

    return act_on(request, page, form, act)


@require_http_methods(["GET", "POST"])
def sign(request: Asked, completion_id: int) -> HttpResponse:
    """签发: closed at once, or after the days it is shown."""
    require(request.viewer, Act.SIGN)
    found = visible_completion(request.viewer, completion_id)
    today = localdate(request.moment)
    until, unknown = _shown_until(found, today)
    form = SignForm(
        data_of(request),
        shown_until=until,
        initial={"look_back_on": actions.look_back_day(found.task, until or today)},
    )
    page = _on(found).ask(
        f"签发 {found.task.number} 的办结吗？",
        _consequences(found, until, unknown),
        "签发办结",
        "已签发。" + (f"公示到{say_date(until)}，期满没有意见就办结。" if until else "任务已办结。"),
    )

    def act(said: dict[str, Any]) -> object:
        return actions.sign_completion(
            found.pk,
            is_shown=said.get("is_shown", False),
            look_back_on=said["look_back_on"],
            by=request.viewer,
            at=request.moment,
        )

    return act_on(request, page, form, act)


def _shown_until(found: Completion, today: date) -> tuple[date | None, str]:
    """Until when it would be shown, or why that cannot be said."""
    try:
        return actions.shown_until(found.task, today), "任务不是主动公开的，不公示，签发即办结；"
    except Refused as refused:
        return None, f"{refused.sentence}公示期算不出来，现在签发就不公示、即刻办结；"


def _consequences(found: Completion, until: date | None, unshown: str) -> Sequence[str]:
    timeliness = limits_of([found.task_id])[found.task_id].say(found.done_on)
    verifier = found.verified_by.name if found.verified_by else "还没有核验"
    shown = (
        f"勾选公示的，公示到{say_date(until)}，期满没有意见就办结；不勾选的即刻办结；" if until else unshown
    )
    return (
        f"完成日期{say_date(found.done_on)}，{timeliness}，以后一直这样显示；",
        f"核验结论（{verifier}）：{found.findings}",
        shown,
        "办结以后不再要求报送，不再催办；要恢复在办，由您写明理由重开。",
    )


@require_http_methods(["GET", "POST"])
def note_objection(request: Asked, completion_id: int) -> HttpResponse:
    """登记公示意见."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"登记对 {found.task.number} 的公示意见",
        (
            "登记以后公示期满也不办结，等核实答复；",
            "核实不成立的写明情况，办结照常；属实的由办公室负责人重开任务。",
        ),
        "登记",
        "已登记，办结等核实以后再定。",
    )
    form = ObjectionForm(data_of(request), initial={"said_on": localdate(request.moment)})

    def act(said: dict[str, Any]) -> object:
        return showing.note_objection(
            found.pk, said["said_on"], said["who"], said["words"], by=request.viewer, at=request.moment
        )

    return act_on(request, page, form, act)


@require_http_methods(["GET", "POST"])
def settle_objection(request: Asked, shown_id: int) -> HttpResponse:
    """答复公示意见: it was looked into and does not stand."""
    require(request.viewer, Act.VERIFY)
    objection = visible_objection(request.viewer, shown_id)
    found = objection.completion
    page = _on(found).ask(
        "这条公示意见核实不成立，或者已经解决",
        (
            f"{objection.who}（{say_date(objection.said_on)}）：{objection.words}",
            "写明核实情况以后，意见都答复完的，公示期满即办结；",
            "意见属实、成果不成立的不要在这里写，请办公室负责人重开任务。",
        ),
        "答复",
        "已答复。",
    )
    form = WordsForm(data_of(request), label="核实情况", missing="请写核实情况：怎么核的，结果怎样。")
    return act_on(
        request,
        page,
        form,
        lambda said: showing.settle_objection(
            objection.pk, said["words"], by=request.viewer, at=request.moment
        ),
    )


@require_http_methods(["GET", "POST"])
def look(request: Asked, completion_id: int) -> HttpResponse:
    """回头看: what is left of it, and when to look next."""
    require(request.viewer, Act.VERIFY)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"{found.task.number} 回头看",
        (
            f"办结时说：{found.summary}",
            "成果仍在的，任务保持办结；还要再看的，填下次的日期；",
            "出现反弹的，记下以后由办公室负责人决定是否重开。",
        ),
        "记录",
        "已记录回头看。",
    )
    form = LookForm(data_of(request), initial={"looked_on": localdate(request.moment)})

    def act(said: dict[str, Any]) -> object:
        return actions.look_back(
            found.pk,
            said["looked_on"],
            said["findings"],
            holds=said["holds"] == "yes",
            again_on=said["again_on"],
            by=request.viewer,
            at=request.moment,
        )

    return act_on(request, page, form, act)


@require_http_methods(["GET", "POST"])
def reopen(request: Asked, completion_id: int) -> HttpResponse:
    """重开, with why."""
    require(request.viewer, Act.SIGN)
    found = visible_completion(request.viewer, completion_id)
    page = _on(found).ask(
        f"重开 {found.task.number} 吗？",
        (
            "任务回到在办：从今天起照方案和时限判进度，重新要求报送；",
            "原来的办结、核验和签发都留着，旁边写明重开的日期和理由；",
            f"再次办结要由{found.unit}重新申请、重新核验。",
        ),
        "重开任务",
        "已重开，任务回到在办。",
        is_danger=True,
    )
    form = WordsForm(data_of(request), label="重开的理由", missing="请写重开的理由：牵头单位要按它整改。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.reopen_task(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


def _on(found: Completion) -> Whereabouts:
    back = found.get_absolute_url()
    return Whereabouts(back, (room("closings", "办结"), (back, str(found.task.number))))
