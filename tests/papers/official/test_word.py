"""The .docx as a file: its marks in the order of the schema, its words what was given, nothing that acts."""

import re
import zipfile
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from lxml import etree

from dukao.papers.official.docx import render_docx
from dukao.papers.official.fonts import NAMED
from dukao.papers.official.titles import break_title
from dukao.papers.official.values import Cell, Column, Paper, Table, Text
from tests.papers.official.samples import letter, whole_paper, wide_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The order of children the schema asks for (ISO/IEC 29500-1, annex A); Word refuses others.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "trPr": "cantSplit tblHeader",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
    "qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "tbl": "tblPr tblGrid tr",
    "pBdr": "top left bottom right between bar",
}


def parts_of(paper: Paper) -> dict[str, bytes]:
    """The parts of a paper's file."""
    with zipfile.ZipFile(BytesIO(render_docx(paper))) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("paper", [whole_paper(), wide_paper(), letter()], ids=["whole", "wide", "letter"])
def test_every_element_stands_in_the_order_of_the_schema(paper: Paper) -> None:
    for name, data in parts_of(paper).items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        root = etree.fromstring(data)
        for kind, order in ORDER.items():
            places = {W + word: at for at, word in enumerate(order.split())}
            for element in root.iter(W + kind):
                tags = [child.tag for child in element if isinstance(child.tag, str)]
                # Heads and feet of a section stand before the rest, in any order.
                tags = [tag for tag in tags if not tag.endswith("erReference")]
                assert all(tag in places for tag in tags), (name, kind, tags)
                assert tags == sorted(tags, key=places.__getitem__), (name, kind)


def test_nothing_in_it_acts_or_is_fetched() -> None:
    parts = parts_of(whole_paper())
    assert not [
        name for name in parts if re.search(r"vba|macro|embeddings|activeX|thumbnail|customXml", name)
    ]
    rels = b"".join(data for name, data in parts.items() if name.endswith(".rels"))
    assert b"External" not in rels
    fields = re.findall(rb"<w:instrText[^>]*>([^<]*)<", b"".join(parts.values()))
    assert set(fields) == {b"PAGE"}


def test_the_page_is_set_up_as_the_standard_says() -> None:
    document: Any = Document(BytesIO(render_docx(whole_paper())))
    section = document.sections[0]
    edges = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round(edge.mm) for edge in edges] == [37, 28, 35, 26]
    assert document.settings.odd_and_even_pages_header_footer
    grid = section._sectPr.find(f"{W}docGrid")
    assert (grid.get(f"{W}type"), grid.get(f"{W}linePitch")) == ("lines", "578")
    fonts = {font.get(f"{W}eastAsia") for font in document.styles.element.iter(f"{W}rFonts")}
    assert fonts >= set(NAMED.values())


def test_table_heads_repeat_and_rows_stay_whole() -> None:
    document: Any = Document(BytesIO(render_docx(whole_paper())))
    for table in document.tables:
        first, *others = table._tbl.tr_lst
        assert first.find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in [first, *others])


def test_a_row_higher_than_a_page_may_be_parted() -> None:
    table = Table((Column("内容", 1),), ((Cell("很长的内容。" * 600),), (Cell("短。"),)))
    document: Any = Document(BytesIO(render_docx(Paper("标题", (table,)))))
    _, long, short = document.tables[0]._tbl.tr_lst
    assert long.find(f"{W}trPr/{W}cantSplit") is None
    assert short.find(f"{W}trPr/{W}cantSplit") is not None


def test_words_that_look_like_marks_are_words() -> None:
    words = '<w:p/> & "#let x = 1" \\ $x$ @a #include("/etc/passwd") \x0b\x00'
    document: Any = Document(BytesIO(render_docx(Paper(words, (Text(words),)))))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert words.rstrip("\x0b\x00") in said


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于印发通知", ["关于印发通知"]),
        (
            "望潮区人民政府办公室关于印发2024年政府工作报告重点工作责任分解的通知",
            ["望潮区人民政府办公室", "关于印发2024年政府工作报告", "重点工作责任分解的通知"],
        ),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("字" * 45, ["字" * 20, "字" * 20, "字" * 5]),
    ],
)
def test_titles_break_between_phrases(title: str, lines: list[str]) -> None:
    assert list(break_title(title, 20)) == lines
