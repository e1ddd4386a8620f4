"""Pages of action plans: a year's plans by role, a task's plans side by side, and the office's rulings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dukao.site.ledger.access import visible_state
from dukao.site.ledger.models import Status
from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked, read_numbers
from dukao.site.refusals import Refused
from dukao.site.supervision.access import leads_task
from dukao.site.supervision.models import PlanStage
from dukao.site.supervision.planning.actions import (
    WRITABLE,
    approve_plan,
    approve_plans,
    recall_plan,
    return_plan,
    withdraw_plan,
)
from dukao.site.supervision.planning.forms import ReturnForm
from dukao.site.supervision.planning.limits import plans_owed
from dukao.site.supervision.planning.queries import (
    STATES,
    PlansOfTask,
    PlansOfYear,
    plans_of,
    read_year,
    submitted_plan,
    years_of,
)
from dukao.site.supervision.planning.writing import write_plan


@require_GET
def plans(request: Asked) -> HttpResponse:
    """To the office what is to be ruled and what is missing; to a unit its own tasks."""
    is_office = may(request.viewer, Act.RULE_PLAN)
    if not is_office:
        require(request.viewer, Act.PLAN)
    years = years_of(request.viewer.place_id)
    asked = request.GET.get("year", "")
    year = next((one for one in years if str(one) == asked), years[0] if years else None)
    if year is None:
        return render(request, "supervision/planning/none.html")
    found = read_year(request.viewer, year, own=not is_office)
    state = request.GET.get("state", "")
    facts = {
        "found": found,
        "year": year,
        "years": years,
        "state": state if state in STATES else "",
        "state_words": STATES.get(state, ""),
        "narrowed": found.of(state) if state in STATES else None,
        "shown": found.of(state) if state in STATES else found.tasks,
        "submitted": found.of("submitted"),
    }
    if is_office:
        facts |= _lacking(found, request)
    page = "office" if is_office else "unit"
    return render(request, f"supervision/planning/{page}.html", facts)


def _lacking(found: PlansOfYear, request: Asked) -> dict[str, object]:
    """Unit by unit what is missing, each with the day its plan is owed by, where one is."""
    today = localdate(request.moment)
    due = {one.task_id: one.due for one in plans_owed(request.viewer.place_id, today)}
    lacking = [(unit.name, [(one, due.get(one.task_id)) for one in unit.tasks]) for unit in found.lacking]
    return {"lacking": lacking, "today": today}


@require_http_methods(["GET", "POST"])
@reads_as_of
def plan(request: AskedFor, task_id: int) -> HttpResponse:
    """A task's plan: the form to whose turn it is, to everybody else what was promised and what changed."""
    require(request.viewer, Act.SEE_PLANS)
    state = visible_state(request.viewer, task_id, request.record_at)
    leads = may(request.viewer, Act.PLAN) and leads_task(request.viewer, task_id)
    found = plans_of(request.viewer, task_id, request.record_at)
    may_write = leads and state.status == Status.ISSUED and request.record_at is None
    if request.method == "POST" or (may_write and _is_to_be_written(request, found)):
        require(request.viewer, Act.PLAN)
        return write_plan(request, state, found)
    facts = {
        "state": state,
        "task": state.task,
        "plans": found,
        "rows": found.rows,
        "hand": found.in_hand,
        "may_change": may_write and found.in_hand is None and found.in_force is not None,
        "may_recall": may_write and found.in_hand is not None and found.in_hand.stage == PlanStage.SUBMITTED,
        "may_write_on": may_write and found.in_hand is not None and found.in_hand.stage in WRITABLE,
        "may_rule": may(request.viewer, Act.RULE_PLAN) and _is_submitted(found),
    }
    return render(request, "supervision/planning/plan.html", facts)


def _is_to_be_written(request: Asked, found: PlansOfTask) -> bool:
    """Whether the reader comes to write: nothing promised yet, a draft in hand, or a change asked for."""
    if "read" in request.GET or _is_submitted(found):
        return False
    return "change" in request.GET or found.in_force is None or found.in_hand is not None


def _is_submitted(found: PlansOfTask) -> bool:
    return found.in_hand is not None and found.in_hand.stage == PlanStage.SUBMITTED


@require_POST
def approve(request: Asked, plan_id: int) -> HttpResponse:
    """同意."""
    require(request.viewer, Act.RULE_PLAN)
    submitted_plan(request.viewer, plan_id)
    why = request.POST.get("why", "")
    done = approve_plan(plan_id, why=why, by=request.viewer, at=request.moment)
    messages.success(request, f"已同意 {done.task.number} 的方案，从现在起按它判进度。")
    return redirect("supervision:plan", done.task_id)


@require_POST
def approve_chosen(request: Asked) -> HttpResponse:
    """同意 several at once."""
    require(request.viewer, Act.RULE_PLAN)
    chosen = read_numbers(request.POST.getlist("plan"))
    count = approve_plans(chosen, by=request.viewer, at=request.moment)
    messages.success(request, f"已同意 {count} 份方案，从现在起按它们判进度。")
    return redirect("supervision:plans")


@require_http_methods(["GET", "POST"])
def send_back(request: Asked, plan_id: int) -> HttpResponse:
    """退回, with what is missing."""
    require(request.viewer, Act.RULE_PLAN)
    found = submitted_plan(request.viewer, plan_id)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return_plan(plan_id, form.cleaned_data["why"], by=request.viewer, at=request.moment)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                messages.success(request, f"已退回 {found.task.number} 的方案，{found.unit}会看到理由。")
                return redirect("supervision:plans")
    state = visible_state(request.viewer, found.task_id)
    facts = {"plan": found, "state": state, "task": state.task, "form": form}
    return render(request, "supervision/planning/return.html", facts, status=status)


@require_POST
def recall(request: Asked, plan_id: int) -> HttpResponse:
    """收回修改: before the office has ruled."""
    require(request.viewer, Act.PLAN)
    done = recall_plan(plan_id, by=request.viewer, at=request.moment)
    messages.success(request, "已收回，可以接着修改；改好后要重新报送。")
    return redirect("supervision:plan", done.task_id)


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, plan_id: int) -> HttpResponse:
    """撤回 a change that was not sent, after saying what that means."""
    require(request.viewer, Act.PLAN)
    found = submitted_plan(request.viewer, plan_id)
    if request.method == "POST":
        withdraw_plan(plan_id, by=request.viewer, at=request.moment)
        messages.success(request, "已撤回这一稿，原来的方案不变。")
        return redirect("supervision:plan", found.task_id)
    facts = {"plan": found, "task": visible_state(request.viewer, found.task_id).task}
    return render(request, "supervision/planning/withdraw.html", facts)
