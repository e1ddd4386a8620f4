"""The door to ask the archive."""

from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404

from dukao.reading.values import Source
from dukao.site.archive import store
from dukao.site.archive.errors import Refusal
from dukao.site.archive.models import Attachment, Compilation, Document, DocumentKind, Publicity
from dukao.site.archive.reading import read_upload
from dukao.site.people.access import Reach, Viewer
from dukao.site.refusals import Refused

# Media types whose text is their bytes decoded.
PLAIN = ("text/plain", "text/markdown")


def source_of(document: Document) -> Source:
    """The document as the library reads it: text from the record, another format from its bytes again.

    Where today's reader makes another text of the bytes, the text kept at first stands: spans point into it.
    Refused where the bytes are gone or altered.
    """
    plain = Source(document.name, document.sha256, document.media_type, document.encoding, document.text)
    if document.media_type in PLAIN:
        return plain
    try:
        read = read_upload(store.read(document.sha256), document.name)
    except OSError as error:
        raise Refused(Refusal.FILE_GONE, title=str(document)) from error
    return read if read.text == document.text else plain


def known_digests() -> set[str]:
    """The sha256 of every file something on the record stands for: documents and attachments."""
    documents = Document.objects.order_by().values_list("sha256", flat=True).distinct()
    return {*documents, *Attachment.objects.order_by().values_list("pk", flat=True)}


def documents_of(viewer: Viewer, kind: str = "", year: int | None = None) -> QuerySet[Document]:
    """The documents the viewer may see, newest first, each with its uploader and its readings' counts."""
    found = _readable(viewer)
    if kind in DocumentKind.values:
        found = found.filter(kind=kind)
    if year:
        found = found.filter(year=year)
    light = Compilation.objects.defer("result").select_related("against")
    readings = Prefetch("compilations", light)
    return found.defer("text").select_related("uploaded_by").prefetch_related(readings)


def years_of(viewer: Viewer) -> list[int]:
    """The years documents the viewer may see are of, latest first."""
    found = _readable(viewer).filter(year__isnull=False)
    years = found.values_list("year", flat=True).order_by("-year").distinct()
    return [year for year in years if year]


def document_for(viewer: Viewer, document_id: int) -> Document:
    """A document the viewer may see, with its text; 404 for any other."""
    return get_object_or_404(_readable(viewer).select_related("uploaded_by"), pk=document_id)


def _readable(viewer: Viewer) -> QuerySet[Document]:
    """The documents of the viewer's place; a breakdown not issued yet is read by the office alone."""
    found = Document.objects.filter(place_id=viewer.place_id)
    if viewer.reach is Reach.ALL:
        return found
    is_out = Q(in_force_at__isnull=False) | Q(publicity=Publicity.PUBLIC)
    return found.filter(~Q(kind=DocumentKind.BREAKDOWN) | is_out)


def readings_of(document: Document) -> list[Compilation]:
    """What was read from a document, newest first, without the results themselves."""
    return list(document.compilations.defer("result").select_related("against"))


def result_of(document: Document) -> dict[str, Any]:
    """The newest kept reading in the public JSON; nothing where there is none."""
    newest = document.compilations.first()
    return dict(newest.result) if newest else {}


def reading_for(document: Document, against_id: int | None) -> Compilation:
    """The newest kept reading of a document, held against the report with this id where one is given."""
    found = document.compilations.select_related("against")
    return get_object_or_404(found.filter(against_id=against_id)[:1] if against_id else found[:1])


def is_read_by(document: Document, against_id: int | None, version: str) -> bool:
    """Whether these rules have read the document already."""
    return document.compilations.filter(against_id=against_id, rules_version=version).exists()


def count_documents() -> int:
    """How many documents are kept, of all places."""
    return Document.objects.count()


def altered_documents() -> list[tuple[Document, str]]:
    """Every kept document whose file is gone or no longer hashes to its sha256, with what is wrong."""
    wrong = []
    for document in Document.objects.defer("text").order_by("pk"):
        try:
            if store.digest_of(document.sha256) != document.sha256:
                wrong.append((document, "的内容已不是存入时的样子"))
        except OSError:
            wrong.append((document, "的文件不在了或读不出来"))
    return wrong
