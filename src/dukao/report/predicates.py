"""The head of a clause: which word it turns on, and what kind of word that is."""

import functools
import re
import tomllib
from importlib import resources
from typing import NamedTuple

# A word stands in the first of these classes that has it.
_CLASSES = ("light", "skip", "opener", "stance", "frame", "tail", "aspiration", "result", "cleft", "verb")
_STRIVING, _MANNER = 1, 2


class Predicate(NamedTuple):
    """The word a clause turns on.

    `kind` is its class (a table of `data/commitments.toml`), "" for a word that is in none. `striving`: an
    adverb of degree (进一步) stood before it; `manner`: one of standard (高标准); `adverbial`: any
    adverb or modal at all.
    """

    kind: str
    word: str
    start: int
    end: int
    striving: bool
    manner: bool
    adverbial: bool


class Lexicon(NamedTuple):
    """The vocabulary of commitments.

    `pairs` and `singles` hold the words that open a clause by their first two characters or their only one,
    the longest first, each as (word, class, marks); `lists` the other tables, by name.
    """

    pairs: dict[str, tuple[tuple[str, str, int], ...]]
    singles: dict[str, tuple[str, str, int]]
    lists: dict[str, tuple[str, ...]]


@functools.cache
def load_lexicon() -> Lexicon:
    """The vocabulary, ready for look-up."""
    path = resources.files("dukao.report").joinpath("data/commitments.toml")
    tables: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    classes = {word: name for name in reversed(_CLASSES) for word in tables[name]}
    marks = dict.fromkeys(tables["striving"], _STRIVING) | dict.fromkeys(tables["manner"], _MANNER)
    pairs: dict[str, list[tuple[str, str, int]]] = {}
    singles: dict[str, tuple[str, str, int]] = {}
    for word in sorted(classes, key=len, reverse=True):
        entry = word, classes[word], marks.get(word, 0)
        if len(word) > 1:
            pairs.setdefault(word[:2], []).append(entry)
        else:
            singles[word] = entry
    lists = {name: tuple(words) for name, words in tables.items() if name not in _CLASSES}
    return Lexicon({key: tuple(entries) for key, entries in pairs.items()}, singles, lists)


_UNKNOWN = ("", "", 0)
# 要, 必须 or 将 behind a subject; not the 要 of 主要, 要素 and their like.
_MODAL = re.compile(r"(?<![主需重首必只摘])要(?![素求点件闻害么])|必须|应当|将(?!来)|务必|拟(?!定)")
_LONGEST_SUBJECT = 24


def find_predicate(text: str, start: int, end: int, lexicon: Lexicon) -> Predicate:
    """The first word of `text[start:end]` that is not an adverb, a modal or a subject of no weight.

    Where the vocabulary has no such word and a modal verb follows a subject (各部门要…), the first behind it.
    """
    head = _first_word(text, start, end, lexicon)
    if head.kind or head.adverbial:
        return head
    modal = _MODAL.search(text, start, min(end, start + _LONGEST_SUBJECT))
    return _first_word(text, modal.end(), end, lexicon)._replace(adverbial=True) if modal else head


def _first_word(text: str, start: int, end: int, lexicon: Lexicon) -> Predicate:
    """The same, of a clause without a subject."""
    pairs, singles = lexicon.pairs, lexicon.singles
    at, seen, adverbial = start, 0, False
    while at < end:
        entry = singles.get(text[at], _UNKNOWN)
        for longer in pairs.get(text[at : at + 2], ()):
            if text.startswith(longer[0], at):
                entry = longer
                break
        word, kind, marks = entry
        if kind not in ("skip", "light"):
            seen |= marks & _MANNER
            return Predicate(
                kind, word, at, at + len(word), seen & _STRIVING > 0, seen & _MANNER > 0, adverbial
            )
        seen |= marks
        adverbial = adverbial or kind == "skip"
        at += len(word)
    return Predicate("", "", start, start, False, False, False)
