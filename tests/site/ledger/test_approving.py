"""审议 through the browser: the meeting recorded and corrected, the way back, withdrawal of a draft."""

from datetime import date

import pytest
from django.urls import reverse

from dukao.site.history.models import Entry
from dukao.site.ledger.models import (
    Breakdown,
    OpinionKind,
    Question,
    QuestionKind,
    Ruling,
    Stage,
    Status,
    TaskState,
)
from dukao.site.ledger.review.proposing import propose_breakdown
from dukao.site.ledger.steps.approving import record_approval, return_to_draft, withdraw_breakdown
from dukao.site.ledger.steps.consulting import Wish, close_consultation, give_opinion
from dukao.site.ledger.steps.ruling import RulingForm, rule_opinion
from dukao.site.people.models import Role
from dukao.site.refusals import Refused
from tests.site.conftest import Cast
from tests.site.ledger.test_paper_files import words_of
from tests.site.ledger.walking import ASKED, asked, at, stranger, task_at, text_of

MEETING = "三届区政府第20次常务会议"


def test_the_meeting_and_its_day_are_recorded(cast: Cast, draft: Breakdown) -> None:
    address = reverse("ledger:approval", args=[draft.pk])
    cast.client("clerk").post(address, {"meeting": MEETING, "approved_on": "2024-03-06"})
    draft.refresh_from_db()
    assert (draft.stage, draft.meeting, draft.approved_on) == (Stage.APPROVAL, MEETING, date(2024, 3, 6))
    assert Entry.objects.filter(action="breakdown-approved").count() == 1
    cast.client("head").post(address, {"meeting": MEETING, "approved_on": "2024-03-05"})
    draft.refresh_from_db()
    assert draft.approved_on == date(2024, 3, 5)


def test_the_form_begins_with_what_the_document_says(cast: Cast, draft: Breakdown) -> None:
    assert MEETING in text_of(cast.client("clerk").get(reverse("ledger:approval", args=[draft.pk])))


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"meeting": "", "approved_on": "2024-03-06"}, "请填写会议全称"),
        ({"meeting": MEETING, "approved_on": "2099-03-06"}, "还没有到"),
        ({"meeting": MEETING, "approved_on": "三月六日"}, "日期请写成"),
    ],
)
def test_a_meeting_without_name_or_day_is_refused(
    cast: Cast, draft: Breakdown, form: dict[str, str], sentence: str
) -> None:
    answer = cast.client("clerk").post(reverse("ledger:approval", args=[draft.pk]), form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT


def test_nothing_is_approved_while_units_are_asked(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    with pytest.raises(Refused, match="征求意见还没有结束"):
        record_approval(draft.pk, MEETING, date(2024, 3, 6), by=cast.viewer("clerk"), at=at(7))
    close_consultation(round_.pk, by=cast.viewer("clerk"), at=at(7))
    assert record_approval(draft.pk, MEETING, date(2024, 3, 6), by=cast.viewer("clerk"), at=at(7)).meeting


def test_what_goes_back_to_draft_says_why_and_forgets_the_meeting(cast: Cast, draft: Breakdown) -> None:
    record_approval(draft.pk, MEETING, date(2024, 3, 6), by=cast.viewer("clerk"), at=at(7))
    address = reverse("ledger:return-breakdown", args=[draft.pk])
    assert "不再有效" in text_of(cast.client("clerk").get(address))
    assert cast.client("clerk").post(address, {"why": ""}).status_code == 422
    cast.client("clerk").post(address, {"why": "会议要求补充低空经济任务"})
    draft.refresh_from_db()
    assert (draft.stage, draft.meeting, draft.approved_on) == (Stage.DRAFT, "", None)
    assert Entry.objects.get(action="breakdown-returned").why == "会议要求补充低空经济任务"


def test_a_draft_is_withdrawn_with_its_consequences_in_words(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    address = reverse("ledger:withdraw-breakdown", args=[draft.pk])
    page = text_of(cast.client("clerk").get(address))
    assert "不再列出" in page
    assert "征求意见同时结束" in page
    cast.client("clerk").post(address, {"why": "报告有新版本"})
    draft.refresh_from_db()
    round_.refresh_from_db()
    assert draft.stage == Stage.WITHDRAWN
    assert round_.closed_at is not None
    assert not TaskState.objects.at(None).filter(status=Status.DRAFT).exists()
    assert TaskState.objects.filter(status=Status.DRAFT).exists()  # the record stays
    listed = text_of(cast.client("clerk").get(reverse("ledger:breakdowns")))
    assert "已撤回的 1 份" in listed
    again = propose_breakdown(draft.report, draft.document, year=None, by=cast.viewer("clerk"), at=at(8))
    assert again.pk != draft.pk


def test_an_issued_breakdown_is_neither_withdrawn_nor_returned(cast: Cast, ledger: Breakdown) -> None:
    with pytest.raises(Refused, match="已经印发"):
        withdraw_breakdown(ledger.pk, "错了", by=cast.viewer("head"), at=at(20))
    with pytest.raises(Refused, match="已经印发"):
        return_to_draft(ledger.pk, "错了", by=cast.viewer("head"), at=at(20))
    answer = cast.client("head").post(reverse("ledger:withdraw-breakdown", args=[ledger.pk]), {"why": "错了"})
    assert answer.status_code == 409
    assert TaskState.objects.at(None).filter(status=Status.ISSUED).count() == 17


def test_the_paper_for_the_meeting_tells_what_was_taken_and_what_not(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    liaison, clerk = cast.viewer("liaison"), cast.viewer("clerk")
    task = task_at(draft, "三-1")
    number = give_opinion(
        round_.pk, task.pk, Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。"), by=liaison, at=ASKED
    )
    other = give_opinion(
        round_.pk, task.pk, Wish(OpinionKind.OTHER, "任务重", "请推迟到明年。"), by=liaison, at=ASKED
    )
    state = TaskState.objects.at(None).get(task=task)
    rule_opinion(number.pk, RulingForm(Ruling.TAKEN, state_id=state.pk), by=clerk, at=at(6))
    rule_opinion(other.pk, RulingForm(Ruling.NOT_TAKEN, "已向社会承诺"), by=clerk, at=at(6))
    question = Question.objects.filter(breakdown=draft, kind=QuestionKind.NUMBER).first()
    if question:
        Question.objects.filter(pk=question.pk).update(
            settled_at=at(6), settled_by=cast.users["clerk"], answer={"answer": "keep", "said": "按分解表"}
        )
    page = text_of(cast.client("head").get(reverse("ledger:meeting-paper", args=[draft.pk])))
    for words in (
        "采纳的意见（1 条）",
        "未采纳的意见（1 条）",
        "已向社会承诺",
        "库存不足",
        "区水利局",
        "（送审稿）",
    ):
        assert words in page
    assert "重点工作列 14 行、共 14 项" in page
    assert "白露副区长牵头重点工作" in page
    assert "总负责。" in page
    assert question is None or "按分解表" in page


@pytest.mark.parametrize("form", ["page", "docx"])
def test_words_that_units_had_changed_are_no_agreement_with_the_report(
    cast: Cast, draft: Breakdown, form: str
) -> None:
    round_ = asked(cast, draft)
    liaison, clerk = cast.viewer("liaison"), cast.viewer("clerk")
    Question.objects.filter(breakdown=draft).update(settled_at=None, settled_by=None)
    task = task_at(draft, "三-1")

    def said() -> str:
        asked_for = {} if form == "page" else {"format": form}
        answer = cast.client("head").get(reverse("ledger:meeting-paper", args=[draft.pk]), asked_for)
        return text_of(answer) if form == "page" else words_of(answer)

    assert "没有需要说明的不一致" in said()
    wish = Wish(OpinionKind.TEXT, "库存不足", "改造老旧小区15个。")
    opinion = give_opinion(round_.pk, task.pk, wish, by=liaison, at=ASKED)
    state = TaskState.objects.at(None).get(task=task)
    rule_opinion(opinion.pk, RulingForm(Ruling.TAKEN, state_id=state.pk), by=clerk, at=at(6))
    assert "采纳单位意见改动文字、数字1处，见表3" in said()
    assert "没有需要说明的不一致" not in said()


@pytest.mark.parametrize("form", ["page", "docx"])
def test_a_round_closed_early_lasted_until_that_day(cast: Cast, draft: Breakdown, form: str) -> None:
    round_ = asked(cast, draft, due=date(2024, 3, 12))
    address = reverse("ledger:meeting-paper", args=[draft.pk])
    asked_for = {} if form == "page" else {"format": form}

    def said() -> str:
        answer = cast.client("head").get(address, asked_for)
        return text_of(answer) if form == "page" else words_of(answer)

    assert "至2024年3月12日征求" in said()
    close_consultation(round_.pk, by=cast.viewer("clerk"), at=at(9))
    assert "至2024年3月9日征求" in said()


def test_outsiders_find_no_meeting_paper(cast: Cast, draft: Breakdown) -> None:
    address = reverse("ledger:meeting-paper", args=[draft.pk])
    assert stranger(Role.HEAD).get(address).status_code == 404
    for role in ("liaison", "unit_head", "leader", "deputy", "auditor"):
        assert cast.client(role).get(address).status_code == 403, role
