"""The forms of pressing: as few fields as the act needs."""

from collections.abc import Sequence
from typing import Any

from django import forms

from dukao.site.ledger.forms.steps import DayField


class NoticeForm(forms.Form):
    """Why, what is asked, in how many working days."""

    cause = forms.CharField(
        label="事由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明事由：受文单位要知道为什么。"},
    )
    asked = forms.CharField(
        label="要求",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="答复期限不用写，签发时按工作日算出。",
        error_messages={"required": "请写明要求：受文单位要知道办什么。"},
    )
    days = forms.IntegerField(
        label="答复期限（签发后几个工作日）",
        min_value=1,
        max_value=60,
        error_messages={
            "required": "请填几个工作日内答复。",
            "min_value": "至少 1 个工作日。",
            "max_value": "最多 60 个工作日：更长的请写进要求。",
        },
    )


class NewNoticeForm(NoticeForm):
    """A notice by hand: to which of the task's units, on which rung."""

    unit = forms.ChoiceField(label="受文单位", error_messages={"required": "请选受文单位。"})
    rung = forms.ChoiceField(label="等级", error_messages={"required": "请选等级。"})
    field_order = ("unit", "rung", "cause", "asked", "days")

    def __init__(
        self,
        *args: Any,
        units: Sequence[tuple[int, str]],
        rungs: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("unit", units), ("rung", rungs)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(str(value), label) for value, label in choices]


class InstructionForm(forms.Form):
    """A leader's words, and a day if there is one: typed on a phone."""

    words = forms.CharField(
        label="批示内容",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请写批示内容：承办单位要知道办什么。"},
    )
    due = DayField(label="办理期限", required=False)


class MeetingForm(forms.Form):
    """What a meeting is called, and its day; the agenda is drawn by itself."""

    title = forms.CharField(
        label="会议名称",
        max_length=120,
        error_messages={"required": "请填会议名称，如“第三季度督查例会”。"},
    )
    held_on = DayField(label="开会日期")


class DecisionForm(forms.Form):
    """What the meeting decided: words, unit, day, and the task's number where the ledger has it."""

    words = forms.CharField(
        label="议定事项",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写议定事项：承办单位要知道办什么。"},
    )
    unit = forms.ChoiceField(
        label="承办单位",
        error_messages={"required": "请选承办单位。", "invalid_choice": "请从列出的单位中选。"},
    )
    due = DayField(label="期限", required=False)
    number = forms.CharField(
        label="任务编号",
        max_length=20,
        required=False,
        help_text="台账里已有这项任务的，填编号，如“重2024-012”；没有的留空。",
    )

    def __init__(self, *args: Any, units: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "（请选）"), *((name, name) for name in units)]


class TieForm(forms.Form):
    """The number of the task a decision belongs to by now."""

    number = forms.CharField(
        label="任务编号",
        max_length=20,
        help_text="如“重2024-012”。",
        error_messages={"required": "请填任务编号。"},
    )


class NewBulletinForm(forms.Form):
    """Of which period, by which day."""

    label = forms.CharField(
        label="期次",
        max_length=30,
        help_text="标题里用，如“2024年9月”“2024年第三季度”。",
        error_messages={"required": "请填期次。"},
    )
    as_of = DayField(label="数据截至")


class BulletinForm(forms.Form):
    """The words of a bulletin; its figures and lists are facts."""

    opening = forms.CharField(
        label="总体情况",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "请写总体情况：通报从它开始。"},
    )
    requirements = forms.CharField(
        label="下一步要求",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="一行一条。",
    )


class ContactForm(forms.Form):
    """A unit's address for reminders; empty for none."""

    mail = forms.EmailField(
        label="提醒邮箱",
        required=False,
        max_length=254,
        help_text="只用来发提醒，一个单位一个；留空就只在站内提醒。",
        error_messages={"invalid": "邮箱地址不完整：请写成 name@example.gov.cn 这样。"},
    )
