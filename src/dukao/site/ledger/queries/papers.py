"""What official papers print: both annexes as they stood at a moment, and what the meeting is told."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, cast

from dukao.papers.official.manners import DutyWords
from dukao.papers.official.notices import title_of_notice
from dukao.site.ledger.models import (
    Breakdown,
    Heading,
    Opinion,
    Placement,
    Question,
    QuestionKind,
    Responsibility,
    Role,
    Ruling,
    Stage,
    Status,
    TaskKind,
    TaskState,
)
from dukao.site.ledger.queries.manners import PaperManner, manner_for
from dukao.site.ledger.queries.rows import leaders_on
from dukao.site.people.addressing import everybody_of
from dukao.site.people.models import Place

_Role = Literal["lead", "responsible", "supporting"]
# What a person settled between report and breakdown, told to the meeting.
_DIFFERENCES = (
    QuestionKind.NUMBER,
    QuestionKind.WORDING,
    QuestionKind.TRUNCATED,
    QuestionKind.ABSENT,
    QuestionKind.UNCOVERED,
    QuestionKind.TWO_LEADS,
    QuestionKind.TWO_LEADERS,
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A row as a paper prints it: number in its table, words, who answers for it, remark.

    `own_leaders` are those its head does not say; `deadline` the time limit its words do not hold.
    """

    sign: str
    number: str
    title: str
    text: str
    duties: tuple[DutyWords, ...]
    leaders: str
    remark: str
    own_leaders: str = ""
    deadline: str = ""


@dataclass(slots=True)
class Table:
    """A head of the first annex, with the post that leads it, or a project of the second, with its rows."""

    title: str
    note: str = ""
    post_id: int | None = None
    rows: list[PaperRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Annexes:
    """Both annexes in the manner of the place; `shown` of `total` tasks, where a reader sees some only."""

    heads: list[Table]
    projects: list[Table]
    shown: int
    total: int
    written: PaperManner

    @property
    def rows(self) -> int:
        """How many rows the first annex prints: a task under two leaders is two."""
        return sum(len(head.rows) for head in self.heads)

    @property
    def has_leaders(self) -> bool:
        """Whether rows of the first annex say who leads them: no head says it for them."""
        return any(row.own_leaders for head in self.heads for row in head.rows)

    @property
    def is_by_leader(self) -> bool:
        """Whether heads of the first annex are leaders."""
        return any(head.post_id for head in self.heads)

    @property
    def contents(self) -> int:
        """How many contents the second annex prints."""
        return sum(len(project.rows) for project in self.projects)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """What the meeting is told before the table itself.

    `by_part` are the heads with their rows; `by_leader` the leaders, by their heads or by the rows' own.
    """

    by_part: list[tuple[str, int]]
    by_leader: list[tuple[str, int]]
    by_unit: list[tuple[str, int, int]]  # unit, leads, takes part
    settled: list[Question]
    open_questions: int
    taken: list[Opinion]
    not_taken: list[Opinion]
    unruled: int

    @property
    def reworded(self) -> str:
        """What is to be said of rows whose words units had changed; empty where they changed none."""
        count = sum("text_after" in (one.undo or {}) for one in self.taken)
        return f"采纳单位意见改动文字、数字{count}处，见表3。" if count else ""


def annexes_of(
    breakdown: Breakdown, moment: datetime | None, now: datetime, *, only: set[int] | None = None
) -> Annexes:
    """The annexes as they stood at `moment`; `only` are the tasks the reader may see, None for all."""
    found = TaskState.objects.at(moment).filter(task__breakdown=breakdown).exclude(status=Status.WITHDRAWN)
    states = list(found.select_related("task").order_by("order"))
    total = len(states)
    states = [one for one in states if only is None or one.task_id in only]
    ids = [one.task_id for one in states]
    units, seats = duties_as_written(ids, moment), _seats_of(ids, moment)
    leaders = {
        post: one.name or one.title for post, one in leaders_on(breakdown.place_id, moment, now).items()
    }
    heads = {one.pk: _head(one) for one in Heading.objects.filter(breakdown=breakdown)}
    stray, projects = Table("其他"), dict[str, Table]()
    placed = []
    for state in states:
        task_seats = seats[state.task_id]
        held = {one.post_id for one in task_seats}
        names = "、".join(dict.fromkeys(name for post, name in leaders.items() if post in held))
        if state.task.kind == TaskKind.LIVELIHOOD:
            table = projects.setdefault(state.project, Table(state.project))
            sign = task_seats[0].row if task_seats else ""
            table.rows.append(_row(state, sign, units[state.task_id], names))
            continue
        placed += [(seat.order, seat, state, names) for seat in _by_heading(task_seats)]
    # From the issue on rows are called by what they were issued with, whatever is taken out later.
    is_issued = breakdown.issued_at is not None and (moment is None or moment >= breakdown.issued_at)
    signs = signs_in_order(breakdown, moment) if breakdown.is_drafted and not is_issued else {}
    for _, seat, state, names in sorted(placed, key=lambda one: (one[0], one[1].pk)):
        table = heads.get(seat.heading_id or 0, stray)
        row = _row(state, signs.get(seat.pk, seat.row), units[state.task_id], names)
        is_led = seat.post_id is not None and table.post_id == seat.post_id
        table.rows.append(replace(row, own_leaders="" if is_led else names))
    printed = [one for one in [*heads.values(), stray] if one.rows or one.note]
    return Annexes(printed, list(projects.values()), len(states), total, manner_for(breakdown))


def signs_in_order(breakdown: Breakdown, moment: datetime | None) -> dict[int, str]:
    """How the rows of a draft are called once nothing is missing: 二-1, 二-2 …, by placement.

    Rows that were withdrawn leave gaps, parted ones have numbers behind the last: the notice counts anew.
    """
    standing = TaskState.objects.at(moment).filter(task__breakdown=breakdown, task__kind=TaskKind.KEY)
    standing = standing.exclude(status=Status.WITHDRAWN)
    seats = Placement.objects.at(moment).filter(task_id__in=standing.values("task_id"), heading__isnull=False)
    counts, signs = defaultdict[int, dict[int, int]](dict), {}
    for seat in seats.select_related("heading").order_by("order", "pk"):
        known = counts[seat.heading_id]
        number = known.setdefault(seat.task_id, len(known) + 1)
        signs[seat.pk] = f"{seat.heading.sign}-{number}"
    return signs


def duties_as_written(task_ids: Sequence[int], moment: datetime | None) -> dict[int, tuple[DutyWords, ...]]:
    """Who answers for each task, as a paper writes it.

    Who leads or helps by the remark alone stands in the remark; the table's own units beside them, which are
    responsible by it, in their cell. Of the remark only who leads the whole is told.
    """
    rows = Responsibility.objects.at(moment).filter(task_id__in=task_ids)
    found = defaultdict(list)
    for row in rows.select_related("unit", "group"):
        in_remark = row.basis == "remark" and row.role != Role.RESPONSIBLE
        if not in_remark or (row.role == Role.LEAD and not row.scope):
            found[row.task_id].append(
                DutyWords(
                    _name(row),
                    cast(_Role, str(row.role)),
                    row.group_id is not None,
                    in_remark,
                    row.basis == "joint",
                )
            )
    return {task_id: tuple(found[task_id]) for task_id in task_ids}


def meeting_facts(breakdown: Breakdown, annexes: Annexes) -> MeetingFacts:
    """Counts by leader and unit, what was settled, and which opinions were taken and which not."""
    leads, parts = Counter[str](), Counter[str]()
    duties = Responsibility.objects.at(None).filter(task__breakdown=breakdown)
    drafts = TaskState.objects.at(None).filter(task__breakdown=breakdown).exclude(status=Status.WITHDRAWN)
    duties = duties.filter(task_id__in=drafts.values("task_id"))
    for role, unit, group in duties.values_list("role", "unit__name", "group__name"):
        (leads if role == Role.LEAD else parts)[unit or group] += 1
    by_unit = [(name, leads[name], parts[name]) for name in leads | parts]
    settled = Question.objects.filter(breakdown=breakdown, kind__in=_DIFFERENCES, settled_at__isnull=False)
    said = Opinion.objects.filter(reply__consultation__breakdown=breakdown, withdrawn_at__isnull=True)
    opinions = list(said.select_related("reply__unit", "reply__answered_by", "task"))
    parts_of = [(head.title, len(head.rows)) for head in annexes.heads if head.rows]
    return MeetingFacts(
        parts_of,
        _count_leaders(annexes) if annexes.has_leaders else parts_of if annexes.is_by_leader else [],
        sorted(by_unit, key=lambda one: (-one[1], -one[2], one[0])),
        list(settled),
        Question.objects.filter(breakdown=breakdown, settled_at__isnull=True).count(),
        [one for one in opinions if one.ruling == Ruling.TAKEN],
        [one for one in opinions if one.ruling == Ruling.NOT_TAKEN],
        sum(not one.ruling for one in opinions),
    )


def _head(heading: Heading) -> Table:
    """A head with its numeral, as papers number their parts."""
    numeral = f"{heading.sign}、" if set(heading.sign) <= set("一二三四五六七八九十") else ""
    return Table(numeral + heading.title, heading.note, heading.post_id)


def _row(state: TaskState, sign: str, duties: tuple[DutyWords, ...], leaders: str) -> PaperRow:
    number = sign.rpartition("-")[2] or sign
    row = PaperRow(sign, number, state.title, state.text, duties, leaders, state.remark)
    return replace(row, deadline=limit_beside(state))


def limit_beside(state: TaskState) -> str:
    """The time limit a paper prints beside a row: none where the words of the row hold it."""
    return "" if state.deadline_text in state.text else state.deadline_text


def _by_heading(seats: Sequence[Placement]) -> list[Placement]:
    """One seat under each head: two leaders of one row under a head that is no leader's are one row."""
    return list({seat.heading_id: seat for seat in reversed(seats)}.values())


def _count_leaders(annexes: Annexes) -> list[tuple[str, int]]:
    """The leaders the rows name with how many rows each leads, in their order in the table."""
    named = (row.leaders for head in annexes.heads for row in head.rows)
    return list(Counter(name for names in named for name in names.split("、") if name).items())


def _seats_of(task_ids: Sequence[int], moment: datetime | None) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = {task_id: [] for task_id in task_ids}
    for one in Placement.objects.at(moment).filter(task_id__in=task_ids):
        found[one.task_id].append(one)
    return found


def _name(row: Responsibility) -> str:
    name = str(row.unit or row.group)
    return f"{name}（{row.office}）" if row.office else name


def phrases_of(title: str) -> list[str]:
    """A title in the parts at whose ends a line may break (GB/T 9704-2012, 7.3.1: words stay whole)."""
    return [part for part in re.split(r"(?=关于)|(?<=工作报告)|(?=和民生实事)", title) if part]


def notice_title(breakdown: Breakdown, annexes: Annexes) -> str:
    """The title of the notice: the uploaded one's own, else 关于印发…责任分解的通知 of the office."""
    if not breakdown.is_drafted:
        return breakdown.title
    return title_of_notice(office_of(breakdown.place), breakdown.year, bool(annexes.projects))


def addressees_of(breakdown: Breakdown) -> str:
    """To whom the paper goes, with its colon: as this or the last notice says it, or by the place's kind."""
    said = _said_addressees(breakdown)
    if not said:
        earlier = Breakdown.objects.filter(place=breakdown.place, stage=Stage.ISSUED, year__lt=breakdown.year)
        last = earlier.select_related("compilation").order_by("-year", "-pk").first()
        said = _said_addressees(last) if last else ""
    return f"{(said or everybody_of(breakdown.place)).rstrip('：:')}："


def _said_addressees(breakdown: Breakdown) -> str:
    return (breakdown.compilation.result.get("notice") or {}).get("addressees") or ""


def office_of(place: Place) -> str:
    """The full name of the office that issues papers."""
    return place.office or f"{place.name}人民政府办公室"
