"""Forms of lists: a list opened, its terms, an item with the list's own columns, its places."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from dukao.progress.lights import light_rules
from dukao.site.ledger.duties import Duty
from dukao.site.ledger.forms.steps import DayField
from dukao.site.ledger.items import ItemWords
from dukao.site.ledger.models import Role
from dukao.site.ledger.queries.rows import LeaderName
from dukao.site.people.asked import read_number
from dukao.site.supervision.models import Spot
from dukao.site.supervision.registers.cells import say_cell
from dukao.site.supervision.registers.entering import Asked
from dukao.site.supervision.registers.parties import Names, read_duties, say_parties
from dukao.site.supervision.registers.spots import SpotWords
from dukao.site.supervision.registers.terms import Field, Terms

BLANKS = 5
_MOST_ROWS = 500


class OpenForm(forms.Form):
    """From which day a list is kept."""

    since = DayField(label="从哪天起用", help_text="今天或以后；之前的事项也可以登记，时限从立项那天算。")


class ItemForm(forms.Form):
    """An item of a list: what it says as a task, then the list's own columns; `is_office`: all of it."""

    text = forms.CharField(
        label="事项", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    lead = forms.CharField(
        label="牵头单位",
        max_length=200,
        required=False,
        help_text="照单位名录写，几个用顿号隔开；立项后交办给它们。",
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    others = forms.CharField(label="配合单位", max_length=400, required=False)
    post = forms.TypedChoiceField(label="包案（责任）领导", required=False, coerce=int, empty_value=None)
    deadline = DayField(
        label="完成时限", required=False, help_text="不填的，按步骤的最后一个时限；填了的，各步骤不晚于它。"
    )
    remark = forms.CharField(label="备注", max_length=500, required=False)
    why = forms.CharField(
        label="修改的理由",
        max_length=300,
        required=False,
        help_text="已经立项的，改事项、单位、领导或时限时必填。",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        terms: Terms,
        names: Names,
        leaders: Sequence[LeaderName] = (),
        is_office: bool = True,
        is_issued: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        self.terms, self.names = terms, names
        self.has_words = is_office and terms.is_own
        self.own = [one for one in terms.fields if is_office or one.by == "unit"]
        if not self.has_words:
            for name in ("text", "lead", "others", "post", "deadline", "remark"):
                del self.fields[name]
        else:
            chosen = [("", "（没有）"), *((one.post_id, one.full) for one in leaders)]
            post = self.fields["post"]
            assert isinstance(post, forms.TypedChoiceField)
            post.choices = chosen
        if not (self.has_words and is_issued):
            del self.fields["why"]
        for field in self.own:
            self.fields[f"f_{field.code}"] = _control(field)

    @property
    def needed(self) -> set[str]:
        """The names of what must be filled in; the action says what is missing, all of it at once."""
        return {"text", "lead", *(f"f_{one.code}" for one in self.own if one.required)}

    @property
    def words(self) -> list[forms.BoundField]:
        """The fields of the task."""
        return [
            self[name]
            for name in ("text", "lead", "others", "post", "deadline", "remark")
            if name in self.fields
        ]

    @property
    def columns(self) -> list[forms.BoundField]:
        """The fields of the list's own."""
        return [self[f"f_{one.code}"] for one in self.own]

    def asked(self) -> tuple[Asked, list[str]]:
        """What was asked for, and which names of units nobody goes by."""
        said = self.cleaned_data
        words, wrong = None, list[str]()
        if self.has_words:
            duties, wrong = read_duties(self.names, said["lead"], said["others"])
            text = " ".join(said["text"].split())
            words = ItemWords(text, duties, said["post"], said["deadline"], " ".join(said["remark"].split()))
        cells = {one.code: self.data.get(f"f_{one.code}", "") for one in self.own}
        return Asked(words, cells, said.get("why", ""), said.get("seen") or None), wrong


def starting(terms: Terms, values: Mapping[str, Any], words: ItemWords | None, seen: str) -> dict[str, Any]:
    """What the form of an item begins with."""
    known: dict[str, Any] = {f"f_{one.code}": say_cell(one, values) for one in terms.fields}
    known["seen"] = seen
    if words:
        known |= {
            "text": words.text,
            "lead": _names(words.duties, lead=True),
            "others": _names(words.duties, lead=False),
            "post": words.post_id or "",
            "deadline": words.deadline,
            "remark": words.remark,
        }
    return known


class TakeBackForm(forms.Form):
    """Why a draft is taken back."""

    why = forms.CharField(
        label="理由", max_length=300, error_messages={"required": "请写一句理由，它会留在历史记录里。"}
    )


class SpotForm(forms.Form):
    """One place of an item: a line of the form."""

    order = forms.IntegerField(required=False, widget=forms.HiddenInput)
    town = forms.CharField(label="街道或乡镇", max_length=40, required=False)
    name = forms.CharField(label="点位", max_length=80, required=False)
    due = DayField(label="计划完成", required=False)
    done_on = DayField(label="完成日期", required=False)

    def said(self) -> SpotWords:
        """The place as said."""
        one = self.cleaned_data
        return SpotWords(
            one["order"] or 0, one["name"].strip(), one["town"].strip(), one["due"], one["done_on"]
        )

    @property
    def shown(self) -> list[forms.BoundField]:
        """The fields a line shows."""
        return [self[name] for name in ("town", "name", "due", "done_on")]


def spot_forms(data: Any, spots: Sequence[Spot]) -> list[SpotForm]:
    """A line for every place there is, and a few empty ones."""
    known = [
        {"order": one.order, "town": one.town, "name": one.name, "due": one.due, "done_on": one.done_on}
        for one in spots
    ]
    count = len(known) + BLANKS if data is None else _count_rows(data.get("rows", ""))
    rows = [known[at] if at < len(known) else {} for at in range(count)]
    return [SpotForm(data, prefix=f"s{at}", initial=row) for at, row in enumerate(rows)]


def _count_rows(said: str) -> int:
    """How many lines a form that was sent has; none where it does not say so."""
    return min(read_number(said), _MOST_ROWS)


def rules_of_days() -> list[tuple[str, str]]:
    """The rules of lights that speak of days, to choose from."""
    none = [("", "按本地采用的节点规则")]
    return none + [(code, one.name) for code, one in light_rules().items() if one.mode == "days"]


def _control(field: Field) -> forms.Field:
    """A control for a column; what it means is read from the words (`cells`), the same as from a workbook."""
    help_text = "牵头单位填" if field.by == "unit" else ""
    if field.kind == "choice":
        choices = [("", "（未选）"), *((one, one) for one in field.choices)]
        return forms.CharField(
            label=field.head, required=False, widget=forms.Select(choices=choices), help_text=help_text
        )
    attrs: dict[str, str] = {}
    if field.kind == "date":
        attrs = {"type": "date"}
    elif field.is_figure:
        attrs = {"inputmode": "decimal"}
    return forms.CharField(
        label=field.head, required=False, widget=forms.TextInput(attrs=attrs), help_text=help_text
    )


def _names(duties: Sequence[Duty], *, lead: bool) -> str:
    return say_parties(one["name"] for one in duties if (one["role"] == Role.LEAD) is lead)
