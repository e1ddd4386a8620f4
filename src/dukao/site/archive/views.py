"""Pages of the archive: documents, one document as paper, upload, reading again."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from dukao.reading.errors import SourceError
from dukao.site.archive import actions, queries
from dukao.site.archive.forms import PublicityForm, UploadForm
from dukao.site.archive.models import Compilation, Document, DocumentKind, Publicity
from dukao.site.archive.paper import heads_of, lay_out, read_span
from dukao.site.archive.profiles import profile_of
from dukao.site.archive.rereading import compare
from dukao.site.archive.rules_version import rules_version
from dukao.site.archive.sending import send_kept
from dukao.site.history.queries import tell_about
from dukao.site.people.access import Act, may, require
from dukao.site.people.asked import Asked, read_number
from dukao.site.refusals import Refused

_HISTORY_SHOWN = 10


@require_GET
def list_documents(request: Asked) -> HttpResponse:
    """Every document of the place, by kind and year."""
    require(request.viewer, Act.SEE_DOCUMENTS)
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    facts = {
        "documents": list(queries.documents_of(request.viewer, kind, read_number(year) or None)),
        "kinds": DocumentKind.choices,
        "years": queries.years_of(request.viewer),
        "kind": kind,
        "year": year,
        "may_upload": may(request.viewer, Act.UPLOAD),
    }
    return render(request, "archive/documents.html", facts)


@require_http_methods(["GET", "POST"])
def upload(request: Asked) -> HttpResponse:
    """Take files in; what is refused is said above the form, nothing of it is kept."""
    require(request.viewer, Act.UPLOAD)
    sent = request.method == "POST"
    form = UploadForm(request.POST, request.FILES) if sent else UploadForm()
    facts: dict[str, Any] = {"form": form, "limit": actions.LARGEST // 2**20}
    if not sent or not form.is_valid():
        return render(request, "archive/upload.html", facts, status=422 if form.is_bound else 200)
    try:
        kept = actions.keep_documents(_uploads(form), by=request.viewer, at=request.moment)
    except Refused as refused:
        return render(
            request, "archive/upload.html", facts | {"refused": refused.sentence}, status=refused.status
        )
    except SourceError as error:
        return render(request, "archive/upload.html", facts | {"refused": str(error)}, status=422)
    actions.sweep_files(request.moment)
    for document in kept:
        messages.success(request, _said_of(document, is_new=document.uploaded_at == request.moment))
    return redirect(kept[0] if len(kept) == 1 else "archive:documents")


def _uploads(form: UploadForm) -> list[actions.Upload]:
    files: Sequence[UploadedFile[bytes]] = form.cleaned_data["papers"]
    kind, year = form.cleaned_data["kind"], form.cleaned_data["year"]
    for file in files:
        actions.refuse_too_large(file.name or "", file.size or 0)
    return [
        actions.Upload(file.read(), file.name or "", DocumentKind(kind) if kind else None, year)
        for file in files
    ]


def _said_of(document: Document, *, is_new: bool) -> str:
    if not is_new:
        return f"《{document}》以前存过，内容完全相同，没有重复存。"
    newest = document.compilations.defer("result").first()
    onward = "要核对、征求意见的，请到“分解”读入。" if document.kind == DocumentKind.BREAKDOWN else ""
    read = newest.summary if newest else ""
    return f"已存为{document.get_kind_display()}：《{document}》，读到{read}。{onward}"


@require_GET
def show_document(request: Asked, document_id: int) -> HttpResponse:
    """A document: its facts, its text as paper; `?span=120-168` lights up a place, `#here` is where it is."""
    require(request.viewer, Act.SEE_DOCUMENTS)
    document = queries.document_for(request.viewer, document_id)
    result = queries.result_of(document)
    said = request.GET.get("span", "")
    span = read_span(said, document.text) if said else None
    heads = heads_of(result)
    promises = [(one["start"], one["end"]) for one in result.get("commitments", [])]
    facts = {
        "document": document,
        "heads": heads,
        "blocks": lay_out(document.text, heads, promises, span),
        "span": span,
        "span_missing": bool(said) and span is None,
        "readings": queries.readings_of(document),
        "rules_version": rules_version(),
        "may_change": may(request.viewer, Act.UPLOAD),
        "entries": tell_about("document", document.pk, most=_HISTORY_SHOWN),
    }
    return render(request, "archive/document.html", facts)


@require_safe
def download(request: Asked, document_id: int) -> HttpResponse:
    """The bytes as they came, never to be shown or run by a browser."""
    require(request.viewer, Act.SEE_DOCUMENTS)
    document = queries.document_for(request.viewer, document_id)
    plain = document.media_type in queries.PLAIN
    kind = f"text/plain; charset={document.encoding}" if plain else "application/octet-stream"
    return send_kept(document.sha256, document.name, title=str(document), kind=kind)


@require_http_methods(["GET", "POST"])
def publicity(request: Asked, document_id: int) -> HttpResponse:
    """Decide the 公开属性 of a document."""
    require(request.viewer, Act.UPLOAD)
    document = queries.document_for(request.viewer, document_id)
    known = {"publicity": document.publicity, "reason": document.publicity_reason}
    form = PublicityForm(request.POST if request.method == "POST" else None, initial=known)
    facts: dict[str, Any] = {"document": document, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "archive/publicity.html", facts, status=422 if form.is_bound else 200)
    said, reason = Publicity(form.cleaned_data["publicity"]), form.cleaned_data["reason"]
    try:
        changed = actions.set_publicity(document.pk, said, reason, by=request.viewer, at=request.moment)
    except Refused as refused:
        return render(
            request, "archive/publicity.html", facts | {"refused": refused.sentence}, status=refused.status
        )
    messages.success(request, f"公开属性已定为“{changed.get_publicity_display()}”。")
    return redirect(document)


@require_http_methods(["GET", "POST"])
def reread(request: Asked, document_id: int) -> HttpResponse:
    """What today's rules would read otherwise; GET changes nothing, POST keeps the new reading."""
    require(request.viewer, Act.UPLOAD)
    document = queries.document_for(request.viewer, document_id)
    against = request.POST.get("against") or request.GET.get("against", "")
    kept = queries.reading_for(document, read_number(against) or None)
    if request.method == "POST":
        profile = profile_of(request.viewer.place_id)
        actions.keep_reading(document.pk, kept.against_id, profile, by=request.viewer, at=request.moment)
        messages.success(request, "新的读取结果已存下，以前的仍在；台账没有改动。")
        return redirect(document)
    return render(request, "archive/reread.html", _reread_facts(document, kept))


def _reread_facts(document: Document, kept: Compilation) -> dict[str, Any]:
    again = actions.read_again(document, kept.against, profile_of(document.place_id))
    comparisons = compare(kept.result, again)
    differs = [one for one in comparisons if one.differs]
    return {
        "document": document,
        "kept": kept,
        "comparisons": comparisons,
        "differs": differs,
        "rules_version": rules_version(),
        "is_current": not differs and queries.is_read_by(document, kept.against_id, rules_version()),
        "others": [one for one in queries.readings_of(document) if one.against_id != kept.against_id],
        "address": urlencode({"against": kept.against_id or ""}),
    }
