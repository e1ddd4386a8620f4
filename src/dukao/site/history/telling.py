"""An entry as a person reads it: who did what when, which fields changed, and to which things.

Everything comes from the entry's own content: no query, however many entries are told.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from dukao.site.history.models import Entry

_NOTHING = "（无）"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is not what it was; `before` or `after` is empty where there was or is nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class About:
    """One thing an entry is about: kind and key, the noun in words, and the page's address if it has one."""

    kind: str
    noun: str
    key: str
    address: str


@dataclass(frozen=True, slots=True)
class Told:
    """An entry in words."""

    sequence: int
    at: datetime
    who: str
    username: str
    label: str
    why: str
    place: str
    about: tuple[About, ...]
    changes: tuple[Change, ...]


def tell(entry: Entry) -> Told:
    """One entry in words."""
    content = json.loads(entry.content)
    return Told(
        entry.sequence,
        entry.at,
        entry.actor_name,
        entry.actor,
        entry.label,
        entry.why,
        entry.place,
        tuple(_about(kind, str(key)) for kind, key in content["about"]),
        tuple(changes_of(content["before"], content["after"])),
    )


def tell_all(entries: Iterable[Entry]) -> list[Told]:
    """Several entries in words, in their order."""
    return [tell(entry) for entry in entries]


def changes_of(before: Any, after: Any) -> Iterator[Change]:
    """The fields that differ, in the order of what holds now, then what is gone."""
    old, new = _as_fields(before), _as_fields(after)
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) != new.get(name):
            yield Change(label_of(name), _in_words(name, old.get(name)), _in_words(name, new.get(name)))


def label_of(name: str) -> str:
    """A field's name in words; one without words stands as it is."""
    return str(_words()["fields"].get(name, name))


def nouns() -> list[tuple[str, str]]:
    """The kinds of things there are, with their words."""
    return list(_words()["nouns"].items())


def _as_fields(value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict):
        return {"": value}
    # An answer said in words needs no code beside it.
    return {name: one for name, one in value.items() if not (name == "answer" and "said" in value)}


def _in_words(name: str, value: Any) -> str:
    """A plain JSON value on one line."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        said = ((label_of(key), _in_words(key, one)) for key, one in _as_fields(value).items())
        return "，".join(f"{label}：{words}" for label, words in said if words)
    if isinstance(value, list):
        each = [_in_words(name, one) or _NOTHING for one in value]
        # Sentences joined into one end where it ends.
        return "；".join([*(one.rstrip("。；") for one in each[:-1]), *each[-1:]])
    return str(_words()["values"].get(name, {}).get(str(value), value))


def _about(kind: str, key: str) -> About:
    noun = _words()["nouns"].get(kind, kind)
    page = _words()["pages"].get(kind, "")
    return About(kind, noun, key, page.format(key) if page else "")


@cache
def _words() -> dict[str, Any]:
    text = (files("dukao.site.history") / "data" / "words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
