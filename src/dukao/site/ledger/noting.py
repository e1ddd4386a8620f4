"""What tasks say, as history tells it: only the tasks an action changed, and of them only what changed.

noted = Noted(task_ids)          # before anything is done
…
before, after = noted.parts(at)  # {"changes": [{"task": 12, "called": "二-4", "text": "…"}]} each
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from dukao.site.ledger.duties import Duty, duties_of
from dukao.site.ledger.models import Placement, Role, Task, TaskMeasure, TaskState
from dukao.site.people.models import Tenure

Said = dict[str, Any]
Side = dict[str, Any]

_PLAIN = (
    "status",
    "title",
    "text",
    "project",
    "section",
    "remark",
    "deadline_text",
    "deadline_kind",
    "publicity",
    "publicity_reason",
    "relation",
    "source_spans",
)


class Noted:
    """Tasks as they stood before an action; a task added since says nothing before."""

    def __init__(self, task_ids: Iterable[int]) -> None:
        self._before = _say(list(dict.fromkeys(task_ids)))

    def parts(self, at: datetime, added: Collection[int] = ()) -> tuple[Side, Side]:
        """What changed of each task, before and after, tasks in their order; nothing where nothing did."""
        ids = sorted({*self._before, *added})
        now = _say(ids)
        called = _names_of(ids, [self._before, now])
        before, after = [], []
        for pk in ids:
            old, new = self._before.get(pk, {}), now.get(pk, {})
            names = [name for name in {**new, **old} if old.get(name) != new.get(name)]
            if names:
                head = {"task": pk, "called": called[pk]}
                before.append(head | {name: old[name] for name in names if old.get(name)})
                after.append(head | {name: new[name] for name in names if new.get(name)})
        _name_leaders([*before, *after], localdate(at))
        # A task that was not there before has no side of its own.
        before = [one for one in before if len(one) > 2]
        after = [one for one in after if len(one) > 2]
        return ({"changes": before} if before else {}), ({"changes": after} if after else {})

    def part(self, at: datetime) -> tuple[Said, Said]:
        """The same of a single task, without its name."""
        sides = (side.get("changes", [{}])[0] for side in self.parts(at))
        before, after = ({n: one for n, one in said.items() if n not in ("task", "called")} for said in sides)
        return before, after


def note_new(task_id: int, at: datetime) -> Said:
    """All a task says that was not there before."""
    _, after = Noted(()).parts(at, [task_id])
    return {name: one for name, one in after["changes"][0].items() if name not in ("task", "called")}


def _say(task_ids: list[int]) -> dict[int, Said]:
    said: dict[int, Said] = {}
    for state in TaskState.objects.at(None).filter(task_id__in=task_ids):
        said[state.task_id] = {name: getattr(state, name) for name in _PLAIN}
        said[state.task_id]["deadline"] = state.deadline.isoformat() if state.deadline else None
    for task_id, duties in duties_of(task_ids).items():
        said.setdefault(task_id, {}).update(_say_duties(duties))
    seats = Placement.objects.at(None).filter(task_id__in=task_ids).order_by("order", "id")
    for task_id, row, post in seats.values_list("task_id", "row", "post_id"):
        said[task_id].setdefault("rows", []).append(row)
        if post:
            said[task_id].setdefault("leaders", []).append(post)
    numbers = TaskMeasure.objects.at(None).filter(task_id__in=task_ids).order_by("order", "surface")
    for task_id, surface in numbers.values_list("task_id", "surface"):
        said[task_id].setdefault("measures", []).append(surface)
    return said


def _say_duties(duties: list[Duty]) -> dict[str, list[str]]:
    """Who answers, by role; who answers jointly or was not decided on under a word of its own."""
    said: dict[str, list[str]] = {}
    for duty in sorted(duties, key=lambda one: (list(Role).index(Role(one["role"])), one["name"])):
        name = duty["basis"] if duty["basis"] in ("joint", "undecided") else duty["role"]
        said.setdefault(name, []).append(duty["name"] + (f"（{duty['office']}）" if duty["office"] else ""))
    return said


def _names_of(task_ids: list[int], said: list[dict[int, Said]]) -> dict[int, str]:
    """What each task is called: its number, else the rows it stood at first of what was `said`."""
    found: dict[int, list[str]] = {
        pk: next((side[pk]["rows"] for side in said if side.get(pk, {}).get("rows")), []) for pk in task_ids
    }
    numbers = Task.objects.filter(pk__in=task_ids, number__isnull=False).values_list("pk", "number")
    return {pk: "、".join(rows) for pk, rows in found.items()} | {pk: str(one) for pk, one in numbers}


def _name_leaders(said: list[Said], day: date) -> None:
    """Posts by their titles and who holds them on the day, instead of ids."""
    posts = {post for one in said for post in one.get("leaders", ())}
    if not posts:
        return
    held = Tenure.objects.on(day).filter(post__in=posts).select_related("person", "post")
    names = {one.post_id: one.person.name for one in held}
    for one in said:
        if "leaders" in one:
            one["leaders"] = [names.get(post, "（无人任职）") for post in one["leaders"]]
