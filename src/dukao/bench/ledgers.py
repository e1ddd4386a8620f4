"""Large ledgers for measuring, written straight into the tables.

For benches and tests of speed only: nothing is recorded in the history, no action is asked, no document is
read. What stands there is of the shape of a real county's year: a task has a lead and four units beside it,
a leader, a sentence or two, every second one a number. The same arguments give the same ledger.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from random import Random

from django.db import transaction

from dukao.site.archive.models import Compilation, Document, DocumentKind, Publicity
from dukao.site.ledger.models import (
    Breakdown,
    DeadlineKind,
    Heading,
    Placement,
    Register,
    RegisterTag,
    Responsibility,
    Role,
    Stage,
    Status,
    Task,
    TaskKind,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.search import fold
from dukao.site.people.models import (
    Grant,
    Membership,
    Person,
    Place,
    Post,
    Tenure,
    Unit,
    UnitGroup,
    UnitKind,
    UnitName,
    User,
)
from dukao.site.people.models import Role as UserRole

_LEADERS = 8
_DEPARTMENTS = 48
_TOWNSHIPS = 12
_LIVELIHOOD_EVERY = 13  # one task in so many is a content of a 民生实事 project
_FOUNDED = date(2010, 1, 1)
_VERBS = ("推进", "加快", "建成", "新增", "完成", "改造", "引进", "培育", "实施", "提升")
_THINGS = ("老旧小区", "公办学位", "规上工业企业", "滨海绿道", "社区食堂", "重点项目", "断头河", "充电桩")
_COUNTS = ("个", "公里", "家", "亿元", "万平方米", "%")
_CLAUSES = (
    "坚持以质为先、量质并举，完善从签约到投产的全周期服务",
    "健全部门协同和街镇联动的工作机制，按季度通报进展",
    "统筹财政资金和社会资本，确保资金足额到位、规范使用",
    "强化全过程质量安全监管，做到开工一批、竣工一批、见效一批",
)
_DIFFERENCE = {
    "kind": "wording",
    "report": "积极",
    "report_span": None,
    "breakdown": "主动",
    "breakdown_span": None,
}


@dataclass(frozen=True, slots=True)
class Town:
    """A place made for measuring, with whom its tasks can name and somebody of the office who looks."""

    place: Place
    units: tuple[Unit, ...]
    group: UnitGroup
    posts: tuple[Post, ...]
    clerk: User
    liaison: User


@transaction.atomic
def found_town(code: str, name: str, at: datetime) -> Town:
    """A place with sixty units, a group of its townships, eight leaders, a clerk, and a liaison of its first
    unit; the users are named after `code` and have no password.
    """
    place = Place.objects.create(code=code, name=name, level="county", office=f"{name}人民政府办公室")
    units = _found_units(place)
    group = UnitGroup.objects.create(place=place, name="各街镇")
    Membership.objects.bulk_create(
        Membership(group=group, unit=unit, since=_FOUNDED) for unit in units if unit.kind == UnitKind.TOWNSHIP
    )
    posts = tuple(_found_post(place, at_) for at_ in range(_LEADERS))
    clerk = _enrol(place, f"clerk-{code}", UserRole.CLERK, at)
    liaison = _enrol(place, f"liaison-{code}", UserRole.LIAISON, at, units[0])
    return Town(place, units, group, posts, clerk, liaison)


def _found_units(place: Place) -> tuple[Unit, ...]:
    names = [(f"第{number}局", UnitKind.DEPARTMENT) for number in range(1, _DEPARTMENTS + 1)]
    names += [(f"第{number}街道", UnitKind.TOWNSHIP) for number in range(1, _TOWNSHIPS + 1)]
    units = Unit.objects.bulk_create(
        Unit(place=place, name=name, kind=kind, order=order, since=_FOUNDED)
        for order, (name, kind) in enumerate(names, 1)
    )
    UnitName.objects.bulk_create(UnitName(place=place, unit=unit, name=unit.name) for unit in units)
    return tuple(units)


def _found_post(place: Place, order: int) -> Post:
    post = Post.objects.create(place=place, title=f"副区长（第{order + 1}位）", order=order + 1)
    person = Person.objects.create(place=place, name=f"领导{order + 1}")
    Tenure.objects.create(post=post, person=person, since=_FOUNDED)
    return post


def _enrol(place: Place, username: str, role: UserRole, at: datetime, unit: Unit | None = None) -> User:
    user = User(username=username, name=str(role.label), place=place, unit=unit, must_change_password=False)
    user.set_unusable_password()
    user.save()
    Grant.objects.create(user=user, role=role, since=at)
    return user


@transaction.atomic
def write_ledger(town: Town, year: int, tasks: int, at: datetime) -> Breakdown:
    """An issued ledger of so many tasks, issued seven days after `at`."""
    breakdown = _write_breakdown(town, year, at)
    issued = breakdown.issued_at or at
    headings = _write_headings(breakdown, town)
    rows = Task.objects.bulk_create(
        _number(Task(place=town.place, breakdown=breakdown, year=year), order)
        for order in range(1, tasks + 1)
    )
    chance = Random(year)
    states = [_state_of(task, order, chance, issued) for order, task in enumerate(rows, 1)]
    TaskState.objects.bulk_create(states)
    Placement.objects.bulk_create(
        _placement_of(task, order, headings, issued) for order, task in enumerate(rows, 1)
    )
    Responsibility.objects.bulk_create(
        duty for task in rows for duty in _responsibilities_of(task, town, chance, issued)
    )
    RegisterTag.objects.bulk_create(
        RegisterTag(task=task, register=chance.choice(Register.values), reason="文中有“项目”", since=issued)
        for task in rows[::2]
    )
    TaskMeasure.objects.bulk_create(_measure_of(task, chance, issued) for task in rows[::2])
    return breakdown


def _write_breakdown(town: Town, year: int, at: datetime) -> Breakdown:
    report = _keep(town, year, DocumentKind.REPORT, at)
    document = _keep(town, year, DocumentKind.BREAKDOWN, at)
    issued = at + timedelta(days=7)
    return Breakdown.objects.create(
        place=town.place,
        year=year,
        stage=Stage.ISSUED,
        report=report,
        document=document,
        report_compilation=_compilation_of(report, at),
        compilation=_compilation_of(document, at),
        title=f"{town.place.name}{year}年政府工作报告责任分解",
        meeting="区政府常务会议",
        approved_on=issued.date(),
        document_number=f"政办〔{year}〕5号",
        issued_on=issued.date(),
        issued_at=issued,
        issued_by=town.clerk,
        publicity=Publicity.INTERNAL,
        created_at=at,
    )


def _keep(town: Town, year: int, kind: DocumentKind, at: datetime) -> Document:
    text = f"{town.place.name}{year}年 {kind.label}"
    return Document.objects.create(
        place=town.place,
        kind=kind,
        year=year,
        name=f"{kind.value}-{year}.txt",
        title=text,
        sha256=sha256(text.encode()).hexdigest(),
        media_type="text/plain",
        encoding="utf-8",
        size=len(text.encode()),
        chars=len(text),
        text=text,
        uploaded_by=town.clerk,
        uploaded_at=at,
    )


def _compilation_of(document: Document, at: datetime) -> Compilation:
    return Compilation.objects.create(document=document, rules_version="bench", result={}, made_at=at)


def _write_headings(breakdown: Breakdown, town: Town) -> list[Heading]:
    return [
        Heading.objects.create(
            breakdown=breakdown,
            sign=f"{order}",
            title=f"{order}、{post.title}牵头重点工作",
            order=order,
            post=post,
        )
        for order, post in enumerate(town.posts, 1)
    ]


def _number(task: Task, order: int) -> Task:
    livelihood = order % _LIVELIHOOD_EVERY == 0
    task.kind = TaskKind.LIVELIHOOD if livelihood else TaskKind.KEY
    task.number = f"{'民' if livelihood else '重'}{task.year}-{order:03d}"
    return task


def _state_of(task: Task, order: int, chance: Random, since: datetime) -> TaskState:
    verb, thing = chance.choice(_VERBS), chance.choice(_THINGS)
    text = f"{verb}{thing}{chance.randint(2, 900)}{chance.choice(_COUNTS)}以上，{chance.choice(_CLAUSES)}。"
    dated = order % 3 == 0
    project = f"{order // _LIVELIHOOD_EVERY} 实事项目" if task.kind == TaskKind.LIVELIHOOD else ""
    return TaskState(
        task=task,
        since=since,
        status=Status.ISSUED,
        order=order,
        text=text,
        project=project,
        section=f"二、重点工作 › （{order % 9 + 1}）第{order % 9 + 1}项",
        remark="由区人武部协助。" if order % 11 == 0 else "",
        deadline_text="年底前" if dated else "",
        deadline=date(task.year, 12, 31) if dated else None,
        deadline_kind=DeadlineKind.BY if dated else "",
        relation="verbatim" if order % 7 else "edited",
        differences=[] if order % 7 else [_DIFFERENCE],
        search=fold(text, project),
    )


def _placement_of(task: Task, order: int, headings: list[Heading], since: datetime) -> Placement:
    heading = headings[order % len(headings)]
    row = f"{heading.sign}-{order}"
    return Placement(task=task, heading=heading, post_id=heading.post_id, row=row, order=order, since=since)


def _responsibilities_of(task: Task, town: Town, chance: Random, since: datetime) -> list[Responsibility]:
    lead, *others = chance.sample(town.units, 5)
    duties = [Responsibility(task=task, unit=lead, role=Role.LEAD, basis="star", since=since)]
    duties += [
        Responsibility(task=task, unit=unit, role=Role.RESPONSIBLE, basis="star", order=order, since=since)
        for order, unit in enumerate(others, 1)
    ]
    if chance.random() < 0.2:
        role = Role.RESPONSIBLE
        duties.append(
            Responsibility(task=task, group=town.group, role=role, basis="star", order=9, since=since)
        )
    return duties


def _measure_of(task: Task, chance: Random, since: datetime) -> TaskMeasure:
    value, unit = chance.randint(2, 900), chance.choice(_COUNTS)
    return TaskMeasure(
        task=task,
        indicator=chance.choice(_THINGS),
        action="新增",
        surface=f"{value}{unit}以上",
        value=value,
        unit=unit,
        op=">=",
        kind="increment",
        year=task.year,
        since=since,
    )
