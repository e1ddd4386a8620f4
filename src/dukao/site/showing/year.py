"""What happens in the sample's year beside the work itself, as the files of `data` tell it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from dukao.site.ledger.models import Task
from dukao.site.people.models import Place, Unit

_DATA = Path(__file__).parent / "data"


@cache
def told(name: str, story: str = "year") -> Any:
    """A part of a story by its name."""
    return tomllib.loads((_DATA / f"{story}.toml").read_text(encoding="utf-8"))[name]


def task_of(place: Place, number: str) -> Task:
    """A task by its number."""
    return Task.objects.get(place=place, number=number)


def unit_of(place: Place, name: str) -> Unit:
    """A unit by its name."""
    return Unit.objects.get(place=place, name=name)
