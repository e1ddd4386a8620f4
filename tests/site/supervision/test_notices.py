"""督办单: proposed by the ladder, checked by another, signed and numbered, answered, closed or raised."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.http import Http404

from dukao.site.history.browsing import actions_in
from dukao.site.history.models import Entry
from dukao.site.people.models import Unit, UnitKind
from dukao.site.refusals import Refused
from dukao.site.supervision.models import Completion, Notice, NoticeStage, Standing
from dukao.site.supervision.pressing.actions import (
    NoticeWords,
    answer_notice,
    check_notice,
    close_notice,
    draft_notice,
    edit_notice,
    raise_notice,
    sign_notice,
    withdraw_notice,
)
from dukao.site.supervision.pressing.facts import noted_in
from dukao.site.supervision.pressing.months import behind_tasks, lights_today
from dukao.site.supervision.pressing.proposing import propose_letters, propose_notices
from tests.site.ledger.pages import html
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment

# 三-1 reached a tenth in March and stood still: behind from June on, badly so from September on.
WORDS = NoticeWords("进度滞后", "请说明原因", 5)


@pytest.fixture
def slow(year: Year) -> Year:
    """A year in which 三-1 stands still at a tenth of its target."""
    accept(year, "三-1", "区住建局", date(2024, 3, 25), value=(1.8, "个"))
    return year


def proposed(year: Year, at: datetime) -> list[tuple[str, str]]:
    """What the program drafts at a moment about 三-1: unit and rung."""
    task = year.task("三-1").pk
    made = propose_notices(year.cast.place.pk, at=at)
    return [(one.unit.name, one.rung) for one in made if any(line["task"] == task for line in one.facts)]


def send(year: Year, at: datetime) -> Notice:
    """Check and sign the newest draft to 区住建局; the head checks, for whoever wrote it."""
    notice = Notice.objects.filter(stage=NoticeStage.DRAFT, unit__name="区住建局").latest("pk")
    head = year.cast.viewer("head", at)
    check_notice(notice.pk, by=head, at=at)
    return sign_notice(notice.pk, by=head, at=at)


def answer(year: Year, notice: Notice, at: datetime) -> Notice:
    return answer_notice(notice.pk, "已加派人手，7月底赶上。", by=year.viewer_of("区住建局", at=at), at=at)


def test_a_task_behind_at_a_month_s_end_gets_blue_then_each_rung_by_its_months(slow: Year) -> None:
    story = {}
    for month in range(4, 13):
        at = moment(month, 1)
        story[month] = proposed(slow, at)
        if story[month]:
            answer(slow, send(slow, at), at + timedelta(days=2))
    assert story == {
        4: [],
        5: [],
        6: [],
        7: [("区住建局", "blue")],
        8: [("区住建局", "yellow")],
        9: [],
        10: [("区住建局", "red")],
        11: [("区住建局", "talk")],
        12: [("区住建局", "bulletin")],
    }


def test_the_same_run_twice_and_the_next_days_propose_nothing_new(slow: Year) -> None:
    assert proposed(slow, moment(7, 1)) == [("区住建局", "blue")]
    assert [proposed(slow, moment(7, day)) for day in (1, 1, 2, 9, 31)] == [[]] * 5


def test_nothing_is_proposed_over_a_draft_nobody_has_looked_at(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    assert [proposed(slow, moment(month, 1)) for month in (8, 9, 10)] == [[]] * 3
    assert Notice.objects.filter(rung="blue", stage=NoticeStage.DRAFT).count() == 1


def test_an_unanswered_notice_goes_a_rung_up_on_the_day_after_its_day(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    blue = send(slow, moment(7, 1))
    assert blue.due == date(2024, 7, 8)  # five working days, a weekend between
    assert proposed(slow, moment(7, 8)) == []
    assert proposed(slow, moment(7, 9)) == [("区住建局", "yellow")]


def test_forty_days_of_standing_still_come_to_the_rung_the_months_have_come_to(slow: Year) -> None:
    assert proposed(slow, moment(8, 10)) == [("区住建局", "yellow")]
    [notice] = Notice.objects.filter(unit__name="区住建局")
    [line] = [line for line in notice.facts if line["number"] == slow.task("三-1").number]
    assert (line["as_of"], line["months"], line["since"]) == ("2024-07-31", 2, "2024-06")
    assert "滞后" in notice.cause


def test_what_is_mended_by_the_day_of_the_draft_is_not_pressed(slow: Year) -> None:
    accept(slow, "三-1", "区住建局", date(2024, 7, 1), value=(9, "个"))
    assert proposed(slow, moment(7, 2)) == []


def test_a_new_run_of_lights_begins_again_with_blue(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    close_notice(
        answer(slow, send(slow, moment(7, 1)), moment(7, 2)).pk,
        "已赶上",
        by=slow.cast.viewer("clerk", moment(7, 3)),
        at=moment(7, 3),
    )
    accept(slow, "三-1", "区住建局", date(2024, 7, 20), value=(9, "个"))  # half: good until September
    assert [proposed(slow, moment(month, 1)) for month in (8, 9)] == [[], []]
    assert proposed(slow, moment(10, 1)) == [("区住建局", "blue")]


def test_a_blocked_task_is_not_pressed_and_the_run_breaks(slow: Year) -> None:
    accept(slow, "三-1", "区住建局", date(2024, 6, 25), value=(1.8, "个"), blocked="管线迁改未批")
    assert [proposed(slow, moment(month, 1)) for month in (7, 8)] == [[], []]


def test_a_closed_task_is_not_pressed(slow: Year) -> None:
    users = slow.cast.users
    Completion.objects.create(
        task=slow.task("三-1"),
        unit=slow.unit("区住建局"),
        stage="closed",
        done_on=date(2024, 6, 20),
        summary="完成",
        applied_by=users["unit_head"],
        applied_at=moment(6, 21),
        verified_by=users["clerk"],
        verified_at=moment(6, 22),
        signed_by=users["head"],
        closed_at=moment(6, 23),
    )
    assert proposed(slow, moment(8, 1)) == []


def test_a_suspended_task_is_not_pressed(slow: Year) -> None:
    users = slow.cast.users
    Standing.objects.create(
        task=slow.task("三-1"),
        kind="suspended",
        stage="signed",
        act="望政办〔2024〕20号",
        dated=date(2024, 6, 1),
        why="规划调整",
        since=moment(6, 1),
        drafted_by=users["clerk"],
        drafted_at=moment(6, 1),
        signed_by=users["head"],
    )
    assert proposed(slow, moment(8, 1)) == []


def test_a_partner_that_leads_is_never_pressed_but_asked_by_letter(slow: Year) -> None:
    Unit.objects.filter(name="区住建局").update(kind=UnitKind.PARTY)
    assert proposed(slow, moment(10, 1)) == []
    letters = propose_letters(slow.cast.place.pk, at=moment(3, 12))
    asked = {(one.unit.name, one.rung) for one in letters}
    assert ("区住建局", "letter") in asked
    assert propose_letters(slow.cast.place.pk, at=moment(3, 13)) == []
    letter = next(one for one in letters if one.unit.name == "区住建局")
    assert all("light" not in line for line in letter.facts)
    assert not letter.is_late(date(2024, 12, 1))


def test_a_partner_gets_no_notice_by_hand_either(slow: Year) -> None:
    Unit.objects.filter(name="区住建局").update(kind=UnitKind.COURT)
    by, at = slow.cast.viewer("clerk", moment(7, 1)), moment(7, 1)
    unit, task = slow.unit("区住建局"), slow.task("三-1")
    with pytest.raises(Refused, match="只发商请函"):
        draft_notice(unit.pk, "blue", [task.pk], WORDS, by=by, at=at)
    letter = draft_notice(unit.pk, "letter", [task.pk], WORDS, by=by, at=at)
    assert letter.name == "商请函"
    with pytest.raises(Refused, match="只发商请函"):
        raise_notice(send(slow, at + timedelta(hours=1)).pk, "没有答复", by=by, at=moment(9, 1))


def test_what_a_paper_notes_of_a_run_is_what_judging_its_months_anew_says(slow: Year) -> None:
    place = slow.cast.place.pk
    noted_runs = 0
    for month in (7, 8, 9, 10, 11, 12):
        at = moment(month, 1)
        proposed(slow, at)
        lights = lights_today(place, at.date())[2024]
        noted = noted_in(line for paper in Notice.objects.all() for line in paper.facts)
        anew = behind_tasks(place, 2024, lights, {}, at.date())
        assert behind_tasks(place, 2024, lights, noted, at.date()) == anew
        noted_runs += sum(noted.get((task, one.as_of)) == one for task, one in anew.items())
    assert noted_runs


def test_a_letter_is_for_partners_only(slow: Year) -> None:
    by = slow.cast.viewer("clerk", moment(7, 1))
    with pytest.raises(Refused, match="不用商请函"):
        draft_notice(
            slow.unit("区住建局").pk, "letter", [slow.task("三-1").pk], WORDS, by=by, at=moment(7, 1)
        )


def test_two_lead_units_get_a_paper_each_and_answer_for_themselves(slow: Year) -> None:
    """二-3 is led by two units; its first milestone is overdue by May's end."""
    made = propose_notices(slow.cast.place.pk, at=moment(6, 1))
    task = slow.task("二-3").pk
    units = {one.unit.name for one in made if any(line["task"] == task for line in one.facts)}
    assert units == {"区发改局", "区经信局"}


def test_a_draft_is_checked_by_another_than_its_writer(slow: Year) -> None:
    clerk, at = slow.cast.viewer("clerk", moment(7, 1)), moment(7, 1)
    notice = draft_notice(slow.unit("区住建局").pk, "blue", [slow.task("三-1").pk], WORDS, by=clerk, at=at)
    with pytest.raises(Refused, match="另一位"):
        check_notice(notice.pk, by=clerk, at=at)
    with pytest.raises(Refused, match="还没有核稿"):
        sign_notice(notice.pk, by=slow.cast.viewer("head", at), at=at)
    check_notice(notice.pk, by=slow.cast.viewer("head", at), at=at)
    assert sign_notice(notice.pk, by=slow.cast.viewer("head", at), at=at).number == 1


def test_a_notice_of_another_place_is_not_found(slow: Year) -> None:
    at = moment(7, 1)
    proposed(slow, at)
    notice, elsewhere = Notice.objects.get(rung="blue", unit__name="区住建局"), slow.cast.place.pk + 1
    other = replace(slow.cast.viewer("head", at), place_id=elsewhere)
    with pytest.raises(Http404):
        check_notice(notice.pk, by=other, at=at)


def test_words_changed_after_the_check_are_checked_again(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    notice = Notice.objects.get(rung="blue", unit__name="区住建局")
    clerk = slow.cast.viewer("clerk", moment(7, 1))
    check_notice(notice.pk, by=clerk, at=moment(7, 1))
    assert edit_notice(notice.pk, WORDS, by=clerk, at=moment(7, 1)).stage == NoticeStage.DRAFT


def test_numbers_run_by_place_year_and_rung(slow: Year) -> None:
    at = moment(7, 1)
    clerk, head = slow.cast.viewer("clerk", at), slow.cast.viewer("head", at)
    numbers = []
    for rung in ("blue", "blue", "yellow"):
        notice = draft_notice(slow.unit("区住建局").pk, rung, [slow.task("三-1").pk], WORDS, by=clerk, at=at)
        at += timedelta(minutes=1)
        check_notice(notice.pk, by=head, at=at)
        numbers.append((rung, sign_notice(notice.pk, by=head, at=at).number))
    assert numbers == [("blue", 1), ("blue", 2), ("yellow", 1)]


def test_of_what_is_over_the_newest_stands_first(slow: Year) -> None:
    by, about = slow.cast.viewer("clerk", moment(4, 1)), [slow.task("三-1").pk]
    unit = slow.unit("区住建局").pk
    made = [draft_notice(unit, "blue", about, WORDS, by=by, at=moment(4, day)) for day in (1, 2, 3)]
    for notice, due in zip(made, (date(2024, 5, 8), date(2024, 7, 8), date(2024, 6, 6)), strict=True):
        Notice.objects.filter(pk=notice.pk).update(stage=NoticeStage.CLOSED, due=due)
    page = html(slow.cast, "clerk", "/notices/?stage=closed")
    order = [page.index(f"/notices/{made[at].pk}/") for at in (1, 2, 0)]
    assert order == sorted(order)


def test_a_late_answer_is_taken_and_stays_late(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    notice = answer(slow, send(slow, moment(7, 1)), moment(7, 9, 8))
    assert notice.stage == NoticeStage.ANSWERED
    assert notice.is_late(date(2024, 7, 9))
    again = answer_notice(
        notice.pk, "补充说明", by=slow.viewer_of("区住建局", at=moment(7, 10)), at=moment(7, 10)
    )
    assert again.answered_at == moment(7, 9, 8)


def test_only_the_unit_addressed_answers(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    notice = send(slow, moment(7, 1))
    with pytest.raises(Refused, match="不是发给贵单位"):
        answer_notice(notice.pk, "答", by=slow.viewer_of("区水利局", at=moment(7, 2)), at=moment(7, 2))


def test_the_office_raises_what_was_not_done_and_the_run_is_kept(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    blue = answer(slow, send(slow, moment(7, 1)), moment(7, 3))
    clerk = slow.cast.viewer("clerk", moment(7, 4))
    yellow = raise_notice(blue.pk, "答复没有日期", by=clerk, at=moment(7, 4))
    blue.refresh_from_db()
    assert (blue.stage, yellow.rung, yellow.raised_from_id) == (NoticeStage.CLOSED, "yellow", blue.pk)
    send(slow, moment(7, 4))
    answer(slow, yellow, moment(7, 5))
    assert proposed(slow, moment(8, 1)) == []  # two months are yellow, and yellow has been sent


def test_above_the_top_is_only_a_sentence_for_a_person(slow: Year) -> None:
    at = moment(7, 1)
    by = slow.cast.viewer("clerk", at)
    draft_notice(slow.unit("区住建局").pk, "bulletin", [slow.task("三-1").pk], WORDS, by=by, at=at)
    notice = Notice.objects.get(rung="bulletin")
    head = slow.cast.viewer("head", at)
    check_notice(notice.pk, by=head, at=at)
    sign_notice(notice.pk, by=head, at=at)
    with pytest.raises(Refused, match="是否问责由领导研究决定"):
        raise_notice(notice.pk, "仍未落实", by=by, at=at)


def test_a_withdrawn_draft_is_not_proposed_again_in_its_run(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    notice = Notice.objects.get(rung="blue", unit__name="区住建局")
    withdraw_notice(notice.pk, "数据有误", by=slow.cast.viewer("clerk", moment(7, 1)), at=moment(7, 1))
    assert proposed(slow, moment(7, 2)) == []
    assert proposed(slow, moment(8, 1)) == [("区住建局", "yellow")]


def test_a_signed_notice_is_taken_back_by_the_head_alone(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    notice = send(slow, moment(7, 1))
    with pytest.raises(Refused):
        withdraw_notice(notice.pk, "有误", by=slow.cast.viewer("clerk", moment(7, 2)), at=moment(7, 2))
    withdraw_notice(notice.pk, "有误", by=slow.cast.viewer("head", moment(7, 2)), at=moment(7, 2))


def test_every_step_is_one_entry_of_the_history(slow: Year) -> None:
    proposed(slow, moment(7, 1))
    notice = answer(slow, send(slow, moment(7, 1)), moment(7, 2))
    close_notice(notice.pk, "已落实", by=slow.cast.viewer("clerk", moment(7, 3)), at=moment(7, 3))
    entries = Entry.objects.filter(subjects__kind="notice", subjects__key=str(notice.pk)).order_by("sequence")
    assert [entry.label for entry in entries] == [
        "拟督办单",
        "核稿",
        "签发督办单",
        "答复督办单",
        "督办单办结",
    ]
    assert next(entry.actor for entry in entries) == "dukao"
    assert {entry.place for entry in entries} == {"990201"}


def test_the_history_calls_a_letter_by_its_name(slow: Year) -> None:
    letter = propose_letters(slow.cast.place.pk, at=moment(3, 12))[0]
    withdraw_notice(letter.pk, "已当面商定", by=slow.cast.viewer("clerk", moment(3, 13)), at=moment(3, 13))
    entries = Entry.objects.filter(subjects__kind="notice", subjects__key=str(letter.pk)).order_by("sequence")
    assert [entry.label for entry in entries] == ["拟商请函", "撤回商请函"]
    proposed(slow, moment(7, 1))
    said = dict(actions_in(Entry.objects.all()))
    assert said["notice-drafted"] == "拟商请函、拟督办单"
