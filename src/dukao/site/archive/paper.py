"""A document's text set as paper: heads, paragraphs and table rows, each a span of the text, with marks.

Nothing is altered on the way but for the eye: Markdown's stars and hashes are left out, a line is a block.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from dukao.papers.marks import Mark, Token, set_marks, trim_marks

BlockKind = Literal["head", "paragraph", "more", "rows"]
Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r]*\S[^\n\r]*")
_CELL = re.compile(r"[^\t]*")
_PIPED = re.compile(r"\s*\|(?:.*\|)+\s*")
_RULE = re.compile(r"[\s|:\-]*")
_STOPS = "。！？!?；;：:”）》"
_LONG = 60  # characters: a shorter line without a stop is a title, a place or a signature
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Block:
    """A head with its level and id, a paragraph, one that goes on over a page break, or rows of a table."""

    kind: BlockKind
    tokens: tuple[Token, ...] = ()
    level: int = 0
    id: str = ""
    rows: tuple[tuple[tuple[Token, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """An entry of the outline beside the paper: where it stands, how deep, what it says."""

    id: str
    level: int
    title: str
    start: int
    end: int


def read_span(said: str, text: str) -> Span | None:
    """The span an address asks for (`120-168`), None where it is none of this text."""
    found = _SPAN.fullmatch(said.strip())
    if not found:
        return None
    start, end = int(found[1]), int(found[2])
    return (start, end) if start < end <= len(text) and text[start:end].strip() else None


def heads_of(result: dict[str, Any]) -> list[Head]:
    """The outline of a compiled report or the heads of a breakdown, in the order of the text."""
    found = result.get("outline") or result.get("groups") or []
    heads = [
        Head(one["id"], one.get("level", 1), _clean(one["title"]), one["start"], one["end"])
        for one in found
        if one["end"] > one["start"]
    ]
    return sorted(heads, key=lambda head: head.start)


def lay_out(text: str, heads: Sequence[Head], promises: Sequence[Span], here: Span | None) -> list[Block]:
    """The blocks of a text; `promises` are underlined, `here` is lit up and bears the id `here`."""
    marks = [Mark(start, end, "commitment", "kept") for start, end in promises]
    marks += [Mark(head.start, head.end, "head", "head") for head in heads]
    if here:
        marks.append(Mark(*here, "span", "here", "here"))
    marks = sorted(trim_marks(text, marks, 0, len(text)), key=lambda mark: mark.start)
    by_line = _Marks(marks)
    return list(_join_rows(_lines(text, list(heads), by_line)))


class _Marks:
    """Marks asked by place; they are short and hardly overlap, so a look back a few places is enough."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self._marks = marks
        self._starts = [mark.start for mark in marks]
        self._longest = max((mark.end - mark.start for mark in marks), default=0)

    def touching(self, start: int, end: int) -> list[Mark]:
        low = bisect_left(self._starts, start - self._longest)
        high = bisect_left(self._starts, end)
        return [mark for mark in self._marks[low:high] if mark.end > start]


def _lines(text: str, heads: list[Head], marks: _Marks) -> Iterator[Block]:
    """Every line as a block of its own; a line that opens with a head bears the head's id."""
    before = ""
    at = 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        ids = []
        while at < len(heads) and heads[at].start < end:
            ids.append(heads[at])
            at += 1
        said = found.group()
        if "\t" in said or _PIPED.fullmatch(said):
            if not _RULE.fullmatch(said):
                yield Block("rows", id=ids[0].id if ids else "", rows=(_cells(text, start, end, marks),))
            before = ""
            continue
        tokens = tuple(set_marks(text, start, end, marks.touching(start, end)))
        is_head = bool(ids) and ids[0].end - ids[0].start >= 0.8 * len(_clean(said))
        kind: BlockKind = "head" if is_head else "more" if _goes_on(before) else "paragraph"
        level = min(ids[0].level + 1, 4) if is_head else 0
        yield Block(kind, tokens, level, ids[0].id if ids else "")
        before = "" if is_head else said.strip()


def _goes_on(before: str) -> bool:
    """Whether a paragraph was cut by a page break: long, and without a stop at its end."""
    return len(before) > _LONG and before[-1] not in _STOPS


def _cells(text: str, start: int, end: int, marks: _Marks) -> tuple[tuple[Token, ...], ...]:
    """The cells of a row that tabs or bars hold apart."""
    if "\t" in text[start:end]:
        spans = [found.span() for found in _CELL.finditer(text, start, end)]
        # The pattern finds an empty match behind every cell that is not empty.
        cells = [span for at, span in enumerate(spans) if at == 0 or span[0] > spans[at - 1][1]]
    else:
        bars = [at for at in range(start, end) if text[at] == "|"]
        cells = [(low + 1, high) for low, high in pairwise(bars)]
    return tuple(tuple(set_marks(text, low, high, marks.touching(low, high))) for low, high in cells)


def _join_rows(blocks: Iterator[Block]) -> Iterator[Block]:
    """Rows that follow one another make one table."""
    table: list[Block] = []
    for block in blocks:
        if block.kind == "rows" and not (table and block.id):
            table.append(block)
            continue
        if table:
            yield _as_table(table)
        table = [block] if block.kind == "rows" else []
        if not table:
            yield block
    if table:
        yield _as_table(table)


def _as_table(rows: list[Block]) -> Block:
    return Block("rows", id=rows[0].id, rows=tuple(row for block in rows for row in block.rows))


def _clean(text: str) -> str:
    return " ".join(text.replace("*", "").replace("#", "").split())
