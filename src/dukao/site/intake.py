"""From two files on disk to a draft under review, or all the way to an issued ledger: what commands do.

The same actions as on the pages, in one transaction: killed on the way, it leaves all or nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.timezone import localdate

from dukao.reading.errors import refuse
from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import DocumentKind, Publicity
from dukao.site.history.actions import record
from dukao.site.ledger.issuing import IssueForm, issue_breakdown
from dukao.site.ledger.models import Breakdown, Question, Responsibility, Stage, Status, TaskState
from dukao.site.ledger.naming import Action
from dukao.site.ledger.proposing import propose_breakdown
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
def take_in(report: Path, breakdown: Path, *, year: int | None, by: Viewer, at: datetime) -> Breakdown:
    """Keep two files and draft the breakdown they make: as far as the review, and no further.

    Raises SourceError for a file that cannot be read, Refused for one that is not taken in.
    """
    kept = [
        keep_document(Upload(_read(path), path.name, kind, year), by=by, at=at)
        for path, kind in ((report, DocumentKind.REPORT), (breakdown, DocumentKind.BREAKDOWN))
    ]
    return propose_breakdown(*kept, year=year, by=by, at=at)


@transaction.atomic
def settle_and_issue(
    draft: Breakdown, decision: Decision, *, clerk: Viewer, head: Viewer, at: datetime
) -> Breakdown:
    """Accept every proposal, record the meeting and issue: for trials, in the names of those who tried."""
    _settle(draft, by=clerk, at=at)
    notice = draft.compilation.result["notice"]
    dated = date.fromisoformat(notice["dated"]) if notice["dated"] else localdate(at)
    meeting = decision.meeting or notice["meeting"] or "（试用，未经会议审议）"
    _approve(draft, meeting, decision.approved_on or decision.issued_on or dated, by=clerk, at=at)
    number = decision.document_number or notice["document_number"] or f"试用〔{dated.year}〕1号"
    form = IssueForm(number, decision.issued_on or dated, decision.publicity)
    return issue_breakdown(draft.pk, form, by=head, at=at)


def open_matters(draft: Breakdown) -> dict[str, list[str]]:
    """What a person still has to settle in a draft, under the names of its kinds, most pressing first."""
    groups: dict[str, list[str]] = {}
    for question in Question.objects.filter(breakdown=draft, settled_at__isnull=True):
        groups.setdefault(question.get_kind_display(), []).append(" ".join(question.message.split()))
    return groups


def _settle(draft: Breakdown, *, by: Viewer, at: datetime) -> None:
    """What is proposed becomes what holds; a row without a lead is led by the first unit it names."""
    duties = Responsibility.objects.at(None)
    led = duties.filter(role="lead").values("task_id")
    drafts = TaskState.objects.at(None).filter(task__breakdown=draft, status=Status.DRAFT)
    for state in drafts.exclude(task_id__in=led):
        first = duties.filter(task_id=state.task_id, unit__isnull=False).first()
        if first and first.basis != "joint":
            Responsibility.objects.filter(pk=first.pk).update(role="lead", basis="act")
    for question in Question.objects.filter(breakdown=draft, settled_at__isnull=True):
        question.answer = question.proposal or {"answer": "kept"}
        question.settled_at, question.settled_by_id = at, by.user_id
        question.save(update_fields=("answer", "settled_at", "settled_by"))
    record(Action.PROPOSALS_ACCEPTED, by=by.actor, at=at, about=[("breakdown", draft.pk)])


def _approve(draft: Breakdown, meeting: str, on: date, *, by: Viewer, at: datetime) -> None:
    Breakdown.objects.filter(pk=draft.pk).update(meeting=meeting, approved_on=on, stage=Stage.APPROVAL)
    after = {"meeting": meeting, "approved_on": on.isoformat()}
    record(Action.APPROVED, by=by.actor, at=at, about=[("breakdown", draft.pk)], after=after)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise refuse(path.name, "missing", path=path) from None
    except IsADirectoryError:
        raise refuse(path.name, "directory") from None
    except OSError as error:
        raise refuse(path.name, "unreadable", reason=error.strerror or error) from None
