"""The ledger as a workbook: out, and back in by way of a comparison that somebody confirms."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from dukao.site.ledger.forms.workbook import PaperForm, UploadForm, WhyForm
from dukao.site.ledger.models import Breakdown, Stage, SupplementKind
from dukao.site.ledger.moments import AskedFor, reads_as_of
from dukao.site.ledger.queries.workbook import read_export
from dukao.site.ledger.steps.supplementing import Paper
from dukao.site.ledger.views.ledger import lights_for, seen_selection
from dukao.site.ledger.workbooks.applying import Applied, apply_workbook, compare_workbook
from dukao.site.ledger.workbooks.errors import Refusal
from dukao.site.ledger.workbooks.reading import MOST_BYTES, SheetRow, read_upload
from dukao.site.ledger.workbooks.values import Comparison
from dukao.site.ledger.workbooks.writing import write_ledger_workbook
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.asked import Asked
from dukao.site.people.shown import read_shown, sign_shown
from dukao.site.refusals import Refused
from dukao.site.sending import XLSX, send_file


@require_safe
@reads_as_of
def workbook(request: AskedFor, year: int) -> HttpResponse:
    """The ledger of a year as .xlsx, as far as the viewer sees it and the address selects it."""
    require(request.viewer, Act.EXPORT)
    selection = seen_selection(request)
    light = lights_for(request) if "light" in selection.chosen else None
    export = read_export(request.viewer, year, selection, request.record_at, request.moment, light)
    made = write_ledger_workbook(export.lines, export.units, export.cover)
    day = request.as_of or localdate(request.moment)
    return send_file(made, f"{request.viewer.place_name}{year}年台账-{day:%Y%m%d}.xlsx", XLSX)


@require_http_methods(["GET", "POST"])
def import_workbook(request: Asked, year: int) -> HttpResponse:
    """Upload, see what would change, confirm: a file is compared, a comparison sent back is applied."""
    require(request.viewer, Act.IMPORT_WORKBOOK)
    breakdown = _breakdown_of(request.viewer, year)
    if request.method == "POST" and "checked" in request.POST:
        return _confirm(request, breakdown)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _ask(request, breakdown, form, status=422 if form.is_bound else 200)
    try:
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        upload = read_upload(file.read(MOST_BYTES + 1), file.name or "")
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return _ask(request, breakdown, form, status=refused.status)
    comparison = compare_workbook(
        breakdown, upload.rows, upload.ignored, by=request.viewer, at=request.moment
    )
    return _show(request, breakdown, comparison)


def _breakdown_of(viewer: Viewer, year: int) -> Breakdown:
    found = Breakdown.objects.filter(place_id=viewer.place_id, year=year).exclude(stage=Stage.WITHDRAWN)
    for breakdown in found:
        return breakdown
    raise Http404


def _ask(request: Asked, breakdown: Breakdown, form: UploadForm, *, status: int = 200) -> HttpResponse:
    facts = {"breakdown": breakdown, "form": form}
    return render(request, "ledger/workbook/upload.html", facts, status=status)


def _show(
    request: Asked,
    breakdown: Breakdown,
    comparison: Comparison,
    *,
    why: WhyForm | None = None,
    paper: PaperForm | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    """The comparison, with the forms that confirming it needs."""
    needs_why = comparison.moves_deadlines
    facts: dict[str, Any] = {
        "breakdown": breakdown,
        "comparison": comparison,
        "checked": _seal(request, breakdown, comparison),
        "why_form": why or WhyForm(is_needed=needs_why),
        "paper_form": paper or PaperForm(prefix="paper", needs_decision=comparison.needs_decision),
        "refused": refused,
        "direct": sum(1 for change in comparison.changes if change.direct),
        "drafted": sum(1 for change in comparison.changes if change.supplement),
    }
    is_mended = why or paper or refused
    return render(request, "ledger/workbook/comparison.html", facts, status=422 if is_mended else 200)


def _seal(request: Asked, breakdown: Breakdown, comparison: Comparison) -> str:
    """The rows that change, and the seal of what is shown."""
    rows = [
        (one.source.sheet, one.source.at, one.source.version, one.source.cells) for one in comparison.changes
    ]
    return sign_shown(request.viewer, "workbook", [breakdown.pk], [comparison.seal, rows])


def _unseal(request: Asked, breakdown: Breakdown) -> tuple[str, list[SheetRow]]:
    """What was shown, as it comes back."""
    seal, rows = read_shown(
        request.viewer, "workbook", [breakdown.pk], request.POST["checked"], Refusal.EXPIRED
    )
    return seal, [SheetRow(*row) for row in rows]


def _confirm(request: Asked, breakdown: Breakdown) -> HttpResponse:
    seal, rows = _unseal(request, breakdown)
    comparison = compare_workbook(breakdown, rows, (), by=request.viewer, at=request.moment)
    if comparison.seal != seal:
        raise Refused(Refusal.MOVED)
    why = WhyForm(request.POST, is_needed=comparison.moves_deadlines)
    paper = PaperForm(request.POST, prefix="paper", needs_decision=comparison.needs_decision)
    if not why.is_valid() or (comparison.needs_supplement and not paper.is_valid()):
        return _show(request, breakdown, comparison, why=why, paper=paper)
    try:
        applied = apply_workbook(
            breakdown.pk,
            rows,
            seal,
            why=why.cleaned_data["why"],
            paper=_read_paper(paper) if comparison.needs_supplement else None,
            by=request.viewer,
            at=request.moment,
        )
    except Refused as refused:
        if refused.code == Refusal.MOVED.value:
            raise
        return _show(request, breakdown, comparison, why=why, paper=paper, refused=refused)
    return _leave(request, breakdown, applied)


def _read_paper(form: PaperForm) -> Paper:
    said = form.cleaned_data
    return Paper(
        SupplementKind(said["kind"]),
        said["document_number"],
        said["dated"],
        said["why"],
        said.get("congress_decision") or "",
        said.get("congress_decided_on"),
    )


def _leave(request: Asked, breakdown: Breakdown, applied: Applied) -> HttpResponse:
    if applied.tasks:
        messages.success(request, f"已按工作簿改动 {applied.tasks} 项任务：原来的写法留在历史里。")
    if applied.supplement:
        messages.success(request, "内容、单位和领导的改动已拟成补充通知，待负责人签发后生效。")
        return redirect("ledger:supplement", applied.supplement.pk)
    return redirect("ledger:ledger", breakdown.year)
