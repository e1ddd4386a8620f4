"""What people type in this room."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from dukao.site.people import accounts, enrolment
from dukao.site.people.models import Level, Person, Place, Role, Unit
from dukao.site.people.naming import LOGIN_NAME


class Form(forms.Form):
    """A form whose fields say in the page's own words what is missing, and carry their error with them."""

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


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form; None where the page was only opened."""
    return request.POST if request.method == "POST" else None


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


class AccountForm(Form):
    """Who somebody is. Units and persons are shown under their places."""

    username = forms.RegexField(
        rf"^{LOGIN_NAME.pattern}\Z",  # a form looks for the pattern anywhere in what was typed
        label="登录名",
        help_text="字母、数字、点、横线，2 到 40 个字符；建好后不能改。",
        error_messages={"invalid": "登录名只能用字母、数字、点、横线，2 到 40 个字符。"},
    )
    name = forms.CharField(label="姓名", max_length=40)
    place = forms.ModelChoiceField(
        Place.objects.all(),
        label="地方",
        required=False,
        empty_label="不属于任何地方（整个系统的管理员）",
    )
    unit = forms.TypedChoiceField(label="单位", required=False, coerce=int, empty_value=None)
    person = forms.TypedChoiceField(label="对应的领导", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, place_id: int, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].help_text = "单位联络员、单位负责人必填：能看到本单位的任务。"
        self.fields["person"].help_text = "领导本人的账号才填：能看到所任职务牵头的任务。"
        within = {"place_id": place_id} if place_id else {}
        units = Unit.objects.filter(until__isnull=True, **within).select_related("place")
        self._choose("unit", "没有单位", units)
        self._choose("person", "不是领导", Person.objects.filter(**within).select_related("place"))
        if place_id:
            del self.fields["place"]
        if not is_new:
            del self.fields["username"]

    def _choose(self, name: str, empty: str, rows: Iterable[Unit | Person]) -> None:
        """Choices under the head of their place, one place without a head."""
        by_place: dict[str, list[tuple[int, str]]] = {}
        for row in rows:
            by_place.setdefault(row.place.name, []).append((row.pk, row.name))
        groups: list[Any] = list(by_place.items()) if len(by_place) > 1 else [*by_place.values(), []][0]
        field = self.fields[name]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [("", empty), *groups]

    def as_entered(self) -> accounts.AccountForm:
        """What was typed, for the action."""
        said = self.cleaned_data
        place = said.get("place")
        return accounts.AccountForm(said["name"], place and place.pk, said["unit"], said["person"])


class PlaceForm(Form):
    """A place with a government."""

    code = forms.RegexField(
        r"^[0-9]{6}([0-9]{3}|[0-9]{6})?\Z",
        label="行政区划代码",
        help_text="按 GB/T 2260，六位；乡级九位或十二位。建好后不能改。",
        error_messages={"invalid": "行政区划代码是 6 位、9 位或 12 位半角数字：请照民政部门公布的填。"},
    )
    name = forms.CharField(label="名称", max_length=40, help_text="例如：临江区。")
    level = forms.ChoiceField(label="层级", choices=Level.choices, initial=Level.COUNTY)
    parent = forms.ModelChoiceField(
        Place.objects.all(), label="上级地方", required=False, empty_label="没有，或不在本系统"
    )
    office = forms.CharField(
        label="办公室全称",
        max_length=80,
        required=False,
        help_text="公文落款用，例如：临江区人民政府办公室。",
    )
    letters = forms.CharField(
        label="发文代字", max_length=20, required=False, help_text="例如：临政办。文号由它开头。"
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"], self.fields["parent"]

    def as_entered(self, code: str = "") -> enrolment.PlaceForm:
        """What was typed, for the action."""
        said = self.cleaned_data
        parent = said.get("parent")
        more = {name: said[name] for name in ("name", "level", "office", "letters")}
        return enrolment.PlaceForm(said.get("code") or code, **more, parent_id=parent and parent.pk)


class GrantForm(Form):
    """A role and why it is given."""

    role = forms.ChoiceField(label="角色")
    why = forms.CharField(label="理由", max_length=200, help_text="例如：接替张某任联络员。写入历史记录。")

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((role.value, role.label) for role in roles)]
