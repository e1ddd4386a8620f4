"""Evidence: added to an item, fetched, withdrawn."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dukao.site.archive.attachments import LARGEST
from dukao.site.archive.sending import send_kept
from dukao.site.ledger.access import visible_task
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.refusals import Refused
from dukao.site.supervision.access import units_of
from dukao.site.supervision.filing.evidence_actions import NewEvidence, add_evidence, withdraw_evidence
from dukao.site.supervision.filing.forms import EvidenceForm
from dukao.site.supervision.filing.unit_page import read_item
from dukao.site.supervision.filing.views.unit import answer, show_mended
from dukao.site.supervision.models import Evidence, EvidenceKind


@require_POST
def add(request: Asked, filing_id: int) -> HttpResponse:
    """Add evidence to an item: a file, a sentence, or both."""
    require(request.viewer, Act.FILE)
    item = read_item(request.viewer, filing_id)
    form = EvidenceForm(item.ranking, request.POST, request.FILES, name=f"p{filing_id}")
    if form.is_valid():
        try:
            add_evidence(filing_id, _proof(form), by=request.viewer, at=request.moment)
            return answer(request, read_item(request.viewer, item.filing.pk))
        except Refused as refused:
            if refused.status not in (413, 422):
                raise
            form.add_error(None, refused.sentence)
    return show_mended(request, item, form, name="proof")


def _proof(form: EvidenceForm) -> NewEvidence:
    said: dict[str, Any] = form.cleaned_data
    file: UploadedFile[bytes] | None = said["file"]
    data = file.read(LARGEST + 1) if file else b""
    return NewEvidence(EvidenceKind(said["kind"]), said["title"], data, (file.name or "") if file else "")


@require_safe
def evidence(request: Asked, evidence_id: int) -> HttpResponse:
    """The file as it came, never to be shown or run by a browser; for whoever sees the task."""
    require(request.viewer, Act.SEE_DOCUMENTS)
    found = Evidence.objects.select_related("filing", "filing__task")
    one = get_object_or_404(found, pk=evidence_id, filing__task__place_id=request.viewer.place_id)
    if one.filing.unit_id not in units_of(request.viewer):
        visible_task(request.viewer, one.filing.task_id)
    if not one.sha256:
        raise Http404
    return send_kept(one.sha256, one.file_name)


@require_http_methods(["GET", "POST"])
def withdraw(request: Asked, evidence_id: int) -> HttpResponse:
    """Take evidence back, once asked whether to."""
    require(request.viewer, Act.FILE)
    found = Evidence.objects.filter(pk=evidence_id, withdrawn_at__isnull=True)
    one = get_object_or_404(found, filing__unit_id__in=units_of(request.viewer))
    item = read_item(request.viewer, one.filing_id)
    if request.method == "POST":
        withdraw_evidence(evidence_id, by=request.viewer, at=request.moment)
        return answer(request, read_item(request.viewer, item.filing.pk))
    return render(request, "supervision/filing/withdraw.html", {"evidence": one, "item": item})
