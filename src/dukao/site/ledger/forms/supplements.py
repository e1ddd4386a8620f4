"""The form of a supplement: what it rests on, and for each of its tasks what is to be said otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from dukao.site.ledger.duties import Duty, new_duty
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.forms.steps import DayField
from dukao.site.ledger.models import Role, SupplementKind, TaskKind, TaskState
from dukao.site.ledger.steps.changes import Change
from dukao.site.people.asked import read_numbers
from dukao.site.people.models import Place, UnitGroup, UnitName
from dukao.site.refusals import Refused

_BLANKS = range(3)
_WORDS = ("text", "title", "project", "remark")


class SupplementForm(forms.Form):
    """What the changes rest on."""

    kind = forms.ChoiceField(
        label="依据",
        choices=[
            (SupplementKind.NOTICE.value, "补充通知（办公室另发文）"),
            (SupplementKind.ACT.value, "批准（会议纪要、批示等）"),
        ],
        widget=forms.RadioSelect,
        initial=SupplementKind.NOTICE.value,
    )
    document_number = forms.CharField(
        label="文号或批准文件",
        max_length=60,
        help_text="补充通知写文号，如“望政办〔2024〕18号”；批准写会议或批件，如“三届区政府第25次常务会议”。",
        error_messages={"required": "请填写文号或批准文件。"},
    )
    dated = DayField(label="日期")
    why = forms.CharField(
        label="调整的事由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="会写进通知正文，如“因区机构改革，有关职责划转”。",
        error_messages={"required": "请写明为什么调整。"},
    )
    congress_decision = forms.CharField(
        label="人大常委会决定文号",
        max_length=60,
        required=False,
        help_text="改动民生实事的内容、数字或停止民生实事时必填，如“望人大常〔2024〕7号”。",
    )
    congress_decided_on = DayField(
        label="人大常委会决定日期", required=False, help_text="与决定文号一并填写。"
    )


@dataclass(slots=True)
class Part:
    """One unit or group with its part as the form shows it; `key` says which duty it was."""

    key: str
    name: str
    role: str


@dataclass(slots=True)
class TaskSheet:
    """One task in the form: what it says now, and what the clerk has written so far."""

    state: TaskState
    words: dict[str, str]
    parts: list[Part]
    blanks: list[Part]
    posts: list[int]
    withdrawn: bool

    @property
    def is_livelihood(self) -> bool:
        """Whether the people's congress has voted for it."""
        return self.state.task.kind == TaskKind.LIVELIHOOD


def sheet_of(state: TaskState, said: Mapping[str, Any], data: QueryDict | None) -> TaskSheet:
    """The sheet of a task: from what was sent, else from what is said (now, or in a draft)."""
    task = state.task_id
    parts = [Part(str(at), _full(duty), duty["role"]) for at, duty in enumerate(said["duties"])]
    blanks = [Part(str(at), "", Role.RESPONSIBLE.value) for at in _BLANKS]
    if data is None or f"{task}-text" not in data:
        words = {name: said[name] for name in _WORDS}
        return TaskSheet(state, words, parts, blanks, list(said["posts"]), bool(said["withdrawn"]))
    for part in parts:
        part.role = data.get(f"{task}-role-{part.key}", part.role)
    for part in blanks:
        part.name = data.get(f"{task}-name-{part.key}", "").strip()
        part.role = data.get(f"{task}-new-{part.key}", part.role)
    words = {name: data.get(f"{task}-{name}", said[name]) for name in _WORDS}
    posts = read_numbers(data.getlist(f"{task}-post"))
    return TaskSheet(state, words, parts, blanks, posts, f"{task}-withdrawn" in data)


def change_of(sheet: TaskSheet, duties: Sequence[Duty], place: Place) -> Change:
    """What a sheet asks for; refused where it names a unit nobody knows. `duties` are those it shows."""
    if sheet.withdrawn:
        return Change(sheet.state.task_id, withdrawn=True)
    roles = {role.value for role in Role}
    wanted = []
    for part, duty in zip(sheet.parts, duties, strict=True):
        if part.role in roles:
            same = part.role == duty["role"]
            wanted.append(duty if same else Duty(**{**duty, "role": part.role, "basis": ""}))
    wanted += [_new_duty(part, place) for part in sheet.blanks if part.name]
    words = sheet.words
    return Change(
        sheet.state.task_id,
        text=words["text"],
        title=words["title"],
        project=words["project"],
        remark=words["remark"],
        duties=wanted,
        posts=sheet.posts,
    )


def _new_duty(part: Part, place: Place) -> Duty:
    """A part written by name: a unit by any of its names, or a group."""
    role = Role(part.role) if part.role in Role.values else Role.RESPONSIBLE
    known = (
        UnitName.objects.filter(place=place, name=part.name, unit__until=None).select_related("unit").first()
    )
    if known:
        return new_duty(known.unit, role)
    group = UnitGroup.objects.filter(place=place, name=part.name).first()
    if group is None:
        raise Refused(Refusal.UNIT_UNKNOWN, name=part.name, status=422)
    return new_duty(group, role)


def _full(duty: Duty) -> str:
    return f"{duty['name']}（{duty['office']}）" if duty["office"] else duty["name"]
