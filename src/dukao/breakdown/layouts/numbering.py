"""The numbers that lines and cells bear, in every manner they are written."""

import re

from dukao.breakdown.cells import Cell

# What is counted behind a figure: "12 公里" is no number 12 with words behind it.
_MEASURES = (
    r"[\d万亿千百元%‰个亩吨户倍年月日名号座条所台套件起次岁级米里层栋间张辆艘只头株棵幅片届期批天盏款宗孔幢艘、.,;:)]"
    "|处(?![置理])|项(?!目)|人(?![大才力民居社工])|家(?![庭长])|场(?!所)|支(?![持援撑付部委教])|种(?![植养业子粮])"
    "|公里|公顷|公斤|平方|平米|小时|分钟|周年|季度"
)
# "20 多家", "30 余公里"
MEASURES = rf"(?:[多余]?(?:{_MEASURES}))"
COUNT = "[一二三四五六七八九十]{1,3}"
_TIME = r"\d{4} ?年|\d{1,2} ?月"
_KINDS = ("重点", "主要", "民生", "攻坚", "督查", "督办", "交办", "立项")
_THINGS = ("任务", "项目", "事项", "实事", "举措", "工作", "行动", "工程", "专项", "目标", "指标")
_NAMED = f"(?:{'|'.join(_KINDS)})?(?:{'|'.join(_THINGS)})"
_STYLES: tuple[tuple[int, re.Pattern[str]], ...] = (
    (1, re.compile(rf"第({COUNT})(?:部分|章|篇|节)\s*[、.:]?\s*")),
    (1, re.compile(rf"第({COUNT})(?:类|批|板块|方面)(?:\s*[、.:]\s*|\s+)")),
    (3, re.compile(r"([A-Z]\d{1,2})\s*[、.]\s*(?!\d)")),
    (3, re.compile(rf"第({COUNT}|\d{{1,3}})(?:条|项|件)(?:\s*[、.:]\s*|\s+)")),
    # "一.1 建成…": the number of a part behind that of its section.
    (3, re.compile(rf"({COUNT}[.\-—]\d{{1,2}})(?!\d)\s*+[、.]?\s*+(?!{MEASURES})")),
    (1, re.compile(rf"({COUNT})\s*[、.]\s*")),
    (2, re.compile(rf"\(({COUNT})\)\s*[、.]?\s*")),
    (3, re.compile(rf"(\d{{1,3}}(?:\.\d{{1,2}}){{0,2}})\s*(?:[、]|\.(?!\d)|\.(?={_TIME}))\s*")),
    # "1.1 建成…": a space is enough behind a number in parts, but "1.5 亿元" is a figure.
    (3, re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,2})\s++(?![\d万亿千百元%‰个家亩平公吨人户项处倍])")),
    (3, re.compile(rf"(\d{{1,2}}(?:\.\d{{1,2}}){{1,2}})\s+(?={_TIME})")),
    (6, re.compile(r"\((\d{1,3})\)\s*[、.]?\s*")),
    (6, re.compile(r"(\d{1,3})\)\s*(?=[\u4e00-\u9fff“])")),
    (3, re.compile(rf"{_NAMED}({COUNT}|\d{{1,2}})\s*[:、.]\s*")),
    (3, re.compile(rf"{_NAMED}({COUNT}|\d{{1,2}})\s++(?!{MEASURES})")),
    (3, re.compile(rf"[【\[〔(]{_NAMED}({COUNT}|\d{{1,2}})[】\]〕)]\s*[:、.]?\s*")),
    (1, re.compile(r"([Ⅰ-Ⅻ])\s*[、.]\s*")),
    (2, re.compile(r"([㈠-㈩])\s*[、.]?\s*")),
    (3, re.compile(r"([⒈-⒛])\s*")),
    (6, re.compile(r"([⑴-⒇])\s*[、.]?\s*")),
    (7, re.compile(r"([❶-❿])\s*[、.]?\s*")),
    (7, re.compile(r"([①-⑳△])\s*[、.]?\s*")),
    # "01 建成…", "3 建成…": a space is enough where no measure follows.
    (3, re.compile(r"(0\d|\d{1,2})\s+(?=\d{1,2} ?月\S{0,2}[前底末内])")),
    (3, re.compile(rf"(0\d|\d{{1,2}})\s+(?!{MEASURES})(?=[\u4e00-\u9fff“《A-Z]{{2}})")),
)
# What a number, or the word before it, begins with: most lines begin otherwise.
_FIRSTS = "".join(sorted({word[0] for word in (*_KINDS, *_THINGS)}))
_BEGINS = re.compile(rf"[\dA-Z第一二三四五六七八九十(【\[〔{_FIRSTS}Ⅰ-Ⅻ㈠-㈩⒈-⒛⑴-⒇❶-❿①-⑳△]")
_MARKUP = re.compile(
    r"(?:#{1,6}\s*|\*{2}(?=\S)|[-•·>]\s+|\[[ xX]\]\s+"
    rf"|[★☆●◆■※▲○□]\s*(?=[一二三四五六七八九十]{{1,3}}、|{_NAMED}(?:{COUNT}|\d{{1,2}})\s*:))+"
)
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<number>\d{{1,4}}(?:[.\-]\d{{1,3}}){{0,2}}|{COUNT}|[①-⑳△▲])\)?\s*[.、]?$"
)
_CODE = re.compile(
    r"(?=.{2,24}$)[A-Za-z\u4e00-\u9fff]{0,6}(?:[-—_/. ]{0,2}[(\[〔]?[A-Za-z]{0,4}\d{1,6}[)\]〕]?){1,4}号?"
)
_SPACED = re.compile(r"\d{1,2}\s")
# "项目一", "【任务2】" on a line of its own.
_ALONE = re.compile(rf"[【\[〔(]?{_NAMED}\s*({COUNT}|\d{{1,2}})[】\]〕)]?|(\d{{1,2}})")
_NAMED_MARK = re.compile(rf"[【\[〔(]?{_NAMED}(?:{COUNT}|\d{{1,2}})")


def marks_end(line: Cell) -> int:
    """Where the marks of Markdown before the words of a line end."""
    marked = _MARKUP.match(line.plain)
    return marked.end() if marked else 0


def numbering(line: Cell) -> tuple[int, str, Cell, bool] | None:
    """Level, number and the text behind it of a numbered line; last, whether Markdown marks it as a head."""
    at = marks_end(line)
    if _BEGINS.match(line.plain, at) is None:
        return None
    for level, style in _STYLES:
        found = style.match(line.plain, at)
        if found:
            return (
                level + (found.group(1).count(".") if found.group(1)[0].isdecimal() else 0),
                found.group(1),
                _unmarked(line.part(found.end(), len(line.plain))),
                "#" in line.plain[:at],
            )
    return None


def read_number(cell: Cell) -> tuple[int, Cell] | None:
    """The level and the number that a cell of numbers holds, without stop or brackets: "(1)" → 6, 1."""
    found = _NUMBER.match(cell.plain)
    if found is None:
        return None
    number = found.group("number")
    if number[0].isdecimal():
        level = 6 if found.group("open") else 3 + len(re.findall(r"[.\-]", number))
    elif number in "△▲" or "①" <= number <= "⑳":
        level = 7
    else:
        level = 2 if found.group("open") else 1
    return level, cell.part(*found.span("number"))


def read_code(cell: Cell) -> Cell | None:
    """The number in a cell of numbers where it is no plain one: "ZS-2026-01", "督〔2026〕7号"."""
    return cell if _CODE.fullmatch(cell.plain) else None


def is_spaced(line: Cell) -> bool:
    """Whether nothing but a space parts the number of a line from its words: "3 建成泵站"."""
    return bool(_SPACED.match(line.plain, marks_end(line)))


def is_measure(words: str) -> bool:
    """True for words that begin with what a figure counts: "所学校"."""
    return bool(re.match(MEASURES, words))


def number_alone(line: Cell) -> Cell | None:
    """The number that a line is and nothing else: "3", "项目一"."""
    found = _ALONE.fullmatch(line.plain)
    return line.part(*found.span(found.lastindex or 0)) if found else None


def is_named(line: Cell) -> bool:
    """True for a line numbered by a word and its number: "任务一：…", "【行动2】…"."""
    return bool(_NAMED_MARK.match(line.plain, marks_end(line)))


def without_marks(line: Cell) -> Cell:
    """The line without the marks of Markdown before and behind its words."""
    return _unmarked(line.part(marks_end(line), len(line.plain)))


def _unmarked(title: Cell) -> Cell:
    kept = title.plain.rstrip("*# ★☆●◆■※")
    return title.part(0, len(kept))
