"""The record of a place's year as plain facts (JSON values), for the naive evaluator to judge."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar

import dukao.presets
from dukao.site.ledger.models import Responsibility, Task, TaskState
from dukao.site.people.models import PARTNERS
from dukao.site.supervision.models import ActionPlan, Adoption, Completion, Filing, Notice, Round, Standing

_PRESETS = Path(dukao.presets.__file__).parent
Row = dict[str, Any]


def gather_facts(place_id: int, year: int) -> Row:
    """Everything that was recorded of a place's tasks of a year, with its moments."""
    tasks = Task.objects.filter(place_id=place_id, year=year).order_by("pk")
    return {
        "year": year,
        "rules": {
            "lights": _preset("lights"),
            "curves": _preset("curves"),
            "ladder": _preset("ladders")["three-colours"],
            "cadence": _preset("cadences")["monthly-25"],
            "limits": _preset("limits")["common"],
        },
        "adopted": [
            {
                "subject": one.subject,
                "scope": one.scope,
                "preset": one.preset,
                "since": _day(one.since),
                "until": _day(one.until),
            }
            for one in Adoption.objects.filter(place_id=place_id)
        ],
        "workdays": _workdays(year),
        "rounds": [
            {
                "id": one.pk,
                "end": one.period_end.isoformat(),
                "due_at": _at(one.due_at),
                "opened_at": _at(one.opened_at),
            }
            for one in Round.objects.filter(place_id=place_id).order_by("pk")
        ],
        "tasks": [_task(task) for task in tasks],
        "notices": [_notice(one) for one in Notice.objects.filter(place_id=place_id).order_by("pk")],
    }


def _task(task: Task) -> Row:
    state = TaskState.objects.at(None).get(task=task)
    issued = TaskState.objects.filter(task=task, status="issued").order_by("since").first()
    leads = Responsibility.objects.filter(task=task, role="lead", unit__isnull=False).order_by("order", "pk")
    return {
        "id": task.pk,
        "words": state.text,
        "issued_at": _at(issued.since) if issued else None,
        "deadline": _day(state.deadline),
        "leads": [
            {
                "unit": one.unit_id,
                "partner": one.unit is not None and one.unit.kind in PARTNERS,
                "since": _at(one.since),
                "until": _at(one.until),
            }
            for one in leads.select_related("unit")
        ],
        "plans": [_plan(one) for one in ActionPlan.objects.filter(task=task).order_by("number")],
        "filings": [_filing(one) for one in Filing.objects.filter(task=task).order_by("pk")],
        "closings": [_closing(one) for one in Completion.objects.filter(task=task).order_by("pk")],
        "standings": [
            {"kind": one.kind, "since": _at(one.since), "until": _at(one.until)}
            for one in Standing.objects.filter(task=task).order_by("pk")
        ],
    }


def _plan(plan: ActionPlan) -> Row:
    return {
        "since": _at(plan.since),
        "until": _at(plan.until),
        "kind": plan.kind,
        "target": plan.target,
        "base": plan.base,
        "unit": plan.unit_of_measure,
        "curve": plan.curve,
        "delay": plan.delay,
        "deadline": _day(plan.deadline),
        "indicator": plan.measure.indicator if plan.measure else "",
        "op": plan.measure.op if plan.measure else "",
        "points": [[one.day.isoformat(), one.share] for one in plan.points.all()],
        "steps": [[one.name, one.due.isoformat()] for one in plan.steps.all()],
    }


def _filing(one: Filing) -> Row:
    return {
        "id": one.pk,
        "round": one.round_id,
        "unit": one.unit_id,
        "lead": one.is_lead,
        # Of whom it was asked, and whether as a lead; without a day: since the round opened.
        "asked": [
            *(
                _asked(hand.unit_id, hand.is_lead, hand.since, hand.until)
                for hand in one.hands.order_by("pk")
            ),
            _asked(one.unit_id, one.is_lead, one.asked_since, None),
        ],
        "stage": one.stage,
        "filed_at": _at(one.first_confirmed_at),
        "ruled_at": _at(one.ruled_at),
        "true_on": _day(one.true_on),
        "blocked": one.is_blocked,
        "unchanged": one.is_unchanged,
        "values": [[value.indicator, value.value, value.unit] for value in one.values.order_by("pk")],
        "steps": [[step.name, step.done_on.isoformat()] for step in one.steps.order_by("pk")],
        "evidence": [
            {"kind": proof.kind, "added_at": _at(proof.added_at), "withdrawn_at": _at(proof.withdrawn_at)}
            for proof in one.evidence.all()
        ],
        "returns": [
            {
                "due": back.due.isoformat(),
                "returned_at": _at(back.returned_at),
                "answered_at": _at(back.answered_at),
            }
            for back in one.returns.all()
        ],
        "recalls": [
            {"confirmed_at": _at(back.confirmed_at), "recalled_at": _at(back.recalled_at)}
            for back in one.recalls.all()
        ],
    }


def _asked(unit: int, is_lead: bool, since: datetime | None, until: datetime | None) -> Row:
    return {"unit": unit, "lead": is_lead, "since": _at(since), "until": _at(until)}


def _closing(one: Completion) -> Row:
    names = ("applied_at", "verified_at", "closed_at", "returned_at", "reopened_at")
    moments = {name: _at(getattr(one, name)) for name in names}
    return {"stage": one.stage, "done_on": one.done_on.isoformat(), **moments}


def _notice(one: Notice) -> Row:
    names = ("drafted_at", "signed_at", "answered_at", "closed_at", "withdrawn_at")
    return {
        "unit": one.unit_id,
        "rung": one.rung,
        "due": _day(one.due),
        "by_program": one.drafted_by_id is None and one.raised_from_id is None,
        "tasks": [{"id": line["task"], "since": line.get("since")} for line in one.facts],
        **{name: _at(getattr(one, name)) for name in names},
    }


def _workdays(year: int) -> list[str]:
    days = (date(year, 1, 1) + timedelta(days=count) for count in range(366 + 59))
    return [one.isoformat() for one in days if chinese_calendar.is_workday(one)]


def _preset(name: str) -> Row:
    return tomllib.loads((_PRESETS / f"{name}.toml").read_text(encoding="utf-8"))


def _at(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
