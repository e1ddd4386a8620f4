"""专项清单: the lists a place keeps, and the items of one."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router
from pydantic import Field

from dukao.site.api import schemas
from dukao.site.api.answering import Asked, DatedPaging, give_page, moment_of
from dukao.site.api.routes import give_list
from dukao.site.people.access import Act, require
from dukao.site.supervision.registers.access import kept_register
from dukao.site.supervision.registers.items import Row
from dukao.site.supervision.registers.lists import FACETS, read_list
from dukao.site.supervision.registers.queries import Summary, read_registers

router = Router(tags=["专项清单"])


class ItemsAsked(DatedPaging):
    """Which items of a list are wanted."""

    year: int = Field(ge=1990, le=2100, description="年度")
    stage: str = Field(default="", description="步骤，如 待受理告知；不写为全部")
    unit: str = Field(default="", description="牵头单位编号；不写为全部")
    limit_: str = Field(
        default="", alias="due", description="over 已逾期，soon 7日内到期，later 未到期，none 未定时限"
    )
    light: str = Field(default="", description="进度灯，如 red；不写为全部")


@give_list(router, "/registers", schemas.KeptRegister, "listRegisters", "专项清单")
def list_registers(request: Asked, paging: Query[DatedPaging]) -> HttpResponse:
    """The lists the place keeps."""
    require(request.viewer, Act.SEE_LIGHTS)
    found = read_registers(request.viewer, request.moment, moment_of(request))
    return give_page(request, found, paging, _lay_registers, schemas.KeptRegister)


@give_list(
    router,
    "/registers/{code}/items",
    schemas.RegisterItem,
    "listRegisterItems",
    "一份清单的事项",
    "令牌的用户能看到的事项，各栏的内容在 values 里，以栏目的名称为键。",
)
def list_items(request: Asked, code: str, paging: Query[ItemsAsked]) -> HttpResponse:
    """The items of a list the viewer sees, under the selection of its page."""
    require(request.viewer, Act.SEE_LIGHTS)
    viewer, moment = request.viewer, moment_of(request)
    kept = kept_register(viewer.place_id, code, moment)
    said = (paging.stage, paging.unit, paging.limit_, paging.light)
    chosen = dict(zip(FACETS, said, strict=True))
    day = localdate(moment or request.moment)
    page = read_list(viewer, kept, paging.year, day, request.moment, chosen, moment)
    return give_page(request, page.rows, paging, _lay_items, schemas.RegisterItem)


def _lay_registers(found: Iterable[Summary]) -> list[schemas.KeptRegister]:
    return [
        schemas.KeptRegister(
            code=one.kept.code,
            name=one.kept.name,
            since=one.kept.since,
            year=one.year,
            items=one.issued,
            drafts=one.drafts,
            closed=one.counts.closed,
            behind=one.behind,
        )
        for one in found
    ]


def _lay_items(rows: Iterable[Row]) -> list[schemas.RegisterItem]:
    return [
        schemas.RegisterItem(
            task_id=row.task_id,
            number=row.number,
            status=row.state.status,
            text=row.state.text,
            leads=[one.name for one in row.leads],
            others=[one.name for one in row.others],
            leader=row.leader,
            stage=row.stage,
            due=row.due,
            light=row.lights.light.value if row.lights else "",
            reason=row.lights.progress.reason if row.lights else "",
            values={one.field.head: one.words for one in row.cells if one.words},
            places=row.spots,
            places_done=row.spots_done,
        )
        for row in rows
    ]
