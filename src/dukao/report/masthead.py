"""The masthead (文前) of a report: whose it is, which year it plans, when it was given and by whom.

Only what the text says: a field it does not give is None. The year may be inferred from the heads (Q05),
since some
reports have lost their masthead on the way.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from dukao.report.heads import number_value
from dukao.report.lines import load_words, one_of
from dukao.report.places import Level, level_of, link_pattern, list_places, own_place

_HAN = "[\u4e00-\u9fff]"
_DIGITS = "一二三四五六七八九"
_WRITTEN_YEAR = r"[12１２二一][\d〇○OoＯｏ零一二三四五六七八九]{3}"
_DATE = re.compile(
    rf"(?P<year>{_WRITTEN_YEAR})\s?年\s?(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s?月\s?(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s?日"
)
# A date that goes on with its session, and a date on a line of its own behind one.
_SESSION = re.compile(r"[ ，,]*在|[^\n]{0,14}?第.{1,4}届")
_SESSION_BEFORE = re.compile(r"会议上?[）)]?\s*[（(]?$")
_NATION = re.compile(
    "(?:代表|受)国务院|国务院(?:总理|政府工作报告|向)|全国人民代表大会第|第[一二三四五六七八九十]+届全国人民代表大会"
)
_GREETING = re.compile(r"(?:各位代表|各位委员|同志们)[^。，,\n]{0,10}[：:！!]")
_LABEL = re.compile(r"^[ \u3000]*(标题|发文单位|发布机构|年份|报告人)[：:][ \u3000]*(.+)$", re.M)
_YEAR_OF_HEAD = re.compile(
    r"(?P<year>[12１２]\d{3})\s?年[^。，\n]{0,14}?(?:(?P<review>回顾|工作情况|完成情况|政府的工作)|(?P<plan>任务|安排|部署|重点|目标|建议|要求))"
)
_HORIZON = 20_000
_FRONT = 6_000


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands before a report. `year` is the year it plans, `delivered` an ISO date."""

    title: str
    place: str | None
    level: Level | None
    year: int | None
    delivered: str | None
    speaker: str | None
    rules: tuple[str, ...] = ()


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Patterns of a place before its government, before its congress, post or report, and of the post that
    reports."""
    posts = one_of(load_words("masthead")["posts"])
    chain = rf"(?P<place>(?:{link_pattern()}){{1,4}})"
    after = rf"(?=第.{{1,4}}届|(?:代理?)?{posts}|(?:{_WRITTEN_YEAR}年)?政府工作报告)"
    return (
        re.compile(rf"{chain}\s?人民\s?政府"),
        re.compile(rf"(?<!{_HAN})(?:在|出席)?{chain}{after}"),
        re.compile(
            rf"(?:代理?)?{posts}[ \u3000\n]*(?P<name>{_HAN}[ \u3000]?{_HAN}{{1,3}})(?=$|[\s）)])", re.M
        ),
    )


def read_masthead(text: str, start: int, end: int) -> Masthead:
    """The masthead of the report in `text[start:end]`; only its first pages are looked at."""
    end = min(end, start + _HORIZON)
    greeting = _GREETING.search(text, start, end)
    front = text[start : min(greeting.start() if greeting else start + 400, start + _FRONT)]
    opening = text[greeting.start() : greeting.end() + 160] if greeting else ""
    labels = {found[1]: found[2].strip() for found in _LABEL.finditer(front)}
    rules: list[str] = []
    title = _read_title(front, labels)
    place, level = _read_place(front, opening, text[start : min(end, start + _FRONT)], labels, title, rules)
    delivered = _read_date(front, rules)
    year = _read_year(text[start:end], delivered, title, labels, rules)
    return Masthead(title, place, level, year, delivered, _read_speaker(front, labels, rules), tuple(rules))


def _read_title(front: str, labels: dict[str, str]) -> str:
    """The report's title: the label's, else the shortest line that says 政府工作报告."""
    if "政府工作报告" in labels.get("标题", ""):
        return labels["标题"]
    titles = []
    for line in front.split("\n")[:120]:
        if "政" not in line or "告" not in line:
            continue
        joined = re.sub(r"【[^】]*】|[#*\u200b]|<U\+00A0>|\s", "", line)
        at = joined.find("政府工作报告")
        if at >= 0 and not joined.startswith(("数读", "《")):
            titles.append(joined[: at + 6] if len(joined) > 40 else joined)
    return labels.get("标题") or (min(titles, key=len) if titles else "政府工作报告")


def _read_place(
    front: str, opening: str, body: str, labels: dict[str, str], title: str, rules: list[str]
) -> tuple[str | None, Level | None]:
    """The place's own name with its type word, and its level."""
    if _NATION.search(front[-400:] + opening + title):
        rules.append("Q02")
        return None, "nation"
    for pattern in _patterns()[:2]:
        for source in (front, opening, labels.get("发文单位", ""), title):
            found = [own_place(each["place"]) for each in pattern.finditer(source)]
            named = [each for each in found if each]
            if named:
                rules.append("Q01")
                return named[-1]
    return _guess_place(opening, body, rules)


def _guess_place(opening: str, body: str, rules: list[str]) -> tuple[str | None, Level | None]:
    """The place the report speaks of most, of the level its speaker names (`我代表市人民政府`)."""
    said = re.search("代表本?([省市区县])人民政府|([省市区县])人民政府", opening)
    names = [name for name in list_places(body) if not said or name.endswith(said[1] or said[2])]
    if not said and body.count("我国") > 9:
        rules.append("Q02")
        return None, "nation"
    if not names or body.count(names[0]) < 3:
        return None, level_of(said[1] or said[2]) if said else None
    rules.append("Q01")
    return names[0], level_of(names[0])


def _read_date(front: str, rules: list[str]) -> str | None:
    """The day of the session: a date beside a people's congress, else one that stands alone in brackets."""
    dates = list(_DATE.finditer(front))
    tests = (
        lambda found: _SESSION.match(front, found.end()),
        lambda found: front[found.start() - 1 : found.start()] in ("（", "("),
        lambda found: _SESSION_BEFORE.search(front, max(0, found.start() - 20), found.start()),
    )
    for test in tests:
        for found in dates:
            if test(found):
                rules.append("Q03")
                return _iso(found)
    return None


def _iso(found: re.Match[str]) -> str | None:
    year, month, day = written_year(found["year"]), number_value(found["month"]), number_value(found["day"])
    return f"{year:04d}-{month:02d}-{day:02d}" if 0 < month < 13 and 0 < day < 32 else None


def written_year(written: str) -> int:
    """A year however it is written: 2016, ２０１６, 二〇一六, 二O一六."""
    digits = ""
    for char in written:
        if char in "〇○OoＯｏ零":
            digits += "0"
        elif char in _DIGITS:
            digits += str(_DIGITS.index(char) + 1)
        else:
            digits += str(int(char))
    return int(digits)


def _read_year(
    text: str, delivered: str | None, title: str, labels: dict[str, str], rules: list[str]
) -> int | None:
    """The year the report plans: that of its session, of its heads, of its title, of what it mostly speaks
    of."""
    if delivered:
        return int(delivered[:4]) + (int(delivered[5:7]) > 10)
    year = _inferred_year(text, title, labels)
    rules += ["Q05"] if year else []
    return year


def _inferred_year(text: str, title: str, labels: dict[str, str]) -> int | None:
    """The year by the heads (回顾 is of the year before), by the title, by what the text mostly speaks of."""
    for found in _YEAR_OF_HEAD.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if (
            re.search(r"(?:^|[\n。！])[#*\s\u3000]*(?:一、|二、|三、|<U\+00A0>)?[^。\n]{0,10}$", before)
            or "、" in before[-8:]
        ):
            return int(found["year"]) + (found.lastgroup == "review")
    named = re.search(rf"({_WRITTEN_YEAR})年", title) or re.search(
        rf"({_WRITTEN_YEAR})", labels.get("年份", "")
    )
    if named:
        return written_year(named[1])
    years = Counter(written_year(found[1]) for found in re.finditer(rf"({_WRITTEN_YEAR})年", text))
    if not years or years.most_common(1)[0][1] < 3:
        return None
    common = years.most_common(1)[0][0]
    return common if next(iter(years)) + 1 == common else common + 1


def _read_speaker(front: str, labels: dict[str, str], rules: list[str]) -> str | None:
    """Who gave the report: the name behind the post."""
    names = [found["name"] for found in _patterns()[2].finditer(front)]
    if names:
        rules.append("Q04")
        return re.sub(r"\s", "", names[-1])
    label = labels.get("报告人", "")
    if label:
        rules.append("Q04")
        return re.sub(r"^.*[长席任理]\s*", "", label) or None
    return None


def fired_masthead(text: str) -> dict[str, list[str]]:
    """What each masthead rule reads in a text, by the rule's code."""
    read = read_masthead(text, 0, len(text))
    said = {
        "Q01": f"{read.place} / {read.level}",
        "Q02": f"{read.place} / {read.level}",
        "Q03": str(read.delivered),
        "Q04": str(read.speaker),
        "Q05": str(read.year),
    }
    return {code: [said[code]] for code in read.rules}
