"""A draft as plain text for people: the tasks under the report's heads, and what a person must decide."""

from collections.abc import Iterator

from dukao.breakdown.values import Group
from dukao.cli.report_summary import describe_source
from dukao.cli.tables import format_table
from dukao.drafting.values import Draft, DraftTask
from dukao.papers.draft_workbook import name_units, say_confidence

_HEAD = ("编号", "领导", "牵头", "把握", "内容〔责任单位〕")


def summarize_draft(draft: Draft) -> str:
    """What the draft was made from, its tasks, what is not proposed, and what was left out."""
    return "\n".join(filter(None, _blocks(draft)))


def _blocks(draft: Draft) -> Iterator[str]:
    yield _masthead(draft)
    for group in draft.groups:
        yield _group(draft, group)
    yield _withheld(draft)
    yield _left_out(draft)
    if draft.tasks:
        yield "每个单位为什么这样提：加 --json 看 reason，或用 --xlsx 写成工作簿看“依据”一栏。"


def _masthead(draft: Draft) -> str:
    leads = sum(any(unit.role == "lead" for unit in task.units) for task in draft.tasks)
    joint = sum(_is_joint(task) for task in draft.tasks)
    past = "、".join(source.name for source in draft.past)
    least = draft.thresholds
    year = f"{draft.year}年" if draft.year else ""
    lines = [
        f"{year}政府工作报告责任分解（初稿）",
        describe_source(draft.source),
        f"参照往年分解：{past}" if past else "未参照往年分解：单位用通称，不提领导",
        f"{len(draft.tasks)} 项任务，{leads} 项提出了牵头单位，{joint} 项各单位共同落实，"
        f"{len(draft.left_out)} 条没有列为任务",
        f"把握不到 {least.lead:.0%} 的牵头单位、不到 {least.responsible:.0%} 的责任单位、"
        f"不到 {least.leader:.0%} 的领导不提",
    ]
    return "\n  ".join(lines) + "\n"


def _group(draft: Draft, group: Group) -> str:
    tasks = [task for task in draft.tasks if task.group == group.id]
    rows = [_row(task) for task in tasks]
    return f"{group.id}、{group.title}：{len(tasks)} 项\n{format_table(_HEAD, rows)}"


def _row(task: DraftTask) -> tuple[object, ...]:
    lead = next((unit for unit in task.units if unit.role == "lead"), None)
    leader = task.leaders[0].name if task.leaders else None
    others = "、".join(filter(None, (name_units(task, role) for role in ("responsible", "supporting"))))
    said = lead.name if lead else "（共同）" if _is_joint(task) else "（未提）"
    sure = say_confidence(lead.confidence) if lead else None
    return task.id, leader, said, sure, task.text + (f"〔{others}〕" if others else "")


def _is_joint(task: DraftTask) -> bool:
    return bool(task.units) and not task.withheld and all(unit.role != "lead" for unit in task.units)


def _withheld(draft: Draft) -> str:
    rows = [(task.id, one.reason) for task in draft.tasks for one in task.withheld if one.wanted == "lead"]
    return f"未提牵头单位：{len(rows)} 项\n{format_table(('编号', '说明'), rows)}" if rows else ""


def _left_out(draft: Draft) -> str:
    rows = [(one.commitment, one.reason, one.text) for one in draft.left_out]
    head = f"没有列为任务：{len(rows)} 条\n"
    return head + format_table(("承诺", "原因", "报告原文"), rows) if rows else ""
