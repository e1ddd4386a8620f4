"""The form of one row of a draft: words, who answers by name, who leads, remark and time limit."""

from typing import Any

from django import forms

from dukao.site.ledger.models import DeadlineKind, Role

_UNITS = "几个单位用“、”隔开；可以写单位的任何一个名称，或“各街镇”一类统称。"


class RowFields(forms.Form):
    """What a row says."""

    text = forms.CharField(
        label="内容", widget=forms.Textarea(attrs={"rows": 4}), error_messages={"required": "请写任务内容。"}
    )
    lead = forms.CharField(label="牵头单位", required=False, max_length=400, help_text=_UNITS)
    responsible = forms.CharField(
        label="责任单位", required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 2})
    )
    supporting = forms.CharField(
        label="配合单位", required=False, max_length=1500, widget=forms.Textarea(attrs={"rows": 2})
    )
    remark = forms.CharField(label="备注", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def cells(self) -> dict[str, str]:
        """The units by part, as they were typed."""
        return {role.value: self.cleaned_data[role.value] for role in Role}


class EditForm(RowFields):
    """A row changed by hand; `seen` says what it was when the form was opened."""

    posts = forms.MultipleChoiceField(
        label="牵头领导", required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    deadline_text = forms.CharField(
        label="时限的写法", required=False, max_length=80, help_text="例如“9月底前”；没有时限就空着。"
    )
    deadline = forms.DateField(
        label="时限日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "不是日期：请写成 2024-12-31 这样。"},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["posts"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = posts

    def kind(self) -> str:
        """A time limit set here is a day by which."""
        has_limit = self.cleaned_data["deadline"] or self.cleaned_data["deadline_text"]
        return DeadlineKind.BY if has_limit else ""


class AddForm(RowFields):
    """A row added by hand."""

    heading = forms.ChoiceField(label="列在谁名下", error_messages={"required": "请选择列在谁名下。"})

    def __init__(self, *args: Any, headings: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["heading"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *headings]
        self.order_fields(["text", "heading", "lead", "responsible", "supporting", "remark"])
