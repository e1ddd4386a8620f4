"""A list opened from a day on; what it asks, amended."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods

from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.registers.access import kept_register
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.forms import OpenForm
from dukao.site.supervision.registers.opening import amend_register, as_data, open_register, plain
from dukao.site.supervision.registers.terms import loop_presets
from dukao.site.supervision.registers.terms_form import TermsForm


@require_http_methods(["GET", "POST"])
def open_list(request: Asked, code: str) -> HttpResponse:
    """What a list dukao proposes asks, and from when the place keeps it."""
    require(request.viewer, Act.ADOPT)
    terms = loop_presets().get(code)
    if terms is None:
        raise Http404
    today = localdate(request.moment)
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"since": today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                open_register(code, since=form.cleaned_data["since"], by=request.viewer, at=request.moment)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
            else:
                messages.success(request, f"已启用“{terms.name}”：栏目和时限可以随时改。")
                return redirect("supervision:register", code, form.cleaned_data["since"].year)
    facts = {"code": code, "terms": terms, "said": plain(terms), "form": form}
    return render(request, "supervision/registers/open.html", facts, status=status)


@require_http_methods(["GET", "POST"])
def terms(request: Asked, code: str) -> HttpResponse:
    """Columns and steps of a list, as a place wants them from now on."""
    require(request.viewer, Act.ADOPT)
    kept = kept_register(request.viewer.place_id, code)
    form = TermsForm(kept.terms, kept.terms_id, request.POST if request.method == "POST" else None)
    facts = {"kept": kept, "form": form, "year": localdate(request.moment).year}
    if request.method == "POST" and form.is_valid():
        wanted, said = form.wanted(), form.whole.cleaned_data
        try:
            amend_register(
                code,
                as_data(wanted),
                wanted,
                said["seen"],
                why=said["reason"],
                by=request.viewer,
                at=request.moment,
            )
        except Refused as refused:
            facts["refused"] = refused
            facts["again"] = request.path if refused.code == Refusal.TERMS_MEANWHILE else ""
            return render(request, "supervision/registers/terms.html", facts, status=refused.status)
        messages.success(request, f"已修改“{wanted.name}”：以后登记和立项的按新的办，已立项的步骤不变。")
        return redirect("supervision:registers")
    status = 422 if request.method == "POST" else 200
    return render(request, "supervision/registers/terms.html", facts, status=status)
