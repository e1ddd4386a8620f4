"""What a work report says, as frozen values. Offsets are code points into the source text.

A report holds hundreds of sections, commitments and measures: they are named tuples, which are made three
times as fast as frozen dataclasses.
"""

from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

from dukao.language.dates import Deadline
from dukao.reading.values import Diagnostic, Source

# How a tuple below is made where there are hundreds: `new_tuple(Measure, fields)` takes a third of the time
# of `Measure(*fields)`.
new_tuple: Final = tuple.__new__

Part = Literal["review", "five_year_review", "long_term", "plan", "self", "other"]
CommitmentKind = Literal["action", "target", "aspiration"]
MeasureKind = Literal["level", "growth", "increment", "decrease", "ratio", "rank", "per"]
Comparison = Literal[">=", ">", "<=", "<", "="]


class Passage(NamedTuple):
    """A run of prose below one head: what commitments and measures are read from.

    Line breaks inside a passage are soft (a page break in mid-sentence); heads, menus and page furniture lie
    outside every passage. `section` indexes the outline, -1 where the prose stands before the first head.
    """

    start: int
    end: int
    section: int
    part: Part


class Section(NamedTuple):
    """A head of the outline: `start:end` is its title, `body_end` the end of everything below it."""

    id: str
    parent: str | None
    level: int
    title: str
    start: int
    end: int
    body_end: int
    part: Part
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """An `outline` entry of `dukao.report/1`."""
        return {
            "id": self.id,
            "parent": self.parent,
            "level": self.level,
            "title": self.title,
            "start": self.start,
            "end": self.end,
            "body_end": self.body_end,
            "part": self.part,
        }


class Commitment(NamedTuple):
    """A clause somebody can be made answerable for, cut where a breakdown would cut it."""

    id: str
    section: str
    start: int
    end: int
    text: str
    kind: CommitmentKind
    year: int | None
    measures: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A `commitments` entry of `dukao.report/1`."""
        return {
            "id": self.id,
            "section": self.section,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "year": self.year,
            "measures": list(self.measures),
        }


class Measure(NamedTuple):
    """One number that states a target or a result, for one indicator, in its base unit."""

    id: str
    start: int
    end: int
    surface: str
    value: int | float
    value_max: int | float | None
    unit: str | None
    op: Comparison
    kind: MeasureKind
    indicator: str
    indicator_spans: tuple[tuple[int, int], ...]
    action: str | None
    role: Literal["target", "result"]
    year: int | None
    span: str | None = None
    deadline: Deadline | None = None
    series: Literal["from", "to"] | None = None
    approximate: bool = False
    commitment: str | None = None
    rules: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """A `measures` entry of the public formats."""
        return {
            "id": self.id,
            "start": self.start,
            "end": self.end,
            "surface": self.surface,
            "value": self.value,
            "value_max": self.value_max,
            "unit": self.unit,
            "op": self.op,
            "kind": self.kind,
            "indicator": self.indicator,
            "indicator_spans": [list(pair) for pair in self.indicator_spans],
            "action": self.action,
            "role": self.role,
            "year": self.year,
            "span": self.span,
            "deadline": self.deadline.as_json() if self.deadline else None,
            "series": self.series,
            "approximate": self.approximate,
            "commitment": self.commitment,
            "rules": list(self.rules),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """A compiled work report. `start:end` is the report's own text in the source (a page may hold more)."""

    source: Source
    title: str
    place: str | None
    level: Literal["nation", "province", "city", "county", "township"] | None
    year: int | None
    delivered: str | None
    speaker: str | None
    start: int
    end: int
    outline: tuple[Section, ...]
    passages: tuple[Passage, ...] = field(repr=False)
    commitments: tuple[Commitment, ...] = field(repr=False)
    measures: tuple[Measure, ...] = field(repr=False)
    diagnostics: tuple[Diagnostic, ...]

    def as_json(self) -> dict[str, Any]:
        """The whole as `dukao.report/1`."""
        whole = {
            "schema": "dukao.report/1",
            "source": self.source.as_json(),
            "title": self.title,
            "place": self.place,
            "level": self.level,
            "year": self.year,
            "delivered": self.delivered,
            "speaker": self.speaker,
            "outline": [section.as_json() for section in self.outline],
            "commitments": [commitment.as_json() for commitment in self.commitments],
            "measures": [measure.as_json() for measure in self.measures],
            "diagnostics": [
                {"code": d.code, "start": d.start, "end": d.end, "message": d.message}
                for d in self.diagnostics
            ],
        }
        return self.source.located(whole)
