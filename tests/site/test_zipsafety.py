"""Packages looked at before they are opened."""

import io
import zipfile

import pytest

from dukao.site import zipsafety
from dukao.site.refusals import Refused
from dukao.site.zipsafety import refuse_unsafe_package

SHEET = b'<?xml version="1.0"?><worksheet><sheetData/></worksheet>'
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def packed(parts: dict[str, bytes]) -> bytes:
    """A package with these parts beside what every workbook has."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in {"[Content_Types].xml": b"<Types/>", "xl/sheet1.xml": SHEET, **parts}.items():
            made.writestr(name, data)
    return whole.getvalue()


def test_a_plain_workbook_passes() -> None:
    refuse_unsafe_package(packed({"xl/sharedStrings.xml": "改造老旧小区".encode() * 900}), "台账.xlsx")


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"xl/vbaProject.bin": b"x"}, "宏"),
        ({"xl/macrosheets/sheet1.xml": SHEET}, "宏"),
        ({"xl/activeX/activeX1.bin": b"x"}, "宏"),
        ({"../../evil.txt": b"x"}, "包外"),
        ({"xl\\..\\..\\evil.txt": b"x"}, "包外"),
        ({"/etc/cron.d/evil": b"x"}, "包外"),
        ({"C:/evil": b"x"}, "包外"),
        ({"xl/a.zip": b"x"}, "压缩包"),
        ({"xl/embeddings/picture.png": packed({})}, "压缩包"),
        ({"xl/embeddings/other.docx": b"x"}, "压缩包"),
        ({"xl/workbook.xml": XXE}, "外部实体"),
        ({"xl/workbook.xml": b" " * 65530 + b"<!DOCTYPE a>"}, "外部实体"),
        ({"xl/workbook.xml": XXE.decode().encode("utf-16")}, "外部实体"),
        ({"_rels/.rels": b"<!ENTITY x 'y'>"}, "外部实体"),
        ({"xl/media/image.png": b"\0" * 2**24}, "压缩比"),
    ],
)
def test_what_no_office_program_writes_is_refused(parts: dict[str, bytes], said: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_unsafe_package(packed(parts), "台账.xlsx")
    assert said in refused.value.sentence
    assert refused.value.status == 422


def test_a_package_of_too_many_parts_is_refused() -> None:
    with pytest.raises(Refused, match="多于"):
        refuse_unsafe_package(packed({f"xl/{number}.txt": b"" for number in range(5001)}), "台账.xlsx")


def test_a_package_that_unpacks_past_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipsafety, "LARGEST", 2**20)
    parts = {f"xl/{number}.txt": bytes(range(256)) * 2000 for number in range(3)}
    with pytest.raises(Refused, match="展开后超过 1 MB"):
        refuse_unsafe_package(packed(parts), "台账.xlsx")


def test_a_package_that_lies_about_its_sizes_is_refused() -> None:
    data = bytearray(packed({"xl/media/image.bin": b"\0" * 2**24}))
    # The size an entry says it unpacks to, in its own head and in the list at the end.
    lie = (2**24).to_bytes(4, "little")
    while (at := data.find(lie)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    with pytest.raises(Refused):
        refuse_unsafe_package(bytes(data), "台账.xlsx")


def test_two_parts_of_one_name_are_refused() -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr("xl/sheet1.xml", SHEET)
        with pytest.warns(UserWarning, match="Duplicate name"):
            made.writestr("xl/sheet1.xml", SHEET)
    with pytest.raises(Refused, match="重名"):
        refuse_unsafe_package(whole.getvalue(), "台账.xlsx")


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, packed({})[:-30]])
def test_a_broken_package_is_said_as_such(data: bytes) -> None:
    with pytest.raises(Refused, match="不完整或已损坏"):
        refuse_unsafe_package(data, "台账.xlsx")


def test_an_encrypted_package_is_refused() -> None:
    data = bytearray(packed({}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (found := data.find(mark, start)) >= 0:
            data[found + at] |= 1
            start = found + 4
    with pytest.raises(Refused, match="打开密码"):
        refuse_unsafe_package(bytes(data), "台账.xlsx")
