"""Vocabularies of the room: wholes and their parts, wider words and narrower ones, verbs of one meaning."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dukao.breakdown").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


@cache
def load_wholes() -> dict[str, frozenset[str]]:
    """Words for two things at once, and the words for each: 城乡 → 城镇, 城市, 农村, 乡村."""
    return {whole: frozenset(parts) for whole, parts in _table("wholes")["parts"].items()}


@cache
def load_narrower() -> dict[str, frozenset[str]]:
    """Words, and the words for some of what they name: 学校 → 小学, 幼儿园 …"""
    return {wide: frozenset(narrow) for wide, narrow in _table("wholes")["narrower"].items()}


@cache
def load_verbs() -> dict[str, str]:
    """Verbs of work, and the one that stands for all of the same meaning: 完工 → 建成."""
    return {verb: kind for kind, verbs in _table("wholes")["verbs"].items() for verb in verbs}
