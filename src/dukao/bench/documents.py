"""Documents to measure reading with, made from a text on the spot: PDF with lines or ruled tables, workbooks.

The PDF names a Chinese font and does not carry it: enough for whoever reads its letters and their places.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

_WIDE, _HIGH, _MARGIN = 595, 842, 80
_SIZE, _STEP = 15, 26
_LETTERS = (_WIDE - 2 * _MARGIN) // _SIZE
_LINES = (_HIGH - 2 * _MARGIN) // _STEP
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
    b" /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500]"
    b" /FontDescriptor 5 0 R /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)
_ROW, _ROW_LETTERS = 56, 14
_EDGES = (60, 100, 310, 535)


def write_text_pdf(text: str, path: Path) -> None:
    """Pages of lines as wide as a report's, from the paragraphs of a text."""
    lines = [line for paragraph in text.split("\n") for line in _wrap(paragraph.strip(), _LETTERS)]
    pages = [lines[start : start + _LINES] for start in range(0, len(lines), _LINES)]
    top = _HIGH - _MARGIN
    write_placed_pdf(
        [[(line, _MARGIN, top - _STEP * at) for at, line in enumerate(page)] for page in pages], path
    )


def write_placed_pdf(pages: Sequence[Sequence[tuple[str, int, int]]], path: Path) -> None:
    """Pages of words, each with where it begins and its foot, in points from the lower left corner."""
    _write_pdf(["\n".join(_say(*placed) for placed in page) for page in pages], path)


def write_table_pdf(rows: Sequence[Sequence[str]], path: Path) -> None:
    """Pages of a ruled table of three columns."""
    a_page = (_HIGH - 2 * _MARGIN) // _ROW
    pages = [_rule(rows[start : start + a_page]) for start in range(0, len(rows), a_page)]
    _write_pdf(pages, path)


def write_workbook(rows: Sequence[Sequence[str]], times: int, path: Path) -> None:
    """The rows so many times over, on one sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for number in range(times * len(rows)):
            sheet.write_row(number, 0, rows[number % len(rows)])


def _wrap(text: str, width: int) -> Iterator[str]:
    for start in range(0, len(text), width):
        yield text[start : start + width]


def _rule(rows: Sequence[Sequence[str]]) -> str:
    drawn = []
    top = _HIGH - _MARGIN
    for at, row in enumerate(rows):
        for left, text in zip(_EDGES, row, strict=False):
            for step, line in enumerate(list(_wrap(text, _ROW_LETTERS))[:3]):
                drawn.append(_say(line, left + 4, top - _ROW * at - 16 - 17 * step))
    bottom = top - _ROW * len(rows)
    levels = [top - _ROW * at for at in range(len(rows) + 1)]
    drawn += [f"{_EDGES[0]} {level} m {_EDGES[-1]} {level} l S" for level in levels]
    drawn += [f"{edge} {top} m {edge} {bottom} l S" for edge in _EDGES]
    return "\n".join(drawn)


def _say(line: str, left: int, foot: int) -> str:
    return f"BT /F1 {_SIZE} Tf {left} {foot} Td <{line.encode('utf-16-be').hex()}> Tj ET"


def _write_pdf(pages: Sequence[str], path: Path) -> None:
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    tree = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode()
    bodies = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, *_FONT]
    for number, page in enumerate(pages):
        head = f"/Parent 2 0 R /MediaBox [0 0 {_WIDE} {_HIGH}] /Resources << /Font << /F1 3 0 R >> >>"
        bodies.append(f"<< /Type /Page {head} /Contents {7 + 2 * number} 0 R >>".encode())
        bodies.append(b"<< /Length %d >>\nstream\n" % len(page) + page.encode() + b"\nendstream")
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    path.write_bytes(bytes(out))
