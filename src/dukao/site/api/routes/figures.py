"""What can be counted: numbers of tasks, the fate of commitments, what was asked and settled."""

from collections.abc import Iterable

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from dukao.site.api import schemas
from dukao.site.api.answering import Asked, DatedPaging, give_page, moment_of
from dukao.site.api.routes import give_list
from dukao.site.api.routes.tasks import measure_fields
from dukao.site.ledger.queries.conflicts import Finding, read_conflicts
from dukao.site.ledger.queries.coverage import Promise, read_coverage
from dukao.site.ledger.queries.measures import MeasureLine, read_measures
from dukao.site.people.access import Act, require

router = Router(tags=["指标和核对"])


class YearAsked(DatedPaging):
    """A list of one year."""

    year: int = Field(ge=1990, le=2100, description="年度")


class CoverageAsked(YearAsked):
    """Which commitments are wanted."""

    fate: str = Field(
        default="", description="covered 已分解，uncovered 未分解，framing 不作任务；不写为全部"
    )


class MeasuresAsked(YearAsked):
    """Which numbers are wanted."""

    kind: str = Field(default="", description="性质，如 increment；不写为全部")
    unit: str = Field(default="", description="单位，如 亿元；不写为全部")


class QuestionsAsked(YearAsked):
    """Which questions are wanted."""

    kind: str = Field(default="", description="事由代码；不写为全部")


@give_list(router, "/measures", schemas.TaskMeasure, "listMeasures", "任务里的数字目标")
def list_measures(request: Asked, paging: Query[MeasuresAsked]) -> HttpResponse:
    """The numbers of a year's tasks that the viewer sees."""
    require(request.viewer, Act.SEE_LEDGER)
    viewer, moment = request.viewer, moment_of(request)
    page = read_measures(viewer, paging.year, moment, kind=paging.kind, unit=paging.unit)
    return give_page(request, page.lines, paging, _lay_measures, schemas.TaskMeasure)


def _lay_measures(lines: Iterable[MeasureLine]) -> list[schemas.TaskMeasure]:
    return [
        schemas.TaskMeasure(
            task_id=one.task_id,
            number=one.number,
            task_kind=one.task_kind,
            **measure_fields(one.measure),
        )
        for one in lines
    ]


@give_list(
    router,
    "/coverage",
    schemas.Commitment,
    "listCoverage",
    "报告的承诺和去向",
    "报告对当年的每一条承诺由哪些任务承接。",
)
def list_coverage(request: Asked, paging: Query[CoverageAsked]) -> HttpResponse:
    """The commitments of a year's report, each with its fate."""
    require(request.viewer, Act.SEE_COVERAGE)
    page = read_coverage(request.viewer, paging.year, moment_of(request), fate=paging.fate)
    promises = [(section.title, one) for section in page.sections for one in section.promises]

    def lay(shown: Iterable[tuple[str, Promise]]) -> list[schemas.Commitment]:
        return [_lay_promise(title, one) for title, one in shown]

    return give_page(request, promises, paging, lay, schemas.Commitment)


def _lay_promise(section: str, promise: Promise) -> schemas.Commitment:
    return schemas.Commitment(
        id=promise.commitment_id,
        section=section,
        text=promise.text,
        start=promise.start,
        end=promise.end,
        fate=promise.fate,
        tasks=[taker.number for taker in promise.takers],
        answer=promise.settled.answer if promise.settled else "",
        why=promise.settled.why if promise.settled else "",
    )


@give_list(
    router,
    "/questions",
    schemas.Question,
    "listQuestions",
    "核对事项和冲突",
    "责任分解里要人核对的事项，未处理的在前。",
)
def list_questions(request: Asked, paging: Query[QuestionsAsked]) -> HttpResponse:
    """What a year's breakdown raised, and how each was settled."""
    require(request.viewer, Act.SEE_COVERAGE)
    page = read_conflicts(request.viewer, paging.year, moment_of(request), kind=paging.kind)
    return give_page(request, page.findings, paging, _lay_findings, schemas.Question)


def _lay_findings(findings: Iterable[Finding]) -> list[schemas.Question]:
    return [
        schemas.Question(
            id=one.question_id,
            kind=one.kind,
            label=one.label,
            message=one.message,
            rows=list(one.rows),
            is_open=one.is_open,
            answer=one.answer,
            why=one.why,
            settled_by=one.who,
            settled_at=one.at,
        )
        for one in (finding.settled for finding in findings)
    ]
