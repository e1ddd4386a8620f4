"""The outline: cases as files, laws that hold for any text, and the real reports where they are."""

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dukao.report.masthead import read_masthead
from dukao.report.outline import Outline, read_outline

CASES = sorted((Path(__file__).parent.parent / "cases" / "outline").glob("*.txt"))
_PIECES = [
    *"一二三（）()、。，！：；12\n\n#*—“” 年月日",
    *(
        "一、",
        "（一）",
        "第一，",
        "1.",
        "——",
        "## ",
        "**",
        "2023年工作回顾",
        "今年",
        "五年来",
        "加快发展",
        "建设",
        "各位代表：",
    ),
    *("让我们", "奋斗！", "附件：\n", "全市新增企业300家。", "壮大主导产业。"),
]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _outline(text: str) -> tuple[int | None, Outline]:
    year = read_masthead(text, 0, len(text)).year
    return year, read_outline(text, 0, len(text), year)


def _as_case(text: str) -> dict[str, object]:
    year, outline = _outline(text)
    return {
        "year": year,
        "outline": [[section.level, section.title, section.part] for section in outline.sections],
        "passages": [
            [outline.sections[p.section].title if p.section >= 0 else None, p.part, text[p.start : p.end]]
            for p in outline.passages
        ],
    }


def test_there_are_cases() -> None:
    assert len(CASES) == 7


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_reads_the_case(path: Path) -> None:
    assert _as_case(_read(path)) == json.loads(_read(path.with_suffix(".json")))


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_any_text_has_an_outline_that_lies_inside_it(text: str) -> None:
    _, outline = _outline(text)
    last = 0
    for section in outline.sections:
        assert last <= section.start < section.end <= section.body_end <= len(text)
        last = section.end
    last = 0
    for passage in outline.passages:
        assert last <= passage.start < passage.end <= len(text)
        assert -1 <= passage.section < len(outline.sections)
        last = passage.end


@settings(max_examples=200)
@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join))
def test_no_passage_holds_a_title(text: str) -> None:
    _, outline = _outline(text)
    titles = [(section.start, section.end) for section in outline.sections]
    assert not any(p.start < end and start < p.end for p in outline.passages for start, end in titles)


def _parts(text: str) -> list[tuple[str, str]]:
    outline = read_outline(text, 0, len(text), 2024)
    return [(section.title, section.part) for section in outline.sections]


def test_a_lead_over_that_ends_in_a_colon_holds_for_the_heads_below() -> None:
    text = (
        "一、过去五年工作回顾\n五年来，累计投资900亿元。\n一年来，我们主要做了以下工作：\n"
        "（一）产业更强。新增企业300家，扩建码头。\n（二）城市更美。新建公园6个，改造道路。"
    )
    assert [part for _, part in _parts(text)] == ["five_year_review", "review", "review"]


def test_a_year_in_a_paragraph_below_a_head_leaves_the_heads_after_it() -> None:
    text = (
        "各位代表：\n过去五年回顾和2023年工作情况\n五年来，我们走过了不平凡的历程。\n"
        "（一）产业更强。推进港城融合。2023年，全区生产总值达到800亿元。\n"
        "（二）城市更美。新建公园60个，改造道路。"
    )
    outline = read_outline(text, 0, len(text), 2024)
    assert [section.part for section in outline.sections] == ["five_year_review"] * 3
    assert [passage.part for passage in outline.passages if passage.section == 1][-1] == "review"


def test_a_paragraph_of_later_years_ends_where_this_year_begins() -> None:
    text = "一、2024年任务\n到2029年，港区吞吐量翻一番。今年，新开工码头3座。\n扩建港区道路。"
    outline = read_outline(text, 0, len(text), 2024)
    read = [(passage.part, text[passage.start : passage.end]) for passage in outline.passages]
    assert read == [
        ("long_term", "到2029年，港区吞吐量翻一番。"),
        ("plan", "今年，新开工码头3座。"),
        ("plan", "扩建港区道路。"),
    ]


def test_says_where_a_report_plans_no_year_of_its_own() -> None:
    text = "一、过去五年回顾\n五年来，累计投资900亿元。\n二、今后五年奋斗目标\n建成江海联运枢纽。"
    outline = read_outline(text, 0, len(text), 2024)
    assert [found.code for found in outline.diagnostics] == ["outline.no-plan"]
    planned = text + "\n三、2024年任务\n扩建港区道路。"
    assert read_outline(planned, 0, len(planned), 2024).diagnostics == ()


def test_children_lie_inside_their_parents() -> None:
    for path in CASES:
        _, outline = _outline(_read(path))
        by_id = {section.id: section for section in outline.sections}
        for section in outline.sections:
            if section.parent:
                parent = by_id[section.parent]
                assert parent.start < section.start
                assert section.body_end <= parent.body_end
                assert section.level == parent.level + 1


def test_reads_only_the_span_it_is_given() -> None:
    text = "一、别的文章\n别的正文。\n" + _read(CASES[0]) + "\n二、别的文章\n别的正文。"
    start, end = len("一、别的文章\n别的正文。\n"), len(text) - len("\n二、别的文章\n别的正文。")
    outline = read_outline(text, start, end, 2024)
    assert all(start <= section.start and section.body_end <= end for section in outline.sections)


def test_report_upon_report_in_one_file_is_read_to_its_end() -> None:
    text = _read(next(path for path in CASES if path.stem == "numbered"))
    once, thrice = read_outline(text, 0, len(text), 2024), read_outline(text * 3, 0, len(text) * 3, 2024)
    assert len(thrice.sections) == 3 * len(once.sections)


def test_an_endless_paragraph_costs_no_more_per_character() -> None:
    text = _read(next(path for path in CASES if path.stem == "one_paragraph")).replace("\n", " ")
    small, large = text * 40, text * 800
    spent = []
    for piece in (small, large):
        best = min(_seconds(piece) for _ in range(3))
        spent.append(best / len(piece))
    assert spent[1] < spent[0] * 3


def _seconds(text: str) -> float:
    began = time.process_time()
    read_outline(text, 0, len(text), 2017)
    return time.process_time() - began


def test_the_hand_labelled_report_is_read_whole(shared: Path) -> None:
    text = _read(next((shared / "seeds").glob("003_*")))
    gold = json.loads(_read(shared / "gold" / "sections_2021.json"))
    wanted = {
        (node["start"], node["level"])
        for node in gold["outline"]
        if node["level"] and not node.get("debatable")
    }
    found = {(section.start, section.level) for section in _outline(text)[1].sections}
    never = {node["start"] for node in gold["not_headings"]}
    assert len(wanted & found) >= 0.98 * len(wanted)
    assert len(wanted & found) >= 0.98 * len(found)
    assert not never & {start for start, _ in found}


def test_page_breaks_in_mid_sentence_stay_inside_a_passage(shared: Path) -> None:
    text = _read(next((shared / "seeds").glob("000_*")))
    _, outline = _outline(text)
    body = outline.sections[0].end
    breaks = [
        found.span()
        for found in re.finditer(r"(?<=[^。！：？\s”])\n\n+(?=[^\s#])", text)
        if found.start() > body
    ]
    breaks = [span for span in breaks if not any(s.end == span[0] for s in outline.sections)]
    assert len(breaks) >= 12
    assert all(any(p.start < start and end < p.end for p in outline.passages) for start, end in breaks)


def test_every_report_of_the_corpus_has_its_parts(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "reports").glob("*.txt")):
        _, outline = _outline(_read(path))
        parts = {passage.part for passage in outline.passages}
        assert parts & {"review", "five_year_review"}, path.name
        assert parts & {"plan", "long_term"}, path.name
        assert len([section for section in outline.sections if section.level == 1]) >= 2, path.name


def test_nothing_behind_a_report_is_read(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "reports").glob("*.txt")):
        text = _read(path)
        _, outline = _outline(text)
        tail = "".join(text[p.start : p.end] for p in outline.passages[-6:])
        assert not re.search("责任编辑|Public domain|本作品|编辑推荐|版权所有|扫一扫", tail), path.name
