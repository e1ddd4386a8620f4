"""Run in a site of its own: an open round with so many filings, spread over so many units, each a session.

`fill(sessions, filings)` prints as JSON a session key and its filings for each; `check()` prints what stands.
"""

import json
from datetime import date, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils.timezone import now

from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Status, Task, TaskKind, TaskState
from dukao.site.people.models import Grant, Place, Role, Unit, UnitKind, User
from dukao.site.supervision.models import ActionPlan, Filing, PlanKind, Round

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def fill(sessions: int, filings: int) -> None:
    """Make the round and print who files what."""
    at = now()
    place = Place.objects.create(code="990301", name="试验区", level="county")
    units = Unit.objects.bulk_create(
        Unit(place=place, name=f"第{one}局", kind=UnitKind.DEPARTMENT, since=date(2020, 1, 1), order=one)
        for one in range(sessions)
    )
    users = User.objects.bulk_create(
        User(
            username=f"liaison{one}",
            name=f"联络员{one}",
            place=place,
            unit=unit,
            must_change_password=False,
            password="!",
        )
        for one, unit in enumerate(units)
    )
    Grant.objects.bulk_create(Grant(user=user, role=Role.LIAISON, since=at) for user in users)
    round_ = Round.objects.create(
        place=place,
        year=at.year,
        label=f"{at.year}年{at.month}月",
        cadence="month",
        period_end=at.date(),
        due_at=at + timedelta(hours=4),
        opened_at=at,
    )
    made = _make_filings(place, round_, units, users[0], filings)
    own: dict[int, list[int]] = {unit.pk: [] for unit in units}
    for filing in made:
        own[filing.unit_id].append(filing.pk)
    print(json.dumps([[_session(user), own[user.unit_id or 0]] for user in users]))


def _make_filings(place: Place, round_: Round, units: list[Unit], by: User, count: int) -> list[Filing]:
    """Tasks with a plan that counts, one filing each, dealt out to the units in turn."""
    at = round_.opened_at
    tasks = Task.objects.bulk_create(
        Task(place=place, year=at.year, kind=TaskKind.REGISTER, number=f"清{at.year}-{one:04d}")
        for one in range(count)
    )
    TaskState.objects.bulk_create(
        TaskState(
            task=task, status=Status.ISSUED, order=one, text=f"建成第{one}处口袋公园。", since=at, search=""
        )
        for one, task in enumerate(tasks)
    )
    ActionPlan.objects.bulk_create(
        ActionPlan(
            task=task,
            unit=units[one % len(units)],
            number=1,
            stage="approved",
            kind=PlanKind.CUMULATIVE,
            target=1.0,
            unit_of_measure="处",
            visible="建成开放",
            drafted_by=by,
            drafted_at=at,
            since=at,
        )
        for one, task in enumerate(tasks)
    )
    return Filing.objects.bulk_create(
        Filing(round=round_, task=task, unit=units[one % len(units)]) for one, task in enumerate(tasks)
    )


def _session(user: User) -> str:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), _BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store["seen"] = int(now().timestamp())
    store.create()
    return str(store.session_key)


def check() -> None:
    """Print what the record says of every filing, its entries counted, and whether the chain holds."""
    saved = Entry.objects.filter(action="filing-saved").values_list("subjects__kind", "subjects__key")
    entries: dict[str, int] = {}
    for kind, key in saved:
        if kind == "filing":
            entries[key] = entries.get(key, 0) + 1
    rows = Filing.objects.prefetch_related("values").order_by("pk")
    facts = {
        row.pk: [
            row.progress,
            row.version,
            [one.value for one in row.values.all()],
            entries.get(str(row.pk), 0),
        ]
        for row in rows
    }
    print(json.dumps({"filings": facts, "holds": verify_chain().holds}))
