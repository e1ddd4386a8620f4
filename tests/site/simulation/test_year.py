"""A simulated year, held against the naive evaluator light for light and notice for notice."""

import ast
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from dukao.site.history.queries import verify_chain
from dukao.site.people.models import Tenure, Unit
from dukao.site.refusals import Refused
from dukao.site.simulating import closing
from dukao.site.simulating.changing import NEW_LEADER
from dukao.site.simulating.diary import Diary
from dukao.site.simulating.life import begin_life
from dukao.site.simulating.living import Lived, live
from dukao.site.simulating.sayings import of_topic, sayings
from dukao.site.simulating.world import ISSUED, World, found_world
from dukao.site.supervision.closing.errors import Refusal
from dukao.site.supervision.models import FilingHand, Notice, StandingKind
from dukao.site.supervision.seeing.queries import lights_of
from tests.site.simulation import evaluator
from tests.site.simulation.facts import Row, gather_facts

UNTIL = date(2025, 1, 31)
LONG = bool(os.environ.get("DUKAO_LONG"))
SEEDS = (7, 8) if LONG else (7,)


@dataclass(frozen=True)
class Year:
    """A year that was lived, and its facts."""

    world: World
    lived: Lived
    facts: Row


@pytest.fixture(params=SEEDS)
def year(request: pytest.FixtureRequest, db: None) -> Year:
    """A year of 40 tasks and 12 units, or of 400 and 60 in a long run."""
    return _live(request.param, *((400, 60) if LONG else (40, 12)), UNTIL)


def _live(seed: int, tasks: int, units: int, until: date) -> Year:
    world = found_world(tasks, units, seed)
    lived = live(world, ISSUED.date(), until)
    return Year(world, lived, gather_facts(world.place_id, world.year))


def test_an_act_that_is_refused_leaves_the_task_as_it_is(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    life = begin_life(found_world(12, 6, 7), UNTIL, Diary())
    task, other, *_ = life.tasks.values()

    def refuse(*_about: object, **_more: object) -> None:
        raise Refused(Refusal.CLOSE_IN_HAND, stage="待核验", what="暂缓")

    monkeypatch.setattr(closing, "draft_standing", refuse)
    closing._take_out(life, task, StandingKind.SUSPENDED, other, ISSUED + timedelta(days=90))
    assert not task.is_ended
    assert life.refused == {Refusal.CLOSE_IN_HAND.value: 1}


def test_a_resumption_that_is_refused_leaves_the_task_suspended(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = begin_life(found_world(12, 6, 7), UNTIL, Diary())
    task, other, *_ = life.tasks.values()
    closing._take_out(life, task, StandingKind.SUSPENDED, other, ISSUED + timedelta(days=90))
    assert task.is_ended

    def refuse(*_about: object, **_more: object) -> None:
        raise Refused(Refusal.CLOSE_IN_HAND, stage="待核验", what="恢复")

    with monkeypatch.context() as refused:
        refused.setattr(closing, "draft_standing", refuse)
        closing._bring_back(life, task, other, ISSUED + timedelta(days=165))
    assert task.is_ended
    closing._bring_back(life, task, other, ISSUED + timedelta(days=166))
    assert not task.is_ended


def test_every_light_and_every_notice_is_as_the_naive_evaluator_says(year: Year) -> None:
    wrong = [*_wrong_lights(year), *_wrong_notices(year), *_wrong_limits(year)]
    assert not wrong, "\n".join(wrong[:20])
    _holds_something(year)
    assert verify_chain().holds


def _wrong_lights(year: Year) -> Iterator[str]:
    """Where the two disagree at a month's end: as it was lived, and as asked again after the year."""
    for end, lights in year.lived.lights.items():
        known = evaluator.end_of(end)
        again = lights_of(lights, end)
        for task in year.facts["tasks"]:
            said, lit = evaluator.progress(year.facts, task, end, known), lights[task["id"]]
            where = f"{end} {task['words']}"
            if (said.light, said.late) != (lit.light.value, lit.progress.is_late):
                yield f"{where} 进度: {said} / {lit.progress}"
            elif missing := [one for one in said.says if one not in lit.progress.reason]:
                yield f"{where} 进度: {missing} / {lit.progress.reason}"
            if evaluator.filing(year.facts, task, known) != lit.filing.light.value:
                yield f"{where} 报送: {lit.filing}"
            if evaluator.verification(year.facts, task, known) != lit.verified.light.value:
                yield f"{where} 核验: {lit.verified}"
            if again[task["id"]] != lit:
                yield f"{where}: asked again it is {again[task['id']]}"


def _wrong_notices(year: Year) -> Iterator[str]:
    """Where what was drafted on a run of the jobs is not what the ladder asks for, paper by paper."""
    made: dict[object, dict[tuple[int, str], list[int]]] = {}
    for one in year.facts["notices"]:
        if one["by_program"] and one["rung"] != "letter":
            papers = made.setdefault(evaluator.moment(one["drafted_at"]), {})
            papers[one["unit"], one["rung"]] = sorted(line["id"] for line in one["tasks"])
    assert set(made) <= set(year.lived.runs)
    for at in year.lived.runs:
        due = evaluator.notices_due(year.facts, at.astimezone(evaluator.BEIJING))
        if due != made.get(at, {}):
            yield f"{at}: {due} / {made.get(at)}"


def _wrong_limits(year: Year) -> Iterator[str]:
    """Rounds end on the 25th or the working day after it; answers are due so many working days on."""
    rungs = {rung["code"]: rung for rung in year.facts["rules"]["ladder"]["rungs"]}
    for round_ in year.facts["rounds"]:
        due, end = evaluator.moment(round_["due_at"]), date.fromisoformat(round_["end"])
        if due is None or due.date() != evaluator.workday_after(year.facts, end, 0) or end.day != 25:
            yield f"{end}: {due}"
    for one in year.facts["notices"]:
        signed = evaluator.moment(one["signed_at"])
        if signed and one["rung"] in rungs:
            due_on = evaluator.workday_after(year.facts, signed.date(), rungs[one["rung"]]["days"])
            if one["due"] != due_on.isoformat():
                yield f"{signed}: {one['due']} / {due_on}"


def _holds_something(year: Year) -> None:
    """A year in which nothing goes wrong proves nothing."""
    seen = {one.light.value for lights in year.lived.lights.values() for one in lights.values()}
    assert seen >= {"green", "yellow", "red", "unknown", "undated", "none"}
    signed = set(Notice.objects.filter(signed_at__isnull=False).values_list("rung", flat=True))
    assert signed >= {"blue", "yellow", "red", "letter"}
    closings = [one for task in year.facts["tasks"] for one in task["closings"]]
    assert any(one["stage"] == "closed" for one in closings)
    assert any(task["standings"] for task in year.facts["tasks"])
    # A unit went into another in June, with filings of a round that was open; a leader left in July.
    gone = Unit.objects.get(place_id=year.world.place_id, until__isnull=False)
    ended = [lead for task in year.facts["tasks"] for lead in task["leads"] if lead["unit"] == gone.pk]
    assert ended
    assert all(lead["until"] for lead in ended)
    assert FilingHand.objects.filter(unit=gone, is_lead=True).exists()
    left = Tenure.objects.get(post__place_id=year.world.place_id, until__isnull=False)
    assert left.post.tenures.get(until__isnull=True).person.name == NEW_LEADER
    assert [f"{day:%m}" for day in (gone.until, left.until) if day] == ["06", "07"]
    assert year.lived.refused["own-word-only"] or year.lived.refused["short-of-target"]


def test_the_same_seed_gives_the_same_chain(db: None) -> None:
    """Two years of one seed, each in a database that never saw the other: the same digest."""
    from django.db import transaction

    digests = []
    for _ in range(2):
        with transaction.atomic():
            year = _live(5, 16, 8, date(2024, 4, 30))
            digests.append((year.lived.entries, _contents()))
            transaction.set_rollback(True)
    assert digests[0] == digests[1]
    assert digests[0][0] > 60


def _contents() -> list[str]:
    """What the chain says, moment by moment; without ids, and not in their order: they go on counting."""
    from dukao.site.history.models import Entry

    rows = Entry.objects.order_by("sequence").values_list("at", "actor", "label", "why")
    return sorted(f"{at} {actor} {label} {why}" for at, actor, label, why in rows)


def test_what_blocks_a_task_is_of_its_kind() -> None:
    said = {
        text: of_topic(text, "blocked")[0]
        for text in ("再上线“一件事”12项", "交付安置房2600套", "做好东西部协作")
    }
    assert "系统接口" in said["再上线“一件事”12项"]
    assert len(set(said.values())) == 3
    reasons = [why for topic in sayings()["topics"] for why, _ in topic["blocked"]]
    assert len(reasons) == len(set(reasons)) > len(sayings()["topics"])


def test_the_evaluator_shares_nothing_with_the_program() -> None:
    source = Path(evaluator.__file__).read_text(encoding="utf-8")
    imported = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            imported |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported == {"datetime", "typing"}


def test_the_evaluator_sees_a_light_that_is_wrong(db: None) -> None:
    """The comparison has teeth: one figure changed in the facts, and it says so."""
    year = _live(7, 24, 8, date(2024, 7, 31))
    assert not list(_wrong_lights(year))
    for task in year.facts["tasks"]:
        for one in task["filings"]:
            one["values"] = [[name, value / 3, unit] for name, value, unit in one["values"]]
            one["steps"] = []
    assert list(_wrong_lights(year))
    for round_ in year.facts["rounds"]:
        round_["due_at"] = (evaluator.sooner(round_["due_at"]) - timedelta(days=40)).isoformat()
    assert any("报送" in line for line in _wrong_lights(year))
