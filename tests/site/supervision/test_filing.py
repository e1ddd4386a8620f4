"""A unit files its month on one page, in few clicks; drafts, conflicts, confirmation, the office's ruling."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dukao.site.history.models import Entry
from dukao.site.people.models import User
from dukao.site.supervision.filing.actions import confirm_filings, save_filing
from dukao.site.supervision.filing.evidence_actions import NewEvidence, add_evidence
from dukao.site.supervision.filing.rounds import open_rounds
from dukao.site.supervision.filing.ruling import accept_filing, accept_filings, return_filing
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import ActionPlan, EvidenceKind, Filing, FilingStage, PlanStep
from tests.site.conftest import BEIJING
from tests.site.supervision.conftest import OPENED, Year

Clock = Callable[[datetime], None]
APRIL = datetime(2024, 4, 20, 9, 0, tzinfo=BEIJING)
WORDS = {
    "version": 1,
    "value": "6",
    "true_on": "2024-03-20",
    "progress": "已有6个小区开工。",
    "next_step": "推进其余小区招标。",
}


def filing_of(year: Year, row: str = "三-1", unit: str = "区住建局", round_id: int | None = None) -> Filing:
    found: Filing = Filing.objects.get(
        round_id=round_id or year.round.pk, task=year.task(row), unit=year.unit(unit)
    )
    return found


def post(client: Client, filing: Filing, what: str, data: dict[str, Any] | None = None) -> Any:
    return client.post(f"/filings/{filing.pk}/{what}/", data or {})


@pytest.fixture
def april(year: Year, clock: Clock) -> Filing:
    """The round of April open, that of March accepted."""
    liaison, head = year.viewer_of("区住建局"), year.viewer_of("区住建局", "unit_head")
    march = filing_of(year)
    values = {"老旧小区": (6.0, "个")}
    words = Words("已有6个小区开工。", "推进招标。", true_on=date(2024, 3, 20), values=values)
    save_filing(march.pk, words, 1, by=liaison, at=OPENED)
    confirm_filings([march.pk], by=head, at=OPENED)
    accept_filing(march.pk, by=year.cast.viewer("clerk", OPENED), at=OPENED)
    clock(APRIL)
    round_ = open_rounds(year.cast.place.pk, at=APRIL)[0]
    return filing_of(year, round_id=round_.pk)


def test_a_unit_sees_its_items_what_is_left_and_the_limit(year: Year, clock: Clock) -> None:
    clock(OPENED)
    page = year.cast.client("liaison").get("/filings/").content.decode()
    assert "区住建局 2024年3月填报" in page
    assert "预计" in page
    assert "截止 2024年3月25日" in page
    assert "改造老旧小区18个。" in page
    assert "断头河" not in page


def test_a_number_is_called_cumulative_only_where_its_plan_counts_it_up(year: Year, clock: Clock) -> None:
    clock(OPENED)
    client = year.cast.client("liaison")
    assert "累计 老旧小区" in client.get("/filings/").content.decode()
    ActionPlan.objects.filter(task=year.task("三-1"), until=None).update(until=OPENED)
    page = client.get("/filings/").content.decode()
    assert "老旧小区（个）" in page
    assert "累计 老旧小区" not in page


def test_a_saved_item_is_a_draft_until_the_head_confirms_all_in_one_click(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing = filing_of(year)
    answer = post(year.cast.client("liaison"), filing, "save", WORDS)
    assert answer.status_code == 302
    filing.refresh_from_db()
    assert (filing.stage, filing.progress) == (FilingStage.DRAFT, "已有6个小区开工。")
    assert [(one.value, one.unit) for one in filing.values.all()] == [(6.0, "个")]
    head = year.cast.client("unit_head")
    assert "确认报送 1 项" in head.get("/filings/").content.decode()
    head.post(f"/rounds/{year.round.pk}/confirm/")
    filing.refresh_from_db()
    assert filing.stage == FilingStage.CONFIRMED
    assert filing.first_confirmed_at == OPENED
    assert Entry.objects.filter(action="filing-confirmed").count() == 1


def test_an_item_filed_taken_and_proved_is_a_few_questions_each(year: Year) -> None:
    """Beside the four every entry of history is: the filing, and what is written."""
    liaison, head = year.viewer_of("区住建局"), year.viewer_of("区住建局", "unit_head")
    filing, clerk = filing_of(year).pk, year.cast.viewer("clerk", OPENED)
    words = Words("已有6个小区开工。", true_on=date(2024, 3, 20), values={"老旧小区": (6.0, "个")})
    proof = NewEvidence(EvidenceKind.RECORD, "开工台账")
    acts: dict[str, Callable[[], object]] = {
        "saved": lambda: save_filing(filing, words, 1, by=liaison, at=OPENED),
        "proved": lambda: add_evidence(filing, proof, by=liaison, at=OPENED),
        "confirmed": lambda: confirm_filings([filing], by=head, at=OPENED),
        "accepted": lambda: accept_filings([filing], by=clerk, at=OPENED),
    }
    asked = {}
    for name, act in acts.items():
        with CaptureQueriesContext(connection) as queries:
            act()
        asked[name] = sum("SAVEPOINT" not in one["sql"] for one in queries)
    assert asked == {"saved": 7, "proved": 6, "confirmed": 6, "accepted": 6}


def test_no_change_is_one_click_and_is_true_as_of_today(april: Filing, year: Year) -> None:
    client = year.cast.client("liaison")
    page = client.get("/filings/").content.decode()
    assert "已有6个小区开工。" in page
    assert "无变化，确认" in page
    post(client, april, "unchanged")
    april.refresh_from_db()
    assert (april.stage, april.is_unchanged, april.progress) == ("draft", True, "已有6个小区开工。")
    assert april.true_on == date(2024, 4, 20)
    assert april.values.get().value == 6.0


def test_a_save_can_be_taken_back_to_what_stood_before(april: Filing, year: Year) -> None:
    client = year.cast.client("liaison")
    post(client, april, "save", WORDS | {"true_on": "2024-04-19", "value": "9", "progress": "第一次"})
    april.refresh_from_db()
    again = WORDS | {"version": april.version, "true_on": "2024-04-20", "value": "10", "progress": "第二次"}
    post(client, april, "save", again)
    april.refresh_from_db()
    assert (april.progress, april.true_on) == ("第二次", date(2024, 4, 20))
    post(client, april, "undo")
    april.refresh_from_db()
    assert (april.stage, april.progress, april.values.get().value) == ("draft", "第一次", 9.0)
    assert april.true_on == date(2024, 4, 19)
    assert post(client, april, "undo").status_code == 409


def test_a_first_save_is_taken_back_to_nothing(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing, client = filing_of(year), year.cast.client("liaison")
    post(client, filing, "save", WORDS)
    post(client, filing, "undo")
    filing.refresh_from_db()
    assert (filing.stage, filing.progress, filing.true_on) == ("empty", "", None)
    assert not filing.values.exists()


def test_who_saves_second_is_shown_both_texts_and_can_merge_them(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing, client = filing_of(year), year.cast.client("liaison")
    post(year.cast.client("unit_head"), filing, "save", WORDS | {"progress": "局长的话"})
    answer = post(client, filing, "save", WORDS | {"progress": "联络员的话"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "尤局长保存过" in page
    assert "局长的话" in page
    assert "联络员的话" in page
    filing.refresh_from_db()
    assert filing.progress == "局长的话"
    assert f'name="version" value="{filing.version}"' in page
    merged = WORDS | {"version": filing.version, "progress": "局长的话。联络员的话"}
    assert post(client, filing, "save", merged).status_code == 302


def test_the_office_takes_one_or_all_of_a_unit_and_sends_back_with_a_day(year: Year, clock: Clock) -> None:
    clock(OPENED)
    own = list(Filing.objects.filter(round=year.round, unit=year.unit("区住建局"), is_lead=True))
    liaison, head = year.cast.client("liaison"), year.cast.client("unit_head")
    for one in own:
        post(liaison, one, "save", {"version": 1, "progress": f"进展{one.pk}"})
    head.post(f"/rounds/{year.round.pk}/confirm/")
    clerk = year.cast.client("clerk")
    page = clerk.get(f"/rounds/{year.round.pk}/").content.decode()
    assert f"{len(own)} 项待审" in page
    back = post(clerk, own[0], "return", {"why": "没有写开工的小区名称", "due": "2024-03-25"})
    assert back.status_code == 302
    clerk.post(f"/rounds/{year.round.pk}/accept/", {"unit": own[0].unit_id})
    stages = {one.stage for one in Filing.objects.filter(pk__in=[one.pk for one in own[1:]])}
    assert stages == {"accepted"}
    seen = liaison.get("/filings/").content.decode()
    assert "没有写开工的小区名称" in seen
    assert "2024年3月25日前补充" in seen
    own[0].refresh_from_db()
    assert own[0].stage == FilingStage.RETURNED


def test_a_return_without_a_reason_or_with_a_past_day_comes_back(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing = filing_of(year)
    save_filing(filing.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=OPENED)
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=OPENED)
    clerk = year.cast.client("clerk")
    assert post(clerk, filing, "return", {"why": " ", "due": "2024-03-25"}).status_code == 422
    late = post(clerk, filing, "return", {"why": "补充名称", "due": "2024-03-20"})
    assert late.status_code == 422
    assert "补充期限要在今天以后" in late.content.decode()


def test_what_was_confirmed_on_time_stays_on_time_after_a_return(year: Year) -> None:
    filing, head = filing_of(year), year.viewer_of("区住建局", "unit_head")
    liaison, clerk = year.viewer_of("区住建局"), year.cast.viewer("clerk", OPENED)
    save_filing(filing.pk, Words("开工"), 1, by=liaison, at=OPENED)
    confirm_filings([filing.pk], by=head, at=OPENED)
    return_filing(filing.pk, "补充名称", by=clerk, at=OPENED)
    filing.refresh_from_db()
    later = year.round.due_at + timedelta(days=1)
    save_filing(filing.pk, Words("开工，补充"), filing.version, by=liaison, at=later)
    confirm_filings([filing.pk], by=head, at=later)
    filing.refresh_from_db()
    assert filing.first_confirmed_at == OPENED
    assert filing.confirmed_at == later
    assert filing.returns.get().answered_at == later


def test_the_head_takes_back_what_the_office_has_not_ruled(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing, head = filing_of(year), year.cast.client("unit_head")
    post(head, filing, "save", WORDS)
    head.post(f"/rounds/{year.round.pk}/confirm/")
    assert "撤回待审的 1 项" in head.get("/filings/").content.decode()
    head.post(f"/rounds/{year.round.pk}/recall/")
    filing.refresh_from_db()
    assert (filing.stage, filing.first_confirmed_at) == ("draft", None)
    assert head.post(f"/rounds/{year.round.pk}/recall/").status_code == 409


def test_milestones_are_ticked_off_with_their_day(year: Year) -> None:
    filing = filing_of(year, "二-3", "区经信局")
    by = year.viewer_of("区经信局")
    words = Words("方案已出台", steps={"方案出台": date(2024, 3, 19)})
    save_filing(filing.pk, words, 1, by=by, at=OPENED)
    assert [(one.name, one.done_on) for one in filing.steps.all()] == [("方案出台", date(2024, 3, 19))]


def test_a_day_that_lies_ahead_is_sent_back_with_its_form_open(year: Year, clock: Clock) -> None:
    clock(OPENED)
    answer = post(year.cast.client("liaison"), filing_of(year), "save", WORDS | {"true_on": "2024-03-21"})
    assert answer.status_code == 422
    assert "这个日期还没有到" in answer.content.decode()


def of_steps(year: Year) -> tuple[Client, Filing, dict[str, Any]]:
    """A liaison's own filing with milestones, and the form as it stands with nothing touched."""
    filing = filing_of(year, "二-3", "区经信局")
    User.objects.filter(pk=year.cast.users["liaison"].pk).update(unit=filing.unit)
    step = PlanStep.objects.filter(plan__task=filing.task).earliest("due")
    untouched = {f"day_{step.pk}": "2024-03-20", f"initial-day_{step.pk}": "2024-03-20"}
    return year.cast.client("liaison"), filing, WORDS | untouched


def test_a_day_of_a_milestone_that_is_not_ticked_is_asked_about(year: Year, clock: Clock) -> None:
    clock(OPENED)
    liaison, filing, form = of_steps(year)
    day = next(name for name in form if name.startswith("day_"))
    answer = post(liaison, filing, "save", form | {day: "2024-03-18"})
    assert answer.status_code == 422
    assert "填了完成日期，没有勾选" in answer.content.decode()
    ticked = {day: "2024-03-18", day.replace("day_", "step_"): "on"}
    assert post(liaison, filing, "save", form | ticked).status_code == 302
    assert filing.steps.get().done_on == date(2024, 3, 18)


def test_the_day_that_was_put_there_says_nothing_of_a_milestone(year: Year, clock: Clock) -> None:
    clock(OPENED)
    liaison, filing, form = of_steps(year)
    hidden = next(name for name in form if name.startswith("initial-"))
    assert f'name="{hidden}"' in liaison.get("/filings/").content.decode()
    assert post(liaison, filing, "save", form).status_code == 302
    assert not filing.steps.exists()


def test_htmx_gets_the_item_and_the_head_alone(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing = filing_of(year)
    address = f"/filings/{filing.pk}/save/"
    answer = year.cast.client("liaison").post(address, WORDS, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert f'id="filing-{filing.pk}"' in page
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page


def test_an_item_that_was_taken_says_so_in_its_place_and_the_counts_follow(year: Year, clock: Clock) -> None:
    clock(OPENED)
    first, *_ = own = list(Filing.objects.filter(round=year.round, is_lead=True).order_by("pk")[:3])
    Filing.objects.filter(pk__in=[one.pk for one in own]).update(stage=FilingStage.CONFIRMED)
    clerk, swaps = year.cast.client("clerk"), {"HX-Request": "true"}
    answer = clerk.post(f"/filings/{first.pk}/accept/", headers=swaps)
    page = answer.content.decode()
    assert f'id="filing-{first.pk}"' in page
    assert "已采用" in page
    assert '<span id="waiting" hx-swap-oob="true">2 项待审</span>' in page
    second = own[1]
    answer = clerk.post(f"/filings/{second.pk}/accept/", {"unit": second.unit_id}, headers=swaps)
    page = answer.content.decode()
    left = sum(one.unit_id == second.unit_id for one in own[2:])
    assert '<span id="waiting" hx-swap-oob="true">1 项待审</span>' in page
    assert f'<span id="takes" hx-swap-oob="true">{left} 项</span>' in page


def test_another_units_filing_is_not_there(year: Year, clock: Clock) -> None:
    clock(OPENED)
    client = year.cast.client("liaison")
    other = filing_of(year, "三-2", "区水利局")
    for what in ("save", "unchanged", "undo", "evidence"):
        assert post(client, other, what, WORDS).status_code == 404


def test_the_lead_takes_anothers_part_into_its_words_in_one_click(year: Year, clock: Clock) -> None:
    clock(OPENED)
    part = filing_of(year, "三-1", "区财政局")
    assert not part.is_lead
    save_filing(part.pk, Words("已拨付资金800万元。"), 1, by=year.viewer_of("区财政局"), at=OPENED)
    filing, client = filing_of(year), year.cast.client("liaison")
    assert "已拨付资金800万元。" in client.get("/filings/").content.decode()
    client.post(f"/filings/{filing.pk}/take/{part.pk}/", {"version": 1})
    filing.refresh_from_db()
    assert filing.progress == "区财政局：已拨付资金800万元。"
    twice = client.post(f"/filings/{filing.pk}/take/{part.pk}/", {"version": filing.version})
    assert twice.status_code == 409


def test_a_part_never_reaches_the_office_and_is_not_confirmed(year: Year) -> None:
    part = filing_of(year, "三-1", "区财政局")
    save_filing(part.pk, Words("已拨付"), 1, by=year.viewer_of("区财政局"), at=OPENED)
    assert confirm_filings([part.pk], by=year.viewer_of("区财政局", "unit_head"), at=OPENED) == 0
