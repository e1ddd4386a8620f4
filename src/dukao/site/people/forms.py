"""What people type in this room."""

import re
from typing import Any

from django import forms
from django.utils.safestring import SafeString

_LOGIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{1,39}")


class Form(forms.Form):
    """A form whose fields say in the page's own words what is missing, and carry their error with them."""

    required_css_class = "required"
    template_name_label = "django/forms/label.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = f"请填写{field.label}。"
            if isinstance(field, forms.ChoiceField):
                field.error_messages["required"] = f"请选择{field.label}。"

    def refuse(self, sentence: str, field: str | None = None) -> None:
        """Show a refusal's sentence at a field, or over the whole form."""
        self.add_error(field, sentence)


class PasswordForm(Form):
    """One's own new password, typed twice; the current one unless it is a one-time secret."""

    current = forms.CharField(label="现在的密码", strip=False)
    new = forms.CharField(label="新密码", strip=False)
    again = forms.CharField(label="再输入一次新密码", strip=False)

    def __init__(self, *args: Any, is_forced: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            what = "current-password" if name == "current" else "new-password"
            field.widget = forms.PasswordInput(attrs={"autocomplete": what})
        if is_forced:
            del self.fields["current"]

    def clean_again(self) -> str:
        """Both must be the same."""
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError("两次输入的新密码不一样：请重新输入。")
        return again


class CodeForm(Form):
    """Six digits from the app."""

    code = forms.RegexField(
        r"^\d{6}$",
        label="六位动态口令",
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 7, "autofocus": True}
        ),
        error_messages={"invalid": "动态口令是六位数字：请照手机上显示的输入。"},
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        if data is not None:  # people type the gap the app shows
            data = data.copy()
            data["code"] = re.sub(r"\s", "", data.get("code", ""))
        super().__init__(data, **kwargs)


class TokenForm(Form):
    """What a token is for."""

    name = forms.CharField(label="用途", max_length=60, help_text="例如：每周导出进展表。")


class WhyForm(Form):
    """Why something is done."""

    why = forms.CharField(label="理由", max_length=200, help_text="写入历史记录。")


def said(form: forms.Form) -> SafeString | str:
    """Every error of a form on one line, for tests and messages."""
    return " ".join(str(error) for errors in form.errors.values() for error in errors)
