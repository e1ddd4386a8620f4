"""What the clerk types about units, groups and posts."""

from collections.abc import Iterable
from typing import Any

from django import forms

from dukao.site.people.forms import Form
from dukao.site.people.models import Unit, UnitKind
from dukao.site.people.posts import PostForm as EnteredPost


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(label=label, widget=widget, input_formats=["%Y-%m-%d"], **kwargs)
        self.error_messages["invalid"] = f"{label}要写成 2024-03-07 的样子。"


def _why(help_text: str = "写入历史记录。") -> forms.CharField:
    return forms.CharField(label="理由", max_length=200, help_text=help_text)


class UnitForm(Form):
    """A new unit."""

    name = forms.CharField(label="名称", max_length=60, help_text="公文里的称呼，例如：区住建局。")
    kind = forms.ChoiceField(label="类别", choices=UnitKind.choices)
    since = Day("成立或纳入台账的日期")


class KindForm(Form):
    """A unit's kind and place in the order."""

    kind = forms.ChoiceField(
        label="类别",
        choices=UnitKind.choices,
        help_text="党委机构、法院检察院、军事机关以商请函请其支持，不催办、不亮灯、不计分。",
    )
    order = forms.IntegerField(label="次序", min_value=0, max_value=9999, help_text="数字小的排在前面。")


class NameForm(Form):
    """Another name of a unit."""

    name = forms.CharField(label="名称", max_length=60)


class RenameForm(Form):
    """A unit's new name."""

    name = forms.CharField(label="新名称", max_length=60)
    why = _why("例如：机构改革，某文件。写入历史记录。")


class MoveNameForm(Form):
    """The unit a name belongs to."""

    unit = forms.TypedChoiceField(label="改归哪个单位", coerce=int)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((unit.pk, unit.name) for unit in units)]


class EndForm(Form):
    """From which day on something is no more, and why."""

    until = Day("从哪一天起")
    why = _why()


class ReasonForm(Form):
    """Why."""

    why = _why()


class GroupForm(Form):
    """A new group."""

    name = forms.CharField(label="统称", max_length=40, help_text="例如：各街道、相关街镇。")
    is_chosen = forms.BooleanField(
        label="由牵头单位逐项指定",
        required=False,
        help_text="“相关”“有关”一类勾上：每项任务由牵头单位写明是哪些，没有固定成员。",
    )


class MembersForm(Form):
    """Units that join a group, and from when."""

    units = forms.TypedMultipleChoiceField(label="单位", coerce=int, widget=forms.CheckboxSelectMultiple)
    since = Day("从哪一天起")

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["units"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(unit.pk, unit.name) for unit in units]
        field.error_messages["required"] = "请至少勾选一个单位。"


class PostForm(Form):
    """A post."""

    title = forms.CharField(label="职务", max_length=60, help_text="例如：常委、常务副区长。")
    order = forms.IntegerField(label="次序", min_value=0, max_value=9999, initial=0)
    is_head = forms.BooleanField(
        label="总负责",
        required=False,
        help_text="担任者看得到全部已印发的任务；一个地方只有一个，勾选后原来的不再是。",
    )

    def as_entered(self) -> EnteredPost:
        """What was typed, for the action."""
        said = self.cleaned_data
        return EnteredPost(said["title"], said["order"], said["is_head"])


class SeatForm(Form):
    """Who holds a post, and from when."""

    name = forms.CharField(label="姓名", max_length=40, widget=forms.TextInput(attrs={"list": "persons"}))
    since = Day("从哪一天起任职")
    why = _why("例如：某届人大常委会第几次会议任命。写入历史记录。")
