"""Marks of secrecy (密级标志) anywhere on a document or in its name: such a file is never taken in.

The mark stands alone, or with its star and period, at the head of the paper (GB/T 9704-2012, 7.2.2):
机密★1年; in offices also in the head or foot of every page, in a note, among the properties. A sentence that
speaks of 保守国家秘密 is no mark.
"""

import re

from dukao.site.archive.beside import Beside

_GAP = r"[ \t　]{0,8}"
_LEVEL = rf"(?P<level>[绝机秘]{_GAP}密)"
_PERIOD = r"(?:长期|[\d一二三四五六七八九十]{1,3}(?:年|个?月|[日天]))"
_URGENT = r"(?:特提|特急|加急|平急)"
# A star, or named as 密级: a mark wherever it stands.
_ANYWHERE = (
    re.compile(rf"{_LEVEL}{_GAP}[★☆]"),
    re.compile(rf"密{_GAP}级{_GAP}[：:]{_GAP}{_LEVEL}"),
)
# Alone on its line, with or without star, period and urgency: a mark at the head of a paper or of a page.
_ALONE = re.compile(rf"{_URGENT}?{_LEVEL}级?(?:[★☆*＊]?{_PERIOD}|[★☆*＊])?{_URGENT}?")
_AROUND = "#*＊>|【】（）()"  # what sets a line off
_LONGEST = 40  # letters of a line that is a mark
# Set off from the rest of a file's name: 【秘密】分解.md, 机密-报告.docx; 商业秘密保护.md is none.
_APART = r"[\s_\-—–.·【】（）()\[\]]"
_IN_NAME = (*_ANYWHERE, re.compile(rf"(?:^|{_APART}){_LEVEL}(?:{_APART}|$)"))
_HEAD = 3000  # characters: a mark by itself stands on the first page


def find_mark(text: str, name: str = "", beside: Beside | None = None) -> str | None:
    """The mark of secrecy a document bears, None where there is none.

    Looked at: its text, what stands beside that, its file name.
    """
    edges, inside = beside or Beside()
    whole = (text, edges, inside)
    found = next(filter(None, (one.search(name) for one in _IN_NAME)), None)
    found = found or _find_alone(text[:_HEAD]) or _find_alone(edges)
    found = found or next(filter(None, (one.search(said) for said in whole for one in _ANYWHERE)), None)
    return "".join(found["level"].split()) if found else None


def _find_alone(text: str) -> re.Match[str] | None:
    """The first line that is a mark and nothing else."""
    for line in text.splitlines():
        letters = "".join(line.split()).strip(_AROUND)
        if "密" in letters and len(letters) <= _LONGEST and (found := _ALONE.fullmatch(letters)):
            return found
    return None
