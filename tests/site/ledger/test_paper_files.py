"""The papers of the site as files: the rows of the page, for whom the page is, under a name one can save."""

from datetime import date
from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.urls import reverse
from docx import Document

from dukao.papers.official.pdf import NoGlyph
from dukao.site.ledger.models import Breakdown, Responsibility, Stage, SupplementKind
from dukao.site.ledger.steps.supplementing import Change, Paper, draft_supplement
from dukao.site.people.models import Unit
from tests.site.conftest import Cast
from tests.site.ledger.walking import asked, at, task_at


def words_of(answer: Any) -> str:
    """Every paragraph and cell of a .docx, one to a line."""
    document: Any = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def name_of(answer: Any) -> str:
    """The name a browser saves the file under."""
    return unquote(answer.headers["Content-Disposition"].partition("filename*=utf-8''")[2])


def test_the_notice_is_downloaded_as_word(cast: Cast, ledger: Breakdown) -> None:
    address = reverse("ledger:notice", args=[ledger.pk])
    answer = cast.client("clerk").get(address, {"format": "docx"})
    assert answer.status_code == 200
    assert name_of(answer) == "望政办〔2024〕5号责任分解通知.docx"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    words = words_of(answer)
    for said in (
        "望潮区人民政府办公室文件",
        "望政办〔2024〕5号",
        "（此件依申请公开）",
        "2024年3月8日",
        "附件2",
    ):
        assert said in words
    page = cast.client("clerk").get(address).content.decode()
    assert "?format=docx" in page
    assert "?format=pdf" in page


def test_units_beside_a_lead_that_the_remark_names_stand_in_their_column(
    cast: Cast, ledger: Breakdown
) -> None:
    answer = cast.client("clerk").get(reverse("ledger:notice", args=[ledger.pk]), {"format": "docx"})
    tables: Any = Document(BytesIO(answer.content)).tables
    rows = ([cell.text for cell in row.cells] for table in tables for row in table.rows)
    (row,) = (row for row in rows if "由区人武部牵头。" in row)
    assert "区教育局，各街道" in row


def test_the_notice_is_downloaded_as_pdf(cast: Cast, ledger: Breakdown) -> None:
    answer = cast.client("leader").get(reverse("ledger:notice", args=[ledger.pk]), {"format": "pdf"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_who_sees_some_rows_gets_an_extract_and_no_red_head(cast: Cast, ledger: Breakdown) -> None:
    address = reverse("ledger:notice", args=[ledger.pk])
    whole = words_of(cast.client("clerk").get(address, {"format": "docx"}))
    answer = cast.client("liaison").get(address, {"format": "docx"})
    words = words_of(answer)
    assert "（摘录）" in words
    assert "（摘录）" in name_of(answer)
    assert "人民政府办公室文件" not in words
    strange = "区水利局"
    page = cast.client("liaison").get(address).content.decode()
    assert strange in whole
    for line in {line for line in words.split("\n") if len(line) > 8 and "摘" not in line}:
        assert line.split("（")[0][:8] in page.replace("\n", ""), line


def test_who_sees_rows_of_one_annex_is_not_told_that_the_notice_had_no_other(
    cast: Cast, ledger: Breakdown
) -> None:
    address = reverse("ledger:notice", args=[ledger.pk])
    whole = cast.client("clerk").get(address).content.decode()
    assert "附件：1. 2024年政府工作报告重点工作责任分解" in whole
    assert '<p class="label">附件2</p>' in whole
    cast.users["liaison"].unit = Unit.objects.get(place=cast.place, name="区水利局")
    cast.users["liaison"].save()
    page = cast.client("liaison").get(address).content.decode()
    assert "和《2024年民生实事项目责任分解》已经" in page
    assert 'id="livelihood"' not in page
    assert "附件：" not in page
    assert "label" not in page.split("sheet__annex", 1)[1].split("<h2>", 1)[0]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_file_is_for_those_the_page_is_for(cast: Cast, ledger: Breakdown, form: str) -> None:
    address = reverse("ledger:meeting-paper", args=[ledger.pk])
    assert cast.client("liaison").get(address, {"format": form}).status_code == 403
    notice = reverse("ledger:notice", args=[ledger.pk])
    assert cast.client("system_admin").get(notice, {"format": form}).status_code in (403, 404)


def test_another_format_is_not_found(cast: Cast, ledger: Breakdown) -> None:
    address = reverse("ledger:notice", args=[ledger.pk])
    assert cast.client("clerk").get(address, {"format": "exe"}).status_code == 404


def test_a_unit_downloads_its_own_letter_alone(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    assert cast.lead
    own = reverse("ledger:letter", args=[round_.pk, cast.lead.pk])
    answer = cast.client("liaison").get(own, {"format": "docx"})
    assert name_of(answer) == "征求意见函（区住建局）.docx"
    assert "关于征求对2024年政府工作报告" in words_of(answer)
    other = Unit.objects.filter(place=cast.place).exclude(pk=cast.lead.pk).first()
    assert other
    strange = reverse("ledger:letter", args=[round_.pk, other.pk])
    assert cast.client("liaison").get(strange, {"format": "docx"}).status_code == 404


def test_a_partner_is_requested(cast: Cast, draft: Breakdown) -> None:
    round_ = asked(cast, draft)
    units = Responsibility.objects.at(None).filter(unit__isnull=False).values("unit")
    partner = next((one for one in Unit.objects.filter(pk__in=units) if one.is_partner), None)
    assert partner
    answer = cast.client("clerk").get(
        reverse("ledger:letter", args=[round_.pk, partner.pk]), {"format": "docx"}
    )
    assert "商请研究提出意见" in words_of(answer)
    assert name_of(answer).startswith("商请函")


def test_the_meeting_paper_and_its_summary(cast: Cast, draft: Breakdown) -> None:
    Breakdown.objects.filter(pk=draft.pk).update(stage=Stage.APPROVAL)
    address = reverse("ledger:meeting-paper", args=[draft.pk])
    words = words_of(cast.client("clerk").get(address, {"format": "docx"}))
    assert "现提请审议。" in words
    assert "（送审稿）" in words
    summary = cast.client("clerk").get(address, {"format": "docx", "paper": "summary"})
    assert name_of(summary) == "2024年责任分解（送审稿摘要）.docx"
    assert "尚待确定：待核对" in words_of(summary)


def test_a_character_no_font_has_is_said(
    cast: Cast, ledger: Breakdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise NoGlyph("\U0002b740")

    monkeypatch.setattr("dukao.papers.official.pdf.render_pdf", refuse)
    answer = cast.client("clerk").get(reverse("ledger:notice", args=[ledger.pk]), {"format": "pdf"})
    assert answer.status_code == 409
    assert "\U0002b740" in answer.content.decode()


def test_a_supplement_says_what_was_and_what_is_to_be(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    supplement = draft_supplement(
        ledger.pk,
        [Change(task.pk, text="改造老旧小区15个。")],
        Paper(
            SupplementKind.NOTICE,
            "望政办〔2024〕18号",
            date(2024, 6, 20),
            "因征收进度调整",
        ),
        by=cast.viewer("clerk"),
        at=at(20, 6),
    )
    address = reverse("ledger:supplement-paper", args=[supplement.pk])
    answer = cast.client("clerk").get(address, {"format": "docx"})
    words = words_of(answer)
    assert name_of(answer) == "望政办〔2024〕18号补充通知（送签稿）.docx"
    for said in ("补充通知（送签稿）", "因征收进度调整。", "改造老旧小区15个。", "原为", "改为"):
        assert said in words.replace("\n", "") or said in words
    assert cast.client("liaison").get(address, {"format": "docx"}).status_code == 404
