"""Extracts of an issued breakdown: a leader's and a unit's own rows, each a page, .docx and PDF."""

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from dukao.site.ledger.access import visible_states
from dukao.site.ledger.models import Breakdown, Stage
from dukao.site.ledger.queries.extracts import list_extracts, tasks_of_leader, tasks_of_unit
from dukao.site.ledger.queries.papers import annexes_of
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.ledger.steps.official import extract_paper
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.people.access import Act, Reach, require
from dukao.site.people.asked import Asked
from dukao.site.people.models import Post, Unit


@require_safe
def extracts(request: Asked, breakdown_id: int) -> HttpResponse:
    """Every leader and unit of an issued breakdown with how many rows its extract has; for the office."""
    require(request.viewer, Act.REVIEW)
    breakdown = _issued(request, breakdown_id)
    leaders, units = list_extracts(breakdown, request.moment)
    facts = {"breakdown": breakdown, "leaders": leaders, "units": units}
    return render(request, "ledger/papers/extracts.html", facts)


@require_safe
def unit_extract(request: Asked, breakdown_id: int, unit_id: int) -> HttpResponse:
    """The rows a unit had at the issue, those of its groups too."""
    require(request.viewer, Act.SEE_LEDGER)
    breakdown = _issued(request, breakdown_id)
    unit = get_object_or_404(Unit, pk=unit_id, place_id=request.viewer.place_id)
    return _show(request, breakdown, str(unit), tasks_of_unit(breakdown, unit))


@require_safe
def leader_extract(request: Asked, breakdown_id: int, post_id: int) -> HttpResponse:
    """The rows a leader's post led at the issue."""
    require(request.viewer, Act.SEE_LEDGER)
    breakdown = _issued(request, breakdown_id)
    post = get_object_or_404(Post, pk=post_id, place_id=request.viewer.place_id)
    holder = leaders_on(breakdown.place_id, breakdown.issued_at, request.moment).get(post.pk)
    name = holder.name or holder.title if holder else str(post)
    return _show(request, breakdown, name, tasks_of_leader(breakdown, post))


def _issued(request: Asked, breakdown_id: int) -> Breakdown:
    found = Breakdown.objects.filter(place_id=request.viewer.place_id, stage=Stage.ISSUED)
    return get_object_or_404(found.select_related("place", "issued_by"), pk=breakdown_id)


def _show(request: Asked, breakdown: Breakdown, whose: str, tasks: set[int]) -> HttpResponse:
    """The extract, of the rows the reader may see; 404 where those are not all, or there is none."""
    if request.viewer.reach not in (Reach.ALL, Reach.ISSUED):
        seen = visible_states(request.viewer).filter(task__breakdown=breakdown)
        if not tasks <= set(seen.values_list("task_id", flat=True)):
            raise Http404
    annexes = annexes_of(breakdown, breakdown.issued_at, request.moment, only=tasks)
    if not annexes.shown:
        raise Http404
    annexes = replace(annexes, heads=[head for head in annexes.heads if head.rows])
    paper = extract_paper(breakdown, annexes, whose)
    facts = {"breakdown": breakdown, "whose": whose, "annexes": annexes, "paper": paper}
    name = f"{breakdown.year}年责任分解（{whose}）"
    return show_paper(request, "ledger/papers/extract.html", facts, lambda: paper, name)
