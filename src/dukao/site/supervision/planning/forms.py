"""The form of a plan: the fields its kind uses, rows for steps and points, prefilled with what is known."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from dukao.progress.curves import curve_presets
from dukao.site.ledger.forms.steps import DayField
from dukao.site.supervision.models import PlanKind
from dukao.site.supervision.planning.checking import repeated
from dukao.site.supervision.planning.proposing import Number
from dukao.site.supervision.planning.words import PlanWords

OWN_CURVE = "own"
# What is judged by a curve; a statistic where its target is an amount of the year.
CURVED = (PlanKind.CUMULATIVE, PlanKind.STOCK, PlanKind.STATISTIC)
_BLANK_ROWS = 2
_MEMBER = re.compile(r"[\s，,：:（(]+")
_ROW = re.compile(r"(step_name|point_day)_(\d+)")


class PlanForm(forms.Form):
    """A plan of one kind. Rows are `step_name_0`, `step_due_0`, …, `point_day_0`, `point_share_0`, …"""

    visible = forms.CharField(
        label="到12月31日能看见什么",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="写看得见、能核实的成果，例如“18个小区全部竣工验收”。不写不能报送。",
    )
    actions = forms.CharField(
        label="主要措施",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    members = forms.CharField(
        label="专班成员",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="一行一人：姓名 职责。",
    )
    deadline = DayField(label="完成时限", required=False, help_text="没有时限的任务单独列出，不算按时完成。")

    def __init__(
        self,
        kind: PlanKind,
        numbers: Sequence[Number],
        data: Mapping[str, Any] | None = None,
        *,
        words: PlanWords,
        year: int,
        is_change: bool = False,
        more: int = 0,
    ) -> None:
        super().__init__(data, initial=_initial(words))
        self.kind, self.year, self.is_change = kind, year, is_change
        self.fields["visible"].label = f"到{year}年12月31日能看见什么"
        if kind != PlanKind.MILESTONES:
            self._add_number(numbers, words)
        if kind in CURVED:
            self._add_curves()
        if kind in (PlanKind.CUMULATIVE, PlanKind.STOCK):
            self._add_points(words, data, more)
        if kind == PlanKind.MILESTONES:
            self._add_steps(words, data, more)
        if is_change:
            self.fields["change_why"] = forms.CharField(
                label="为什么要变更",
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text="原来的承诺仍然显示在旁边。已经到期的节点不能改。",
            )

    def _add_number(self, numbers: Sequence[Number], words: PlanWords) -> None:
        self.fields["target"] = forms.FloatField(
            label="目标值", required=False, error_messages={"invalid": "目标值请填数字，不带单位。"}
        )
        self.fields["unit_of_measure"] = forms.CharField(label="计量单位", required=False, max_length=30)
        if len(numbers) > 1:
            none = [("", "请选择")] if words.measure_id is None else []
            choices = [*none, *((one.measure_id, f"{one.name} {one.surface}") for one in numbers)]
            self.fields["measure"] = forms.TypedChoiceField(
                label="按哪个数字判进度",
                choices=choices,
                coerce=int,
                required=False,
                empty_value=None,
                help_text="一项任务里有几个数字的，选最能代表全局的一个；其余的在进展里报。",
            )
        if self.kind == PlanKind.STOCK:
            self.fields["base"] = forms.FloatField(
                label="年初数",
                required=False,
                help_text="去年底是多少，今年从这个数起算。要减少、清零的必须填；"
                "要增加而没有数的可以不填，以今年第一次报的数起算。",
                error_messages={"invalid": "年初数请填数字，不带单位。"},
            )
        if self.kind == PlanKind.STATISTIC:
            self.fields["delay"] = forms.IntegerField(
                label="统计数在季后几天公布",
                required=False,
                min_value=0,
                max_value=180,
                help_text="没公布以前不判。",
            )

    def _add_curves(self) -> None:
        choices = [(code, preset.name) for code, preset in curve_presets().items()]
        last = ("", "每期都按目标判") if self.kind == PlanKind.STATISTIC else (OWN_CURVE, "自己逐点填写")
        self.fields["curve"] = forms.ChoiceField(
            label="序时进度",
            choices=[*choices, last],
            required=False,
            widget=forms.RadioSelect,
        )

    def _add_steps(self, words: PlanWords, data: Mapping[str, Any] | None, more: int) -> None:
        count = _rows(data, "step_name") if data is not None else len(words.steps) + _BLANK_ROWS
        for at in range(count + more):
            name, due = words.steps[at] if at < len(words.steps) else ("", None)
            self.fields[f"step_name_{at}"] = forms.CharField(
                label=f"节点{at + 1}", required=False, max_length=80, initial=name
            )
            self.fields[f"step_due_{at}"] = DayField(label=f"节点{at + 1}应完成", required=False, initial=due)

    def _add_points(self, words: PlanWords, data: Mapping[str, Any] | None, more: int) -> None:
        count = _rows(data, "point_day") if data is not None else max(len(words.points) + _BLANK_ROWS, 4)
        for at in range(count + more):
            day, share = words.points[at] if at < len(words.points) else (None, None)
            self.fields[f"point_day_{at}"] = DayField(label=f"第{at + 1}点日期", required=False, initial=day)
            self.fields[f"point_share_{at}"] = forms.FloatField(
                label=f"第{at + 1}点应达百分比",
                required=False,
                min_value=0,
                max_value=100,
                initial=round(share * 100, 2) if share is not None else None,
                error_messages={"invalid": "请填 0 到 100 的数。"},
            )

    @property
    def step_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of steps: name and day."""
        return self._pairs("step_name", "step_due")

    @property
    def point_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows of points: day and percentage."""
        return self._pairs("point_day", "point_share")

    def _pairs(self, first: str, second: str) -> list[tuple[forms.BoundField, forms.BoundField]]:
        rows = sum(name.startswith(first) for name in self.fields)
        return [(self[f"{first}_{at}"], self[f"{second}_{at}"]) for at in range(rows)]

    def clean(self) -> dict[str, Any]:
        """Half a row is no row, and a step or a day stands once."""
        said: dict[str, Any] = super().clean() or {}
        self._clean_rows(said, "step_name", "step_due", "节点的名称和日期要一起填。")
        self._clean_rows(said, "point_day", "point_share", "日期和百分比要一起填。")
        names = [said[name] for name in self.fields if name.startswith("step_name") and said.get(name)]
        days = [said[name] for name in self.fields if name.startswith("point_day") and said.get(name)]
        for name in repeated(names):
            self.add_error(None, f"节点“{name}”写了两次：请改成不同的名称。")
        if len(days) != len(set(days)):
            self.add_error(None, "自己填的序时进度里有两点是同一天：请只留一点。")
        return said

    def _clean_rows(self, said: dict[str, Any], first: str, second: str, words: str) -> None:
        rows = sum(name.startswith(first) for name in self.fields)
        for at in range(rows):
            one, other = said.get(f"{first}_{at}"), said.get(f"{second}_{at}")
            errors = f"{first}_{at}" in self.errors or f"{second}_{at}" in self.errors
            if not errors and (one in ("", None)) != (other in ("", None)):
                self.add_error(f"{second if one not in ('', None) else first}_{at}", words)

    def words(self, base: PlanWords) -> PlanWords:
        """What the form says, as the plan is to be kept; call it on a valid form."""
        said = self.cleaned_data
        own = said.get("curve") == OWN_CURVE
        return PlanWords(
            self.kind,
            visible=said["visible"].strip(),
            actions=said["actions"].strip(),
            target=said.get("target"),
            unit_of_measure=(said.get("unit_of_measure") or "").strip(),
            curve="" if own else said.get("curve") or "",
            delay=said.get("delay") or 0,
            deadline=said["deadline"],
            points=self._points() if own else (),
            steps=self._steps(),
            members=read_members(said["members"]),
            change_why=(said.get("change_why") or "").strip(),
            measure_id=self._measure(base),
            base=said.get("base"),
        )

    def _measure(self, base: PlanWords) -> int | None:
        if self.kind == PlanKind.MILESTONES:
            return None
        return self.cleaned_data["measure"] if "measure" in self.fields else base.measure_id

    def _steps(self) -> tuple[tuple[str, date], ...]:
        said = self.cleaned_data
        rows = sum(name.startswith("step_name") for name in self.fields)
        found = [(said[f"step_name_{at}"].strip(), said[f"step_due_{at}"]) for at in range(rows)]
        return tuple(sorted(((name, due) for name, due in found if name and due), key=lambda row: row[1]))

    def _points(self) -> tuple[tuple[date, float], ...]:
        said = self.cleaned_data
        rows = sum(name.startswith("point_day") for name in self.fields)
        found = [(said[f"point_day_{at}"], said[f"point_share_{at}"]) for at in range(rows)]
        return tuple(sorted((day, share / 100) for day, share in found if day and share is not None))


def read_members(text: str) -> tuple[tuple[str, str], ...]:
    """Name and duty of each line: 程一 总协调 → ("程一", "总协调")."""
    found = []
    for line in text.splitlines():
        name, _, duty = _MEMBER.sub(" ", line.strip(" ）)"), count=1).partition(" ")
        if name:
            found.append((name, duty.strip()))
    return tuple(found)


def _initial(words: PlanWords) -> dict[str, Any]:
    """What the plain fields begin with."""
    return {
        "visible": words.visible,
        "actions": words.actions,
        "members": "\n".join(f"{name} {duty}".strip() for name, duty in words.members),
        "deadline": words.deadline,
        "target": _whole(words.target),
        "base": _whole(words.base),
        "unit_of_measure": words.unit_of_measure,
        "curve": OWN_CURVE if words.points else words.curve,
        "delay": words.delay,
        "measure": words.measure_id,
        "change_why": words.change_why,
    }


def _whole(value: float | None) -> float | int | None:
    """18.0 as 18."""
    return int(value) if value is not None and value == int(value) else value


def _rows(data: Mapping[str, Any], first: str) -> int:
    """How many rows a form that was sent has."""
    found = [_ROW.fullmatch(name) for name in data]
    return min(max((int(one[2]) + 1 for one in found if one and one[1] == first), default=0), 60)


class ReturnForm(forms.Form):
    """What a plan lacks."""

    why = forms.CharField(
        label="退回理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写清缺什么、怎么补，牵头单位照此修改。",
        error_messages={"required": "请写明理由。"},
    )
