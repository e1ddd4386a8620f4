"""What reading a file gives: one text, and where every character of it came from."""

from dataclasses import dataclass, field
from typing import Any


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
    """One document as read: its text is never altered afterwards, everything read from it is a span of it."""

    name: str
    sha256: str
    media_type: str
    encoding: str
    text: str = field(repr=False)
    diagnostics: tuple[Diagnostic, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The `Source` object of the public formats."""
        return {
            "name": self.name,
            "sha256": self.sha256,
            "media_type": self.media_type,
            "encoding": self.encoding,
            "chars": len(self.text),
        }
