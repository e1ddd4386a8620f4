"""The vocabularies of this room: words and letters kept as sorted TOML under `data/`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vocabulary(name: str) -> dict[str, Any]:
    """The vocabulary `data/NAME.toml` of this room."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


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
