"""What the library reads from uploaded bytes: the text, what kind of document it is, and what it says."""

import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

from dukao.breakdown.compiler import compile_breakdown
from dukao.reading.errors import SourceError
from dukao.reading.files import read_file
from dukao.reading.values import Source
from dukao.report.compiler import compile_report
from dukao.site.archive.errors import Refusal
from dukao.site.archive.models import DocumentKind
from dukao.site.refusals import Refused
from dukao.site.zipsafety import refuse_unsafe_package

LONGEST = 3_000_000  # characters; a work report has 20,000
DEEPEST = 200  # open tags of a web page
_NAME_BYTES = 200
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document was read as: its kind, title and year, and the result in the public JSON."""

    kind: DocumentKind
    title: str
    year: int | None
    result: dict[str, Any]


def read_upload(data: bytes, name: str) -> Source:
    """The text of uploaded bytes; they touch the disk only in a folder that goes at once.

    Refused before it is read: a package that is not safe to open; after: a text past all measure. Raises
    SourceError for what is no document.
    """
    if data.startswith(b"PK"):
        refuse_unsafe_package(data, name)
    own = PurePath(name).name or "upload"
    with tempfile.TemporaryDirectory(prefix="dukao-") as folder:
        path = Path(folder) / _end_of(own)
        path.write_bytes(data)
        source = replace(read_file(path), name=own)
    if len(source.text) > LONGEST:
        raise Refused(Refusal.TOO_LONG, name=name, chars=len(source.text), limit=LONGEST, status=422)
    if _depth_of(source.text) > DEEPEST:
        raise Refused(Refusal.TOO_DEEP, name=name, limit=DEEPEST, status=422)
    return source


def _end_of(name: str) -> str:
    """A name as far as a file system takes it: of 255 bytes, where Windows takes as many characters."""
    return name.encode()[-_NAME_BYTES:].decode(errors="ignore")


def read_as(source: Source, kind: DocumentKind | None) -> Reading:
    """What a source says, read as what its content shows it to be.

    Refused where that is not the `kind` somebody said, or neither a report nor a breakdown.
    """
    found = _read_breakdown(source) or _read_report(source)
    if found is None:
        raise Refused(Refusal.NEITHER, name=source.name, status=422)
    if kind and found.kind != kind:
        labels = {"said": kind.label, "found": found.kind.label}
        raise Refused(Refusal.WRONG_KIND, name=source.name, status=422, **labels)
    return found


def _read_breakdown(source: Source) -> Reading | None:
    try:
        read = compile_breakdown(source)
    except SourceError:
        return None
    return Reading(DocumentKind.BREAKDOWN, read.notice.title or source.name, read.year, read.as_json())


def _read_report(source: Source) -> Reading | None:
    try:
        read = compile_report(source)
    except SourceError:
        return None
    if not read.commitments and not read.measures:
        return None
    return Reading(DocumentKind.REPORT, read.title or source.name, read.year, read.as_json())


def _depth_of(text: str) -> int:
    """How many tags of a web page stand open inside one another at most; 0 for plain text."""
    depth = deepest = 0
    for closing, name, alone in _TAG.findall(text):
        if closing:
            depth = max(depth - 1, 0)
        elif not alone and name.lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
    return deepest
