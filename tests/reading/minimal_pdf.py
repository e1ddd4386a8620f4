"""A PDF written by hand: pages of ASCII words and a ruled table, or of one picture; none compressed."""

from pathlib import Path

_TABLE = [
    ("No", "Task", "Unit"),
    ("1", "Build 12 km of road.", "Bureau A"),
    ("2", "Plant 300 trees.", "Bureau B"),
]
_COLUMNS = (72, 110, 380, 520)


def write_pdf(path: Path, *, words: bool = True, pages: int = 3) -> None:
    """A sound file of so many pages, without any word where `words` is off."""
    content = _words() if words else "q 400 0 0 600 72 72 cm /Im0 Do Q"
    picture = (
        b"<< /Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8"
        b" /Length 4 >>\nstream\n\x00\xff\xff\x00\nendstream"
    )
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(pages))
    bodies: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        picture,
    ]
    for number in range(pages):
        resources = "<< /Font << /F1 3 0 R >> /XObject << /Im0 4 0 R >> >>"
        box = "/MediaBox [0 0 595 842]"
        page = f"<< /Type /Page /Parent 2 0 R {box} /Resources {resources} /Contents {6 + 2 * number} 0 R >>"
        drawn = content.replace("PAGE", str(number + 1)).encode()
        bodies += [page.encode(), b"<< /Length %d >>\nstream\n" % len(drawn) + drawn + b"\nendstream"]
    _write(path, bodies)


def _words() -> str:
    lines = [
        "BT /F1 9 Tf 250 810 Td (Running head of the office) Tj ET",
        "BT /F1 9 Tf 290 30 Td (- PAGE -) Tj ET",
    ]
    for row, cells in enumerate(_TABLE):
        for left, text in zip(_COLUMNS, cells, strict=False):
            lines.append(f"BT /F1 10 Tf {left + 4} {706 - 24 * row} Td ({text}) Tj ET")
    bottom = 722 - 24 * len(_TABLE)
    lines += [
        f"{_COLUMNS[0]} {722 - 24 * row} m {_COLUMNS[-1]} {722 - 24 * row} l S"
        for row in range(len(_TABLE) + 1)
    ]
    lines += [f"{column} 722 m {column} {bottom} l S" for column in _COLUMNS]
    return "\n".join(lines)


def _write(path: Path, bodies: list[bytes]) -> None:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    path.write_bytes(bytes(out))
