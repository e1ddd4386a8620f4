"""Folding: one text as it is compared, with the way back to every character of the source.

White space, Markdown marks and forms that only look different (full and half width, Ⅰ and I, straight and
curly quotation marks, dashes of any length) are no differences between a report and its breakdown; folding
takes them away before anything is compared, and keeps where each character stood.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from dukao.breakdown.lettering import BROKEN

# What stands between runs that do not touch: a head, a menu, a table.
BREAK = "\n"
_DROPPED = frozenset("*#\\{}_`\u200b\u200c\u200d\ufeff\u00ad")
_FORMS = (
    {"「": "“", "」": "”", "『": "“", "』": "”"}
    | dict.fromkeys("‧•・﹒", "·")
    | dict.fromkeys("—–―─‒－〜～~‑−", "-")
)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_LETTER = re.compile(r"\d[\d.]*|[^\s,，。、;；:：!！?？“”‘’\"'()（）《》〈〉\[\]【】·.\-+]")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text; `places[i]` is the source offset of its character `i`."""

    text: str
    places: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of `text[start:end]`, which must not be empty."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str, start: int = 0, end: int | None = None) -> Folded:
    """`text[start:end]` folded."""
    return fold_runs(text, [(start, len(text) if end is None else end)])


def fold_runs(text: str, runs: Iterable[tuple[int, int]]) -> Folded:
    """The runs of `text` folded one after another, a `BREAK` between runs that something parts."""
    letters: list[str] = []
    places = array("l")
    last = -1
    for start, end in runs:
        if letters and _parts(text[last:start]):
            letters.append(BREAK)
            places.append(last)
        _fold_run(text, start, end, letters, places)
        last = end
    return Folded("".join(letters), places)


def count_letters(text: str) -> int:
    """How many characters of a folded text are not punctuation; a number counts as one."""
    return len(_LETTER.findall(text))


def _fold_run(text: str, start: int, end: int, letters: list[str], places: "array[int]") -> None:
    dropped = {found.start() for found in _THOUSANDS.finditer(text, start, end)}
    for tag in BROKEN.finditer(text, start, end):
        dropped.update(range(*tag.span()))
    opened = False
    for at in range(start, end):
        form = _form(text[at])
        if not form or at in dropped:
            continue
        if form == '"':
            form, opened = ("”" if opened else "“"), not opened
        letters.append(form)
        for _ in form:
            places.append(at)


def _parts(between: str) -> bool:
    return "\n" in between or any(_form(char) for char in between)


class _Forms(dict[str, str]):
    """The folded form of a character, worked out once."""

    def __missing__(self, char: str) -> str:
        if char.isspace() or char in _DROPPED:
            form = ""
        else:
            plain = unicodedata.normalize("NFKC", char)
            form = _FORMS.get(char) or _FORMS.get(plain) or "".join(plain.split())
        self[char] = form
        return form


_form = _Forms().__getitem__
