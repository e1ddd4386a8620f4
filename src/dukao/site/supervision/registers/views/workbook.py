"""A list as a workbook: out, and back in by way of a comparison that somebody confirms."""

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from dukao.progress.figures import say_day
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.shown import read_shown, sign_shown
from dukao.site.refusals import Refused
from dukao.site.sending import XLSX, send_file
from dukao.site.supervision.registers.access import Kept, kept_register
from dukao.site.supervision.registers.errors import Refusal
from dukao.site.supervision.registers.lists import FACETS, read_list
from dukao.site.supervision.registers.workbooks.applying import apply_workbook, compare_workbook
from dukao.site.supervision.registers.workbooks.comparing import Comparison
from dukao.site.supervision.registers.workbooks.sheet import (
    read_register_workbook,
    write_register_workbook,
)
from dukao.site.supervision.workbooks import MOST_BYTES, Line


class UploadForm(forms.Form):
    """The workbook that comes back."""

    file = forms.FileField(
        label="改好的工作簿",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="只收从这份清单下载的 .xlsx，不超过 5 MB。",
        error_messages={"required": "还没有选文件：请选择从清单页下载、改好的 .xlsx 工作簿。"},
    )


@require_safe
def workbook(request: Asked, code: str, year: int) -> HttpResponse:
    """A list of a year as .xlsx, as far as the viewer sees it and the address selects it."""
    require(request.viewer, Act.SEE_LIGHTS)
    require(request.viewer, Act.EXPORT)
    kept = kept_register(request.viewer.place_id, code)
    today = localdate(request.moment)
    chosen = {name: request.GET.get(name, "") for name in FACETS}
    page = read_list(request.viewer, kept, year, today, request.moment, chosen)
    rows = [*page.rows, *page.drafts]
    made = write_register_workbook(kept, year, rows, say_day(today))
    name = f"{request.viewer.place_name}{year}年{kept.name}清单-{today:%Y%m%d}.xlsx"
    return send_file(made, name, XLSX)


@require_http_methods(["GET", "POST"])
def import_workbook(request: Asked, code: str, year: int) -> HttpResponse:
    """Upload, see what would be saved, confirm: a file is compared, a comparison sent back is applied."""
    require(request.viewer, Act.IMPORT_WORKBOOK)
    kept = kept_register(request.viewer.place_id, code)
    if request.method == "POST" and "checked" in request.POST:
        return _confirm(request, kept, year)
    form = UploadForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST" or not form.is_valid():
        return _ask(request, kept, year, form, status=422 if form.is_bound else 200)
    try:
        file: UploadedFile[bytes] = form.cleaned_data["file"]
        lines = read_register_workbook(kept, file.read(MOST_BYTES + 1), file.name or "")
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return _ask(request, kept, year, form, status=refused.status)
    return _show(request, kept, year, lines)


def _ask(request: Asked, kept: Kept, year: int, form: UploadForm, *, status: int = 200) -> HttpResponse:
    facts = {"kept": kept, "year": year, "form": form}
    return render(request, "supervision/registers/import.html", facts, status=status)


def _show(
    request: Asked, kept: Kept, year: int, lines: tuple[Line, ...], refused: Refused | None = None
) -> HttpResponse:
    comparison = compare_workbook(kept.code, year, lines, by=request.viewer, at=request.moment)
    facts = {
        "kept": kept,
        "year": year,
        "comparison": comparison,
        "checked": _seal(request, kept, year, comparison, lines),
        "refused": refused,
    }
    status = refused.status if refused else 200
    return render(request, "supervision/registers/comparison.html", facts, status=status)


def _confirm(request: Asked, kept: Kept, year: int) -> HttpResponse:
    seal, lines = _unseal(request, kept, year)
    why = request.POST.get("why", "")
    try:
        changed, new = apply_workbook(kept.code, year, lines, seal, why, by=request.viewer, at=request.moment)
    except Refused as refused:
        if refused.code != Refusal.NEEDS_WHY.value:
            raise
        return _show(request, kept, year, tuple(lines), refused)
    messages.success(request, f"已按工作簿改动 {changed} 项，新增 {new} 项草稿。")
    return redirect("supervision:register", kept.code, year)


def _seal(request: Asked, kept: Kept, year: int, comparison: Comparison, lines: tuple[Line, ...]) -> str:
    """The rows that change, and the seal of what is shown."""
    changed = {one.at for one in comparison.changes}
    rows = [(line.at, line.cells) for line in lines if line.at in changed]
    return sign_shown(request.viewer, "registers", [kept.pk, year], [comparison.seal, rows])


def _unseal(request: Asked, kept: Kept, year: int) -> tuple[str, list[Line]]:
    """What was shown, as it comes back."""
    signed, about = request.POST["checked"], [kept.pk, year]
    seal, rows = read_shown(request.viewer, "registers", about, signed, Refusal.WORKBOOK_EXPIRED)
    return seal, [Line(*row) for row in rows]
