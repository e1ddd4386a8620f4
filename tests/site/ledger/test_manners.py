"""The papers of a breakdown in the manner of its place: shown, chosen otherwise, kept from the issue on."""

import re
from datetime import date
from io import BytesIO

import pytest
from django.utils.timezone import localdate, now
from docx import Document as WordDocument

from dukao.papers.official import notices
from dukao.papers.official.manners import Manner
from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import DocumentKind
from dukao.site.archive.profiles import correct, profile_of
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import Breakdown, Responsibility
from dukao.site.ledger.queries.manners import PaperManner
from dukao.site.ledger.queries.papers import Annexes, PaperRow, Table
from dukao.site.ledger.review.past import read_past
from dukao.site.ledger.review.settling import accept_proposals
from dukao.site.ledger.steps.approving import record_approval
from dukao.site.ledger.steps.consulting import open_consultation
from dukao.site.ledger.steps.manners import choose_manner
from dukao.site.ledger.steps.official import livelihood_rows
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused
from tests.site.conftest import MORNING, Cast
from tests.site.ledger.test_drafted_notice import draft_with_leaders, issue, send_for_opinions, state_of


@pytest.fixture
def drafted(cast: Cast) -> Breakdown:
    """A draft learnt from a table with 牵头单位 and 责任单位."""
    return draft_with_leaders(cast.client("clerk"))


def page_of(cast: Cast, draft: Breakdown, paper: str = "draft") -> str:
    return cast.client("clerk").get(f"/breakdowns/{draft.pk}/{paper}/").content.decode()


def heads_of(page: str) -> list[str]:
    annex = page.split("sheet__annex", 1)[1]
    return re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', annex.split("</thead>", 1)[0])


def word_heads(cast: Cast, draft: Breakdown, paper: str) -> list[str]:
    answer = cast.client("clerk").get(f"/breakdowns/{draft.pk}/{paper}/?format=docx")
    return [cell.text for cell in WordDocument(BytesIO(answer.content)).tables[0].rows[0].cells]


def test_the_draft_has_the_columns_of_last_year_and_says_so(cast: Cast, drafted: Breakdown) -> None:
    page = page_of(cast, drafted)
    assert heads_of(page) == ["序号", "重点工作", "牵头领导", "牵头单位", "责任单位", "完成时限", "备注"]
    assert word_heads(cast, drafted, "draft") == heads_of(page)
    said = re.sub(r"<[^>]+>", "", page.split('id="manner"', 1)[1])
    assert "牵头单位的标注方式：“牵头单位”单列一栏（本地的写法，见《" in said
    assert "标记*" not in page


def test_another_manner_is_chosen_in_one_step_and_put_on_record(cast: Cast, drafted: Breakdown) -> None:
    client, address = cast.client("clerk"), f"/breakdowns/{drafted.pk}/manner/"
    client.post(address, {"lead_by": ""})  # what it is already
    answer = client.post(address, {"lead_by": "first", "next": f"/breakdowns/{drafted.pk}/meeting-paper/"})
    assert answer["Location"] == f"/breakdowns/{drafted.pk}/meeting-paper/"
    send_for_opinions(cast, drafted)
    page = page_of(cast, drafted)
    assert heads_of(page) == ["序号", "重点工作", "牵头领导", "责任单位", "完成时限", "备注"]
    assert "注：列第一位的为牵头单位。" in page
    assert "这一份选定的写法" in page
    entry = Entry.objects.filter(action="manner-chosen").get()
    assert content_of(entry)["before"] == {"lead_by": "照本地的写法"}
    assert content_of(entry)["after"] == {"lead_by": "列第一位的牵头"}
    assert client.post(address, {"lead_by": "", "next": "https://elsewhere.example/"})["Location"].endswith(
        f"/breakdowns/{drafted.pk}/draft/"
    )
    assert "本地的写法，见" in page_of(cast, drafted)


def test_no_other_manner_there_is_none_of_and_none_after_the_issue(cast: Cast, drafted: Breakdown) -> None:
    clerk = cast.viewer("clerk", now())
    with pytest.raises(Refused) as refused:
        choose_manner(drafted.pk, "moon", by=clerk, at=now())
    assert refused.value.code == Refusal.ANSWER_UNKNOWN
    issue(cast, drafted)
    with pytest.raises(Refused) as refused:
        choose_manner(drafted.pk, "star", by=clerk, at=now())
    assert refused.value.code == Refusal.ALREADY_ISSUED
    assert 'id="manner"' not in page_of(cast, drafted)


def test_a_letter_to_a_unit_has_the_columns_too(cast: Cast, drafted: Breakdown) -> None:
    asked = send_for_opinions(cast, drafted)
    unit = Unit.objects.get(place=cast.place, name="区财政局")
    address = f"/consultations/{asked.pk}/letters/{unit.pk}/"
    heads = heads_of(cast.client("clerk").get(address).content.decode())
    assert heads[:4] == ["序号", "内容", "角色", "牵头单位"]


def test_where_the_first_leads_a_letter_says_which_rows_nobody_leads(cast: Cast, drafted: Breakdown) -> None:
    clerk = cast.viewer("clerk", now())
    choose_manner(drafted.pk, "first", by=clerk, at=now())
    joint = state_of(drafted, "改造老旧小区").task
    duties = Responsibility.objects.at(None).filter(task__breakdown=drafted)
    duties.filter(task=joint).update(role="responsible", basis="joint")
    assert {one.role for one in duties} == {"responsible"}
    asked = open_consultation(drafted.pk, localdate(), by=clerk, at=now())
    unit = Unit.objects.get(place=cast.place, name="区财政局")
    page = cast.client("clerk").get(f"/consultations/{asked.pk}/letters/{unit.pk}/").content.decode()
    said = re.sub(r"<[^>]+>", "|", page.split("sheet__annex", 1)[1])
    assert said.count("共同落实，不设牵头") == 1
    assert said.count("牵头单位待定") > 1
    assert "改由或者增列的单位" in page


def test_an_issued_notice_stays_as_it_was_issued(
    cast: Cast, drafted: Breakdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = issue(cast, drafted)
    before, heads = page_of(cast, issued, "notice"), word_heads(cast, issued, "notice")
    monkeypatch.setattr(notices, "CHARGE", "另一版本的要求。")
    correct({"lead": "star"}, "改用星号", by=cast.viewer("clerk", now()), at=now())
    cast.place.office = "望潮区人民政府办公厅"
    cast.place.save(update_fields=("office",))
    after = page_of(cast, issued, "notice")
    sheets = [
        page.split('<article class="sheet">', 1)[1].split("</article>", 1)[0] for page in (before, after)
    ]
    assert sheets[0] == sheets[1]
    assert "各责任单位要对照分工" in sheets[0]
    assert word_heads(cast, issued, "notice") == heads
    answer = cast.client("clerk").get(f"/breakdowns/{issued.pk}/notice/?format=docx")
    words = [one.text for one in WordDocument(BytesIO(answer.content)).paragraphs]
    assert not any("另一版本" in said or "办公厅" in said for said in words)


def test_a_notice_issued_before_its_words_were_kept_says_what_it_said_then(
    cast: Cast, drafted: Breakdown
) -> None:
    issued = issue(cast, drafted)
    Breakdown.objects.filter(pk=issued.pk).update(wording={})
    page = page_of(cast, issued, "notice")
    assert "各责任单位要对照分工" not in page
    assert "审议通过，现印发给你们，请认真贯彻执行。" in page
    assert "印发时还没有留存正文，本页照当时版本的写法" in page
    assert heads_of(page) == ["序号", "重点工作", "牵头领导", "责任单位", "完成时限", "备注"]
    assert "注：标记*的为牵头单位。" in page


def test_last_years_document_shows_the_manner_of_a_place_known_by_an_earlier_one(
    cast: Cast, draft: Breakdown
) -> None:
    known = profile_of(cast.place.pk)
    assert known is not None
    assert known.value("lead") == "star"
    document = draft.document
    for year, lead in (("2022", "star"), ("2024", "star"), ("2025", "column")):
        table = f"# {year}年政府工作报告责任分解\n\n序号\t重点工作\t主办单位\t协办单位\n"
        table += "1\t改造老旧小区15个。\t区住建局\t区财政局\n"
        upload = Upload(table.encode(), f"{year}年分解.md", DocumentKind.BREAKDOWN, None)
        document = keep_document(upload, by=cast.viewer("clerk"), at=MORNING)
        read_past([document], cast.place, MORNING)
        now_known = profile_of(cast.place.pk)
        assert now_known is not None
        assert now_known.value("lead") == lead, year
        assert ("supporting", "协办单位") in now_known.heads or lead == "star"


def test_who_signs_is_told_the_manner_the_notice_will_keep(cast: Cast, drafted: Breakdown) -> None:
    accept_proposals(drafted.pk, by=cast.viewer("clerk", now()), at=now())
    record_approval(drafted.pk, "第9次常务会议", date(2024, 3, 1), by=cast.viewer("clerk", now()), at=now())
    page = cast.client("head").get(f"/breakdowns/{drafted.pk}/issue/").content.decode()
    assert "（“牵头单位”单列一栏，本地的写法），以后不再随设置变" in page


def test_a_livelihood_project_keeps_its_number_in_its_column() -> None:
    rows = [PaperRow("民生-4-1", "1", "", "完成老旧小区改造15个。", (), "陆宁", "")]
    projects = [Table("4 安居提质", rows=rows), Table("教育优学", rows=rows)]
    annexes = Annexes([], projects, 1, 1, PaperManner(Manner(), "通常的写法"))
    said = [(one.number, one.project) for one in livelihood_rows(annexes)]
    assert said == [("4", "安居提质"), ("2", "教育优学")]
