"""How much memory a workbook takes to read, by what makes it large: pictures, empty formatted rows, words.

A process of its own reads each: what it held at most, beyond what it held before the file was opened.
"""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

_SPARE = 24_000_000  # bytes beyond the text: a piece of the file, and what takes it apart
_NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_BOOK = (
    f'<workbook {_NAMESPACE} xmlns:r="{_OFFICE}"><sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_LETTERS = {letter: 0x4E00 + 37 * letter for letter in range(256)}
_WORDS = 100  # characters of a cell
# What a row comes to in the file; of empty ones there are a tenth as many as would fill it.
_ROW_BYTES, _EMPTY_ROW_BYTES = 165, 280
# What the system says of a process, for as long as it is the same program: the most it ever held.
_STATUS = Path("/proc/self/status")
_READ = """
import json, re, sys
import dukao.reading.workbook.reader, lxml.etree
from dukao.reading import read_file
def peak():
    with open("/proc/self/status") as status:
        return 1024 * int(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
before = peak()
text = read_file(sys.argv[1]).text
print(json.dumps([sys.getsizeof(text), peak() - before]))
"""


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """Bytes of a file, of its text as it is held, and of the memory that reading it took at most."""

    name: str
    size: int
    text: int
    peak: int

    @property
    def limit(self) -> int:
        """The text itself, which is held as one, and a fixed amount, whatever the size."""
        return self.text + _SPARE


def measure_memory(size: int) -> Iterator[MemoryUse]:
    """The memory that workbooks of about `size` bytes take; nothing where the system does not tell."""
    if not _STATUS.exists():
        return
    fills = {
        "图片": {"picture": size},
        "空的格式行": {"empty": size // _EMPTY_ROW_BYTES},
        "文字": {"rows": size // _ROW_BYTES},
    }
    with tempfile.TemporaryDirectory() as folder:
        for name, fill in fills.items():
            path = Path(folder) / "工作簿.xlsx"
            write_large_workbook(path, **fill)
            said = subprocess.run([sys.executable, "-c", _READ, path], capture_output=True, check=True)
            text, peak = json.loads(said.stdout)
            yield MemoryUse(name, path.stat().st_size, text, peak)


def write_large_workbook(path: Path, *, rows: int = 20, empty: int = 0, picture: int = 0) -> None:
    """A workbook of so many rows of words, rows of formatted cells without any, and bytes of a picture."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr("xl/workbook.xml", _BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", _RELATIONS)
        package.writestr("xl/media/image1.jpeg", os.urandom(picture), ZIP_STORED)
        letters = Random(0)
        said = (
            f"<si><t>{letters.randbytes(_WORDS).decode('latin-1').translate(_LETTERS)}</t></si>"
            for _ in range(rows)
        )
        _write_part(package, "xl/sharedStrings.xml", f"<sst {_NAMESPACE}>", said, "</sst>")
        head, end = f"<worksheet {_NAMESPACE}><sheetData>", "</sheetData></worksheet>"
        _write_part(package, "xl/worksheets/sheet1.xml", head, _rows(rows, empty), end)


def _rows(rows: int, empty: int) -> Iterator[str]:
    for at in range(1, rows + 1):
        yield f'<row r="{at}"><c r="A{at}"><v>{at}</v></c><c r="B{at}" t="s"><v>{at - 1}</v></c></row>'
    for at in range(rows + 1, rows + empty + 1):
        yield (
            f'<row r="{at}">' + "".join(f'<c r="{column}{at}" s="1"/>' for column in "ABCDEFGHIJ") + "</row>"
        )


def _write_part(package: zipfile.ZipFile, name: str, head: str, pieces: Iterator[str], end: str) -> None:
    with package.open(name, "w") as part:
        part.write(head.encode())
        for piece in pieces:
            part.write(piece.encode())
        part.write(end.encode())
