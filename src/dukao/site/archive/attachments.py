"""Files kept for other rooms: evidence. Looked at like documents, and never opened or shown by the site."""

import zipfile
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import NamedTuple

from dukao.reading.errors import SourceError
from dukao.site.archive import store
from dukao.site.archive.beside import read_beside
from dukao.site.archive.errors import Refusal
from dukao.site.archive.models import Attachment
from dukao.site.archive.reading import read_upload
from dukao.site.archive.secrecy import find_mark
from dukao.site.refusals import Refused
from dukao.site.zipsafety import refuse_unsafe_package

LARGEST = 20 * 1024 * 1024
# The endings that are taken, and how the bytes of such a file begin.
KINDS: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ".jpg": (b"\xff\xd8\xff", "image/jpeg"),
    ".jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    ".png": (b"\x89PNG\r\n\x1a\n", "image/png"),
}
_PARTS = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


class Kept(NamedTuple):
    """A file in the store: its sha256, name and size."""

    sha256: str
    name: str
    size: int


def keep_attachment(data: bytes, name: str, *, at: datetime) -> Kept:
    """Keep a file under its sha256, the same bytes once; part of an action that says what it is.

    Refused before anything is stored: too large, of another kind than its ending says, a package that is not
    safe to open, marked as classified.
    """
    name = PurePath(name.replace("\\", "/")).name[-200:] or "未命名"
    if len(data) > LARGEST:
        limit = LARGEST // 2**20
        raise Refused(Refusal.TOO_LARGE, name=name, size=len(data) // 2**20, limit=limit, status=413)
    kind = PurePath(name).suffix.lower()
    if kind not in KINDS or not data.startswith(KINDS[kind][0]):
        raise Refused(Refusal.NOT_ATTACHABLE, name=name, status=422)
    if kind in _PARTS:
        _refuse_other_package(data, name, _PARTS[kind])
    mark = find_mark(_text_of(data, name, kind), name, read_beside(data, name))
    if mark:
        raise Refused(Refusal.CLASSIFIED, name=name, mark=mark, status=422)
    digest = sha256(data).hexdigest()
    Attachment.objects.get_or_create(
        pk=digest, defaults={"media_type": KINDS[kind][1], "size": len(data), "kept_at": at}
    )
    return Kept(store.keep(data), name, len(data))


def _refuse_other_package(data: bytes, name: str, part: str) -> None:
    refuse_unsafe_package(data, name)
    with zipfile.ZipFile(BytesIO(data)) as package:
        if part not in package.namelist():
            raise Refused(Refusal.NOT_ATTACHABLE, name=name, status=422)


def _text_of(data: bytes, name: str, kind: str) -> str:
    """What can be read of a file, to look for a mark of secrecy; a picture or a scan says nothing."""
    if kind not in (".pdf", ".docx"):
        return ""
    try:
        return read_upload(data, name).text
    except SourceError:
        return ""
