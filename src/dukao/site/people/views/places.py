"""Places, for the system administrator of the whole installation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.enrolment import change_place, enrol_place
from dukao.site.people.forms import PlaceForm, posted
from dukao.site.people.models import Place
from dukao.site.refusals import Refused


def _require(request: Asked) -> None:
    require(request.viewer, Act.KEEP_USERS)
    if request.viewer.place_id:
        raise Http404


def places(request: Asked) -> HttpResponse:
    """Every place."""
    _require(request)
    found = Place.objects.select_related("parent")
    return render(request, "people/places.html", {"places": found})


def make_place(request: Asked) -> HttpResponse:
    """A new place."""
    _require(request)
    form = PlaceForm(posted(request), is_new=True)
    if form.is_valid():
        try:
            place = enrol_place(form.as_entered(), by=request.viewer, at=request.moment)
        except Refused as refused:
            form.refuse(refused.sentence, "code")
        else:
            messages.success(request, f"{place.name}已设立。接着为它新建账号，再请安全管理员授予角色。")
            return redirect("people:places")
    return render(request, "people/place.html", {"form": form}, status=422 if form.errors else 200)


def place(request: Asked, place_id: int) -> HttpResponse:
    """One place: its name, office and letters."""
    _require(request)
    found = get_object_or_404(Place, pk=place_id)
    initial = {name: getattr(found, name) for name in ("name", "level", "office", "letters")}
    form = PlaceForm(posted(request), initial=initial, is_new=False)
    if form.is_valid():
        change_place(found.pk, form.as_entered(found.code), by=request.viewer, at=request.moment)
        messages.success(request, f"{form.cleaned_data['name']}的信息已保存。")
        return redirect("people:places")
    facts = {"form": form, "place": found}
    return render(request, "people/place.html", facts, status=422 if form.errors else 200)
