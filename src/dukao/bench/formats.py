"""How fast documents are read, each beside the bare library that opens its format, as ratios in one run."""

import io
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dukao.bench.documents import write_table_pdf, write_text_pdf, write_workbook
from dukao.bench.measuring import time_in_turns
from dukao.reading.files import read_file

_TEXT_BYTES = 60_000
_ROWS = 60
_TIMES = 40  # the breakdown's rows in a workbook


@dataclass(frozen=True, slots=True)
class FormatSpeed:
    """Seconds of the bare library and of `read_file` on one document, and the ratio allowed."""

    name: str
    peer: str
    limit: float
    bare: float
    ours: float

    @property
    def ratio(self) -> float:
        """How many times the bare library reading takes."""
        return self.ours / self.bare


def measure_formats(report: str, breakdown: str) -> Iterator[FormatSpeed]:
    """The speed of every format, on documents made of a report's text and a breakdown's rows (tabs)."""
    rows = [line.split("\t")[:3] for line in breakdown.split("\n") if "\t" in line]
    text = report * (_TEXT_BYTES // max(len(report.encode()), 1) + 1)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        pages, table, book = folder / "文字.pdf", folder / "表格.pdf", folder / "工作簿.xlsx"
        write_text_pdf(text, pages)
        write_table_pdf(rows[:_ROWS], table)
        write_workbook(rows, _TIMES, book)
        yield _measure("PDF 文字", "pypdfium2", 3.0, pages, _read_bare_pdf)
        if _is_there("pdfplumber"):
            yield _measure("PDF 表格", "pdfplumber", 1.5, table, _read_bare_tables)
        if _is_there("python_calamine"):
            yield _measure("Excel 工作簿", "python-calamine", 2.0, book, _read_bare_workbook)


def _measure(name: str, peer: str, limit: float, path: Path, bare: Callable[[bytes], int]) -> FormatSpeed:
    data = path.read_bytes()
    theirs, ours = time_in_turns(lambda: bare(data), lambda: read_file(path))
    return FormatSpeed(name, peer, limit, theirs, ours)


def _read_bare_pdf(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    letters = 0
    for number in range(len(document)):
        page = document[number]
        words = page.get_textpage()
        letters += len(words.get_text_range())
        words.close()
        page.close()
    document.close()
    return letters


def _is_there(module: str) -> bool:
    return find_spec(module) is not None


def _read_bare_tables(data: bytes) -> int:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        return sum(len(page.extract_tables()) for page in document.pages)


def _read_bare_workbook(data: bytes) -> int:
    import python_calamine

    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)
