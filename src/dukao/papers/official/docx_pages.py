"""The pages of a paper in Word: margins, the grid of lines, page numbers, the head and foot of a letter."""

from collections.abc import Iterable
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm

from dukao.papers.official import measures as m
from dukao.papers.official.docx_marks import (
    make,
    make_border,
    make_field,
    make_paragraph,
    make_run,
    millimetres,
    twips,
)

# From the bottom of 版心 to the end of the line of the page number: its dash is 7 mm below 版心.
_FOOT_LINE = m.FOOT_BELOW_TEXT * m.POINTS + m.SMALL * 0.54
_LETTER_LEFT = (m.PAGE[0] - m.LETTER_RULE) / 2 - m.LEFT
_LETTER_RIGHT = (m.PAGE[0] - m.LETTER_RULE) / 2 - m.RIGHT
# From the edge of the page to its head, in millimetres.
_HEADER = 15.0
# A box of words turned clockwise, in the margin of a landscape page where the foot of the portrait page is.
_TURNED = """<w:r {ns}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">
<mc:Choice Requires="wps" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" locked="1"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="{wide}" cy="{tall}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>
<wp:docPr id="{id}" name="页码"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t">
<a:noAutofit/></wps:bodyPr>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""


def put_page(section: Section, *, is_wide: bool, letter: tuple[str, float] | None = None) -> None:
    """Lay a section out; `letter` is the mark of a letter and its size, for the first page."""
    _put_size(section, is_wide)
    if is_wide:
        _put_parts((section.footer, section.even_page_footer), lambda _at: [make_paragraph("PageNumber")])
        _put_parts((section.header, section.even_page_header), _number_beside)
    else:
        _put_parts((section.footer, section.even_page_footer), _number_below)
        _put_parts((section.header, section.even_page_header), lambda _at: [make_paragraph("PageNumber")])
    if letter:
        section.different_first_page_header_footer = True
        _put_parts((section.first_page_header,), lambda _at: _letter_head(*letter))
        _put_parts((section.first_page_footer,), lambda _at: _letter_foot())


def _put_size(section: Section, is_wide: bool) -> None:
    properties = section._sectPr
    wide, tall = (m.PAGE[1], m.PAGE[0]) if is_wide else m.PAGE
    top, right, bottom, left = (
        (m.LEFT, m.TOP, m.RIGHT, m.BOTTOM) if is_wide else (m.TOP, m.RIGHT, m.BOTTOM, m.LEFT)
    )
    for old in list(properties):
        if old.tag in {qn(f"w:{name}") for name in ("pgSz", "pgMar", "cols", "docGrid")}:
            properties.remove(old)
    turned = {"orient": "landscape"} if is_wide else {}
    properties.append(make("pgSz", w=millimetres(wide), h=millimetres(tall), **turned))
    edges = {"top": top, "right": right, "bottom": bottom, "left": left}
    edges |= {
        "header": _HEADER,
        "footer": 10.0 if is_wide else m.BOTTOM - _FOOT_LINE / m.POINTS,
        "gutter": 0.0,
    }
    properties.append(make("pgMar", **{name: millimetres(edge) for name, edge in edges.items()}))
    properties.append(make("cols", space=425))
    properties.append(make("docGrid", type="lines", linePitch=twips(m.LINE)))


def _put_parts(parts: Iterable[Any], fill: Any) -> None:
    """Fill heads or feet: the one of odd pages, then the one of even pages."""
    for at, part in enumerate(parts):
        part.is_linked_to_previous = False
        root = part._element
        for old in list(root):
            root.remove(old)
        for paragraph in fill(at):
            root.append(paragraph)


def _number_runs() -> list[Any]:
    return [make_run("— "), *make_field("PAGE"), make_run(" —")]


def _number_below(at: int) -> list[Any]:
    """— 1 —: odd pages one character from the right, even pages one from the left."""
    edge = twips(m.SMALL)
    if at == 0:
        properties = (make("ind", right=edge), make("jc", val="right"))
    else:
        properties = (make("ind", left=edge), make("jc", val="left"))
    return [make_paragraph("PageNumber", *_number_runs(), properties=properties)]


def _number_beside(at: int) -> list[Any]:
    """On a landscape page the number stays where the foot of the portrait page is, turned with the sheet."""
    wide, tall = m.SMALL / m.POINTS, 25.0
    edge = m.SMALL / m.POINTS
    x = m.BOTTOM - _FOOT_LINE / m.POINTS
    y = m.PAGE[0] - m.RIGHT - edge - tall if at == 0 else m.LEFT + edge
    filled = {"x": Mm(x), "y": Mm(y), "wide": Mm(wide), "tall": Mm(tall), "id": at + 1}
    box = parse_xml(_TURNED.format(ns=nsdecls("w", "wp", "a"), **filled))
    content = next(box.iter(qn("w:txbxContent")))
    align = make("jc", val="right" if at == 0 else "left")
    content.append(make_paragraph("PageNumber", *_number_runs(), properties=(align,)))
    return [make_paragraph("PageNumber", box)]


def _letter_head(mark: str, size: float) -> list[Any]:
    """信函格式: the mark 30 mm below the edge of the page, 4 mm below it the double rule."""
    gap = m.RULE_BELOW_NUMBER * m.POINTS - (m.ASCENT - 0.8) * size
    # Four fifths of an exact line stand above the baseline.
    above = (m.LETTER_MARK_BELOW_EDGE - _HEADER) * m.POINTS + (m.ASCENT - 0.8) * size
    said = make_run(mark, make("rPr", make("sz", val=round(2 * size)), make("szCs", val=round(2 * size))))
    spacing = make("spacing", before=twips(above), line=twips(size), lineRule="exact")
    rule = make_border("bottom", 3.0, color=m.RED, kind="thickThinSmallGap")
    ends = make("ind", left=millimetres(_LETTER_LEFT), right=millimetres(_LETTER_RIGHT))
    below = make("spacing", line=twips(gap), lineRule="exact")
    return [
        make_paragraph("Mark", said, properties=(make("snapToGrid", val=0), spacing)),
        make_paragraph("PageNumber", properties=(make("pBdr", rule), below, ends)),
    ]


def _letter_foot() -> list[Any]:
    """The double rule 20 mm above the edge of the page, as filled lines; no number on the first page."""
    thin, gap, thick = 0.75, 2.25, 2.25
    top = (m.PAGE[1] - m.LETTER_RULE_ABOVE_EDGE) * m.POINTS - thin - gap - thick
    place = {"x": millimetres(m.LEFT + _LETTER_LEFT), "y": twips(top), "w": millimetres(m.LETTER_RULE)}
    lines = []
    for size, is_filled in ((thin, True), (gap, False), (thick, True)):
        frame = make("framePr", wrap="around", vAnchor="page", hAnchor="page", **place)
        fill = make("shd", val="clear", color="auto", fill=m.RED.removeprefix("#")) if is_filled else None
        spacing = make("spacing", line=twips(size), lineRule="exact")
        lines.append(make_paragraph("Hidden", properties=(frame, fill, spacing)))
    return [*lines, make_paragraph("PageNumber")]
