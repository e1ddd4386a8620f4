"""A file → `Source`: the door of the room."""

import hashlib
import os
from pathlib import Path

from dukao.reading.decoding import NotTextError, decode
from dukao.reading.errors import NEXT_STEPS, SourceError, refuse
from dukao.reading.formats import BINARY, Format, name_format
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
    """The text of a `.txt` or `.md` file (or any other that is text), with its sha256 and encoding.

    The text is the file decoded, nothing normalised: `\\r\\n` stays, a byte order mark is no part of it. An
    encoding other than UTF-8 is read, and said in a diagnostic. Raises SourceError for what cannot be read.
    """
    path = Path(path)
    data = _read_bytes(path)
    text, encoding = _decode(path.name, data)
    if not text.strip("\ufeff\u200b \t\r\n\f\v\u3000\xa0") or text.isspace():
        raise refuse(path.name, "blank", chars=len(text))
    return Source(
        name=path.name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=_MEDIA_TYPES.get(path.suffix.lower(), "text/plain"),
        encoding=encoding,
        text=text,
        diagnostics=_say_encoding(encoding),
    )


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
    found = name_format(data, path.suffix.lower())
    if found:
        raise _refuse_format(name, found)
    return data


def _refuse_format(name: str, found: Format) -> SourceError:
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
