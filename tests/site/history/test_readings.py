"""What was read of the record is kept while history says it holds, and no longer."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from dukao.site.history import readings
from dukao.site.history.actions import record
from dukao.site.history.models import Entry
from dukao.site.history.queries import first_after
from dukao.site.history.readings import (
    Bounds,
    Keeper,
    PlaceKeeper,
    looking_once,
    reading_the_past,
    tasks_changed,
)
from dukao.site.history.values import Actor
from dukao.site.supervision.naming import Action
from tests.site.conftest import MORNING, Cast

NOON = MORNING + timedelta(hours=3)
FIRST, SECOND = frozenset({1}), frozenset({1, 2})


class Reader:
    """Reads tasks under one key, and remembers which it was asked for."""

    def __init__(self, place: str, until: datetime | None = None) -> None:
        self.keeper, self.bounds, self.asked = Keeper[str](), Bounds(place, until), list[list[int]]()

    def ask(self, ids: frozenset[int], moment: datetime | None = NOON) -> dict[int, str]:
        """What is said of the tasks, on a page of its own."""
        with looking_once():
            return self.keeper.ask("key", ids, moment, self._read, self.give_bounds)

    def again(self, ids: frozenset[int], moment: datetime | None = NOON) -> list[int]:
        """Which of the tasks are read anew."""
        self.asked.clear()
        self.ask(ids, moment)
        return [task for asked in self.asked for task in asked]

    def give_bounds(self) -> Bounds:
        """What the values rest on."""
        return self.bounds

    def _read(self, ids: frozenset[int]) -> dict[int, str]:
        self.asked.append(sorted(ids))
        return {task: f"{task}" for task in ids}


@pytest.fixture
def do(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Entry]:
    """Record something, as the clerk of the place at noon where nothing else is said."""
    monkeypatch.setattr(readings, "_is_settled", lambda: True)

    def done(*about: tuple[str, object], at: datetime = NOON, by: Actor | None = None) -> Entry:
        who = by or cast.viewer("clerk").actor
        return record(Action.FILING_ACCEPTED, by=who, at=at, about=about)

    done(("place", 1))
    return done


@pytest.fixture
def reader(do: object, cast: Cast) -> Reader:
    """Two tasks of the place, read at noon."""
    made = Reader(cast.place.code)
    assert made.again(SECOND) == [1, 2]
    return made


def test_what_is_kept_is_read_once(reader: Reader) -> None:
    assert reader.again(SECOND) == []
    assert reader.ask(SECOND) == {1: "1", 2: "2"}
    assert reader.again(frozenset({2, 3})) == [3]


def test_an_entry_about_a_task_leaves_the_others(reader: Reader, do: Callable[..., Entry]) -> None:
    do(("filing", 8), ("task", 2), ("unit", 5))
    assert reader.again(SECOND) == [2]


def test_what_a_keeper_puts_aside_changes_nothing(do: Callable[..., Entry], cast: Cast) -> None:
    reader = Reader(cast.place.code)
    reader.keeper = Keeper[str](aside=frozenset({"filing"}))
    assert reader.again(SECOND) == [1, 2]
    do(("filing", 8), ("task", 2), ("unit", 5))
    assert reader.again(SECOND) == []
    do(("task", 2), ("unit", 5))
    assert reader.again(SECOND) == [2]


def test_what_is_a_place_s_outlasts_what_is_done_to_tasks(do: Callable[..., Entry], cast: Cast) -> None:
    keeper, read = PlaceKeeper[int](), iter(range(9))

    def ask() -> int:
        with looking_once():
            return keeper.ask("units", NOON, lambda: next(read), lambda: Bounds(cast.place.code))

    assert [ask(), ask()] == [0, 0]
    do(("task", 2), ("unit", 5))
    assert ask() == 0
    do(("unit", 5))
    assert ask() == 1


def test_an_entry_about_something_wider_leaves_none(reader: Reader, do: Callable[..., Entry]) -> None:
    do(("breakdown", 3), ("task", 2))
    assert reader.again(SECOND) == [1, 2]


@pytest.mark.parametrize(
    ("about", "changed"),
    [
        ([("task", "4"), ("plan", "9"), ("unit", "2")], frozenset({4})),
        ([("view", "4"), ("token", "9")], frozenset()),
        ([("unit", "2")], None),
        ([("filing", "2")], None),
        ([("user", "2")], None),
        ([], None),
        ([("task", "4"), ("register", "2")], None),
        ([("task", "4"), ("something new", "2")], None),
        ([("adoption", "1")], None),
    ],
)
def test_what_an_entry_may_have_changed(
    about: Iterable[tuple[str, object]], changed: frozenset[int] | None
) -> None:
    assert tasks_changed(about) == changed


def test_another_place_changes_nothing_here(reader: Reader, do: Callable[..., Entry]) -> None:
    do(("task", 1), by=Actor("who", "外地", "990777"))
    assert reader.again(SECOND) == []
    do(("task", 1), by=Actor("dukao", "系统"))
    assert reader.again(SECOND) == [1]


def test_what_was_done_later_leaves_a_moment_that_stays(reader: Reader, do: Callable[..., Entry]) -> None:
    do(("task", 1), at=NOON + timedelta(minutes=1))
    assert reader.again(SECOND) == []
    do(("task", 2), at=NOON)
    assert reader.again(SECOND) == [2]


def test_however_much_is_done_later_a_moment_that_stays_is_not_read_again(
    reader: Reader, do: Callable[..., Entry]
) -> None:
    morrow = NOON + timedelta(days=1)
    do(*(("task", task) for task in range(600)), at=morrow)
    assert reader.again(SECOND) == []
    assert reader.again(SECOND, morrow) == [1, 2]
    do(*(("task", task) for task in range(600)), at=morrow)
    assert reader.again(SECOND, morrow + timedelta(hours=1)) == [1, 2]  # too much to follow one by one


@pytest.mark.parametrize("is_read_before", [True, False])
def test_what_another_clock_wrote_is_met_when_its_time_comes(
    do: Callable[..., Entry], cast: Cast, is_read_before: bool
) -> None:
    """It is known of at noon, and says nothing of noon."""
    reader, ahead = Reader(cast.place.code), NOON + timedelta(minutes=2)
    if is_read_before:
        assert reader.again(SECOND) == [1, 2]
        do(("task", 1), at=ahead)
        assert reader.again(SECOND, ahead - timedelta(minutes=1)) == [1]
    else:
        do(("task", 1), at=ahead)
        assert reader.again(SECOND) == [1, 2]
    assert reader.again(SECOND, ahead - timedelta(seconds=1)) == []
    assert reader.again(SECOND, ahead) == [1, 2]
    assert reader.again(SECOND, ahead + timedelta(minutes=1)) == []


def test_a_limit_ends_what_was_read_before_it(do: object, cast: Cast) -> None:
    limit = NOON + timedelta(hours=6)
    reader = Reader(cast.place.code, until=limit)
    assert reader.again(FIRST) == [1]
    assert reader.again(FIRST, limit - timedelta(seconds=1)) == []
    assert reader.again(FIRST, limit) == [1]
    assert reader.again(FIRST, NOON) == [1]  # before what is kept now: read for itself


def test_without_a_moment_every_entry_counts(do: Callable[..., Entry], cast: Cast) -> None:
    reader = Reader(cast.place.code)
    assert reader.again(FIRST, None) == [1]
    assert reader.again(FIRST, None) == []
    do(("task", 1), at=NOON + timedelta(days=400))
    assert reader.again(FIRST, None) == [1]


def test_a_record_put_back_from_a_copy_is_read_anew(reader: Reader) -> None:
    """The chain is as long as before, and another."""
    for kept in reader.keeper._kept.values():
        kept.mark = kept.mark._replace(digest="f" * 64)
    assert reader.again(SECOND) == [1, 2]


def test_inside_a_transaction_nothing_is_kept(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    with transaction.atomic():
        assert reader.again(SECOND) == [1, 2]
        assert reader.again(SECOND) == [1, 2]


def test_of_the_past_a_transaction_keeps_what_it_reads(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    with transaction.atomic(), reading_the_past():
        assert reader.again(SECOND) == []
        assert reader.again(frozenset({3})) == [3]
    monkeypatch.setattr(readings, "_is_settled", lambda: True)
    assert reader.again(frozenset({3})) == []


def test_what_was_read_while_another_went_on_is_not_kept(
    reader: Reader, do: Callable[..., Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Task 3 is read; before it is kept, it changes and somebody else asks for the others."""
    plain = reader._read

    def meanwhile(ids: frozenset[int]) -> dict[int, str]:
        monkeypatch.setattr(reader, "_read", plain)
        said = plain(ids)
        do(("task", 3))
        reader.ask(SECOND)
        return said

    monkeypatch.setattr(reader, "_read", meanwhile)
    reader.ask(frozenset({3}))
    assert reader.again(frozenset({3})) == [3]


def test_history_is_asked_before_anything_a_page_reads(reader: Reader, do: Callable[..., Entry]) -> None:
    with looking_once():
        said = 3  # what the page read of the task, which changes before it is judged
        do(("task", said))
        reader.keeper.ask("key", frozenset({said}), NOON, reader._read, reader.give_bounds)
    assert reader.again(frozenset({said})) == [said]


def test_a_page_asks_history_once(
    reader: Reader, do: Callable[..., Entry], django_assert_num_queries: Callable[..., object]
) -> None:
    other = Reader(reader.bounds.place)
    other.ask(SECOND)
    do(("task", 2))
    with django_assert_num_queries(2), looking_once():  # type: ignore[attr-defined]
        for one in (reader, reader, other):
            one.keeper.ask("key", FIRST, NOON + timedelta(minutes=1), one._read, other.give_bounds)


def test_what_was_asked_for_longest_ago_goes_first(
    do: object, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "_MOST", 4)
    reader = Reader(cast.place.code)

    def again(key: int) -> list[list[int]]:
        reader.asked.clear()
        with looking_once():
            reader.keeper.ask(key, SECOND, NOON, reader._read, reader.give_bounds)
        return reader.asked

    assert [again(key) for key in (1, 2)] == [[[1, 2]], [[1, 2]]]
    assert again(1) == []
    assert again(3) == [[1, 2]]
    assert again(1) == []
    assert again(2) == [[1, 2]]


def test_outside_a_look_nothing_is_kept(do: object, cast: Cast) -> None:
    reader = Reader(cast.place.code)
    for _ in range(2):
        reader.asked.clear()
        reader.keeper.ask("key", FIRST, NOON, reader._read, reader.give_bounds)
        assert reader.asked == [[1]]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="how SQLite goes about it")
def test_what_lies_ahead_is_looked_for_by_its_moment_alone(do: Callable[..., Entry]) -> None:
    entry = do(("task", 1), at=NOON + timedelta(days=1))
    with CaptureQueriesContext(connection) as asked:
        assert first_after(NOON, (entry.place, "")) == entry.at
        assert first_after(NOON, ("999999",)) is None
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        steps = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "(at>?)" in steps
    assert "B-TREE" not in steps
