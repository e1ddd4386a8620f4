"""What the tests of a breakdown's way share: other units' people, other places, and steps taken at once."""

from datetime import date, datetime, timedelta

from django.test import Client

from dukao.site.ledger.models import Breakdown, Consultation, Placement, Task
from dukao.site.ledger.steps.consulting import open_consultation
from dukao.site.people.access import Viewer, viewer_of
from dukao.site.people.models import Grant, Place, Role, Unit, User
from tests.site.conftest import BEIJING, MORNING, Cast

ASKED = MORNING + timedelta(days=1)
FAR = date(2099, 12, 31)


def at(day: int, month: int = 3) -> datetime:
    """Ten in the morning of a day of 2024."""
    return datetime(2024, month, day, 10, tzinfo=BEIJING)


def person_of(cast: Cast, unit: str, role: Role = Role.LIAISON) -> User:
    """Somebody in a unit of the place."""
    user = User.objects.filter(username=f"{role.value}-{unit}").first()
    if user is None:
        own = Unit.objects.get(place=cast.place, name=unit)
        user = User(username=f"{role.value}-{unit}", name="旁人", place=cast.place, unit=own)
        user.must_change_password = False
        user.save()
        Grant.objects.create(user=user, role=role, since=MORNING)
    return user


def browser_of(user: User) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def unit_viewer(cast: Cast, unit: str, moment: datetime = ASKED) -> Viewer:
    """The liaison of a unit as a viewer."""
    return viewer_of(person_of(cast, unit), moment)


def stranger(role: Role) -> Client:
    """Somebody of the same role in another place."""
    place, _ = Place.objects.get_or_create(code="990301", name="平沙县", level="county")
    user = User(username=f"else-{role.value}", name="外人", place=place, must_change_password=False)
    user.save()
    Grant.objects.create(user=user, role=role, since=MORNING)
    return browser_of(user)


def asked(cast: Cast, draft: Breakdown, due: date = FAR) -> Consultation:
    """The units asked, with so much time that the real clock does not matter."""
    return open_consultation(draft.pk, due, by=cast.viewer("clerk"), at=ASKED)


def task_at(breakdown: Breakdown, row: str) -> Task:
    """The task that stands at a row of the table."""
    placement = Placement.objects.at(None).filter(task__breakdown=breakdown, row=row).first()
    assert placement is not None
    task: Task = placement.task
    return task


def text_of(response: object) -> str:
    """A page as text."""
    content: bytes = response.content  # type: ignore[attr-defined]
    return content.decode()
