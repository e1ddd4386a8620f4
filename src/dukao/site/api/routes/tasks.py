"""The ledger: its years, its tasks, one task."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from ninja import Query, Router
from ninja.params.functions import Query as query_of
from pydantic import Field

from dukao.site.api import schemas
from dukao.site.api.answering import AS_OF, Asked, DatedPaging, give_one, give_page, moment_of
from dukao.site.api.routes import give_list, give_thing
from dukao.site.ledger.access import visible_state
from dukao.site.ledger.models import Register, Role, TaskKind, TaskMeasure
from dukao.site.ledger.queries.facets import choose_rows
from dukao.site.ledger.queries.ledger import Sheet, read_sheets
from dukao.site.ledger.queries.rows import LeaderName, Row, leaders_on
from dukao.site.ledger.queries.search import search_rows
from dukao.site.ledger.queries.selection import read_selection
from dukao.site.ledger.queries.whole_tasks import WholeTask, read_whole
from dukao.site.people.access import Act, Viewer, may, require

router = Router(tags=["台账"])
_SELECTION = (
    "筛选参数与台账页的地址相同，可以照抄：kind、lead（牵头单位编号）、part（责任或配合单位编号）、group（统称编号）、"
    "leader（职务编号）、register、number=1（有数字）、remark=1、differs=1、no_deadline=1、shared=1，"
    "同一个参数写几次是“或”，不同参数是“且”。"
)


class TaskAsked(DatedPaging):
    """Which tasks are wanted."""

    year: int | None = Field(default=None, ge=1990, le=2100, description="年度；不写为全部年度")
    q: str = Field(default="", max_length=60, description="搜索：任务里的字，或单位的任何名称")
    kind: str | None = Field(default=None, description="key 重点工作，livelihood 民生实事")
    lead: int | None = Field(default=None, description="牵头单位编号")
    leader: int | None = Field(default=None, description="牵头领导的职务编号")
    register_: str | None = Field(default=None, alias="register", description="五个重大清单之一")


@give_list(router, "/years", schemas.Year, "listYears", "有责任分解的年度")
def list_years(request: Asked, paging: Query[DatedPaging]) -> HttpResponse:
    """The years whose tasks the viewer may see."""
    require(request.viewer, Act.SEE_LEDGER)
    sheets = read_sheets(request.viewer, moment_of(request))

    def lay(page: Iterable[Sheet]) -> list[schemas.Year]:
        return [schemas.Year(**one._asdict()) for one in page]

    return give_page(request, sheets, paging, lay, schemas.Year)


@give_list(
    router,
    "/tasks",
    schemas.Task,
    "listTasks",
    "任务（重点工作和民生实事）",
    f"令牌的用户能看到的全部任务，按文件次序。{_SELECTION}",
)
def list_tasks(request: Asked, paging: Query[TaskAsked]) -> HttpResponse:
    """The tasks the viewer sees, under the selection of the ledger page."""
    return _give_tasks(request, paging, request.GET)


@give_list(
    router,
    "/livelihood",
    schemas.Task,
    "listLivelihood",
    "民生实事",
    f"令牌的用户能看到的民生实事各项内容，按文件次序。{_SELECTION}",
)
def list_livelihood(request: Asked, paging: Query[TaskAsked]) -> HttpResponse:
    """The livelihood contents the viewer sees."""
    query = request.GET.copy()
    query["kind"] = TaskKind.LIVELIHOOD.value
    return _give_tasks(request, paging, query)


@give_thing(router, "/tasks/{int:task_id}", schemas.Task, "readTask", "一项任务")
def read_task(request: Asked, task_id: int, as_of: str = query_of("", description=AS_OF)) -> HttpResponse:
    """One task the viewer sees; 404 for any other."""
    require(request.viewer, Act.SEE_LEDGER)
    moment = moment_of(request)
    visible_state(request.viewer, task_id, moment)
    leaders = leaders_on(request.viewer.place_id, moment, request.moment)
    return give_one(request, lay_task(request.viewer, read_whole([task_id], moment)[0], leaders))


def _give_tasks(request: Asked, paging: TaskAsked, query: QueryDict) -> HttpResponse:
    require(request.viewer, Act.SEE_LEDGER)
    viewer, moment = request.viewer, moment_of(request)
    selection = read_selection(query)
    leaders = leaders_on(viewer.place_id, moment, request.moment)
    found = search_rows(viewer, moment, paging.year, selection.terms, leaders)
    rows, _ = choose_rows(found.rows, selection, leaders)

    def lay(page: Sequence[Row]) -> list[schemas.Task]:
        tasks = read_whole([row.task_id for row in page], moment)
        return [lay_task(viewer, task, leaders) for task in tasks]

    return give_page(request, rows, paging, lay, schemas.Task)


def lay_task(viewer: Viewer, task: WholeTask, leaders: Mapping[int, LeaderName]) -> schemas.Task:
    """A task as the API gives it: the report's words only to who may read them."""
    state = task.state
    compares, reads = may(viewer, Act.SEE_COVERAGE), may(viewer, Act.SEE_DOCUMENTS)
    differences = [
        schemas.TextDifference(kind=one["kind"], report=one["report"], breakdown=one["breakdown"])
        for one in state.differences
    ]
    return schemas.Task(
        id=state.task_id,
        number=state.task.number or "",
        row=task.signs,
        kind=state.task.kind,
        year=state.task.year,
        status=state.status,
        title=state.title,
        text=state.text,
        project=state.project,
        section=state.section,
        remark=state.remark,
        deadline_text=state.deadline_text,
        deadline=state.deadline,
        deadline_kind=state.deadline_kind,
        publicity=state.publicity,
        publicity_reason=state.publicity_reason,
        responsibilities=[_lay_duty(one) for one in task.duties],
        leaders=[lay_leader(leaders[post]) for post in task.posts if post in leaders],
        measures=[schemas.Measure(**measure_fields(one)) for one in task.measures],
        registers=[
            schemas.Register(
                code=one.register, label=str(Register(one.register).label), is_proposed=one.is_proposed
            )
            for one in task.tags
        ],
        relation=state.relation if compares else "",
        differences=differences if compares else [],
        spans=state.source_spans if reads else [],
        recorded_at=state.since,
    )


def _lay_duty(duty: Any) -> schemas.Duty:
    return schemas.Duty(
        role=duty["role"],
        role_label=str(Role(duty["role"]).label),
        unit_id=duty["unit"],
        group_id=duty["group"],
        name=duty["name"],
        office=duty["office"],
        scope=duty["scope"],
        basis=duty["basis"],
        written=duty["written"],
    )


def lay_leader(leader: LeaderName) -> schemas.Leader:
    """A post with who holds it."""
    return schemas.Leader(
        post_id=leader.post_id, name=leader.name, title=leader.title, is_head=leader.is_head
    )


def measure_fields(measure: TaskMeasure) -> dict[str, Any]:
    """A number of a task, by the names of `schemas.Measure`."""
    return {name: getattr(measure, name) for name in schemas.Measure.model_fields}
