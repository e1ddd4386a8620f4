"""From a report alone to a draft breakdown on the record: cut, proposed, nothing decided."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from dukao.drafting.drafter import draft_breakdown
from dukao.drafting.held import hold_draft
from dukao.drafting.values import Draft
from dukao.papers.draft_workbook import cite_draft, list_draft_sheets
from dukao.papers.spreadsheet import write_spreadsheet
from dukao.site.archive.actions import Upload, compile_kept_report, keep_drafted
from dukao.site.archive.models import Document, DocumentKind
from dukao.site.archive.reading import read_upload
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import Breakdown
from dukao.site.ledger.naming import Action
from dukao.site.ledger.review.asking import ask_questions
from dukao.site.ledger.review.past import at_its_level, read_past, recorded_past
from dukao.site.ledger.review.proposing import lay_out, refuse_taken_year
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.models import Place
from dukao.site.refusals import Refused


@transaction.atomic
def draft_from_report(
    report: Document, past: Sequence[Document], *, year: int | None, by: Viewer, at: datetime
) -> Breakdown:
    """Draft the breakdown of a report of the viewer's place; `past` are files of earlier breakdowns.

    What the place issued, and what persons decided on the record, is learned from anyway. The draft is kept
    as the workbook it is, and goes the way of every breakdown: review, consultation, approval, issue.
    Refused where the year already has a breakdown, or nothing of the report can be cut into tasks.
    """
    require(by, Act.UPLOAD)
    place = Place.objects.select_for_update().get(pk=by.place_id)
    read_report, report_compilation = compile_kept_report(report, at=at)
    year = year or read_report.year or at.year
    refuse_taken_year(place, year)
    known = [*recorded_past(place, at), *read_past(past, place, at)]
    draft = draft_breakdown(at_its_level(read_report, place), known)
    if not draft.tasks:
        raise Refused(Refusal.NOTHING_TO_DRAFT, name=report.name, status=422)
    upload = Upload(_as_workbook(draft), f"{year}年责任分解初稿.xlsx", DocumentKind.BREAKDOWN, year)
    source = read_upload(upload.data, upload.name)
    held = hold_draft(draft, read_report, source)
    result = {**held.as_json(), "draft": draft.as_json()}
    document, compilation = keep_drafted(upload, source, report, result, by=by, at=at)
    breakdown = Breakdown.objects.create(
        place=place,
        year=year,
        report=report,
        document=document,
        report_compilation=report_compilation,
        compilation=compilation,
        is_drafted=True,
        title=f"{year}年政府工作报告重点工作责任分解",
        created_at=at,
    )
    lay_out(breakdown, held, read_report, at)
    questions = ask_questions(breakdown, held, read_report, draft)
    after = {
        "year": year,
        "report": report.sha256,
        "document": document.sha256,
        "rules": compilation.rules_version,
        "tasks": len(draft.tasks),
        "left_out": len(draft.left_out),
        "learned_from": [one.source.name for one in known],
        "questions": len(questions),
    }
    about = [("breakdown", breakdown.pk), ("document", report.pk), ("document", document.pk)]
    record(Action.DRAFTED, by=by.actor, at=at, about=about, after=after)
    return breakdown


def _as_workbook(draft: Draft) -> bytes:
    return write_spreadsheet(list_draft_sheets(draft), title="责任分解初稿", source=cite_draft(draft))
