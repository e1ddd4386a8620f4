"""Who answers: units, groups, leaders; and whom the token stands for."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router

from dukao.site.api import schemas
from dukao.site.api.answering import Asked, DatedPaging, Paging, give_one, give_page, moment_of
from dukao.site.api.routes import give_list, give_thing
from dukao.site.ledger.access import sees_unit
from dukao.site.ledger.queries.rows import LeaderName, leaders_on
from dukao.site.people.access import Act, require
from dukao.site.people.keeping import groups_to_keep, posts_to_keep, units_to_keep
from dukao.site.people.models import Post, Unit, UnitGroup

router = Router(tags=["单位和领导"])


@give_thing(router, "/me", schemas.Me, "readMe", "令牌代表谁、能看什么")
def read_me(request: Asked) -> HttpResponse:
    """The user of the token."""
    viewer = request.viewer
    names = ("username", "name", "place_code", "place_name", "unit_id", "unit_name")
    roles = [role.value for role in viewer.roles]
    said = {name: getattr(viewer, name) for name in names}
    return give_one(request, schemas.Me(**said, roles=sorted(roles), reach=viewer.reach.value))


@give_list(
    router, "/units", schemas.Unit, "listUnits", "单位", "当天在册的单位；单位用户只看到本单位。按次序。"
)
def list_units(request: Asked, paging: Query[DatedPaging]) -> HttpResponse:
    """The units whose pages the viewer may open."""
    require(request.viewer, Act.SEE_LEDGER)
    day = localdate(moment_of(request) or request.moment)
    units = units_to_keep(request.viewer, day).filter(since__lte=day)
    seen = [unit for unit in units if sees_unit(request.viewer, unit.pk)]
    return give_page(request, seen, paging, _lay_units, schemas.Unit)


def _lay_units(units: Iterable[Unit]) -> list[schemas.Unit]:
    return [
        schemas.Unit(
            id=unit.pk,
            name=unit.name,
            kind=unit.kind,
            kind_label=str(unit.get_kind_display()),
            is_partner=unit.is_partner,
            names=[one.name for one in unit.names.all()],
            offices=[one.name for one in unit.offices.all()],
            since=unit.since,
            until=unit.until,
        )
        for unit in units
    ]


@give_list(
    router,
    "/groups",
    schemas.Group,
    "listGroups",
    "统称",
    "几个单位合用的名称，如各街镇，和当天的成员；单位用户只看到本单位所属的统称，成员不列。",
)
def list_groups(request: Asked, paging: Query[DatedPaging]) -> HttpResponse:
    """The groups of the place; to who is in a unit those it belongs to."""
    require(request.viewer, Act.SEE_LEDGER)
    viewer = request.viewer
    day = localdate(moment_of(request) or request.moment)
    groups = groups_to_keep(viewer, day).prefetch_related("memberships__unit")
    seen = [one for one in groups if sees_unit(viewer, 0) or one.pk in viewer.group_ids]

    def lay(page: Iterable[UnitGroup]) -> list[schemas.Group]:
        return [
            schemas.Group(
                id=one.pk,
                name=one.name,
                is_chosen=one.is_chosen,
                members=[
                    member.unit.name
                    for member in one.memberships.all()
                    if member.since <= day
                    and (member.until is None or member.until > day)
                    and sees_unit(viewer, member.unit_id)
                ],
            )
            for one in page
        ]

    return give_page(request, seen, paging, lay, schemas.Group)


@give_list(router, "/leaders", schemas.Leader, "listLeaders", "领导职务和当天任职的人")
def list_leaders(request: Asked, paging: Query[DatedPaging]) -> HttpResponse:
    """The posts of the place with who holds each."""
    require(request.viewer, Act.SEE_LEDGER)
    leaders = leaders_on(request.viewer.place_id, moment_of(request), request.moment)

    def lay(page: Iterable[LeaderName]) -> list[schemas.Leader]:
        return [
            schemas.Leader(post_id=one.post_id, name=one.name, title=one.title, is_head=one.is_head)
            for one in page
        ]

    return give_page(request, list(leaders.values()), paging, lay, schemas.Leader)


@give_list(
    router,
    "/posts",
    schemas.KeptPost,
    "listPosts",
    "职务",
    "维护职务的人看到的清单：每个职务、现任和历任。",
)
def list_posts(request: Asked, paging: Query[Paging]) -> HttpResponse:
    """Every post of the place, who holds it and who held it, for who keeps them."""
    require(request.viewer, Act.KEEP_UNITS)
    found = posts_to_keep(request.viewer, localdate(request.moment)).prefetch_related("tenures__person")

    def lay(page: Iterable[Post]) -> list[schemas.KeptPost]:
        return [
            schemas.KeptPost(
                id=one.pk,
                title=one.title,
                is_head=one.is_head,
                holder="、".join(tenure.person.name for tenure in one.now),  # type: ignore[attr-defined]
                holders=[
                    f"{tenure.since} {tenure.until or '现在'} {tenure.person.name}"
                    for tenure in one.tenures.all()
                ],
            )
            for one in page
        ]

    return give_page(request, found, paging, lay, schemas.KeptPost)
