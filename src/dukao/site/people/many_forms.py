"""What people send to make many accounts, or to give many a role, at once."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from dukao.site.people.asked import read_number
from dukao.site.people.forms import Form
from dukao.site.people.models import Role, User
from dukao.site.people.roster.lacking import WISHES


class RosterForm(Form):
    """A list of accounts, pasted or as a file."""

    lines = forms.CharField(
        label="粘贴名单",
        required=False,
        max_length=100_000,
        strip=False,  # a line may begin with an empty cell
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text="一行一个账号，依次是单位、姓名、登录名、职务说明/拟任角色；可以从 Excel 整块复制，"
        "手写的用逗号隔开。",
    )
    file = forms.FileField(
        label="或者上传文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=".xlsx 或 .csv，不超过 2 MB，第一行写栏名。",
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        said = super().clean() or {}
        is_pasted, is_sent = bool(said.get("lines", "").strip()), bool(said.get("file"))
        if not self.errors and is_pasted == is_sent:
            raise forms.ValidationError(
                "名单粘贴或者上传，只用一种。" if is_sent else "还没有名单：请粘贴名单，或者上传文件。"
            )
        return said


class GrantsForm(Form):
    """Which of the accounts without a role are given which; `wanted` after it was found valid."""

    why = forms.CharField(
        label="理由",
        max_length=200,
        help_text="例如：首次启用，按各单位报送名单配置。每个账号的历史记录里都写这一句。",
    )

    def __init__(self, sent: QueryDict | None, *, users: Iterable[User]) -> None:
        super().__init__(sent)
        self.sent = sent or QueryDict()
        self.users = {user.pk: user for user in users}
        self.wanted: dict[int, Role] = {}

    def clean(self) -> dict[str, Any]:
        """Every ticked account must be there still, and say which role."""
        for said in self.sent.getlist("user"):
            user, role = self.users.get(read_number(said)), self.sent.get(f"role-{said}", "")
            if user is None:
                raise forms.ValidationError("勾选的账号里有的已经有角色或已停用：请核对后再授予。")
            if role not in {one.value for one in WISHES}:
                raise forms.ValidationError(f"{user.name}（{user.username}）还没有选角色。")
            self.wanted[user.pk] = Role(role)
        if not self.wanted:
            raise forms.ValidationError("还没有勾选账号：请勾选要授予角色的账号。")
        return super().clean() or {}
