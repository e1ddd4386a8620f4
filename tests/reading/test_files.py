"""What `read_file` reads, says and refuses."""

import hashlib
import os
import time
from pathlib import Path

import pytest

from dukao.reading import SourceError, read_file
from dukao.reading.errors import REFUSALS

TEXT = "# 政府工作报告\r\n\r\n一、二〇二三年工作回顾\n全区新增绿道１２公里，一般公共预算收入增长7.5%。\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
BINARIES = [
    ("a.zip", b"PK\x03\x04\x14\0\0\0\x08\0notes", "ZIP"),
    ("packed.zip", b"PK\x03\x04" + b"\0" * 22 + b"\x08\0\0\0one.docxPK\x03\x04word/document.xml", "ZIP"),
    ("a.ofd", b"PK\x03\x04\x14\0\0\0\x08\0OFD.xml", "OFD"),
    ("a.pptx", b"PK\x03\x04\x14\0\0\0\x08\0ppt/slides", "PowerPoint"),
    ("a.odt", b"PK\x03\x04\x14\0\0\0\x08\0mimetypeapplication/vnd.oasis.opendocument.text", "OpenDocument"),
    ("a.doc", OLE, "Word"),
    ("a.wps", OLE, "WPS"),
    ("a.et", OLE, "WPS"),
    ("a.xls", OLE, "Excel"),
    ("a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
    ("a.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0", "JPEG"),
    ("a.bmp", b"BM\x36\0\x0c\0\0\0", "BMP"),
    ("a", b"\x7fELF\x02\x01\x01\0", "程序"),
    ("a.exe", b"MZ\x90\0\x03\0\0\0", "程序"),
    ("a.gz", b"\x1f\x8b\x08\0", "gzip"),
    ("a.rtf", b"{\\rtf1\\ansi", "RTF"),
    ("a.mht", b"MIME-Version: 1.0\nContent-Type: multipart/related", "mht"),
    ("noise.txt", bytes(range(256)) * 20, "二进制"),
]
# What has a reader, cut off behind its first bytes.
DAMAGED = [
    ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("a.docx", b"PK\x03\x04\x14\0\0\0\x08\0word/document.xml"),
    ("a.xlsx", b"PK\x03\x04\x14\0\0\0\x08\0xl/workbook.xml"),
    ("report.txt", b"%PDF-1.4\n"),
]


def write(folder: Path, data: bytes, name: str = "报告.md") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "step"),
    [
        (OLE, "另存为 .docx"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "去掉密码"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "文字版"),
        (b"\x1f\x8b\x08\0", "先解压"),
        (bytes(range(256)) * 20, "是否取错"),
    ],
)
def test_what_is_no_text_is_refused_with_a_step_that_helps(data: bytes, step: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=step):
        read_file(write(tmp_path, data))


@pytest.mark.parametrize(
    ("codec", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_reads_every_encoding_and_says_which(tmp_path: Path, codec: str, encoding: str) -> None:
    data = TEXT.encode(codec)
    source = read_file(write(tmp_path, data))
    assert source.text == TEXT
    assert source.encoding == encoding
    assert data.decode(source.encoding) == source.text
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert [d.code for d in source.diagnostics] == ([] if codec.startswith("utf-8") else ["encoding"])


def test_reads_a_big_endian_mark(tmp_path: Path) -> None:
    source = read_file(write(tmp_path, b"\xfe\xff" + TEXT.encode("utf-16-be")))
    assert (source.text, source.encoding) == (TEXT, "utf-16")


def test_tells_utf_16_by_more_than_where_its_nuls_stand(tmp_path: Path) -> None:
    # "一" is U+4E00: its NUL stands where a big-endian line break has its own.
    text = "一一得一，一心一意。\n" + "一" * 40
    assert read_file(write(tmp_path, text.encode("utf-16-le"))).text == text
    assert read_file(write(tmp_path, text.encode("utf-16-be"))).text == text


def test_keeps_line_ends_and_odd_characters_as_they_are(tmp_path: Path) -> None:
    text = "报告\r\n正文\r末行\x0c\u3000全角\u2028完"
    assert read_file(write(tmp_path, text.encode())).text == text


def test_reads_text_of_any_extension_with_its_media_type(tmp_path: Path) -> None:
    assert read_file(write(tmp_path, TEXT.encode(), "a.MD")).media_type == "text/markdown"
    assert read_file(write(tmp_path, TEXT.encode(), "a.txt")).media_type == "text/plain"
    assert read_file(write(tmp_path, TEXT.encode(), "a")).media_type == "text/plain"


def test_text_that_begins_like_a_program_is_text(tmp_path: Path) -> None:
    assert read_file(write(tmp_path, "MZ 与 BM 都是字母。".encode())).text.startswith("MZ")
    assert read_file(write(tmp_path, "BM 也是。".encode())).text.startswith("BM")


def test_one_stray_control_character_is_no_binary(tmp_path: Path) -> None:
    text = "全区重点工作" * 100 + "\x00" + "完成。" * 50
    assert read_file(write(tmp_path, text.encode())).text == text


@pytest.mark.parametrize(("name", "data", "found"), BINARIES)
def test_refuses_a_binary_and_names_it(tmp_path: Path, name: str, data: bytes, found: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_file(write(tmp_path, data, name))
    assert refusal.value.code == "binary"
    assert found in refusal.value.message
    assert ".txt" in refusal.value.message


@pytest.mark.parametrize(("name", "data"), DAMAGED)
def test_refuses_a_damaged_document(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(SourceError, match="损坏") as refusal:
        read_file(write(tmp_path, data, name))
    assert refusal.value.code == "damaged"


def test_refuses_an_empty_file(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="0 字节") as refusal:
        read_file(write(tmp_path, b""))
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("text", [" \r\n\t\n", "\u3000\u3000\n", "\ufeff\ufeff", "\u200b\n"])
def test_refuses_a_file_of_white_space(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_file(write(tmp_path, text.encode()))
    assert refusal.value.code == "blank"


@pytest.mark.parametrize("codec", ["big5", "shift_jis"])
def test_refuses_what_no_encoding_reads(tmp_path: Path, codec: str) -> None:
    with pytest.raises(SourceError) as refusal:
        read_file(write(tmp_path, "政府工作報告全文發表".encode(codec, "ignore") * 5))
    assert refusal.value.code == "undecodable"


def test_says_where_a_damaged_file_breaks(tmp_path: Path) -> None:
    good = "全区新增绿道".encode()
    with pytest.raises(SourceError, match=f"第 {len(good) + 1} 个字节"):
        read_file(write(tmp_path, good + b"\xff\xff" + good))


def test_refuses_a_missing_file_and_a_directory(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as missing:
        read_file(tmp_path / "没有.txt")
    with pytest.raises(SourceError) as directory:
        read_file(tmp_path)
    with pytest.raises(SourceError) as below:
        read_file(write(tmp_path, b"x") / "a.txt")
    assert [missing.value.code, directory.value.code, below.value.code] == ["missing", "directory", "missing"]


@pytest.mark.skipif(getattr(os, "geteuid", int)() == 0, reason="the superuser may read everything")
def test_refuses_a_file_one_may_not_read(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.encode())
    path.chmod(0)
    with pytest.raises(SourceError) as refusal:
        read_file(path)
    assert refusal.value.code == "permission"


def test_every_refusal_is_one_line_that_begins_with_the_name(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as refusal:
        read_file(write(tmp_path, b""))
    assert str(refusal.value).startswith("报告.md：")
    assert all("\n" not in sentence and sentence.endswith("。") for sentence in REFUSALS.values())


def test_reads_a_file_of_fifty_megabytes(tmp_path: Path) -> None:
    path = write(tmp_path, TEXT.encode() * (50_000_000 // len(TEXT.encode()) + 1))
    before = time.perf_counter()
    source = read_file(path)
    assert len(source.text) > 19_000_000
    assert time.perf_counter() - before < 5


def test_reads_the_real_documents(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        assert read_file(path).text == path.read_bytes().decode()
