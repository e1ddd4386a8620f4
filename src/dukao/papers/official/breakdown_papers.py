"""A `Breakdown` as read → its papers: notice, extracts, summary."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal

from dukao.breakdown.habits import detect_profile
from dukao.breakdown.lettering import closed_up
from dukao.breakdown.values import Breakdown, LivelihoodContent, Task
from dukao.papers.attention import REASONS, Reason, list_matters
from dukao.papers.official.annexes import QUARTERS
from dukao.papers.official.manners import DutyWords, Manner, manner_of
from dukao.papers.official.notices import NoticeFacts, extract, notice
from dukao.papers.official.rows import KeyGroup, KeyRow, LivelihoodRow
from dukao.papers.official.summaries import SummaryFacts, summary
from dukao.papers.official.values import Paper
from dukao.papers.unit_tally import tally_units
from dukao.papers.words import clean

# What stands where the breakdown does not say who issues it, and under which number.
_OFFICE, _NUMBER, _EVERYBODY = "××人民政府办公室", "×政办〔××××〕×号", "各有关单位"
_NUMERALS = set("一二三四五六七八九十百")
# What a summary tells as a difference from the report; the rest is open.
_DIFFERENCES: tuple[Reason, ...] = ("number", "wording", "truncated", "absent")
_INNER = re.compile(r"（[一二三四五六七八九十]+）$")


def notice_of(breakdown: Breakdown, manner: Manner | None = None) -> Paper:
    """The notice of a breakdown, its elements as the breakdown's own covering notice has them.

    What it does not say stands as ×× for a person to fill in. Who leads is said as the breakdown itself says
    it, or in the `manner` given.
    """
    said = breakdown.notice
    facts = NoticeFacts(
        year=breakdown.year or (int(said.dated[:4]) if said.dated else 0),
        office=clean(said.issuer or "") or _OFFICE,
        number=said.document_number or _NUMBER,
        dated=date.fromisoformat(said.dated) if said.dated else None,
        addressees=clean(said.addressees or "") or _EVERYBODY,
        meeting=clean(said.meeting or ""),
        copied_to=clean(said.copied_to or ""),
        remark=clean(said.publicity or ""),
        title=clean(said.title or ""),
    )
    manner = manner or manner_of(detect_profile(breakdown))
    return notice(facts, key_groups(breakdown), livelihood_rows(breakdown.livelihood), manner)


def leader_extract(breakdown: Breakdown, name: str) -> Paper:
    """The rows a leader answers for, of both annexes."""
    tasks = [task for task in breakdown.tasks if any(leader.name == name for leader in task.leaders)]
    contents = [one for one in breakdown.livelihood if any(leader.name == name for leader in one.leaders)]
    return _extract(breakdown, f"{name}牵头的事项", tasks, contents)


def unit_extract(breakdown: Breakdown, name: str) -> Paper:
    """The rows a unit has a part in, of both annexes."""
    tasks = [task for task in breakdown.tasks if any(unit.name == name for unit in task.units)]
    contents = [one for one in breakdown.livelihood if any(unit.name == name for unit in one.units)]
    return _extract(breakdown, f"{name}承担的事项", tasks, contents)


def _extract(breakdown: Breakdown, about: str, tasks: list[Task], contents: list[LivelihoodContent]) -> Paper:
    year = f"{breakdown.year}年" if breakdown.year else ""
    number = f"（{breakdown.notice.document_number}）" if breakdown.notice.document_number else ""
    counts = "、".join(
        said
        for said in (
            f"重点工作{len(tasks)}项" if tasks else "",
            f"民生实事内容{len(contents)}项" if contents else "",
        )
        if said
    )
    source = f"摘自{year}政府工作报告责任分解{number}，{f'共{counts}' if counts else '没有列入的事项'}。"
    return extract(
        f"{year}政府工作报告责任分解（{about}）",
        source,
        key_groups(breakdown, tasks),
        livelihood_rows(contents),
        manner_of(detect_profile(breakdown)),
    )


def key_groups(breakdown: Breakdown, tasks: Iterable[Task] | None = None) -> list[KeyGroup]:
    """The heads with their rows; with `tasks` only those rows, and only heads that have some."""
    wanted = breakdown.tasks if tasks is None else tuple(tasks)
    found = []
    for group in breakdown.groups:
        said = closed_up(group.title)
        led = {leader.name for leader in group.leaders if leader.name in said}
        rows = tuple(_key_row(task, led) for task in wanted if task.group == group.id)
        if rows or tasks is None:
            title, level = _head(group.id, clean(group.title))
            found.append(KeyGroup(title, rows, clean(group.note or ""), level))
    known = {group.id for group in breakdown.groups}
    stray = tuple(_key_row(task, set()) for task in wanted if task.group not in known)
    return [*found, KeyGroup("其他" if found else "", stray)] if stray else found


def livelihood_rows(contents: Iterable[LivelihoodContent]) -> list[LivelihoodRow]:
    """The contents of the livelihood projects."""
    return [
        LivelihoodRow(
            number=one.number,
            project=clean(one.project),
            words=clean(one.content),
            leaders="、".join(leader.name for leader in one.leaders),
            duties=_duties(one),
            remark=clean(one.remark.text) if one.remark else "",
            deadline=_own_deadline(one),
        )
        for one in contents
    ]


def _head(sign: str, title: str) -> tuple[str, Literal[1, 2]]:
    """A head with its numeral and its level: 一、 or （一）."""
    inner = _INNER.search(sign)
    if inner:
        return (title if title.startswith(inner.group()) else inner.group() + title), 2
    is_bare = sign and set(sign) <= _NUMERALS and not title.startswith(sign)
    return (f"{sign}、{title}" if is_bare else title), 1


def _key_row(task: Task, led: set[str]) -> KeyRow:
    own = {leader.name: f"{leader.name}{leader.title or ''}" for leader in task.leaders}
    return KeyRow(
        number=task.number,
        words=clean(task.text),
        duties=_duties(task),
        remark=clean(task.remark.text) if task.remark else "",
        title=clean(task.title or ""),
        leaders="" if own.keys() <= led else "、".join(own.values()),
        deadline=_own_deadline(task),
        quarters=_quarters(task),
    )


def _duties(item: Task | LivelihoodContent) -> tuple[DutyWords, ...]:
    """The parts of a row; of those the remark gives only who leads the whole."""
    remark = item.remark
    remarked = {unit.start for unit in item.units if remark and remark.start <= unit.start < remark.end}
    return tuple(
        DutyWords(
            f"{unit.name}（{unit.office}）" if unit.office else unit.name,
            unit.role,
            unit.group,
            unit.start in remarked,
            unit.basis == "joint",
        )
        for unit in item.units
        if unit.start not in remarked or (unit.role == "lead" and unit.scope is None)
    )


def _own_deadline(item: Task | LivelihoodContent) -> str:
    """The time limit of a row where its words do not hold it."""
    words = item.text if isinstance(item, Task) else item.content
    limit = item.deadline
    return limit.text if limit and limit.text not in words else ""


def _quarters(task: Task) -> tuple[str, ...]:
    """The steps that stand beside the words, by quarter; steps inside the words are not said twice."""
    steps = {
        step.deadline.text.removeprefix("第"): step.step
        for step in task.milestones
        if not task.start <= step.deadline.start < task.end
    }
    return tuple(steps.get(name, "") for name in QUARTERS) if steps.keys() & set(QUARTERS) else ()


def summary_of(breakdown: Breakdown) -> Paper:
    """The summary of a breakdown; held against its report, it says where the two differ."""
    matters = Counter(matter.reason for matter in list_matters(breakdown))
    said = {reason: f"{REASONS[reason]}{count}处" for reason, count in matters.items()}
    differences = [said[reason] for reason in _DIFFERENCES if reason in said]
    if breakdown.coverage and breakdown.coverage.uncovered:
        differences.append(f"报告中有而未分解{len(breakdown.coverage.uncovered)}处")
    led = Counter(leader.name for task in breakdown.tasks for leader in task.leaders)
    facts = SummaryFacts(
        year=breakdown.year or 0,
        office=clean(breakdown.notice.issuer or "") or _OFFICE,
        rows=len(breakdown.tasks),
        projects=len({one.number for one in breakdown.livelihood}),
        contents=len(breakdown.livelihood),
        by_leader=tuple(led.items()),
        by_unit=tuple(
            (one.name, one.count("lead"), one.count("responsible") + one.count("supporting"))
            for one in tally_units(breakdown)
        ),
        differences=tuple(differences),
        open=tuple(said[reason] for reason in said if reason not in _DIFFERENCES),
    )
    return summary(facts)
