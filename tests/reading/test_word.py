"""What Word shows is what is read: numbers of lists, accepted changes, boxes, notes, frames, symbols."""

import zipfile
from pathlib import Path

import docx
import pytest

from dukao.reading import Source, read_file
from dukao.reading.word.numbering import count_in_chinese, write_number

_NAMES = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def read(folder: Path, body: str, **parts: str) -> Source:
    """The document with this body, and with other parts by their names."""

    def wrap(name: str, inner: str) -> str:
        return f'<w:{name} xmlns:w="{_NAMES}">{inner}</w:{name}>'

    path = folder / "a.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", wrap("document", f"<w:body>{body}</w:body>"))
        for name, inner in parts.items():
            package.writestr(f"word/{name}.xml", wrap(name, inner))
    return read_file(path)


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def listed(text: str, depth: int = 0, number: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def level(depth: int, style: str, text: str) -> str:
    inner = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{depth}">{inner}</w:lvl>'


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    + '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    + '<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(text) if text else '<w:p/>'}</w:tc>"


def row(*cells: str) -> str:
    return f"<w:tr>{''.join(cells)}</w:tr>"


def test_numbers_of_lists_are_written_out_as_word_shows_them(tmp_path: Path) -> None:
    body = (
        listed("总体要求")
        + listed("目标任务")
        + listed("产业", 1)
        + listed("建桥。", 2)
        + listed("修路。", 2)
    )
    body += listed("民生", 1) + listed("植树。", 2) + listed("铺管。", 2, number=2) + listed("保障措施")
    assert read(tmp_path, body, numbering=LISTS).text.split("\n\n") == [
        "一、总体要求",
        "二、目标任务",
        "（一）产业",
        "1. 建桥。",
        "2. 修路。",
        "（二）民生",
        "1. 植树。",
        "1. 铺管。",
        "三、保障措施\n",
    ]


def test_a_style_brings_its_list_and_a_heading_its_mark(tmp_path: Path) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="条目"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="M"><w:name w:val="子条目"/><w:basedOn w:val="L"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    )
    body = p("工作回顾", '<w:pStyle w:val="2"/>') + p("建桥。", '<w:pStyle w:val="M"/>')
    assert read(tmp_path, body, numbering=LISTS, styles=styles).text == "## 工作回顾\n\n（一）建桥。\n"


def test_tracked_changes_are_read_as_accepted_and_said(tmp_path: Path) -> None:
    changed = (
        "<w:p><w:r><w:t>新增绿道</w:t></w:r><w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:r><w:t>公里。</w:t></w:r></w:p>"
    )
    joined = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>" + p("后半。")
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("x") + cell("y") + "</w:tr>"
    table = f"<w:tbl>{row(cell('序号'), cell('任务'))}{gone}{row(cell('1'), cell('建桥。'))}</w:tbl>"
    source = read(tmp_path, changed + joined + table)
    assert source.text == "新增绿道12公里。\n\n前半，后半。\n\n序号\t任务\n1\t建桥。\n"
    assert [found.code for found in source.diagnostics] == ["tracked-changes"]
    assert "3 处修订" in source.diagnostics[0].message


def test_cells_merged_over_columns_and_rows_keep_their_places(tmp_path: Path) -> None:
    top, rest = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = "<w:tbl>" + row(cell("责任分解", '<w:gridSpan w:val="3"/>'))
    table += row(cell("1"), cell("建桥。"), cell("区交通局", top)) + row(
        cell("2"), cell("修路。"), cell("", rest)
    )
    table += row(cell("3", '<w:gridSpan w:val="2"/>'), cell("区水务局")) + "</w:tbl>"
    source = read(tmp_path, table)
    assert source.text == "责任分解\n\n1\t建桥。\t区交通局\n2\t修路。\t\n3\t\t区水务局\n"
    blank = source.text.index("\t\n") + 1
    start, end = source.merged[blank]
    assert source.text[start:end] == "区交通局"
    assert source.place_of(source.text.index("修路")) == {"paragraph": 6, "table": 1, "row": 3, "column": 2}


def test_a_column_of_automatic_numbers_is_a_column_of_numbers(tmp_path: Path) -> None:
    list_of = '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr>'
    numbered = f"<w:tc><w:p><w:pPr>{list_of}</w:pPr></w:p></w:tc>"
    table = "<w:tbl>" + "".join(row(numbered, cell(text)) for text in ("建桥。", "修路。")) + "</w:tbl>"
    assert read(tmp_path, table, numbering=LISTS).text == "1.\t建桥。\n2.\t修路。\n"


def test_boxes_notes_frames_and_inner_tables_are_read(tmp_path: Path) -> None:
    inside = f"<w:pict><w:txbxContent>{p('框里的话')}</w:txbxContent></w:pict>"
    box = f"<w:p><w:r><w:t>正文</w:t>{inside}</w:r></w:p>"
    noted = '<w:p><w:r><w:t>列首位者牵头</w:t><w:footnoteReference w:id="3"/></w:r></w:p>'
    inner = f"<w:tbl>{row(cell('甲'), cell('乙'))}{row(cell('丙'), cell('丁'))}</w:tbl>"
    framed = f"<w:tbl><w:tr><w:tc>{p('框住的段落')}{inner}</w:tc></w:tr></w:tbl>"
    nested = (
        f"<w:tbl><w:tr>{cell('1')}<w:tc>{p('见')}{inner}</w:tc></w:tr>{row(cell('2'), cell('完'))}</w:tbl>"
    )
    notes = f'<w:footnote w:id="3">{p("下同。")}</w:footnote>'
    source = read(tmp_path, box + noted + framed + nested, footnotes=notes)
    assert source.text.split("\n\n") == [
        "正文",
        "框里的话",
        "列首位者牵头",
        "框住的段落",
        "甲\t乙\n丙\t丁",
        "1\t见\v甲 乙\v丙 丁\n2\t完",
        "注1：下同。\n",
    ]
    assert source.place_of(source.text.index("下同")) == {"paragraph": 3}


def test_hidden_words_and_field_codes_are_left_out(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>第</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>3页</w:t></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:tab/><w:t>完</w:t><w:br/><w:t>末</w:t></w:r></w:p>"
    )
    source = read(tmp_path, body)
    assert source.text == "第3页  完\n末\n"
    assert [found.code for found in source.diagnostics] == ["hidden-text"]


@pytest.mark.parametrize(
    ("value", "style", "written"),
    [
        (3, "decimal", "3"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (12, "chineseCountingThousand", "十二"),
        (3, "japaneseCounting", "三"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (28, "lowerLetter", "bb"),
        (4, "upperRoman", "IV"),
        (5, "decimalZero", "05"),
        (7, "unknown", "7"),
    ],
)
def test_writes_numbers_in_every_style(value: int, style: str, written: str) -> None:
    assert write_number(value, style) == written


def test_counts_in_chinese() -> None:
    numbers = (10, 12, 20, 21, 105, 110, 1000, 1010)
    written = "十 十二 二十 二十一 一百〇五 一百一十 一千 一千〇一十"
    assert " ".join(map(count_in_chinese, numbers)) == written


def test_a_table_that_frames_another_gives_way_to_it(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(2, 2)
    frame.cell(0, 0).text = "重点工作清单"
    frame.cell(1, 0).text = "说明：★为牵头单位。"
    inner = frame.cell(1, 1).add_table(2, 3)
    for row, texts in zip(
        inner.rows, (["序号", "工作任务", "责任单位"], ["1", "清淤。", "★区水务局"]), strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "a.docx"))
    text = read_file(tmp_path / "a.docx").text
    assert "序号\t工作任务\t责任单位\n1\t清淤。\t★区水务局" in text
    assert "说明：★为牵头单位。" in text


def test_a_small_table_in_a_cell_stays_in_its_row(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(1, 3)
    table.cell(0, 0).text = "1"
    inner = table.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "清淤", "两公里"
    table.cell(0, 2).text = "区水务局"
    document.save(str(tmp_path / "a.docx"))
    assert read_file(tmp_path / "a.docx").text == "1\t清淤 两公里\t区水务局\n"
