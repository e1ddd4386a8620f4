"""A unit's round as a workbook: out, and back in by way of a comparison that somebody confirms."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.shown import read_shown, sign_shown
from dukao.site.refusals import Refused
from dukao.site.sending import XLSX, send_file
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.filing.unit_page import read_unit_page
from dukao.site.supervision.filing.workbooks.applying import apply_workbook, compare_workbook
from dukao.site.supervision.filing.workbooks.comparing import Comparison
from dukao.site.supervision.filing.workbooks.reading import read_rows
from dukao.site.supervision.filing.workbooks.writing import write_filing_workbook
from dukao.site.supervision.models import Round
from dukao.site.supervision.workbooks import MOST_BYTES, Line


class UploadForm(forms.Form):
    """The workbook that comes back."""

    file = forms.FileField(
        label="填好的工作簿",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="只收从这一页下载的 .xlsx，不超过 5 MB。",
        error_messages={"required": "还没有选文件：请选择从填报页下载、填好的 .xlsx 工作簿。"},
    )


@require_safe
def workbook(request: Asked, round_id: int) -> HttpResponse:
    """What a unit can still fill in, one row an item."""
    require(request.viewer, Act.FILE)
    page = read_unit_page(request.viewer, round_id)
    if page.round is None:
        raise Http404
    items = [item for item in page.own if item.may_write]
    made = write_filing_workbook(items, page.round, request.viewer.unit_name)
    return send_file(made, f"{request.viewer.unit_name}{page.round.label}填报.xlsx", XLSX)


@require_http_methods(["GET", "POST"])
def import_workbook(request: Asked, round_id: int) -> HttpResponse:
    """Upload, see what would be saved, confirm: a file is compared, a comparison sent back is applied."""
    require(request.viewer, Act.FILE)
    round_ = read_unit_page(request.viewer, round_id).round
    if round_ is None:
        raise Http404
    if request.method == "POST" and "checked" in request.POST:
        return _confirm(request, round_)
    if request.method != "POST":
        return _ask(request, round_, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, round_, form, status=422)
    try:
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        rows = read_rows(file.read(MOST_BYTES + 1), file.name or "")
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return _ask(request, round_, form, status=refused.status)
    comparison = compare_workbook(round_.pk, rows, by=request.viewer, at=request.moment)
    checked = _seal(request, round_, comparison, rows)
    facts = {"round": round_, "comparison": comparison, "checked": checked}
    return render(request, "supervision/filing/comparison.html", facts)


def _ask(request: Asked, round_: Round, form: UploadForm, *, status: int = 200) -> HttpResponse:
    facts: dict[str, Any] = {"round": round_, "form": form}
    return render(request, "supervision/filing/import.html", facts, status=status)


def _confirm(request: Asked, round_: Round) -> HttpResponse:
    seal, rows = _unseal(request, round_)
    count = apply_workbook(round_.pk, rows, seal, by=request.viewer, at=request.moment)
    messages.success(request, f"已按工作簿填好 {count} 项，待负责人确认报送。")
    return redirect(f"{reverse('supervision:filings')}?round={round_.pk}")


def _seal(request: Asked, round_: Round, comparison: Comparison, rows: tuple[Line, ...]) -> str:
    """The rows that change, and the seal of what is shown."""
    changed = {one.at for one in comparison.changes}
    kept = [(row.at, row.cells) for row in rows if row.at in changed]
    return sign_shown(request.viewer, "filings", [round_.pk], [comparison.seal, kept])


def _unseal(request: Asked, round_: Round) -> tuple[str, list[Line]]:
    """What was shown, as it comes back."""
    signed = request.POST["checked"]
    seal, rows = read_shown(request.viewer, "filings", [round_.pk], signed, Refusal.WORKBOOK_EXPIRED)
    return seal, [Line(*row) for row in rows]
