"""What happens in the sample's year beside the work itself, as `data/year.toml` tells it."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from dukao.site.ledger.models import Task
from dukao.site.people.models import Place, Unit

_YEAR = Path(__file__).parent / "data" / "year.toml"


@cache
def told(name: str) -> Any:
    """A part of the story by its name."""
    return tomllib.loads(_YEAR.read_text(encoding="utf-8"))[name]


def task_of(place: Place, number: str) -> Task:
    """A task by its number."""
    return Task.objects.get(place=place, number=number)


def unit_of(place: Place, name: str) -> Unit:
    """A unit by its name."""
    return Unit.objects.get(place=place, name=name)
