"""The marks of WordprocessingML (ISO/IEC 29500-1, part 17) that python-docx has no word for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dukao.papers.official import measures as m
from dukao.papers.official.fonts import NAMED, Face
from dukao.papers.official.values import Table

_TWIPS = 20  # to the point
_EIGHTHS = m.POINTS * 8  # widths of borders, to the millimetre


def child(parent: Any, name: str, **attributes: object) -> Any:
    """The child element of that name, made where there is none, its attributes set."""
    found = parent.find(qn(name))
    if found is None:
        found = OxmlElement(name)
        parent.append(found)
    for key, value in attributes.items():
        found.set(qn(f"w:{key}"), str(value))
    return found


def set_faces(properties: Any, face: Face) -> None:
    """The font for every script: digits stand in the font of the words around them."""
    fonts = child(properties, "w:rFonts")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), NAMED[face])


def set_tracking(properties: Any, points: float) -> None:
    """Points added to the advance of every character."""
    child(properties, "w:spacing", val=round(points * _TWIPS))


def set_grid(section: Any) -> None:
    """22 lines to a page: the line grid of the section."""
    child(section._sectPr, "w:docGrid", type="lines", linePitch=round(m.LINE * _TWIPS))


def set_spacing(paragraph: Any, points: float) -> None:
    """An exact distance from line to line; off the grid, which would round it."""
    properties = paragraph._p.get_or_add_pPr()
    child(properties, "w:snapToGrid", val=0)
    child(properties, "w:spacing", line=int(points * _TWIPS), lineRule="exact", before=0, after=0)
    child(properties, "w:overflowPunct", val=1)


def set_outline(paragraph: Any, level: int) -> None:
    """A head in Word's navigation, without the look of a heading style."""
    child(paragraph._p.get_or_add_pPr(), "w:outlineLvl", val=level - 1)


def rule_below(paragraph: Any) -> None:
    """The red rule, 4 mm below the document number, as wide as the text."""
    borders = child(paragraph._p.get_or_add_pPr(), "w:pBdr")
    child(
        borders, "w:bottom", val="single", sz=12, space=round(m.RULE_BELOW_NUMBER * m.POINTS), color=m.RED[1:]
    )


def write_field(run: Any, instruction: str) -> None:
    """A field that the program computes, as PAGE."""
    for kind, words in (("begin", None), (None, instruction), ("end", None)):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = words
        run._r.append(mark)


def mark_row(row: Any, *, is_head: bool) -> None:
    """A row that is not split between pages; the head stands again on each."""
    properties = row._tr.get_or_add_trPr()
    child(properties, "w:cantSplit")
    if is_head:
        child(properties, "w:tblHeader")


def merge_cells(made: Any, table: Table) -> None:
    """Cells that span rows, merged downwards; the rows below them hold nothing."""
    for at, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            if cell and cell.rows > 1:
                for below in range(cell.rows):
                    properties = made.rows[at + below].cells[column]._tc.get_or_add_tcPr()
                    child(properties, "w:vMerge", val="continue" if below else "restart")


def float_to_bottom(made: Any) -> None:
    """A table that stands on the bottom of 版心 of the page it comes to."""
    properties = made._tbl.tblPr
    child(
        properties,
        "w:tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="margin",
        tblpXSpec="left",
        tblpYSpec="bottom",
    )
    child(properties, "w:tblW", type="pct", w=5000)


def rule_imprint(made: Any) -> None:
    """The rules of 版记: first and last 0.35 mm, those between 0.25 mm."""
    thick, thin = round(m.THICK * _EIGHTHS), round(m.THIN * _EIGHTHS)
    borders = child(made._tbl.tblPr, "w:tblBorders")
    for edge, size in (("w:top", thick), ("w:bottom", thick), ("w:insideH", thin)):
        child(borders, edge, val="single", sz=size, space=0, color="000000")


# The order of children the schema asks for (ISO/IEC 29500-1, annex A); Word refuses others.
_ORDER = {
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "w:rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl "
        "cs em lang eastAsianLayout specVanish oMath"
    ),
    "w:tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription"
    ),
    "w:tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "w:sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid"
    ),
    "w:tblBorders": "top left start bottom right end insideH insideV",
}


def put_in_order(root: Any) -> None:
    """The children of every property element in the order of the schema."""
    for name, words in _ORDER.items():
        place = {qn(f"w:{word}"): at for at, word in enumerate(words.split())}
        for element in root.iter(qn(name)):
            element[:] = sorted(element, key=lambda one: place.get(one.tag, len(place)))
