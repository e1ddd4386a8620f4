"""The whole way from a report to a draft: the one door of this room."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from dukao.breakdown.values import Breakdown, Group
from dukao.drafting.cutting import cut_tasks
from dukao.drafting.joining import CutTask
from dukao.drafting.limits import likely_deadline
from dukao.drafting.memory import Memory
from dukao.drafting.names import level_of
from dukao.drafting.own_work import find_own_work
from dukao.drafting.past import are_paragraphs
from dukao.drafting.pieces import tidy
from dukao.drafting.proposing import THRESHOLDS, Proposal, Proposer
from dukao.drafting.reasons import explain_left_out
from dukao.drafting.values import Draft, DraftTask, LeftOut
from dukao.language.dates import Deadline, read_deadlines
from dukao.report.values import Measure, Report, Section

_DIGITS: Final = "零一二三四五六七八九"
_NUMBERING: Final = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)\s*")


def draft_breakdown(report: Report, past: Sequence[Breakdown] = ()) -> Draft:
    """The breakdown proposed for a report, learned from any number of past breakdowns of the place.

    Without any, offices bear the general names of the place's level and no leader is proposed. The same
    arguments give the same draft. Groups and numbers follow the heads of the report: who leads is a proposal
    and may change, so no id hangs on it.
    """
    proposer = Proposer(past, level_of(report.place, report.level), report.place)
    cuts = cut_tasks(report, proposer.weigh, proposer.memory.gave_apart, by_paragraph=are_paragraphs(past))
    groups, tasks = _number_tasks(report, cuts.tasks, proposer)
    return Draft(
        report.source,
        report.place,
        report.year,
        tuple(breakdown.source for breakdown in past),
        THRESHOLDS,
        groups,
        tasks,
        tuple(LeftOut(one.id, tidy(one.text), explain_left_out(why)) for one, why in cuts.left_out),
    )


def _number_tasks(
    report: Report, cuts: Sequence[CutTask], proposer: Proposer
) -> tuple[tuple[Group, ...], tuple[DraftTask, ...]]:
    """The tasks with their ids, by the heads they stand below."""
    sections = {section.id: section for section in report.outline}
    measures = _by_commitment(report.measures)
    own_work = find_own_work(report)
    groups: list[Group] = []
    tasks: list[DraftTask] = []
    for head, held in groupby(cuts, lambda cut: head_above(cut.pieces[0].commitment.section, sections)):
        sign = _say_number(len(groups) + 1)
        groups.append(_group(sign, head))
        for number, cut in enumerate(held, 1):
            is_own_work = own_work.holds(cut.spans[0][0], head)
            near = sections.get(cut.pieces[0].commitment.section)
            said = "" if near is None else tidy(near.title)
            proposal = proposer.propose(cut.text, head=said, is_own_work=is_own_work)
            task = _task(report, cut, sign, number, measures, proposal)
            tasks.append(_with_likely_deadline(task, report, proposer.memory))
    return tuple(groups), tuple(tasks)


def head_above(name: str, sections: Mapping[str, Section]) -> Section | None:
    """The head the tasks of a section are grouped by: the outermost below the head of the plan itself."""
    above: list[Section] = []
    at: str | None = name
    while at is not None and at in sections:
        above.insert(0, sections[at])
        at = sections[at].parent
    if not above:
        return None
    return above[1] if len(above) > 1 and above[0].part != "self" else above[0]


def _group(sign: str, head: Section | None) -> Group:
    if head is None:
        return Group(sign, "重点工作", (), None, 0, 0)
    title = _NUMBERING.sub("", tidy(head.title)).rstrip("。")
    return Group(sign, title, (), None, head.start, head.end)


def _task(
    report: Report,
    cut: CutTask,
    sign: str,
    number: int,
    measures: Mapping[str, Sequence[Measure]],
    proposal: Proposal,
) -> DraftTask:
    start, end = min(span[0] for span in cut.spans), max(span[1] for span in cut.spans)
    commitments = tuple(dict.fromkeys(piece.commitment.id for piece in cut.pieces))
    return DraftTask(
        id=f"{sign}-{number}",
        group=sign,
        number=str(number),
        text=cut.text,
        start=start,
        end=end,
        source_spans=cut.spans,
        relation="verbatim" if cut.is_contiguous else "split",
        commitments=commitments,
        measures=tuple(one for name in commitments for one in measures.get(name, ()) if _holds(cut, one)),
        deadline=_only_deadline(report, cut),
        leaders=proposal.leaders,
        units=proposal.units,
        withheld=proposal.withheld,
        candidates=proposal.candidates,
    )


def _by_commitment(measures: Sequence[Measure]) -> Mapping[str, Sequence[Measure]]:
    found: dict[str, list[Measure]] = {}
    for measure in measures:
        if measure.commitment:
            found.setdefault(measure.commitment, []).append(measure)
    return found


def _holds(cut: CutTask, measure: Measure) -> bool:
    """Whether a measure's number stands in the words of the task."""
    return any(start <= measure.start and measure.end <= end for start, end in cut.spans)


def _with_likely_deadline(task: DraftTask, report: Report, memory: Memory) -> DraftTask:
    """The task with the time limit of the past, where its own words set none."""
    if any(read_deadlines(report.source.text, *span, report.year) for span in task.source_spans):
        return task
    likely = likely_deadline(task.text, memory, report.year, THRESHOLDS.deadline)
    return replace(task, likely_deadline=likely)


def _only_deadline(report: Report, cut: CutTask) -> Deadline | None:
    """The time limit of a task that names one; where it names several, no single one is the task's."""
    text = report.source.text
    found = [one for start, end in cut.spans for one in read_deadlines(text, start, end, report.year)]
    return found[0] if len(found) == 1 else None


def _say_number(number: int) -> str:
    """A number below a hundred as heads write it: 十一, 二十."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones or not tens else "")
