"""The auditor's pages: what is shown, what is found, what is proved and what leaves."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import TextChoices
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dukao.site.history.actions import record
from dukao.site.history.exporting import as_text
from dukao.site.history.models import Entry
from dukao.site.history.queries import tell_about
from dukao.site.history.telling import changes_of
from dukao.site.history.values import Actor
from dukao.site.ledger.models import Breakdown
from tests.site.conftest import MORNING, Cast
from tests.site.history.test_chain import behind_its_back

CLERK = Actor("clerk", "程经办", "990201")
ELSEWHERE = Actor("other", "别区经办", "990999")
KEEPER = Actor("system_admin", "席系统")


class Action(TextChoices):
    """What is done here."""

    CHANGED = "task-changed", "修改任务"
    MADE = "user-made", "开设账号"


def write(count: int, by: Actor = CLERK, *, start: int = 0) -> None:
    """So many changes of task 7, a day apart."""
    with transaction.atomic():
        for number in range(start, start + count):
            record(
                Action.CHANGED if by.place else Action.MADE,
                by=by,
                at=MORNING + timedelta(days=number),
                about=[("task", 7), ("breakdown", 1)],
                before={"text": f"第{number}稿", "remark": "同"},
                after={"text": f"第{number + 1}稿", "remark": "同"},
                why="会议决定" if number == 3 else "",
            )


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def test_an_auditor_sees_the_place_and_the_administrators_but_no_other_place(cast: Cast) -> None:
    write(1)
    write(1, ELSEWHERE)
    write(1, KEEPER)
    said = page(cast.client("auditor"), "/history/")
    assert "程经办" in said
    assert "席系统" in said
    assert "别区经办" not in said
    assert cast.client("auditor").get("/history/2/").status_code == 404


def test_an_empty_history_says_what_will_be_there(cast: Cast) -> None:
    assert "还没有人做过什么" in page(cast.client("auditor"), "/history/")


def test_pages_follow_one_another_without_gap_or_repetition(cast: Cast) -> None:
    write(120)
    client, seen, address = cast.client("auditor"), [], "/history/"
    for _ in range(3):
        response = client.get(address)
        found = response.context["page"]
        seen += [entry.sequence for entry in found.entries]
        address = f"/history/?before={found.older}"
    assert seen == list(range(120, 0, -1))
    assert found.older is None
    back = client.get(f"/history/?after={found.newer}").context["page"]
    assert [entry.sequence for entry in back.entries] == list(range(70, 20, -1))


@pytest.mark.parametrize(
    ("query", "sequences"),
    [
        ("actor=system_admin", [6]),
        ("action=task-changed", [5, 4, 3, 2, 1]),
        ("since=2024-03-02&until=2024-03-03", [3, 2]),
        ("kind=task&key=7&until=2024-03-01", [6, 1]),
        ("kind=task&key=70", []),
        ("since=unsinn&actor=system_admin", [6]),
    ],
)
def test_entries_are_found_by_actor_action_day_and_thing(
    cast: Cast, query: str, sequences: list[int]
) -> None:
    write(5)
    write(1, KEEPER)
    found = cast.client("auditor").get(f"/history/?{query}").context["page"]
    assert [entry.sequence for entry in found.entries] == sequences


def test_an_entry_shows_only_what_changed_with_its_digests_and_neighbours(cast: Cast) -> None:
    write(5)
    said = page(cast.client("auditor"), "/history/4/")
    entry = Entry.objects.get(sequence=4)
    assert "第3稿" in said
    assert "第4稿" in said
    assert ">备注<" not in said
    assert "会议决定" in said
    assert entry.digest in said
    assert entry.previous in said
    assert 'href="/history/3/"' in said
    assert 'href="/history/5/"' in said


def test_the_chain_is_walked_on_demand_and_a_break_is_named(cast: Cast) -> None:
    write(5)
    client = cast.client("auditor")
    assert client.get("/history/verify/").status_code == 405
    whole = client.post("/history/verify/").content.decode()
    assert "5 条记录条条相接" in whole
    assert Entry.objects.get(sequence=5).digest in whole
    with behind_its_back():
        Entry.objects.filter(sequence=3).update(why="另有理由")
    broken = client.post("/history/verify/").content.decode()
    assert "第 3 条" in broken
    assert 'href="/history/3/"' in broken


def test_the_table_for_outside_holds_what_was_looked_for_and_no_formulas(cast: Cast) -> None:
    write(4)
    with transaction.atomic():
        about = [("task", 8)]
        record(Action.CHANGED, by=CLERK, at=MORNING, about=about, after={"text": "x"}, why="=HYPERLINK(1)")
    response = cast.client("auditor").get("/history/export/?kind=task&key=8")
    assert "attachment" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    rows = list(csv.reader(io.StringIO(_text(response).removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["序号", "5"]
    assert rows[1][8] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    assert as_text(cell) == f"'{cell}"
    assert as_text("6%以上") == "6%以上"
    assert as_text(12) == 12


@pytest.mark.parametrize(
    "role", ["clerk", "head", "liaison", "leader", "deputy", "system_admin", "security_admin"]
)
def test_nobody_but_the_auditor_reads_the_history(cast: Cast, role: str) -> None:
    write(1)
    client = cast.client(role)
    for address in ("/history/", "/history/1/", "/history/export/"):
        assert client.get(address).status_code == 403
    assert client.post("/history/verify/").status_code == 403


def test_entries_about_a_thing_cost_one_query_however_many(cast: Cast, draft: Breakdown) -> None:
    counts = []
    for _ in range(2):
        write(30, start=1)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            told = tell_about("task", 7)
            assert told[0].changes[0].label == "内容"
        counts.append(len(queries))
    assert counts == [1, 1]


def test_sentences_of_one_field_are_joined_without_two_stops() -> None:
    asked = ["逐项说明原因。", "协调事项由牵头领导研究；", "及时报告。"]
    told = [change.after for change in changes_of(None, {"asks": asked})]
    assert told == ["逐项说明原因；协调事项由牵头领导研究；及时报告。"]


def test_a_page_of_entries_costs_the_same_however_many(cast: Cast) -> None:
    client, counts = cast.client("auditor"), []
    for _ in range(3):
        write(20)
        with CaptureQueriesContext(connection) as queries:
            client.get("/history/")
        counts.append(len(queries))
    assert len(set(counts[1:])) == 1


def _text(response: Any) -> str:
    return b"".join(response.streaming_content).decode()
