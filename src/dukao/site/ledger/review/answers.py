"""A person's answer read against its question: which option it is, and whether all it needs is there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import Heading, Placement, Question
from dukao.site.ledger.naming import clean
from dukao.site.ledger.review.precedents import fits
from dukao.site.people.founding import found_unit
from dukao.site.people.models import Unit, UnitName
from dukao.site.refusals import Refused

Facts = Mapping[str, Any]


def read_answer(question: Question, answer: str, facts: Facts, why: str, day: date) -> dict[str, Any]:
    """The answer as it is kept: its code, its facts, and in `said` what it says in words.

    Refused, saying what is missing, where the option needs a text, a unit, a row or a reason.
    """
    given = {"answer": answer, **{name: value for name, value in facts.items() if value not in (None, "")}}
    option = _option_of(question, given)
    needs = option["needs"]
    kept: dict[str, Any] = {"answer": answer, **option["facts"]}
    if option["why"] and not why.strip():
        raise Refused(Refusal.WHY_MISSING, label=option["label"], status=422)
    if needs in ("text", "task"):
        kept["text"] = _read_text(given)
    if "unit_name" in kept:
        kept["unit"] = meet_unit(question, kept["unit_name"], day).pk
    elif needs in ("unit", "task") or "unit" in kept:
        kept["unit"] = _read_unit(question, kept.get("unit", given.get("unit")), day).pk
    if needs == "task":
        kept["heading"] = _read_heading(question, given).pk
    if needs == "row":
        kept["row"] = _read_row(question, given)
    return {**kept, "said": _say(option, kept)}


def meet_unit(question: Question, name: str, day: date) -> Unit:
    """A unit the program proposed by its usual name: the place's own, or founded now that it is chosen."""
    place = question.breakdown.place
    if UnitName.objects.filter(place=place, name=name).exists():
        return _read_unit(question, name, day)
    since = date(question.breakdown.year, 1, 1)
    return found_unit(place, name, since, order=Unit.objects.filter(place=place).count() + 1)


def _option_of(question: Question, given: dict[str, Any]) -> dict[str, Any]:
    """The option meant: the one whose preset facts are given, else one that leaves them open."""
    options = sorted(question.options, key=lambda one: -len(one["facts"]))
    plain = {name: _number(value) for name, value in given.items()}
    for option in options:
        if fits(option, plain):
            return dict(option)
    raise Refused(Refusal.ANSWER_UNKNOWN, status=422)


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


def _read_text(given: dict[str, Any]) -> str:
    text = clean(str(given.get("text", "")))
    if not text:
        raise Refused(Refusal.ANSWER_INCOMPLETE, what="内容", status=422)
    return text


def _read_unit(question: Question, said: Any, day: date) -> Unit:
    """A unit by its id or any of its names; one that was merged is the one it was merged into."""
    place = question.breakdown.place
    if not said:
        raise Refused(Refusal.ANSWER_INCOMPLETE, what="牵头单位", status=422)
    known = Unit.objects.filter(place=place, pk=_number(said)).first() if str(said).isdecimal() else None
    name = known.name if known else str(said).strip()
    called = UnitName.objects.filter(place=place, name=name).select_related("unit").first()
    unit = called.unit if called else known
    if unit is None and "、" in name:
        raise Refused(Refusal.LEADS_MANY, name=name, status=422)
    if unit is None or (unit.until and unit.until <= day):
        raise Refused(Refusal.UNIT_UNKNOWN, name=name, status=422)
    return unit


def _read_heading(question: Question, given: dict[str, Any]) -> Heading:
    headings = Heading.objects.filter(breakdown=question.breakdown, pk=_number(given.get("heading")) or 0)
    heading = headings.first()
    if heading is None:
        raise Refused(Refusal.ANSWER_INCOMPLETE, what="列在谁名下", status=422)
    return heading


def _read_row(question: Question, given: dict[str, Any]) -> str:
    row = str(given.get("row", "")).strip()
    placements = Placement.objects.at(None).filter(task__breakdown=question.breakdown, row=row)
    if not row or not placements.filter(task__states__until=None, task__states__status="draft").exists():
        raise Refused(Refusal.NO_SUCH_ROW, row=row or "（未填）", status=422)
    return row


def _say(option: dict[str, Any], kept: dict[str, Any]) -> str:
    """What was decided, in words that stand for themselves."""
    label = str(option["label"])
    match option["needs"]:
        case "unit":
            return f"由{Unit.objects.get(pk=kept['unit']).name}牵头"
        case "row":
            return f"已由 {kept['row']} 承接"
        case "task":
            return f"增加一项任务，{Unit.objects.get(pk=kept['unit']).name}牵头：{kept['text']}"
        case "text":
            return f"{label}：{kept['text']}"
    return label
