"""任务调整: what left the totals by which act; an act drafted, signed, sent back, taken back; its paper."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dukao.site.history.queries import tell_about
from dukao.site.ledger.models import TaskKind, TaskState
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.supervision.acting import ActPage, NoWords, Whereabouts, WordsForm, act_on, data_of, room
from dukao.site.supervision.choosing import asked_task, choose_task
from dukao.site.supervision.closing import standing as actions
from dukao.site.supervision.closing.access import visible_standing, visible_standings
from dukao.site.supervision.closing.forms import StandingForm
from dukao.site.supervision.closing.papers import paper_of_standing
from dukao.site.supervision.closing.queries import standings_at
from dukao.site.supervision.models import Standing, StandingKind, StandingStage

_OUT = (StandingKind.SUSPENDED, StandingKind.MERGED, StandingKind.SPLIT, StandingKind.DROPPED)


@require_GET
def standings(request: Asked) -> HttpResponse:
    """What waits for a signature, what is out of the totals now, and every act that is over."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = visible_standings(request.viewer).select_related("task", "signed_by", "drafted_by")
    rows = _with_texts(found.prefetch_related("into"))
    facts = {
        "drafts": [one for one in rows if one[0].stage == StandingStage.DRAFT],
        "out": [one for one in rows if one[0].since and one[0].until is None],
        "over": [one for one in rows if one[0].stage != StandingStage.DRAFT and _is_over(one[0])],
        "may_draft": may(request.viewer, Act.AMEND),
        "asked": request.GET.get("number", ""),
    }
    return render(request, "supervision/closing/standings.html", facts)


def _is_over(one: Standing) -> bool:
    return one.since is None or one.until is not None


def _with_texts(rows: QuerySet[Standing]) -> list[tuple[Standing, str]]:
    found = list(rows)
    states = TaskState.objects.at(None).filter(task_id__in={one.task_id for one in found})
    texts = dict(states.values_list("task_id", "text"))
    return [(one, texts.get(one.task_id, "")) for one in found]


@require_http_methods(["GET", "POST"])
def new(request: Asked) -> HttpResponse:
    """An act about one task (`asked_task`), drafted for the head."""
    require(request.viewer, Act.AMEND)
    state = asked_task(request)
    if state is None:
        return choose_task(request, "要调整哪一项任务？", "拟任务调整", room("standings", "任务调整"))
    task = state.task
    out = standings_at([task.pk], request.moment).get(task.pk)
    is_voted = task.kind == TaskKind.LIVELIHOOD and out is None
    form = StandingForm(data_of(request), kinds=[StandingKind.RESUMED] if out else _OUT, is_voted=is_voted)
    page = ActPage(
        f"{task.number} 恢复到总数里" if out else f"把 {task.number} 调出总数",
        _drafting(state, out, is_voted=is_voted),
        "存为拟稿，送签发",
        reverse("supervision:standings"),
        (room("standings", "任务调整"), (task.get_absolute_url(), str(task.number))),
        "已拟稿，等办公室负责人签发。",
    )
    return act_on(
        request,
        page,
        form,
        lambda _: actions.draft_standing(task.pk, form.paper(), by=request.viewer, at=request.moment),
    )


def _drafting(state: TaskState, out: Standing | None, *, is_voted: bool) -> list[str]:
    lines = [f"任务：{state.text}"]
    if out:
        lines.append(
            f"现在{out.get_kind_display()}（{out.act}，{out.dated:%Y-%m-%d}）：签发恢复以后重新计入、重新判进度；"
        )
    else:
        lines.append(
            "签发以后不再计入任务总数，不判进度、不要求报送、不督办；任务页和台账一直写明情形、文号和日期；"
        )
    if is_voted:
        lines.append("这是民生实事，由人民代表大会票决：内容和数字的调整要有人大常委会决定文号；")
    return [*lines, "先存为拟稿，由办公室负责人签发以后才生效。"]


@require_GET
def standing(request: Asked, standing_id: int) -> HttpResponse:
    """One act: what it does to which task, on what it rests, what may be done with it."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = visible_standing(request.viewer, standing_id)
    is_draft = found.stage == StandingStage.DRAFT
    is_office = may(request.viewer, Act.VERIFY)
    facts = {
        "one": found,
        "said": TaskState.objects.at(None).get(task=found.task),
        "may_sign": is_draft and may(request.viewer, Act.SIGN),
        "may_withdraw": is_draft and may(request.viewer, Act.AMEND),
        "may_resume": bool(found.since) and found.until is None and may(request.viewer, Act.AMEND),
        "is_voted": found.task.kind == TaskKind.LIVELIHOOD,
        "entries": tell_about("standing", found.pk) if is_office else (),
    }
    return render(request, "supervision/closing/standing.html", facts)


@require_GET
def paper(request: Asked, standing_id: int) -> HttpResponse:
    """The paper of an act, as a page, .docx or PDF."""
    require(request.viewer, Act.SEE_CLOSINGS)
    found = visible_standing(request.viewer, standing_id)
    made = paper_of_standing(found)
    facts = {
        "paper": made,
        "back": found.get_absolute_url(),
        "back_words": found.task.number,
        "crumb": room("standings", "任务调整"),
    }
    name = f"任务调整审批单 {found.task.number}"
    return show_paper(request, "supervision/pressing/paper.html", facts, lambda: made, name)


@require_http_methods(["GET", "POST"])
def sign(request: Asked, standing_id: int) -> HttpResponse:
    """签发: from now on the task is out of the totals, or back in them."""
    require(request.viewer, Act.SIGN)
    found = visible_standing(request.viewer, standing_id)
    into = "、".join(str(one.number) for one in found.into.all())
    if found.kind == StandingKind.RESUMED:
        effect = "签发即重新计入总数，从今天起照方案和时限判进度；"
    else:
        effect = (
            f"签发即不再计入总数，任务一直标明“{found.get_kind_display()}”{f'，进入{into}' if into else ''}；"
        )
    page = _on(found).ask(
        f"签发 {found.task.number} {found.get_kind_display()}吗？",
        (
            f"依据：{found.act}（{found.dated:%Y-%m-%d}）"
            + (f"，人大常委会决定：{found.congress_decision}" if found.congress_decision else ""),
            f"事由：{found.why}",
            effect,
            "签发不能撤回：要改，另拟一份恢复。"
            if found.kind != StandingKind.RESUMED
            else "要再调出，另拟一份。",
        ),
        "签发",
        "已签发。",
    )
    return act_on(
        request,
        page,
        NoWords(data_of(request)),
        lambda _: actions.sign_standing(found.pk, by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def send_back(request: Asked, standing_id: int) -> HttpResponse:
    """The head sends a draft back, with why."""
    require(request.viewer, Act.SIGN)
    found = visible_standing(request.viewer, standing_id)
    page = _on(found).ask(
        f"退回 {found.task.number} 的调整吗？",
        ("这一份就此作罢，任务照旧在总数里；", "经办看到理由，改好另拟一份。"),
        "退回经办",
        "已退回经办。",
    )
    form = WordsForm(data_of(request), label="退回理由", missing="请写退回理由：经办要按它另拟。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.return_standing(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, standing_id: int) -> HttpResponse:
    """The clerk takes a draft back, with why."""
    require(request.viewer, Act.AMEND)
    found = visible_standing(request.viewer, standing_id)
    page = _on(found).ask(
        f"撤回 {found.task.number} 的调整吗？",
        ("这一份不再送签，留在历史记录里；", "任务照旧，要调整可以另拟。"),
        "撤回",
        "已撤回。",
    )
    form = WordsForm(data_of(request), label="撤回理由", missing="请写撤回理由。")
    return act_on(
        request,
        page,
        form,
        lambda said: actions.withdraw_standing(found.pk, said["words"], by=request.viewer, at=request.moment),
    )


def _on(found: Standing) -> Whereabouts:
    back = found.get_absolute_url()
    return Whereabouts(back, (room("standings", "任务调整"), (back, str(found.task.number))))
