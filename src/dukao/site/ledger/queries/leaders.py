"""A leader's page: the tasks a post leads; the whole ledger for who is responsible for the whole."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.http import Http404
from django.utils.timezone import localdate

from dukao.site.ledger.queries.grouping import Block, Grouping, Lit
from dukao.site.ledger.queries.ledger import read_headings
from dukao.site.ledger.queries.rows import LeaderName, Row, Totals, count_rows, leaders_on, read_rows
from dukao.site.people.access import Viewer
from dukao.site.people.models import Post, Tenure


class Holder(NamedTuple):
    """Who held the post, and from when to when."""

    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class LeaderPage:
    """Everything a leader's page shows. `leads_whole`: no task of one's own, the whole ledger instead."""

    leader: LeaderName
    year: int
    note: str
    holders: tuple[Holder, ...]
    rows: tuple[Row, ...]
    totals: Totals
    grouping: Grouping
    leads_whole: bool
    is_own: bool

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All tasks under their heads."""
        return self.grouping.blocks(self.rows)

    def rest(self, but: Collection[int], lights: Mapping[int, Lit]) -> tuple[Block, ...]:
        """The tasks that are not among `but`, with their lights."""
        left = [row for row in self.rows if row.task_id not in but]
        return replace(self.grouping, lights=lights).blocks(left)

    @property
    def undated(self) -> int:
        """How many tasks have no time limit."""
        return sum(not row.deadline and not row.deadline_text for row in self.rows)

    @property
    def shared(self) -> int:
        """How many tasks are led together with somebody else."""
        return sum(row.is_shared for row in self.rows)


def read_leader(
    viewer: Viewer, post_id: int, year: int, moment: datetime | None, now: datetime
) -> LeaderPage:
    """A post of the viewer's place with the tasks the viewer sees of it in a year; 404 for any other post."""
    post = Post.objects.filter(pk=post_id, place_id=viewer.place_id).first()
    if post is None:
        raise Http404
    leaders = leaders_on(viewer.place_id, moment, now)
    leader = leaders.get(post_id) or LeaderName(post_id, "", post.title, post.is_head, post.order)
    headings = read_headings(viewer.place_id, year)
    note = next((heading.note for heading in headings if heading.post_id == post_id), "")
    every = read_rows(viewer, moment, year=year)
    own = [row for row in every if any(seat.post_id == post_id for seat in row.seats)]
    leads_whole = post.is_head and not own
    rows = every if leads_whole else own
    day = f"?as_of={localdate(moment)}" if moment else ""
    grouping = Grouping("leader" if leads_whole else "section", "order", viewer, leaders, headings, day)
    tenures = Tenure.objects.filter(post_id=post_id).order_by("-since")
    return LeaderPage(
        leader,
        year,
        note,
        tuple(Holder(*one) for one in tenures.values_list("person__name", "since", "until")),
        tuple(rows),
        count_rows(rows),
        grouping,
        leads_whole,
        post_id in viewer.post_ids,
    )
