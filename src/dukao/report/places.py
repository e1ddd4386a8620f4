"""Names of places as a document writes them: chains (浙江省某市某区), their own last link, its level."""

import re
from collections import Counter
from functools import cache
from typing import Literal

from dukao.report.lines import load_words, one_of

Level = Literal["nation", "province", "city", "county", "township"]

_HAN = "[\u4e00-\u9fff]"
# What a name may be glued to in front: the end of a meeting's name, a site's name, a verb.
_BEFORE_NAME = re.compile("会议上?|通过|政府网|注册|登录|我?代表|出席|次|[在受向]")
_IN_PROSE = re.compile(
    rf"(?:(?<!{_HAN})|(?<=[在对与和及从向为让由省市县]))({_HAN}{{2,3}}[省市县区])(?!{_HAN}?[市县区场镇民级域]|[长间])"
)
# What a town or district is made into or is called by kind: 质量强市, 革命老区, 高教新区, 海外特区.
_NO_STEM = re.compile(r"[强新老特]$|^海外")
_NOT_IN_NAME = frozenset("请据送的在全各我本该等为和与个级是了及其多省市县区委府转届第现加")
_BEFORE_IN_PROSE = frozenset("年月日对以而从将在向与和及被为由于把使是至到等")


@cache
def link_pattern() -> str:
    """A pattern of one link of a place's full name."""
    words = load_words("masthead")
    kinds = [*words["province_words"], *words["city_words"], *words["county_words"], *words["township_words"]]
    return rf"{_HAN}{{1,8}}?{one_of(kinds)}(?![市县区旗])"


@cache
def _link() -> re.Pattern[str]:
    return re.compile(link_pattern())


def own_place(chain: str) -> tuple[str, Level] | None:
    """The last link of a chain of places and its level; None where the chain names no place (本市, 全区)."""
    links = [_BEFORE_NAME.split(found[0])[-1] for found in _link().finditer(chain)]
    words = load_words("masthead")
    if not links or len(links[-1]) < 2 or links[-1] in words["not_places"]:
        return None
    own = links[-1]
    if own in words["municipalities"]:
        return own, "province"
    level = level_of(own)
    if level == "city" and len(links) > 1 and links[-2].endswith("市"):
        level = "county"
    return own, level


def level_of(name: str) -> Level:
    """The level a place's type word stands for; a 市 counts as a city."""
    words = load_words("masthead")
    kinds: tuple[tuple[Level, str], ...] = (
        ("city", "city_words"),
        ("province", "province_words"),
        ("county", "county_words"),
        ("township", "township_words"),
    )
    fitting = [(len(word), level) for level, table in kinds for word in words[table] if name.endswith(word)]
    return max(fitting)[1] if fitting else "city"


def list_places(text: str) -> tuple[str, ...]:
    """The places a piece of prose names with their type words, the most named first."""
    counts: Counter[str] = Counter()
    for found in _IN_PROSE.finditer(text):
        name = found[1]
        while len(name) > 3 and name[0] in _BEFORE_IN_PROSE:
            name = name[1:]
        if _is_place(name):
            counts[name] += 1
    # A stem of three may be one of two with a word before it: the shorter name stands elsewhere by itself.
    for name in [name for name in counts if len(name) > 3 and name[1:] in counts]:
        counts[name[1:]] += counts.pop(name)
    return tuple(name for name, _ in counts.most_common())


def _is_place(name: str) -> bool:
    """Whether a word that ends in a type word may be a place's name."""
    words = load_words("masthead")
    if name.endswith("省"):
        return name in words["provinces"]
    stem = name[:-1]
    if len(stem) < 2 or _NOT_IN_NAME & set(stem) or stem[-1] in "一二三四五六七八九十":
        return False
    if name in words["not_places"] or name.endswith(tuple(words["not_place_ends"])):
        return False
    return not stem.startswith(tuple(words["not_names"])) and not _NO_STEM.search(stem)
