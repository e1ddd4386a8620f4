"""What is asked when a document comes in or its 公开属性 is decided."""

from typing import Any

from django import forms

from dukao.site.archive.models import DocumentKind, Publicity


class _Files(forms.ClearableFileInput):
    """A file control that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; an empty one is refused by the reader, in its own words."""

    widget = _Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file sent."""
        if not data and not self.required:
            return []
        files = data if isinstance(data, (list, tuple)) and data else [data or None]
        return [super(FilesField, self).clean(one, initial) for one in files]


class UploadForm(forms.Form):
    """One or several files; what they are is read from them unless somebody says so."""

    papers = FilesField(
        label="文件", allow_empty_file=True, error_messages={"required": "请选一份或几份文件。"}
    )
    kind = forms.ChoiceField(
        label="类别", required=False, choices=[("", "按内容判断"), *DocumentKind.choices], initial=""
    )
    year = forms.IntegerField(
        label="年度",
        required=False,
        min_value=1949,
        max_value=2100,
        error_messages={"invalid": "年度写四位数字，例如 2024。"},
    )


class PublicityForm(forms.Form):
    """公开属性 and, for 不予公开, its reason."""

    publicity = forms.ChoiceField(label="公开属性", choices=Publicity.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="不予公开的理由", required=False, max_length=200)
