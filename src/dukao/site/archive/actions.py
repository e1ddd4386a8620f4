"""The door to change the archive: keep a document, compile it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.db import models, transaction
from django.http import Http404

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.profiles import Profile
from dukao.breakdown.values import Breakdown
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.report.values import Report
from dukao.site.archive import store
from dukao.site.archive.beside import read_beside
from dukao.site.archive.errors import Refusal
from dukao.site.archive.models import Compilation, Document, DocumentKind, Publicity
from dukao.site.archive.queries import known_digests, source_of
from dukao.site.archive.reading import Reading, read_as, read_upload
from dukao.site.archive.rules_version import rules_version
from dukao.site.archive.secrecy import find_mark
from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused

COUNTED = ("commitments", "measures", "tasks", "livelihood")
LARGEST = 50 * 1024 * 1024


class Action(models.TextChoices):
    """What is done here."""

    KEPT = "document-kept", "存入文件"
    COMPILED = "document-compiled", "重新读取文件"
    PUBLICITY_SET = "document-publicity-set", "定文件公开属性"
    PROFILE_CORRECTED = "profile-corrected", "改定分解写法"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it comes in: its bytes and its name, what somebody says it is (None: what it reads as), of
    which year (None: what it says)."""

    data: bytes
    name: str
    kind: DocumentKind | None = None
    year: int | None = None


@transaction.atomic
def keep_documents(uploads: Sequence[Upload], *, by: Viewer, at: datetime) -> list[Document]:
    """Keep several files, all or none of them."""
    if not uploads:
        raise Refused(Refusal.NO_FILE, status=422)
    return [keep_document(upload, by=by, at=at) for upload in uploads]


def sweep_files(at: datetime) -> int:
    """Take away what killed processes and failed restores left in the store; how many files that were."""
    return store.sweep(known_digests(), now=at.timestamp())


def keep_document(upload: Upload, *, by: Viewer, at: datetime) -> Document:
    """Keep a file as it came, with what was read from it; the very same file is kept once and given back.

    Refused before anything is stored: a file too large, unreadable (SourceError), not safe to open, marked as
    classified, neither report nor breakdown, or not what somebody says it is.
    """
    require(by, Act.UPLOAD)
    name = PurePath(upload.name.replace("\\", "/")).name[-200:] or "未命名"
    refuse_too_large(name, len(upload.data))
    source = read_upload(upload.data, name)
    mark = find_mark(source.text, name, read_beside(upload.data, name))
    if mark:
        raise Refused(Refusal.CLASSIFIED, name=name, mark=mark, status=422)
    reading = read_as(source, upload.kind)
    return _keep(upload, source, reading, by=by, at=at)


def refuse_too_large(name: str, size: int) -> None:
    """Refuse a file past the limit; asked before its bytes are in hand."""
    if size > LARGEST:
        limit = LARGEST // 2**20
        raise Refused(Refusal.TOO_LARGE, name=name, size=size // 2**20, limit=limit, status=413)


@transaction.atomic
def _keep(upload: Upload, source: Source, reading: Reading, *, by: Viewer, at: datetime) -> Document:
    document, is_new = _once(upload, source, reading, by, at)
    if not is_new:
        return document
    store.keep(upload.data)
    _keep_compilation(document, None, reading.result, at)
    after = {"name": source.name, "kind": reading.kind, "year": document.year, "sha256": source.sha256}
    after["rules"] = rules_version()
    record(Action.KEPT, by=by.actor, at=at, about=[("document", document.pk)], after=after)
    return document


def _once(
    upload: Upload, source: Source, reading: Reading, by: Viewer, at: datetime
) -> tuple[Document, bool]:
    """The document of these bytes, and whether it is new: of two who keep them at once one makes it."""
    return Document.objects.get_or_create(
        place_id=by.place_id,
        kind=reading.kind,
        sha256=source.sha256,
        defaults={
            "year": upload.year or reading.year,
            "name": source.name,
            "title": reading.title[:300],
            "media_type": source.media_type,
            "encoding": source.encoding,
            "size": len(upload.data),
            "chars": len(source.text),
            "text": source.text,
            "uploaded_by_id": by.user_id,
            "uploaded_at": at,
        },
    )


@transaction.atomic
def set_publicity(
    document_id: int, publicity: Publicity, reason: str, *, by: Viewer, at: datetime
) -> Document:
    """Decide who may read a document: 公开属性; 不予公开 needs its reason."""
    require(by, Act.UPLOAD)
    document = lock_document(document_id, by)
    reason = reason.strip() if publicity == Publicity.WITHHELD else ""
    if publicity == Publicity.WITHHELD and not reason:
        raise Refused(Refusal.REASON_MISSING, status=422)
    before = {"publicity": document.publicity, "publicity_reason": document.publicity_reason}
    after = {"publicity": str(publicity), "publicity_reason": reason}
    if before == after:
        return document
    document.publicity, document.publicity_reason = publicity, reason
    document.save(update_fields=("publicity", "publicity_reason"))
    about = [("document", document.pk)]
    record(Action.PUBLICITY_SET, by=by.actor, at=at, about=about, before=before, after=after, why=reason)
    return document


@transaction.atomic
def keep_reading(
    document_id: int, against_id: int | None, profile: Profile | None = None, *, by: Viewer, at: datetime
) -> Compilation:
    """Keep what today's rules read from a document beside what older ones read; the ledger stays as it is.

    Refused where today's rules have read it already. Raises SourceError where they cannot.
    """
    require(by, Act.UPLOAD)
    document = lock_document(document_id, by)
    against = lock_document(against_id, by) if against_id else None
    last = Compilation.objects.filter(document=document, against=against).first()
    new = read_again(document, against, profile)
    same = _read_by_these_rules(document, against)
    if same and is_alike(same.result, new):
        raise Refused(Refusal.NOTHING_NEW, title=str(document))
    made = _keep_compilation(document, against, new, at)
    record(
        Action.COMPILED,
        by=by.actor,
        at=at,
        about=[("document", document.pk)],
        before={"rules": last.rules_version} if last else None,
        after={"rules": made.rules_version},
    )
    return made


def read_again(
    document: Document, against: Document | None, profile: Profile | None = None
) -> dict[str, Any]:
    """What today's rules read from a kept document, in the public JSON; nothing is changed."""
    if document.kind == DocumentKind.REPORT:
        return compile_report(source_of(document)).as_json()
    report = compile_report(source_of(against)) if against else None
    return compile_breakdown(source_of(document), report, profile=profile).as_json()


def is_alike(kept: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether two readings say the same; the profile of a place may let the same rules read otherwise."""
    return json.dumps(kept, sort_keys=True) == json.dumps(new, sort_keys=True)


def _read_by_these_rules(document: Document, against: Document | None) -> Compilation | None:
    found = Compilation.objects.filter(document=document, against=against, rules_version=rules_version())
    return found.first()


def lock_document(document_id: int, by: Viewer) -> Document:
    """A document of the viewer's place, locked until the transaction ends; 404 for any other."""
    found = Document.objects.select_for_update().filter(pk=document_id, place_id=by.place_id).first()
    if found is None:
        raise Http404
    return found


def put_in_force(document_id: int, *, at: datetime) -> None:
    """A breakdown is issued: who may read documents may read it now. Part of that action, records nothing."""
    Document.objects.filter(pk=document_id, in_force_at=None).update(in_force_at=at)


def compile_kept_report(document: Document, *, at: datetime) -> tuple[Report, Compilation]:
    """What today's rules read from a kept report, kept beside it; part of a larger action, records nothing.

    Raises SourceError where the document is no report.
    """
    report = compile_report(source_of(document))
    title = report.title or document.name
    Document.objects.filter(pk=document.pk).update(title=title, year=document.year or report.year)
    return report, _keep_compilation(document, None, report.as_json(), at)


def compile_kept_breakdown(
    document: Document, against: Document, report: Report, profile: Profile | None = None, *, at: datetime
) -> tuple[Breakdown, Compilation]:
    """What today's rules read from a kept breakdown held against its report; records nothing itself.

    `profile` is what its place does. Raises SourceError where the document is no breakdown.
    """
    breakdown = compile_breakdown(source_of(document), report, profile=profile)
    title = breakdown.notice.title or document.name
    year = document.year or breakdown.year or report.year
    Document.objects.filter(pk=document.pk).update(title=title, year=year)
    return breakdown, _keep_compilation(document, against, breakdown.as_json(), at)


def keep_drafted(
    upload: Upload, source: Source, against: Document, result: dict[str, Any], *, by: Viewer, at: datetime
) -> tuple[Document, Compilation]:
    """Keep a breakdown the program wrote from a report alone, `source` its file as read, with what it says.

    Part of a larger action. The very same draft is kept once and given back.
    """
    require(by, Act.UPLOAD)
    title = f"{upload.year}年政府工作报告责任分解（初稿）"
    reading = Reading(DocumentKind.BREAKDOWN, title, upload.year, result)
    document = _keep(upload, source, reading, by=by, at=at)
    return document, _keep_compilation(document, against, result, at)


def _keep_compilation(
    document: Document, against: Document | None, result: dict[str, Any], at: datetime
) -> Compilation:
    same = _read_by_these_rules(document, against)
    if same and is_alike(same.result, result):
        return same
    return Compilation.objects.create(
        document=document,
        against=against,
        rules_version=rules_version(),
        result=result,
        counts={name: len(found) for name in COUNTED if (found := result.get(name))},
        made_at=at,
    )
