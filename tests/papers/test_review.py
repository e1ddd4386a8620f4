"""The review page: every row leads to its words and back, and nothing in a document can break the page."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from urllib.parse import unquote

import pytest

from dukao.breakdown.values import Breakdown, Coverage, Remark
from dukao.papers.review import render_review
from dukao.report.values import Report
from tests.papers.pages import Page


@pytest.fixture
def page(breakdown: Breakdown, report: Report) -> Page:
    return Page(render_review(breakdown, report))


def test_every_task_leads_to_the_words_it_goes_back_to_and_they_lead_back(
    page: Page, breakdown: Breakdown, report: Report
) -> None:
    text = report.source.text
    for task in breakdown.tasks:
        card = page.by_id(f"t-{task.id}")
        leads = {link.attributes["href"] for link in page.links() if card in link.parents}
        for number, (start, end) in enumerate(task.source_spans, 1):
            assert page.by_id(f"p-{task.id}-{number}").text == text[start:end]
            assert f"#p-{task.id}-{number}" in leads
        backs = [a for a in page.of_class("ref") if a.attributes["href"] == f"#t-{task.id}"]
        assert len(backs) == len(task.source_spans)


def test_a_row_over_two_blocks_keeps_all_its_words(breakdown: Breakdown, report: Report) -> None:
    text = report.source.text
    start, end = text.index("建成学校4所"), text.index("清理废弃管线")
    wide = replace(breakdown.tasks[0], source_spans=((text.index("新引进"), start + 4),))
    page = Page(render_review(replace(breakdown, tasks=(wide, *breakdown.tasks[1:])), report))
    said = "".join(piece.text for piece in page.pieces("二-1"))
    assert re.sub(r"[\s*]", "", said).startswith("新引进项目30个以上")
    assert said.endswith("建成学校")
    assert end > start


def test_every_link_stays_in_the_page_and_arrives(page: Page) -> None:
    ids = {one.attributes["id"] for one in page.elements if "id" in one.attributes}
    for link in page.links():
        assert link.attributes["href"].startswith("#")
        assert unquote(link.attributes["href"][1:]) in ids


def test_ids_are_unique(page: Page) -> None:
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))


def test_nothing_is_fetched(breakdown: Breakdown, report: Report) -> None:
    html = render_review(breakdown, report)
    assert not re.search("https?:|url\\(|@import", html)
    assert not re.search(r"<(?:link|img|iframe|object|embed|script\s+src)", html)


def test_the_paper_is_the_reports_own_text(page: Page, report: Report) -> None:
    sheet = page.of_class("sheet")[0]
    assert re.sub(r"\s", "", sheet.text) == re.sub(r"\s", "", report.source.text[report.start : report.end])


def test_the_sites_furniture_is_folded_away(page: Page) -> None:
    outside = page.of_class("outside")
    assert [one.tag for one in outside] == ["details", "details"]
    assert "网站首页" in outside[0].text
    assert "关闭窗口" in outside[1].text


def test_heads_are_heads_and_run_in_heads_stay_in_their_paragraph(page: Page) -> None:
    assert page.by_id("s1").parents[-1].tag == "h2"
    assert page.by_id("s2").parents[-1].tag == "p"


def test_lines_nobody_reads_stand_apart_from_prose(page: Page) -> None:
    assert [one.text.strip() for one in page.of_class("unread")] == ["# 政府工作报告", "各位代表："]


def test_lead_units_are_told_from_the_others(page: Page) -> None:
    card = page.by_id("t-二-1")
    leads = [one.text for one in page.of_class("lead") if one.tag == "dd" and card in one.parents]
    assert leads == ["区发改局（区六重办）标*"]


def test_measures_say_what_was_read(page: Page) -> None:
    assert page.by_id("m1").text == "30个"
    assert page.by_id("m1").attributes["title"] == "项目 ≥30个，2024年目标"


def test_what_differs_is_marked_on_both_sides_with_both_readings(page: Page) -> None:
    assert page.by_id("d-二-4-1").text == "4所"
    card = page.by_id("t-二-4")
    assert [one.text for one in page.of_class("differs") if card in one.parents] == ["5所"]
    assert "数字不同" in card.text
    assert "二-4 不一致" in [a.attributes["data-n"] for a in page.of_class("ref")]


def test_what_nobody_took_up_is_dotted_and_listed(page: Page) -> None:
    assert [one.text for one in page.of_class("open") if one.tag == "span"][1:] == [
        "整治老旧街巷",
        "清理废弃管线",
    ]
    assert "清理废弃管线" in page.by_id("u-c7").text
    assert "二、2024年重点任务 › （二）改善民生" in page.by_id("u-c7").text


def test_the_first_sentence_counts_and_leads_there(page: Page) -> None:
    answer = page.of_class("answer")[0]
    said = re.sub(r"\s+", "", answer.text)
    assert said.startswith("5项重点工作、1个民生实事项目1项内容；9处需要核对：互相冲突1、数字不一致1、")
    assert said.endswith("报告7项承诺中2项未分解。")
    calls = [one for one in page.elements if re.fullmatch(r"m-\d+", one.attributes.get("id") or "")]
    assert len(calls) == 9


def test_filters_are_radio_buttons_that_need_no_script(breakdown: Breakdown, report: Report) -> None:
    html = render_review(breakdown, report)
    page = Page(html)
    radios = [one for one in page.elements if one.tag == "input"]
    assert {one.attributes["type"] for one in radios} == {"radio"}
    names = [one.attributes["value"] for one in radios]
    assert names == ["all", "need", "differ", "uncovered", "conflict", "undecided", "alias"]
    labels = {one.attributes["for"] for one in page.elements if one.tag == "label"}
    assert labels == {f"f-{name}" for name in names}
    for name in names[1:]:
        assert f'#f-{name}:checked ~ main [data-f]:not([data-f~="{name}"]) {{ display: none; }}' in html


def test_cards_stand_under_the_filters_that_concern_them(page: Page) -> None:
    shown = {
        name: [
            one.attributes["data-item"]
            for one in page.of_class("card")
            if name in one.attributes["data-f"].split()
        ]
        for name in ("need", "differ", "undecided", "alias")
    }
    assert shown["differ"] == ["二-2", "二-4", "二-5"]
    assert shown["undecided"] == ["二-2", "二-5"]
    assert shown["alias"] == ["二-1"]
    assert shown["need"] == ["二-1", "二-2", "二-3", "二-4", "二-5", "民生-1-1"]


def test_an_alias_alone_does_not_call_a_row_up(breakdown: Breakdown, report: Report) -> None:
    page = Page(render_review(replace(breakdown, findings=breakdown.findings[2:]), report))
    assert "need" not in page.by_id("t-二-1").attributes["data-f"].split()


def test_a_reading_is_said_in_words(page: Page) -> None:
    first, last = page.by_id("t-二-1").text, page.by_id("t-二-5").text
    assert "区发改局（区六重办）" in first
    assert "标*" in first
    assert "6月底前" in first
    assert "与报告一致" in first
    assert "据备注" in page.by_id("t-二-4").text
    assert "牵头未定" in page.by_id("t-二-2").text
    assert "未写单位" in last


def test_a_hostile_document_stays_text(breakdown: Breakdown, report: Report) -> None:
    evil = """</style></script><script>alert(1)</script>"'><img src=x onerror=alert(2)>{{7*7}}&lt;"""
    task = replace(
        breakdown.tasks[0],
        text=evil,
        title=evil,
        units=(replace(breakdown.tasks[0].units[0], name=evil, office=evil),),
        remark=Remark(evil, 0, 0),
    )
    source = replace(report.source, name=evil, text=report.source.text.replace("新引进项目30个以上", evil))
    shift = len(evil) - len("新引进项目30个以上")
    dirty = replace(
        report,
        source=source,
        end=report.end + shift,
        outline=(),
        passages=(),
        commitments=(report.commitments[0]._replace(text=evil, end=report.commitments[0].end + shift),),
        measures=(report.measures[0]._replace(indicator=evil),),
    )
    finding = replace(breakdown.findings[0], message=evil)
    coverage = Coverage(7, 6, ("c1",), ())
    whole = replace(breakdown, tasks=(task,), findings=(finding,), coverage=coverage)
    clean = Page(render_review(breakdown, report))
    page = Page(render_review(whole, dirty))
    assert sum(one.tag == "script" for one in page.elements) == sum(
        one.tag == "script" for one in clean.elements
    )
    assert not [one for one in page.elements if one.tag == "img" or "onerror" in one.attributes]
    assert evil in page.by_id("t-二-1").text


def test_the_page_stands_without_a_report(breakdown: Breakdown) -> None:
    bare = replace(
        breakdown,
        report=None,
        coverage=None,
        tasks=tuple(replace(t, source_spans=(), relation=None, differences=()) for t in breakdown.tasks),
    )
    page = Page(render_review(bare, None))
    assert not page.of_class("paper")
    assert "未附报告" in page.of_class("answer")[0].text
    assert page.by_id("t-二-1")
    assert "alone" in next(one.classes for one in page.elements if one.tag == "main")
    views = [one.attributes["value"] for one in page.elements if one.tag == "input"]
    assert "uncovered" not in views
    assert "differ" not in views


def test_the_same_input_gives_the_same_page(breakdown: Breakdown, report: Report) -> None:
    assert render_review(breakdown, report) == render_review(breakdown, report)


def test_a_span_outside_the_reports_body_makes_no_dead_link(breakdown: Breakdown, report: Report) -> None:
    menu = replace(breakdown.tasks[0], source_spans=((0, 4),))
    page = Page(render_review(replace(breakdown, tasks=(menu,)), report))
    assert not [link for link in page.links() if link.attributes["href"].startswith("#p-")]


def test_the_policy_lets_only_the_pages_own_script_run(breakdown: Breakdown, report: Report) -> None:
    page = Page(render_review(breakdown, report))
    script = next(one.text for one in page.elements if one.tag == "script")
    policy = next(one.attributes["content"] for one in page.elements if "http-equiv" in one.attributes)
    fingerprint = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{fingerprint}'" in policy
    assert "default-src 'none'" in policy
