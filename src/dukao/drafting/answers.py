"""Reads what a language model answered: leniently, and without believing any of it.

An answer may be fenced, come with talk around it, or break off in the middle: every whole object that has the
words of a task is read. What it says is checked elsewhere (`proposals`).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

_LONGEST: Final = 200_000
_MOST_TASKS: Final = 400
# So often may a bracket turn out to open no object, before the rest is taken for nonsense.
_MOST_FAILURES: Final = 500


@dataclass(frozen=True, slots=True)
class Answered:
    """A task as a model answered it: the words it says it copied, the lead, the other units."""

    passages: tuple[str, ...]
    lead: str
    others: tuple[str, ...]


def read_answer(answer: str) -> list[Answered]:
    """The tasks of an answer, in its order; none where nothing in it is one."""
    found: list[Answered] = []
    for entry in _objects(answer[:_LONGEST]):
        tasks = entry.get("任务")
        for one in tasks if isinstance(tasks, list) else [entry]:
            if isinstance(one, dict) and (read := _read(one)) and len(found) < _MOST_TASKS:
                found.append(read)
    return found


def _read(entry: dict[str, Any]) -> Answered | None:
    passages = _strings(entry.get("原文"))
    lead = _strings(entry.get("牵头"))
    if not passages:
        return None
    return Answered(passages, lead[0] if lead else "", (*lead[1:], *_strings(entry.get("责任"))))


def _strings(value: Any) -> tuple[str, ...]:
    """The words of a value that should be one string or a list of them."""
    listed = value if isinstance(value, list) else [value]
    return tuple(one.strip() for one in listed if isinstance(one, str) and one.strip())


def _objects(answer: str) -> Iterator[dict[str, Any]]:
    """The outermost objects that are whole; where one breaks off, the whole ones inside it."""
    decoder = json.JSONDecoder()
    at, failures = answer.find("{"), 0
    while at >= 0 and failures < _MOST_FAILURES:
        try:
            value, end = decoder.raw_decode(answer, at)
            yield value
        except (ValueError, RecursionError):
            end, failures = at + 1, failures + 1
        at = answer.find("{", end)
