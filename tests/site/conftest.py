"""The fixed cast: one small place with somebody in every role, its documents, its draft and its ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import DocumentKind, Publicity
from dukao.site.history import protection
from dukao.site.history.models import Chain
from dukao.site.history.readings import forget_kept
from dukao.site.ledger.models import Breakdown, Question, Responsibility, Stage, Status, TaskState
from dukao.site.ledger.review.proposing import propose_breakdown
from dukao.site.ledger.steps.issuing import IssueForm, issue_breakdown
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.models import ADMINISTRATORS, Grant, Person, Place, Role, Unit, User
from tests.site.documents import BREAKDOWN, REPORT
from tests.site.remembering import remembered

BEIJING = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2024, 3, 1, 9, 0, tzinfo=BEIJING)
PASSWORD = "Chaotou-2024"
NAMES = {
    Role.CLERK: "程经办",
    Role.HEAD: "贺主任",
    Role.LIAISON: "廉联络",
    Role.UNIT_HEAD: "尤局长",
    Role.LEADER: "白露",
    Role.DEPUTY: "戴代表",
    Role.AUDITOR: "沈审计",
    Role.SYSTEM_ADMIN: "席系统",
    Role.SECURITY_ADMIN: "安安全",
}


@dataclass
class Cast:
    """Everybody of the place. `lead` is the unit of the liaison and the unit head (区住建局)."""

    place: Place
    users: dict[str, User]
    lead: Unit | None = None

    def viewer(self, role: str, at: datetime | None = None) -> Viewer:
        """The viewer of a role."""
        return viewer_of(User.objects.get(pk=self.users[role].pk), at or MORNING + timedelta(days=1))

    def seat_as(self, other: "Cast") -> None:
        """Take the users and the lead unit of another copy of this cast."""
        self.users.update(other.users)
        self.lead = other.lead

    def client(self, role: str) -> Client:
        """A browser in which the role is logged in, the second factor proved where one is asked for."""
        client = Client()
        user = self.users[role]
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        if role in ADMINISTRATORS:
            device, _ = TOTPDevice.objects.get_or_create(user=user, name="手机", confirmed=True)
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = device.persistent_id
            session.save()
        return client


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """What an earlier test read of a record that is gone is not what this one finds."""
    forget_kept()


@pytest.fixture
def cast(db: None) -> Cast:
    """A place and one user for every role; no unit yet, units come with the breakdown."""
    return remembered("cast", found_cast)


def found_cast() -> Cast:
    """The cast in whatever database is at hand."""
    password = make_password(PASSWORD)  # slow by design where the site's own settings rule: once for all
    place = Place.objects.create(code="990201", name="望潮区", level="county", office="望潮区人民政府办公室")
    users = {}
    for role, name in NAMES.items():
        user = User(username=role.value, name=name, password=password, must_change_password=False)
        user.place = None if role in ADMINISTRATORS and role != Role.AUDITOR else place
        user.save()
        Grant.objects.create(user=user, role=role, since=MORNING)
        users[str(role.value)] = user
    return Cast(place, users)


@pytest.fixture
def draft(cast: Cast) -> Breakdown:
    """The breakdown as the program proposes it, every question open."""
    proposed, seated = remembered("draft", lambda: (propose(cast), cast))
    cast.seat_as(seated)
    return proposed


def propose(cast: Cast, year: int | None = None) -> Breakdown:
    """Draft the breakdown of a year; None: of the year the documents say."""
    clerk = cast.viewer("clerk")
    report = keep_document(Upload(REPORT.encode(), "报告.md", DocumentKind.REPORT), by=clerk, at=MORNING)
    table = keep_document(Upload(BREAKDOWN.encode(), "分解.md", DocumentKind.BREAKDOWN), by=clerk, at=MORNING)
    draft = propose_breakdown(report, table, year=year, by=clerk, at=MORNING)
    _seat(cast)
    return draft


def _seat(cast: Cast) -> None:
    """Put the liaison and the unit head into the lead unit, the leader into the leader's person."""
    cast.lead = Unit.objects.get(place=cast.place, name="区住建局")
    for role in ("liaison", "unit_head"):
        cast.users[role].unit = cast.lead
        cast.users[role].save()
    cast.users["leader"].person = Person.objects.get(place=cast.place, name="白露")
    cast.users["leader"].save()


@pytest.fixture
def ledger(cast: Cast, draft: Breakdown) -> Breakdown:
    """The breakdown issued, whatever was open settled by force: for tests of what comes after."""
    return remembered("ledger", lambda: issue(cast, draft))


def issue(cast: Cast, draft: Breakdown) -> Breakdown:
    """Issue a draft without answering its questions one by one."""
    at = MORNING + timedelta(days=7)
    user = cast.users["clerk"]
    Question.objects.filter(breakdown=draft).update(settled_at=at, settled_by=user, answer={"answer": "kept"})
    led = Responsibility.objects.at(None).filter(role="lead").values("task_id")
    leaderless = TaskState.objects.at(None).filter(task__breakdown=draft, status=Status.DRAFT)
    for state in leaderless.exclude(task_id__in=led):
        first = Responsibility.objects.at(None).filter(task=state.task, unit__isnull=False).first()
        if first and first.basis != "joint":
            Responsibility.objects.filter(pk=first.pk).update(role="lead", basis="act")
    Breakdown.objects.filter(pk=draft.pk).update(
        meeting="三届区政府第20次常务会议", approved_on=date(2024, 3, 6), stage=Stage.APPROVAL
    )
    form = IssueForm("望政办〔2024〕5号", date(2024, 3, 8), Publicity.ON_REQUEST)
    return issue_breakdown(draft.pk, form, by=cast.viewer("head"), at=at)


@pytest.fixture
def _history_begun_again(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the tables were emptied the chain begins again, and history is protected again."""
    yield
    with django_db_blocker.unblock():
        Chain.objects.get_or_create(id=1)
        protection.lift(connection)
        protection.protect(connection)


@pytest.fixture
def real_transactions(_history_begun_again: None, transactional_db: None) -> Iterator[None]:
    """Real transactions instead of one that is undone: history's triggers go, for tables to be emptied."""
    yield
    protection.lift(connection)
