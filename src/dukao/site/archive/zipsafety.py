"""Packages (.xlsx, .docx) looked at before anything opens them: bombs, macros, XXE, paths that lead out.

Nothing is trusted that the package says of itself: entries are counted and unpacked in pieces, up to a limit.
"""

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from dukao.site.archive.errors import Refusal
from dukao.site.refusals import Refused

MOST_ENTRIES = 5_000
LARGEST = 300 * 2**20  # bytes unpacked, all entries together
LARGEST_RATIO = 200  # unpacked to packed, asked of entries past a megabyte
_ASKED_FROM = 2**20
_PIECE = 2**16
_NESTED = (".zip", ".rar", ".7z", ".gz", ".xlsx", ".docx", ".pptx", ".xlsm", ".docm", ".jar")
_NESTED_MAGIC = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
_MACROS = ("vbaproject.bin", "vbadata.xml", ".xlm", "macrosheets/", "activex/")
_XML = (".xml", ".rels", ".vml")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def refuse_unsafe_package(data: bytes, name: str) -> None:
    """Raise Refused where a ZIP package is not one that an office program writes; else nothing.

    Looked at: number of entries, size and ratio when unpacked, encrypted or nested packages, macros, DTD or
    ENTITY in any XML part, absolute paths and `..`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            fault = _fault_of(package)
    except _BROKEN as error:
        raise Refused(Refusal.BROKEN_PACKAGE, name=name, status=422) from error
    if fault:
        raise Refused(Refusal.UNSAFE_PACKAGE, name=name, fault=fault, status=422)


def _fault_of(package: zipfile.ZipFile) -> str:
    """What is wrong with a package, nothing where it is sound."""
    entries = package.infolist()
    if len(entries) > MOST_ENTRIES:
        return f"里面有 {len(entries)} 个部件，多于 {MOST_ENTRIES} 个"
    for entry in entries:
        fault = _fault_of_name(entry)
        if fault:
            return fault
    if len({entry.filename for entry in entries}) < len(entries):
        return "里面有重名的部件"
    unpacked = 0
    for entry in entries:
        size, fault = _fault_of_content(package, entry, LARGEST - unpacked)
        if fault:
            return fault
        unpacked += size
    return ""


def _fault_of_name(entry: zipfile.ZipInfo) -> str:
    """What the name and the flags of an entry give away."""
    said = entry.filename.replace("\\", "/")
    path = PurePosixPath(said)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", said):
        return "里面有指向包外的路径"
    if entry.flag_bits & 0x1:
        return "设了打开密码"
    low = said.lower()
    if any(mark in low for mark in _MACROS):
        return "含有宏或控件"
    if low.endswith(_NESTED):
        return "里面还套着压缩包或别的文档"
    return ""


def _fault_of_content(package: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> tuple[int, str]:
    """The size of an entry when unpacked, piece by piece, and what is wrong with it."""
    size, tail, is_xml = 0, b"", entry.filename.lower().endswith(_XML)
    with package.open(entry) as part:
        while piece := part.read(_PIECE):
            if not size and piece.startswith(_NESTED_MAGIC):
                return size, "里面还套着压缩包或别的文档"
            size += len(piece)
            if size > left:
                return size, f"展开后超过 {LARGEST // 2**20} MB"
            if size > _ASKED_FROM and size > LARGEST_RATIO * max(entry.compress_size, 1):
                return size, "压缩比高得不正常"
            if is_xml and _DOCTYPE.search(_plain(tail + piece)):
                return size, "含有外部实体声明"
            tail = piece[-64:]
    return size, ""


def _plain(piece: bytes) -> bytes:
    """XML in UTF-16 hides its declarations between zero bytes."""
    return piece.replace(b"\0", b"")
