"""Forms of what the clerk sets on a task."""

from django import forms

from dukao.site.archive.models import Publicity
from dukao.site.ledger.models import DeadlineKind, Register


class DeadlineForm(forms.Form):
    """A time limit: date, meaning, words, and why where there was one before."""

    on = forms.DateField(
        label="日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="只有文字、没有确切日期的时限可以不填日期。",
        error_messages={"invalid": "不是日期：请写成 2024-12-31 这样。"},
    )
    kind = forms.ChoiceField(label="这个时限的意思", choices=DeadlineKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label="文件里的写法",
        required=False,
        max_length=80,
        help_text="例如“9月底前”；不填就用日期。",
    )
    why = forms.CharField(
        label="依据或理由",
        required=False,
        max_length=300,
        help_text="改动已有的时限必须写，例如“牵头单位实施方案已定”。原来的时限留在历史里。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RegistersForm(forms.Form):
    """The registers a task is on."""

    registers = forms.MultipleChoiceField(
        label="列入哪些清单",
        required=False,
        choices=Register.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="没有勾选的建议视为不采用。",
    )


class PublicityForm(forms.Form):
    """Who outside may read a task."""

    publicity = forms.ChoiceField(label="公开属性", choices=Publicity.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="不予公开的理由",
        required=False,
        max_length=200,
        help_text="选“不予公开”时必须写，例如“涉及个人隐私”。",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
