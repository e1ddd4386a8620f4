"""Pages of assignments: the office sends and settles, a unit confirms or objects."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_POST

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked, read_number, read_numbers
from dukao.site.people.models import Unit
from dukao.site.people.queries import out_of_reach
from dukao.site.refusals import Refused
from dukao.site.supervision.assigning.actions import (
    assign_tasks,
    confirm_assignments,
    object_to_assignment,
    objection_due,
    rule_objection,
    take_back_answer,
)
from dukao.site.supervision.assigning.forms import ObjectionForm, SendForm, SettlementForm
from dukao.site.supervision.assigning.queries import (
    STANDINGS,
    Laid,
    breakdown_to_assign,
    issued_breakdowns,
    objection_for,
    own_assignment,
    read_contested,
    read_office,
    read_own,
    workdays_left,
)
from dukao.site.supervision.models import Objection


def assignments(request: Asked) -> HttpResponse:
    """To the office a year's assignments; to a unit its own."""
    if may(request.viewer, Act.RULE_PLAN):
        return _office(request)
    require(request.viewer, Act.ACCEPT_TASK)
    return _unit(request)


def _office(request: Asked) -> HttpResponse:
    years = list(issued_breakdowns(request.viewer.place_id))
    asked = request.GET.get("year", "")
    breakdown = next((one for one in years if str(one.year) == asked), years[0] if years else None)
    waiting, upheld = read_contested(request.viewer.place_id)
    may_assign = may(request.viewer, Act.ASSIGN)
    contested = {"waiting": waiting, "upheld": upheld, "may_assign": may_assign}
    if breakdown is None:
        return render(request, "supervision/assigning/none.html", contested)
    page = read_office(breakdown)
    standing, unit = request.GET.get("standing", ""), request.GET.get("unit", "")
    unit_id = read_number(unit) or None
    facts = {
        "page": page,
        "breakdown": breakdown,
        "years": [one.year for one in years],
        "counts": [(name, STANDINGS[name], page.counts[name]) for name in STANDINGS if page.counts[name]],
        "standings": STANDINGS,
        "narrowed": page.narrowed(standing, unit_id) if standing in STANDINGS or unit_id else None,
        "standing_words": STANDINGS.get(standing, ""),
        "unsent_units": len({unit_id for _, unit_id in page.unsent}),
    }
    return render(request, "supervision/assigning/office.html", facts | contested)


def _unit(request: Asked) -> HttpResponse:
    today = localdate(request.moment)
    rows = read_own(request.viewer)
    current = [row for row in rows if not row.is_over]
    waiting = [row for row in current if row.may_answer(today)]
    due = min((row.assignment.due for row in waiting), default=None)
    facts = {
        "rows": [(row, row.may_answer(today), row.may_take_back(today)) for row in rows],
        "current": current,
        "waiting": waiting,
        "objected": [row for row in current if row.standing == "objected"],
        "late": [row for row in current if row.standing == "waiting" and not row.may_answer(today)],
        "due": due,
        "left": workdays_left(today, due) if due else None,
    }
    return render(request, "supervision/assigning/unit.html", facts)


@require_http_methods(["GET", "POST"])
def send(request: Asked, breakdown_id: int) -> HttpResponse:
    """交办: what goes to whom, until when they may object, and what silence means."""
    require(request.viewer, Act.ASSIGN)
    breakdown = breakdown_to_assign(request.viewer, breakdown_id)
    due, unknown = None, ""
    try:
        due = objection_due(breakdown.place_id, localdate(request.moment))
    except Refused as refused:
        unknown = refused.sentence
    form = SendForm(request.POST if request.method == "POST" and unknown else None)
    status = 200
    if request.method == "POST":
        status = 422
        if not unknown or form.is_valid():
            try:
                day = form.cleaned_data["due"] if unknown else None
                count = assign_tasks(breakdown.pk, due=day, by=request.viewer, at=request.moment)
            except Refused as refused:
                form.add_error("due", refused.sentence)
            else:
                messages.success(request, f"已交办 {count} 件：各牵头单位登录后即可签收。")
                return redirect(f"{reverse('supervision:assignments')}?year={breakdown.year}")
    page = read_office(breakdown)
    facts = {
        "page": page,
        "breakdown": breakdown,
        "tasks": len({task for task, _ in page.unsent}),
        "units": len({unit for _, unit in page.unsent}),
        "unreached": out_of_reach(Unit.objects.filter(pk__in={unit for _, unit in page.unsent})),
        "due": due,
        "unknown": unknown,
        "form": form,
    }
    return render(request, "supervision/assigning/send.html", facts, status=status)


@require_POST
def confirm(request: Asked) -> HttpResponse:
    """签收: one assignment, or all that wait, in one click."""
    require(request.viewer, Act.ACCEPT_TASK)
    chosen = read_numbers(request.POST.getlist("assignment"))
    if "all" in request.POST:
        today = localdate(request.moment)
        chosen = [row.assignment.pk for row in read_own(request.viewer) if row.may_answer(today)]
    count = confirm_assignments(chosen, by=request.viewer, at=request.moment)
    if count:
        messages.success(request, f"已签收 {count} 项。期限内可以撤回。接下来请拟推进方案。")
    else:
        messages.warning(request, "没有需要签收的：可能已有同事签收过。")
    return redirect("supervision:assignments")


@require_http_methods(["GET", "POST"])
def make_objection(request: Asked, assignment_id: int) -> HttpResponse:
    """A typed reason why the unit will not have a task."""
    require(request.viewer, Act.ACCEPT_TASK)
    row = own_assignment(request.viewer, assignment_id)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            kind = Objection(said["objection"])
            try:
                object_to_assignment(
                    assignment_id, kind, said["reason"], by=request.viewer, at=request.moment
                )
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                messages.success(request, f"已提出异议（{kind.label}），等督查室处理。期限内可以撤回。")
                return redirect("supervision:assignments")
    facts = {"row": row, "form": form, "open": row.may_answer(localdate(request.moment))}
    return render(request, "supervision/assigning/object.html", facts, status=status)


@require_POST
def take_back(request: Asked, assignment_id: int) -> HttpResponse:
    """Answer anew."""
    require(request.viewer, Act.ACCEPT_TASK)
    take_back_answer(assignment_id, by=request.viewer, at=request.moment)
    messages.success(request, "已撤回，请重新签收或提出异议。")
    return redirect("supervision:assignments")


@require_http_methods(["GET", "POST"])
def settle(request: Asked, assignment_id: int) -> HttpResponse:
    """Take an objection and go on to the supplement, or leave the task where it is, with why."""
    require(request.viewer, Act.ASSIGN)
    row = objection_for(request.viewer, assignment_id)
    form = SettlementForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            return _settled(request, row, form)
    facts = {"row": row, "form": form, "open": row.standing == "objected"}
    return render(request, "supervision/assigning/settle.html", facts, status=status)


def _settled(request: Asked, row: Laid, form: SettlementForm) -> HttpResponse:
    is_upheld = form.cleaned_data["ruling"] == "upheld"
    one = row.assignment
    why = form.cleaned_data["why"]
    rule_objection(one.pk, is_upheld=is_upheld, why=why, by=request.viewer, at=request.moment)
    if is_upheld and row.is_listed:
        messages.success(request, f"已采纳{one.unit}的异议：请在清单里改牵头单位，写明理由。")
        return redirect(one.task)
    if is_upheld:
        words = f"已采纳{one.unit}的异议。台账还没有变：请在下面拟补充通知，签发后再交办给新的牵头单位。"
        messages.success(request, words)
        return redirect(f"{reverse('ledger:new-supplement')}?task={one.task_id}")
    messages.success(request, f"没有采纳{one.unit}的异议：{one.task.number} 仍由该单位办理。")
    return redirect("supervision:assignments")
