"""The two forms of an import: the file, and what the clerk says when confirming."""

from typing import Any

from django import forms

from dukao.site.ledger.forms.supplements import SupplementForm


class UploadForm(forms.Form):
    """The workbook that comes back."""

    file = forms.FileField(
        label="改好的工作簿",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text="只收从台账导出的 .xlsx，不超过 10 MB。",
        error_messages={"required": "还没有选文件：请选择从台账导出、改好的 .xlsx 工作簿。"},
    )


class WhyForm(forms.Form):
    """Why time limits that were set are replaced."""

    why = forms.CharField(
        label="改动时限的依据或理由",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="例如“牵头单位实施方案已定”。原来的时限留在历史里。",
    )

    def __init__(self, *args: Any, is_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].required = is_needed
        self.fields["why"].error_messages["required"] = "请写明为什么改动已定的时限。"
        if not is_needed:
            self.fields["why"].label = "说明"
            self.fields["why"].help_text = "可以不写；写了会留在历史里。"


class PaperForm(SupplementForm):
    """What changes of words, units and leaders rest on after the issue."""

    def __init__(self, *args: Any, needs_decision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].widget.attrs["rows"] = 2
        words = {"congress_decision": "决定文号", "congress_decided_on": "决定日期"}
        for name, what in words.items():
            field = self.fields[name]
            field.required = needs_decision
            field.error_messages["required"] = f"改动民生实事的内容须经人大常委会决定：请填写{what}。"
            if not needs_decision:
                del self.fields[name]
