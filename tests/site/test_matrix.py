"""Every page and API route answers every role, and who is not logged in, as the tables of `matrix` say.

A new address fails here first: read the line that is printed, and put it into the table if it is right.
"""

import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import Document, DocumentKind
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    OpinionKind,
    Placement,
    Question,
    Reply,
    SavedView,
    Supplement,
    SupplementKind,
    Task,
)
from dukao.site.people.models import (
    ApiToken,
    Membership,
    Role,
    UnitGroup,
    UnitName,
)
from dukao.site.people.tokens import digest_of
from tests.site.conftest import MORNING, Cast
from tests.site.documents import BREAKDOWN
from tests.site.matrix import GET, POST, things

COLUMNS = ("nobody", *(str(role.value) for role in Role))


@dataclass
class Place:
    """The things behind the addresses: of the cast's unit and leader, unless a variant says otherwise."""

    cast: Cast
    breakdown: Breakdown
    own: Task  # of the cast's unit and leader
    other: Task  # of neither

    def arguments(self, name: str, params: list[str], variant: str) -> dict[str, Any]:
        """What stands for an address's parameters."""
        return {param: self._value(param, name, variant) for param in params}

    def _value(self, param: str, name: str, variant: str) -> Any:
        task = self.other if variant == "other" else self.own
        led = Placement.objects.at(None).filter(task=task, post__isnull=False)
        room = name.split(":")[0]
        drafted = Document.objects.get(name="新稿.md")
        values: dict[str, Callable[[], Any]] = {
            "year": lambda: 2024,
            "task_id": lambda: task.pk,
            "post_id": lambda: led[0].post_id,
            "unit_id": lambda: task.responsibilities.at(None).get(role="lead").unit_id,
            "breakdown_id": lambda: self.breakdown.pk,
            "document_id": lambda: drafted.pk if variant == "draft" else self.breakdown.report_id,
            "view_id": lambda: SavedView.objects.get().pk,
            "question_id": lambda: Question.objects.filter(breakdown=self.breakdown)[0].pk,
            "consultation_id": lambda: Consultation.objects.get().pk,
            "opinion_id": lambda: Opinion.objects.get().pk,
            "supplement_id": lambda: Supplement.objects.get().pk,
            "token_id": lambda: ApiToken.objects.get(name="报表").pk,
            "address": lambda: "nowhere",
            "user_id": lambda: self.cast.users["deputy"].pk,
            "place_id": lambda: self.cast.place.pk,
            "role": lambda: "deputy",
            "name_id": lambda: UnitName.objects.filter(unit=self.cast.lead)[0].pk,
            "group_id": lambda: UnitGroup.objects.get(name="各街道").pk,
            "membership_id": lambda: Membership.objects.filter(group__name="各街道")[0].pk,
            "sequence": lambda: 1,
            **things(self),
        }
        assert param in values, f"{room}: nothing stands for <{param}> in tests/site/test_matrix.py"
        return values[param]()


@pytest.fixture
def place(cast: Cast, ledger: Breakdown) -> Place:
    """An issued ledger with one thing of every kind beside it."""
    return furnish(cast, ledger)


def furnish(cast: Cast, ledger: Breakdown) -> Place:
    """Put one thing of every kind beside an issued ledger."""
    day, users = MORNING + timedelta(days=3), cast.users
    own = Placement.objects.at(None).get(task__breakdown=ledger, row="三-1").task
    other = Placement.objects.at(None).get(task__breakdown=ledger, row="二-2").task
    another = Upload(BREAKDOWN.replace("18个", "19个").encode(), "新稿.md", DocumentKind.BREAKDOWN)
    keep_document(another, by=cast.viewer("clerk"), at=day)
    SavedView.objects.create(user=users["clerk"], name="未定时限", query="no_deadline=1")
    ApiToken.objects.create(user=users["clerk"], name="报表", digest="0" * 64, created_at=day)
    for role, user in users.items():
        digest = digest_of(role)
        ApiToken.objects.create(user=user, name="接口", digest=digest, created_at=day)
    assert cast.lead is not None
    asked = Consultation.objects.create(
        breakdown=ledger, opened_at=day, due=date(2024, 3, 5), closed_at=day, asked=[cast.lead.pk]
    )
    reply = Reply.objects.create(
        consultation=asked, unit=cast.lead, agreed=False, answered_at=day, answered_by=users["liaison"]
    )
    Opinion.objects.create(
        reply=reply,
        task=own,
        kind=OpinionKind.TEXT,
        wish="改造老旧小区20个。",
        reason="据实",
        given_at=day,
    )
    Supplement.objects.create(
        breakdown=ledger,
        kind=SupplementKind.NOTICE,
        document_number="望政办〔2024〕9号",
        dated=date(2024, 4, 1),
        why="据实调整",
        changes=[{"task": own.pk, "before": {"remark": ""}, "after": {"remark": "年底前完成"}}],
        drafted_by=users["clerk"],
        drafted_at=day,
    )
    return Place(cast, ledger, own, other)


def test_every_page_answers_every_role_as_the_table_says(place: Place) -> None:
    compare("GET", GET, answer_all(place, GET, lambda client, address: client.get(address)))


def test_every_form_answers_every_role_as_the_table_says(place: Place) -> None:
    compare("POST", POST, answer_all(place, POST, lambda client, address: client.post(address)))


def compare(method: str, expected: str, found: list[str]) -> None:
    """Fail with the lines that differ."""
    wanted = expected.strip("\n").splitlines()
    differing = [line for line in difflib.ndiff(wanted, found) if line[:1] in "+-"]
    assert not differing, f"{method}, - as written, + as it is:\n" + "\n".join(differing)


def answer_all(place: Place, table: str, ask: Callable[[Client, str], Any]) -> list[str]:
    """The table as it is: a line for every address, and for every variant the written table names."""
    variants = [line.split()[0] for line in table.strip("\n").splitlines() if "/" in line.split()[0]]
    lines = [head()]
    for name, params in addresses():
        for variant in ("", *(one.split("/")[1] for one in variants if one.split("/")[0] == name)):
            address = reverse(name, kwargs=place.arguments(name, params, variant))
            address += "?year=2024" if name.startswith("api:") else ""
            statuses = [status(browser(place, role, name), address, ask) for role in COLUMNS]
            lines.append(set_line(f"{name}/{variant}" if variant else name, statuses))
    return lines


def browser(place: Place, role: str, name: str) -> Client:
    """How a role comes: logged in, or to the API with a token; `nobody` with neither."""
    if role == "nobody":
        return Client()
    if name.startswith("api:"):
        return Client(headers={"Authorization": f"Bearer {role}"})
    return place.cast.client(role)


def status(client: Client, address: str, ask: Callable[[Client, str], Any]) -> int:
    """What one role gets; whatever it did is undone."""
    with transaction.atomic():
        answer: HttpResponse = ask(client, address)
        transaction.set_rollback(True)
    return answer.status_code


def addresses() -> list[tuple[str, list[str]]]:
    """Every address of the site by its name, with its parameters; each name once."""
    found: dict[str, list[str]] = {}
    for name, pattern in walk(get_resolver()):
        found.setdefault(name, list(pattern.pattern.regex.groupindex) if pattern else [])
    return sorted(found.items())


def walk(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """The patterns below a resolver, by their full names."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from walk(one, one.namespace or space)
        else:
            yield f"{space}:{one.name}", one


def head() -> str:
    """The first line of a table."""
    return set_line("", [name[:6] for name in COLUMNS])


def set_line(name: str, cells: list[Any]) -> str:
    """One line of a table."""
    return (name.ljust(36) + " ".join(str(cell).ljust(6) for cell in cells)).rstrip()
