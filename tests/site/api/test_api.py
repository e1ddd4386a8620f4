"""The read API gives what the pages give, to whom the pages give it, as data."""

import csv
import re
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dukao.site.api.urls import api
from dukao.site.ledger.models import Breakdown, DeadlineKind, TaskState
from dukao.site.ledger.setting import Deadline, set_deadline
from dukao.site.people.models import Unit
from dukao.site.people.tokens import issue_token, withdraw_token
from dukao.site.supervision.models import Assignment, Reminder
from tests.site.conftest import MORNING, Cast
from tests.site.test_matrix import addresses, furnish

LISTS = (
    "assignments?year=2024",
    "instructions",
    "meetings",
    "bulletins",
    "reminders",
    "deliveries",
    "burden",
    "posts",
    "years",
    "tasks",
    "livelihood",
    "units",
    "groups",
    "leaders",
    "measures?year=2024",
    "coverage?year=2024",
    "questions?year=2024",
    "documents",
    "breakdowns",
    "supplements",
    "consultations",
    "history",
    "registers",
    "lights?year=2024",
    "light-counts?year=2024",
    "rules",
    "plans?year=2024",
    "rounds",
    "filings?year=2024",
    "notices",
    "close-outs?year=2024",
    "standings?year=2024",
)
OFFICE, UNIT = {"clerk", "head"}, {"liaison", "unit_head"}
BUSINESS = OFFICE | UNIT | {"leader", "deputy"}
MAY: dict[str, set[str]] = {
    **dict.fromkeys(("years", "tasks", "livelihood", "units", "groups", "leaders", "measures"), BUSINESS),
    **dict.fromkeys(("coverage", "questions"), OFFICE | {"leader"}),
    "documents": BUSINESS - {"deputy"},
    **dict.fromkeys(("breakdowns", "supplements"), OFFICE),
    "consultations": OFFICE | UNIT,
    "history": {"auditor"},
    "registers": BUSINESS - {"deputy"},
    **dict.fromkeys(
        ("lights", "light-counts", "rules", "plans", "filings", "notices", "close-outs", "standings"),
        BUSINESS - {"deputy"},
    ),
    "rounds": OFFICE,
    **dict.fromkeys(("instructions", "bulletins"), BUSINESS - {"deputy"}),
    **dict.fromkeys(("assignments", "reminders"), OFFICE | UNIT),
    "meetings": OFFICE | {"leader"},
    **dict.fromkeys(("deliveries", "burden"), OFFICE),
    "posts": {"clerk"},
}
# Where the list that a page shows is had; a page of one thing, named by its address, shows none.
HAD = {
    "archive:documents": "documents",
    "history:history": "history",
    "history:export": "history",
    "ledger:breakdowns": "breakdowns",
    "ledger:consultation": "consultations",
    "ledger:consultations": "consultations",
    "ledger:coverage": "coverage",
    "ledger:ledger": "tasks",
    "ledger:measures": "measures",
    "ledger:review": "questions",
    "ledger:supplements": "supplements",
    "ledger:workbook": "tasks",
    "people:groups": "groups",
    "people:posts": "posts",
    "people:units": "units",
    "supervision:assignments": "assignments",
    "supervision:board": "lights",
    "supervision:bulletins": "bulletins",
    "supervision:burden": "burden",
    "supervision:closings": "close-outs",
    "supervision:filings": "filings",
    "supervision:instructions": "instructions",
    "supervision:meetings": "meetings",
    "supervision:notices": "notices",
    "supervision:plans": "plans",
    "supervision:register": "registers/{code}/items",
    "supervision:register-workbook": "registers/{code}/items",
    "supervision:registers": "registers",
    "supervision:reminders": "reminders",
    "supervision:rounds": "rounds",
    "supervision:rules": "rules",
    "supervision:standings": "standings",
}
# Which other pages have none, and why.
_FORM = "a form or a step, its page shows what it is about"
_LEADS = "leads elsewhere"
_OWN = "settings of the person or the administrators, who get no token"
HAS_NONE = {
    "archive:profile": "how a place writes: one thing, corrected there",
    "history:verify": "one sentence about the chain",
    "home:home": "what waits for this person, counted from the lists",
    "ledger:conflicts": _FORM,
    "ledger:draft-paper": "a paper",
    "ledger:draft-workbook": "a file",
    "ledger:extracts": "a file",
    "ledger:meeting-paper": "a paper",
    "ledger:model": "what a model proposes beside one draft, never part of the record",
    "ledger:notice": "a paper",
    "ledger:saved-views": "the person's own selections",
    "supervision:contacts": "mail addresses, kept for sending alone",
    "supervision:jobs": "how this installation runs, not the record of the place",
    **dict.fromkeys(("ledger:breakdown", "ledger:index", "supervision:newest-board"), _LEADS),
    **dict.fromkeys(
        (
            "archive:upload",
            "ledger:add-draft",
            "ledger:approval",
            "ledger:bring-back",
            "ledger:choose-manner",
            "ledger:close-consultation",
            "ledger:draft-breakdown",
            "ledger:import-workbook",
            "ledger:issue",
            "ledger:new-breakdown",
            "ledger:new-supplement",
            "ledger:paper-answers",
            "ledger:return-breakdown",
            "ledger:take-likely",
            "ledger:withdraw-breakdown",
            "people:group-new",
            "people:post-new",
            "people:unit-new",
            "supervision:approve-plans",
            "supervision:confirm-assignments",
            "supervision:import-items",
            "supervision:issue-items",
            "supervision:new-bulletin",
            "supervision:new-instruction",
            "supervision:new-item",
            "supervision:new-meeting",
            "supervision:new-notice",
            "supervision:new-standing",
            "supervision:open-register",
            "supervision:register-terms",
            "supervision:send-assignments",
            "supervision:try-rule",
        ),
        _FORM,
    ),
    **dict.fromkeys(
        (
            "people:login",
            "people:logout",
            "people:me",
            "people:password",
            "people:place-new",
            "people:places",
            "people:roles",
            "people:roles-many",
            "people:second-factor",
            "people:second-factor-give-up",
            "people:user-new",
            "people:users",
            "people:users-many",
            "people:users-many-workbook",
        ),
        _OWN,
    ),
}
# What an address may name and still be a page of many things.
_MANY = {"year", "code", "breakdown_id", "subject"}
ROLES = ("clerk", "head", "liaison", "unit_head", "leader", "deputy", "auditor")


def ask(cast: Cast, role: str, address: str, **headers: str) -> Any:
    _, secret = issue_token("测试", by=cast.viewer(role), at=MORNING + timedelta(days=1))
    return ask_with(secret, address, **headers)


def ask_with(secret: str, address: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/{address}", headers={"Authorization": f"Bearer {secret}", **headers})


def test_every_list_of_the_site_is_there() -> None:
    pages = {name for name, params in addresses() if not name.startswith("api:") and set(params) <= _MANY}
    assert pages - HAD.keys() - HAS_NONE.keys() == set(), "a new page: where is its list?"
    assert (HAD.keys() | HAS_NONE.keys()) - pages == set(), "no such page"
    assert HAD.keys() & HAS_NONE.keys() == set()
    paths = {path.removeprefix("/api/v1/") for path in api.get_openapi_schema()["paths"]}
    assert {page: route for page, route in HAD.items() if route not in paths} == {}


def test_every_route_is_asked_here() -> None:
    paths = {path.removeprefix("/api/v1/") for path in api.get_openapi_schema()["paths"]}
    assert {one.partition("?")[0] for one in LISTS} | {
        "me",
        "tasks/{task_id}",
        "registers/{code}/items",
    } == paths


@pytest.mark.parametrize("role", ROLES)
def test_a_token_opens_what_its_users_pages_open(cast: Cast, ledger: Breakdown, role: str) -> None:
    _, secret = issue_token("测试", by=cast.viewer(role), at=MORNING + timedelta(days=1))
    for address in LISTS:
        name = address.partition("?")[0]
        answer = ask_with(secret, address)
        assert answer.status_code == (200 if role in MAY[name] else 403), address
        if answer.status_code == 403:
            assert answer.json()["code"] == "forbidden"
            assert "您的角色不能" in answer.json()["message"]
    assert ask_with(secret, "me").json()["roles"] == [role]


@pytest.mark.parametrize("role", ["system_admin", "security_admin"])
def test_administrators_get_no_token(cast: Cast, role: str) -> None:
    with pytest.raises(Exception, match="您的角色不能"):
        issue_token("测试", by=cast.viewer(role), at=MORNING)


@pytest.mark.parametrize("address", [*LISTS, "me", "tasks/1", "nowhere"])
def test_without_a_token_nothing_is_given(cast: Cast, ledger: Breakdown, address: str) -> None:
    for client, headers in (
        (Client(), {}),
        (Client(), {"Authorization": "Bearer dukao_wrong"}),
        (cast.client("clerk"), {}),
    ):
        answer = client.get(f"/api/v1/{address}", headers=headers)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"
        assert "接口令牌" in answer.json()["message"]


def test_a_withdrawn_token_and_a_disabled_user_are_refused(cast: Cast, ledger: Breakdown) -> None:
    clerk = cast.viewer("clerk")
    token, secret = issue_token("测试", by=clerk, at=MORNING + timedelta(days=1))
    assert ask_with(secret, "me").status_code == 200
    cast.users["clerk"].is_active = False
    cast.users["clerk"].save()
    assert ask_with(secret, "me").status_code == 401
    cast.users["clerk"].is_active = True
    cast.users["clerk"].save()
    withdraw_token(token.pk, by=clerk, at=MORNING + timedelta(days=2))
    assert ask_with(secret, "me").status_code == 401


def test_a_task_comes_with_everything_the_record_says(cast: Cast, ledger: Breakdown) -> None:
    (task,) = ask(cast, "clerk", "tasks?year=2024&q=规上工业").json()["items"]
    assert task["number"] == "重2024-002"
    assert task["row"] == "二-2"
    assert [(one["role"], one["name"]) for one in task["responsibilities"]] == [
        ("lead", "区经信局"),
        ("responsible", "区科技局"),
        ("responsible", "各街道"),
    ]
    assert [one["name"] for one in task["leaders"]] == ["钟声"]
    assert [(one["value"], one["op"]) for one in task["measures"]] == [(20, ">=")]
    assert task["relation"] == "edited"
    assert task["spans"]
    one = ask(cast, "clerk", f"tasks/{task['id']}").json()
    assert one == task


def test_a_liaison_reads_only_the_units_own_tasks(cast: Cast, ledger: Breakdown) -> None:
    tasks = ask(cast, "liaison", "tasks").json()["items"]
    assert tasks
    own = {"区住建局", "区政府直属各单位"}
    assert all(own & {one["name"] for one in task["responsibilities"]} for task in tasks)
    everything = ask(cast, "clerk", "tasks").json()
    other = next(task for task in everything["items"] if task["id"] not in {one["id"] for one in tasks})
    assert ask(cast, "liaison", f"tasks/{other['id']}").status_code == 404
    assert [unit["name"] for unit in ask(cast, "liaison", "units").json()["items"]] == ["区住建局"]
    numbers = {one["number"] for one in ask(cast, "liaison", "measures?year=2024").json()["items"]}
    assert numbers <= {task["number"] for task in tasks}


def test_a_deputy_reads_what_is_public_without_the_reports_words(cast: Cast, ledger: Breakdown) -> None:
    assert ask(cast, "deputy", "tasks").json()["total"] == 0
    TaskState.objects.filter(task__number="重2024-002").update(publicity="public")
    (task,) = ask(cast, "deputy", "tasks").json()["items"]
    assert (task["relation"], task["differences"], task["spans"]) == ("", [], [])


def test_drafts_are_the_offices_alone(cast: Cast, draft: Breakdown) -> None:
    assert ask(cast, "clerk", "tasks").json()["total"] == 17
    assert ask(cast, "liaison", "tasks").json()["total"] == 0
    assert ask(cast, "liaison", "years").json()["total"] == 0


def test_a_list_is_given_by_pages(cast: Cast, ledger: Breakdown) -> None:
    _, secret = issue_token("测试", by=cast.viewer("clerk"), at=MORNING + timedelta(days=1))
    seen: list[int] = []
    address: str | None = "tasks?limit=5"
    while address:
        answer = ask_with(secret, address.rpartition("/api/v1/")[2])
        page = answer.json()
        assert page["total"] == 17
        assert answer["X-Total-Count"] == "17"
        seen += [task["id"] for task in page["items"]]
        assert ('rel="next"' in answer.get("Link", "")) == bool(page["next"])
        address = page["next"]
    assert len(seen) == len(set(seen)) == 17


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("limit=501", "不能大于 500"),
        ("limit=0", "不能小于 1"),
        ("limit=x", "须是整数"),
        ("offset=-1", "不能小于 0"),
        ("format=xml", "只能是"),
        ("year=3000", "不能大于 2100"),
    ],
)
def test_an_unfit_parameter_is_named_in_chinese(cast: Cast, query: str, why: str) -> None:
    answer = ask(cast, "clerk", f"tasks?{query}")
    assert answer.status_code == 422
    assert any(why in line for line in answer.json()["details"])


def test_a_missing_year_is_asked_for(cast: Cast) -> None:
    assert ask(cast, "clerk", "measures").json()["details"] == ["year：不能缺少"]


@pytest.mark.parametrize(("day", "code"), [("2024-13-01", "no-day"), ("2999-01-01", "day-ahead")])
def test_a_day_that_is_none_is_refused(cast: Cast, ledger: Breakdown, day: str, code: str) -> None:
    answer = ask(cast, "clerk", f"tasks?as_of={day}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_as_of_reads_the_ledger_of_a_day(cast: Cast, ledger: Breakdown) -> None:
    task = TaskState.objects.at(None).get(task__number="重2024-002").task_id
    limit = Deadline(date(2024, 6, 30), DeadlineKind.BY, "6月底前")
    set_deadline(task, limit, by=cast.viewer("clerk"), at=MORNING + timedelta(days=30))
    assert ask(cast, "clerk", f"tasks/{task}").json()["deadline"] == "2024-06-30"
    assert ask(cast, "clerk", f"tasks/{task}?as_of=2024-03-20").json()["deadline"] is None
    assert ask(cast, "liaison", "tasks?as_of=2024-03-05").json()["total"] == 0


def test_nothing_new_is_said_so(cast: Cast, ledger: Breakdown) -> None:
    _, secret = issue_token("测试", by=cast.viewer("clerk"), at=MORNING + timedelta(days=1))
    first = ask_with(secret, "tasks")
    again = ask_with(secret, "tasks", **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    weak = ask_with(secret, "tasks", **{"If-None-Match": f'"x", W/{first["ETag"]}'})
    assert weak.status_code == 304
    TaskState.objects.filter(task__number="重2024-002").update(text="另一种写法")
    assert ask_with(secret, "tasks", **{"If-None-Match": first["ETag"]}).status_code == 200
    assert "Authorization" in first["Vary"]


@pytest.mark.parametrize("address", LISTS)
def test_every_list_is_a_table_too(cast: Cast, ledger: Breakdown, address: str) -> None:
    role = "auditor" if address == "history" else "clerk"
    _, secret = issue_token("测试", by=cast.viewer(role), at=MORNING + timedelta(days=1))
    items = ask_with(secret, address).json()["items"]
    for answer in (
        ask_with(secret, f"{address}{'&' if '?' in address else '?'}format=csv"),
        ask_with(secret, address, Accept="text/csv"),
    ):
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) == len(items)
        assert all(list(row) == list(item) for row, item in zip(rows, items, strict=True))


def test_a_table_says_lists_in_words_and_holds_no_formula(cast: Cast, ledger: Breakdown) -> None:
    TaskState.objects.filter(task__number="重2024-002").update(text="=1+1", remark="@SUM(A1)")
    answer = ask(cast, "clerk", "tasks?format=csv&limit=2")
    row = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))[1]
    assert row["responsibilities"] == "牵头 区经信局；责任 区科技局；责任 各街道"
    assert row["leaders"] == "钟声"
    assert (row["text"], row["remark"]) == ("'=1+1", "'@SUM(A1)")


def test_the_selection_of_the_page_holds_here(cast: Cast, ledger: Breakdown) -> None:
    query = "year=2024&kind=livelihood&no_deadline=1"
    numbers = [one["number"] for one in ask(cast, "clerk", f"tasks?{query}").json()["items"]]
    assert numbers == ["民2024-001", "民2024-002", "民2024-003"]
    assert ask(cast, "clerk", "livelihood").json()["total"] == 3


def test_the_history_is_the_auditors(cast: Cast, ledger: Breakdown) -> None:
    page = ask(cast, "auditor", "history?kind=breakdown").json()
    assert [one["action"] for one in page["items"]] == ["breakdown-issued", "breakdown-proposed"]
    assert all(re.fullmatch(r"[0-9a-f]{64}", one["digest"]) for one in page["items"])


def test_nothing_is_changed_through_the_api(cast: Cast, ledger: Breakdown) -> None:
    _, secret = issue_token("测试", by=cast.viewer("clerk"), at=MORNING + timedelta(days=1))
    for method in ("post", "put", "patch", "delete"):
        call = getattr(Client(), method)
        answer = call("/api/v1/tasks", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == 405
        assert answer["Allow"] == "GET"
        assert answer.json()["code"] == "method-not-allowed"
        assert "接口只读" in answer.json()["message"]


def test_what_is_pressed_is_given_as_far_as_its_pages_give_it(cast: Cast, ledger: Breakdown) -> None:
    assert cast.lead is not None
    place = furnish(cast, ledger)
    for param in ("assignment_id", "notice_id", "instruction_id", "meeting_id", "bulletin_id", "delivery_id"):
        place.arguments("supervision:x", [param], "")
    unit = Unit.objects.filter(place=cast.place).exclude(pk=cast.lead.pk)[0]
    Assignment.objects.create(task=place.other, unit=unit, sent_at=MORNING, due=MORNING.date())
    for one in (unit, cast.lead):
        Reminder.objects.create(place=cast.place, unit=one, key="x:1", words="期限将到", sent_at=MORNING)
    everything = {
        "assignments?year=2024": (2, 1),
        "instructions": (1, 1),
        "bulletins": (1, 0),
        "reminders": (2, 1),
    }
    for address, (to_office, to_unit) in everything.items():
        assert ask(cast, "clerk", address).json()["total"] == to_office, address
        assert ask(cast, "liaison", address).json()["total"] == to_unit, address
    assert ask(cast, "leader", "meetings").json()["total"] == 1
    assert ask(cast, "clerk", "deliveries").json()["total"] == 1
    (own,) = ask(cast, "liaison", "assignments?year=2024").json()["items"]
    assert (own["unit"], own["standing_label"]) == (cast.lead.name, "待签收")
    assert ask(cast, "liaison", "assignments?year=2023").json()["total"] == 0
    posts = ask(cast, "clerk", "posts").json()["items"]
    assert "钟声" in [one["holder"] for one in posts]


def test_an_address_without_content_is_json(cast: Cast) -> None:
    answer = ask(cast, "clerk", "nowhere/at/all")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_the_description_is_chinese_and_whole(cast: Cast) -> None:
    schema = Client().get("/api/v1/openapi.json").json()
    operations = [one for methods in schema["paths"].values() for one in methods.values()]
    names = [one["operationId"] for one in operations]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"(list|read)[A-Z]\w+", name) for name in names)
    for one in operations:
        assert re.search(r"[\u4e00-\u9fff]", one["summary"])
        assert {"200", "401", "403"} <= one["responses"].keys()
        asked = [parameter for parameter in one["parameters"] if parameter["in"] == "query"]
        assert all(parameter.get("description") for parameter in asked)
    for name, thing in schema["components"]["schemas"].items():
        for field, said in thing.get("properties", {}).items():
            assert re.search(r"[\u4e00-\u9fff]|^platform", said.get("description", "")), (name, field)


def test_the_page_of_the_description_needs_no_script_and_nobody_elsewhere(cast: Cast) -> None:
    page = Client().get("/api/v1/")
    text = page.content.decode()
    assert page.status_code == 200
    assert "listTasks" in text
    assert "<script>" not in text
    assert "style=" not in text
    assert not re.search(r"(?:src|href)=\"https?://", text)
    assert "script-src 'self'" in page["Content-Security-Policy"]


def test_a_list_asks_the_database_the_same_however_long_it_is(cast: Cast, ledger: Breakdown) -> None:
    _, secret = issue_token("测试", by=cast.viewer("clerk"), at=MORNING + timedelta(days=1))
    ask_with(secret, "tasks")
    for address in LISTS[:-5]:
        counts = []
        for limit in (2, 500):
            with CaptureQueriesContext(
                connection,
            ) as captured:
                ask_with(secret, f"{address}{'&' if '?' in address else '?'}limit={limit}")
            counts.append(len(captured))
        assert counts[0] == counts[1], address
