"""The forms of the rules: which other rule to try on which day, and from when it is adopted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from dukao.site.ledger.forms.steps import DayField


class TrialForm(forms.Form):
    """Another rule, and a day whose facts it is tried on."""

    preset = forms.ChoiceField(label="换成", error_messages={"required": "请选一条规则。"})
    day = DayField(label="用哪一天的情况试")

    def __init__(
        self, data: Mapping[str, Any] | None, *, choices: list[tuple[str, str]], today: date
    ) -> None:
        super().__init__(data, initial={"day": today})
        self._today = today
        field = self.fields["preset"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        field.error_messages["invalid_choice"] = "没有这条规则：请在列出的规则里选。"

    def clean_day(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError("这一天还没有到：请选今天或以前的一天。")
        return day


class AdoptForm(forms.Form):
    """From which day, and why."""

    since = DayField(label="从哪一天起用", help_text="今天或以后。这以前各天仍按原来的规则判，不重判。")
    why = forms.CharField(
        label="理由",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如：与市政府督查室的口径一致。",
        error_messages={"required": "请写明理由：采用规则会记入历史。"},
    )
