"""Marks of secrecy (密级标志) anywhere on a document or in its name: such a file is never taken in.

The mark stands alone, or with its star and period, at the head of the paper (GB/T 9704-2012, 7.2.2):
机密★1年; in offices also in the head or foot of every page, in a note, among the properties. A sentence that
speaks of 保守国家秘密 is no mark.
"""

import re

from dukao.site.archive.beside import Beside

_LEVEL = r"(?P<level>绝[ \t　]*密|机[ \t　]*密|秘[ \t　]*密)"
_GAP = r"[ \t　]*"
_PERIOD = rf"(?:长期|[\d一二三四五六七八九十]+{_GAP}(?:年|个?月|[日天]))"
_STAR = r"[★☆]"
_URGENT = r"(?:特提|特急|加急|平急)"
_EDGE = r"[\s#*＊>|　【】（）()]*"
# A star, or named as 密级: a mark wherever it stands.
_ANYWHERE = (
    re.compile(rf"{_LEVEL}{_GAP}{_STAR}"),
    re.compile(rf"密{_GAP}级{_GAP}[：:]{_GAP}{_LEVEL}"),
)
# Alone on its line, with or without star, period and urgency: a mark at the head of a paper or of a page.
_ALONE = re.compile(
    rf"(?m)^{_EDGE}(?:{_URGENT}{_EDGE})?{_LEVEL}{_GAP}级?{_GAP}"
    rf"(?:[★☆*＊]?{_GAP}{_PERIOD}|[★☆*＊])?{_EDGE}(?:{_URGENT}{_EDGE})?$"
)
# Set off from the rest of a file's name: 【秘密】分解.md, 机密-报告.docx; 商业秘密保护.md is none.
_APART = r"[\s_\-—–.·【】（）()\[\]]"
_IN_NAME = (*_ANYWHERE, re.compile(rf"(?:^|{_APART}){_LEVEL}(?:{_APART}|$)"))
_HEAD = 3000  # characters: a mark by itself stands on the first page


def find_mark(text: str, name: str = "", beside: Beside | None = None) -> str | None:
    """The mark of secrecy a document bears, None where there is none.

    Looked at: its text, what stands beside that, its file name.
    """
    edges, inside = beside or Beside()
    on_paper = (_ALONE, *_ANYWHERE)
    looked_at = ((name, _IN_NAME), (text[:_HEAD], on_paper), (edges, on_paper))
    for said, patterns in (*looked_at, (text, _ANYWHERE), (inside, _ANYWHERE)):
        for pattern in patterns:
            found = pattern.search(said)
            if found:
                return "".join(found["level"].split())
    return None
