"""What the office's own language model proposes for a draft: asked by a person, shown, never applied."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from dukao.site.ledger.queries.breakdowns import breakdown_for
from dukao.site.ledger.queries.model_says import read_model_says
from dukao.site.ledger.review import model_asking
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked


@require_http_methods(["GET", "POST"])
def model(request: Asked, breakdown_id: int) -> HttpResponse:
    """How far the asking is and what came of it; POST asks."""
    require(request.viewer, Act.REVIEW)
    if request.method == "POST":
        asking = model_asking.begin_asking(breakdown_id, by=request.viewer, at=request.moment)
        model_asking.start(asking)
        messages.success(request, f"正在请模型{asking.model}提建议，一段一段地问，可以先去核对别的。")
        return redirect("ledger:model", breakdown_id)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    facts = {"breakdown": breakdown, "says": read_model_says(breakdown, request.moment)}
    template = "ledger/review/_model.html" if request.htmx else "ledger/review/model.html"
    return render(request, template, facts)
