"""Evidence: looked at, ranked by kind of plan, shown where used twice, withdrawn and not deleted."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from dukao.site.archive import store
from dukao.site.archive.actions import sweep_files
from dukao.site.archive.queries import known_digests
from dukao.site.history.models import Entry
from dukao.site.refusals import Refused
from dukao.site.supervision.filing.actions import confirm_filings, save_filing
from dukao.site.supervision.filing.evidence import evidence_of
from dukao.site.supervision.filing.evidence_actions import NewEvidence, add_evidence, withdraw_evidence
from dukao.site.supervision.filing.queries import filing_panel
from dukao.site.supervision.filing.rounds import close_rounds
from dukao.site.supervision.filing.ruling import accept_filing
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import Evidence, EvidenceKind, Filing
from tests.site.supervision.conftest import OPENED, Year
from tests.site.supervision.test_filing import Clock, filing_of

PDF = b"%PDF-1.4\n% acceptance of 2024\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def send(year: Year, filing: Filing, kind: str, title: str = "", file: Any = None) -> Any:
    data = {"kind": kind, "title": title} | ({"file": file} if file else {})
    return year.cast.client("liaison").post(f"/filings/{filing.pk}/evidence/", data)


def file_of(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def brought(year: Year, filing: Filing, kind: EvidenceKind, title: str, unit: str = "区住建局") -> Evidence:
    return add_evidence(filing.pk, NewEvidence(kind, title), by=year.viewer_of(unit), at=OPENED)


def test_a_file_is_kept_by_its_sha256_and_fetched_as_it_came(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing = filing_of(year)
    assert send(year, filing, "acceptance", "竣工验收意见", file_of(PDF, "验收意见.pdf")).status_code == 302
    one = Evidence.objects.get()
    assert (one.file_name, one.size, one.title) == ("验收意见.pdf", len(PDF), "竣工验收意见")
    answer = year.cast.client("clerk").get(f"/evidence/{one.pk}/")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/octet-stream"
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.filter(action="evidence-added").count() == 1


def test_the_same_bytes_are_kept_once_and_are_not_swept_away(year: Year, clock: Clock) -> None:
    clock(OPENED)
    for row in ("三-1", "三-3"):
        send(year, filing_of(year, row), "acceptance", "", file_of(PDF, f"{row}.pdf"))
    digests = set(Evidence.objects.values_list("sha256", flat=True))
    assert len(digests) == 1
    assert digests <= known_digests()
    sweep_files(timezone.now().replace(year=2099))
    assert store.read(digests.pop()) == PDF


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (PNG, "验收.pdf", "扩展名与内容不符"),
        (b"MZ\x90", "表.exe", "扩展名与内容不符"),
        (PDF, "【机密】验收.pdf", "标有密级"),
        (b"PK\x03\x04 no package", "表.xlsx", "打不开"),
    ],
)
def test_what_is_not_what_it_says_or_is_classified_is_not_kept(
    year: Year, clock: Clock, data: bytes, name: str, said: str
) -> None:
    clock(OPENED)
    answer = send(year, filing_of(year), "acceptance", "", file_of(data, name))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_workbook_is_taken(year: Year, clock: Clock) -> None:
    clock(OPENED)
    made = BytesIO()
    with Workbook(made) as book:
        book.add_worksheet("台账").write_string(0, 0, "小区")
    answer = send(year, filing_of(year), "record", "", file_of(made.getvalue(), "台账.xlsx"))
    assert answer.status_code == 302


def test_evidence_is_a_file_or_a_sentence_and_never_nothing(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing = filing_of(year)
    assert send(year, filing, "approval", "望发改〔2024〕31号批复").status_code == 302
    empty = send(year, filing, "approval")
    assert empty.status_code == 422
    assert "还没有佐证" in empty.content.decode()


def test_it_ranks_by_the_kind_of_plan(year: Year) -> None:
    counted, published = filing_of(year), filing_of(year, "二-1", "区发改局")
    for kind in (EvidenceKind.WORD, EvidenceKind.CONTRACT, EvidenceKind.STATISTIC, EvidenceKind.ACCEPTANCE):
        brought(year, counted, kind, f"{kind.label}一份")
        brought(year, published, kind, f"{kind.label}一份", unit="区发改局")
    found = evidence_of([counted.task_id, published.task_id])
    assert [one.kind for one in found[counted.task_id]] == ["验收文件", "官方统计", "合同协议", "单位说明"]
    assert [one.kind for one in found[published.task_id]] == ["官方统计", "验收文件", "合同协议", "单位说明"]


def test_a_task_rests_on_the_units_own_word_until_there_is_something_stronger(year: Year) -> None:
    filing, liaison = filing_of(year), year.viewer_of("区住建局")
    save_filing(filing.pk, Words("已完成"), filing.version, by=liaison, at=OPENED)
    assert filing_panel(liaison, filing.task_id).only_own_word
    brought(year, filing, EvidenceKind.WORD, "已完成")
    assert filing_panel(liaison, filing.task_id).only_own_word
    brought(year, filing, EvidenceKind.CONTRACT, "施工合同")
    assert not filing_panel(liaison, filing.task_id).only_own_word


def test_a_file_or_a_sentence_used_twice_is_shown_to_the_unit_and_the_office(
    year: Year, clock: Clock
) -> None:
    clock(OPENED)
    one, other = filing_of(year), filing_of(year, "三-3")
    brought(year, one, EvidenceKind.WORD, "已与施工单位签订合同。")
    brought(year, other, EvidenceKind.WORD, "已与施工单位 签订合同")
    number = other.task.number
    assert number is not None
    page = year.cast.client("liaison").get("/filings/").content.decode()
    assert page.count("另有使用") == 2
    save_filing(one.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=OPENED)
    confirm_filings([one.pk], by=year.viewer_of("区住建局", "unit_head"), at=OPENED)
    desk = year.cast.client("clerk").get(f"/rounds/{year.round.pk}/").content.decode()
    assert f">{number}</a>（区住建局 2024年3月）" in desk


def test_a_sentence_said_of_one_item_alone_is_not_used_twice(year: Year) -> None:
    filing = filing_of(year)
    brought(year, filing, EvidenceKind.WORD, "已与施工单位签订合同。")
    assert evidence_of([filing.task_id])[filing.task_id][0].uses == ()


def test_it_is_withdrawn_with_a_page_that_says_what_follows_and_stays_on_record(
    year: Year, clock: Clock
) -> None:
    clock(OPENED)
    one = brought(year, filing_of(year), EvidenceKind.CONTRACT, "施工合同")
    client = year.cast.client("liaison")
    assert "记录和文件都留着" in client.get(f"/evidence/{one.pk}/withdraw/").content.decode()
    client.post(f"/evidence/{one.pk}/withdraw/")
    one.refresh_from_db()
    assert one.withdrawn_at == OPENED
    assert one.withdrawn_by == year.cast.users["liaison"]
    assert evidence_of([one.filing.task_id])[one.filing.task_id] == []


def test_what_the_office_took_keeps_its_evidence(year: Year) -> None:
    filing, liaison = filing_of(year), year.viewer_of("区住建局")
    one = brought(year, filing, EvidenceKind.CONTRACT, "施工合同")
    take(year, filing, Words("开工"))
    with pytest.raises(Refused):
        withdraw_evidence(one.pk, by=liaison, at=OPENED)
    with pytest.raises(Refused):
        brought(year, filing, EvidenceKind.CONTRACT, "另一份合同")


def test_a_closed_round_takes_no_evidence_and_gives_none_back(year: Year) -> None:
    filing, liaison = filing_of(year), year.viewer_of("区住建局")
    one = brought(year, filing, EvidenceKind.CONTRACT, "施工合同")
    close_rounds(year.cast.place.pk, at=OPENED + timedelta(days=60))
    with pytest.raises(Refused, match="的报送已经结束"):
        brought(year, filing, EvidenceKind.CONTRACT, "另一份合同")
    with pytest.raises(Refused, match="的报送已经结束"):
        withdraw_evidence(one.pk, by=liaison, at=OPENED)


def take(year: Year, filing: Filing, words: Words, at: datetime = OPENED) -> None:
    save_filing(filing.pk, words, filing.version, by=year.viewer_of("区住建局"), at=at)
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=at)
    accept_filing(filing.pk, by=year.cast.viewer("clerk", at), at=at)


def test_another_units_liaison_and_a_deputy_do_not_fetch_it(year: Year, clock: Clock) -> None:
    clock(OPENED)
    filing = filing_of(year, "三-2", "区水利局")
    proof = NewEvidence(EvidenceKind.ACCEPTANCE, "", PDF, "验收.pdf")
    one = add_evidence(filing.pk, proof, by=year.viewer_of("区水利局"), at=OPENED)
    assert year.cast.client("liaison").get(f"/evidence/{one.pk}/").status_code == 404
    assert year.cast.client("deputy").get(f"/evidence/{one.pk}/").status_code == 403


def test_the_panel_tells_the_office_what_is_on_its_way_and_others_what_was_taken(year: Year) -> None:
    filing, clerk, leader = filing_of(year), year.cast.viewer("clerk", OPENED), year.cast.viewer("leader")
    save_filing(filing.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=OPENED)
    assert filing_panel(clerk, filing.task_id).told == ()
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=OPENED)
    assert [one.is_fact for one in filing_panel(clerk, filing.task_id).told] == [False]
    assert filing_panel(leader, filing.task_id).told == ()
    accept_filing(filing.pk, by=clerk, at=OPENED)
    assert [one.is_fact for one in filing_panel(leader, filing.task_id).told] == [True]
    assert filing_panel(leader, filing.task_id).only_own_word


def test_the_panel_of_a_day_before_the_filing_was_taken_does_not_tell_it(year: Year) -> None:
    filing, clerk = filing_of(year), year.cast.viewer("clerk", OPENED)
    take(year, filing, Words("开工"))
    before, after = OPENED.replace(hour=8), OPENED.replace(hour=10)
    assert filing_panel(clerk, filing.task_id, before).told == ()
    assert len(filing_panel(clerk, filing.task_id, after).told) == 1
