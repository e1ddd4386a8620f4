"""Packages (.xlsx, .docx) that are not taken in though they can be read: macros, nested packages, paths out.

The room of reading counts entries and bytes and finds what is damaged, locked or a bomb; here stands what a
site does not keep, and how little of it.
"""

import re
from pathlib import PurePosixPath

from dukao.reading.errors import SourceError
from dukao.reading.packages import Package
from dukao.site.refusals import Refusal as _Refusal
from dukao.site.refusals import Refused


class Refusal(_Refusal):
    """Every refusal with its sentence."""

    BROKEN_PACKAGE = "broken-package", "“{name}”打不开，文件不完整或已损坏：请重新取一份，或另存后再传。"
    UNSAFE_PACKAGE = (
        "unsafe-package",
        "“{name}”{fault}，为安全起见不收：请用办公软件打开，另存为不带宏、不加密的普通文档再传。",
    )


LARGEST = 300 * 2**20  # bytes unpacked, all entries together
LARGEST_RATIO = 200  # unpacked to packed, asked of entries past a megabyte
_ASKED_FROM = 2**20
_NESTED = (".zip", ".rar", ".7z", ".gz", ".xlsx", ".docx", ".pptx", ".xlsm", ".docm", ".jar")
_NESTED_MAGIC = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_MACROS = ("vbaproject.bin", "vbadata.xml", ".xlm", "macrosheets/", "activex/")
_XML = (".xml", ".rels", ".vml")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_SAID = {"locked": "设了打开密码", "bomb": "部件多于 5,000 个，或压缩比高得不正常"}


def refuse_unsafe_package(data: bytes, name: str) -> None:
    """Raise Refused where a ZIP package is not one that an office program writes; else nothing.

    Looked at: number of entries, size and ratio when unpacked, encrypted or nested packages, macros, DTD or
    ENTITY in any XML part, absolute paths and `..`.
    """
    try:
        fault = _fault_of(Package(name, data))
    except SourceError as error:
        if error.code not in _SAID:
            raise Refused(Refusal.BROKEN_PACKAGE, name=name, status=422) from error
        fault = _SAID[error.code]
    if fault:
        raise Refused(Refusal.UNSAFE_PACKAGE, name=name, fault=fault, status=422)


def _fault_of(package: Package) -> str:
    """What is wrong with a package, nothing where it is sound."""
    for part in package.entries:
        fault = _fault_of_name(part)
        if fault:
            return fault
    if package.has_doubles:
        return "里面有重名的部件"
    unpacked = 0
    for part in package.entries:
        size, fault = _fault_of_content(package, part, LARGEST - unpacked)
        if fault:
            return fault
        unpacked += size
    return ""


def _fault_of_name(part: str) -> str:
    """What the name of an entry gives away."""
    said = part.replace("\\", "/")
    path = PurePosixPath(said)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", said):
        return "里面有指向包外的路径"
    low = said.lower()
    if any(mark in low for mark in _MACROS):
        return "含有宏或控件"
    if low.endswith(_NESTED):
        return "里面还套着压缩包或别的文档"
    return ""


def _fault_of_content(package: Package, part: str, left: int) -> tuple[int, str]:
    """The size of an entry when unpacked, piece by piece, and what is wrong with it."""
    size, tail, is_xml = 0, b"", part.lower().endswith(_XML)
    most = max(LARGEST_RATIO * max(package.entries[part].compressed, 1), _ASKED_FROM)
    for piece in package.chunks(part):
        if not size and piece.startswith(_NESTED_MAGIC):
            return size, "里面还套着压缩包或别的文档"
        size += len(piece)
        if size > left:
            return size, f"展开后超过 {LARGEST // 2**20} MB"
        if size > most:
            return size, "压缩比高得不正常"
        if is_xml and _DOCTYPE.search(_plain(tail + piece)):
            return size, "含有外部实体声明"
        tail = piece[-64:]
    return size, ""


def _plain(piece: bytes) -> bytes:
    """XML in UTF-16 hides its declarations between zero bytes."""
    return piece.replace(b"\0", b"")
