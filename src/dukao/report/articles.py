"""The articles of a page that holds several, and the one among them that is a work report."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from dukao.reading.values import Diagnostic
from dukao.report.places import list_places

# A line of dashes between entries, a label that opens one, a date that stands alone on its line.
# Patterns open with the line break, which is quick to find.
_RULE_LINE = re.compile(r"\n[ \t\u3000]*[-—–=_*~][-—–=_*~ ]{0,79}[ \t\r\u3000]*(?=\n|\Z)")
_LABEL_LINE = re.compile(r"^[ \t\u3000]*(?:标题|题目)[：:][ \t\u3000]*(?P<title>[^\n]+)", re.M)
_BEFORE_LABEL = re.compile(r"\n(?=[ \t\u3000]*(?:标题|题目)[：:][ \t\u3000]*[^\n])")
_DATE_LINE = re.compile(
    r"\n[ \t\u3000]*(?:(?:发布|发文|更新|刊发|成文)?(?:时间|日期)[：:]\s*|[（(\[【]\s*)?"
    r"(?P<year>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<month>\d{1,2})\s*(?:月|[-/.])\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?[^\n]{0,30}(?=\n|\Z)"
)
_TAG = re.compile(r"\s*(?:【(?P<lens>[^】\n]{1,20})】|\[(?P<square>[^\]\n]{1,20})\])\s*")
# A field of a document's head (发文单位：…), which is no title.
_FIELD = re.compile(r"\S{2,6}[：:]")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]*")
_SAYS_REPORT = re.compile(
    r"(?:向(?:大会|全国人民代表大会|本次大会)[^。]{0,12}(?:报告|汇报)|请予审议|请各位代表审议)"
)
_TITLE_EDGE = " *\t\r\f\v\u3000"
_LONGEST_TITLE = 80
_LEAST_BODY = 60
_LEAST_ARTICLE = 200


@dataclass(frozen=True, slots=True)
class Article:
    """One entry of a page: `start:end` is all of it, `body` the span of its text, `date` an ISO date."""

    title: str
    tag: str | None
    date: str | None
    start: int
    end: int
    body: tuple[int, int]
    places: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """An `articles` entry of `dukao.articles/1`, without the measures, which are the compiler's."""
        return {
            "title": self.title,
            "tag": self.tag,
            "date": self.date,
            "start": self.start,
            "end": self.end,
            "body": list(self.body),
            "places": list(self.places),
        }


def list_articles(text: str) -> tuple[Article, ...]:
    """The articles of a page in order; a page that is one document gives one article."""
    return tuple(_read_article(text, start, end, with_places=True) for start, end in _entries(text))


def find_report(text: str) -> tuple[int, int, Diagnostic | None]:
    """The span of the work report on a page, and a diagnostic where the page holds other articles too."""
    entries = _entries(text)
    if len(entries) < 2:
        return 0, len(text), None
    articles = [_read_article(text, start, end, with_places=False) for start, end in entries]
    scores = [_report_score(text, article) for article in articles]
    best = max(
        range(len(articles)), key=lambda index: (scores[index], articles[index].end - articles[index].start)
    )
    article = articles[best]
    if not scores[best]:
        message = f"本页共 {len(articles)} 篇文章，没有一篇是政府工作报告；请用 dukao articles 查看。"
        return 0, len(text), Diagnostic("articles.no-report", 0, 0, message)
    message = (
        f"本页共 {len(articles)} 篇文章，第 {best + 1} 篇《{article.title}》是政府工作报告，只编译这一篇。"
    )
    return (
        article.start,
        article.body[1],
        Diagnostic("articles.report-found", article.start, article.end, message),
    )


def _entries(text: str) -> list[tuple[int, int]]:
    """The spans of the page's entries: the first way of splitting it that gives more than one, else the
    whole."""
    for split in (_split_by_rules, _split_by_labels, _split_by_dates):
        spans = split(text)
        if len(spans) > 1:
            return spans
    start, end = trim_blank(text, 0, len(text))
    return [(start, end)] if start < end else []


def _report_score(text: str, article: Article) -> int:
    """How much an article looks like a work report, 0 where nothing speaks for it."""
    first, last = article.body
    says = _SAYS_REPORT.search(text, first, min(last, first + 600)) is not None
    addressed = text.find("各位代表", first, min(last, first + 200)) >= 0
    titled = "政府工作报告" in article.title and last - first > 2000
    return 2 * says + addressed + titled


def trim_blank(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blank lines at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _split_by_rules(text: str) -> list[tuple[int, int]]:
    """Entries between lines of dashes, if most of them carry a date or a tag of their own."""
    opening = _RULE_LINE.match("\n" + text[:100])
    first = opening.end() - 1 if opening else 0
    cuts = [first, *(at for found in _RULE_LINE.finditer(text, first) for at in found.span()), len(text)]
    spans = [trim_blank(text, start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True)]
    entries = [span for span in spans if span[1] - span[0] > _LEAST_BODY]
    if len(entries) < 2:
        return []
    marked = sum(bool(_TAG.match(text, *span) or _DATE_LINE.search(text, *span)) for span in entries[:200])
    return entries if marked * 2 > min(len(entries), 200) else []


def _split_by_labels(text: str) -> list[tuple[int, int]]:
    """Entries that each open with a label (标题：…)."""
    starts = [0] if _LABEL_LINE.match(text) else []
    starts += [found.end() for found in _BEFORE_LABEL.finditer(text)]
    if len(starts) < 2 or text.count("标题：") + text.count("题目：") + text.count("标题:") < 2:
        return []
    spans = [trim_blank(text, start, end) for start, end in pairwise([*starts, len(text)])]
    return spans if len(spans) > 1 and all(end - start > _LEAST_BODY for start, end in spans) else []


def _split_by_dates(text: str) -> list[tuple[int, int]]:
    """Entries that each open with a title of their own and a date below it."""
    starts = []
    for found in _DATE_LINE.finditer(text):
        start = -1 if "会议" in found[0] else _title_above(text, found.start())
        if start >= 0:
            starts.append(start)
    spans = [trim_blank(text, start, end) for start, end in pairwise([*starts, len(text)])]
    return spans if len(spans) > 1 and all(end - start > _LEAST_ARTICLE for start, end in spans) else []


def _title_above(text: str, at: int) -> int:
    """Where the title on the line above starts, -1 where that line is no title."""
    end = at
    while end > 0 and text[end - 1].isspace():
        end -= 1
    start = text.rfind("\n", max(0, end - _LONGEST_TITLE - 2), end) + 1
    if start == 0 and end > _LONGEST_TITLE:
        return -1
    title = text[start:end]
    plain = 4 <= len(title) <= _LONGEST_TITLE and title[-1] not in "。；;，,：:！" and "会议" not in title
    return start if plain and not _FIELD.match(title) else -1


def _read_article(text: str, start: int, end: int, *, with_places: bool) -> Article:
    """One entry's title, tag, date and body, and the places it names where they are asked for."""
    line = text.find("\n", start, end)
    cut = line if line >= 0 else min(end, start + _LONGEST_TITLE)
    label = _LABEL_LINE.match(text, start, end)
    tag = _TAG.match(text, start, cut)
    first = label.start("title") if label else tag.end() if tag else start
    heading = _HEADING.match(text, first, cut)
    first = heading.end() if heading else first
    title = text[first:cut].strip(_TITLE_EDGE) or text[start:cut].strip()
    body, date = _body_and_date(text, cut, end)
    written = (tag["lens"] or tag["square"]) if tag else None
    places = list_places(text[start : body[1]]) if with_places else ()
    return Article(title[:_LONGEST_TITLE], written, date, start, end, body, places)


def _body_and_date(text: str, start: int, end: int) -> tuple[tuple[int, int], str | None]:
    """The text between title and date line, whichever end the date stands at."""
    first, last = trim_blank(text, start, end)
    date = None
    for found in _DATE_LINE.finditer(text, max(start, first - 1), end):
        before, after = found.start() - first, last - found.end()
        if before > 200 and after > 200:
            continue
        date = date or f"{found['year']}-{int(found['month']):02d}-{int(found['day']):02d}"
        if after <= 200 and before > after:
            last = min(last, found.start())
            break
        first = max(first, found.end())
    return trim_blank(text, first, last), date
