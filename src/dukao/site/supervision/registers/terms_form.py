"""The form in which a place amends what a list asks: a line for every column, a line for every step."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from dukao.site.supervision.registers.forms import rules_of_days
from dukao.site.supervision.registers.terms import KINDS, Field, Step, Terms

BLANKS = 3
_COUNTED = {"workdays": "个工作日", "days": "天"}
_FILINGS = (("", "按任务的风险"), ("month", "按月报"), ("quarter", "按季报"))
_PARTING = re.compile(r"[、，,；;]+")


class WholeForm(forms.Form):
    """What is said of a list as a whole."""

    name = forms.CharField(label="清单名称", max_length=20, error_messages={"required": "请填写清单名称。"})
    why = forms.CharField(label="一句话说明", max_length=100, required=False)
    verifies = forms.CharField(label="谁核验", max_length=100, required=False)
    filing = forms.ChoiceField(label="报送", choices=_FILINGS, required=False)
    lights = forms.ChoiceField(label="步骤到期的亮灯规则", required=False)
    reason = forms.CharField(label="修改的理由", max_length=200, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lights = self.fields["lights"]
        assert isinstance(lights, forms.ChoiceField)
        lights.choices = rules_of_days()

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields that are shown."""
        return [self[name] for name in ("name", "why", "verifies", "filing", "lights", "reason")]


class FieldForm(forms.Form):
    """One column; without a label it goes."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label="栏目", max_length=20, required=False)
    kind = forms.ChoiceField(label="类型", choices=list(KINDS.items()), required=False)
    extra = forms.CharField(label="单位或选项", max_length=200, required=False)
    required = forms.BooleanField(label="必填", required=False)
    by = forms.BooleanField(label="单位填", required=False)

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields a line shows."""
        return [self[name] for name in ("label", "kind", "extra", "required", "by")]


class StepForm(forms.Form):
    """One step; without a name it goes. `at` is where it stood: what is not shown is kept from there."""

    at = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="步骤", max_length=40, required=False)
    who = forms.CharField(label="谁办", max_length=30, required=False)
    limit = forms.IntegerField(
        label="时限",
        required=False,
        min_value=1,
        max_value=1000,
        error_messages={"invalid": "时限请写数字。", "min_value": "时限至少 1 天。"},
    )
    counted = forms.ChoiceField(label="怎样算", required=False)

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = [(f"field:{one.code}", f"按“{one.label}”") for one in terms.fields if one.kind == "date"]
        counted = self.fields["counted"]
        assert isinstance(counted, forms.ChoiceField)
        counted.choices = [*_COUNTED.items(), *days]

    def clean(self) -> dict[str, Any]:
        """A step counted in days needs how many."""
        said = super().clean() or {}
        if (
            said.get("name")
            and said.get("counted") in _COUNTED
            and not said.get("limit")
            and "limit" not in self.errors
        ):
            self.add_error("limit", "请写几天。")
        return said

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields a line shows."""
        return [self[name] for name in ("name", "who", "limit", "counted")]


class TermsForm:
    """The three parts as one form."""

    def __init__(self, terms: Terms, seen: int, data: Any = None) -> None:
        self.terms = terms
        first = {name: getattr(terms, name) for name in ("name", "why", "verifies", "filing", "lights")}
        self.whole = WholeForm(data, initial=first | {"seen": seen})
        fields = [_field_row(one) for one in terms.fields] + [{}] * BLANKS
        self.fields = [FieldForm(data, prefix=f"c{at}", initial=one) for at, one in enumerate(fields)]
        steps = [_step_row(at, one) for at, one in enumerate(terms.steps)] + [{}] * (
            BLANKS if terms.is_own else 0
        )
        self.steps = [
            StepForm(data, prefix=f"t{at}", initial=one, terms=terms) for at, one in enumerate(steps)
        ]

    @property
    def whens(self) -> list[tuple[StepForm, str]]:
        """Each line of a step with the sort of item it is for."""
        rows = [f"只用于“{one.when[1]}”" if one.when else "" for one in self.terms.steps]
        return list(zip(self.steps, rows + [""] * (len(self.steps) - len(rows)), strict=True))

    def is_valid(self) -> bool:
        """Whether every part is."""
        return all(part.is_valid() for part in (self.whole, *self.fields, *self.steps))

    def wanted(self) -> Terms:
        """The terms as they are to be."""
        said = self.whole.cleaned_data
        codes = {one.code for one in self.terms.fields}
        fields = []
        for form in self.fields:
            if form.cleaned_data.get("label"):
                field = _read_field(form.cleaned_data, codes, self.terms)
                codes.add(field.code)
                fields.append(field)
        steps = [
            _read_step(form.cleaned_data, self.terms.steps)
            for form in self.steps
            if form.cleaned_data.get("name")
        ]
        return replace(
            self.terms,
            name=said["name"].strip(),
            why=said["why"].strip(),
            verifies=said["verifies"].strip(),
            filing=said["filing"],
            lights=said["lights"],
            fields=tuple(fields),
            steps=tuple(steps),
        )


def _field_row(field: Field) -> dict[str, Any]:
    extra = "、".join(field.choices) or field.unit
    return {
        "code": field.code,
        "label": field.label,
        "kind": field.kind,
        "extra": extra,
        "required": field.required,
        "by": field.by == "unit",
    }


def _step_row(at: int, step: Step) -> dict[str, Any]:
    counted = f"field:{step.field}" if step.field else "workdays" if step.workdays is not None else "days"
    limit = step.workdays if step.workdays is not None else step.days
    return {"at": at, "name": step.name, "who": step.who, "limit": limit, "counted": counted}


def _read_field(said: dict[str, Any], taken: set[str], terms: Terms) -> Field:
    """A column as said: the one it was keeps its code, a new one gets the next."""
    code = said["code"] if terms.field(said["code"]) else _next_code(taken)
    kind = said["kind"] or "text"
    extra = said["extra"].strip()
    choices = tuple(filter(None, (one.strip() for one in _PARTING.split(extra)))) if kind == "choice" else ()
    unit = extra[:20] if kind in ("number", "money") else ""
    by = "unit" if said["by"] else "office"
    return Field(code, said["label"].strip(), kind, unit, choices, said["required"], by)


def _next_code(taken: set[str]) -> str:
    return next(f"own{at}" for at in range(1, len(taken) + 2) if f"own{at}" not in taken)


def _read_step(said: dict[str, Any], steps: Sequence[Step]) -> Step:
    at = said["at"]
    old = steps[at] if at is not None and at < len(steps) else Step("")
    way, _, code = said["counted"].partition(":")
    return replace(
        old,
        name=said["name"].strip(),
        who=said["who"].strip(),
        workdays=said["limit"] if way == "workdays" else None,
        days=said["limit"] if way == "days" else None,
        field=code if way == "field" else "",
    )
