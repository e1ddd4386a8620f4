"""Where a report begins and ends in its text: masthead, menus, notes, page furniture and the closing call
left out."""

import re
from functools import cache
from typing import Final

from dukao.report.lines import Line, any_pattern, load_words, one_of, trim

_LONG_LINE: Final = 300
_NUMBERED: Final = re.compile(
    r"[#*\s]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)


@cache
def _edges() -> tuple[re.Pattern[str], ...]:
    """Patterns of the address a report opens with, of what follows it, of its closing call, of what is
    glued to it."""
    words = load_words("parts")
    greeting = one_of(words["greetings"])
    ends = one_of(words["closing_ends"])
    closing = rf"{one_of(words['closing_calls'])}|{ends}[！!]|{ends}。$"
    return (
        re.compile(rf"[*#\s]*{greeting}[^。，,\n]{{0,16}}?[：:！!]"),
        re.compile(rf"\W{{0,3}}{any_pattern(words['back_matter'])}"),
        re.compile(closing),
        re.compile(any_pattern(words["inline_back_matter"])),
    )


def own_lines(text: str, lines: list[Line]) -> list[Line]:
    """The lines of the report itself: masthead and menus before them left out, notes and page furniture
    after them.

    A file may hold report upon report: where another address follows the notes, the text goes on there.
    """
    greeting, back, *_ = _edges()
    kept: list[Line] = []
    outside = True
    for line in lines:
        found = greeting.match(text, line.start, line.end) if text[line.start] in "各同*#" else None
        if outside and found and (not kept or text[found.end() - 1] in "：:"):
            outside = False
            rest = trim(text, found.end(), line.end)
            if rest[0] < rest[1]:
                kept.append(Line(rest[0], rest[1], True))
        elif kept and not outside and line.end - line.start < 40 and back.match(text, line.start, line.end):
            outside = True
        elif not outside:
            kept.append(line)
    if not kept:
        kept = _ungreeted(text, lines)
    return _without_closing(text, _without_furniture(text, kept))


def _ungreeted(text: str, lines: list[Line]) -> list[Line]:
    """The lines of a report without an address."""
    back = _edges()[1]
    kept = lines[_first_prose(text, lines) :]
    for index, line in enumerate(kept):
        if index and line.end - line.start < 40 and back.match(text, line.start, line.end):
            return kept[:index]
    return kept


def _without_furniture(text: str, lines: list[Line]) -> list[Line]:
    """The lines up to the last that is prose: links, addresses and registration numbers at the end hold no
    stop."""
    last = len(lines)
    while last > 1 and lines[last - 1].end - lines[last - 1].start < 120:
        line = lines[last - 1]
        if text[line.end - 1] in "。！!；;”…":
            break
        last -= 1
    kept = lines[:last]
    if kept:
        start, end, fresh = kept[-1].start, kept[-1].end, kept[-1].fresh
        glued = _edges()[3].search(text, max(start, end - 120), end)
        if glued and glued.start() > start:
            kept[-1] = Line(start, glued.start(), fresh)
    return kept


def _first_prose(text: str, lines: list[Line]) -> int:
    """The first line that is a head or a paragraph of prose, in a report without an address."""
    for index, line in enumerate(lines):
        if _NUMBERED.match(text, line.start, line.end):
            return index
        if line.end - line.start > 100 and text.count("。", line.start, line.end) > 1:
            return index
    return 0


def _without_closing(text: str, lines: list[Line]) -> list[Line]:
    """The lines up to the closing call (`让我们…奋斗！`); the call and all that follows it hold no
    commitment."""
    if not lines:
        return lines
    closing = _edges()[2]
    least = lines[0].start + (lines[-1].end - lines[0].start) * 3 // 4
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.end < least:
            break
        if closing.search(text, max(line.start, line.end - _LONG_LINE), line.end):
            cut = _closing_start(text, line)
            rest = [Line(line.start, cut, line.fresh)] if cut > line.start else []
            return lines[:index] + rest
    return lines


def _closing_start(text: str, line: Line) -> int:
    """Where the closing call begins in its line: at its last address, in a line that holds more than the
    call."""
    if line.end - line.start < _LONG_LINE * 2:
        return line.start
    near = line.end - _LONG_LINE * 4
    address = max(text.rfind(word, near, line.end) for word in ("各位代表", "同志们", "让我们"))
    if text.startswith("让我们", address):
        earlier = max(text.rfind(word, near, line.end) for word in ("各位代表", "同志们"))
        address = earlier if earlier > address - _LONG_LINE else address
    return address if address > 0 else line.end
