"""The form of a draft: the report it is made from, and the breakdowns of earlier years it learns from."""

from typing import TYPE_CHECKING, Any

from django import forms

from dukao.site.archive.forms import FilesField
from dukao.site.archive.models import Document
from dukao.site.ledger.forms.steps import KeptField, file_that_stays

if TYPE_CHECKING:
    _ManyDocuments = forms.ModelMultipleChoiceField[Document]
else:
    _ManyDocuments = forms.ModelMultipleChoiceField


class _PastField(_ManyDocuments):
    """Kept breakdowns to learn from, under title, year and file name."""

    def label_from_instance(self, document: Document) -> str:
        """《…》（2024年，分解.xlsx）."""
        year = f"{document.year}年，" if document.year else ""
        return f"{document}（{year}{document.name}）"


class DraftForm(forms.Form):
    """A report as a file or as a document that is kept already; breakdowns of earlier years, none too."""

    report_file = file_that_stays("政府工作报告")
    report = KeptField("或用已存的报告")
    past_files = FilesField(label="往年的责任分解", required=False)
    past = _PastField(
        Document.objects.none(),
        label="已存的往年责任分解",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=1990,
        max_value=2100,
        help_text="不填时按报告里写的年度。",
        error_messages={"invalid": "年度请写四位数字，如 2024。"},
    )

    def __init__(self, *args: Any, reports: Any, past: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, documents in (("report", reports), ("past", past)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = documents

    def clean(self) -> dict[str, Any]:
        """The report is needed."""
        said = super().clean() or {}
        if not said.get("report") and not said.get("report_file") and "report_file" not in self.errors:
            self.add_error("report_file", "还没有选政府工作报告：请上传文件，或选一份已存的。")
        return said
