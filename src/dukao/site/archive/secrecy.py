"""Marks of secrecy (密级标志) on a document's first page: such a file is never taken in.

The mark stands alone, or with its star and period, at the head of the paper (GB/T 9704-2012, 7.2.2):
机密★1年. A sentence that speaks of 保守国家秘密 is no mark.
"""

import re

_PERIOD = r"(?:长期|\d+\s*[年月日]|[一二三四五六七八九十]+年)"
_EDGE = r"[\s#*＊>|　]*"
_MARK = re.compile(
    rf"(?m)^{_EDGE}(?P<level>绝\s*密|机\s*密|秘\s*密)\s*(?:[★☆*＊]\s*{_PERIOD}?)?{_EDGE}$"
    rf"|(?P<starred>(?:绝密|机密|秘密)\s*[★☆]\s*{_PERIOD}?)"
    r"|密\s*级\s*[：:]\s*(?P<named>绝密|机密|秘密)"
)
_HEAD = 3000  # characters: a mark stands on the first page


def find_mark(text: str, name: str = "") -> str | None:
    """The mark of secrecy a document bears at its head or in its file name, None where there is none."""
    for said in (name, text[:_HEAD]):
        found = _MARK.search(said)
        if found:
            return "".join((found["level"] or found["starred"] or found["named"]).split())
    return None
