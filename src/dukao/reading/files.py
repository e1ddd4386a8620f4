"""A file → `Source`: the door of the room."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from dukao.reading.decoding import NotTextError, decode
from dukao.reading.errors import NEXT_STEPS, SourceError, refuse
from dukao.reading.formats import BINARY, Format, name_format
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
    data = _read_bytes(path)
    name = path.name
    found = name_format(data, path.suffix.lower())
    if found is None:
        reading, media_type = _read_text(name, data), _MEDIA_TYPES.get(path.suffix.lower(), "text/plain")
    elif found.reader:
        reading, media_type = _READERS[found.reader](name, data), found.media_type
    else:
        raise _refuse_format(name, found)
    return Source(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=media_type,
        encoding=reading.encoding,
        text=reading.text,
        diagnostics=reading.diagnostics,
        places=reading.places,
        merged=reading.merged,
    )


# A reader and what it needs are imported when the first file of its kind is met.
def _read_word(name: str, data: bytes) -> Reading:
    from dukao.reading.word import read_word

    return read_word(name, data)


def _read_workbook(name: str, data: bytes) -> Reading:
    from dukao.reading.workbook import read_workbook

    return read_workbook(name, data)


def _read_pdf(name: str, data: bytes) -> Reading:
    from dukao.reading.pdf import read_pdf

    return read_pdf(name, data)


def _read_webpage(name: str, data: bytes) -> Reading:
    from dukao.reading.webpage import read_webpage

    text, encoding = _decode(name, data)
    return read_webpage(name, text)._replace(encoding=encoding)


_READERS: dict[str, Callable[[str, bytes], Reading]] = {
    "word": _read_word,
    "workbook": _read_workbook,
    "pdf": _read_pdf,
    "webpage": _read_webpage,
}


def _read_text(name: str, data: bytes) -> Reading:
    text, encoding = _decode(name, data)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0") or text.isspace():
        raise refuse(name, "blank", chars=len(text))
    return Reading(text, encoding=encoding, diagnostics=_say_encoding(encoding))


def _read_bytes(path: Path) -> bytes:
    name = path.name or str(path)
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise refuse(name, "missing", path=path) from None
    except IsADirectoryError:
        raise refuse(name, "directory") from None
    except PermissionError:
        # Windows says so of a folder too.
        raise refuse(name, "directory" if path.is_dir() else "permission") from None
    except (OSError, ValueError) as error:
        raise refuse(name, "unreadable", reason=getattr(error, "strerror", None) or error) from None
    if not data:
        raise refuse(name, "empty")
    return data


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
