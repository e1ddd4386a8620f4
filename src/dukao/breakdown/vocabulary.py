"""Words a breakdown cuts or narrows: wholes and parts, wider and narrower words, verbs of one meaning."""

from functools import cache

from dukao.breakdown.lettering import vocabulary


@cache
def load_wholes() -> dict[str, frozenset[str]]:
    """Words for two things at once, and the words for each: 城乡 → 城镇, 城市, 农村, 乡村."""
    return {whole: frozenset(parts) for whole, parts in vocabulary("wholes")["parts"].items()}


@cache
def load_narrower() -> dict[str, frozenset[str]]:
    """Words, and the words for some of what they name: 学校 → 小学, 幼儿园 …"""
    return {wide: frozenset(narrow) for wide, narrow in vocabulary("wholes")["narrower"].items()}


@cache
def load_verbs() -> dict[str, str]:
    """Verbs of work, the longest first, and the one that stands for all of the same meaning: 完工 → 建成."""
    verbs = {verb: kind for kind, verbs in vocabulary("wholes")["verbs"].items() for verb in verbs}
    return dict(sorted(verbs.items(), key=lambda pair: (-len(pair[0]), pair[0])))
