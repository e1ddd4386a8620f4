"""SQL that is written once finds and saves what Django's own would."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import BigAutoField
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from dukao.site.people.models import Person, Place, Post, Tenure, Unit, UnitKind
from dukao.site.statements import Lookup, Update

pytestmark = pytest.mark.django_db

UNITS = Unit.objects.order_by("name").select_related("place").only("name", "until", "place__name")


@pytest.fixture
def places() -> list[Place]:
    """Two places with a unit each, the first with one that ended as well."""
    found = [Place.objects.create(code=f"99000{at}", name=f"第{at}区", level="county") for at in (1, 2)]
    for place in found:
        Unit.objects.create(place=place, name="甲局", kind=UnitKind.DEPARTMENT, since=date(2024, 1, 1))
    ended = {"since": date(2020, 1, 1), "until": date(2023, 1, 1)}
    Unit.objects.create(place=found[0], name="乙局", kind=UnitKind.PARTY, **ended)
    return found


def test_rows_are_found_as_by_a_query_set(places: list[Place]) -> None:
    lookup = Lookup(UNITS, "place_id")
    for place in [*places, places[0]]:
        with CaptureQueriesContext(connection) as asked:
            found = lookup.find(place.pk)
            said = [(one.pk, one.name, one.until, one.place.name) for one in found]
        assert len(asked) == 1
        assert said == [(one.pk, one.name, one.until, place.name) for one in UNITS.filter(place=place)]
    assert [one.get_kind_display() for one in lookup.find(places[0].pk)] == ["党委机构", "政府部门"]


def test_each_id_goes_to_its_column(places: list[Place]) -> None:
    unit = Unit.objects.get(place=places[1])
    lookup = Lookup(Unit.objects.filter(until__isnull=True).values_list("name", "since"), "place_id", "pk")
    assert lookup.find(places[1].pk, unit.pk) == [("甲局", date(2024, 1, 1))]
    assert lookup.find(places[0].pk, unit.pk) == []


def test_what_was_changed_since_is_found_as_it_is_now(places: list[Place]) -> None:
    lookup = Lookup(Unit.objects.values_list("name", flat=True), "pk")
    unit = Unit.objects.get(place=places[1])
    assert lookup.find(unit.pk) == ["甲局"]
    Unit.objects.filter(pk=unit.pk).update(name="丙局")
    assert lookup.find(unit.pk) == ["丙局"]


def test_an_id_no_database_holds_finds_nothing() -> None:
    lookup = Lookup(Unit.objects.all(), "pk")
    assert lookup.find(BigAutoField.MAX_BIGINT) == []
    assert lookup.find(10**30) == []


def test_the_named_fields_are_saved_and_no_other(places: list[Place]) -> None:
    post = Post.objects.create(place=places[0], title="区长", is_head=True)
    names = ("张三", "李四")
    first, second = (Person.objects.create(place=places[0], name=name) for name in names)
    tenures = [
        Tenure.objects.create(post=post, person=first, since=date(year, 1, 1)) for year in (2023, 2024)
    ]
    tenure = tenures[0]
    tenure.person, tenure.since, tenure.until = second, date(2020, 1, 1), date(2024, 1, 1)
    Update(Tenure, "person", "until").save(tenure)
    saved = [Tenure.objects.get(pk=one.pk) for one in tenures]
    assert [(one.person_id, one.since, one.until) for one in saved] == [
        (second.pk, date(2023, 1, 1), date(2024, 1, 1)),
        (first.pk, date(2024, 1, 1), None),
    ]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows")
def test_rows_are_locked_inside_a_transaction_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    lookup = Lookup(Unit.objects.select_for_update(), "pk")
    assert lookup.find(1) == []
    monkeypatch.setattr(connection, "get_autocommit", lambda: True)
    with pytest.raises(TransactionManagementError):
        lookup.find(1)
