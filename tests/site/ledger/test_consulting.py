"""征求意见 through the browser: who is asked, who sees what, what an opinion does, and silence by name."""

from datetime import date

import pytest
from django.urls import reverse

from dukao.progress.workdays import CalendarUnknown
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of, verify_chain
from dukao.site.ledger.duties import duties_of
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    OpinionKind,
    Stage,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.steps.consulting import Wish, agree, close_consultation, give_opinion, usual_due
from dukao.site.people.models import Role
from dukao.site.refusals import Refused
from tests.site.conftest import Cast
from tests.site.ledger.walking import (
    ASKED,
    asked,
    at,
    browser_of,
    person_of,
    stranger,
    task_at,
    text_of,
    unit_viewer,
)


def said(draft: Breakdown, row: str) -> TaskState:
    state: TaskState = TaskState.objects.at(None).get(task=task_at(draft, row))
    return state


def give(cast: Cast, round_: Consultation, row: str, wish: Wish) -> Opinion:
    task = task_at(round_.breakdown, row)
    return give_opinion(round_.pk, task.pk, wish, by=cast.viewer("liaison"), at=ASKED)


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2024, 3, 1), date(2024, 3, 8)),
        (date(2024, 3, 6), date(2024, 3, 13)),
        (date(2024, 2, 7), date(2024, 2, 20)),  # 春节 in between; 2月18日, a Sunday, was worked
        (date(2024, 4, 2), date(2024, 4, 10)),  # 清明; 4月7日, a Sunday, was worked
    ],
)
def test_the_usual_time_is_five_working_days_of_the_calendar(today: date, due: date) -> None:
    assert usual_due(today) == due


def test_where_the_calendar_is_not_published_the_office_fills_the_day_in(
    cast: Cast, draft: Breakdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(today: date) -> date:
        raise CalendarUnknown(2031)

    monkeypatch.setattr("dukao.site.ledger.views.consultation.usual_due", unknown)
    page = text_of(cast.client("clerk").get(reverse("ledger:consultation", args=[draft.pk])))
    assert "2031年的节假日安排还没有收进日历" in page


def test_the_office_asks_every_unit_and_the_stage_moves(cast: Cast, draft: Breakdown) -> None:
    page = reverse("ledger:consultation", args=[draft.pk])
    before = text_of(cast.client("clerk").get(page))
    assert "项待核对" in before  # a warning, not a refusal
    assert "5 个工作日" in before
    assert "个单位还没有能登录的联络员或负责人" in before
    assert 'class="chip">海门街道<' in cast.client("clerk").get(page).content.decode()
    cast.client("clerk").post(page, {"due": "2099-12-31"})
    draft.refresh_from_db()
    assert draft.stage == Stage.CONSULTATION
    after = text_of(cast.client("clerk").get(page))
    assert "区住建局" in after
    assert "海门街道" in after  # through 各街道
    assert verify_chain().holds


def test_a_due_day_in_the_past_is_said_at_the_field(cast: Cast, draft: Breakdown) -> None:
    answer = cast.client("clerk").post(reverse("ledger:consultation", args=[draft.pk]), {"due": "2024-01-01"})
    assert answer.status_code == 422
    assert "已经过了" in text_of(answer)
    assert not Consultation.objects.exists()


def test_a_second_round_waits_for_the_first(cast: Cast, draft: Breakdown) -> None:
    first = asked(cast, draft)
    with pytest.raises(Refused, match="已经开始"):
        asked(cast, draft)
    close_consultation(first.pk, by=cast.viewer("clerk"), at=at(9))
    assert asked(cast, draft).pk != first.pk


def test_a_unit_sees_its_own_rows_alone(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    own = text_of(cast.client("liaison").get(reverse("ledger:answer", args=[round_.pk])))
    assert "改造老旧小区15个" in own
    assert "坚持依法行政" in own  # through 区政府直属各单位
    assert "打通断头河3条。" not in own.replace("打通断头河3条。</p>", "")
    other = text_of(browser_of(person_of(cast, "区水利局")).get(reverse("ledger:answer", args=[round_.pk])))
    assert "打通断头河3条。" in other
    assert "改造老旧小区" not in other
    assert "库存不足" not in other


def test_a_partner_in_a_row_does_not_see_what_the_lead_says_of_it(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    finance = browser_of(person_of(cast, "区财政局"))
    page = text_of(finance.get(reverse("ledger:answer", args=[round_.pk])))
    assert "改造老旧小区18个。" in page
    assert "15个" not in page
    assert "库存不足" not in page
    taken = finance.post(reverse("ledger:take-back-opinion", args=[Opinion.objects.get().pk]))
    assert taken.status_code == 404


def test_outsiders_find_nothing(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    foreign = task_at(draft, "三-2").pk
    liaison = cast.client("liaison")
    assert liaison.get(reverse("ledger:opinion", args=[round_.pk, foreign])).status_code == 404
    assert liaison.post(reverse("ledger:opinion", args=[round_.pk, foreign]), {}).status_code == 404
    elsewhere = stranger(Role.LIAISON)
    assert elsewhere.get(reverse("ledger:answer", args=[round_.pk])).status_code == 404
    assert elsewhere.post(reverse("ledger:agree", args=[round_.pk])).status_code == 404
    clerk = stranger(Role.CLERK)
    assert clerk.get(reverse("ledger:consultation", args=[draft.pk])).status_code == 404
    assert clerk.get(reverse("ledger:letter", args=[round_.pk, cast.lead.pk])).status_code == 404  # type: ignore[union-attr]


def test_roles_without_a_part_are_refused(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    for role in ("leader", "deputy", "auditor", "system_admin", "security_admin", "liaison"):
        got = cast.client(role).get(reverse("ledger:consultation", args=[draft.pk]))
        assert got.status_code == 403, role
    for role in ("clerk", "head", "leader", "deputy"):
        assert cast.client(role).get(reverse("ledger:consultations")).status_code == 403, role
        assert cast.client(role).post(reverse("ledger:agree", args=[round_.pk])).status_code == 403, role


def test_all_is_agreed_in_one_click_and_can_be_changed(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    liaison = cast.client("liaison")
    liaison.post(reverse("ledger:agree", args=[round_.pk]))
    assert "全部无意见" in text_of(liaison.get(reverse("ledger:answer", args=[round_.pk])))
    address = reverse("ledger:opinion", args=[round_.pk, task_at(draft, "三-1").pk])
    liaison.post(address, {"kind": "text", "text": "改造老旧小区15个。", "reason": "库存不足"})
    assert round_.replies.get().agreed is False
    liaison.post(reverse("ledger:take-back-opinion", args=[Opinion.objects.get().pk]))
    page = text_of(cast.client("clerk").get(reverse("ledger:consultation", args=[draft.pk])))
    assert "没有单位提出意见" in page
    liaison.post(reverse("ledger:agree", args=[round_.pk]))
    assert round_.replies.get().agreed is True
    assert Opinion.objects.count() == 1  # taken back, and still on record


def test_an_opinion_needs_a_reason_and_a_difference(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    address = reverse("ledger:opinion", args=[round_.pk, task_at(draft, "三-1").pk])
    liaison = cast.client("liaison")
    silent = liaison.post(address, {"kind": "text", "text": "改造老旧小区15个。", "reason": ""})
    assert silent.status_code == 422
    assert "请写明理由" in text_of(silent)
    same = liaison.post(address, {"kind": "text", "text": "改造老旧小区18个。", "reason": "无"})
    assert same.status_code == 422
    assert "相同" in text_of(same)
    assert not Opinion.objects.exists()


def test_a_wish_about_figures_alone_is_a_wish_for_another_number(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    number = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    assert number.kind == OpinionKind.NUMBER
    words = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "口径", "完成老旧小区改造18个。"))
    assert words.kind == OpinionKind.TEXT
    number.refresh_from_db()
    assert number.withdrawn_at is not None  # the later word replaces the earlier


def test_after_the_due_day_nothing_can_be_said(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft, due=date(2024, 3, 8))
    with pytest.raises(Refused, match="已于2024年3月8日结束"):
        agree(round_.pk, by=cast.viewer("liaison"), at=at(9))
    assert agree(round_.pk, by=cast.viewer("liaison"), at=at(8)).agreed


def test_a_taken_number_stands_in_the_draft_at_once(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    opinion = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    state = said(draft, "三-1")
    count = Entry.objects.count()
    form = {"ruling": "taken", "state_id": state.pk, "why": ""}
    cast.client("clerk").post(reverse("ledger:rule-opinion", args=[opinion.pk]), form)
    assert Entry.objects.count() == count + 1
    assert said(draft, "三-1").text == "改造老旧小区15个。"
    assert [one.value for one in TaskMeasure.objects.at(None).filter(task=state.task)] == [15]
    entry = Entry.objects.first()
    assert entry is not None
    assert content_of(entry)["before"] == {"text": "改造老旧小区18个。"}
    cast.client("head").post(reverse("ledger:undo-ruling", args=[opinion.pk]))
    assert said(draft, "三-1").text == "改造老旧小区18个。"
    assert [one.value for one in TaskMeasure.objects.at(None).filter(task=state.task)] == [18]


def test_an_opinion_may_be_taken_in_part(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    opinion = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    form = {"ruling": "taken", "state_id": said(draft, "三-1").pk, "text": "改造老旧小区16个。"}
    cast.client("clerk").post(reverse("ledger:rule-opinion", args=[opinion.pk]), form)
    assert said(draft, "三-1").text == "改造老旧小区16个。"


def test_a_ruling_on_words_somebody_changed_meanwhile_is_refused(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    first = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    task = task_at(draft, "三-1")
    wish = Wish(OpinionKind.TEXT, "资金未落实", "改造老旧小区12个。")
    second = give_opinion(round_.pk, task.pk, wish, by=unit_viewer(cast, "区财政局"), at=ASKED)
    form = {"ruling": "taken", "state_id": said(draft, "三-1").pk}
    clerk = cast.client("clerk")
    clerk.post(reverse("ledger:rule-opinion", args=[first.pk]), form)
    late = clerk.post(reverse("ledger:rule-opinion", args=[second.pk]), form)
    assert late.status_code == 409
    assert "改造老旧小区15个" in text_of(late)
    assert said(draft, "三-1").text == "改造老旧小区15个。"
    page = text_of(clerk.get(reverse("ledger:consultation", args=[draft.pk])))
    assert "提意见之后这一项改过文字" in page


def test_a_taken_lead_leads_and_the_former_lead_is_responsible(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    task = task_at(draft, "三-1")
    finance = person_of(cast, "区财政局").unit
    assert finance is not None
    liaison = cast.client("liaison")
    address = reverse("ledger:opinion", args=[round_.pk, task.pk])
    liaison.post(address, {"kind": "lead", "lead": finance.pk, "reason": "资金由其统筹"})
    opinion = Opinion.objects.get()
    clerk = cast.client("clerk")
    clerk.post(reverse("ledger:rule-opinion", args=[opinion.pk]), {"ruling": "taken", "why": "同意"})
    parts = {one["name"]: one["role"] for one in duties_of([task.pk])[task.pk]}
    assert parts["区财政局"] == "lead"
    assert parts["区住建局"] == "responsible"
    clerk.post(reverse("ledger:undo-ruling", args=[opinion.pk]))
    back = {one["name"]: (one["role"], one["basis"]) for one in duties_of([task.pk])[task.pk]}
    assert back["区住建局"] == ("lead", "star")
    assert back["区财政局"][0] == "responsible"


def test_what_is_not_taken_says_why_to_the_unit(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    opinion = give(cast, round_, "三-1", Wish(OpinionKind.OTHER, "需市里支持", "请明确资金来源。"))
    rule = reverse("ledger:rule-opinion", args=[opinion.pk])
    silent = cast.client("clerk").post(rule, {"ruling": "not_taken", "why": " "})
    assert silent.status_code == 422
    assert "征求意见" in text_of(silent), "said on the page itself"
    assert silent.content.decode().count('id="unruled"') == 1
    assert 'aria-describedby="unruled"' in silent.content.decode()
    cast.client("clerk").post(rule, {"ruling": "not_taken", "why": "资金已列入预算"})
    page = text_of(cast.client("liaison").get(reverse("ledger:answer", args=[round_.pk])))
    assert "不采纳" in page
    assert "资金已列入预算" in page
    with pytest.raises(Refused, match="已经处理"):
        give(cast, round_, "三-1", Wish(OpinionKind.OTHER, "再提", "请再考虑。"))


def test_a_reason_that_is_missing_loses_nothing_typed(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    opinion = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    form = {"ruling": "not_taken", "why": "", "text": "改造老旧小区16个。"}
    refused = cast.client("clerk").post(reverse("ledger:rule-opinion", args=[opinion.pk]), form)
    assert refused.status_code == 422
    assert "改造老旧小区16个。</textarea>" in refused.content.decode()


def test_a_unit_cannot_rule(cast: Cast, draft: Breakdown) -> None:
    opinion = give(cast, asked(cast, draft), "三-1", Wish(OpinionKind.OTHER, "理由", "意见"))
    answer = cast.client("liaison").post(
        reverse("ledger:rule-opinion", args=[opinion.pk]), {"ruling": "taken"}
    )
    assert answer.status_code == 403
    foreign = stranger(Role.CLERK).post(
        reverse("ledger:rule-opinion", args=[opinion.pk]), {"ruling": "taken"}
    )
    assert foreign.status_code == 404


def test_silence_is_written_down_by_name(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    agree(round_.pk, by=cast.viewer("liaison"), at=ASKED)
    close = reverse("ledger:close-consultation", args=[draft.pk])
    assert "区水利局" in text_of(cast.client("clerk").get(close))
    cast.client("clerk").post(close)
    round_.refresh_from_db()
    assert cast.lead is not None
    assert cast.lead.pk in round_.asked
    entry = Entry.objects.get(action="consultation-closed")
    told = content_of(entry)["after"]
    assert told["agreed"] == ["区住建局"]
    assert "区水利局" in told["silent"]
    assert told["asked"] == len(told["agreed"]) + len(told["silent"])
    late = cast.client("liaison").post(reverse("ledger:agree", args=[round_.pk]))
    assert late.status_code == 409
    page = text_of(cast.client("clerk").get(reverse("ledger:consultation", args=[draft.pk])))
    assert "未答复" in page


def test_each_unit_has_its_letter_and_no_other(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft, due=date(2024, 3, 8))
    assert cast.lead is not None
    own = text_of(cast.client("liaison").get(reverse("ledger:letter", args=[round_.pk, cast.lead.pk])))
    assert "2024年3月8日前答复" in own
    assert "改造老旧小区18个。" in own
    assert "*区住建局" in own
    assert "打通断头河3条。" not in own
    water = person_of(cast, "区水利局")
    foreign = reverse("ledger:letter", args=[round_.pk, water.unit_id])
    assert cast.client("liaison").get(foreign).status_code == 404
    assert "打通断头河3条。" in text_of(cast.client("head").get(foreign))
    assert cast.client("leader").get(foreign).status_code == 403


def test_a_party_body_is_asked_politely(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    army = person_of(cast, "区人武部")
    page = text_of(cast.client("clerk").get(reverse("ledger:letter", args=[round_.pk, army.unit_id])))
    assert "商请" in page
    assert "逾期" not in page


def test_a_letter_keeps_the_words_of_the_day_it_was_sent(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    opinion = give(cast, round_, "三-1", Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"))
    form = {"ruling": "taken", "state_id": said(draft, "三-1").pk}
    cast.client("clerk").post(reverse("ledger:rule-opinion", args=[opinion.pk]), form)
    assert cast.lead is not None
    letter = text_of(cast.client("clerk").get(reverse("ledger:letter", args=[round_.pk, cast.lead.pk])))
    assert "改造老旧小区18个。" in letter


def test_who_has_no_rows_is_told_so(cast: Cast, draft: Breakdown) -> None:
    page = text_of(cast.client("liaison").get(reverse("ledger:consultations")))
    assert "现在没有需要" in page
