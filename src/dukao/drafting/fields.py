"""What the offices of a county or city do everywhere: which of them a text speaks to, and by which words.

The vocabulary is `data/departments.toml`: for each kind of office its names, the words of its own work
(`core`) and the words of what it often has a hand in (`field`).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

_CORE: Final = 2.0
_FIELD: Final = 0.7
# The longer a word, the less it says by chance.
_LENGTHS: Final = {1: 0.6, 2: 1.0, 3: 1.5}
_LONG: Final = 2.0
_REPEATED: Final = 0.3
_MOST_REPEATS: Final = 2


@dataclass(frozen=True, slots=True)
class Office:
    """A kind of office: its short and full names without the level.

    `in_county` is the code of the kind that does its work in a county or district, which has none of its own.
    """

    code: str
    names: tuple[str, ...]
    in_district: str | None
    in_city: str | None
    in_province: str | None
    in_county: str | None

    @property
    def name(self) -> str:
        """What it is called where the place's own name for it is not known."""
        return self.names[0]


@dataclass(frozen=True, slots=True)
class Speaking:
    """How much a text speaks to one kind of office; `core` and `field` are the words, the heaviest first."""

    score: float
    core: tuple[str, ...]
    field: tuple[str, ...]


@cache
def load_offices() -> Mapping[str, Office]:
    """Every kind of office by its code."""
    return {
        code: Office(
            code,
            tuple(entry["names"]),
            entry.get("in_district"),
            entry.get("in_city"),
            entry.get("in_province"),
            entry.get("in_county"),
        )
        for code, entry in vocabulary("departments").items()
    }


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The vocabulary `data/NAME.toml` of this room."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def read_fields(text: str) -> dict[str, Speaking]:
    """How much a text speaks to each kind of office it speaks to at all, by code."""
    said = _without_misleading("".join(text.split()))
    found = _find_words(said)
    gained: dict[str, list[tuple[float, bool, str]]] = {}
    for word, spots in found.items():
        for code, weight, is_core in _words()[word]:
            if _is_covered(word, spots, code, found):
                continue
            repeats = min(len(spots) - 1, _MOST_REPEATS)
            gained.setdefault(code, []).append((weight * (1 + _REPEATED * repeats), is_core, word))
    return {code: _speaking(words) for code, words in gained.items()}


def join_speaking(several: Sequence[Speaking]) -> Speaking:
    """What speaks for one office that does the work of several kinds; what speaks most comes first."""
    ranked = sorted(several, key=lambda said: -said.score)
    core = tuple(word for said in ranked for word in said.core)
    return Speaking(sum(said.score for said in ranked), core, tuple(w for said in ranked for w in said.field))


def _speaking(words: list[tuple[float, bool, str]]) -> Speaking:
    words.sort(key=lambda one: (-one[0], one[2]))
    core = tuple(word for _, is_core, word in words if is_core)
    return Speaking(sum(weight for weight, _, _ in words), core, tuple(w for _, own, w in words if not own))


def _find_words(said: str) -> dict[str, list[int]]:
    """The places of every word of the vocabulary in a text."""
    found: dict[str, list[int]] = {}
    by_first = _by_first_letter()
    for at, letter in enumerate(said):
        for word in by_first.get(letter, ()):
            if said.startswith(word, at):
                found.setdefault(word, []).append(at)
    return found


def _is_covered(word: str, spots: list[int], code: str, found: dict[str, list[int]]) -> bool:
    """Whether the word stands nowhere but inside longer words of other offices: 农村 in 农村公路."""
    covering = [
        (start, start + len(longer))
        for longer, starts in found.items()
        if len(longer) > len(word) and word in longer and code not in {c for c, _, _ in _words()[longer]}
        for start in starts
    ]
    return all(any(a <= spot and spot + len(word) <= b for a, b in covering) for spot in spots)


def _without_misleading(said: str) -> str:
    """The text without the phrases whose words speak of something else: 主题教育 is not 教育."""
    for phrase in vocabulary("cutting")["misleading"]:
        said = said.replace(phrase, "　")
    return said


@cache
def _words() -> Mapping[str, tuple[tuple[str, float, bool], ...]]:
    """Every word with the offices it speaks for: code, weight, whether it is their own work."""
    shared: dict[str, list[tuple[str, float, bool]]] = {}
    for code, entry in vocabulary("departments").items():
        for is_core, key, weight in ((True, "core", _CORE), (False, "field", _FIELD)):
            for word in dict.fromkeys(entry[key]):
                shared.setdefault(word, []).append((code, weight, is_core))
    return {
        word: tuple((code, w * _LENGTHS.get(len(word), _LONG) / len(held), own) for code, w, own in held)
        for word, held in shared.items()
    }


@cache
def _by_first_letter() -> Mapping[str, tuple[str, ...]]:
    letters: dict[str, list[str]] = {}
    for word in _words():
        letters.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in letters.items()}
