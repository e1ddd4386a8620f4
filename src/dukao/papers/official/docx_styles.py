"""The styles of a paper in Word, by Chinese names, for whoever goes on writing in it."""

from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from dukao.papers.official import measures as m
from dukao.papers.official.docx_marks import make, make_fonts, twips
from dukao.papers.official.fonts import ALTERNATIVES, HEADS, NAMED, Face

_INDENT = {"firstLineChars": 200, "firstLine": twips(2 * m.BODY)}
_KEPT = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style: its id, its name, its face and size, and what else sets it apart from 正文.

    `line` is an exact distance from line to line; without one the paragraph stands on the grid of the page.
    """

    id: str
    name: str
    face: Face
    size: float = m.BODY
    line: float | None = None
    align: str = "both"
    indent: dict[str, int] | None = None
    level: int = 0


STYLES = (
    Style("Words", "公文正文", "fangsong", indent=_INDENT),
    Style("Flush", "公文顶格", "fangsong"),
    *(
        Style(f"Head{level}", f"公文{name}级标题", HEADS[level], indent=_INDENT, level=level)
        for level, name in enumerate("一二三四", 1)
    ),
    Style("Headline", "公文标题", "title", m.TITLE, m.TITLE_LINE, "center"),
    Style("Mark", "公文标志", "title", m.MARK, None, "center"),
    Style("Number", "公文字号", "fangsong", align="center"),
    Style("LetterNumber", "函字号", "fangsong", m.BODY, m.LINE, "right"),
    Style("Sign", "公文署名", "fangsong", align="right"),
    Style("Annex", "公文附件号", "hei", align="left"),
    Style("CellHead", "表头", "hei", m.CELL, m.CELL_LINE, "center"),
    Style("Cell", "表内文字", "fangsong", m.CELL, m.CELL_LINE, "left"),
    Style("TightHead", "密表头", "hei", m.TIGHT_CELL, m.TIGHT_CELL_LINE, "center"),
    Style("TightCell", "密表文字", "fangsong", m.TIGHT_CELL, m.TIGHT_CELL_LINE, "left"),
    Style("Caption", "表题", "hei", m.CELL, m.CELL_LINE, "center"),
    Style("Imprint", "版记", "fangsong", m.SMALL, m.SMALL_LINE, "left"),
    Style("PageNumber", "页码", "song", m.SMALL, m.SMALL, "left"),
    Style("Hidden", "分节", "fangsong", 1.0, 1.0, "left"),
)


def put_styles(document: Any) -> None:
    """Put the styles of papers in the place of the template's, and the fonts' other names beside them."""
    root = document.styles.element
    for old in root.findall(qn("w:style")):
        if old.get(qn("w:styleId")) not in _KEPT:
            root.remove(old)
    _put_defaults(root)
    for style in STYLES:
        root.append(_make_style(style))


def _put_defaults(root: Any) -> None:
    """正文: 3号仿宋, 28 to a line, 22 lines to a page; the template's spacing gone."""
    defaults = root.find(qn("w:docDefaults"))
    runs = make(
        "rPr",
        make_fonts("fangsong"),
        make("spacing", val=twips(m.ADVANCE - m.BODY)),
        make("sz", val=round(2 * m.BODY)),
        make("szCs", val=round(2 * m.BODY)),
        make("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    paragraphs = make(
        "pPr",
        make("spacing", before=0, after=0, line=240, lineRule="auto"),
        make("jc", val="both"),
    )
    defaults.clear()
    defaults.append(make("rPrDefault", runs))
    defaults.append(make("pPrDefault", paragraphs))
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) == "Normal":
            for name in ("w:pPr", "w:rPr"):
                for old in style.findall(qn(name)):
                    style.remove(old)


def _make_style(style: Style) -> Any:
    is_body = style.size == m.BODY
    exact = style.line is not None
    paragraph = make(
        "pPr",
        make("keepNext") if style.level or style.id == "Caption" else None,
        make("widowControl", val=0),
        # Both as Word has them by itself. LibreOffice reads the first the other way round and not the second,
        # and so keeps marks within the margin and a quarter of a character between Chinese and figures.
        make("overflowPunct", val=1),
        make("autoSpaceDE", val=1),
        make("autoSpaceDN", val=1),
        make("snapToGrid", val=0) if exact else None,
        make("spacing", before=0, after=0, line=twips(style.line), lineRule="exact") if style.line else None,
        make("ind", **style.indent) if style.indent else None,
        make("jc", val=style.align),
        make("outlineLvl", val=style.level - 1) if style.level else None,
    )
    run = make(
        "rPr",
        make_fonts(style.face),
        make("color", val=m.RED.removeprefix("#")) if style.id == "Mark" else None,
        None if is_body else make("spacing", val=0),
        make("sz", val=round(2 * style.size)),
        make("szCs", val=round(2 * style.size)),
    )
    names = [make("name", val=style.name), make("basedOn", val="Normal"), make("qFormat")]
    return make("style", *names, paragraph, run, type="paragraph", customStyle=1, styleId=style.id)


def put_settings(document: Any) -> None:
    """Adjacent marks drawn together as the standard's samples have them, and the ways of a Word of today."""
    settings = document.settings.element
    settings.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def put_font_table(document: Any) -> None:
    """The fonts by name with their other names: Word takes one of these where it has not the first."""
    fonts = [
        make(
            "font",
            make("altName", val=",".join(ALTERNATIVES[face])),
            make("charset", val="86"),
            make("family", val="swiss" if face == "hei" else "modern"),
            make("pitch", val="default"),
            name=name,
        )
        for face, name in NAMED.items()
    ]
    from lxml import etree

    for relation in document.part.rels.values():
        if relation.reltype.endswith("/fontTable"):
            root = etree.fromstring(relation.target_part.blob)
            root[:] = fonts
            relation.target_part._blob = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )
