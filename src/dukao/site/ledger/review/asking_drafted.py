"""What a drafted row asks: who leads, among the three likeliest, each with its confidence and its reason."""

from collections.abc import Iterator, Mapping
from typing import Any

from dukao.drafting.held import is_laid_on_all
from dukao.drafting.values import Draft as DraftedBreakdown
from dukao.drafting.values import DraftTask, LikelyDeadline, LikelyLeader, LikelyUnit
from dukao.site.ledger.models import QuestionKind
from dukao.site.ledger.review.precedents import key_of, without_numbers
from dukao.site.ledger.review.question_drafts import Draft, Units, option, short


class DraftedAsker:
    """Asks about the rows of a draft; `units` are the names of the place."""

    def __init__(self, draft: DraftedBreakdown, units: Units) -> None:
        self._tasks: Mapping[str, DraftTask] = {task.id: task for task in draft.tasks}
        self._units, self._least = units, draft.thresholds.lead

    def about(self, row: str) -> Iterator[Draft]:
        """Who leads a row; nothing for one that is laid on all units together."""
        task = self._tasks[row]
        if not is_laid_on_all(task):
            yield ask_lead(task, task.id, self._units, self._least)


def ask_lead(task: DraftTask, row: str, units: Units, least: float) -> Draft:
    """The question who leads a drafted row; proposed is the likeliest unit, where it is likely enough."""
    ways = [_name_unit(one, units) for one in task.candidates]
    options = [option("lead", f"{facts.pop('said')}牵头", **facts) for facts in ways]
    options.append(option("lead", "由其他单位牵头", needs="unit"))
    if any(one.role != "lead" for one in task.units):
        options.append(option("joint", "各单位共同落实，不设牵头", why=True))
    options.append(option("withdraw", "不列为任务", why=True))
    is_sure = bool(task.candidates) and task.candidates[0].confidence >= least
    message = f"“{short(task.text)}”由谁牵头？"
    message += "请在下面几家里定。" if is_sure else "没有一家把握够的，请人工确定。"
    facts = {
        "text": task.text,
        "candidates": [_say(one) for one in task.candidates],
        "parts": [_say(one) for one in task.units if one.role != "lead"],
        "helps": any(one.role == "supporting" for one in task.units),
        "leaders": [_say(one) for one in task.leaders],
        "limits": [_say_limit(one) for one in (task.likely_deadline,) if one],
        "withheld": [one.reason for one in task.withheld],
        "least": round(least * 100),
    }
    proposal = {"answer": "lead", **options[0]["facts"]} if is_sure else None
    return Draft(
        QuestionKind.UNDECIDED if task.candidates else QuestionKind.UNITLESS,
        key_of(without_numbers(task.text)),
        (row,),
        message,
        tuple(options),
        facts,
        proposal,
    )


def _name_unit(one: LikelyUnit, units: Units) -> dict[str, Any]:
    """The unit as the place knows it; one it does not know is founded when it is chosen."""
    if one.name in units:
        unit, name = units[one.name]
        return {"said": name, "unit": unit}
    return {"said": one.name, "unit_name": one.name}


def _say(one: LikelyUnit | LikelyLeader) -> dict[str, Any]:
    title = f"（{one.title}）" if isinstance(one, LikelyLeader) and one.title else ""
    return {"name": one.name + title, "sure": round(one.confidence * 100), "reason": one.reason}


def _say_limit(one: LikelyDeadline) -> dict[str, Any]:
    return {"name": one.deadline.text, "sure": round(one.confidence * 100), "reason": one.reason}
