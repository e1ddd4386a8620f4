"""Broken, truncated, hostile files: one Chinese line, no traceback, no hang, nothing half-written.

The files are made by mutation from whole ones, seeds fixed: 200 in a usual run, 2,000 with DUKAO_LONG=1. They
are read in processes of their own, so that a hang or a hunger for memory is seen from outside.
"""

import io
import json
import os
import random
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dukao.reading import SourceError, read_file
from dukao.sample import sample_path
from tests.reading import offices
from tests.reading.minimal_pdf import write_pdf

COUNT = 2_000 if os.environ.get("DUKAO_LONG") else 200
_BATCH = 50
_LONGEST = 10.0  # seconds for one file
_MOST = 500_000  # kB above what the imports take
# Read and compile every file; tell time, memory and the first line of what was said.
_PROGRAM = """
import io, json, resource, sys, time, contextlib
from pathlib import Path
from dukao.cli.main import main
import dukao.reading.word.reader, dukao.reading.workbook.reader
import dukao.reading.pdf.reader, dukao.reading.webpage.reader
import lxml.etree, pypdfium2, dukao.breakdown.compiler
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for path in sys.argv[1:]:
    out, err = io.StringIO(), io.StringIO()
    before = time.perf_counter()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["breakdown", path, "--json"])
    took = time.perf_counter() - before
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base
    print(json.dumps([Path(path).name, status, took, grown, err.getvalue()]), flush=True)
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Whole files of every format, small ones."""
    folder = tmp_path_factory.mktemp("whole")
    text = sample_path("breakdown").read_text("utf-8")
    blocks = offices.read_blocks("\n".join(text.split("\n")[:60] + text.split("\n")[225:]))
    offices.write_docx(blocks, folder / "a.docx")
    offices.write_xlsx(blocks, folder / "a.xlsx")
    offices.write_html(blocks, folder / "a.html")
    write_pdf(folder / "a.pdf")
    return sorted(folder.iterdir())


def mutate(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut off, doubled, dropped or swapped for others."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        kind, at = chance.randrange(6), chance.randrange(len(data) or 1)
        span = chance.choice((1, 4, 40, 2000))
        if kind == 0:
            data = data[:at]
        elif kind == 1:
            data = data[:at] + chance.randbytes(span) + data[at + span :]
        elif kind == 2:
            data = data[:at] + data[at : at + span] + data[at:]
        elif kind == 3:
            data = data[:at] + data[at + span :]
        elif kind == 4:
            data = data[:at] + bytes([chance.choice((0, 0x7F, 0xFF, 0x3C, 0x28))]) * span + data[at + span :]
        else:
            data = data[:at] + data[at + span : at + 2 * span] + data[at : at + span] + data[at + 2 * span :]
    return data


def mutate_part(data: bytes, chance: random.Random) -> bytes:
    """The same inside one part of a package, which stays a sound package."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        names = package.namelist()
        chosen = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = package.read(name)
            out.writestr(name, mutate(part, chance) if name == chosen else part)
    return made.getvalue()


def make_mutants(whole: list[Path], folder: Path) -> list[Path]:
    made = []
    for number in range(COUNT):
        chance = random.Random(number)
        path = whole[number % len(whole)]
        is_package = path.suffix in (".docx", ".xlsx") and number % 3
        data = (mutate_part if is_package else mutate)(path.read_bytes(), chance)
        made.append(folder / f"{number}{path.suffix}")
        made[-1].write_bytes(data)
    return made


def test_no_mutant_hangs_grows_or_breaks_the_reader(whole: list[Path], tmp_path: Path) -> None:
    mutants = make_mutants(whole, tmp_path)
    read = 0
    for start in range(0, len(mutants), _BATCH):
        batch = [str(path) for path in mutants[start : start + _BATCH]]
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM, *batch],
            capture_output=True,
            timeout=_BATCH * _LONGEST,
            check=False,
        )
        lines = [json.loads(line) for line in done.stdout.decode().splitlines()]
        assert len(lines) == len(batch), (batch[len(lines)], done.returncode, done.stderr.decode()[-2000:])
        assert "panicked" not in done.stderr.decode()
        for name, status, took, grown, said in lines:
            assert took < _LONGEST, (name, took)
            assert grown < _MOST, (name, grown)
            assert status in (0, 1), (name, said)
            assert "程序出错" not in said, (name, said)
            assert "Traceback" not in said, (name, said)
            assert all(line.startswith(name) for line in said.splitlines()), (name, said)
            read += status == 0
    assert read > COUNT // 20
    assert sorted(tmp_path.iterdir()) == sorted(mutants)


def write_package(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(path: Path, body: str, head: str = "", **parts: bytes) -> Path:
    document = f'<?xml version="1.0"?>{head}<w:document {_W}><w:body>{body}</w:body></w:document>'
    named = {f"word/{name}.xml": data for name, data in parts.items()}
    return write_package(path, {"word/document.xml": document.encode(), **named})


def refusal_of(path: Path) -> SourceError:
    with pytest.raises(SourceError) as refusal:
        read_file(path)
    return refusal.value


def test_entities_are_never_expanded(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>"
    assert refusal_of(word(tmp_path / "a.docx", body, laughs)).code == "hostile"
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    fetched = f'<!DOCTYPE w [<!ENTITY b SYSTEM "{secret.as_uri()}">]>'
    assert "机密" not in str(refusal_of(word(tmp_path / "b.docx", body, fetched)))


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    assert refusal_of(word(tmp_path / "a.docx", "<w:p/>" + " " * 60_000_000)).code == "bomb"
    whole = tmp_path / "a.xlsx"
    offices.write_xlsx([offices.Block("标题")], whole)
    with zipfile.ZipFile(whole) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["xl/worksheets/sheet1.xml"] += b" " * 60_000_000
    assert refusal_of(write_package(tmp_path / "b.xlsx", parts)).code == "bomb"
    many = {f"word/{number}.xml": b"" for number in range(6_000)}
    assert refusal_of(write_package(tmp_path / "c.docx", many)).code == "bomb"


def write_cells(path: Path, cells: dict[str, str]) -> Path:
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet()
        for place, text in cells.items():
            sheet.write(place, text)
    return path


def test_a_cell_far_out_takes_no_memory(tmp_path: Path) -> None:
    source = read_file(write_cells(tmp_path / "a.xlsx", {"A1": "重点工作", "XFD1048576": "远"}))
    assert source.place_of(source.text.index("远")) == {"sheet": "Sheet1", "cell": "XFD1048576"}
    wide = write_cells(tmp_path / "b.xlsx", {f"XFD{row}": "远" for row in range(1, 600)} | {"A700": "近"})
    assert refusal_of(wide).code == "large"
    assert "单元格超过" in refusal_of(wide).message


def test_many_marks_of_one_word_are_passed_once(tmp_path: Path) -> None:
    path = write_cells(tmp_path / "a.xlsx", {"A1": "重点工作"})
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    marks = b"<si><r><rPr>" + b"<b/>" * 200_000 + b"<si>"
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"<si>", marks)
    command = [sys.executable, "-m", "dukao", "text", str(write_package(path, parts))]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1)


def test_a_million_empty_elements_are_not_read(tmp_path: Path) -> None:
    assert refusal_of(word(tmp_path / "a.docx", "<w:p/>" * 6_000_000)).code in {"large", "bomb"}


def test_deep_nesting_ends_in_a_sentence(tmp_path: Path) -> None:
    cells = "<w:tbl><w:tr><w:tc>" * 2_000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2_000
    assert refusal_of(word(tmp_path / "a.docx", cells)).code == "damaged"


def test_a_page_nested_beyond_reason_is_read_or_refused(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html><body>" + "<div>" * 100_000 + "正文" + "</div>" * 100_000, "utf-8")
    command = [sys.executable, "-m", "dukao", "text", str(page)]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    assert done.returncode in (0, 1)
    assert len(done.stderr.decode().splitlines()) == done.returncode


def test_a_locked_or_scanned_file_says_what_to_do(tmp_path: Path) -> None:
    scanned = tmp_path / "a.pdf"
    write_pdf(scanned, words=False)
    assert "扫描件" in str(refusal_of(scanned))
    locked = tmp_path / "b.docx"
    locked.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))
    assert "去掉密码" in str(refusal_of(locked))


def test_an_output_is_whole_or_not_there(tmp_path: Path) -> None:
    broken = tmp_path / "a.docx"
    broken.write_bytes(b"PK\x03\x04 word/ broken")
    book = tmp_path / "台账.xlsx"
    command = [sys.executable, "-m", "dukao", "breakdown", str(broken), "--xlsx", str(book)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().startswith("a.docx：")
    assert sorted(tmp_path.iterdir()) == [broken]
