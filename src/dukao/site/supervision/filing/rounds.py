"""报送期: rounds open and close by themselves; a lead unit has one filing a task, others theirs.

Months are asked of what the cadence reports monthly; the last month of a quarter is asked of everything else,
but for what rests on a published statistic, which is asked once a new figure is out, until it is filed. What
is opened and by when are functions of the place's preset, the day of its first issue and the day it is.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Min
from django.utils.timezone import localdate

from dukao.progress.workdays import CalendarUnknown, add_workdays, next_workday
from dukao.site.history.actions import record
from dukao.site.history.values import PROGRAM
from dukao.site.ledger.models import Status, TaskState
from dukao.site.people.models import Place
from dukao.site.supervision.access import duties_of
from dukao.site.supervision.filing.published import figures_owed
from dukao.site.supervision.filing.risks import DaysLights, LightsByYear, risks_of
from dukao.site.supervision.models import (
    Completion,
    Filing,
    FilingHand,
    FilingStage,
    Round,
    Standing,
    Subject,
)
from dukao.site.supervision.naming import Action
from dukao.site.supervision.practice import BEIJING, practice_of

_STAYS_OPEN = timedelta(days=31)  # after its limit: late words are still taken
_SAID = (FilingStage.CONFIRMED, FilingStage.ACCEPTED)
Cadence = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Period:
    """What a round asks about: figures as of `end`, filed until `due`, asked from `opens` on."""

    end: date
    opens: date
    due: datetime
    is_quarter: bool

    @property
    def month(self) -> tuple[int, int]:
        """The month it is called by."""
        return self.end.year, self.end.month

    @property
    def label(self) -> str:
        """2024年9月."""
        return f"{self.end.year}年{self.end.month}月"


def periods(cadence: Cadence, first: date, today: date) -> Iterator[Period]:
    """The periods whose time to file has begun by `today`, the earliest first.

    None that had begun before `first`, the day the tasks were issued: what was not asked is never late.
    """
    year, month = first.year, first.month
    while (year, month) <= (today.year + 1, today.month):
        period = _period(cadence, year, month)
        if period.opens > today:
            return
        if period.opens >= first:
            yield period
        year, month = _after(year, month)


def _period(cadence: Cadence, year: int, month: int) -> Period:
    last = monthrange(year, month)[1]
    if cadence["month_after"]:
        end = date(year, month, last)
        day = _day_of(*_after(year, month), cadence["day"])
    else:
        end = day = _day_of(year, month, cadence["day"])
    opens = day - timedelta(days=cadence["opens"])
    return Period(end, opens, limit_of(_on_workday(day), cadence["hour"]), month % 3 == 0)


def _after(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == 12 else (year, month + 1)


def _day_of(year: int, month: int, day: int) -> date:
    """A day of a month, its last one where it has fewer."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def limit_of(day: date, hour: int) -> datetime:
    """The last moment that is in time: `hour` o'clock of a day, Beijing time; 24 is the whole of it."""
    if hour == 24:
        return datetime.combine(day, time.max, BEIJING)
    return datetime.combine(day, time(hour), BEIJING)


def _on_workday(day: date) -> date:
    """A limit on a holiday moves behind it; where the calendar is not known the day stands."""
    try:
        return next_workday(day)
    except CalendarUnknown:
        return day


@transaction.atomic
def open_rounds(place_id: int, *, at: datetime, lights: DaysLights | None = None) -> list[Round]:
    """Open the round that is due and not open yet, with its filings; safe to run twice, or after a pause.

    Of limits that passed while nothing ran only the last is asked for, where no later one is: with three
    working days from now. What was skipped is in the next one's figures. Rounds already open follow the
    tasks that changed hands. `lights` gives those of the day by year, where a run asks for them anyway.
    """
    place = Place.objects.select_for_update().get(pk=place_id)
    follow_changes(place_id, at=at)
    issued = TaskState.objects.filter(task__place=place, status=Status.ISSUED).aggregate(first=Min("since"))
    if issued["first"] is None:
        return []
    today = localdate(at)
    cadence = practice_of(place_id, today).preset(Subject.CADENCE)
    found = list(periods(cadence, localdate(issued["first"]), today))
    ends = Round.objects.filter(place=place).values_list("period_end", flat=True)
    last = max(((end.year, end.month) for end in ends), default=(0, 0))
    todo = [period for period in found if period.month > last]
    opening = _worth_opening(todo, at)
    lit = lights() if opening and lights else {}
    return [_open(place, period, cadence, at, lit) for period in opening]


def _worth_opening(todo: list[Period], at: datetime) -> list[Period]:
    """Those whose limit lies ahead, else the last that passed, its limit moved."""
    ahead = [period for period in todo if period.due >= at]
    missed = [period for period in todo if period.due < at]
    if missed and ahead:
        asks_all = ahead[0].is_quarter or any(period.is_quarter for period in missed)
        return [replace(ahead[0], is_quarter=asks_all), *ahead[1:]]
    if missed:
        asks_all = any(period.is_quarter for period in missed)
        return [replace(missed[-1], due=_soon(at), is_quarter=asks_all)]
    return ahead


def _soon(at: datetime) -> datetime:
    today = localdate(at)
    try:
        return limit_of(add_workdays(today, 3), 24)
    except CalendarUnknown:
        return limit_of(today + timedelta(days=5), 24)


def _open(place: Place, period: Period, cadence: Cadence, at: datetime, lit: LightsByYear) -> Round:
    round_ = Round.objects.create(
        place=place,
        year=period.end.year,
        label=period.label,
        cadence="quarter" if period.is_quarter else "month",
        period_end=period.end,
        due_at=period.due,
        opened_at=at,
    )
    states = list(_under_way(place.pk, period.end.year, at))
    risks = risks_of(place.pk, states, period.end.year, localdate(at), lit)
    monthly = {task for task, found in risks.items() if cadence[found.risk] == "month"}
    owed = figures_owed(set(risks) - monthly, localdate(at))
    asked = {task for task in risks if task in monthly or owed.get(task, period.is_quarter)}
    filings = [
        Filing(
            round=round_,
            task_id=task,
            unit_id=unit,
            is_lead=role == "lead",
            risk=risks[task].risk.value,
            risk_why=f"{risks[task].why}，{_rhythm(task, monthly, owed)}",
        )
        for task, unit, role in who_files(asked)
    ]
    Filing.objects.bulk_create(filings, batch_size=500)
    after = {
        "期次": round_.label,
        "期限": period.due.isoformat(timespec="minutes"),
        "填报项": sum(one.is_lead for one in filings),
    }
    record(Action.ROUND_OPENED, by=PROGRAM, at=at, about=[("round", round_.pk)], after=after)
    return round_


def _rhythm(task: int, monthly: Collection[int], owed: Collection[int]) -> str:
    if task in monthly:
        return "按月报"
    return "统计数公布后报" if task in owed else "按季报"


def _under_way(place_id: int, year: int, at: datetime) -> Iterable[TaskState]:
    """What is asked about: issued tasks of the year and of those before, not closed, in the totals."""
    gone = Standing.objects.filter(since__lte=at, until__isnull=True).values("task_id")
    closed = Completion.objects.filter(stage="closed").values("task_id")
    states = TaskState.objects.at(None).filter(
        task__place_id=place_id, task__year__lte=year, status=Status.ISSUED
    )
    return states.exclude(task_id__in=gone).exclude(task_id__in=closed).select_related("task")


def who_files(task_ids: Iterable[int]) -> list[tuple[int, int, str]]:
    """(task, unit, role), each unit once a task: the government-side units that answer for the tasks.

    Where only a partner leads, the first government-side unit files for the task. Units that are named as a
    group (各街道) are not asked one by one.
    """
    duties = duties_of(list(task_ids))
    return [(task, unit, role) for task, units in duties.items() for unit, role in units.items()]


@transaction.atomic
def follow_changes(place_id: int, *, at: datetime) -> int:
    """Let open rounds follow tasks that changed hands: a unit merged in June, a lead taken to another unit.

    What was begun goes to the unit that answers now, words and all; what was confirmed stays where it was
    said. Nothing is asked of a unit that no longer answers; whom it was asked of until then is kept, so that
    an earlier day is judged as it was. How many filings changed.
    """
    alive = Filing.objects.filter(round__place_id=place_id, round__closed_at__isnull=True).order_by()
    asked: dict[int, list[_Asked]] = defaultdict(list)
    for round_id, *row in alive.values_list("round_id", *_Asked._fields):
        asked[round_id].append(_Asked._make(row))
    tasks = {one.task_id for own in asked.values() for one in own if one.stage != FilingStage.MOVED}
    now = {(task, unit): role for task, unit, role in who_files(tasks)}
    behind = [round_id for round_id, own in asked.items() if not _is_followed(own, now)]
    changed = 0
    for round_ in Round.objects.filter(pk__in=behind) if behind else ():
        filings = list(Filing.objects.select_for_update(of=("self",)).filter(round=round_))
        changed += _follow(round_, filings, now, at)
    return changed


class _Asked(NamedTuple):
    """Of whom a filing is asked, and how far it is."""

    task_id: int
    unit_id: int
    is_lead: bool
    stage: str


def _is_followed(asked: Sequence[_Asked], now: Mapping[tuple[int, int], str]) -> bool:
    """Whether a round asks of everybody what `now` says: then none of its filings has to be looked at."""
    return not _wanting(asked, now) and all(_stays(one, now) for one in asked)


def _stays(one: _Asked, now: Mapping[tuple[int, int], str]) -> bool:
    role = now.get((one.task_id, one.unit_id))
    is_moved = one.stage == FilingStage.MOVED
    if role is None:
        return one.stage in _SAID or (is_moved and not one.is_lead)
    return one.stage in _SAID or (not is_moved and one.is_lead == (role == "lead"))


def _wanting(asked: Iterable[_Asked | Filing], now: Mapping[tuple[int, int], str]) -> list[tuple[int, int]]:
    """Whom a round is still to ask: (task, unit); no other lead of what the one before had said."""
    here = {(one.task_id, one.unit_id): one for one in asked}
    said = {
        one.task_id for pair, one in here.items() if one.stage in _SAID and one.is_lead and pair not in now
    }
    tasks = {one.task_id for one in here.values() if one.stage != FilingStage.MOVED}
    return [
        pair
        for pair in now
        if pair[0] in tasks and pair not in here and not (now[pair] == "lead" and pair[0] in said)
    ]


def _follow(round_: Round, filings: list[Filing], now: dict[tuple[int, int], str], at: datetime) -> int:
    here = {(one.task_id, one.unit_id): one for one in filings}
    wanting = _wanting(filings, now)
    hands = {one.pk: _hand(one, at) for one in filings}
    changed = [
        one
        for pair, one in here.items()
        if one.stage not in _SAID and _hand_over(one, now.get(pair), now, wanting)
    ]
    _keep_hands(changed, hands, at)
    Filing.objects.bulk_update(changed, ["unit", "stage", "is_lead", "asked_since"])
    made = Filing.objects.bulk_create(_new(round_, filings, pair, now[pair], at) for pair in wanting)
    if changed or made:
        about = [("round", round_.pk), *(("task", one.task_id) for one in [*changed, *made])]
        after = {"期次": round_.label, "改由现责任单位填报": len(changed), "新增填报": len(made)}
        record(Action.ROUND_FOLLOWED, by=PROGRAM, at=at, about=about, after=after)
    return len(changed) + len(made)


def _hand_over(
    one: Filing, role: str | None, now: dict[tuple[int, int], str], wanting: list[tuple[int, int]]
) -> bool:
    """Let one filing follow its task: `role` is what its unit has there now; whether anything changed."""
    before = (one.unit_id, one.stage, one.is_lead)
    heir = next((to for to in wanting if to[0] == one.task_id and now[to] == "lead"), None)
    if role is not None:
        one.is_lead = role == "lead"
        if one.stage == FilingStage.MOVED:
            one.stage = FilingStage.DRAFT if one.progress else FilingStage.EMPTY
    elif one.is_lead and heir:
        wanting.remove(heir)
        one.unit_id = heir[1]
    else:
        one.stage, one.is_lead = FilingStage.MOVED, False
    return before != (one.unit_id, one.stage, one.is_lead)


def _hand(one: Filing, at: datetime) -> FilingHand:
    """Whom a filing is asked of until a moment."""
    return FilingHand(filing=one, unit_id=one.unit_id, is_lead=one.is_lead, since=one.asked_since, until=at)


def _keep_hands(changed: list[Filing], before: Mapping[int, FilingHand], at: datetime) -> None:
    """Keep whom each filing was asked of, where that is another now."""
    ended = []
    for one in changed:
        hand = before[one.pk]
        if (hand.unit_id, hand.is_lead) != (one.unit_id, one.is_lead):
            one.asked_since = at
            ended.append(hand)
    FilingHand.objects.bulk_create(ended)


def _new(round_: Round, filings: list[Filing], pair: tuple[int, int], role: str, at: datetime) -> Filing:
    like = next(one for one in filings if one.task_id == pair[0])
    return Filing(
        round=round_,
        task_id=pair[0],
        unit_id=pair[1],
        is_lead=role == "lead",
        asked_since=at,
        risk=like.risk,
        risk_why=like.risk_why,
    )


@transaction.atomic
def close_rounds(place_id: int, *, at: datetime) -> int:
    """Close rounds whose limit is past by more than a month: later words belong to the next; how many."""
    old = Round.objects.select_for_update().filter(
        place_id=place_id, closed_at__isnull=True, due_at__lt=at - _STAYS_OPEN
    )
    rounds = list(old)
    Round.objects.filter(pk__in=[one.pk for one in rounds]).update(closed_at=at)
    for one in rounds:
        record(Action.ROUND_CLOSED, by=PROGRAM, at=at, about=[("round", one.pk)], after={"期次": one.label})
    return len(rounds)
