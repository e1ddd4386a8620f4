"""Deadlines and years as a document writes them."""

from dataclasses import dataclass
from typing import Any, Literal

DeadlineKind = Literal["by", "within", "ongoing", "milestone"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit: `text` is what was written at `start:end`, `date` an ISO date or None where it names none."""

    text: str
    date: str | None
    kind: DeadlineKind
    start: int
    end: int

    def as_json(self) -> dict[str, Any]:
        """The `DEADLINE` object of the public formats."""
        return {"text": self.text, "date": self.date, "kind": self.kind, "start": self.start, "end": self.end}
