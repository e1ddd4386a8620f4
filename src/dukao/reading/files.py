"""A file → `Source`: the door of the room."""

import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from dukao.reading.decoding import NotTextError, decode
from dukao.reading.errors import NEXT_STEPS, SourceError, refuse
from dukao.reading.formats import BINARY, PACKAGE_MARKS, WINDOW, Format, name_format
from dukao.reading.readings import Reading
from dukao.reading.values import Diagnostic, Source

_MEDIA_TYPES = {".markdown": "text/markdown", ".md": "text/markdown"}
_ENCODING_NAMES = {
    "gb18030": "GB18030",
    "utf-16": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-32": "UTF-32",
}


def read_file(path: str | os.PathLike[str]) -> Source:
    """The text of a file, with its sha256, its encoding and, where it has them, its pages, paragraphs, cells.

    Of a `.txt` or `.md` file (or any other that is text) the text is the file decoded, nothing normalised:
    `\\r\\n` stays, a byte order mark is no part of it. An encoding other than UTF-8 is read, and said in a
    diagnostic. Word, Excel, PDF and HTML become the text that `composing` describes, with a place map. What a
    file is, its bytes say, not its name. Raises SourceError for what cannot be read.
    """
    path = Path(path)
    name, suffix = path.name or str(path), path.suffix.lower()
    try:
        with _open(path) as file:
            reading, media_type = _read(name, suffix, file)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    except OSError as error:
        raise refuse(name, "unreadable", reason=error.strerror or error) from None
    return Source(
        name=name,
        sha256=sha256,
        media_type=media_type,
        encoding=reading.encoding,
        text=reading.text,
        diagnostics=reading.diagnostics,
        places=reading.places,
        merged=reading.merged,
        bold=reading.bold,
    )


def _read(name: str, suffix: str, file: BinaryIO) -> tuple[Reading, str]:
    """What a file says, and its media type."""
    found = name_format(_look_at(name, file), suffix)
    file.seek(0)
    if found is None:
        return _read_text(name, file), _MEDIA_TYPES.get(suffix, "text/plain")
    if not found.reader:
        raise _refuse_format(name, found)
    return _READERS[found.reader](name, file), found.media_type


# A reader and what it needs are imported when the first file of its kind is met.
def _read_word(name: str, file: BinaryIO) -> Reading:
    from dukao.reading.word.reader import read_word

    return read_word(name, file)


def _read_workbook(name: str, file: BinaryIO) -> Reading:
    from dukao.reading.workbook.reader import read_workbook

    return read_workbook(name, file)


def _read_pdf(name: str, file: BinaryIO) -> Reading:
    from dukao.reading.pdf.reader import read_pdf

    return read_pdf(name, file.read())


def _read_webpage(name: str, file: BinaryIO) -> Reading:
    from dukao.reading.webpage.reader import read_webpage

    text, encoding = _decode(name, file.read())
    return read_webpage(name, text)._replace(encoding=encoding)


_READERS: dict[str, Callable[[str, BinaryIO], Reading]] = {
    "word": _read_word,
    "workbook": _read_workbook,
    "pdf": _read_pdf,
    "webpage": _read_webpage,
}


def _read_text(name: str, file: BinaryIO) -> Reading:
    text, encoding = _decode(name, file.read())
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0") or text.isspace():
        raise refuse(name, "blank", chars=len(text))
    return Reading(text, encoding=encoding, diagnostics=_say_encoding(encoding))


def _open(path: Path) -> BinaryIO:
    """A file that can be read again from its beginning."""
    name = path.name or str(path)
    try:
        file = path.open("rb")
        return file if file.seekable() else io.BytesIO(file.read())
    except (FileNotFoundError, NotADirectoryError):
        raise refuse(name, "missing", path=path) from None
    except IsADirectoryError:
        raise refuse(name, "directory") from None
    except PermissionError:
        # Windows says so of a folder too.
        raise refuse(name, "directory" if path.is_dir() else "permission") from None
    except ValueError as error:
        raise refuse(name, "unreadable", reason=error) from None


def _look_at(name: str, file: BinaryIO) -> bytes:
    """The bytes that tell what a file is: of a package, which may be large, those at both ends."""
    head = file.read(WINDOW)
    if not head:
        raise refuse(name, "empty")
    if not head.startswith(PACKAGE_MARKS):
        return head + file.read()
    file.seek(max(file.seek(0, io.SEEK_END) - WINDOW, 0))
    return head + file.read()


def _refuse_format(name: str, found: Format) -> SourceError:
    if found.step == "locked":
        return refuse(name, "locked")
    # A Latin letter and a Chinese character stand apart.
    said = f" {found.name}" if found.name[0].isascii() else found.name
    return refuse(name, "binary", found=said, step=NEXT_STEPS[found.step])


def _decode(name: str, data: bytes) -> tuple[str, str]:
    try:
        return decode(data)
    except NotTextError:
        raise _refuse_format(name, BINARY) from None
    except UnicodeDecodeError as error:
        raise refuse(name, "undecodable", byte=error.start + 1) from None


def _say_encoding(encoding: str) -> tuple[Diagnostic, ...]:
    named = _ENCODING_NAMES.get(encoding)
    if not named:
        return ()
    message = f"文件不是 UTF-8，已按 {named} 读入；如有乱码，请另存为 UTF-8 再试。"
    return (Diagnostic("encoding", 0, 0, message),)


__all__ = ["SourceError", "read_file"]
