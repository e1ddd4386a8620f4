"""An entry as a person reads it: who did what when, which fields changed, and to which things.

Everything comes from the entry's own content: no query, however many entries are told.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from dukao.presets.loading import load_entries
from dukao.progress.figures import say_exact, say_share
from dukao.site.history.models import Entry

_NOTHING = "（无）"
_UNNAMED = "其他情况"
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)\S*")
_NAMING = ("task", "called")  # which task a part is of
# Fields in which older entries have the code of a preset, and where presets of the sort have their names.
_PRESETS = {"preset": ("cadences", "ladders", "lights", "limits"), "曲线": ("curves",)}
_OF_ANSWER = {"answer", "unit", "heading", "row", "name", "text"}  # what `said` says in words


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
    """An entry in words; `others`: how many tasks it is about beside the one it is told for."""

    sequence: int
    at: datetime
    who: str
    username: str
    label: str
    why: str
    place: str
    about: tuple[About, ...]
    changes: tuple[Change, ...]
    others: int = 0


def tell(entry: Entry, own: int | None = None, *, proofs: bool = True) -> Told:
    """One entry in words; of several tasks only the part of task `own`, where given.

    Without `proofs` digests and versions, which prove and tell nothing, are left out.
    """
    content = json.loads(entry.content)
    before, after = content["before"], content["after"]
    return Told(
        entry.sequence,
        entry.at,
        entry.actor_name,
        entry.actor,
        entry.label,
        entry.why,
        entry.place,
        tuple(_about(kind, str(key)) for kind, key in content["about"]),
        tuple(one for one in changes_of(before, after, own, proofs=proofs) if not _repeats(one, entry.why)),
        sum(kind == "task" and str(key) != str(own) for kind, key in content["about"]) if own else 0,
    )


def _repeats(change: Change, why: str) -> bool:
    """Whether a field newly says what the reason above it says already."""
    return bool(why) and not change.before and change.after == why


def tell_all(entries: Iterable[Entry], own: int | None = None, *, proofs: bool = True) -> list[Told]:
    """Several entries in words, in their order."""
    return [tell(entry, own, proofs=proofs) for entry in entries]


def changes_of(before: Any, after: Any, own: int | None = None, *, proofs: bool = True) -> Iterator[Change]:
    """The fields that differ, in the order of what holds now, then what is gone; then task by task."""
    yield from _differing(_as_fields(before), _as_fields(after), proofs=proofs)
    old, new = _parts(before), _parts(after)
    for task in dict.fromkeys([*new, *old]):
        if own is None or task == own:
            was, now = old.get(task, {}), new.get(task, {})
            called = "" if own else f"{now.get('called') or was.get('called') or f'任务 {task}'} "
            for change in _differing(_as_fields(was), _as_fields(now)):
                yield replace(change, label=f"{called}{change.label}")


def _differing(old: dict[str, Any], new: dict[str, Any], *, proofs: bool = True) -> Iterator[Change]:
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) != new.get(name) and (proofs or name not in _words()["proofs"]):
            yield Change(label_of(name), _in_words(name, old.get(name)), _in_words(name, new.get(name)))


def _parts(value: Any) -> dict[int, dict[str, Any]]:
    """What a side says of each of several tasks, by task."""
    said = value.get("changes", ()) if isinstance(value, dict) else value
    rows = said if isinstance(said, (list, tuple)) else ()
    return {one["task"]: one for one in rows if isinstance(one, dict) and "task" in one}


def label_of(name: str) -> str:
    """A field's name in words; a name of the program's that has none is not shown to anybody."""
    return str(_words()["fields"].get(name, _UNNAMED if _NAME.fullmatch(name) else name))


def nouns() -> list[tuple[str, str]]:
    """The kinds of things there are, with their words."""
    return list(_words()["nouns"].items())


def _as_fields(value: Any) -> dict[str, Any]:
    """The fields of a value; what an answer says in words needs no codes beside it."""
    if value is None or (isinstance(value, list) and _parts(value)):
        return {}
    if not isinstance(value, dict):
        return {"": value}
    left_out = set(_NAMING)
    if "said" in value:
        left_out |= _OF_ANSWER
    if _parts(value):
        left_out.add("changes")
    return {name: one for name, one in value.items() if name not in left_out}


def _in_words(name: str, value: Any) -> str:
    """A plain JSON value on one line."""
    if value is None or value == "" or value == [] or value == {}:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (int, float)):
        return _in_figures(name, value)
    if isinstance(value, dict):
        by_day = name in _words()["shares"]
        fields = (
            (label_of(key), _in_words(name if by_day else key, one)) for key, one in _as_fields(value).items()
        )
        return "，".join(f"{label}：{words}" for label, words in fields if words)
    if isinstance(value, list):
        return _in_a_row(name, value)
    return _in_word(name, str(value))


def _in_figures(name: str, value: float) -> str:
    """A number with its unit, where the field's name says which; a share as percent."""
    if name in _words()["shares"]:
        return say_share(value)
    unit = _words()["units"].get(name, "")
    return say_exact(value, unit) if unit or isinstance(value, float) else str(value)


def _in_a_row(name: str, values: list[Any]) -> str:
    """Several values on one line; sentences joined into one end where it ends."""
    if name == "source_spans":
        return "；".join(f"{start}–{end}" for start, end in values)
    match values:
        case [float() as value, str() as unit]:
            return say_exact(value, unit)
    said = [_in_words(name, one) or _NOTHING for one in values]
    return "；".join([*(one.rstrip("。；") for one in said[:-1]), *said[-1:]])


def _in_word(name: str, value: str) -> str:
    """A single value: a code by its word, a moment as a clock shows it, who answers by the part's name."""
    known = _words()["values"].get(name, {}).get(value)
    if known:
        return str(known)
    moment = _MOMENT.fullmatch(value)
    if moment:
        return f"{moment[1]} {moment[2]}"
    role, _, unit = value.partition(":")
    if name == "units" and unit and role in _words()["values"]["role"]:
        return f"{_words()['values']['role'][role]}：{unit}"
    return value


def _about(kind: str, key: str) -> About:
    noun = _words()["nouns"].get(kind, kind)
    page = _words()["pages"].get(kind, "")
    return About(kind, noun, key, page.format(key) if page else "")


@cache
def _words() -> dict[str, Any]:
    text = (files("dukao.site.history") / "data" / "words.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    for name, subjects in _PRESETS.items():
        presets = {code: one["name"] for subject in subjects for code, one in load_entries(subject).items()}
        words["values"][name] = presets
    return words
