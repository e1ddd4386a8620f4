"""From two kept documents to a draft breakdown on the record: what the program proposes, nothing decided."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from dukao.breakdown.values import Breakdown as ReadBreakdown
from dukao.breakdown.values import LivelihoodContent, UnitRole
from dukao.breakdown.values import Task as ReadTask
from dukao.report.values import Measure, Report
from dukao.site.archive.actions import compile_kept_breakdown, compile_kept_report
from dukao.site.archive.models import Document
from dukao.site.archive.profiles import note_profile, profile_of
from dukao.site.history.actions import record
from dukao.site.ledger.errors import Refusal
from dukao.site.ledger.models import (
    Breakdown,
    Heading,
    Placement,
    RegisterTag,
    Responsibility,
    Stage,
    Task,
    TaskKind,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.naming import Action, clean
from dukao.site.ledger.registers import propose_registers
from dukao.site.ledger.review.asking import ask_questions
from dukao.site.ledger.search import fold
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.founding import add_offices, groups_by_name, post_of, units_by_name
from dukao.site.people.models import Place, Post, Unit, UnitGroup
from dukao.site.refusals import Refused

Item = ReadTask | LivelihoodContent
# What a part rests on that the program proposed for a report alone.
DRAFTED = "drafted"


@dataclass(frozen=True, slots=True)
class Cast:
    """Whom the rows name, as the place knows them: units, groups, posts by leader's name."""

    units: dict[str, Unit]
    groups: dict[str, UnitGroup]
    posts: dict[str, Post]


@transaction.atomic
def propose_breakdown(
    report: Document, document: Document, *, year: int | None, by: Viewer, at: datetime
) -> Breakdown:
    """Draft a breakdown from a report and a breakdown document of the viewer's place.

    One transaction, one entry. Raises SourceError where a document is not what it was uploaded as, Refused
    where the year already has a breakdown that was not withdrawn.
    """
    require(by, Act.UPLOAD)
    place = Place.objects.select_for_update().get(pk=by.place_id)
    read_report, report_compilation = compile_kept_report(report, at=at)
    profile = profile_of(place.pk)
    read, compilation = compile_kept_breakdown(document, report, read_report, profile, at=at)
    note_profile(document, read, at=at)
    year = year or read.year or read_report.year or at.year
    refuse_taken_year(place, year)
    breakdown = Breakdown.objects.create(
        place=place,
        year=year,
        report=report,
        document=document,
        report_compilation=report_compilation,
        compilation=compilation,
        title=clean(read.notice.title or f"{year}年政府工作报告责任分解"),
        created_at=at,
    )
    lay_out(breakdown, read, read_report, at)
    questions = ask_questions(breakdown, read, read_report)
    after = {
        "year": year,
        "report": report.sha256,
        "document": document.sha256,
        "rules": compilation.rules_version,
        "tasks": len(read.tasks),
        "livelihood": len(read.livelihood),
        "questions": len(questions),
    }
    about = [("breakdown", breakdown.pk), ("document", report.pk), ("document", document.pk)]
    record(Action.PROPOSED, by=by.actor, at=at, about=about, after=after)
    return breakdown


def refuse_taken_year(place: Place, year: int) -> None:
    """Refuse a second breakdown of a year that was not withdrawn."""
    known = Breakdown.objects.filter(place=place, year=year).exclude(stage=Stage.WITHDRAWN).first()
    if known:
        raise Refused(Refusal.YEAR_TAKEN, year=year, title=known.title, stage=known.get_stage_display())


def lay_out(breakdown: Breakdown, read: ReadBreakdown, report: Report, at: datetime) -> None:
    """The rows as tasks with everything they say. Part of an action."""
    since = date(breakdown.year, 1, 1)
    cast = _meet_cast(breakdown.place, read, since)
    headings = _write_headings(breakdown, read, cast)
    sections = _Sections(report)
    items: list[Item] = [*read.tasks, *read.livelihood]
    tasks = Task.objects.bulk_create(
        Task(place=breakdown.place, breakdown=breakdown, year=breakdown.year, kind=_kind_of(item))
        for item in items
    )
    pairs = list(zip(tasks, items, strict=True))
    TaskState.objects.bulk_create(
        _state_of(task, item, order, sections, at) for order, (task, item) in enumerate(pairs, 1)
    )
    Placement.objects.bulk_create(
        one
        for order, (task, item) in enumerate(pairs, 1)
        for one in _placements_of(task, item, order, headings, cast, at)
    )
    Responsibility.objects.bulk_create(
        _responsibility_of(task, role, order, cast, at)
        for task, item in pairs
        for order, role in enumerate(item.units)
    )
    RegisterTag.objects.bulk_create(
        RegisterTag(task=task, register=register, reason=reason, since=at)
        for task, item in pairs
        for register, reason in propose_registers(words_of(item), item.measures)
    )
    write_measures([(task, item.measures) for task, item in pairs], at)


def words_of(item: Item) -> str:
    """The text of a row on one line."""
    return clean(item.content if isinstance(item, LivelihoodContent) else item.text)


def write_measures(pairs: list[tuple[Task, tuple[Measure, ...]]], at: datetime) -> None:
    """The numbers of tasks onto the record."""
    TaskMeasure.objects.bulk_create(
        TaskMeasure(
            task=task,
            indicator=one.indicator[:200],
            action=(one.action or "")[:60],
            surface="".join(one.surface.split())[:80],
            value=one.value,
            value_max=one.value_max,
            unit=(one.unit or "")[:30],
            op=one.op,
            kind=one.kind,
            year=one.year,
            approximate=one.approximate,
            order=order,
            since=at,
        )
        for task, measures in pairs
        for order, one in enumerate(measures)
    )


def _kind_of(item: Item) -> TaskKind:
    return TaskKind.LIVELIHOOD if isinstance(item, LivelihoodContent) else TaskKind.KEY


def _meet_cast(place: Place, read: ReadBreakdown, since: date) -> Cast:
    items: list[Item] = [*read.tasks, *read.livelihood]
    roles = [role for item in items for role in item.units]
    units = units_by_name(place, (role.name for role in roles if not role.group), since)
    add_offices((units[role.name], role.office) for role in roles if role.office and not role.group)
    groups = groups_by_name(place, [role.name for role in roles if role.group], since)
    posts: dict[str, Post] = {}
    leaders = [leader for group in read.groups for leader in group.leaders]
    leaders += [leader for item in items for leader in item.leaders]
    for leader in leaders:
        if leader.name not in posts:
            posts[leader.name] = post_of(place, leader.name, leader.title, since, order=len(posts) + 1)
    return Cast(units, groups, posts)


def _write_headings(breakdown: Breakdown, read: ReadBreakdown, cast: Cast) -> dict[str, Heading]:
    """The heads in order; the post of a head without tasks whose note says 总负责 sees the whole ledger."""
    headings: dict[str, Heading] = {}
    for order, group in enumerate(read.groups, 1):
        post = cast.posts[group.leaders[0].name] if group.leaders else None
        if post and group.note and "总负责" in group.note and not post.is_head:
            post.is_head = True
            post.save(update_fields=("is_head",))
        headings[group.id] = Heading.objects.create(
            breakdown=breakdown,
            sign=group.id[:20],
            title=clean(group.title)[:200],
            note=clean(group.note or "")[:200],
            order=order,
            post=post,
        )
    return headings


def _state_of(task: Task, item: Item, order: int, sections: "_Sections", at: datetime) -> TaskState:
    title = clean(item.title or "") if isinstance(item, ReadTask) else ""
    project = (
        f"{item.number} {clean(item.project).rstrip('。')}" if isinstance(item, LivelihoodContent) else ""
    )
    text = words_of(item)
    remark = clean(item.remark.text) if item.remark else ""
    deadline = item.deadline
    return TaskState(
        task=task,
        since=at,
        order=order,
        title=title[:200],
        text=text,
        project=project[:120],
        section=sections.trace(item)[:300],
        remark=remark,
        deadline_text=deadline.text[:80] if deadline else "",
        deadline=date.fromisoformat(deadline.date) if deadline and deadline.date else None,
        deadline_kind=deadline.kind if deadline else "",
        relation=item.relation or "",
        source_spans=[list(span) for span in item.source_spans],
        differences=[difference.as_json() for difference in item.differences],
        search=fold(title, text, project, remark),
    )


def _placements_of(
    task: Task, item: Item, order: int, headings: dict[str, Heading], cast: Cast, at: datetime
) -> list[Placement]:
    heading = None if isinstance(item, LivelihoodContent) else headings.get(item.group)
    posts: list[Post | None] = [cast.posts[leader.name] for leader in item.leaders]
    return [
        Placement(task=task, heading=heading, post=post, row=item.id[:30], order=order, since=at)
        for post in posts or [heading.post if heading else None]
    ]


def _responsibility_of(task: Task, role: UnitRole, order: int, cast: Cast, at: datetime) -> Responsibility:
    return Responsibility(
        task=task,
        unit=None if role.group else cast.units[role.name],
        group=cast.groups[role.name] if role.group else None,
        office=(role.office or "")[:60],
        role=role.role,
        basis=DRAFTED if task.breakdown.is_drafted and role.basis == "undecided" else role.basis,  # type: ignore[union-attr]
        scope=(role.scope or "")[:120],
        written=role.written[:120],
        order=order,
        since=at,
    )


class _Sections:
    """Which heads of the report a row stands under."""

    def __init__(self, report: Report) -> None:
        self._by_id = {section.id: section for section in report.outline}
        self._outline = report.outline

    def trace(self, item: Item) -> str:
        """The heads above the first place a row goes back to, outermost first; nothing otherwise."""
        if not item.source_spans:
            return ""
        at = item.source_spans[0][0]
        inside = [one for one in self._outline if one.start <= at < one.body_end]
        return " › ".join(clean(one.title).rstrip("。，") for one in inside)
