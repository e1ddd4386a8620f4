"""Numbered heads: where a line or a sentence opens with a number, and where its title ends.

A number opens a head or an item of a list; which of the two is seen only beside its siblings, so numbers are
gathered first (`find_numbered`) and settled run by run. Rules H01 to H06 say what a number may be, H12 how
a title
glued to its text is cut. Every search is bounded, so that a report of one endless paragraph costs the same
per
character as any other.
"""

import re
from functools import cache
from typing import Final

from dukao.report.lines import Line, load_words, one_of

_CN: Final = "[一二三四五六七八九十]"
_MARK: Final = re.compile(
    rf"(?P<cn>{_CN}{{1,3}})\s?、(?!{_CN}{{1,3}}[、，产线类级期季])"
    rf"|[（(]\s?(?P<pcn>{_CN}{{1,3}})\s?[）)](?![、，])"
    rf"|第\s?(?P<di>{_CN}{{1,3}})[，,、：:]"
    r"|(?P<num>\d{1,2})(?:、|[．.](?!\d))"
    r"|[（(](?P<pnum>\d{1,2})[）)]|(?P<ring>[①-⑳⑴-⒇])"
    r"|(?P<dash>——|――)(?=\s?\S)"
)
_FIRST: Final = frozenset("（(第—―一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽0123456789０１２３４５６７８９")
# A number in the middle of a line counts only behind a sentence's end.
_INNER: Final = re.compile(
    rf"[。！？!?；][”’）)]?[ \u3000]{{0,4}}(?=[（(]{_CN}{{1,3}}[）)]|{_CN}{{1,3}}、|\d{{1,2}}[、．.]\D)"
)
_COMMA: Final = re.compile("[，,]")
_CLAUSE_STOP: Final = re.compile("[，,）)]")
_TITLE_STOP: Final = re.compile(r"[。！？!?；;]")
# A line that holds a link and nothing else, and the line that goes on after it.
_LINK: Final = re.compile(
    r"\s*\n\s*(?![一二三四五六七八九十]是|第|各位)([^\s，。！：；、（）][^\r\n，。！：；、（）]{0,9}?)\s*\n\s*[^\r\n。]{1,40}"
)
_MARKUP: Final = re.compile(r"[#*\s\u200b]+")

_RULE_OF: Final = {"cn": "H01", "pcn": "H02", "num": "H03", "di": "H04", "dash": "H05", "pnum": "H06"}
RANKS: Final = {"bare": 0.5, "cn": 1, "pcn": 2, "di": 2.5, "num": 3, "pnum": 4, "runin": 5, "dash": 6}
_LONGEST: Final = 60
_SURE: Final = 26


class Head:
    """A title found: `start:end` is the title, `body` where the text under it goes on, on its line or not.

    `limit` is the end of its line. `value` is its number, 0 for a head without one. `sentence` says that the
    title is a sentence with its stop, `inner` that it stands in the middle of a line.
    """

    __slots__ = ("body", "end", "inner", "limit", "rank", "rules", "sentence", "start", "style", "value")

    def __init__(
        self, start: int, end: int, body: int, limit: int, style: str, rank: float, rule: str, *,
        value: int = 0, sentence: bool = False, inner: bool = False,
    ) -> None:  # fmt: skip
        self.start = start
        self.end = end
        self.body = body
        self.limit = limit
        self.style = style
        self.rank = rank
        self.value = value
        self.sentence = sentence
        self.inner = inner
        self.rules = [rule]


@cache
def _glue() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Where a title ends though no stop says so: before an opening, before a verb, before an opening and
    noise."""
    words = load_words("heads")
    ending = one_of(words["endings"])
    session = rf"[市省区县]?第?{_CN}{{1,3}}[届次]"
    opening = rf"(?:{one_of(words['openings'])}|[12１２]\d{{3}}年|\d{{1,2}}[、．.]\D|{session})"
    restart = one_of(words["restarts"])
    return (
        re.compile(rf"{ending}(?=[?？]?{opening})(?:(?<!工作)(?<!情况)|(?!回顾))"),
        re.compile(rf"{ending}(?={restart})"),
        re.compile(rf"{ending}(?=[^，,、。]{{1,6}}?(?:{opening}|作为))(?![和与及的等])"),
    )


def number_value(written: str) -> int:
    """The value of a number of a head: 十二 is 12; 0 for what is none."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    digits = "一二三四五六七八九"
    last = digits.find(ones) + 1 if ones else 0
    return ((digits.find(tens) + 1 if tens else 1) * 10 if ten else 0) + last


def find_numbered(text: str, lines: list[Line]) -> list[Head]:
    """Every number that may open a head, in order, heads and items of lists alike."""
    found: list[Head] = []
    titled = 0
    for line in lines:
        start, end, fresh = line.start, line.end, line.fresh
        at = start
        fresh = fresh or bool(found and titled == found[-1].limit and found[-1].body >= titled)
        titled = end
        if text[at] in "#*":
            skipped = _MARKUP.match(text, at, end)
            at = skipped.end() if skipped else at
        if at < end and text[at] in _FIRST:
            head = _read_mark(text, at, end, fresh, lines[-1].end)
            if head:
                found.append(head)
                at = head.end
                _follow_glued(text, head, end, found)
        if end - at > 40:
            found += _inner_marks(text, at, end)
    return found


def _follow_glued(text: str, head: Head, end: int, found: list[Head]) -> None:
    """Add the number that stands right behind a title cut before it (`…效益1.调整…`)."""
    if "H12" in head.rules and head.body < end and text[head.body] in _FIRST:
        inner = _read_mark(text, head.body, end, True)
        if inner:
            inner.inner = True
            found.append(inner)


def _inner_marks(text: str, start: int, end: int) -> list[Head]:
    """Numbers in the middle of a line, behind a stop."""
    heads = []
    for stop in _INNER.finditer(text, start, end):
        head = _read_mark(text, stop.end(), end, True)
        if head:
            head.inner = True
            heads.append(head)
    return heads


def _read_mark(text: str, at: int, limit: int, fresh: bool, finish: int = 0) -> Head | None:
    """The head or item that opens at `at`, its title cut; None where the number stands for something else.

    `finish` is where the report ends, for a title that goes on behind its line.
    """
    mark = _MARK.match(text, at, limit)
    if mark is None or (not fresh and mark.lastgroup not in ("cn", "pcn")):
        return None
    style = mark.lastgroup or ""
    style, written = ("pnum", "") if style == "ring" else (style, mark.group(style))
    value = number_value(written) if style != "dash" else 0
    first = mark.end()
    while first < limit and text[first] in " \u3000*":
        first += 1
    if first >= limit:
        return None
    head = Head(at, limit, limit, limit, style, RANKS[style], _RULE_OF[style], value=value)
    head.limit = _across_links(text, first, limit, finish)
    _cut_title(text, head, first)
    return head


def _cut_title(text: str, head: Head, first: int) -> None:
    """Set where the title ends: at its stop, at the end of its line, or where its grammar ends."""
    limit = head.limit
    stop = _TITLE_STOP.search(text, first, min(limit, first + 90))
    if stop is None and limit - first <= _LONGEST:
        _close(text, head, limit, limit)
        return
    edge = stop.start() if stop else min(limit, first + 90)
    head.sentence = stop is not None
    cut = _glued_end(text, first, edge, eager=edge - first > (_SURE if head.style == "cn" else _LONGEST - 10))
    if cut:
        _close(text, head, cut, cut)
        head.rules.append("H12")
    else:
        _close(text, head, edge, edge + 1 if stop else edge)


def _across_links(text: str, first: int, limit: int, finish: int) -> int:
    """The end of a title's line; past the line breaks a crawler leaves around a link (`二、“⏎…⏎”时期…`)."""
    if limit - first > 20 or limit >= finish:
        return limit
    link = _LINK.match(text, limit, finish)
    if link and (text[limit - 1] in "“《" or limit - first < (12 if link.end(1) - link.start(1) < 5 else 8)):
        return link.end()
    return limit


def _close(text: str, head: Head, end: int, body: int) -> None:
    """Set the title's end and the body's start, marks of emphasis left out of both."""
    while end > head.start and text[end - 1] in " *\u3000：:?？":
        end -= 1
    while body < head.limit and text[body] in " *\u3000：:?？":
        body += 1
    head.end, head.body = end, body


def _glued_end(text: str, first: int, edge: int, *, eager: bool) -> int:
    """Where a title glued to its text ends, 0 where nothing says so. `eager` takes a mere verb for a new
    start."""
    opening, restart, noisy = _glue()
    limit = min(edge, first + _LONGEST + 10)
    for pattern in (opening, restart, noisy) if eager else (opening,):
        for found in pattern.finditer(text, first + 2, limit):
            if found.end() - first >= 4 and edge - found.end() >= 4:
                return found.end()
    return 0


def unglue(text: str, heads: list[Head]) -> None:
    """Cut the titles of a run of siblings whose titles are glued to their text, where most of them are
    (H12)."""
    inline = [head for head in heads if "H12" not in head.rules and _runs_on(text, head)]
    cuts = [(head, _restart(text, head)) for head in inline]
    glued = sum("H12" in head.rules for head in heads) + sum(cut > 0 for _, cut in cuts)
    settled = glued * 2 >= len(heads) and glued > 1
    for head, cut in cuts:
        if settled:
            cut = cut or _restart(text, head, least=2) or _repeated(text, head)
        else:
            cut = _repeated(text, head) if head.end - head.start > _SURE else 0
        if cut:
            _close(text, head, cut, cut)
            head.rules.append("H12")


def _runs_on(text: str, head: Head) -> bool:
    """Whether text follows the title on its own line."""
    return head.limit - head.body >= 10 or text[head.limit : head.limit + 1] not in ("", "\n", "\r", " ")


def _restart(text: str, head: Head, least: int = 7) -> int:
    """Where the head's first sentence starts anew with a verb, 0 where it does not.

    What follows must be a clause of its own, of `least` characters: in `建设深入推进` the verb is the
    title's.
    """
    for found in _glue()[1].finditer(text, head.start + 5, head.end):
        comma = _COMMA.search(text, found.end(), head.end)
        if (comma.start() if comma else head.end) - found.end() >= least:
            return found.end()
    return 0


def _repeated(text: str, head: Head) -> int:
    """Where a clause of a title says its first word again (`坚决打赢…坚决打赢…`), 0 where none does."""
    for stop in _CLAUSE_STOP.finditer(text, head.start, head.end):
        clause = stop.end()
        again = text.find(text[clause : clause + 2], clause + 4, head.end)
        if again > 0 and text[again - 1] not in "、和与及的，,":
            return again
    return 0


def is_item(text: str, head: Head, following: str) -> bool:
    """Whether a numbered sentence is an item of a list and no head. `following` is what comes after its line:
    "text", "mark" or "end"."""
    length = head.end - head.start
    if text[head.limit - 1] in "；;" or text[head.end : head.end + 1] in ("；", ";"):
        return True
    alone = head.limit - head.body < 6
    if head.rank <= RANKS["pcn"] or head.style == "bare":
        return length > _LONGEST + 25 or (alone and head.sentence and length > _SURE and following != "text")
    bodiless = alone and (following != "text" or head.inner)
    return length > 34 or bodiless or any(char.isdigit() for char in text[head.start + 3 : head.end])
