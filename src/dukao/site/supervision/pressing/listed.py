"""What stands on the lists a place keeps beside its breakdown (专项清单), as agendas and bulletins say it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dukao.progress.values import Light
from dukao.site.ledger.models import Status
from dukao.site.people.access import Viewer
from dukao.site.supervision.pressing.overview import BEHIND, partners_of
from dukao.site.supervision.registers.access import Kept, kept_registers
from dukao.site.supervision.registers.items import Row, read_items
from dukao.site.supervision.seeing.said import UnitWords


@dataclass(frozen=True, slots=True)
class Listed:
    """A list and what is in hand on it; what came from the breakdown is counted with the breakdown.

    `partners` are the place's units that a paper of supervision does not name.
    """

    kept: Kept
    rows: tuple[Row, ...]
    partners: frozenset[int]

    @property
    def behind(self) -> list[Row]:
        """What is behind or blocked, the worst first."""
        found = [one for one in self.rows if _light(one) in BEHIND]
        return sorted(found, key=lambda one: BEHIND.index(_light(one)))


def read_listed(viewer: Viewer, day: date, now: datetime) -> list[Listed]:
    """The lists with items of their own in hand on a day, in the order they were opened."""
    found, partners = [], partners_of(viewer.place_id)
    for kept in kept_registers(viewer.place_id):
        if kept.terms.is_own:
            rows = read_items(viewer, kept, day, now, status=Status.ISSUED)
            found.append(Listed(kept, tuple(one for one in rows if _is_in_hand(one)), partners))
    return [one for one in found if one.rows]


def say_lists(listed: list[Listed]) -> str:
    """How many are in hand on each list and how they stand, in a sentence; nothing where there is none."""
    said = []
    for one in listed:
        counts = Counter(_light(row) for row in one.rows)
        lights = "、".join(f"{light.word}{counts[light]}项" for light in Light if counts[light])
        said.append(f"{one.kept.name}{len(one.rows)}项（{lights}）")
    return f"专项清单在办事项：{'，'.join(said)}。" if said else ""


def lines_of(listed: list[Listed], said: Mapping[int, UnitWords]) -> list[dict[str, Any]]:
    """What is behind on the lists, as agendas and bulletins keep a task (`overview.line_of`)."""
    return [_line(one, row, said) for one in listed for row in one.behind]


def _line(one: Listed, row: Row, said: Mapping[int, UnitWords]) -> dict[str, Any]:
    assert row.lights is not None
    leads = [party for party in row.leads if party.pk not in one.partners]
    cause, wanted = said.get(row.task_id, UnitWords())
    return {
        "task": row.task_id,
        "number": row.number,
        "words": f"{one.kept.name}：{row.state.text}",
        "units": "、".join(party.name for party in leads),
        "unit_ids": [party.pk for party in leads if party.pk],
        "leaders": row.leader,
        "light": _light(row).value,
        "reason": row.lights.progress.reason,
        "cause": cause,
        "help": wanted,
    }


def _light(row: Row) -> Light:
    assert row.lights is not None
    return row.lights.light


def _is_in_hand(row: Row) -> bool:
    return row.lights is not None and row.lights.counts and not row.is_closed
