"""What today's rules would read otherwise: two compilations of one document held side by side.

Ids are numbers in order and move with every insertion, so things are known by the place they were read from.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Thing = Mapping[str, Any]
_KINDS = {
    "commitments": "承诺",
    "measures": "指标",
    "tasks": "任务",
    "livelihood": "民生实事",
    "findings": "需核对之处",
}
# What is compared, in words; ids and the rules behind a result are not: they may change and say the same.
_FIELDS = {
    "text": "文字",
    "title": "小标题",
    "content": "内容",
    "project": "项目",
    "message": "说明",
    "kind": "性质",
    "year": "年份",
    "indicator": "指标",
    "action": "动作",
    "value": "数值",
    "value_max": "上限",
    "unit": "单位",
    "op": "比较",
    "role": "作用",
    "leaders": "牵头领导",
    "units": "责任单位",
    "deadline": "时限",
    "remark": "备注",
    "relation": "与报告对照",
    "source_spans": "报告出处",
    "differences": "与报告不一致",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that would be read otherwise: what it is called, and field by field before and after."""

    name: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything of one kind that would be new, gone or changed; `same` counts the rest."""

    label: str
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[Changed, ...]
    same: int

    @property
    def differs(self) -> bool:
        """Whether anything of this kind would change."""
        return bool(self.added or self.gone or self.changed)


def compare(kept: Mapping[str, Any], new: Mapping[str, Any]) -> list[Comparison]:
    """Both results held side by side, kind by kind, in the order of the text."""
    return [
        _compare_kind(label, kept.get(kind) or [], new.get(kind) or [])
        for kind, label in _KINDS.items()
        if kind in kept or kind in new
    ]


def _compare_kind(label: str, kept: list[Thing], new: list[Thing]) -> Comparison:
    before, after = _by_place(kept), _by_place(new)
    changed = [
        Changed(_name_of(after[place]), fields)
        for place in before
        if place in after and (fields := tuple(_differing(before[place], after[place])))
    ]
    both = sum(place in after for place in before)
    return Comparison(
        label,
        tuple(_name_of(thing) for place, thing in after.items() if place not in before),
        tuple(_name_of(thing) for place, thing in before.items() if place not in after),
        tuple(changed),
        both - len(changed),
    )


def _by_place(things: list[Thing]) -> dict[object, Thing]:
    """Things by where they were read; several from one place are counted through."""
    placed: dict[object, Thing] = {}
    for thing in things:
        place = (
            thing.get("start"),
            thing.get("indicator") if "surface" in thing else None,
            thing.get("code"),
        )
        if thing.get("start") is None:
            place = (thing.get("code"), thing.get("message"), None)
        at = 0
        while (place, at) in placed:
            at += 1
        placed[(place, at)] = thing
    return placed


def _differing(before: Thing, after: Thing) -> Iterator[tuple[str, str, str]]:
    for name, label in _FIELDS.items():
        old, new = _say(name, before.get(name)), _say(name, after.get(name))
        if old != new:
            yield label, old, new


def _name_of(thing: Thing) -> str:
    """How a person recognises a thing: its words, a measure with its indicator."""
    if "surface" in thing:
        return _clean(f"{thing.get('indicator') or ''} {thing['surface']}")
    said = thing.get("text") or thing.get("content") or thing.get("message") or thing.get("id") or ""
    row = f"{thing['id']} " if "group" in thing else ""
    return row + _clean(str(said))


def _say(name: str, value: Any) -> str:
    """A value on one line, for comparing and for showing."""
    say = _WORDS.get(name)
    if value is None or value == []:
        return "（无）"
    return say(value) if say else _clean(str(value))


def _clean(text: str) -> str:
    return " ".join(text.replace("**", "").split())


_ROLES = {"lead": "牵头", "responsible": "责任", "supporting": "配合"}
_WORDS: dict[str, Callable[[Any], str]] = {
    "leaders": lambda many: "、".join(one["name"] for one in many),
    "units": lambda many: "、".join(
        f"{one['name']}（{_ROLES.get(one['role'], one['role'])}）" for one in many
    ),
    "deadline": lambda one: _clean(one["text"]),
    "remark": lambda one: _clean(one["text"]),
    "source_spans": lambda many: "、".join(f"{start}–{end}" for start, end in many),
    "differences": lambda many: "；".join(
        f"{d['report'] or '（无）'}→{d['breakdown'] or '（无）'}" for d in many
    ),
}
