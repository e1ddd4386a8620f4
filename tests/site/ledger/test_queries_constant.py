"""The number of questions to the database does not grow with the number of tasks."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dukao.site.ledger.models import Breakdown, Placement, Responsibility, Task, TaskMeasure, TaskState
from tests.site.conftest import Cast
from tests.site.remembering import remembered

MOST = {
    "/ledger/2024/": 24,
    "/ledger/2024/?by=unit&number=1": 23,
    "/ledger/2024/?by=section": 23,
    "/ledger/2024/?q=老旧": 27,
    "/ledger/2024/measures/": 7,
    "/ledger/2024/coverage/": 9,
    "/ledger/2024/conflicts/": 8,
    "/tasks/{task}/": 20,
    "/tasks/{task}/?whole=1": 45,
    "/units/{unit}/": 38,
    "/leaders/{post}/": 35,
    "/": 57,
    "/board/2024/": 31,
}


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def multiply(ledger: Breakdown, times: int) -> None:
    """As many tasks more as there are, several times over, with everything that hangs on them."""
    originals = list(Task.objects.filter(breakdown=ledger))
    for turn in range(times):
        for task in originals:
            copy = Task.objects.create(
                place=task.place,
                breakdown=ledger,
                year=task.year,
                kind=task.kind,
                number=f"{task.number}-{turn}",
            )
            for model in (TaskState, Placement, Responsibility, TaskMeasure):
                for row in model.objects.filter(task=task):
                    row.pk, row.task = None, copy
                    row.save(force_insert=True)


ROLES = ("clerk", "liaison", "leader", "deputy")
SEES_NO_LIGHTS = ("deputy",)
OFFICE_AND_LEADERS = ("/ledger/2024/coverage/", "/ledger/2024/conflicts/")
PAIRS = [
    (role, address)
    for address in MOST
    for role in ROLES
    if (address not in OFFICE_AND_LEADERS or role in ("clerk", "leader"))
    and (address != "/board/2024/" or role not in SEES_NO_LIGHTS)
]


@pytest.mark.parametrize(("role", "address"), PAIRS)
def test_questions_do_not_grow_with_tasks(cast: Cast, ledger: Breakdown, role: str, address: str) -> None:
    task = Task.objects.get(breakdown=ledger, number="重2024-006")
    TaskState.objects.filter(task=task).update(publicity="public")
    post = Placement.objects.at(None).get(task=task).post_id
    assert cast.lead is not None
    page = address.format(task=task.pk, unit=cast.lead.pk, post=post)
    client = cast.client(role)
    client.get(page)
    with counted() as few:
        assert client.get(page).status_code == 200
    remembered("multiplied", lambda: multiply(ledger, 11))
    with counted() as many:
        assert client.get(page).status_code == 200
    assert len(many) == len(few)
    assert len(many) <= MOST[address], "\n".join(one["sql"][:160] for one in many.captured_queries)
