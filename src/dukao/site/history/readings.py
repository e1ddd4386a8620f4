"""Values that were read of the record, kept in the process for as long as history says they hold.

What pages show of a task at a moment is a function of what was recorded by then, and whatever changes the
record leaves an entry in history. A value therefore holds until history has an entry of that time which it
had not: of a day that is over for good, of now until somebody of the place does something. An entry that
names the tasks it changed leaves the values of the others as they are. Requests that write nothing keep what
they read; everything else reads anew.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import transaction

from dukao.site.history.queries import entries_since, first_after, mark_now
from dukao.site.history.values import Mark, Thing

T = TypeVar("T")

_NO_TASK = frozenset({0})
_KEEPERS: list["Keeper[Any]"] = []
_PAST = ContextVar("past", default=False)
_TOLD: ContextVar[dict[tuple[Any, ...], Any] | None] = ContextVar("told", default=None)
_MOST = 20_000  # so many values are kept by a keeper: those asked for last
# An entry about these alone changes no task; one that names tasks and nothing but what hangs on them changes
# no other task; any other may change all.
_ON_NO_TASK = frozenset({"token", "view"})
_ON_TASKS = frozenset(
    {
        *("task", "unit", "assignment", "plan", "filing", "evidence", "completion", "standing"),
        *("notice", "instruction", "bulletin", "meeting"),
    }
)


class Bounds(NamedTuple):
    """What values rest on: the entries of a place (its code); `until`: where time alone ends them."""

    place: str
    until: datetime | None = None


class _News(NamedTuple):
    """What was recorded since a mark: the tasks it may have changed, and when the first of it lies ahead."""

    changed: frozenset[int]
    ahead: datetime | None


@dataclass(slots=True)
class _Kept(Generic[T]):
    """Values by task, read when history stood at `mark`, from `since` on (None: without a moment)."""

    mark: Mark
    since: datetime | None
    until: datetime | None
    place: str
    values: dict[int, T] = field(default_factory=dict)

    def holds_at(self, moment: datetime | None) -> bool:
        """Whether time alone has not ended it."""
        if moment is None or self.since is None:
            return moment is self.since
        return self.since <= moment and (self.until is None or moment < self.until)

    def take(self, news: _News, mark: Mark) -> None:
        """Go on to another mark, without what changed; what lies ahead ends it when its time comes."""
        for task in news.changed:
            self.values.pop(task, None)
        self.until = _earlier(self.until, news.ahead)
        self.mark = max(self.mark, mark)


class Keeper(Generic[T]):
    """Values of one kind by task, for each key they were asked for under.

    An entry about one of the things of the kinds `aside` changes none of them.
    """

    def __init__(self, aside: frozenset[str] = frozenset()) -> None:
        self._aside = aside
        self._kept: OrderedDict[Hashable, _Kept[T]] = OrderedDict()
        self._lock = Lock()
        _KEEPERS.append(self)

    def ask(
        self,
        key: Hashable,
        ids: frozenset[int],
        moment: datetime | None,
        read: Callable[[frozenset[int]], Mapping[int, T]],
        bounds: Callable[[], Bounds],
    ) -> dict[int, T]:
        """The value of each task at a moment (None: now); `read` is asked for those alone that are not kept.

        `key` says whatever else the values depend on. No query where all is kept and nothing was recorded
        since, one where something was.
        """
        if not ids:
            return {}
        if not _may_keep():
            return dict(read(ids))
        mark = _look(mark_now)
        kept = self._current(key, moment, mark, bounds)
        with self._lock:
            values = {task: kept.values[task] for task in ids if task in kept.values}
        missing = ids - values.keys()
        if missing:
            more = read(missing)
            values |= more
            with self._lock:
                if kept.mark == mark:  # else another has gone on, past what this one read
                    kept.values.update(more)
                    self._keep(key, kept)
        return values

    def forget(self) -> None:
        """Keep nothing: everything is read anew."""
        with self._lock:
            self._kept.clear()

    def _current(
        self, key: Hashable, moment: datetime | None, mark: Mark, bounds: Callable[[], Bounds]
    ) -> _Kept[T]:
        """What is kept and holds where history stands at `mark`, else nothing yet."""
        with self._lock:
            kept = self._kept.get(key)
            was = kept.mark if kept else mark
            if kept:
                self._kept.move_to_end(key)
        if kept and kept.holds_at(moment):
            if was == mark:
                return kept
            # What was recorded later changes nothing of a moment that stays.
            stays = moment is not None and moment == kept.since
            news = _look(_news_since, was, kept.place, moment, stays, self._aside)
            if news:
                with self._lock:
                    kept.take(news, mark)
                return kept
        place, until = bounds()
        ahead = _look(first_after, moment, (place, "")) if moment else None
        return _Kept(mark, moment, _earlier(until, ahead), place)

    def _keep(self, key: Hashable, kept: _Kept[T]) -> None:
        self._kept[key] = kept
        self._kept.move_to_end(key)
        while len(self._kept) > 1 and sum(len(one.values) for one in self._kept.values()) > _MOST:
            self._kept.popitem(last=False)


class PlaceKeeper(Generic[T]):
    """Values of one kind that are a place's, not a task's: what is done to tasks alone leaves them."""

    def __init__(self) -> None:
        self._keeper = Keeper[T]()

    def ask(
        self, key: Hashable, moment: datetime | None, read: Callable[[], T], bounds: Callable[[], Bounds]
    ) -> T:
        """The value at a moment (None: now); as `Keeper.ask`. Nobody changes what is given."""
        return self._keeper.ask(key, _NO_TASK, moment, lambda _: {0: read()}, bounds)[0]


def forget_kept() -> None:
    """Read everything anew from here on: for who measures, or writes past history."""
    for keeper in _KEEPERS:
        keeper.forget()


@contextmanager
def looking_once() -> Iterator[None]:
    """A block that writes nothing and keeps what it reads: where history stands is asked before all else."""
    told = _TOLD.set({(mark_now,): mark_now()})
    try:
        yield
    finally:
        _TOLD.reset(told)


@contextmanager
def reading_the_past() -> Iterator[None]:
    """`looking_once` inside a transaction too, at moments that are over: nothing it wrote is of that time."""
    past = _PAST.set(True)
    try:
        with looking_once():
            yield
    finally:
        _PAST.reset(past)


def _may_keep() -> bool:
    """Whether what is read now stays as it is read: nothing is written, or nothing of that time."""
    return _TOLD.get() is not None and (_PAST.get() or _is_settled())


def _is_settled() -> bool:
    """Whether nothing that this connection wrote can still be taken back."""
    return not transaction.get_connection().in_atomic_block


def _look(ask: Callable[..., Any], *about: Hashable) -> Any:
    """What history says, or said before in this block: what was recorded since comes after it."""
    told = _TOLD.get()
    if told is None:
        return ask(*about)
    if (ask, *about) not in told:
        told[ask, *about] = ask(*about)
    return told[ask, *about]


def _news_since(
    mark: Mark, place: str, moment: datetime | None, stays: bool, aside: frozenset[str]
) -> _News | None:
    """What a place did after a mark, seen from a moment, what is about things aside left out; None: anything.

    Of a moment that `stays` only what was recorded by then is news, however much came after it.
    """
    entries = _look(entries_since, mark, (place, ""), moment if stays else None)
    if entries is None:
        return None
    changed: set[int] = set()
    for _, things in entries:
        if any(kind in aside for kind, _ in things):
            continue
        tasks = tasks_changed(things)
        if tasks is None:
            return None
        changed |= tasks
    if moment is None:
        return _News(frozenset(changed), None)
    ahead = _look(first_after, moment, (place, "")) if stays else _first_ahead(entries, moment)
    return _News(frozenset(changed), ahead)


def _first_ahead(entries: Iterable[tuple[datetime, object]], moment: datetime) -> datetime | None:
    return min((at for at, _ in entries if at > moment), default=None)


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def tasks_changed(things: Iterable[Thing]) -> frozenset[int] | None:
    """The tasks an entry about these things may have changed; None: any."""
    named = list(things)
    kinds = {kind for kind, _ in named}
    if kinds and kinds <= _ON_NO_TASK:
        return frozenset()
    if "task" in kinds and kinds <= _ON_TASKS:
        return frozenset(int(str(key)) for kind, key in named if kind == "task")
    return None
