"""Forms of opinions: what a unit wants otherwise, and what the office says to it."""

from typing import Any

from django import forms

from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import OpinionKind, Ruling
from dukao.site.people.models import Unit


class OpinionForm(forms.Form):
    """What a unit wants otherwise in one row, with reasons."""

    kind = forms.ChoiceField(
        label="意见",
        choices=[
            (OpinionKind.TEXT.value, "改文字或数字"),
            (OpinionKind.LEAD.value, "改牵头单位"),
            (OpinionKind.BESIDE.value, "增加单位"),
            (OpinionKind.OTHER.value, "其他意见"),
        ],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="改文字或数字：改成",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="直接在原文上改；采纳后即写入分解表。",
    )
    lead = forms.ModelChoiceField(
        Unit.objects.none(), label="改牵头单位：改由", required=False, empty_label="（请选）"
    )
    beside = forms.ModelChoiceField(
        Unit.objects.none(), label="增加单位：增列", required=False, empty_label="（请选）"
    )
    other = forms.CharField(
        label="其他意见", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label="理由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明理由，督查室要据此判断。"},
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("lead", "beside"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = units

    def clean(self) -> dict[str, Any]:
        """What the chosen kind needs is there."""
        said = super().clean() or {}
        needed = {
            OpinionKind.TEXT.value: ("text", "请写明改成什么。"),
            OpinionKind.LEAD.value: ("lead", "请选定建议的牵头单位。"),
            OpinionKind.BESIDE.value: ("beside", "请选定要增加的单位。"),
            OpinionKind.OTHER.value: ("other", "请写明意见。"),
        }
        if said.get("kind") in needed:
            name, sentence = needed[said["kind"]]
            if not said.get(name):
                self.add_error(name, sentence)
        return said


class PaperOpinionForm(OpinionForm):
    """The same as a unit wrote it on paper, and on which paper."""

    source = forms.CharField(
        label="依据",
        max_length=300,
        help_text="写明是哪份复函，如“区残联3月5日复函，存督查室”。",
        error_messages={"required": str(Refusal.GROUND_MISSING.label)},
    )


class RuleForm(forms.Form):
    """What the office says to an opinion."""

    ruling = forms.ChoiceField(choices=Ruling.choices)
    why = forms.CharField(required=False, max_length=1000)
    text = forms.CharField(required=False)
    state_id = forms.IntegerField(required=False)
