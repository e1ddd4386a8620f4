"""How the tasks of a leader, of a unit or of the whole stand: what their pages open with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from dukao.progress.values import Judgement
from dukao.site.ledger.queries.grouping import Lit, say_limit
from dukao.site.ledger.queries.rows import Row
from dukao.site.people.access import Act, Viewer, may
from dukao.site.supervision.seeing.choosing import BoardChoice
from dukao.site.supervision.seeing.comparing import end_of_last_month
from dukao.site.supervision.seeing.extent import extents_of_rows
from dukao.site.supervision.seeing.judging import judge_to_limits
from dukao.site.supervision.seeing.saying import say_short
from dukao.site.supervision.seeing.watching import Tally, Watch, watch_rows


@dataclass(frozen=True, slots=True)
class Outlook:
    """Some tasks on a day with the board that counts the same ones."""

    watch: Watch
    choice: BoardChoice

    @property
    def tally(self) -> tuple[Tally, ...]:
        """How many stand under each light, each with its list."""
        return self.watch.tally(self.choice)

    @property
    def worse(self) -> str:
        """Where what became worse is listed."""
        return self.choice.to(among="worse")

    @property
    def silent(self) -> str:
        """Where what nobody reports is listed."""
        return self.choice.to(among="silent")

    @property
    def board(self) -> str:
        """The whole board."""
        return self.choice.whole.address

    @property
    def lights(self) -> dict[int, Lit]:
        """Each task's light as a row shows it."""
        seen = self.watch.seen
        return {one.row.task_id: _lit(one.lights.progress, one.lights.limit, one.row) for one in seen}


def outlook_of(
    viewer: Viewer,
    rows: Iterable[Row],
    year: int,
    now: datetime,
    *,
    by: str = "leader",
    group: str = "",
    as_of: date | None = None,
) -> Outlook | None:
    """How rows the viewer sees stand, beside the end of last month; None for who sees no lights.

    `by` and `group` are the board's line that counts the same tasks: one leader's, one unit's, or all.
    """
    if not may(viewer, Act.SEE_LIGHTS):
        return None
    day = as_of or localdate(now)
    choice = BoardChoice(year, by, group, day=str(as_of or ""))
    watch = watch_rows(
        viewer.place_id, rows, day, end_of_last_month(day), now, f"?as_of={as_of}" if as_of else ""
    )
    return Outlook(watch, choice) if watch.seen else None


def lit_rows(rows: Iterable[Row], place_id: int, day: date, now: datetime) -> dict[int, Lit]:
    """The light of each issued row as a list shows it; the rows were read for that day."""
    issued = {row.task_id: row for row in rows if not row.is_draft}
    judged = judge_to_limits(extents_of_rows(place_id, issued.values()), day, now)
    return {task: _lit(*found, issued[task]) for task, found in judged.items()}


def _lit(judged: Judgement, limit: date | None, row: Row) -> Lit:
    light = judged.light
    return Lit(light.value, light.sign, light.word, say_short(judged), say_limit(limit, row.year))
