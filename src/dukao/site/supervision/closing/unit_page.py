"""A unit's own tasks by how near they are to their end: sent back, to be applied for, on the way, not yet."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from dukao.site.people.access import Viewer
from dukao.site.supervision.access import units_of
from dukao.site.supervision.assigning.laying import issued_states, units_laid_on
from dukao.site.supervision.closing.checklists import Checklist, checklist_for
from dukao.site.supervision.closing.queries import rows_of, standings_at
from dukao.site.supervision.closing.reaching import Limit, Reached, limits_of, reached_of
from dukao.site.supervision.closing.states import DONE, Row
from dukao.site.supervision.models import Completion, CompletionStage, Evidence

# In the order a unit wants them.
GROUPS = {
    "returned": "退回待补",
    "ready": "可以申请办结",
    "waiting": "在办",
    "short": "还没有完成",
    "closed": "已办结",
}


@dataclass(frozen=True, slots=True)
class OwnTask:
    """A task of the unit: its last application, what it still lacks, by when it is due."""

    task_id: int
    number: str
    text: str
    group: str
    row: Row | None
    lacks: tuple[str, ...]
    limit: Limit

    @property
    def due(self) -> date | None:
        """What comes first for the unit: the day to send again what came back, else the task's own limit."""
        return self.row.due if self.row and self.group == "returned" else self.limit.due


@dataclass(frozen=True, slots=True)
class OwnTasks:
    """What a unit leads, group by group, the earliest limit first."""

    tasks: tuple[OwnTask, ...]

    def of(self, group: str) -> list[OwnTask]:
        """One group."""
        found = [one for one in self.tasks if one.group == group]
        return sorted(found, key=lambda one: (one.due or date.max, one.number))

    @property
    def groups(self) -> list[tuple[str, str, list[OwnTask]]]:
        """The groups that hold something."""
        return [(name, words, self.of(name)) for name, words in GROUPS.items() if self.of(name)]


def read_own(viewer: Viewer, now: datetime) -> OwnTasks:
    """The issued tasks a unit leads, none that is out of the totals: a fixed number of queries."""
    states = issued_states(viewer.place_id)
    mine = units_of(viewer)
    ids = {task for task, unit in units_laid_on(states) if unit in mine}
    ids -= standings_at(ids, now).keys()
    texts = states.filter(task_id__in=ids).values_list("task_id", "task__number", "text")
    last = {one.completion.task_id: one for one in _applications(ids, viewer, now)}
    reached, limits, kinds = reached_of(ids), limits_of(ids), _kinds(ids)
    found = []
    for task, number, text in texts:
        checklist = checklist_for(reached[task].kind)
        lacks = lacks_of(reached[task], checklist, kinds[task])
        row = last.get(task)
        group = _group(row, lacks)
        found.append(OwnTask(task, number or "", text, group, row, lacks, limits[task]))
    return OwnTasks(tuple(found))


def lacks_of(reached: Reached, checklist: Checklist, kinds: set[str]) -> tuple[str, ...]:
    """What is missing for a close-out: what falls short of the plan, and evidence that proves it."""
    if kinds.intersection(checklist.evidence):
        return reached.missing
    return (*reached.missing, f"还缺佐证：{checklist.proofs}中的一种，单位自己的说明不算")


def _applications(ids: set[int], viewer: Viewer, now: datetime) -> list[Row]:
    rows = Completion.objects.filter(task_id__in=ids).exclude(stage=CompletionStage.WITHDRAWN)
    return rows_of(rows.select_related("task", "unit").order_by("pk"), viewer.place_id, now)


def _kinds(ids: set[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Evidence.objects.filter(filing__task_id__in=ids, withdrawn_at__isnull=True)
    for task, kind in rows.values_list("filing__task_id", "kind"):
        found[task].add(kind)
    return found


def _group(row: Row | None, lacks: tuple[str, ...]) -> str:
    if row is not None and row.state == "returned":
        return "returned"
    if row is not None and row.state in ("closed", "look"):
        return "closed"
    if row is not None and row.state not in DONE:
        return "waiting"
    return "short" if lacks else "ready"
