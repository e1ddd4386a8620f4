"""Marks of secrecy (密级标志) on a document's first page or in its name: such a file is never taken in.

The mark stands alone, or with its star and period, at the head of the paper (GB/T 9704-2012, 7.2.2):
机密★1年. A sentence that speaks of 保守国家秘密 is no mark.
"""

import re

_LEVEL = r"(?P<level>绝[ \t　]*密|机[ \t　]*密|秘[ \t　]*密)"
_PERIOD = r"(?:长期|[\d一二三四五六七八九十]+[ \t　]*(?:年|个?月|[日天]))"
_STAR = r"[★☆]"
_EDGE = r"[\s#*＊>|　【】（）()]*"
# Alone on its line, with or without star and period; a star anywhere; named as 密级.
_ON_PAPER = (
    re.compile(rf"(?m)^{_EDGE}{_LEVEL}[ \t　]*(?:[★☆*＊][ \t　]*{_PERIOD}?)?{_EDGE}$"),
    re.compile(rf"{_LEVEL}[ \t　]*{_STAR}"),
    re.compile(rf"密[ \t　]*级[ \t　]*[：:][ \t　]*{_LEVEL}"),
)
# Set off from the rest of a file's name: 【秘密】分解.md, 机密-报告.docx; 商业秘密保护.md is none.
_APART = r"[\s_\-—–.·【】（）()\[\]]"
_IN_NAME = (*_ON_PAPER[1:], re.compile(rf"(?:^|{_APART}){_LEVEL}(?:{_APART}|$)"))
_HEAD = 3000  # characters: a mark stands on the first page


def find_mark(text: str, name: str = "") -> str | None:
    """The mark of secrecy a document bears at its head or in its file name, None where there is none."""
    for said, patterns in ((name, _IN_NAME), (text[:_HEAD], _ON_PAPER)):
        for pattern in patterns:
            found = pattern.search(said)
            if found:
                return "".join(found["level"].split())
    return None
