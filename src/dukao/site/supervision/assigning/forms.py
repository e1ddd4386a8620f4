"""Forms of assignments: the day where no calendar gives one, an objection, its settlement."""

from django import forms

from dukao.site.ledger.forms.steps import DayField
from dukao.site.supervision.models import Objection


class SendForm(forms.Form):
    """The last day for objections, asked for only where the calendar is not known."""

    due = DayField(label="异议期限", help_text="一般给 3 个工作日；当天 24 时以前提出的都算。")


class ObjectionForm(forms.Form):
    """Of which kind an objection is, and why."""

    objection = forms.ChoiceField(
        label="异议类型",
        choices=Objection.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种异议类型。", "invalid_choice": "请选一种异议类型。"},
    )
    reason = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="写清依据（例如职责文件、文号），建议由哪个单位牵头、改成怎样。督查室据此处理。",
        error_messages={"required": "请写明理由。"},
    )


class SettlementForm(forms.Form):
    """What becomes of an objection, and why."""

    ruling = forms.ChoiceField(
        label="处理",
        choices=(
            ("upheld", "采纳：随后调整任务"),
            ("refused", "不采纳：任务仍由该单位办理"),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": "请选采纳或不采纳。", "invalid_choice": "请选采纳或不采纳。"},
    )
    why = forms.CharField(
        label="理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="该单位会看到这句话。",
        error_messages={"required": "请写明处理理由。"},
    )
