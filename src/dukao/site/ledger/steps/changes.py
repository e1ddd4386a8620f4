"""What one task is to say after a supplement, beside what it says now, in values and in words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from dukao.site.ledger.duties import Duty, duties_of, same_duties
from dukao.site.ledger.models import Placement, Role, Status, TaskState
from dukao.site.ledger.naming import clean

_WORDS = ("text", "title", "project", "remark")
LABELS = {
    "text": "内容",
    "title": "小标题",
    "project": "项目名称",
    "remark": "备注",
    "duties": "责任单位",
    "posts": "牵头领导",
    "withdrawn": "状态",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What one task is to say after a supplement; None leaves a thing as it is.

    `duties` is the whole list of who answers (`duties.new_duty`, `duties.duties_of`), `posts` the ids of all
    posts that lead it, `withdrawn` takes the task back. `state_id`, where given, is the state the change was
    thought out on: a task that says something else by now is refused.
    """

    task_id: int
    text: str | None = None
    title: str | None = None
    project: str | None = None
    remark: str | None = None
    duties: list[Duty] | None = None
    posts: list[int] | None = None
    withdrawn: bool | None = None
    state_id: int | None = None

    def wanted(self) -> dict[str, Any]:
        """What is to be said, by name; words on one line."""
        said = {name: value for name, value in asdict(self).items() if name in _NAMES and value is not None}
        return {name: clean(value).strip() if name in _WORDS else value for name, value in said.items()}


_NAMES = tuple(one.name for one in fields(Change) if one.name not in ("task_id", "state_id"))


def said_of(states: Sequence[TaskState]) -> dict[int, dict[str, Any]]:
    """What tasks say now under the names of `Change`, by task id."""
    ids = [state.task_id for state in states]
    duties, posts = duties_of(ids), _posts_of(ids)
    return {
        state.task_id: {name: getattr(state, name) for name in _WORDS}
        | {
            "duties": duties[state.task_id],
            "posts": posts[state.task_id],
            "withdrawn": state.status == Status.WITHDRAWN,
        }
        for state in states
    }


def differs(name: str, before: Any, after: Any) -> bool:
    """Whether two values of a name of `Change` say different things."""
    if name == "duties":
        return not same_duties(before, after)
    if name == "posts":
        return sorted(before) != sorted(after)
    return bool(before != after)


def _posts_of(task_ids: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {task_id: [] for task_id in task_ids}
    rows = Placement.objects.at(None).filter(task_id__in=task_ids, post__isnull=False)
    for task_id, post_id in rows.values_list("task_id", "post_id"):
        if post_id not in found[task_id]:
            found[task_id].append(post_id)
    return found


def shown(name: str, value: Any, leaders: Mapping[int, str]) -> str:
    """A value of a name of `Change` in words; `leaders` are posts with who holds them."""
    if name == "duties":
        return shown_duties(value) or "（无）"
    if name == "posts":
        return "、".join(leaders.get(post, "") for post in value) or "（无牵头领导）"
    if name == "withdrawn":
        return "撤回，不再列入台账" if value else "列入台账"
    return value or "（空）"


def told(values: Mapping[str, Any], leaders: Mapping[int, str]) -> dict[str, Any]:
    """Values of a change as history tells them: who answers and who leads in words, the rest as it is."""
    said = dict(values)
    if "duties" in said:
        said["duties"] = shown_duties(said["duties"])
    if "posts" in said:
        said["posts"] = [leaders.get(post, "") for post in said["posts"]]
    return said


def shown_duties(duties: Sequence[Duty]) -> str:
    """牵头 区住建局；责任 区财政局、相关街道."""
    parts = defaultdict(list)
    for duty in duties:
        office = f"（{duty['office']}）" if duty["office"] else ""
        parts[duty["role"]].append(duty["name"] + office)
    return "；".join(f"{role.label} {'、'.join(parts[role])}" for role in Role if role in parts)
