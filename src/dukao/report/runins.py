"""Heads without a number: Markdown heads, bold and plain run-in heads, and titles that stand alone on a line.

A plain short sentence is a head only beside its like: rules H09 (at the start of paragraphs) and H10 (inside
paragraphs) look at a whole group of siblings before they take one of them.
"""

import re
from collections import Counter
from functools import cache
from typing import Final, NamedTuple

from dukao.report.heads import RANKS, Head
from dukao.report.lines import Line, any_pattern, load_words, one_of

_MARKDOWN: Final = re.compile(r"(#{1,6})[ \u3000]*(.*?)[ #]*$")
_BOLD: Final = re.compile(r"\*\*([^*\n]{2,60}?)\*\*")
# A stop, a number or the copula: what states a fact is no title.
_NO_TITLE: Final = re.compile(r"[。！？；;：:!?\d是]")
_COMMA: Final = re.compile("[，,]")
_SHORT: Final = re.compile(r"[。！!](?=([^。，,、；;：:！？!?\n\d*]{4,24})。)")
_MARKDOWN_RANKS: Final = {1: RANKS["bare"], 2: RANKS["bare"], 3: 1.5}
_LONGEST_OPENING: Final = 26
_LEAST_BODY: Final = 15
_LEAST_UNLIKE_BODY: Final = 30
_LEAST_INNER_BODY: Final = 70


class Group(NamedTuple):
    """The prose under one head, up to the next: where it starts, where it ends, and the lines after the
    first."""

    head: Head | None
    start: int
    end: int
    lines: list[Line]


@cache
def _vocabulary() -> tuple[re.Pattern[str], ...]:
    """Patterns of a title alone on its line, of what is no run-in head, of how one begins, ends and does
    not end."""
    words = load_words("heads")
    return (
        re.compile(
            rf"(?:{any_pattern(words['unnumbered'])}[^。！？；：，]{{0,24}}{one_of(words['unnumbered_endings'])}|结束?语)$"
        ),
        re.compile(one_of(words["not_heads"])),
        re.compile(one_of(words["phrase_starts"])),
        re.compile(one_of(words["phrase_ends"]) + "$"),
        re.compile(one_of(words["thing_ends"]) + "”?$"),
        re.compile(f"{one_of(words['not_in_heads'])}|{any_pattern(words['sayings'])}"),
    )


def find_marked(text: str, lines: list[Line], taken: set[int]) -> list[Head]:
    """Heads that their marks show: `##`, bold at the start of a line, an unnumbered title on a line of its
    own.

    `taken` holds the ends of lines that a number has opened already.
    """
    alone = _vocabulary()[0]
    heads = []
    for line in lines:
        if line.end in taken:
            continue
        first = text[line.start]
        head = None
        if first == "#":
            head = _read_markdown(text, line)
        elif first == "*":
            head = _read_bold(text, line)
        elif line.fresh and line.end - line.start <= 34 and alone.match(text[line.start : line.end]):
            head = Head(line.start, line.end, line.end, line.end, "bare", RANKS["bare"], "H11")
        if head:
            heads.append(head)
    return heads


def _read_markdown(text: str, line: Line) -> Head | None:
    """A Markdown head; None for the report's own title."""
    found = _MARKDOWN.match(text[line.start : line.end])
    if found is None or not found[2].strip("* ") or "政府工作报告" in found[2]:
        return None
    start, end = line.start + found.start(2), line.start + found.end(2)
    while text[start] in "* ":
        start += 1
    while text[end - 1] in "* 。：:":
        end -= 1
    rank = _MARKDOWN_RANKS.get(len(found[1]), 4.5)
    return Head(start, end, line.end, line.end, "bare", rank, "H07")


def _read_bold(text: str, line: Line) -> Head | None:
    """A bold run-in head: bold at the start of the line, with its stop inside or behind the marks."""
    found = _BOLD.match(text, line.start, line.end)
    if found is None:
        return None
    start, end = found.span(1)
    body = found.end()
    stopped = text[end - 1] in "。：:"
    if stopped:
        end -= 1
    elif body < line.end and text[body] in "。：:":
        body += 1
    elif body < line.end:
        return None
    style = "bare" if body >= line.end and _vocabulary()[0].match(text[start:end]) else "runin"
    return Head(start, end, body, line.end, style, RANKS[style], "H08")


def find_openings(text: str, groups: list[Group]) -> list[Head]:
    """Plain run-in heads at the start of paragraphs (H09), where several siblings have one."""
    heads: list[Head] = []
    for group in groups:
        found, between = _openings_of(text, group)
        if len(found) > 1 and (len(found) * 2 >= between or _is_parallel(text, found)):
            heads += found
    return heads


def _openings_of(text: str, group: Group) -> tuple[list[Head], int]:
    """The openings of a group's paragraphs, and how many paragraphs stand from the first of them to the
    last."""
    found: list[Head] = []
    between = paragraphs = 0
    owned = group.head is not None and group.head.body >= group.head.limit
    for index, line in enumerate(group.lines):
        begins = line.fresh or (index == 0 and owned)
        body = (
            index > 0 and bool(found) and found[-1].body + 15 > found[-1].limit == group.lines[index - 1].end
        )
        if not begins or body or text.startswith(("各位代表", "同志们"), line.start, line.end):
            continue
        head = _opening(text, group.lines, index)
        paragraphs += bool(found)
        if head:
            found.append(head)
            between = paragraphs = max(paragraphs, 1)
    return found, between


def _opening(text: str, lines: list[Line], index: int) -> Head | None:
    """The short sentence a paragraph opens with, if text follows it on its line or on the next."""
    start, end = lines[index].start, lines[index].end
    stop = _opening_stop(text, lines[index])
    if not stop:
        return None
    if end - stop < 15:
        after = lines[index + 1] if index + 1 < len(lines) else None
        if after is None or after.end - after.start < 40:
            return None
    return Head(start, stop, stop + 1, end, "runin", RANKS["runin"], "H09", sentence=True)


def _opening_stop(text: str, line: Line) -> int:
    """The stop of the line's first sentence where that may be a title, else 0."""
    stop = text.find("。", line.start, min(line.end, line.start + _LONGEST_OPENING + 1))
    return stop if stop >= line.start + 4 and _may_be_title(text[line.start : stop], commas=1) else 0


def _may_be_title(title: str, *, commas: int = 0) -> bool:
    """Whether a short sentence may be a title: no number, no list, no link to what was said before."""
    if len(title) - commas > 24 or _NO_TITLE.search(title) or len(_COMMA.findall(title)) > commas:
        return False
    _, no_start, *_, no_part = _vocabulary()
    return no_start.match(title) is None and no_part.search(title) is None


def _is_parallel(text: str, heads: list[Head]) -> bool:
    """Whether most of the titles share their first or their last two characters."""
    titles = [text[head.start : head.end] for head in heads]
    first = Counter(title[:2] for title in titles).most_common(1)[0][1]
    last = Counter(title[-2:] for title in titles).most_common(1)[0][1]
    return max(first, last) * 3 >= len(titles) * 2 and max(first, last) > 1


def find_inner(text: str, groups: list[Group]) -> list[Head]:
    """Plain run-in heads inside the single paragraphs of a run of siblings (H10)."""
    candidates = [_inner_candidates(text, group) for group in groups]
    parallel = [_parallel_part(found, text) for found in candidates]
    opened = [
        bool(found) and found[0].start == group.start for group, found in zip(groups, candidates, strict=True)
    ]
    by_form = sum(map(bool, parallel))
    by_place = sum(opened)
    if max(by_form, by_place) < 2 or max(by_form, by_place) * 2 < len(groups):
        return []
    heads: list[Head] = []
    inhabited = 0
    for group, found, alike in zip(groups, candidates, parallel, strict=True):
        kept = alike
        if not alike:
            likely = [head for head in found if _reads_like_title(text, head)]
            kept = (
                _with_body(likely, group.end) if by_place > by_form else _spaced(likely, _LEAST_UNLIKE_BODY)
            )
        heads += kept
        inhabited += bool(kept)
    return heads if len(heads) * 2 >= inhabited * 3 else []


def _with_body(likely: list[Head], end: int) -> list[Head]:
    """The likely titles with enough text of their own: a short sentence soon after one is an item of what
    it opens."""
    starts = [head.start for head in likely] + [end]
    return [
        head for head, after in zip(likely, starts[1:], strict=True) if after - head.body >= _LEAST_INNER_BODY
    ]


def _inner_candidates(text: str, group: Group) -> list[Head]:
    """Every short sentence without a comma in the group's paragraph."""
    spans = []
    stop = text.find("。", group.start, min(group.end, group.start + 25))
    if stop >= group.start + 4 and _may_be_title(text[group.start : stop]):
        spans.append((group.start, stop))
    for found in _SHORT.finditer(text, group.start, group.end):
        if found.end(1) < group.end - _LEAST_BODY and _may_be_title(found[1]):
            spans.append(found.span(1))
    return [
        Head(start, end, end + 1, group.end, "runin", RANKS["runin"], "H10", sentence=True, inner=True)
        for start, end in spans
    ]


def _parallel_part(found: list[Head], text: str) -> list[Head]:
    """The candidates that share their first two characters, or all of them their first; none if there are
    not two."""
    if len(found) < 2:
        return []
    pair, count = Counter(text[head.start : head.start + 2] for head in found).most_common(1)[0]
    if count > 1 and count * 2 >= len(found):
        return _spaced([head for head in found if text.startswith(pair, head.start)])
    if len(found) > 2 and len({text[head.start] for head in found}) == 1:
        return _spaced(found)
    return []


def _reads_like_title(text: str, head: Head) -> bool:
    """Whether the sentence begins or ends as titles do."""
    _, _, starts, ends, things, _ = _vocabulary()
    title = text[head.start : head.end]
    return (
        len(title) <= 16
        and not things.search(title)
        and (starts.match(title) is not None or ends.search(title) is not None)
    )


def _spaced(heads: list[Head], least: int = _LEAST_BODY) -> list[Head]:
    """The heads that have text of their own before the next sentence that looks like one."""
    kept: list[Head] = []
    for head in heads:
        if not kept or head.start - kept[-1].body >= least:
            kept.append(head)
    return kept
