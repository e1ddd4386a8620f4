"""The same day, the same answer: whatever is done later, an earlier day's lights say what they said."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.utils.timezone import localdate

from dukao.progress.values import Light
from dukao.site.archive.models import Publicity
from dukao.site.history import readings
from dukao.site.history.queries import verify_chain
from dukao.site.history.readings import forget_kept, looking_once
from dukao.site.ledger.duties import duties_of, new_duty
from dukao.site.ledger.models import Responsibility, Role, SupplementKind
from dukao.site.ledger.queries.rows import read_rows
from dukao.site.ledger.setting import set_publicity
from dukao.site.ledger.steps.changes import Change
from dukao.site.ledger.steps.supplementing import Paper, draft_supplement, sign_supplement
from dukao.site.people.models import UnitKind
from dukao.site.people.queries import units_at
from dukao.site.people.units import change_unit, rename_unit
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.actions import (
    apply_for_close,
    recall_verification,
    reopen_task,
    return_completion,
    sign_completion,
    verify_completion,
    withdraw_application,
)
from dukao.site.supervision.closing.showing import note_objection, settle_objection
from dukao.site.supervision.filing.actions import confirm_filings, recall_filings, save_filing
from dukao.site.supervision.filing.evidence_actions import NewEvidence, add_evidence, withdraw_evidence
from dukao.site.supervision.filing.rounds import follow_changes, open_rounds
from dukao.site.supervision.filing.ruling import accept_filing, return_filing
from dukao.site.supervision.models import (
    Completion,
    Evidence,
    EvidenceKind,
    Filing,
    FilingHand,
    FilingStage,
    PlanKind,
    Round,
    ShownObjection,
    Subject,
)
from dukao.site.supervision.planning.actions import approve_plan, send_plan
from dukao.site.supervision.practice import adopt_preset
from dukao.site.supervision.seeing import judging
from dukao.site.supervision.seeing.comparing import end_of_last_month
from dukao.site.supervision.seeing.extent import Extent, extents_of
from dukao.site.supervision.seeing.judging import judge_only_progress
from dukao.site.supervision.seeing.queries import lights_of, see_task
from dukao.site.supervision.seeing.values import Lights
from dukao.site.supervision.seeing.watching import watch_rows
from tests.site.supervision.conftest import PLANS, Year
from tests.site.supervision.test_boundaries import at, count
from tests.site.supervision.test_closing import words

ROW = "三-1"
LEADS = ("区住建局", "区综合执法局", "区财政局")


def all_lights(year: Year, day: date) -> dict[int, Lights]:
    """Every light of the ledger at the end of a day."""
    return lights_of(year.ledger.tasks.values_list("pk", flat=True), day)


def hand_over(year: Year, unit: str, moment: datetime, others: tuple[str, ...] = ()) -> None:
    """三-1 is led by another unit from a moment on, by a signed act, and open rounds follow."""
    clerk, head, task = year.cast.viewer("clerk", moment), year.cast.viewer("head", moment), year.task(ROW)
    said = [new_duty(year.unit(unit), Role.LEAD)]
    said += [new_duty(year.unit(one), Role.SUPPORTING) for one in others]
    number = f"望政办〔2024〕{moment.timetuple().tm_yday}号"
    act = draft_supplement(
        year.ledger.pk,
        [Change(task.pk, duties=said)],
        Paper(
            SupplementKind.NOTICE,
            number,
            moment.date(),
            "职责划转。",
        ),
        by=clerk,
        at=moment,
    )
    sign_supplement(act.pk, by=head, at=moment)
    follow_changes(year.cast.place.pk, at=moment)


def lead_of(year: Year) -> str:
    """Who leads 三-1 now."""
    found = Responsibility.objects.at(None).get(task=year.task(ROW), role=Role.LEAD)
    return str(found.unit.name)


# One change, one test.


def test_a_lead_that_was_overdue_stays_so_on_the_day_before_it_gave_the_task_away(year: Year) -> None:
    (april,) = open_rounds(year.cast.place.pk, at=at(4, 20))
    task, asked_for = year.task(ROW).pk, date(2024, 5, 6)
    before = lights_of([task], asked_for)[task]
    assert (before.filing.light, "没有报" in before.filing.reason) == (Light.RED, True)
    hand_over(year, "区综合执法局", at(5, 10))
    assert lights_of([task], asked_for)[task] == before
    filing = Filing.objects.get(round=april, task=task, is_lead=True)
    assert (filing.unit.name, filing.asked_since) == ("区综合执法局", at(5, 10))
    hand = FilingHand.objects.get(filing=filing)
    assert (hand.unit.name, hand.is_lead, hand.since, hand.until) == ("区住建局", True, None, at(5, 10))


def test_what_the_heir_files_late_lights_no_day_of_the_lead_before(year: Year) -> None:
    (april,) = open_rounds(year.cast.place.pk, at=at(4, 20))
    days = [date(2024, 5, 6), date(2024, 5, 9)]
    before = [all_lights(year, day) for day in days]
    hand_over(year, "区综合执法局", at(5, 10))
    heir = Filing.objects.get(round=april, task=year.task(ROW), is_lead=True)
    by = year.viewer_of("区综合执法局", at=at(5, 12))
    save_filing(heir.pk, count(3, date(2024, 4, 20)), heir.version, by=by, at=at(5, 12))
    head = year.viewer_of("区综合执法局", "unit_head", at(5, 12))
    confirm_filings([heir.pk], by=head, at=at(5, 12))
    accept_filing(heir.pk, by=year.cast.viewer("clerk"), at=at(5, 13))
    assert [all_lights(year, day) for day in days] == before
    now = all_lights(year, date(2024, 5, 13))[year.task(ROW).pk]
    assert now.filing.light is Light.YELLOW


def test_a_part_that_becomes_the_lead_was_a_part_on_the_days_before(year: Year) -> None:
    open_rounds(year.cast.place.pk, at=at(4, 20))
    hand_over(year, "区住建局", at(4, 22), ("区财政局",))
    before = all_lights(year, date(2024, 5, 6))
    hand_over(year, "区财政局", at(5, 10), ("区住建局",))
    assert all_lights(year, date(2024, 5, 6)) == before
    hand_over(year, "区住建局", at(5, 20), ("区财政局",))
    assert all_lights(year, date(2024, 5, 6)) == before
    led = {one.is_lead for one in FilingHand.objects.filter(unit=year.unit("区财政局"))}
    assert led == {False, True}


def test_a_return_that_was_answered_and_taken_back_had_been_answered_in_between(year: Year) -> None:
    filing = Filing.objects.get(round=year.round, task=year.task(ROW), is_lead=True)
    liaison, head = year.viewer_of("区住建局"), year.viewer_of("区住建局", "unit_head")
    save_filing(filing.pk, count(1, date(2024, 3, 20)), 1, by=liaison, at=at(3, 20))
    confirm_filings([filing.pk], by=head, at=at(3, 20))
    clerk = year.cast.viewer("clerk")
    return_filing(filing.pk, "缺验收单", due=date(2024, 3, 22), by=clerk, at=at(3, 21))
    filing.refresh_from_db()
    save_filing(filing.pk, count(2, date(2024, 3, 20)), filing.version, by=liaison, at=at(3, 22))
    confirm_filings([filing.pk], by=head, at=at(3, 22))
    before = all_lights(year, date(2024, 3, 26))
    assert before[year.task(ROW).pk].filing.light is Light.GREEN
    recall_filings([filing.pk], by=head, at=at(3, 28))
    assert all_lights(year, date(2024, 3, 26)) == before
    assert all_lights(year, date(2024, 3, 28))[year.task(ROW).pk].filing.light is Light.YELLOW


def test_a_unit_that_becomes_a_partner_was_none_on_the_days_before(year: Year) -> None:
    day, unit, clerk = date(2024, 5, 6), year.unit("区住建局"), year.cast.viewer("clerk")
    hand_over(year, "区住建局", at(4, 22))
    before = all_lights(year, day)
    change_unit(unit.pk, UnitKind.PARTY, unit.order, by=clerk, at=at(5, 10))
    rename_unit(unit.pk, "区住建委", why="更名", by=clerk, at=at(5, 12))
    assert all_lights(year, day) == before
    assert units_at(year.cast.place.pk, at(5, 11))[unit.pk] == ("区住建局", "party")
    after = all_lights(year, date(2024, 5, 12))[year.task(ROW).pk]
    assert (after.filing.light, "区住建委" in after.filing.reason) == (Light.NONE, True)


# Many changes, in an order nobody thought of.


class Life:
    """Deeds done to 三-1 day by day, each by whoever may do it now; what is refused is not done."""

    def __init__(self, year: Year, seed: int) -> None:
        self.year, self.chance, self.done = year, Random(seed), set[str]()

    def live(self, moment: datetime) -> None:
        """Two deeds of a day."""
        open_rounds(self.year.cast.place.pk, at=moment)
        for name, deed in self.chance.sample(sorted(DEEDS.items()), 5):
            try:
                deed(self, moment)
            except (Refused, LookupError, Filing.DoesNotExist, Completion.DoesNotExist):
                continue
            self.done.add(name)

    def unit(self, role: str, moment: datetime) -> object:
        return self.year.viewer_of(lead_of(self.year), role, moment)

    def filing(self, *stages: FilingStage) -> Filing:
        """The lead's filing for the last round, if it is that far."""
        round_ = Round.objects.filter(place=self.year.cast.place, closed_at__isnull=True)[0]
        found = Filing.objects.filter(round=round_, task=self.year.task(ROW), is_lead=True)
        return found.get(unit__name=lead_of(self.year), stage__in=stages)

    def completion(self, *stages: str) -> Completion:
        return Completion.objects.filter(stage__in=stages).latest("pk")


OPEN = (FilingStage.EMPTY, FilingStage.DRAFT, FilingStage.RETURNED)


def _save(life: Life, moment: datetime) -> None:
    filing, day = life.filing(*OPEN), moment.date()
    said = replace(
        count(life.chance.randint(1, 18), day), is_blocked=life.chance.random() < 0.3, problem="征迁"
    )
    by = life.year.viewer_of(lead_of(life.year), at=moment)
    save_filing(filing.pk, said, filing.version, by=by, at=moment)
    add_evidence(filing.pk, NewEvidence(EvidenceKind.ACCEPTANCE, f"验收{moment}"), by=by, at=moment)


def _confirm(life: Life, moment: datetime) -> None:
    head = life.year.viewer_of(lead_of(life.year), "unit_head", moment)
    confirm_filings([life.filing(FilingStage.DRAFT).pk], by=head, at=moment)


def _recall(life: Life, moment: datetime) -> None:
    head = life.year.viewer_of(lead_of(life.year), "unit_head", moment)
    recall_filings([life.filing(FilingStage.CONFIRMED).pk], by=head, at=moment)


def _accept(life: Life, moment: datetime) -> None:
    accept_filing(life.filing(FilingStage.CONFIRMED).pk, by=life.year.cast.viewer("clerk", moment), at=moment)


def _return(life: Life, moment: datetime) -> None:
    filing, clerk = life.filing(FilingStage.CONFIRMED), life.year.cast.viewer("clerk", moment)
    return_filing(filing.pk, "缺佐证", due=moment.date() + timedelta(days=2), by=clerk, at=moment)


def _withdraw_proof(life: Life, moment: datetime) -> None:
    proof = Evidence.objects.filter(filing=life.filing(*OPEN), withdrawn_at__isnull=True)[0]
    withdraw_evidence(proof.pk, by=life.year.viewer_of(lead_of(life.year), at=moment), at=moment)


def _give_away(life: Life, moment: datetime) -> None:
    lead, *others = life.chance.sample(LEADS, life.chance.randint(1, 3))
    now = duties_of([life.year.task(ROW).pk])[life.year.task(ROW).pk]
    if lead == lead_of(life.year) and len(now) == 1 + len(others):
        raise LookupError("nothing changes")
    hand_over(life.year, lead, moment, tuple(others))


def _plan(life: Life, moment: datetime) -> None:
    by = life.year.viewer_of(lead_of(life.year), at=moment)
    said = replace(
        PLANS[PlanKind.CUMULATIVE][2], target=float(life.chance.randint(15, 20)), change_why="调整"
    )
    plan = send_plan(life.year.task(ROW).pk, said, by=by, at=moment)
    approve_plan(plan.pk, by=life.year.cast.viewer("head", moment), at=moment)


def _adopt(life: Life, moment: datetime) -> None:
    preset, clerk = life.chance.choice(["wuhan", "yinchuan"]), life.year.cast.viewer("clerk", moment)
    adopt_preset(Subject.LIGHTS, "", preset, since=moment.date(), why="试行", by=clerk, at=moment)


def _apply(life: Life, moment: datetime) -> None:
    task, head = life.year.task(ROW), life.year.viewer_of(lead_of(life.year), "unit_head", moment)
    apply_for_close(task.pk, words(task, moment.date(), shortfall="余下并入来年"), by=head, at=moment)


def _take_back(life: Life, moment: datetime) -> None:
    head = life.year.viewer_of(lead_of(life.year), "unit_head", moment)
    withdraw_application(life.completion("applied").pk, by=head, at=moment)


def _verify(life: Life, moment: datetime) -> None:
    verify_completion(
        life.completion("applied").pk, "已看", by=life.year.cast.viewer("clerk", moment), at=moment
    )


def _unverify(life: Life, moment: datetime) -> None:
    recall_verification(life.completion("verified").pk, by=life.year.cast.viewer("clerk", moment), at=moment)


def _send_back(life: Life, moment: datetime) -> None:
    one = life.completion("applied", "verified")
    return_completion(one.pk, "再补", by=life.year.cast.viewer("clerk", moment), at=moment)


def _sign(life: Life, moment: datetime) -> None:
    sign_completion(life.completion("verified").pk, by=life.year.cast.viewer("head", moment), at=moment)


def _object(life: Life, moment: datetime) -> None:
    clerk = life.year.cast.viewer("clerk", moment)
    note_objection(life.completion("closed").pk, moment.date(), "住户", "还漏水", by=clerk, at=moment)


def _settle(life: Life, moment: datetime) -> None:
    one = ShownObjection.objects.filter(ruled_at__isnull=True)[0]
    settle_objection(one.pk, "已修", by=life.year.cast.viewer("clerk", moment), at=moment)


def _reopen(life: Life, moment: datetime) -> None:
    reopen_task(life.completion("closed").pk, "不实", by=life.year.cast.viewer("head", moment), at=moment)


DEEDS: dict[str, Callable[[Life, datetime], None]] = {
    name.strip("_"): deed
    for name, deed in globals().copy().items()
    if name.startswith("_") and callable(deed) and getattr(deed, "__module__", "") == __name__
}


@pytest.mark.parametrize("seed", [3, 11, 29])
def test_asked_again_for_a_past_day_every_light_says_the_same(year: Year, seed: int) -> None:
    set_publicity(year.task(ROW).pk, Publicity.PUBLIC, by=year.cast.viewer("clerk", at(3, 20)), at=at(3, 20))
    life, said = Life(year, seed), dict[date, dict[int, Lights]]()
    for step in range(60):
        moment = at(3, 21) + timedelta(days=step * 3, hours=step % 5)
        life.live(moment)
        said[moment.date()] = all_lights(year, moment.date())
    assert len(life.done) >= 12, sorted(life.done)
    assert len({one[year.task(ROW).pk].filing.reason for one in said.values()}) > 20
    wrong = [day for day, lights in said.items() if all_lights(year, day) != lights]
    assert wrong == []
    extents = extents_of(frozenset(year.ledger.tasks.values_list("pk", flat=True)))
    for day in sorted(said)[::5]:
        judged = judge_only_progress(extents, day, at(12, 31))
        assert judged == {task: one.progress for task, one in said[day].items()}
    assert verify_chain().holds


@pytest.mark.parametrize("seed", [5, 17])
def test_what_is_kept_is_what_would_be_read_anew(
    year: Year, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    life, steps = Life(year, seed), 50
    clerk = year.cast.viewer("clerk", at(3, 20))
    read = Counter[bool]()
    judge, keeps = judging._judge_extent, [False]

    def counted(extent: Extent, *about: Any) -> Any:
        read[keeps[0]] += len(extent.ids)
        return judge(extent, *about)

    def look(moment: datetime, is_kept: bool) -> tuple[Any, ...]:
        keeps[0] = is_kept
        today, month = localdate(moment), end_of_last_month(localdate(moment))
        ids = list(year.ledger.tasks.values_list("pk", flat=True))
        with looking_once():
            rows = read_rows(clerk, None, year=year.ledger.year)
            watch = watch_rows(clerk.place_id, rows, today, month, moment)
            seen = [see_task(task, today, moment) for task in year.ledger.tasks.all().order_by("pk")[:6]]
            return rows, watch, seen, lights_of(ids, month), lights_of(ids, today, moment)

    monkeypatch.setattr(readings, "_is_settled", lambda: keeps[0])
    monkeypatch.setattr(judging, "_judge_extent", counted)
    forget_kept()
    for step in range(steps):
        moment = at(3, 21) + timedelta(days=step * 3 + step % 2, hours=step % 5)
        if step % 4:  # now and then nothing happens
            life.live(moment)
        later = moment + timedelta(minutes=step % 3)
        assert look(later, True) == look(later, False), f"{moment}: {sorted(life.done)}"
    forget_kept()
    assert len(life.done) >= 12, sorted(life.done)
    assert read[True] < read[False] / 2, read
