"""Texts nobody wrote: soups of what reports are made of, and documents cut, doubled, shuffled and broken."""

import random
import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

# What reports are made of; the reader must bear any order of it.
_NUMBERS = (
    "0 1 12 3.5 2024 1,250 ３６ ８．５ 五十 一百二十 两 半 七成 三分之二 百分之八 万 亿 千 第二 1.2万 -3 "
    "6%—6.5 3至5 多 余"
)
_UNITS = (
    "家 个 亩 元 亿元 万人次 公里 平方米 平米 % ‰ ％ 个百分点 倍 套（间） 名 位 项 所 年 月底前 个月 元/月"
)
_WORDS = (
    "新增 完成 达到 增长 下降 提高到 控制在 力争 其中 分别 均 各 以上 以内 不低于 超 突破 左右 约 由 从 到 "
    "占 列全省 累计 高新技术企业 地区生产总值 城乡居民 收入 覆盖率 断头路 老旧小区 绿道 项目 投资 "
    "总投资 工作 重点 我们 各位代表 政府 去年 今年 五年来 2025年 到2027年 年均 上年 工作回顾 工作安排 "
    "名词解释 责任单位 牵头 附件"
)
_MARKS = (
    "， 。 、 ； ： ！ ？ （ ） ( ) “ ” 《 》 〈 〔 〕 — —— － - · … / + ~ \u3000 * ** # ## | - 1. （一） "
    "一、 １、 ① \t"
)
_BREAKS = [
    "\n",
    "\n\n",
    "\r\n",
    "  \n",
    "\u2028",
    "\x0b",
    "\n---\n",
    "\n# ",
    "\n**",
    "\n一、",
    "\n（二）",
    "\n3.",
]
_PIECES = [*" ".join((_NUMBERS, _UNITS, _WORDS, _MARKS)).split(" "), " ", *_BREAKS]

soups = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=3)), max_size=120).map("".join)
"""Any text made of the pieces of reports, with letters of any script strewn in."""

Change = Callable[[str, random.Random], str]


def cut(text: str, chance: random.Random) -> str:
    """Some stretch left out."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 2, 20, 400)) :]


def double(text: str, chance: random.Random) -> str:
    """Some stretch said twice."""
    start = chance.randrange(len(text) + 1)
    end = start + chance.choice((1, 5, 60, 900))
    return text[:end] + text[start:end] + text[end:]


def shuffle_lines(text: str, chance: random.Random) -> str:
    """Some of the lines in another order."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + 12]
    chance.shuffle(part)
    return "\n".join([*lines[:start], *part, *lines[start + 12 :]])


def break_lines(text: str, chance: random.Random) -> str:
    """Line breaks wherever they fall."""
    letters = list(text)
    for _ in range(12):
        letters.insert(chance.randrange(len(letters) + 1), chance.choice(("\n", "\n\n", "\r\n", "\f")))
    return "".join(letters)


def join_lines(text: str, chance: random.Random) -> str:
    """Line breaks lost."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    return "\n".join([*lines[:start], "".join(lines[start : start + 9]), *lines[start + 9 :]])


def widen(text: str, chance: random.Random) -> str:
    """A stretch in full-width letters."""
    start = chance.randrange(len(text) + 1)
    end = start + 300
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text[start:end])
    return text[:start] + wide + text[end:]


def narrow(text: str, chance: random.Random) -> str:
    """A stretch in half-width letters."""
    start = chance.randrange(len(text) + 1)
    end = start + 300
    return text[:start] + unicodedata.normalize("NFKC", text[start:end]) + text[end:]


def strew(text: str, chance: random.Random) -> str:
    """Pieces strewn in."""
    for _ in range(5):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_PIECES) + text[at:]
    return text


def swap_marks(text: str, chance: random.Random) -> str:
    """One mark for another, throughout."""
    old, new = chance.choice(
        (
            "\t|",
            "|\t",
            "，、",
            "、，",
            "。；",
            "。\n",
            "（(",
            "*★",
            "一二",
            "\t ",
            "\n\r",
            "牵主",
            "区市",
            "责 ",
        )
    )
    return text.replace(old, new)


CHANGES: tuple[Change, ...] = (
    cut,
    double,
    shuffle_lines,
    break_lines,
    join_lines,
    widen,
    narrow,
    strew,
    swap_marks,
)


def mutants(text: str) -> st.SearchStrategy[str]:
    """The text after one to four changes."""

    def mutate(changes: list[Change], seed: int) -> str:
        chance, changed = random.Random(seed), text
        for change in changes:
            changed = change(changed, chance)
        return changed

    return st.builds(
        mutate, st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4), st.integers(0, 2**32)
    )


def stretches(text: str, longest: int) -> st.SearchStrategy[str]:
    """A stretch of some whole lines of the text."""
    lines = text.split("\n")
    return st.builds(
        lambda start, count: "\n".join(lines[start : start + count])[:longest],
        st.integers(0, len(lines) - 1),
        st.integers(1, 40),
    )
