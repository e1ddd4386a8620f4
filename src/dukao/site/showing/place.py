"""The sample place 临江区 with its documents and somebody in every role: what `dukao demo` shows.

Everything in it is invented, its passwords are fixed and printed: it is founded in an empty database only.
"""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import TextChoices
from django.utils.timezone import now
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.sample import sample_path
from dukao.site.archive.actions import set_publicity
from dukao.site.archive.models import Publicity
from dukao.site.history.actions import record
from dukao.site.history.models import Entry
from dukao.site.history.values import PROGRAM
from dukao.site.intake import Decision, settle_and_issue, take_in
from dukao.site.people.access import viewer_of
from dukao.site.people.models import Grant, Level, Person, Place, Role, Unit, User

PASSWORD = "Linjiang-2024"
CODE, PARENT = "990101", "990100"
YEAR = 2024
BEIJING = ZoneInfo("Asia/Shanghai")
# The invented year begins here, so that the ledger can be read as of its days.
FOUNDED = datetime(2024, 1, 29, 9, 0, tzinfo=BEIJING)
DRAFTED = datetime(2024, 2, 1, 9, 30, tzinfo=BEIJING)
ISSUED = datetime(2024, 2, 28, 16, 0, tzinfo=BEIJING)


class Action(TextChoices):
    """What is done here."""

    FOUNDED = "sample-place-founded", "建立样例地方"


@dataclass(frozen=True, slots=True)
class Login:
    """One log-in of the sample place; `seat` names its unit or leader, `secret` is its second factor's."""

    username: str
    name: str
    role: Role
    seat: str = ""
    secret: str | None = None

    @property
    def factor(self) -> str | None:
        """What is typed into an authenticator (base32): of administrators alone."""
        return b32encode(self.secret.encode()).decode() if self.secret else None

    @property
    def code(self) -> str | None:
        """The six digits of this half minute."""
        return f"{totp(self.secret.encode()):06d}" if self.secret else None


LOGINS = (
    Login("clerk", "程经办", Role.CLERK),
    Login("head", "贺主任", Role.HEAD),
    Login("fagai", "于联络", Role.LIAISON, "区发改局"),
    Login("jiaoyu", "水联络", Role.LIAISON, "区教育局"),
    Login("fagai-head", "尤局长", Role.UNIT_HEAD, "区发改局"),
    Login("leader", "顾明哲", Role.LEADER, "顾明哲"),
    Login("mayor", "沈书航", Role.LEADER, "沈书航"),
    Login("deputy", "戴代表", Role.DEPUTY),
    Login("auditor", "明审计", Role.AUDITOR, secret="sample-auditor------"),
    Login("system", "席系统", Role.SYSTEM_ADMIN, secret="sample-system-------"),
    Login("security", "安安全", Role.SECURITY_ADMIN, secret="sample-security-----"),
)


def is_here() -> bool:
    """Whether this database is the sample's."""
    return Entry.objects.filter(action=Action.FOUNDED).exists()


def is_empty() -> bool:
    """Whether nobody has begun to use this database: no place, no user."""
    return not Place.objects.exists() and not User.objects.exists()


@transaction.atomic
def found_sample_place() -> None:
    """Fill an empty database: place, log-ins, documents, ledger; one transaction, all or nothing."""
    place = _found_place()
    _found_users(place)
    clerk, head = (viewer_of(User.objects.get(username=name), now()) for name in ("clerk", "head"))
    draft = take_in(sample_path("report"), sample_path("breakdown"), year=YEAR, by=clerk, at=DRAFTED)
    settle_and_issue(draft, Decision(publicity=Publicity.PUBLIC), clerk=clerk, head=head, at=ISSUED)
    for kept in (draft.report_id, draft.document_id):
        set_publicity(kept, Publicity.PUBLIC, "", by=clerk, at=ISSUED)
    _seat_users(place)


def _found_place() -> Place:
    parent = Place.objects.create(code=PARENT, name="澄州市", level=Level.CITY)
    place = Place.objects.create(
        code=CODE,
        name="临江区",
        level=Level.COUNTY,
        parent=parent,
        office="澄州市临江区人民政府办公室",
        letters="临政办",
    )
    record(
        Action.FOUNDED,
        by=PROGRAM,
        at=FOUNDED,
        about=[("place", place.pk)],
        after={"code": CODE, "name": place.name, "logins": [login.username for login in LOGINS]},
        why="内置样例，内容均为虚构",
    )
    return place


def _found_users(place: Place) -> None:
    """Everybody with the fixed password; the administrators' second factor is enrolled."""
    password = make_password(PASSWORD)  # slow by design: once for all
    for login in LOGINS:
        installation = login.role in (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
        user = User.objects.create(
            username=login.username,
            name=login.name,
            password=password,
            place=None if installation else place,
            must_change_password=False,
        )
        Grant.objects.create(user=user, role=login.role, since=FOUNDED)
        if login.secret:
            TOTPDevice.objects.create(user=user, name="样例", key=login.secret.encode().hex(), confirmed=True)


def _seat_users(place: Place) -> None:
    """Put the people of units into their units, the leaders into the persons the breakdown named."""
    for login in LOGINS:
        if not login.seat:
            continue
        user = User.objects.get(username=login.username)
        if login.role == Role.LEADER:
            user.person = Person.objects.get(place=place, name=login.seat)
        else:
            user.unit = Unit.objects.get(place=place, name=login.seat)
        user.save(update_fields=("unit", "person"))
