"""Which letters of a PDF page are bold: by the name and weight of their face, or filled and outlined."""

import ctypes
import re
from collections.abc import Iterator, Set
from typing import Any

_BOLD = re.compile(r"bold|black|heavy", re.I)
_BOLD_WEIGHT = 600
_FORCED = 1 << 18  # the flag ForceBold of a font
_LONGEST_NAME = 200
_DEEPEST, _MOST_OBJECTS = 4, 100_000


def find_bold(page: Any) -> Set[int]:
    """The keys of the pieces of text that are bold on a page; none where all are, or none is."""
    from pypdfium2 import raw

    faces: dict[int, bool] = {}
    bold: set[int] = set()
    has_plain = False
    for piece in _pieces(raw, page.raw, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, 0):
        if _is_bold(raw, piece, faces):
            bold.add(key_of(piece))
        else:
            has_plain = True
    return bold if has_plain else frozenset()


def key_of(piece: Any) -> int:
    """What tells a piece of text from others of its page."""
    return ctypes.cast(piece, ctypes.c_void_p).value or 0


def _pieces(raw: Any, holder: Any, count: Any, get: Any, depth: int) -> Iterator[Any]:
    """The pieces of text of a page, also those in its forms."""
    for index in range(min(count(holder), _MOST_OBJECTS)):
        item = get(holder, index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            yield from _pieces(raw, item, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, depth + 1)


def _is_bold(raw: Any, piece: Any, faces: dict[int, bool]) -> bool:
    if raw.FPDFTextObj_GetTextRenderMode(piece) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE:
        return True
    face = raw.FPDFTextObj_GetFont(piece)
    key = key_of(face)
    if key not in faces:
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        raw.FPDFFont_GetBaseFontName(face, name, _LONGEST_NAME)
        is_heavy = raw.FPDFFont_GetWeight(face) >= _BOLD_WEIGHT
        forced = max(raw.FPDFFont_GetFlags(face), 0) & _FORCED
        faces[key] = bool(is_heavy or forced or _BOLD.search(name.value.decode("latin-1")))
    return faces[key]
