"""A breakdown drafted from a report alone: the form, likely leads in one go, a sentence brought back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dukao.reading.errors import SourceError
from dukao.site.archive.actions import Upload, keep_document, refuse_too_large
from dukao.site.archive.models import Document, DocumentKind
from dukao.site.ledger.forms.drafting import DraftForm
from dukao.site.ledger.models import Breakdown, Stage
from dukao.site.ledger.queries.breakdowns import breakdown_for
from dukao.site.ledger.queries.drafted import read_draft_state
from dukao.site.ledger.queries.papers import annexes_of, office_of, phrases_of
from dukao.site.ledger.review.bringing_back import bring_back
from dukao.site.ledger.review.drafting import draft_from_report
from dukao.site.ledger.review.settling import accept_likely
from dukao.site.ledger.steps.official import draft_paper as draft_as_paper
from dukao.site.ledger.views.paper_files import show_paper
from dukao.site.ledger.views.review import review_address
from dukao.site.ledger.workbooks.draft_writing import write_draft_workbook
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused
from dukao.site.sending import XLSX, send_file


@require_http_methods(["GET", "POST"])
def draft_breakdown(request: Asked) -> HttpResponse:
    """Choose a report and what to learn from; on success the review begins."""
    require(request.viewer, Act.UPLOAD)
    form = _form(request, request.POST, request.FILES) if request.method == "POST" else _form(request)
    if request.method != "POST" or not form.is_valid():
        return _show(request, form)
    try:
        kept, past = _keep(request, form)
    except (Refused, SourceError) as fault:
        form.add_error(None, fault.sentence if isinstance(fault, Refused) else str(fault))
        return _show(request, form)
    try:
        year = form.cleaned_data["year"]
        draft = draft_from_report(kept, past, year=year, by=request.viewer, at=request.moment)
    except (Refused, SourceError) as fault:
        again = _form(request, _chosen(kept, past, form))
        again.full_clean()
        again.add_error(None, fault.sentence if isinstance(fault, Refused) else str(fault))
        return _show(request, again)
    messages.success(request, f"已起草《{draft.title}》：下列各项只是建议，请逐项确定。")
    return redirect("ledger:review", draft.pk)


@require_POST
def take_likely(request: Asked, breakdown_id: int) -> HttpResponse:
    """Let the likeliest units lead where they are likely enough; back to what is still open."""
    require(request.viewer, Act.REVIEW)
    said = request.POST.get("least", "")
    least = read_number(said) if said.isdecimal() else 100
    count = accept_likely(breakdown_id, least, by=request.viewer, at=request.moment)
    messages.success(request, f"已定下 {count} 项的牵头单位，每一项都可以单独撤销。")
    return redirect(review_address(breakdown_id))


@require_POST
def bring_sentence_back(request: Asked, breakdown_id: int) -> HttpResponse:
    """Make a sentence that was left out a task; on to the question who leads it."""
    require(request.viewer, Act.REVIEW)
    commitment = request.POST.get("commitment", "")
    task = bring_back(breakdown_id, commitment, by=request.viewer, at=request.moment)
    messages.success(request, "已列为任务：请定牵头单位。")
    return redirect(review_address(breakdown_id, "all", 0, f"task-{task.pk}"))


@require_safe
def draft_paper(request: Asked, breakdown_id: int) -> HttpResponse:
    """初稿: the notice as it may become, with the rows as they stand now."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    annexes = annexes_of(breakdown, breakdown.issued_at, request.moment)
    paper = draft_as_paper(breakdown, annexes)
    facts: dict[str, Any] = {
        "breakdown": breakdown,
        "office": office_of(breakdown.place),
        "paper": paper,
        "title": phrases_of(paper.title),
        "written": annexes.written,
        "may_choose": not breakdown.is_issued and breakdown.stage != Stage.WITHDRAWN,
    }
    name = f"{breakdown.year}年责任分解（初稿）"
    return show_paper(request, "ledger/papers/draft.html", facts, lambda: paper, name)


@require_safe
def draft_workbook(request: Asked, breakdown_id: int) -> HttpResponse:
    """The draft as it stands now, as .xlsx: what was decided, and what is still open of each row."""
    require(request.viewer, Act.REVIEW)
    breakdown = breakdown_for(request.viewer, breakdown_id)
    made = write_draft_workbook(read_draft_state(breakdown, request.moment))
    stage, day = breakdown.get_stage_display(), localtime(request.moment)
    return send_file(made, f"{breakdown.year}年责任分解（{stage}）-{day:%Y%m%d}.xlsx", XLSX)


def _form(request: Asked, *data: Any) -> DraftForm:
    """The form over the documents of the viewer's place; what is on the record already is learned anyway."""
    kept = Document.objects.filter(place_id=request.viewer.place_id).defer("text")
    recorded = Breakdown.objects.filter(place_id=request.viewer.place_id)
    recorded = recorded.exclude(stage=Stage.WITHDRAWN, is_drafted=False)
    past = kept.filter(kind=DocumentKind.BREAKDOWN).exclude(pk__in=recorded.values("document"))
    return DraftForm(*data, reports=kept.filter(kind=DocumentKind.REPORT), past=past)


def _keep(request: Asked, form: DraftForm) -> tuple[Document, list[Document]]:
    """The report and the past breakdowns, new files kept first; a new report goes before a kept one."""
    by, at = request.viewer, request.moment
    past = list(form.cleaned_data["past"])
    for file in form.cleaned_data["past_files"]:
        refuse_too_large(file.name or "", file.size or 0)
        upload = Upload(file.read(), file.name or "", DocumentKind.BREAKDOWN)
        past.append(keep_document(upload, by=by, at=at))
    report, file = form.cleaned_data["report"], form.cleaned_data["report_file"]
    if file:
        refuse_too_large(file.name or "", file.size or 0)
        report = keep_document(Upload(file.read(), file.name or "", DocumentKind.REPORT), by=by, at=at)
    return report, list(dict.fromkeys(past))


def _chosen(report: Document, past: list[Document], form: DraftForm) -> dict[str, Any]:
    """What was kept, chosen in the form already."""
    year = form.cleaned_data.get("year") or ""
    return {"report": report.pk, "past": [one.pk for one in past], "year": year}


def _show(request: Asked, form: DraftForm) -> HttpResponse:
    issued = Breakdown.objects.filter(place_id=request.viewer.place_id, stage=Stage.ISSUED)
    facts = {"form": form, "issued": list(issued.order_by("-year"))}
    return render(request, "ledger/breakdowns/draft.html", facts, status=422 if form.errors else 200)
