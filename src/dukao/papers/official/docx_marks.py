"""The marks of WordprocessingML (ISO/IEC 29500-1, part 17), made in the order its schema asks for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dukao.papers.official import measures as m
from dukao.papers.official.fonts import NAMED, Face

TWIPS = 20  # to the point
_SCRIPTS = ("ascii", "hAnsi", "eastAsia", "cs")


def twips(points: float) -> int:
    """Points as twentieths of a point."""
    return round(points * TWIPS)


def millimetres(length: float) -> int:
    """Millimetres as twentieths of a point."""
    return twips(length * m.POINTS)


def eighths(points: float) -> int:
    """The width of a border."""
    return round(points * 8)


def make(name: str, /, *children: Any, **attributes: object) -> Any:
    """An element of the namespace `w` with its children in the order given; `None` among them is left out."""
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def make_fonts(face: Face) -> Any:
    """The font for every script: digits stand in the font of the words around them."""
    return make("rFonts", **dict.fromkeys(_SCRIPTS, NAMED[face]), hint="eastAsia")


def make_run(words: str, properties: Any = None) -> Any:
    """A run; a line end in its words is a line break."""
    run = make("r", properties)
    for at, line in enumerate(words.split("\n")):
        if at:
            run.append(make("br"))
        run.append(_make_text(printable(line)))
    return run


def make_field(instruction: str) -> list[Any]:
    """The runs of a field that the program computes, as PAGE."""
    return [
        make("r", make("fldChar", fldCharType="begin")),
        make("r", _make_text(instruction, "instrText")),
        make("r", make("fldChar", fldCharType="separate")),
        make("r", _make_text("1")),
        make("r", make("fldChar", fldCharType="end")),
    ]


def make_paragraph(style: str, *runs: Any, properties: tuple[Any, ...] = (), words: str = "") -> Any:
    """A paragraph of a style; `properties` are those it has beside, in the order of the schema."""
    if words:
        runs = (*runs, make_run(words))
    return make("p", make("pPr", make("pStyle", val=style), *properties), *runs)


def make_border(
    edge: str, size: float, *, color: str = "000000", space: int = 0, kind: str = "single"
) -> Any:
    """One border, its width and its distance from the words in points."""
    return make(edge, val=kind, sz=eighths(size), space=space, color=color.removeprefix("#"))


def _make_text(words: str, name: str = "t") -> Any:
    made = make(name)
    made.text = words
    made.set(qn("xml:space"), "preserve")
    return made


def printable(words: str) -> str:
    """Words without what XML 1.0 cannot hold."""
    return "".join(
        letter
        for letter in words
        if (letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff")
        or letter == "\t"
    )
