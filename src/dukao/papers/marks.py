"""A proofreader's marks laid into running text: spans that nest, cross or repeat come out well-formed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

Layer = Literal["head", "span", "commitment", "difference", "measure"]

# Where marks cover the same words, the earlier one here is the outer one.
_LAYERS: dict[Layer, int] = {"head": 0, "span": 1, "commitment": 2, "difference": 3, "measure": 4}

# Markdown's stars and hashes, and line breaks inside a sentence: kept in the text, set apart for the eye.
_SET_APART = re.compile(r"(\*\*+|(?m:^#{1,6}[ \t]+))|([^\S\n]*\n\s*)")


@dataclass(frozen=True, slots=True)
class Reference:
    """A small link set after a mark: label, destination, what a screen reader says, how it is styled."""

    label: str
    href: str
    says: str
    style: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on `start:end` of a source text. `items` names the rows that stand on it."""

    start: int
    end: int
    layer: Layer
    style: str = ""
    id: str | None = None
    title: str | None = None
    items: str | None = None
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One step of setting marked text: a mark opens or closes, or a run of text stands.

    `whole` on an opening says it is the mark's first piece (it bears the id), on a closing that it is
    its last (the references follow it).
    """

    kind: Literal["open", "close", "text", "markdown", "break"]
    mark: Mark | None = None
    text: str = ""
    whole: bool = False


def trim_marks(text: str, marks: Iterable[Mark], start: int, end: int) -> list[Mark]:
    """The marks that touch visible characters of `text[start:end]`, cut to them."""
    kept = []
    for mark in marks:
        low, high = max(mark.start, start), min(mark.end, end)
        while low < high and text[low].isspace():
            low += 1
        while low < high and text[high - 1].isspace():
            high -= 1
        if low < high:
            kept.append(_recut(mark, low, high))
    return kept


def set_marks(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[Token]:
    """The tokens of `text[start:end]` with its marks: every opening is closed, none crosses another.

    A mark that reaches over the edge is cut there; its id stays with the piece that holds its first
    character, its references with the piece that holds its last. The texts joined are `text[start:end]`.
    """
    touching = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    bounds = {start, end}
    opening: dict[int, list[Mark]] = {}
    for mark in touching:
        low = max(mark.start, start)
        opening.setdefault(low, []).append(mark)
        bounds.update((low, min(mark.end, end)))
    tokens: list[Token] = []
    open_marks: list[Mark] = []
    points = sorted(bounds)
    for at, following in zip(points, [*points[1:], None], strict=True):
        _turn(tokens, open_marks, opening.get(at, []), at, end)
        if following is not None:
            tokens.extend(_set_text(text, at, following))
    return tokens


def _turn(tokens: list[Token], open_marks: list[Mark], opening: list[Mark], at: int, end: int) -> None:
    """Close what ends at `at` with everything inside it, and open what begins or goes on there."""
    ending = [depth for depth, mark in enumerate(open_marks) if min(mark.end, end) <= at]
    again: list[Mark] = []
    if ending:
        for mark in reversed(open_marks[ending[0] :]):
            tokens.append(Token("close", mark, whole=mark.end == at))
            if mark.end > at and at < end:
                again.append(mark)
        del open_marks[ending[0] :]
    for mark in sorted([*again, *opening], key=lambda mark: (-mark.end, _LAYERS[mark.layer], mark.start)):
        tokens.append(Token("open", mark, whole=mark.start == at))
        open_marks.append(mark)


def _set_text(text: str, start: int, end: int) -> Iterator[Token]:
    at = start
    for found in _SET_APART.finditer(text, start, end):
        if found.start() > at:
            yield Token("text", text=text[at : found.start()])
        yield Token("markdown" if found.group(1) else "break", text=found.group())
        at = found.end()
    if at < end:
        yield Token("text", text=text[at:end])


def _recut(mark: Mark, start: int, end: int) -> Mark:
    if (start, end) == (mark.start, mark.end):
        return mark
    return Mark(start, end, mark.layer, mark.style, mark.id, mark.title, mark.items, mark.references)
