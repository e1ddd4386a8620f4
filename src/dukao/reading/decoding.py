"""Bytes → text and the name of the encoding: a byte order mark, then UTF-16 by its NULs, UTF-8, GB18030.

The name is a Python codec, so that `data.decode(name)` is the text: the mark is no part of it, and nothing is
normalised. Statistical guessing is not used: it takes short GBK for Korean.
"""

import codecs
import re

# UTF-32's mark begins with UTF-16's: the longer ones come first.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
# What Chinese documents are written with: ASCII, punctuation, figures in circles, boxes, CJK, full width.
_ORDINARY = (
    r"[\t\n\r\x20-\x7e\u00a0-\u00ff\u2010-\u203f\u2100-\u22ff\u2460-\u24ff\u2500-\u26ff"
    r"\u3000-\u303f\u3200-\u33ff\u3400-\u9fff\ufe30-\ufe4f\uff00-\uffef]"
)
_CONTROLS = bytes([*range(9), *range(14, 32), 127])
_MOST = 0.95
# Simplified Chinese is nearly all in GB 2312, traditional half of it; another encoding misread hardly is.
_COMMON = 0.5


class NotTextError(ValueError):
    """Bytes that are no text at all."""


def decode(data: bytes) -> tuple[str, str]:
    """The text of `data` and the codec that gave it.

    Raises UnicodeDecodeError (with the place) where no encoding fits, NotTextError where they are no text.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _checked(data.decode(codec)), codec
    wide = _wide_codec(data) if b"\0" in data[:_SAMPLE] else None
    if wide:
        return _checked(data.decode(wide)), wide
    try:
        return _checked(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as not_utf8:
        return _legacy(data, not_utf8)


def _legacy(data: bytes, not_utf8: UnicodeDecodeError) -> tuple[str, str]:
    """GB18030, where what it makes of the bytes is Chinese; else the error that says where."""
    try:
        text = _checked(data.decode("gb18030"))
    except UnicodeDecodeError as not_gb:
        if _count_controls(data[:_SAMPLE]) > len(data[:_SAMPLE]) // 100:
            raise NotTextError("control bytes") from None
        # The encoding that got furthest is the one the file was meant in.
        raise max(not_utf8, not_gb, key=lambda error: error.start) from None
    if _share_common(text[:_SAMPLE]) < _COMMON:
        raise not_utf8
    return text, "gb18030"


def _wide_codec(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: the one that makes ordinary characters of the bytes, if any.

    Where NULs stand does not suffice: "一" is U+4E00, and has its NUL on the other side than a line break.
    """
    head = data[: _SAMPLE - _SAMPLE % 2]
    codec = max("utf-16-le", "utf-16-be", key=lambda name: _share_ordinary(head, name))
    if len(data) % 2 or _share_ordinary(head, codec) < _MOST:
        return None
    return codec


def _share_ordinary(head: bytes, codec: str) -> float:
    text = head.decode(codec, "replace")
    return len(re.findall(_ORDINARY, text)) / len(text) if text else 0.0


def _share_common(text: str) -> float:
    """The share of Chinese and other non-ASCII characters that stand in GB 2312."""
    other = [char for char in text if char > "\x7f"]
    if not other:
        return 1.0
    return len("".join(other).encode("gb2312", "ignore")) / 2 / len(other)


def _count_controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _checked(text: str) -> str:
    """The text itself, unless control characters say that it is something else."""
    head = text[:_SAMPLE]
    if _count_controls(head.encode("utf-8", "replace")) > len(head) // 200:
        raise NotTextError("control characters")
    return text
