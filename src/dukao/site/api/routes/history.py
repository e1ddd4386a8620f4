"""The history, for the auditor."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from dukao.site.api import schemas
from dukao.site.api.answering import Asked, Paging, give_page
from dukao.site.api.routes import give_list
from dukao.site.history.browsing import Wanted, narrow, visible_to
from dukao.site.history.models import Entry
from dukao.site.history.telling import tell
from dukao.site.people.access import Act, require

router = Router(tags=["历史"])


class HistoryAsked(Paging):
    """Which entries are wanted."""

    actor: str = Field(default="", max_length=150, description="登录名")
    action: str = Field(default="", max_length=60, description="事项代码")
    since: date | None = Field(default=None, description="自哪一天")
    until: date | None = Field(default=None, description="至哪一天，含当天")
    kind: str = Field(default="", max_length=30, description="对象的类别，如 task")
    key: str = Field(default="", max_length=60, description="对象的编号，与 kind 合用")


@give_list(
    router,
    "/history",
    schemas.Entry,
    "listHistory",
    "历史记录",
    "谁、何时、由何改为何、为何，新的在前；审计管理员可读。",
)
def list_history(request: Asked, paging: Query[HistoryAsked]) -> HttpResponse:
    """The entries an auditor sees, newest first."""
    require(request.viewer, Act.SEE_HISTORY)
    wanted = Wanted(paging.actor, paging.action, paging.since, paging.until, paging.kind, paging.key)
    entries = narrow(visible_to(request.viewer.place_code), wanted).order_by("-sequence")
    return give_page(request, entries, paging, _lay_entries, schemas.Entry)


def _lay_entries(entries: Sequence[Entry]) -> list[schemas.Entry]:
    return [_lay_entry(entry) for entry in entries]


def _lay_entry(entry: Entry) -> schemas.Entry:
    told = tell(entry)
    return schemas.Entry(
        sequence=entry.sequence,
        at=entry.at,
        username=entry.actor,
        name=entry.actor_name,
        place=entry.place,
        action=entry.action,
        label=entry.label,
        about=[f"{one.kind}:{one.key}" for one in told.about],
        changes=[f"{one.label}：{one.before} → {one.after}" for one in told.changes],
        why=entry.why,
        digest=entry.digest,
    )
