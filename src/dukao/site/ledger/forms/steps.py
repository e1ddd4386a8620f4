"""Forms of the way a breakdown goes: its two files, the round of asking, the meeting, the issue."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from dukao.site.archive.models import Document, Publicity

if TYPE_CHECKING:
    _OfDocuments = forms.ModelChoiceField[Document]
else:
    _OfDocuments = forms.ModelChoiceField

_DAY = {"type": "date"}


class DayField(forms.DateField):
    """A day, picked or typed as 2024-03-07."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs=dict(_DAY), format="%Y-%m-%d")
        messages = {"invalid": "日期请写成 2024-03-07 这样。", "required": "请填写日期。"}
        super().__init__(widget=widget, error_messages=messages, **kwargs)


def file_that_stays(label: str) -> forms.FileField:
    """A file that stays chosen when the form comes back: of two files one may be refused."""
    widget = forms.ClearableFileInput(attrs={"hx-preserve": True})
    return forms.FileField(label=label, required=False, widget=widget)


class KeptField(_OfDocuments):
    """A document that is kept already, under its title, year and file name."""

    def __init__(self, label: str) -> None:
        none = Document.objects.none()
        super().__init__(none, label=label, required=False, empty_label="（不用，上传新的）")

    def label_from_instance(self, document: Document) -> str:
        """《…》（2024年，报告.md）."""
        year = f"{document.year}年，" if document.year else ""
        return f"{document}（{year}{document.name}）"


class NewBreakdownForm(forms.Form):
    """A report and a breakdown, each as a file or as a document that is kept already."""

    report_file = file_that_stays("政府工作报告")
    report = KeptField("或用已存的报告")
    breakdown_file = file_that_stays("责任分解")
    breakdown = KeptField("或用已存的责任分解")
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=1990,
        max_value=2100,
        help_text="不填时按文件里写的年度。",
        error_messages={"invalid": "年度请写四位数字，如 2024。"},
    )

    def __init__(self, *args: Any, reports: Any, breakdowns: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, documents in (("report", reports), ("breakdown", breakdowns)):
            field = self.fields[name]
            assert isinstance(field, KeptField)
            field.queryset = documents

    def clean(self) -> dict[str, Any]:
        """Both halves are needed."""
        said = super().clean() or {}
        for name, what in (("report", "政府工作报告"), ("breakdown", "责任分解")):
            if not said.get(name) and not said.get(f"{name}_file") and f"{name}_file" not in self.errors:
                self.add_error(f"{name}_file", f"还没有选{what}：请上传文件，或选一份已存的。")
        return said


class WhyForm(forms.Form):
    """Why something is taken back or returned."""

    why = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写一句理由，它会留在历史记录里。"},
    )


class ConsultForm(forms.Form):
    """Until when the units are asked."""

    due = DayField(label="答复期限", help_text="当天 24 时止。")


class ApprovalForm(forms.Form):
    """The meeting that approved the breakdown, and its day."""

    meeting = forms.CharField(
        label="审议的会议",
        max_length=120,
        help_text="写全称，如“三届区政府第20次常务会议”。",
        error_messages={"required": "请填写会议全称。"},
    )
    approved_on = DayField(label="审议日期")


class IssueForm(forms.Form):
    """What the head fills in and signs."""

    document_number = forms.CharField(
        label="文号", max_length=60, error_messages={"required": "请填写文号。"}
    )
    issued_on = DayField(label="印发日期")
    publicity = forms.ChoiceField(
        label="公开属性",
        choices=[(one.value, one.label) for one in Publicity],
        widget=forms.RadioSelect,
        error_messages={"required": "请选定公开属性：它不会自动选定。"},
    )
    publicity_reason = forms.CharField(
        label="不予公开的理由",
        max_length=200,
        required=False,
        help_text="选“不予公开”时必填，写明所依据的条款。",
    )
    confirmed = forms.BooleanField(
        label="我已核对以上各项，同意签发。", error_messages={"required": "请勾选确认后再签发。"}
    )

    def clean(self) -> dict[str, Any]:
        """What is withheld needs a reason."""
        said = super().clean() or {}
        reason = (said.get("publicity_reason") or "").strip()
        if said.get("publicity") == Publicity.WITHHELD and not reason:
            self.add_error("publicity_reason", "选了不予公开：请写明理由和所依据的条款。")
        return said


def day_or_none(said: str) -> date | None:
    """A day of a document (2024-03-07), None for nothing or no day."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
