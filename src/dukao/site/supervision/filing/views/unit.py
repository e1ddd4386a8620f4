"""The unit's page and what is done on it: one item after the other, then the head confirms all."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused
from dukao.site.supervision.filing import actions
from dukao.site.supervision.filing.forms import EvidenceForm, FilingForm
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.filing.unit_page import (
    UnitPage,
    ids_in_stage,
    is_past,
    read_again,
    read_item,
    read_unit_page,
    tally_of,
)
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import FilingStage


@require_safe
def filings(request: Asked) -> HttpResponse:
    """All items of the unit's round on one page."""
    require(request.viewer, Act.FILE)
    said = request.GET.get("round", "")
    page = read_unit_page(request.viewer, read_number(said) or None)
    return show_page(request, page)


@require_POST
def save(request: Asked, filing_id: int) -> HttpResponse:
    """Save one item; whoever comes second is shown both texts."""
    require(request.viewer, Act.FILE)
    # What only shows is asked for where the item is shown again: without htmx its page is.
    item = read_item(request.viewer, filing_id, with_last=False, with_others=bool(request.htmx))
    form = FilingForm(item, request.moment, request.POST)
    if not form.is_valid():
        return show_mended(request, item, form)
    words, version = form.words(), form.cleaned_data["version"]
    try:
        actions.save_filing(filing_id, words, version, by=request.viewer, at=request.moment)
    except actions.Conflict as conflict:
        return _show_conflict(request, item, words, conflict)
    except Refused as refused:
        if refused.status != 422:
            raise
        form.add_error(None, refused.sentence)
        return show_mended(request, item, form)
    return answer(request, item)


@require_POST
def unchanged(request: Asked, filing_id: int) -> HttpResponse:
    """无变化, in one click."""
    item = _own(request, filing_id)
    actions.file_unchanged([filing_id], by=request.viewer, at=request.moment)
    return answer(request, item)


@require_POST
def undo(request: Asked, filing_id: int) -> HttpResponse:
    """Take back the last save."""
    item = _own(request, filing_id)
    actions.undo_save(filing_id, by=request.viewer, at=request.moment)
    return answer(request, item)


@require_POST
def take(request: Asked, filing_id: int, part_id: int) -> HttpResponse:
    """Take another unit's part into the own words."""
    item = _own(request, filing_id)
    said = request.POST.get("version", "")
    version = read_number(said) if said.isdecimal() else item.filing.version
    try:
        actions.take_part(filing_id, part_id, version, by=request.viewer, at=request.moment)
    except actions.Conflict as conflict:
        return _show_conflict(request, item, conflict.words, conflict)
    return answer(request, item)


@require_POST
def confirm(request: Asked, round_id: int) -> HttpResponse:
    """The unit head stands for everything filled in."""
    require(request.viewer, Act.CONFIRM_FILING)
    waiting = ids_in_stage(request.viewer, round_id, FilingStage.DRAFT)
    count = actions.confirm_filings(waiting, by=request.viewer, at=request.moment)
    if count:
        messages.success(request, f"已确认报送 {count} 项，督查室审核前可以撤回。")
    else:
        messages.warning(request, "没有已填待确认的事项。")
    return redirect(f"{reverse('supervision:filings')}?round={round_id}")


@require_POST
def recall(request: Asked, round_id: int) -> HttpResponse:
    """The unit head takes back what the office has not ruled yet."""
    require(request.viewer, Act.CONFIRM_FILING)
    sent = ids_in_stage(request.viewer, round_id, FilingStage.CONFIRMED)
    count = actions.recall_filings(sent, by=request.viewer, at=request.moment)
    messages.success(request, f"已撤回 {count} 项，改好后请再确认报送。")
    return redirect(f"{reverse('supervision:filings')}?round={round_id}")


def answer(request: Asked, item: Item) -> HttpResponse:
    """An item whose words were just saved: alone for htmx, else its page at the item."""
    round_ = item.filing.round
    if not request.htmx:
        return redirect(f"{reverse('supervision:filings')}?round={round_.pk}#filing-{item.filing.pk}")
    facts = {
        "item": with_forms(request, read_again(item)),
        "round": round_,
        "tally": tally_of(request.viewer, round_.pk),
        "is_past": is_past(round_, request.moment),
        **_rights(request),
    }
    return render(request, "supervision/filing/_saved.html", facts)


def show_page(request: Asked, page: UnitPage, *, status: int = 200) -> HttpResponse:
    """The page, each item with its forms."""
    items = tuple(with_forms(request, item) for item in page.items)
    page = replace(page, items=items)
    facts: dict[str, Any] = {
        "page": page,
        "round": page.round,
        "tally": page.tally,
        "is_past": page.round is not None and is_past(page.round, request.moment),
        **_rights(request),
    }
    return render(request, "supervision/filing/filings.html", facts, status=status)


def show_mended(request: Asked, item: Item, form: Any, *, name: str = "filing") -> HttpResponse:
    """The page again with one form that has to be mended, open."""
    page = read_unit_page(request.viewer, item.filing.round_id)
    forms = {name: form}
    items = tuple(
        with_forms(request, one, **forms) if one.filing.pk == item.filing.pk else one for one in page.items
    )
    return show_page(request, replace(page, items=items), status=422)


def with_forms(request: Asked, item: Item, **mended: Any) -> Item:
    """An item with the forms it shows; those that come back with errors stay."""
    if item.form is not None:
        return item
    forms: dict[str, Any] = {}
    if item.may_write:
        forms["filing"] = FilingForm(item, request.moment)
        forms["proof"] = EvidenceForm(item.ranking, name=f"p{item.filing.pk}")
    return replace(item, form={**forms, **mended})


def _own(request: Asked, filing_id: int) -> Item:
    require(request.viewer, Act.FILE)
    return read_item(request.viewer, filing_id)


def _rights(request: Asked) -> dict[str, Any]:
    return {"may_confirm": may(request.viewer, Act.CONFIRM_FILING)}


def _show_conflict(request: Asked, item: Item, mine: Words, conflict: actions.Conflict) -> HttpResponse:
    """Both texts: what stands now, and what was to be saved, in a form that saves over it."""
    now = read_item(request.viewer, item.filing.pk)
    facts = {
        "item": now,
        "mine": mine,
        "form": FilingForm(now, request.moment, words=mine),
        "sentence": conflict.sentence,
        "round": now.filing.round,
    }
    return render(request, "supervision/filing/conflict.html", facts, status=409)
