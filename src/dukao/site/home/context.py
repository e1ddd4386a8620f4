"""What every page's frame shows: who is here and where they may go."""

from typing import Any, NamedTuple

from django.http import HttpRequest

from dukao.site.people.access import Act, Viewer, may


class Place(NamedTuple):
    """One entry of the navigation."""

    label: str
    address: str
    name: str


# In the order of a week's work: what is filed and ruled first, what is kept last.
_NAVIGATION: tuple[tuple[tuple[Act, ...], Place], ...] = (
    ((Act.SEE_LEDGER,), Place("台账", "/ledger/", "ledger")),
    ((Act.SEE_LIGHTS,), Place("看板", "/board/", "board")),
    ((Act.SEE_LIGHTS,), Place("专项清单", "/registers/", "registers")),
    ((Act.FILE,), Place("填报", "/filings/", "filings")),
    ((Act.RULE_FILING, Act.RULE_PLAN), Place("报送", "/rounds/", "rounds")),
    ((Act.ASSIGN, Act.ACCEPT_TASK, Act.RULE_PLAN), Place("交办", "/assignments/", "assignments")),
    ((Act.PLAN, Act.RULE_PLAN), Place("方案", "/plans/", "plans")),
    ((Act.SEE_PRESS,), Place("督办", "/notices/", "notices")),
    ((Act.SEE_CLOSINGS,), Place("办结", "/closings/", "closings")),
    ((Act.REVIEW,), Place("分解", "/breakdowns/", "breakdowns")),
    ((Act.ANSWER,), Place("征求意见", "/consultations/", "consultations")),
    ((Act.SEE_DOCUMENTS,), Place("文件", "/documents/", "documents")),
    ((Act.KEEP_UNITS,), Place("单位和职务", "/units/", "units")),
    ((Act.SEE_HISTORY,), Place("历史记录", "/history/", "history")),
    ((Act.KEEP_USERS,), Place("自动办理", "/jobs/", "jobs")),
    ((Act.KEEP_USERS,), Place("账号", "/users/", "users")),
    ((Act.KEEP_ROLES,), Place("角色", "/roles/", "roles")),
)


def frame(request: HttpRequest) -> dict[str, Any]:
    """The viewer, the places of the navigation this viewer may go to, and the day the page is read for.

    `here` is the first part of the address; `as_of_query` is what a link to another page of the ledger needs
    to stay on that day; `stands_on` is the today of the sample.
    """
    as_of = getattr(request, "as_of", None)
    day = {"as_of": as_of, "as_of_query": f"?as_of={as_of}" if as_of else ""}
    day["stands_on"] = getattr(request, "stands_on", None)
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not viewer.user_id:
        return {"viewer": None, "navigation": (), **day}
    navigation = [place for acts, place in _NAVIGATION if any(may(viewer, act) for act in acts)]
    here = request.path.split("/")[1]
    return {"viewer": viewer, "navigation": navigation, "here": here, **day}
