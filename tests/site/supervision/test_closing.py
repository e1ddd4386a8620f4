"""办结: applied for by the lead unit's head, verified by another, signed, looked at again, reopened."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from dukao.site.archive.models import Publicity
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.duties import duties_of, new_duty
from dukao.site.ledger.models import Role, SupplementKind, Task, TaskState
from dukao.site.ledger.setting import set_publicity
from dukao.site.ledger.steps.supplementing import Change, Paper, draft_supplement, sign_supplement
from dukao.site.people.models import Grant
from dukao.site.people.models import Role as PersonRole
from dukao.site.refusals import Refused
from dukao.site.supervision.closing.actions import (
    Application,
    Item,
    apply_for_close,
    look_back,
    reopen_task,
    return_completion,
    sign_completion,
    verify_completion,
    withdraw_application,
)
from dukao.site.supervision.closing.checklists import checklist_for
from dukao.site.supervision.closing.reaching import limits_of, reached_of
from dukao.site.supervision.models import (
    Completion,
    CompletionStage,
    Evidence,
    EvidenceKind,
    Filing,
    FilingStage,
    FilingValue,
)
from dukao.site.supervision.seeing.judging import judge_tasks
from tests.site.conftest import BEIJING, Cast
from tests.site.supervision.conftest import Year

DONE = datetime(2024, 11, 11, 10, 0, tzinfo=BEIJING)  # a Monday


def file_value(year: Year, value: float, *kinds: EvidenceKind, on: datetime = DONE) -> Filing:
    """What the unit of 三-1 filed for the open round, accepted, with a piece of evidence of each kind."""
    filing = Filing.objects.get(task=year.task("三-1"), round=year.round, is_lead=True)
    filing.stage, filing.true_on, filing.ruled_at = FilingStage.ACCEPTED, on.date(), on
    filing.save()
    FilingValue.objects.update_or_create(
        filing=filing, indicator="改造老旧小区", defaults={"value": value, "unit": "个"}
    )
    for kind in kinds:
        Evidence.objects.create(
            filing=filing,
            kind=kind,
            title=kind.label,
            fingerprint=kind.value,
            added_by=year.cast.users["liaison"],
            added_at=on,
        )
    return filing


def words(task: Task, done_on: date | None = None, **said: Any) -> Application:
    items = [Item(one, True) for one in checklist_for("cumulative").items]
    evidence = list(Evidence.objects.filter(filing__task=task).values_list("pk", flat=True))
    return replace(Application(done_on or DONE.date(), "18个小区全部竣工验收。", items, evidence), **said)


@pytest.fixture
def done(year: Year) -> Task:
    """三-1 with its 18 renewed, accepted, and an acceptance paper filed."""
    file_value(year, 18, EvidenceKind.ACCEPTANCE)
    return year.task("三-1")


def applied(year: Year, task: Task, at: datetime = DONE) -> Completion:
    return apply_for_close(task.pk, words(task, at.date()), by=year.cast.viewer("unit_head", at), at=at)


def closed(year: Year, task: Task, at: datetime = DONE) -> Completion:
    completion = applied(year, task, at)
    verify_completion(completion.pk, "现场抽查6个小区，均已竣工。", by=year.cast.viewer("clerk"), at=at)
    return sign_completion(completion.pk, by=year.cast.viewer("head"), at=at)


def light_on(year: Year, task: Task, day: date) -> tuple[str, str]:
    judged = judge_tasks([task.pk], day, 2024)[task.pk]
    return judged.light.value, judged.reason


def test_a_task_is_applied_for_verified_signed_and_closed(year: Year, done: Task) -> None:
    completion = closed(year, done)
    assert completion.stage == CompletionStage.CLOSED
    assert completion.closed_at == DONE
    assert completion.look_back_on == DONE.date() + timedelta(days=90)
    assert light_on(year, done, DONE.date())[0] == "green"
    kinds = ["completion-applied", "completion-verified", "task-closed"]
    assert (
        list(Entry.objects.filter(action__in=kinds).values_list("action", flat=True).order_by("sequence"))
        == kinds
    )
    assert verify_chain().holds


@pytest.mark.parametrize("kind", [EvidenceKind.WORD, EvidenceKind.PICTURE, EvidenceKind.RECORD])
def test_the_units_own_word_alone_closes_nothing(year: Year, kind: EvidenceKind) -> None:
    file_value(year, 18, kind)
    with pytest.raises(Refused, match="不能只凭单位自己的说明") as refused:
        applied(year, year.task("三-1"))
    assert "验收文件" in refused.value.details[0]
    assert not Completion.objects.exists()


def test_evidence_taken_back_or_of_another_task_proves_nothing(year: Year, done: Task) -> None:
    of_other = Evidence.objects.create(
        filing=Filing.objects.filter(task=year.task("三-2"))[0],
        kind=EvidenceKind.ACCEPTANCE,
        title="别处的验收",
        fingerprint="x",
        added_by=year.cast.users["liaison"],
        added_at=DONE,
    )
    Evidence.objects.filter(filing__task=done).update(withdrawn_at=DONE)
    said = words(done)
    said = replace(said, evidence=[*said.evidence, of_other.pk])
    with pytest.raises(Refused, match="不能只凭单位自己的说明"):
        apply_for_close(done.pk, said, by=year.cast.viewer("unit_head"), at=DONE)


def test_what_falls_short_is_closed_only_when_it_says_why(year: Year) -> None:
    file_value(year, 17, EvidenceKind.ACCEPTANCE)
    task = year.task("三-1")
    with pytest.raises(Refused, match="还没有完成") as refused:
        applied(year, task)
    assert refused.value.details == ("目标18个，最近采用的数值是17个",)
    said = words(task, shortfall="1个小区并入征收范围，区政府已同意核减。")
    completion = apply_for_close(task.pk, said, by=year.cast.viewer("unit_head"), at=DONE)
    assert completion.shortfall.startswith("1个小区")


def test_a_task_without_an_approved_plan_says_why_too(cast: Cast, year: Year) -> None:
    task = year.task("三-3")
    filing = Filing.objects.get(task=task, unit=cast.lead, round=year.round)
    Evidence.objects.create(
        filing=filing,
        kind=EvidenceKind.ACCEPTANCE,
        title="验收",
        fingerprint="y",
        added_by=cast.users["liaison"],
        added_at=DONE,
    )
    said = words(task, items=[Item(one, True) for one in checklist_for("").items])
    with pytest.raises(Refused) as refused:
        apply_for_close(task.pk, said, by=cast.viewer("unit_head"), at=DONE)
    assert "没有已同意的推进方案" in refused.value.details[0]


def test_an_item_that_is_neither_met_nor_explained_is_named(year: Year, done: Task) -> None:
    items = [Item(one, False, "") for one in checklist_for("cumulative").items]
    with pytest.raises(Refused, match="补齐") as refused:
        apply_for_close(done.pk, words(done, items=items), by=year.cast.viewer("unit_head"), at=DONE)
    assert len(refused.value.details) == len(items)
    excused = [Item(one.item, False, "不适用") for one in items]
    apply_for_close(done.pk, words(done, items=excused), by=year.cast.viewer("unit_head"), at=DONE)


def test_a_day_to_come_is_no_day_of_completion(year: Year, done: Task) -> None:
    with pytest.raises(Refused, match="还没有到"):
        apply_for_close(
            done.pk, words(done, DONE.date() + timedelta(days=1)), by=year.cast.viewer("unit_head"), at=DONE
        )


def test_only_the_head_of_the_lead_unit_applies(year: Year, done: Task) -> None:
    with pytest.raises(Refused, match="申请办结"):
        apply_for_close(done.pk, words(done), by=year.cast.viewer("liaison"), at=DONE)
    helper = year.viewer_of("区财政局", "unit_head")
    with pytest.raises(Refused, match="不由贵单位牵头"):
        apply_for_close(done.pk, words(done), by=helper, at=DONE)


def test_there_is_one_application_at_a_time(year: Year, done: Task) -> None:
    applied(year, done)
    with pytest.raises(Refused, match="待核验"):
        applied(year, done)


def test_an_application_is_taken_back_before_it_is_verified_and_not_after(year: Year, done: Task) -> None:
    head = year.cast.viewer("unit_head")
    withdraw_application(applied(year, done).pk, by=head, at=DONE)
    second = applied(year, done)
    verify_completion(second.pk, "属实。", by=year.cast.viewer("clerk"), at=DONE)
    with pytest.raises(Refused, match="待签发"):
        withdraw_application(second.pk, by=head, at=DONE)


def test_the_applicant_does_not_verify_whatever_roles_he_has(year: Year, done: Task) -> None:
    user = year.cast.users["unit_head"]
    completion = applied(year, done)
    for role in (PersonRole.CLERK, PersonRole.HEAD):
        Grant.objects.create(user=user, role=role, since=DONE - timedelta(days=1))
    both = year.cast.viewer("unit_head", DONE)
    with pytest.raises(Refused, match="另一位同志"):
        verify_completion(completion.pk, "属实。", by=both, at=DONE)
    verify_completion(completion.pk, "属实。", by=year.cast.viewer("clerk"), at=DONE)
    with pytest.raises(Refused, match="另一位同志"):
        sign_completion(completion.pk, by=both, at=DONE)


def test_the_database_itself_lets_no_applicant_verify_or_sign(year: Year, done: Task) -> None:
    completion = applied(year, done)
    for name in ("verified_by", "signed_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Completion.objects.filter(pk=completion.pk).update(**{name: year.cast.users["unit_head"]})
    with pytest.raises(IntegrityError), transaction.atomic():
        Completion.objects.filter(pk=completion.pk).update(closed_at=DONE)


def test_what_is_sent_back_may_be_applied_for_again(year: Year, done: Task) -> None:
    completion = applied(year, done)
    clerk = year.cast.viewer("clerk")
    with pytest.raises(Refused, match="理由"):
        return_completion(completion.pk, " ", by=clerk, at=DONE)
    return_completion(completion.pk, "验收文件缺2个小区。", by=clerk, at=DONE)
    again = applied(year, done)
    assert again.pk != completion.pk
    verify_completion(again.pk, "属实。", by=clerk, at=DONE)
    return_completion(again.pk, "再核。", by=year.cast.viewer("head"), at=DONE)
    assert Completion.objects.filter(stage=CompletionStage.RETURNED).count() == 2


def test_done_on_the_last_day_is_in_time_and_a_day_later_is_done_late(year: Year, done: Task) -> None:
    limit = limits_of([done.pk])[done.pk]
    assert limit.due == date(2024, 12, 31)
    assert limit.say(date(2024, 12, 31)) == "按时完成（时限12月31日）"
    assert limit.say(date(2025, 1, 1)) == "逾期1天完成（时限12月31日）"
    assert (limit.is_late(date(2024, 12, 31)), limit.is_late(date(2025, 1, 1))) == (False, True)
    none = limits_of([year.task("二-1").pk])[year.task("二-1").pk]
    assert none.say(date(2024, 3, 1)) == "没有时限，不算按时"
    assert not none.is_late(date(2030, 1, 1))


def test_what_is_public_is_shown_for_five_working_days_and_closed_then(year: Year, done: Task) -> None:
    set_publicity(done.pk, Publicity.PUBLIC, by=year.cast.viewer("clerk"), at=DONE - timedelta(days=60))
    completion = closed(year, done)
    assert completion.shown_until == date(2024, 11, 18)
    assert completion.closed_at == datetime(2024, 11, 18, 23, 59, 59, tzinfo=BEIJING)
    assert "核验办结" not in light_on(year, done, date(2024, 11, 17))[1]
    assert "核验办结" in light_on(year, done, date(2024, 11, 18))[1]
    # The holidays of the spring festival are no working days.
    assert completion.look_back_on == date(2024, 11, 18) + timedelta(days=90)


def test_what_was_reopened_has_the_light_it_had(year: Year, done: Task) -> None:
    before = light_on(year, done, DONE.date() - timedelta(days=1))
    completion = closed(year, done)
    later = DONE + timedelta(days=30)
    with pytest.raises(Refused, match="签发"):
        reopen_task(completion.pk, "返潮", by=year.cast.viewer("clerk"), at=later)
    with pytest.raises(Refused, match="理由"):
        reopen_task(completion.pk, "", by=year.cast.viewer("head"), at=later)
    reopen_task(completion.pk, "两个小区外墙脱落。", by=year.cast.viewer("head"), at=later)
    day = later.date()
    assert "核验办结" in light_on(year, done, day - timedelta(days=1))[1]
    assert "核验办结" not in light_on(year, done, day)[1]
    assert "核验办结" not in before[1]
    assert applied(year, done, later).pk != completion.pk


def test_a_closed_task_is_looked_at_again_and_not_before_it_was_closed(year: Year, done: Task) -> None:
    completion = closed(year, done)
    clerk, later = year.cast.viewer("clerk"), DONE + timedelta(days=95)
    with pytest.raises(Refused, match="才办结"):
        look_back(completion.pk, date(2024, 11, 10), "都在。", holds=True, by=clerk, at=later)
    with pytest.raises(Refused, match="还没有到"):
        look_back(completion.pk, date(2025, 6, 1), "都在。", holds=True, by=clerk, at=later)
    found = look_back(completion.pk, date(2025, 2, 10), "都在使用。", holds=True, by=clerk, at=later)
    assert found.holds
    assert Entry.objects.filter(action="looked-back").count() == 1


def test_when_a_unit_was_merged_in_june_its_successor_closes(cast: Cast, year: Year, done: Task) -> None:
    at = datetime(2024, 6, 20, 9, 0, tzinfo=BEIJING)
    heir = year.unit("区水利局")
    duties = [one for one in duties_of([done.pk])[done.pk] if one["role"] != "lead"]
    change = Change(done.pk, duties=[new_duty(heir, Role.LEAD), *duties])
    drafted = draft_supplement(
        year.ledger.pk,
        [change],
        Paper(
            SupplementKind.NOTICE,
            "望政办〔2024〕18号",
            at.date(),
            "区机构改革，职责划转。",
        ),
        by=cast.viewer("clerk", at),
        at=at,
    )
    sign_supplement(drafted.pk, by=cast.viewer("head", at), at=at)
    with pytest.raises(Http404):
        applied(year, done)
    by = year.viewer_of("区水利局", "unit_head", DONE)
    assert apply_for_close(done.pk, words(done), by=by, at=DONE).unit == heir


def test_a_task_taken_back_is_not_closed(year: Year, done: Task) -> None:
    TaskState.objects.filter(task=done).update(status="withdrawn")
    with pytest.raises(Refused, match="已经撤回"):
        applied(year, done)


@pytest.mark.parametrize("row", ["二-1", "二-5", "三-2"])
def test_what_is_to_be_held_is_not_done_before_its_end(year: Year, row: str) -> None:
    """A statistic, a level and a ceiling of the year: a good figure of November says nothing of December."""
    task = year.task(row)
    (plan,) = [one for one in year.plans.values() if one.task_id == task.pk]
    filing = Filing.objects.filter(task=task, is_lead=True).order_by("pk").last()
    assert filing is not None
    FilingValue.objects.create(
        filing=filing, indicator="截至", value=plan.target or 0.0, unit=plan.unit_of_measure
    )
    said = {}
    for day in (date(2024, 11, 30), date(2024, 12, 31)):
        Filing.objects.filter(pk=filing.pk).update(stage=FilingStage.ACCEPTED, true_on=day, ruled_at=DONE)
        said[day.month] = list(reached_of([task.pk])[task.pk].missing)
    assert said == {11: ["要看截至12月31日的数值，才知道是否做到，最近采用的数值截至11月30日"], 12: []}
