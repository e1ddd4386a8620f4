"""From a report and its breakdown on disk, or the report alone, to a draft under review, or all the way to an
issued ledger: what commands do.

The same actions as on the pages, in one transaction: killed on the way, it leaves all or nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from dukao.reading.errors import refuse
from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import Document, DocumentKind, Publicity
from dukao.site.ledger.models import Breakdown, Question
from dukao.site.ledger.review.drafting import draft_from_report
from dukao.site.ledger.review.proposing import propose_breakdown
from dukao.site.ledger.review.settling import accept_proposals
from dukao.site.ledger.steps.approving import record_approval
from dukao.site.ledger.steps.issuing import IssueForm, issue_breakdown
from dukao.site.people.access import Viewer


@dataclass(frozen=True, slots=True)
class Decision:
    """What a trial fills in for the meeting and the head; what is None the notice says itself."""

    meeting: str | None = None
    approved_on: date | None = None
    document_number: str | None = None
    issued_on: date | None = None
    publicity: Publicity = Publicity.INTERNAL


@transaction.atomic
def take_in(report: Path, breakdown: Path | None, *, year: int | None, by: Viewer, at: datetime) -> Breakdown:
    """Keep the files and draft the breakdown they make: as far as the review, and no further.

    Where there is no breakdown it is drafted from the report, as the place divided its work before. Raises
    SourceError for a file that cannot be read, Refused for one that is not taken in.
    """
    kept = _keep(report, DocumentKind.REPORT, year, by, at)
    if breakdown is None:
        return draft_from_report(kept, (), year=year, by=by, at=at)
    document = _keep(breakdown, DocumentKind.BREAKDOWN, year, by, at)
    return propose_breakdown(kept, document, year=year, by=by, at=at)


@transaction.atomic
def settle_and_issue(
    draft: Breakdown, decision: Decision, *, clerk: Viewer, head: Viewer, at: datetime
) -> Breakdown:
    """Accept every proposal, record the meeting and issue: for trials, in the names of those who tried."""
    accept_proposals(draft.pk, by=clerk, at=at)
    notice = draft.compilation.result["notice"]
    dated = date.fromisoformat(notice["dated"]) if notice["dated"] else localdate(at)
    meeting = decision.meeting or notice["meeting"] or "（试用，未经会议审议）"
    approved_on = decision.approved_on or decision.issued_on or dated
    record_approval(draft.pk, meeting, approved_on, by=clerk, at=at)
    number = decision.document_number or notice["document_number"] or f"试用〔{dated.year}〕1号"
    form = IssueForm(number, decision.issued_on or dated, decision.publicity)
    return issue_breakdown(draft.pk, form, by=head, at=at)


def open_matters(draft: Breakdown) -> dict[str, list[str]]:
    """What a person still has to settle in a draft, under the names of its kinds, most pressing first."""
    groups: dict[str, list[str]] = {}
    for question in Question.objects.filter(breakdown=draft, settled_at__isnull=True):
        groups.setdefault(question.get_kind_display(), []).append(" ".join(question.message.split()))
    return groups


def _keep(path: Path, kind: DocumentKind, year: int | None, by: Viewer, at: datetime) -> Document:
    return keep_document(Upload(_read(path), path.name, kind, year), by=by, at=at)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise refuse(path.name, "missing", path=path) from None
    except IsADirectoryError:
        raise refuse(path.name, "directory") from None
    except OSError as error:
        raise refuse(path.name, "unreadable", reason=error.strerror or error) from None
