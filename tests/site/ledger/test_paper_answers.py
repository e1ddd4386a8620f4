"""What a unit without an account wrote on paper: an opinion like every other, with the paper it stands on."""

import re

import pytest
from django.http import Http404
from django.test import Client
from django.utils.timezone import now

from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import (
    Breakdown,
    Consultation,
    Opinion,
    OpinionKind,
    Responsibility,
    Role,
    TaskState,
)
from dukao.site.ledger.queries.papers import annexes_of, meeting_facts
from dukao.site.ledger.steps.consulting import Wish
from dukao.site.ledger.steps.paper_answers import record_paper_opinion
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused
from tests.site.conftest import Cast
from tests.site.ledger.test_drafted_notice import draft_with_leaders, send_for_opinions, state_of

SOURCE = "区住建局3月5日复函"


@pytest.fixture
def asked(cast: Cast) -> Consultation:
    """A round that runs; 区住建局 has no account."""
    return send_for_opinions(cast, draft_with_leaders(cast.client("clerk")))


def unit(cast: Cast, name: str) -> Unit:
    return Unit.objects.get(place=cast.place, name=name)


def row(asked: Consultation, words: str = "改造老旧小区") -> TaskState:
    return state_of(asked.breakdown, words)


def address(cast: Cast, asked: Consultation, words: str = "改造老旧小区") -> str:
    mine = f"/breakdowns/{asked.breakdown_id}/consultation/paper/{unit(cast, '区住建局').pk}/"
    return f"{mine}tasks/{row(asked, words).task_id}/"


def say(cast: Cast, asked: Consultation, **said: object) -> Opinion:
    form = {"kind": "text", "reason": "复函所述", "source": SOURCE, **said}
    answer = cast.client("clerk").post(address(cast, asked), form)
    assert answer.status_code == 302, answer.content.decode()
    return Opinion.objects.latest("pk")


def duties(asked: Consultation) -> set[tuple[str, str]]:
    rows = Responsibility.objects.at(None).filter(task=row(asked).task)
    return {(str(one.unit or one.group), str(one.role)) for one in rows}


def test_an_objection_on_paper_is_an_opinion_with_its_paper(cast: Cast, asked: Consultation) -> None:
    client = cast.client("clerk")
    office = f"/breakdowns/{asked.breakdown_id}/consultation/"
    mine = address(cast, asked).split("tasks/")[0]
    assert mine in client.get(office).content.decode()
    assert address(cast, asked) in client.get(mine).content.decode()
    opinion = say(cast, asked, text="改造老旧小区16个。")
    assert (opinion.kind, opinion.wish, opinion.reply.unit.name) == (
        OpinionKind.NUMBER,
        "改造老旧小区16个。",
        "区住建局",
    )
    assert (opinion.reply.agreed, opinion.reply.source) == (False, SOURCE)
    entry = Entry.objects.latest("sequence")
    assert (entry.label, content_of(entry)["why"]) == ("登记书面答复", SOURCE)
    page = client.get(office).content.decode()
    assert "书面答复，程经办登记，依据：区住建局3月5日复函" in page
    assert "1 条，书面" in page
    assert "还没有登记" not in client.get(mine).content.decode()


def test_it_is_ruled_on_and_told_to_the_meeting(cast: Cast, asked: Consultation) -> None:
    opinion = say(cast, asked, text="改造老旧小区16个。")
    client = cast.client("clerk")
    ruled = {"ruling": "taken", "text": "改造老旧小区17个。", "state_id": row(asked).pk}
    client.post(f"/opinions/{opinion.pk}/rule/", ruled)
    assert row(asked).text == "改造老旧小区17个。"
    facts = meeting_facts(asked.breakdown, annexes_of(asked.breakdown, None, now()))
    assert [one.ruling_said for one in facts.taken] == ["部分采纳"]
    page = client.get(f"/breakdowns/{asked.breakdown_id}/meeting-paper/").content.decode()
    said = re.sub(r"<[^>]+>", "|", page.split("表3", 1)[1])
    assert "区住建局（书面）" in said
    assert "部分采纳，写作“改造老旧小区17个。”" in said


def test_it_may_want_another_lead_or_a_unit_beside_it(cast: Cast, asked: Consultation) -> None:
    before = duties(asked)
    lead = next(name for name, role in before if role == Role.LEAD)
    assert lead == "区住建局"
    client, other = cast.client("clerk"), unit(cast, "区发改局")
    beside = say(cast, asked, kind="beside", beside=other.pk)
    assert beside.wish_said == "增列区发改局"
    client.post(f"/opinions/{beside.pk}/rule/", {"ruling": "taken"})
    assert duties(asked) == before | {("区发改局", "responsible")}
    client.post(f"/opinions/{beside.pk}/undo/")
    assert duties(asked) == before
    wanted = say(cast, asked, kind="lead", lead=other.pk)
    client.post(f"/opinions/{wanted.pk}/rule/", {"ruling": "not_taken", "why": "职责在你局"})
    assert duties(asked) == before
    assert Opinion.objects.get(pk=wanted.pk).ruling_said == "不采纳"


def test_a_wish_for_a_unit_that_is_there_says_nothing(cast: Cast, asked: Consultation) -> None:
    form = {"kind": "beside", "beside": unit(cast, "区住建局").pk, "reason": "复函", "source": SOURCE}
    answer = cast.client("clerk").post(address(cast, asked), form)
    assert answer.status_code == 422
    assert not Opinion.objects.exists()


def test_without_its_paper_nothing_is_put_on_record(cast: Cast, asked: Consultation) -> None:
    form = {"kind": "other", "other": "建议明年再办", "reason": "复函所述", "source": " "}
    answer = cast.client("clerk").post(address(cast, asked), form)
    assert answer.status_code == 422
    assert "没有写明依据" in answer.content.decode()
    assert not asked.replies.exists()


def test_what_was_put_on_record_wrongly_is_taken_back_and_said_anew(cast: Cast, asked: Consultation) -> None:
    opinion = say(cast, asked, kind="other", other="建议明年再办")
    client, mine = cast.client("clerk"), unit(cast, "区住建局")
    client.post(f"/opinions/{opinion.pk}/take-back-paper/")
    assert content_of(Entry.objects.latest("sequence"))["why"] == "登记有误，撤回"
    office = f"/breakdowns/{asked.breakdown_id}/consultation/"
    client.post(f"{office}paper/", {"units": [mine.pk], "source": SOURCE})
    assert asked.replies.get().agreed
    page = client.get(office).content.decode()
    assert "书面答复，由督查室登记" in page
    assert re.search(r"区住建局</a></th><td[^>]*>无意见</td><td[^>]*>区住建局3月5日复函", page)
    assert "程经办，" in page
    say(cast, asked, kind="other", other="建议明年再办")
    assert not asked.replies.get().agreed


def test_nobody_speaks_for_a_unit_that_can_log_in_or_for_a_row_not_its_own(
    cast: Cast, asked: Consultation
) -> None:
    clerk, mine = cast.viewer("clerk", now()), unit(cast, "区住建局")
    wish = Wish(OpinionKind.OTHER, "复函", "不同意")
    other = row(asked, "新增规上工业企业").task_id
    with pytest.raises(Http404):
        record_paper_opinion(asked.pk, mine.pk, other, wish, SOURCE, by=clerk, at=now())
    cast.users["liaison"].unit = mine
    cast.users["liaison"].save()
    with pytest.raises(Refused) as refused:
        record_paper_opinion(asked.pk, mine.pk, row(asked).task_id, wish, SOURCE, by=clerk, at=now())
    assert refused.value.code == Refusal.ANSWERS_ITSELF
    assert cast.client("clerk").get(address(cast, asked)).status_code == 404


def log_in_for(cast: Cast, mine: Unit | None) -> Client:
    """The liaison's account, now of another unit."""
    cast.users["liaison"].unit = mine
    cast.users["liaison"].save()
    return cast.client("liaison")


def test_what_a_unit_said_itself_stays_its_own_when_its_account_moves_and_a_paper_comes(
    cast: Cast, asked: Consultation
) -> None:
    clerk, said_here = cast.client("clerk"), {"kind": "other", "other": "建议明年再办", "reason": "资金"}
    own = f"/consultations/{asked.pk}/tasks/{row(asked).task_id}/"
    assert log_in_for(cast, unit(cast, "区住建局")).post(own, said_here).status_code == 302
    itself = Opinion.objects.get()
    log_in_for(cast, None)
    office = f"/breakdowns/{asked.breakdown_id}/consultation/"
    assert "1 条，书面" not in clerk.get(office).content.decode()
    say(cast, asked, text="改造老旧小区16个。")
    assert clerk.post(f"/opinions/{itself.pk}/take-back-paper/").status_code == 404
    assert Opinion.objects.get(pk=itself.pk).withdrawn_at is None
    page = clerk.get(office).content.decode()
    assert "单位在网上提出" in page
    assert "书面答复，程经办登记，依据：区住建局3月5日复函" in page
    mine = clerk.get(address(cast, asked).split("tasks/")[0]).content.decode()
    assert mine.count("撤回登记") == 1
    assert re.search(r"已登记书面意见 <a[^>]*>1 条", mine)


def test_a_paper_stays_the_ground_of_its_opinion_when_the_unit_speaks_itself_later(
    cast: Cast, asked: Consultation
) -> None:
    on_paper = say(cast, asked, kind="other", other="建议明年再办")
    log_in_for(cast, unit(cast, "区住建局")).post(
        f"/consultations/{asked.pk}/tasks/{row(asked).task_id}/",
        {"kind": "text", "text": "改造老旧小区16个。", "reason": "资金"},
    )
    client = cast.client("clerk")
    page = client.get(f"/breakdowns/{asked.breakdown_id}/consultation/").content.decode()
    assert "书面答复，依据：区住建局3月5日复函" in page
    for one in Opinion.objects.all():
        client.post(f"/opinions/{one.pk}/rule/", {"ruling": "not_taken", "why": "已列入计划"})
    meeting = client.get(f"/breakdowns/{asked.breakdown_id}/meeting-paper/").content.decode()
    assert meeting.count("区住建局（书面）") == 1
    assert Opinion.objects.get(pk=on_paper.pk).reply.source == ""


def test_a_unit_that_can_log_in_by_now_has_no_page_of_papers(cast: Cast, asked: Consultation) -> None:
    say(cast, asked, kind="other", other="建议明年再办")
    mine = address(cast, asked).split("tasks/")[0]
    office = f"/breakdowns/{asked.breakdown_id}/consultation/"
    assert mine in cast.client("clerk").get(office).content.decode()
    log_in_for(cast, unit(cast, "区住建局"))
    page = cast.client("clerk").get(office).content.decode()
    assert "书面答复，由督查室登记" in page
    assert mine not in page
    assert cast.client("clerk").get(mine).status_code == 404


def test_after_the_end_no_paper_is_put_on_record(cast: Cast, asked: Consultation) -> None:
    cast.client("clerk").post(f"/breakdowns/{asked.breakdown_id}/consultation/close/", {})
    wish = Wish(OpinionKind.OTHER, "复函", "不同意")
    with pytest.raises(Refused) as refused:
        record_paper_opinion(
            asked.pk,
            unit(cast, "区住建局").pk,
            row(asked).task_id,
            wish,
            SOURCE,
            by=cast.viewer("clerk", now()),
            at=now(),
        )
    assert refused.value.code == Refusal.CONSULTATION_OVER
    page = cast.client("clerk").get(f"/breakdowns/{asked.breakdown_id}/consultation/").content.decode()
    assert "征求意见（在办）" not in page
    assert re.search(r"征求意见（[^）]*结束）", page)


def test_a_breakdown_says_how_far_its_consultation_is(cast: Cast, asked: Consultation) -> None:
    client, review = cast.client("clerk"), f"/breakdowns/{asked.breakdown_id}/review/"
    assert "征求意见（在办）" in client.get(review).content.decode()
    Breakdown.objects.filter(pk=asked.breakdown_id).update(stage="draft")
    client.post(f"/breakdowns/{asked.breakdown_id}/consultation/close/", {})
    assert "征求意见（在办）" not in client.get(review).content.decode()
