"""Views of the ledger a person keeps: the list, keeping one, giving one up."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from dukao.site.ledger.queries.ledger import read_sheets, read_views, year_in_hand
from dukao.site.ledger.saving import own_views, remove_view, save_view
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked, read_number


@require_http_methods(["GET", "POST"])
def saved_views(request: Asked) -> HttpResponse:
    """The views this person keeps; a form sent here keeps one more."""
    require(request.viewer, Act.SEE_LEDGER)
    if request.method == "POST":
        return _keep(request)
    year = year_in_hand(read_sheets(request.viewer, None)) or request.moment.year
    return render(request, "ledger/ledger_views.html", {"views": read_views(request.viewer), "year": year})


def _keep(request: Asked) -> HttpResponse:
    """Keep the state the form came from, and go back to it."""
    view = save_view(
        request.POST.get("name", ""),
        request.POST.get("query", ""),
        by=request.viewer,
        at=request.moment,
    )
    messages.success(request, f"已保存视图“{view.name}”：在“视图”中随时打开。")
    year = request.POST.get("year", "")
    to = reverse("ledger:ledger", args=[read_number(year)]) if read_number(year) else reverse("ledger:index")
    return redirect(f"{to}?{view.query}" if view.query else to)


@require_http_methods(["GET", "POST"])
def delete_view(request: Asked, view_id: int) -> HttpResponse:
    """Ask before a view is given up, then do it."""
    require(request.viewer, Act.SEE_LEDGER)
    view = get_object_or_404(own_views(request.viewer), pk=view_id)
    if request.method == "POST":
        name = remove_view(view_id, by=request.viewer, at=request.moment)
        messages.success(request, f"已删除视图“{name}”。台账本身没有改动。")
        return redirect("ledger:saved-views")
    return render(request, "ledger/ledger_view_delete.html", {"view": view})
