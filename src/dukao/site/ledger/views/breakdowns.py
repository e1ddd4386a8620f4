"""The list of breakdowns, the two files a new one begins with, and the withdrawal of one never issued."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from dukao.reading.errors import SourceError
from dukao.site.archive.models import Document, DocumentKind
from dukao.site.ledger.forms.steps import NewBreakdownForm, WhyForm
from dukao.site.ledger.models import Stage
from dukao.site.ledger.queries.breakdowns import breakdown_for, breakdowns_of, count_tasks
from dukao.site.ledger.review.proposing import propose_breakdown
from dukao.site.ledger.review.taking_in import File, Pair, keep_pair
from dukao.site.ledger.steps.approving import withdraw_breakdown
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused

_PAGES = {
    Stage.CONSULTATION: "ledger:consultation",
    Stage.APPROVAL: "ledger:issue",
    Stage.ISSUED: "ledger:issue",
}
_FIELDS = {DocumentKind.REPORT: "report", DocumentKind.BREAKDOWN: "breakdown"}


def breakdowns(request: Asked) -> HttpResponse:
    """The breakdowns of the place, the latest year first."""
    require(request.viewer, Act.REVIEW)
    found = breakdowns_of(request.viewer)
    standing = [one for one in found if one.breakdown.stage != Stage.WITHDRAWN]
    facts = {
        "standing": standing,
        "withdrawn": [one for one in found if one.breakdown.stage == Stage.WITHDRAWN],
        "current": standing[0] if standing else None,
        "may_upload": may(request.viewer, Act.UPLOAD),
    }
    return render(request, "ledger/breakdowns/breakdowns.html", facts)


def breakdown(request: Asked, breakdown_id: int) -> HttpResponse:
    """Where work on a breakdown goes on, by its stage."""
    require(request.viewer, Act.REVIEW)
    found = breakdown_for(request.viewer, breakdown_id)
    return redirect(_PAGES.get(Stage(found.stage), "ledger:review"), found.pk)


def new_breakdown(request: Asked) -> HttpResponse:
    """Choose a report and a breakdown; on success the review begins."""
    require(request.viewer, Act.UPLOAD)
    form = _form(request, request.POST, request.FILES) if request.method == "POST" else _form(request)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form)
    pair = keep_pair(_uploads(form), by=request.viewer, at=request.moment)
    for kind, name in _FIELDS.items():
        chosen = form.cleaned_data[name]
        if kind not in pair.kept and not form.cleaned_data[f"{name}_file"] and chosen:
            pair.kept[kind] = chosen
    if pair.faults or pair.swapped:
        return _show(request, _again(request, form, pair))
    report, document = pair.kept[DocumentKind.REPORT], pair.kept[DocumentKind.BREAKDOWN]
    year = form.cleaned_data["year"]
    try:
        draft = propose_breakdown(report, document, year=year, by=request.viewer, at=request.moment)
    except (Refused, SourceError) as fault:
        again = _again(request, form, pair)
        again.add_error(None, fault.sentence if isinstance(fault, Refused) else str(fault))
        return _show(request, again)
    messages.success(request, f"已读入《{draft.title}》：请核对下列各项。")
    if document.year and document.year != draft.year:
        said = f"文件写的是{document.year}年，读作了{draft.year}年的分解：请核对，选错的请撤回重读。"
        messages.warning(request, said)
    return redirect("ledger:review", draft.pk)


def withdraw(request: Asked, breakdown_id: int) -> HttpResponse:
    """Ask once more, with what follows in words; then withdraw."""
    require(request.viewer, Act.REVIEW)
    found = breakdown_for(request.viewer, breakdown_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        withdraw_breakdown(found.pk, why, by=request.viewer, at=request.moment)
        messages.success(request, f"已撤回《{found.title}》。两份文件仍在文件库里，可以重新读入。")
        return redirect("ledger:breakdowns")
    _, tasks, contents = count_tasks(found)
    facts = {"breakdown": found, "form": form, "tasks": tasks, "contents": contents}
    return render(request, "ledger/breakdowns/withdraw.html", facts, status=400 if form.errors else 200)


def _form(request: Asked, *data: Any) -> NewBreakdownForm:
    """The form over the documents of the viewer's place."""
    kept = Document.objects.filter(place_id=request.viewer.place_id).defer("text")
    reports, tables = kept.filter(kind=DocumentKind.REPORT), kept.filter(kind=DocumentKind.BREAKDOWN)
    return NewBreakdownForm(*data, reports=reports, breakdowns=tables)


def _uploads(form: NewBreakdownForm) -> dict[DocumentKind, File]:
    """The files that were chosen; a new file goes before a kept one."""
    files = {kind: form.cleaned_data[f"{name}_file"] for kind, name in _FIELDS.items()}
    return {kind: (file.name, file.read()) for kind, file in files.items() if file}


def _again(request: Asked, form: NewBreakdownForm, pair: Pair) -> NewBreakdownForm:
    """The form once more: what was kept is chosen already, what is wrong stands at its field."""
    chosen = {name: pair.kept[kind].pk for kind, name in _FIELDS.items() if kind in pair.kept}
    data = {**chosen, "year": form.cleaned_data.get("year") or ""}
    again = _form(request, data)
    again.full_clean()
    for kind, name in _FIELDS.items():
        again.errors.pop(f"{name}_file", None)
        if kind in pair.faults:
            again.add_error(f"{name}_file", pair.faults[kind])
    if pair.swapped:
        again.add_error(None, "两份文件放反了，已按内容对调存好：请核对下面选中的两份，再点“读入”。")
    return again


def _show(request: Asked, form: NewBreakdownForm) -> HttpResponse:
    return render(request, "ledger/breakdowns/new.html", {"form": form}, status=422 if form.errors else 200)
