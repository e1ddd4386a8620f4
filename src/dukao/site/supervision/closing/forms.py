"""The forms of closing: few fields, each filled in as far as the record knows it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dukao.site.archive.attachments import KINDS, LARGEST
from dukao.site.ledger.forms.steps import DayField
from dukao.site.supervision.closing.actions import Application, Item
from dukao.site.supervision.closing.checklists import Checklist
from dukao.site.supervision.closing.reaching import Reached
from dukao.site.supervision.closing.standing import StandingPaper
from dukao.site.supervision.filing.evidence_actions import NewEvidence
from dukao.site.supervision.filing.forms import plain_number
from dukao.site.supervision.models import EvidenceKind, StandingKind

_SLOTS = 3  # new pieces of evidence at once
_FILE = forms.FileInput(attrs={"accept": ",".join(KINDS)})
_PICTURES = ".jpg,.jpeg,.png,.pdf"
_WORDS = {"rows": 4}


class ApplyForm(forms.Form):
    """When it was finished, what is reached, the checklist item by item, the evidence."""

    done_on = DayField(label="完成日期")
    value = forms.FloatField(
        label="达到的数值",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={
            "required": "请填达到的数值：这项任务按数字考核。",
            "invalid": "数值请写成 32 或 6.5 这样。",
        },
    )
    true_on = DayField(label="数值截至")
    summary = forms.CharField(
        label="完成情况",
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
        help_text="照着任务的原话写做成了什么：数量、地点、什么时候投用。",
        error_messages={"required": "请写完成情况：核验的同志要照它核对。"},
    )
    shortfall = forms.CharField(
        label="没有达到目标的原因",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="按已采用的进展还没有达到目标，确要办结的，在这里写明原因和依据。",
    )
    evidence = forms.TypedMultipleChoiceField(
        label="已报送过的佐证", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        checklist: Checklist,
        reached: Reached,
        evidence: Sequence[tuple[int, str]],
        initial: dict[str, Any],
    ) -> None:
        super().__init__(data, files, initial=initial)
        self.checklist = checklist
        chosen = self.fields["evidence"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)
        chosen.choices = list(evidence)
        if reached.target is None:
            del self.fields["value"], self.fields["true_on"]
        elif reached.unit:
            self.fields["value"].label = f"达到的数值（{reached.unit}）"
        for at, item in enumerate(checklist.items):
            self.fields[f"met_{at}"] = forms.BooleanField(label=item, required=False)
            self.fields[f"words_{at}"] = forms.CharField(
                label=f"{item}：没有做到或不适用的，写明原因", max_length=300, required=False
            )
        for at in range(_SLOTS):
            kinds = [(kind, str(EvidenceKind(kind).label)) for kind in checklist.evidence]
            rest = [(kind, label) for kind, label in EvidenceKind.choices if kind not in checklist.evidence]
            self.fields[f"kind_{at}"] = forms.ChoiceField(
                label=f"第{at + 1}份：类别", choices=[*kinds, *rest], required=False
            )
            self.fields[f"file_{at}"] = forms.FileField(
                label=f"第{at + 1}份：文件", required=False, widget=_FILE
            )
            self.fields[f"title_{at}"] = forms.CharField(
                label=f"第{at + 1}份：说明（文号、公布单位和日期）", max_length=200, required=False
            )

    @property
    def items(self) -> list[tuple[Any, Any]]:
        """The checklist: the box and the words of each item."""
        return [(self[f"met_{at}"], self[f"words_{at}"]) for at in range(len(self.checklist.items))]

    @property
    def slots(self) -> list[tuple[Any, Any, Any]]:
        """Where new evidence is put in."""
        return [(self[f"kind_{at}"], self[f"file_{at}"], self[f"title_{at}"]) for at in range(_SLOTS)]

    def application(self) -> Application:
        """What was written, of a valid form."""
        said = self.cleaned_data
        items = [
            Item(item, said[f"met_{at}"], said[f"words_{at}"]) for at, item in enumerate(self.checklist.items)
        ]
        brought = []
        for at in range(_SLOTS):
            kind = EvidenceKind(said[f"kind_{at}"] or self.checklist.evidence[0])
            one = bring(said[f"file_{at}"], kind, said[f"title_{at}"])
            brought += [one] if one else []
        return Application(
            done_on=said["done_on"],
            summary=said["summary"],
            items=items,
            evidence=said["evidence"],
            shortfall=said["shortfall"],
            value=said.get("value"),
            true_on=said.get("true_on"),
            brought=brought,
        )


def bring(file: "UploadedFile[bytes] | None", kind: EvidenceKind, title: str) -> NewEvidence | None:
    """What was put in: a file, a sentence or both; None for an empty place."""
    if not file and not title.strip():
        return None
    data = file.read(LARGEST + 1) if file else b""
    return NewEvidence(kind, title, data, (file.name or "") if file else "")


def figure_of(value: float | None) -> str:
    """A figure as a field begins with it."""
    return "" if value is None else plain_number(value)


class VerifyForm(forms.Form):
    """Every item of the checklist checked, and what was found."""

    checked = forms.MultipleChoiceField(label="逐项核对", required=False, widget=forms.CheckboxSelectMultiple)
    findings = forms.CharField(
        label="核验结论",
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
        help_text="写怎么核的、核到什么：看了哪些文件，抽查了几处，与承诺对不对得上。",
        error_messages={"required": "请写核验结论：签发的同志要凭它签。"},
    )

    def __init__(self, data: Any = None, *, items: Sequence[str]) -> None:
        super().__init__(data)
        checked = self.fields["checked"]
        assert isinstance(checked, forms.MultipleChoiceField)
        checked.choices = [(one, one) for one in items]


class ReturnForm(forms.Form):
    """What is missing, and by when it is to come again."""

    why = forms.CharField(
        label="缺什么、要补什么",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明退回的理由：缺什么，要补什么。"},
    )
    due = DayField(label="补办期限")


class AskVisitForm(forms.Form):
    """By when somebody is to go."""

    due = DayField(label="哪天以前核查")


class VisitForm(forms.Form):
    """The record of a visit; pictures where there are some."""

    on = DayField(label="核查日期")
    place = forms.CharField(
        label="核查地点",
        max_length=120,
        error_messages={"required": "请写核查地点：到了哪里，看了哪几处。"},
    )
    who = forms.CharField(
        label="核查人员",
        max_length=120,
        help_text="几个人用顿号隔开。",
        error_messages={"required": "请写核查人员：谁到了现场。"},
    )
    findings = forms.CharField(
        label="现场看到的情况",
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
        error_messages={"required": "请写现场看到的情况：与申请说的对不对得上。"},
    )
    picture = forms.FileField(
        label="照片或记录",
        required=False,
        widget=forms.FileInput(attrs={"accept": _PICTURES}),
        help_text="有就附一份，没有也可以。",
    )

    def pictures(self) -> list[NewEvidence]:
        """What was put in beside the words."""
        one = bring(self.cleaned_data["picture"], EvidenceKind.PICTURE, "")
        return [one] if one else []


class SignForm(forms.Form):
    """Whether it is shown, and when to look again."""

    is_shown = forms.BooleanField(label="先公示，期满才算办结", required=False, initial=True)
    look_back_on = DayField(label="哪天回头看")

    def __init__(self, data: Any = None, *, shown_until: date | None, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if shown_until is None:
            del self.fields["is_shown"]


class ObjectionForm(forms.Form):
    """Who said what, on which day."""

    said_on = DayField(label="反映日期")
    who = forms.CharField(
        label="反映人",
        max_length=80,
        help_text="不愿具名的写“群众来电”“匿名来信”。",
        error_messages={"required": "请写反映人；不愿具名的写“群众来电”。"},
    )
    words = forms.CharField(
        label="反映的问题",
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
        error_messages={"required": "请写反映的问题：核实要照它去核。"},
    )


class LookForm(forms.Form):
    """What was found at the second look, and when to look next."""

    looked_on = DayField(label="回头看的日期")
    holds = forms.ChoiceField(
        label="成果还在不在",
        choices=[("", "（请选）"), ("yes", "成果仍在"), ("no", "出现反弹或停用")],
        error_messages={"required": "请选成果还在不在。"},
    )
    findings = forms.CharField(
        label="看到的情况",
        max_length=2000,
        widget=forms.Textarea(attrs=_WORDS),
        error_messages={"required": "请写看到的情况。"},
    )
    again_on = DayField(label="下次回头看", required=False)


class StandingForm(forms.Form):
    """An act that takes a task out of the totals, or brings it back."""

    kind = forms.ChoiceField(label="情形", error_messages={"required": "请选是哪一种情形。"})
    act = forms.CharField(
        label="依据文号",
        max_length=60,
        help_text="批准这件事的文件或会议纪要，如“临政纪〔2024〕12号”。",
        error_messages={"required": "请填依据文号：没有批准的文件不能调整。"},
    )
    dated = DayField(label="批准日期")
    why = forms.CharField(
        label="事由",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写事由：它会随任务一直显示。"},
    )
    into = forms.CharField(
        label="进入哪些任务",
        required=False,
        max_length=400,
        help_text="并入、拆分的填任务编号，几个用顿号或空格隔开；暂缓、终止的不填。",
    )
    congress_decision = forms.CharField(
        label="人大常委会决定文号",
        max_length=60,
        required=False,
        help_text="民生实事由人民代表大会票决，没有决定的不能调整。",
    )

    def __init__(self, data: Any = None, *, kinds: Sequence[StandingKind], is_voted: bool) -> None:
        super().__init__(data)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        none = [] if len(kinds) == 1 else [("", "（请选）")]
        kind.choices = [*none, *((one.value, str(one.label)) for one in kinds)]
        if StandingKind.MERGED not in kinds:
            del self.fields["into"]
        if not is_voted:
            del self.fields["congress_decision"]

    def paper(self) -> StandingPaper:
        """What was written, of a valid form."""
        said = self.cleaned_data
        numbers = said.get("into", "").replace("、", " ").replace("，", " ").replace(",", " ").split()
        return StandingPaper(
            StandingKind(said["kind"]),
            said["act"],
            said["dated"],
            said["why"],
            numbers,
            said.get("congress_decision", ""),
        )
