"""What pages ask of close-out and standing: a place's list, a task's panel, what waits for somebody."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.ledger.access import visible_task
from dukao.site.ledger.models import Status, TaskState
from dukao.site.people.access import Act, Viewer, may
from dukao.site.supervision.access import leads_task, units_of
from dukao.site.supervision.closing.access import visible_completions
from dukao.site.supervision.closing.reaching import limits_of
from dukao.site.supervision.closing.states import DONE, STATES, WAITING, Row, due_of, state_of, stood_at
from dukao.site.supervision.models import (
    Completion,
    CompletionStage,
    ShownObjection,
    Standing,
    StandingStage,
)
from dukao.site.supervision.needs import Need
from dukao.site.supervision.practice import practice_of

_ORDER = {state: at for at, state in enumerate(STATES)}


@dataclass(frozen=True, slots=True)
class Closings:
    """The close-outs a reader sees: what waits first, by limit; then what is done with, the newest first."""

    rows: tuple[Row, ...]

    @property
    def waiting(self) -> list[Row]:
        """What waits for somebody, the earliest limit first, what has none last."""
        found = [one for one in self.rows if one.state in WAITING]
        return sorted(found, key=lambda one: (one.due or date.max, _ORDER[one.state], one.completion.pk))

    @property
    def done(self) -> list[Row]:
        """What is closed, was reopened, sent back or taken back; the newest first."""
        found = [one for one in self.rows if one.state in DONE]
        return sorted(found, key=lambda one: -one.completion.pk)

    def of(self, state: str) -> list[Row]:
        """What is in one state; what is due to be looked at again is closed too."""
        states = ("closed", "look") if state == "closed" else (state,)
        return [one for one in (*self.waiting, *self.done) if one.state in states]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many wait in which state."""
        found = Counter(one.state for one in self.rows)
        return [(state, words, found[state]) for state, words in WAITING.items() if found[state]]

    @property
    def signed(self) -> int:
        """How many are closed, those still shown left out."""
        return sum(one.state in ("closed", "look") for one in self.rows)

    @property
    def late(self) -> int:
        """How many of those were done after their limit."""
        return sum(one.is_done_late for one in self.rows if one.state in ("closed", "look"))

    @property
    def overdue(self) -> int:
        """How many wait beyond their limit."""
        return sum(one.is_late for one in self.waiting)


def read_closings(viewer: Viewer, now: datetime) -> Closings:
    """Every close-out a reader sees, as it stands: seven queries, however many there are."""
    found = visible_completions(viewer).select_related("task", "unit", "verified_by", "signed_by")
    return Closings(tuple(rows_of(found, viewer.place_id, now)))


def rows_of(
    completions: QuerySet[Completion] | Iterable[Completion], place_id: int, now: datetime
) -> list[Row]:
    """Close-outs as lists show them: five queries."""
    rows, today = list(completions), localdate(now)
    tasks = {one.task_id for one in rows}
    texts = dict(TaskState.objects.at(None).filter(task_id__in=tasks).values_list("task_id", "text"))
    limits, practice = limits_of(tasks), practice_of(place_id, today)
    found = []
    for one in rows:
        state = state_of(one, now)
        due = due_of(one, state, practice)
        is_late = state in WAITING and due is not None and due < today
        found.append(Row(one, texts.get(one.task_id, ""), state, due, limits[one.task_id], is_late))
    return found


@dataclass(frozen=True, slots=True)
class Stood:
    """A close-out on its task's page: how it stood, in words, and whether it was done in time."""

    completion: Completion
    state: str
    timeliness: str
    is_late: bool

    @property
    def words(self) -> str:
        """The state in words."""
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class ClosePanel:
    """办结 on a task's page: its close-outs, newest first, whether it is out of the totals, what one may do.

    `sees_way` is whether the reader sees more than that it was closed.
    """

    task_id: int
    stood: tuple[Stood, ...]
    standing: Standing | None
    drafted: Standing | None
    sees_way: bool
    may_apply: bool
    may_adjust: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was applied for and the task stands in the totals."""
        return not self.stood and self.standing is None and self.drafted is None


def close_panel(viewer: Viewer, task_id: int, moment: datetime | None, now: datetime) -> ClosePanel:
    """The 办结 of a task's page as it stood at `moment` (None for now); 404 where the task is not seen.

    Who may not read the way of a close-out sees what was signed: what is shown is shown to everybody.
    """
    visible_task(viewer, task_id, moment)
    sees_way = may(viewer, Act.SEE_CLOSINGS)
    found = visible_completions(viewer) if sees_way else Completion.objects.filter(signed_at__isnull=False)
    rows = found.filter(task_id=task_id).exclude(stage=CompletionStage.WITHDRAWN)
    limit, stood = limits_of([task_id], moment)[task_id], []
    for one in rows.select_related("unit", "verified_by", "signed_by"):
        state = state_of(one, now) if moment is None else stood_at(one, moment)
        if state and (sees_way or state in ("shown", "disputed", "closed", "look")):
            stood.append(Stood(one, state, limit.say(one.done_on), limit.is_late(one.done_on)))
    in_hand = any(one.state not in ("reopened", "returned") for one in stood)
    standing = _standing_at(task_id, moment or now)
    is_issued = moment is None and _is_issued(task_id)
    may_adjust = is_issued and may(viewer, Act.AMEND)
    drafted = (
        Standing.objects.filter(task_id=task_id, stage=StandingStage.DRAFT).first() if may_adjust else None
    )
    leads = is_issued and may(viewer, Act.APPLY_CLOSE) and leads_task(viewer, task_id)
    return ClosePanel(
        task_id=task_id,
        stood=tuple(stood),
        standing=standing,
        drafted=drafted,
        sees_way=sees_way,
        may_apply=leads and not in_hand and standing is None,
        may_adjust=may_adjust and drafted is None and not in_hand,
    )


def standings_at(task_ids: Iterable[int], moment: datetime) -> dict[int, Standing]:
    """The act by which each task was out of the totals at a moment; tasks that were in them are left out."""
    stood = Q(since__lte=moment) & (Q(until__isnull=True) | Q(until__gt=moment))
    found = Standing.objects.filter(stood, task_id__in=list(task_ids))
    return {one.task_id: one for one in found.prefetch_related("into").order_by("id")}


def _standing_at(task_id: int, moment: datetime) -> Standing | None:
    return standings_at([task_id], moment).get(task_id)


def _is_issued(task_id: int) -> bool:
    return TaskState.objects.at(None).filter(task_id=task_id, status=Status.ISSUED).exists()


def needs_of(viewer: Viewer, now: datetime) -> list[Need]:
    """What of this waits for somebody today."""
    return list(_needs(viewer, now))


def _needs(viewer: Viewer, now: datetime) -> Iterator[Need]:
    closings = reverse("supervision:closings")
    if may(viewer, Act.VERIFY):
        counts: dict[str, list[date | None]] = {}
        practice = practice_of(viewer.place_id, localdate(now))
        waiting = Completion.objects.filter(
            Q(stage__in=(CompletionStage.APPLIED, CompletionStage.VERIFIED))
            | Q(stage=CompletionStage.CLOSED, look_back_on__lte=localdate(now)),
            task__place_id=viewer.place_id,
        )
        for one in waiting:
            state = state_of(one, now)
            counts.setdefault(state, []).append(due_of(one, state, practice))
        said = {"applied": "份办结申请待核验", "visit": "份办结申请待现场核查", "look": "项办结任务到期回看"}
        if may(viewer, Act.SIGN):
            said["verified"] = "份办结待签发"
        for state, words in said.items():
            days = [day for day in counts.get(state, ()) if day]
            yield Need(
                len(counts.get(state, ())), words, f"{closings}?state={state}", min(days, default=None)
            )
        open_ = ShownObjection.objects.filter(
            ruled_at__isnull=True,
            completion__stage=CompletionStage.CLOSED,
            completion__task__place_id=viewer.place_id,
        )
        yield Need(open_.count(), "条公示意见待答复", f"{closings}?state=disputed")
    if may(viewer, Act.SIGN):
        drafts = Standing.objects.filter(task__place_id=viewer.place_id, stage=StandingStage.DRAFT)
        yield Need(drafts.count(), "份任务调整待签发", reverse("supervision:standings"))
    if may(viewer, Act.FILE) and viewer.unit_id:
        back = returned_to(viewer).aggregate(count=Count("pk"), due=Min("returned_due"))
        yield Need(back["count"], "份办结申请退回待补", closings, back["due"])


def returned_to(viewer: Viewer) -> QuerySet[Completion]:
    """The applications of a unit that were sent back and not made again."""
    own = Completion.objects.filter(unit_id__in=units_of(viewer)).order_by("pk")
    newest = {task: pk for pk, task in own.values_list("pk", "task_id")}
    return Completion.objects.filter(pk__in=newest.values(), stage=CompletionStage.RETURNED)
