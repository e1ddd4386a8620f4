"""What reading a file gives: one text, and where every character of it came from."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from dukao.reading.places import Place, Places

_NOTHING_MERGED: Mapping[int, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something odd in a document that was read all the same.

    `start` and `end` are code points into the source text; both 0 when it concerns the whole document.
    """

    code: str
    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Source:
    """One document as read: its text is never altered afterwards, everything read from it is a span of it.

    `places` is the map back into a document that has pages, paragraphs or cells of its own, None where the
    text itself is the document. `merged` holds, by the offset at which an empty cell of a table stands, the
    span of the merged cell that covers it, and `bold` where the cells begin that are set in bold as a whole.
    """

    name: str
    sha256: str
    media_type: str
    encoding: str
    text: str = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    places: Places | None = field(default=None, repr=False, compare=False)
    merged: Mapping[int, tuple[int, int]] = field(
        default_factory=lambda: _NOTHING_MERGED, repr=False, compare=False
    )
    bold: Set[int] = field(default=frozenset(), repr=False, compare=False)

    def place_of(self, offset: int) -> Place | None:
        """The document's own place of a character, as `at` of the public formats says it; None for text."""
        return self.places.at(self.text, offset) if self.places else None

    def as_json(self) -> dict[str, Any]:
        """The `Source` object of the public formats."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "media_type": self.media_type,
            "encoding": self.encoding,
            "chars": len(self.text),
        }

    def located(self, value: dict[str, Any]) -> dict[str, Any]:
        """The JSON object `value` with `at` beside every `start` and `end` in it, at any depth.

        What concerns the whole document (both 0) has no place: null. Without a place map `value` as it is.
        """
        if self.places is not None:
            self._locate(value)
        return value

    def _locate(self, value: Any) -> None:
        if isinstance(value, dict):
            for inner in value.values():
                self._locate(inner)
            if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
                value["at"] = self.place_of(value["start"]) if value["end"] else None
        elif isinstance(value, list):
            for inner in value:
                if isinstance(inner, dict | list):
                    self._locate(inner)
