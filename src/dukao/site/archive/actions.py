"""The door to change the archive: keep a document, compile it."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath

from django.db import models, transaction

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.values import Breakdown
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.site.archive import store
from dukao.site.archive.errors import Refusal
from dukao.site.archive.models import Compilation, Document, DocumentKind
from dukao.site.archive.queries import source_of
from dukao.site.archive.rules_version import rules_version
from dukao.site.archive.secrecy import find_mark
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

LARGEST = 50 * 1024 * 1024


class Action(models.TextChoices):
    """What is done here."""

    KEPT = "document-kept", "存入文件"
    COMPILED = "document-compiled", "重新读取文件"
    PUBLICITY_SET = "document-publicity-set", "定文件公开属性"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: its bytes, its name, what the clerk says it is, and of which year."""

    data: bytes
    name: str
    kind: DocumentKind
    year: int | None = None


def keep_document(upload: Upload, *, by: Viewer, at: datetime) -> Document:
    """Keep a file as it came, with the text read from it; the very same file is kept once and given back.

    Refused before anything is stored: a file too large, unreadable (SourceError), or marked as classified.
    """
    require(by, Act.UPLOAD)
    name = PurePath(upload.name.replace("\\", "/")).name[-200:] or "未命名"
    if len(upload.data) > LARGEST:
        size, limit = len(upload.data) // 2**20, LARGEST // 2**20
        raise Refused(Refusal.TOO_LARGE, name=name, size=size, limit=limit, status=413)
    source = read_upload(upload.data, name)
    mark = find_mark(source.text, name)
    if mark:
        raise Refused(Refusal.CLASSIFIED, name=name, mark=mark, status=422)
    known = Document.objects.filter(place_id=by.place_id, kind=upload.kind, sha256=source.sha256).first()
    return known or _keep(upload, name, source, by=by, at=at)


def read_upload(data: bytes, name: str) -> Source:
    """What the library reads from uploaded bytes; they touch the disk only in a folder that goes at once."""
    with tempfile.TemporaryDirectory(prefix="dukao-") as folder:
        path = Path(folder) / (PurePath(name).name or "upload")
        path.write_bytes(data)
        return read_file(path)


@transaction.atomic
def _keep(upload: Upload, name: str, source: Source, *, by: Viewer, at: datetime) -> Document:
    document = Document.objects.create(
        place_id=by.place_id,
        kind=upload.kind,
        year=upload.year,
        name=name,
        sha256=store.keep(upload.data),
        media_type=source.media_type,
        encoding=source.encoding,
        size=len(upload.data),
        chars=len(source.text),
        text=source.text,
        uploaded_by_id=by.user_id,
        uploaded_at=at,
    )
    after = {"name": name, "kind": upload.kind, "year": upload.year, "sha256": source.sha256}
    record(Action.KEPT, by=by.actor, at=at, about=[("document", document.pk)], after=after)
    return document


def compile_kept_report(document: Document, *, at: datetime) -> tuple[Report, Compilation]:
    """What today's rules read from a kept report, kept beside it; part of a larger action, records nothing.

    Raises SourceError where the document is no report.
    """
    report = compile_report(source_of(document))
    title = report.title or document.name
    Document.objects.filter(pk=document.pk).update(title=title, year=document.year or report.year)
    return report, _keep_compilation(document, None, report.as_json(), at)


def compile_kept_breakdown(
    document: Document, against: Document, report: Report, *, at: datetime
) -> tuple[Breakdown, Compilation]:
    """What today's rules read from a kept breakdown held against its report; records nothing itself.

    Raises SourceError where the document is no breakdown.
    """
    breakdown = compile_breakdown(source_of(document), report)
    title = breakdown.notice.title or document.name
    year = document.year or breakdown.year or report.year
    Document.objects.filter(pk=document.pk).update(title=title, year=year)
    return breakdown, _keep_compilation(document, against, breakdown.as_json(), at)


def _keep_compilation(
    document: Document, against: Document | None, result: dict[str, object], at: datetime
) -> Compilation:
    same = Compilation.objects.filter(document=document, against=against, rules_version=rules_version())
    return same.first() or Compilation.objects.create(
        document=document, against=against, rules_version=rules_version(), result=result, made_at=at
    )
