"""佐证: added to a filing as a file or a sentence, withdrawn and never deleted."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import transaction
from django.http import Http404

from dukao.site.archive.attachments import keep_attachment
from dukao.site.history.actions import record
from dukao.site.ledger.search import fold
from dukao.site.people.access import Act, Viewer, require
from dukao.site.refusals import Refused
from dukao.site.statements import Lookup
from dukao.site.supervision.access import spoken_for
from dukao.site.supervision.filing.errors import Refusal
from dukao.site.supervision.models import Evidence, EvidenceKind, Filing, FilingStage
from dukao.site.supervision.naming import Action

_FIXED = (FilingStage.ACCEPTED, FilingStage.MOVED)


class _Held(NamedTuple):
    """The filing that evidence is brought to."""

    pk: int
    task_id: int
    unit_id: int
    stage: str
    closed_at: datetime | None
    label: str


_READ = (*_Held._fields[:4], "round__closed_at", "round__label")
_HELD = Lookup(Filing.objects.order_by().values_list(*_READ).select_for_update(of=("self",)), "pk")


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """What is brought as evidence: a file with its name, a sentence, or both."""

    kind: EvidenceKind
    title: str = ""
    data: bytes = b""
    file_name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a sentence nor a file."""
        return not self.title.strip() and not self.data


def keep_proof(proof: NewEvidence, *, by: Viewer, at: datetime) -> dict[str, Any]:
    """The fields of what is brought, its file looked at and kept; part of an action."""
    title = " ".join(proof.title.split())[:200]
    kept = keep_attachment(proof.data, proof.file_name, at=at) if proof.data else None
    return {
        "kind": proof.kind,
        "title": title or (kept.name if kept else ""),
        "sha256": kept.sha256 if kept else "",
        "file_name": kept.name if kept else "",
        "size": kept.size if kept else 0,
        "fingerprint": kept.sha256 if kept else fingerprint_of(title),
        "added_by_id": by.user_id,
        "added_at": at,
    }


@transaction.atomic
def add_evidence(filing_id: int, proof: NewEvidence, *, by: Viewer, at: datetime) -> Evidence:
    """Add evidence to a filing the office has not taken yet; a file is looked at before it is kept."""
    filing = _lock(filing_id, by)
    if proof.is_empty:
        raise Refused(Refusal.EVIDENCE_EMPTY, status=422)
    evidence = Evidence.objects.create(filing_id=filing.pk, **keep_proof(proof, by=by, at=at))
    _record(Action.EVIDENCE_ADDED, evidence, filing, by=by, at=at, after=as_plain(evidence))
    return evidence


@transaction.atomic
def withdraw_evidence(evidence_id: int, *, by: Viewer, at: datetime) -> Evidence:
    """Take evidence back; it stays on the record, and so does its file."""
    require(by, Act.FILE)
    found = Evidence.objects.select_for_update().filter(pk=evidence_id, withdrawn_at__isnull=True)
    evidence: Evidence | None = found.first()
    if evidence is None:
        raise Http404
    filing = _lock(evidence.filing_id, by)
    evidence.withdrawn_by_id, evidence.withdrawn_at = by.user_id, at
    evidence.save(update_fields=("withdrawn_by", "withdrawn_at"))
    _record(Action.EVIDENCE_WITHDRAWN, evidence, filing, by=by, at=at, before=as_plain(evidence))
    return evidence


def fingerprint_of(sentence: str) -> str:
    """The same for the same sentence, however it is spaced, stopped or written in width."""
    return sha256(fold(sentence).replace(" ", "").strip("。.；;，, ").encode()).hexdigest()


def as_plain(evidence: Evidence) -> dict[str, object]:
    """Evidence as plain JSON for the history."""
    return {
        "类别": str(EvidenceKind(evidence.kind).label),
        "说明": evidence.title,
        "文件": evidence.file_name,
        "sha256": evidence.sha256,
        "字节": evidence.size,
    }


def _lock(filing_id: int, by: Viewer) -> _Held:
    require(by, Act.FILE)
    filing = next((_Held._make(row) for row in _HELD.find(filing_id)), None)
    if filing is None or not spoken_for(by, [filing.unit_id]):
        raise Http404
    if filing.stage in _FIXED:
        raise Refused(Refusal.EVIDENCE_LATE, stage=FilingStage(filing.stage).label)
    if filing.closed_at:
        raise Refused(Refusal.ROUND_CLOSED, label=filing.label)
    return filing


def _record(
    action: Action,
    evidence: Evidence,
    filing: _Held,
    *,
    by: Viewer,
    at: datetime,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    about = [("evidence", evidence.pk), ("filing", filing.pk), ("task", filing.task_id)]
    record(action, by=by.actor, at=at, about=about, before=before, after=after)
