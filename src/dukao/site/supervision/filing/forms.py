"""Forms of filing: an item's few fields, evidence, a return."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import localdate

from dukao.site.archive.attachments import KINDS
from dukao.site.supervision.filing.evidence import Ranking
from dukao.site.supervision.filing.items import Item
from dukao.site.supervision.filing.published import period_due, say_outdated
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import FilingStage, PlanKind

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_SHOWN_STEPS = 2  # milestones asked about at once; the later ones are behind a fold


class FilingForm(forms.Form):
    """One item: the figure of the period and its day, progress, next step; the rest behind a fold."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.FloatField(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    true_on = forms.DateField(label="截至", required=False, widget=_DAY)
    progress = forms.CharField(
        label="进展", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    next_step = forms.CharField(
        label="下一步", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    problem = forms.CharField(
        label="存在问题", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    help_needed = forms.CharField(
        label="需要协调的", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    is_blocked = forms.BooleanField(label="受阻：本单位自己推不动", required=False)

    def __init__(self, item: Item, now: datetime, data: Any = None, *, words: Words | None = None) -> None:
        self.item, self.today = item, localdate(now)
        said = words or starting_words(item, self.today)
        initial = {
            "version": item.filing.version,
            "true_on": said.true_on,
            "progress": said.progress,
            "next_step": said.next_step,
            "problem": said.problem,
            "help_needed": said.help_needed,
            "is_blocked": said.is_blocked,
        }
        super().__init__(data, initial=initial, auto_id=f"f{item.filing.pk}-%s")
        self._shape_figure(said)
        for step in item.steps:
            done = said.steps.get(step.name)
            self.fields[f"step_{step.pk}"] = forms.BooleanField(
                label=f"{step.name}（应于{step.due:%m-%d}完成）", required=False, initial=bool(done)
            )
            self.fields[f"day_{step.pk}"] = forms.DateField(
                label=f"{step.name}：完成日期",
                required=False,
                widget=_DAY,
                initial=done or said.true_on,
                show_hidden_initial=True,
            )

    def _shape_figure(self, said: Words) -> None:
        figure = self.item.figure
        if figure is None:
            del self.fields["value"], self.fields["true_on"]
            return
        unit = f"（{figure.unit}）" if figure.unit else ""
        self.fields["value"].label = f"{figure.indicator}{unit}"
        value = figure.value_in(said)
        if value is not None:
            self.initial["value"] = plain_number(value)

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The milestones asked about now: every one that is due, else the next two."""
        return [self._pair(step) for at, step in enumerate(self.item.steps) if self._is_near(at, step)]

    @property
    def later_steps(self) -> list[tuple[Any, Any]]:
        """Those further off."""
        return [self._pair(step) for at, step in enumerate(self.item.steps) if not self._is_near(at, step)]

    @property
    def outdated(self) -> str:
        """What to know where a newer figure is due than the one that stands; empty where none is."""
        return say_outdated(self.item, self.today)

    @property
    def has_trouble(self) -> bool:
        """Whether something stands behind the fold of problems."""
        return any(self[name].value() for name in ("problem", "help_needed", "is_blocked"))

    def _pair(self, step: Any) -> tuple[Any, Any]:
        return self[f"step_{step.pk}"], self[f"day_{step.pk}"]

    def _is_near(self, at: int, step: Any) -> bool:
        return at < _SHOWN_STEPS or step.due <= self.item.filing.round.period_end

    def clean(self) -> dict[str, Any]:
        """Nothing is said to have been done ahead of time, and no day of something that is not done."""
        said = super().clean() or {}
        for name in ("true_on", *(f"day_{step.pk}" for step in self.item.steps)):
            day = said.get(name)
            checked = name == "true_on" or said.get(name.replace("day_", "step_"))
            if isinstance(day, date) and day > self.today and checked:
                self.add_error(name, "这个日期还没有到：请填已经发生的日期。")
            elif day and not checked and name in self.changed_data:
                self.add_error(name, "填了完成日期，没有勾选：已完成的请勾选，没有完成的请清空日期。")
        return said

    def words(self) -> Words:
        """What was written, of a valid form; what the plan no longer asks about stays as it was."""
        said, figure, before = self.cleaned_data, self.item.figure, self.item.now.words
        values = dict(before.values)
        if figure is not None:
            values = {name: pair for name, pair in values.items() if pair[1] != figure.unit}
            if said.get("value") is not None:
                values[figure.indicator] = (said["value"], figure.unit)
        asked = {step.name for step in self.item.steps}
        steps = {name: day for name, day in before.steps.items() if name not in asked}
        day = said.get("true_on")
        for step in self.item.steps:
            if said.get(f"step_{step.pk}"):
                steps[step.name] = said.get(f"day_{step.pk}") or day or self.today
        return Words(
            progress=said["progress"],
            next_step=said["next_step"],
            problem=said["problem"],
            help_needed=said["help_needed"],
            is_blocked=said["is_blocked"],
            true_on=day,
            values=values,
            steps=steps,
        )


def starting_words(item: Item, today: date) -> Words:
    """What a form begins with: the words in hand, else the last period's, to be confirmed or changed.

    A count begins with what it was, or with the places that are done; a published statistic is another every
    period, and is true for the end of it: once it is filed it stands until the next must be out.
    """
    due = period_due(item, today)
    day = due or min(today, item.filing.round.period_end)
    if item.filing.stage != FilingStage.EMPTY:
        return replace(item.now.words, true_on=item.now.words.true_on or day)
    if item.figure is not None and item.spots_done is not None:
        counted = {item.figure.indicator: (float(item.spots_done), item.figure.unit)}
        last = item.last.words if item.last else Words()
        return replace(last, true_on=day, values=counted, steps={})
    if item.last is None:
        return Words(true_on=day)
    last = replace(item.last.words, steps={})
    if item.figure is None or item.figure.kind != PlanKind.STATISTIC:
        return replace(last, true_on=day)
    is_of_now = due is not None and last.true_on is not None and last.true_on >= due
    return last if is_of_now else replace(last, true_on=day, values={})


def plain_number(value: float) -> str:
    """1800.0 → 1800, 5.25 → 5.25."""
    return str(int(value)) if value == int(value) else repr(value)


class EvidenceForm(forms.Form):
    """Evidence: what it is, and a file or a sentence."""

    kind = forms.ChoiceField(label="佐证类别")
    file = forms.FileField(
        label="文件",
        required=False,
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
        help_text="PDF、Word、Excel 或图片，不超过 20 MB；没有文件的写一句说明。",
    )
    title = forms.CharField(
        label="说明", required=False, max_length=200, help_text="例如文号、公布单位和日期。"
    )

    def __init__(self, ranking: Ranking, data: Any = None, files: Any = None, *, name: str = "p") -> None:
        super().__init__(data, files, auto_id=f"{name}-%s")
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = ranking.choices


class ReturnForm(forms.Form):
    """Why a filing goes back, and by when it is due again."""

    why = forms.CharField(
        label="缺什么、要补什么",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明退回的理由：缺什么，要补什么。"},
    )
    due = forms.DateField(label="补充期限", widget=_DAY)
