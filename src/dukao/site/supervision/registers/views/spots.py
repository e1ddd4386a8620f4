"""The places of a livelihood item: which there are, which are done."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from dukao.site.ledger.access import visible_state
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.models import RegisterEntry
from dukao.site.supervision.registers.access import kept_register, require_fill, stands_on
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.forms import spot_forms
from dukao.site.supervision.registers.items import spots_of
from dukao.site.supervision.registers.spots import say_spots, version_of


@require_http_methods(["GET", "POST"])
def spots(request: Asked, code: str, item_id: int) -> HttpResponse:
    """One line a place: town, name, when it is to be done and when it was."""
    require_fill(request.viewer, item_id)
    kept = kept_register(request.viewer.place_id, code)
    state = visible_state(request.viewer, item_id)
    entries = RegisterEntry.objects.at(None).filter(register_id=kept.pk, task_id=item_id)
    if not kept.terms.has_places or not stands_on(kept, state, has_entry=entries.exists()):
        raise Http404
    known = spots_of(item_id)
    forms = spot_forms(request.POST if request.method == "POST" else None, known)
    facts = {
        "kept": kept,
        "state": state,
        "task": state.task,
        "forms": forms,
        "known": known,
        "seen": request.POST.get("seen", version_of(known)),
        "done": sum(one.done_on is not None for one in known),
        "today": localdate(request.moment),
    }
    status = 200
    if request.method == "POST":
        status = 422
        if forms and all(form.is_valid() for form in forms):
            try:
                wanted = [form.said() for form in forms]
                seen = request.POST.get("seen", "")
                count = say_spots(code, item_id, wanted, seen=seen, by=request.viewer, at=request.moment)
            except Refused as refused:
                facts["refused"], status = refused, refused.status
                facts["again"] = request.path if refused.code == Refusal.SPOTS_MEANWHILE else ""
            else:
                messages.success(request, f"已保存，改动 {count} 个点位。")
                return redirect(request.path)
    return render(request, "supervision/registers/spots.html", facts, status=status)
