"""The head of a clause: which word it turns on, and what kind of word that is."""

import functools
import re
import tomllib
from pathlib import Path
from typing import Final, NamedTuple

# A word stands in the first of these classes that has it.
WORD_CLASSES: Final = (
    "light",
    "skip",
    "opener",
    "stance",
    "frame",
    "tail",
    "aspiration",
    "result",
    "cleft",
    "verb",
)
# What stood before the head: an adverb of degree (进一步), one of standard (高标准), any adverb or modal.
STRIVING: Final = 1
MANNER: Final = 2
ADVERBIAL: Final = 4


class Word(NamedTuple):
    """A word that can open a clause: its class is a table of `data/commitments.toml`, "" for none."""

    text: str
    kind: str
    marks: int


# The word a clause turns on, where it ends, and the marks of what stood before it.
Head = tuple[Word, int, int]


class Lexicon:
    """The vocabulary of commitments.

    `pairs` and `singles` hold the words that open a clause, by their first two characters or their only one:
    under two characters stand the word they make and the longer ones that begin with them, longest first.
    `lists` holds the other tables, by name; `notice_ends` the last two characters of clauses that may be an
    announcement or a verdict.
    """

    __slots__ = ("lists", "notice_ends", "pairs", "singles")

    def __init__(
        self,
        pairs: dict[str, tuple[Word | None, tuple[Word, ...]]],
        singles: dict[str, Word],
        lists: dict[str, tuple[str, ...]],
        notice_ends: frozenset[str],
    ) -> None:
        self.pairs: Final = pairs
        self.singles: Final = singles
        self.lists: Final = lists
        self.notice_ends: Final = notice_ends


@functools.cache
def load_lexicon() -> Lexicon:
    """The vocabulary, ready for look-up."""
    path = Path(__file__).with_name("data") / "commitments.toml"
    tables: dict[str, list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    classes = {word: name for name in reversed(WORD_CLASSES) for word in tables[name]}
    marks = dict.fromkeys(tables["striving"], STRIVING) | dict.fromkeys(tables["manner"], MANNER)
    words = [
        Word(text, kind, marks.get(text, 0) | (ADVERBIAL if kind == "skip" else 0))
        for text, kind in sorted(classes.items(), key=lambda item: -len(item[0]))
    ]
    longer: dict[str, tuple[Word, ...]] = {}
    for word in words:
        if len(word.text) > 2:
            longer[word.text[:2]] = (*longer.get(word.text[:2], ()), word)
    short = {word.text: word for word in words if len(word.text) <= 2}
    keys = longer.keys() | {text for text in short if len(text) == 2}
    return Lexicon(
        {key: (short.get(key), longer.get(key, ())) for key in keys},
        {text: word for text, word in short.items() if len(text) == 1},
        {name: tuple(entries) for name, entries in tables.items() if name not in WORD_CLASSES},
        frozenset(entry[-2:] for name in ("counted_ends", "verdicts") for entry in tables[name]),
    )


UNKNOWN: Final = Word("", "", 0)
_NOTHING: Final[tuple[Word | None, tuple[Word, ...]]] = (None, ())
# 要, 必须 or 将 behind a subject; not the 要 of 主要, 要素 and their like.
_MODAL: Final = re.compile(r"(?<![主需重首必只摘])要(?![素求点件闻害么])|必须|应当|将(?!来)|务必|拟(?!定)")
_MODAL_HINT: Final = re.compile("[要必应将务拟]")
_LONGEST_SUBJECT: Final = 24
# 6月底前完成…, 2025年覆盖…: a limit of time before the verb.
_LIMIT: Final = re.compile(r"\d{1,4}[年月](?:\d{1,2}[月日])?[底末初]?[前内]?")
_DIGITS: Final = frozenset("0123456789")


def has_any(said: str, words: tuple[str, ...]) -> bool:
    """Whether a clause holds one of the words. A loop costs half of what `any` with a generator costs."""
    for word in words:  # noqa: SIM110
        if word in said:
            return True
    return False


def find_head(text: str, start: int, end: int, lexicon: Lexicon) -> Head:
    """The first word of `text[start:end]` that is not an adverb, a modal or a subject of no weight.

    Where the vocabulary has no such word and a modal verb follows a subject (各部门要…), the first behind it.
    """
    pairs, singles = lexicon.pairs, lexicon.singles
    at, marks = start, 0
    while at < end:
        word, longer = pairs.get(text[at : at + 2], _NOTHING)
        for entry in longer:
            if text[at : at + len(entry[0])] == entry[0]:
                word = entry
                break
        if word is None:
            if at == start and text[at] in _DIGITS and (limit := _LIMIT.match(text, at, end)):
                at, marks = limit.end(), ADVERBIAL
                continue
            word = singles.get(text[at], UNKNOWN)
        kind = word[1]
        at += len(word[0])
        if kind == "skip" or kind == "light":
            marks |= word[2]
        elif kind or marks & ADVERBIAL:
            return word, at, marks | (word[2] & MANNER)
        else:
            break
    return _behind_modal(text, start, end, at, marks, lexicon)


def _behind_modal(text: str, start: int, end: int, at: int, marks: int, lexicon: Lexicon) -> Head:
    """The head behind a modal verb that follows an unknown subject; the unknown word where there is none."""
    last = min(end, start + _LONGEST_SUBJECT)
    hint = _MODAL_HINT.search(text, start, last)
    modal = _MODAL.search(text, hint.start(), last) if hint else None
    if modal is None or at >= end:
        return UNKNOWN, at, marks
    word, at, marks = find_head(text, modal.end(), end, lexicon)
    return word, at, marks | ADVERBIAL
