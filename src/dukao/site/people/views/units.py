"""Units, for the clerk. What a unit has to do stands on its page in the ledger, /units/<id>/."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST

from dukao.site.people import units as actions
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.forms import Form, posted
from dukao.site.people.keeping import count_units, units_to_keep
from dukao.site.people.keeping_forms import EndForm, KindForm, MoveNameForm, NameForm, RenameForm, UnitForm
from dukao.site.people.models import Unit, UnitKind, UnitName
from dukao.site.people.views.confirming import Crumbs, ask
from dukao.site.refusals import Refused


def units(request: Asked) -> HttpResponse:
    """Every unit of the place, with all its names."""
    require(request.viewer, Act.KEEP_UNITS)
    day = localdate(request.moment)
    words, kind = request.GET.get("q", "").strip(), request.GET.get("kind", "")
    is_ended = "ended" in request.GET
    facts = {
        "units": units_to_keep(request.viewer, day, words, kind, is_ended),
        "counts": count_units(request.viewer, day),
        "words": words,
        "kind": kind,
        "is_ended": is_ended,
    }
    return render(request, "people/units.html", facts)


def make_unit(request: Asked) -> HttpResponse:
    """A new unit."""
    require(request.viewer, Act.KEEP_UNITS)
    form = UnitForm(posted(request), initial={"since": localdate(request.moment)})
    if form.is_valid():
        said = form.cleaned_data
        kind = UnitKind(said["kind"])
        done = tried(
            form,
            lambda: actions.make_unit(
                said["name"], kind, said["since"], by=request.viewer, at=request.moment
            ),
        )
        if done:
            messages.success(request, f"{said['name']}已新增。")
            return redirect("people:units")
    facts = {"form": form, "title": "新增单位", "back": reverse("people:units"), "button": "新增"}
    return render(request, "people/keep_new.html", facts, status=422 if form.errors else 200)


def edit_unit(request: Asked, unit_id: int) -> HttpResponse:
    """One unit: kind and order, names, offices; renaming and ending have pages of their own."""
    unit = _unit(request, unit_id)
    what = request.POST.get("what", "")
    kind = KindForm(
        request.POST if what == "kind" else None, initial={"kind": unit.kind, "order": unit.order}
    )
    name = NameForm(request.POST if what == "name" else None, auto_id="name_%s")
    office = NameForm(request.POST if what == "office" else None, auto_id="office_%s")
    if _save(request, unit, kind, name, office):
        messages.success(request, f"{unit.name}已保存。")
        return redirect("people:unit-edit", unit.pk)
    facts = {
        "unit": unit,
        "kind": kind,
        "name": name,
        "office": office,
        "names": unit.names.all(),
        "offices": unit.offices.all(),
    }
    status = 422 if kind.errors or name.errors or office.errors else 200
    return render(request, "people/unit_edit.html", facts, status=status)


def _save(request: Asked, unit: Unit, kind: KindForm, name: NameForm, office: NameForm) -> bool:
    """Whether the one form that was sent was taken."""
    by, at = request.viewer, request.moment
    if kind.is_bound and kind.is_valid():
        said = kind.cleaned_data
        return tried(
            kind, lambda: actions.change_unit(unit.pk, UnitKind(said["kind"]), said["order"], by=by, at=at)
        )
    if name.is_bound and name.is_valid():
        return tried(name, lambda: actions.add_name(unit.pk, name.cleaned_data["name"], by=by, at=at))
    if office.is_bound and office.is_valid():
        return tried(office, lambda: actions.add_office(unit.pk, office.cleaned_data["name"], by=by, at=at))
    return False


def rename_unit(request: Asked, unit_id: int) -> HttpResponse:
    """Asks, then renames a unit."""
    unit = _unit(request, unit_id)
    form = RenameForm(posted(request), initial={"name": unit.name})
    if form.is_valid():
        said = form.cleaned_data
        by, at = request.viewer, request.moment
        if tried(form, lambda: actions.rename_unit(unit.pk, said["name"], why=said["why"], by=by, at=at)):
            messages.success(request, f"{unit.name}已更名为{said['name']}。")
            return redirect("people:unit-edit", unit.pk)
    return ask(
        request,
        f"给{unit.name}更名",
        [
            "台账、清单和以后的公文都用新名称；已印发公文的原文不变。",
            f"“{unit.name}”仍算它的名称，按旧名也查得到。",
            "机构撤并、职责划走的不要更名：应终止旧单位，另立新单位。",
        ],
        button="更名",
        crumbs=_crumbs(unit),
        form=form,
        is_danger=False,
    )


def move_name(request: Asked, unit_id: int, name_id: int) -> HttpResponse:
    """Asks whose name it is, then gives it there."""
    unit = _unit(request, unit_id)
    name = get_object_or_404(UnitName, pk=name_id, unit=unit)
    others = Unit.objects.filter(place_id=unit.place_id, until__isnull=True).exclude(pk=unit.pk)
    form = MoveNameForm(posted(request), units=others)
    if form.is_valid():
        by, at, to = request.viewer, request.moment, form.cleaned_data["unit"]
        if tried(form, lambda: actions.move_name(name.pk, to, by=by, at=at)):
            messages.success(request, f"“{name.name}”已改归另一单位。")
            return redirect("people:unit-edit", unit.pk)
    return ask(
        request,
        f"“{name.name}”不是{unit.name}的名称？",
        [
            "以后文件里写到这个名称，都认作所选的单位。",
            "已经读入的任务不受影响：要改责任单位，请用补充通知。",
        ],
        button="改归另一单位",
        crumbs=_crumbs(unit),
        form=form,
        is_danger=False,
    )


def end_unit(request: Asked, unit_id: int) -> HttpResponse:
    """Asks, then ends a unit."""
    unit = _unit(request, unit_id)
    form = EndForm(posted(request), initial={"until": localdate(request.moment)})
    if form.is_valid():
        said = form.cleaned_data
        by, at = request.viewer, request.moment
        if tried(form, lambda: actions.end_unit(unit.pk, said["until"], why=said["why"], by=by, at=at)):
            messages.success(request, f"{unit.name}已终止；弄错了可以恢复。")
            return redirect("people:unit-edit", unit.pk)
    return ask(
        request,
        f"终止{unit.name}？",
        [
            "从这一天起，不再出现在可选的单位里，也退出所在的统称。",
            "它名下的任务不会自动转走：请用补充通知另定责任单位。",
            "办过的事和历史记录都保留；弄错了可以恢复。",
        ],
        button="终止单位",
        crumbs=_crumbs(unit),
        form=form,
    )


@require_POST
def revive_unit(request: Asked, unit_id: int) -> HttpResponse:
    """Undoes an ending."""
    unit = actions.revive_unit(unit_id, by=request.viewer, at=request.moment)
    messages.success(request, f"{unit.name}已恢复，也回到当天退出的统称。")
    return redirect("people:unit-edit", unit.pk)


def tried(form: Form, act: Callable[[], object]) -> bool:
    """Whether an action went through; its refusal stands over the form."""
    try:
        act()
    except Refused as refused:
        form.refuse(refused.sentence)
        return False
    return True


def _crumbs(unit: Unit) -> Crumbs:
    return (reverse("people:units"), "单位"), (reverse("people:unit-edit", args=[unit.pk]), unit.name)


def _unit(request: Asked, unit_id: int) -> Unit:
    require(request.viewer, Act.KEEP_UNITS)
    found: Unit = get_object_or_404(Unit, pk=unit_id, place_id=request.viewer.place_id)
    return found
