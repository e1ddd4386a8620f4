"""Papers and their way: documents, breakdowns, consultations, supplements."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from dukao.site.api import schemas
from dukao.site.api.answering import Asked, Paging, give_page
from dukao.site.api.routes import give_list
from dukao.site.archive.models import Document
from dukao.site.archive.queries import documents_of
from dukao.site.ledger.models import Consultation, Supplement
from dukao.site.ledger.queries.breakdowns import Overview, breakdowns_of
from dukao.site.ledger.queries.consultations import answered, answers_of, consultations_for, rounds_of
from dukao.site.ledger.queries.supplements import supplements_of
from dukao.site.people.access import Act, Viewer, may, require

router = Router(tags=["文件和分解"])


class DocumentsAsked(Paging):
    """Which documents are wanted."""

    kind: str = Field(default="", description="report 政府工作报告，breakdown 责任分解；不写为全部")
    year: int | None = Field(default=None, ge=1990, le=2100, description="年度；不写为全部")


@give_list(
    router,
    "/documents",
    schemas.Document,
    "listDocuments",
    "存入的文件",
    "文件的名称、来历和指纹，新的在前。",
)
def list_documents(request: Asked, paging: Query[DocumentsAsked]) -> HttpResponse:
    """The documents of the place."""
    require(request.viewer, Act.SEE_DOCUMENTS)
    documents = documents_of(request.viewer, paging.kind, paging.year)
    return give_page(request, documents, paging, _lay_documents, schemas.Document)


def _lay_documents(documents: Iterable[Document]) -> list[schemas.Document]:
    names = (
        "kind",
        "year",
        "title",
        "name",
        "sha256",
        "media_type",
        "size",
        "chars",
        "publicity",
        "uploaded_at",
    )
    return [
        schemas.Document(
            id=one.pk,
            uploaded_by=one.uploaded_by.name,
            rules=list(dict.fromkeys(made.rules_version for made in one.compilations.all())),
            **{name: getattr(one, name) for name in names},
        )
        for one in documents
    ]


@give_list(
    router,
    "/breakdowns",
    schemas.Breakdown,
    "listBreakdowns",
    "责任分解",
    "各年度的责任分解和还在等人办的事。",
)
def list_breakdowns(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The breakdowns of the place, for the office."""
    require(request.viewer, Act.REVIEW)
    return give_page(request, breakdowns_of(request.viewer), paging, _lay_breakdowns, schemas.Breakdown)


def _lay_breakdowns(overviews: Iterable[Overview]) -> list[schemas.Breakdown]:
    names = ["year", "title", "stage", "report_id", "document_id", "meeting", "approved_on"]
    names += ["document_number", "issued_on", "publicity"]
    return [
        schemas.Breakdown(
            id=one.breakdown.pk,
            stage_label=str(one.breakdown.get_stage_display()),
            rows=one.rows,
            tasks=one.tasks,
            contents=one.contents,
            open=[str(matter) for matter in one.open],
            **{name: getattr(one.breakdown, name) for name in names},
        )
        for one in overviews
    ]


@give_list(
    router,
    "/supplements",
    schemas.Supplement,
    "listSupplements",
    "补充通知和批准",
    "印发之后对任务的改动和所依据的文件。",
)
def list_supplements(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """What changed after the issue, for the office."""
    require(request.viewer, Act.REVIEW)
    found = [one for overview in breakdowns_of(request.viewer) for one in supplements_of(overview.breakdown)]
    return give_page(request, found, paging, _lay_supplements, schemas.Supplement)


def _lay_supplements(supplements: Iterable[Supplement]) -> list[schemas.Supplement]:
    names = ("breakdown_id", "kind", "stage", "document_number", "dated", "why", "signed_at")
    return [
        schemas.Supplement(
            id=one.pk,
            year=one.breakdown.year,
            tasks=[change["task"] for change in one.changes],
            **{name: getattr(one, name) for name in names},
        )
        for one in supplements
    ]


@give_list(
    router,
    "/consultations",
    schemas.Consultation,
    "listConsultations",
    "征求意见",
    "办公室看到各轮的答复数；单位看到征求本单位的各轮和本单位的答复。",
)
def list_consultations(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """The rounds of asking: to the office with counts, to a unit with its own answer."""
    viewer = request.viewer
    if may(viewer, Act.REVIEW):
        found = [one for overview in breakdowns_of(viewer) for one in rounds_of(overview.breakdown)]
        return give_page(request, found, paging, _lay_rounds, schemas.Consultation)
    require(viewer, Act.ANSWER)

    def lay(page: Iterable[Consultation]) -> list[schemas.Consultation]:
        return [_lay_round(one, own_answer=_own_answer(one, viewer)) for one in page]

    return give_page(request, consultations_for(viewer), paging, lay, schemas.Consultation)


def _lay_rounds(rounds: Iterable[Consultation]) -> list[schemas.Consultation]:
    laid = []
    for one in rounds:
        answers = answers_of(one)
        said = Counter("silent" if not a.reply else "objected" if a.opinions else "agreed" for a in answers)
        counts = {name: said[name] for name in ("agreed", "objected", "silent")}
        laid.append(_lay_round(one, asked=len(answers), **counts))
    return laid


def _lay_round(consultation: Consultation, **said: Any) -> schemas.Consultation:
    names = ("breakdown_id", "opened_at", "due", "closed_at")
    facts: dict[str, Any] = {name: getattr(consultation, name) for name in names}
    facts |= dict.fromkeys(("asked", "agreed", "objected", "silent", "own_answer"))
    return schemas.Consultation(id=consultation.pk, year=consultation.breakdown.year, **{**facts, **said})


def _own_answer(consultation: Consultation, viewer: Viewer) -> str:
    reply = answered(consultation).get(viewer.unit_id or 0)
    if reply is None:
        return "silent"
    return "agreed" if reply.agreed else "opinions"
