"""Groups of units, for the clerk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from dukao.site.people import groups as actions
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.forms import posted
from dukao.site.people.keeping import groups_to_keep, members_of, units_to_add
from dukao.site.people.keeping_forms import EndForm, GroupForm, MembersForm, ReasonForm
from dukao.site.people.models import Membership, UnitGroup
from dukao.site.people.views.confirming import Crumbs, ask
from dukao.site.people.views.units import tried


def groups(request: Asked) -> HttpResponse:
    """Every group of the place."""
    require(request.viewer, Act.KEEP_UNITS)
    found = groups_to_keep(request.viewer, localdate(request.moment))
    return render(request, "people/groups.html", {"groups": found})


def make_group(request: Asked) -> HttpResponse:
    """A new group."""
    require(request.viewer, Act.KEEP_UNITS)
    form = GroupForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        by, at = request.viewer, request.moment
        if tried(form, lambda: actions.make_group(said["name"], said["is_chosen"], by=by, at=at)):
            messages.success(request, f"{said['name']}已新增。")
            return redirect("people:groups")
    facts = {"form": form, "title": "新增统称", "back": reverse("people:groups"), "button": "新增"}
    return render(request, "people/keep_new.html", facts, status=422 if form.errors else 200)


def group(request: Asked, group_id: int) -> HttpResponse:
    """One group: its members with their days, and units that join."""
    found = _group(request, group_id)
    day = localdate(request.moment)
    now, past = members_of(found, day)
    form = MembersForm(posted(request), units=units_to_add(found, now), initial={"since": day})
    if form.is_valid():
        said = form.cleaned_data
        by, at = request.viewer, request.moment
        if tried(form, lambda: actions.add_members(found.pk, said["units"], said["since"], by=by, at=at)):
            messages.success(request, f"{found.name}增加了 {len(said['units'])} 个单位。")
            return redirect("people:group", found.pk)
    facts = {"group": found, "now": now, "past": past, "form": form, "day": day}
    return render(request, "people/group.html", facts, status=422 if form.errors else 200)


@require_POST
def confirm(request: Asked, group_id: int) -> HttpResponse:
    """The members the program proposed are right."""
    found = actions.confirm_members(_group(request, group_id).pk, by=request.viewer, at=request.moment)
    messages.success(request, f"{found.name}的名单已核对。")
    return redirect("people:group", found.pk)


def remove_member(request: Asked, group_id: int, membership_id: int) -> HttpResponse:
    """Asks, then takes a unit out of a group from a day on."""
    found = _group(request, group_id)
    rows = Membership.objects.select_related("unit")
    member = get_object_or_404(rows, pk=membership_id, group=found, until__isnull=True)
    form = EndForm(posted(request), initial={"until": localdate(request.moment)})
    if form.is_valid():
        said = form.cleaned_data
        by, at = request.viewer, request.moment
        if tried(
            form, lambda: actions.remove_member(member.pk, said["until"], why=said["why"], by=by, at=at)
        ):
            messages.success(request, f"{member.unit.name}已退出{found.name}。")
            return redirect("people:group", found.pk)
    return ask(
        request,
        f"{member.unit.name}不再属于{found.name}？",
        [
            f"从这一天起，写“{found.name}”的任务不再算它的，它也看不到只因这个统称才看得到的任务。",
            "在这以前的仍算它的；弄错了可以从同一天再加入。",
        ],
        button="退出统称",
        crumbs=_crumbs(found),
        form=form,
    )


def set_chosen(request: Asked, group_id: int) -> HttpResponse:
    """Asks, then lets the units of a group be named task by task, or be its members."""
    found = _group(request, group_id)
    to_chosen = not found.is_chosen
    form = ReasonForm(posted(request))
    if form.is_valid():
        by, at, why = request.viewer, request.moment, form.cleaned_data["why"]
        if tried(form, lambda: actions.set_chosen(found.pk, to_chosen, why=why, by=by, at=at)):
            messages.success(request, f"{found.name}已改。")
            return redirect("people:group", found.pk)
    if to_chosen:
        question = f"{found.name}改为由牵头单位逐项指定？"
        consequences = [
            "没有固定成员，每项任务由牵头单位在推进方案中写明是哪些单位。",
            "现有成员名单留着备查。",
        ]
    else:
        question = f"{found.name}改为按成员名单？"
        consequences = ["名单里的单位都算这些任务的责任单位，也看得到这些任务。", "改后请接着核对名单。"]
    crumbs = _crumbs(found)
    return ask(request, question, consequences, button="改", crumbs=crumbs, form=form, is_danger=False)


def _crumbs(group: UnitGroup) -> Crumbs:
    return (reverse("people:groups"), "统称"), (reverse("people:group", args=[group.pk]), group.name)


def _group(request: Asked, group_id: int) -> UnitGroup:
    require(request.viewer, Act.KEEP_UNITS)
    return get_object_or_404(UnitGroup, pk=group_id, place_id=request.viewer.place_id)
