"""What simulated people write: sentences that fit a task's words, its plan and where it stands."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from dukao.progress.figures import say_month_day, say_share, say_value

_WORDS = Path(__file__).parent / "data" / "sayings.toml"


@cache
def sayings() -> dict[str, Any]:
    """The vocabulary."""
    return tomllib.loads(_WORDS.read_text(encoding="utf-8"))


def topic_of(text: str) -> dict[str, Any]:
    """The first topic one of whose words a task has."""
    topics: list[dict[str, Any]] = sayings()["topics"]
    return next((one for one in topics if any(word in text for word in one["words"])), topics[-1])


def of_topic(text: str, name: str) -> Any:
    """Of what a task's topic has under a name the one that belongs to its words, the same in every run."""
    said = topic_of(text)[name]
    return said[sum(map(ord, text)) % len(said)]


def line(name: str, /, **facts: object) -> str:
    """A sentence of its name with the facts in it."""
    return str(sayings()["lines"][name]).format(**facts)


def office(name: str, /, chance: Random | None = None, **facts: object) -> str:
    """A sentence of the office or to it."""
    said = sayings()["office"][name]
    if isinstance(said, list):
        said = (chance or Random(0)).choice(said)
    return str(said).format(**facts)


def say_count(text: str, day: date, value: float, unit: str, target: float, chance: Random) -> str:
    """Progress of what is counted up."""
    detail = chance.choice(topic_of(text)["detail"])
    if not value:
        return line("none", day=say_month_day(day))
    return line(
        "count",
        day=say_month_day(day),
        value=say_value(value, unit),
        share=say_share(value / target),
        detail=detail,
    )


def say_figure(text: str, day: date, value: float, unit: str, chance: Random) -> str:
    """Progress of what is held or published."""
    detail = chance.choice(topic_of(text)["detail"])
    return line("figure", day=say_month_day(day), value=say_value(value, unit), detail=detail)


def say_steps(text: str, done: dict[str, date], coming: str, chance: Random) -> str:
    """Progress by steps: what was done since, else what is being done."""
    detail = chance.choice(topic_of(text)["detail"])
    if done:
        step, day = max(done.items(), key=lambda one: one[1])
        return line("step", step=step, day=say_month_day(day), detail=detail)
    return line("going", step=coming, detail=detail) if coming else line("quiet", detail=detail)
