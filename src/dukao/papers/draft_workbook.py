"""A draft as a workbook to be corrected: what is proposed in the columns of a breakdown, and why beside it.

The columns are named as offices name them; confidence and reason stand in columns of their own, so that
nothing has to be taken out of a cell before the sheet goes on.
"""

from collections.abc import Iterable
from pathlib import Path

from dukao.drafting.values import Draft, DraftTask, LikelyDeadline, LikelyLeader, LikelyUnit
from dukao.papers.spreadsheet import Cell, Column, Sheet, write_spreadsheet
from dukao.papers.words import ROLES, cite_source, list_measures

_HELPING = Column("配合单位", 26)
_TASKS = (
    Column("编号", 7.5, True),
    Column("章节", 14),
    Column("重点工作", 46),
    Column("牵头领导", 10, True),
    Column("牵头单位", 16),
    Column("责任单位", 26),
    _HELPING,
    Column("完成时限", 12),
    Column("数字目标", 22),
    Column("把握", 14),
    Column("依据", 60),
    Column("须人工确定", 30),
)
_LEFT_OUT = (Column("编号", 8, True), Column("报告原文", 60), Column("没有列为任务的原因", 40))
_UNITS = (
    Column("单位名称", 26),
    Column("牵头项数", 10, True),
    Column("参加项数", 10, True),
    Column("牵头的各项", 40),
    Column("参加的各项", 40),
)


def write_draft(draft: Draft, path: Path) -> None:
    """Write a draft to `path` as .xlsx; the same draft gives the same bytes."""
    made = write_spreadsheet(list_draft_sheets(draft), title="责任分解初稿", source=cite_draft(draft))
    path.write_bytes(made)


def list_draft_sheets(draft: Draft) -> list[Sheet]:
    """The three sheets."""
    year = f"{draft.year}年" if draft.year else ""
    titles = {group.id: group.title for group in draft.groups}
    helps = any(unit.role == "supporting" for task in draft.tasks for unit in task.units)
    return [
        Sheet(
            "重点工作",
            f"{year}政府工作报告重点工作责任分解（初稿）",
            "没有可以列为任务的内容。",
            tuple(column for column in _TASKS if helps or column != _HELPING),
            tuple(_lay_task(task, titles.get(task.group, ""), helps=helps) for task in draft.tasks),
        ),
        Sheet("单位", f"{year}初稿各单位任务量", "没有提出单位。", _UNITS, tuple(_lay_units(draft))),
        Sheet(
            "未列为任务",
            f"{year}报告中没有列为任务的话",
            "报告安排的内容都列成了任务。",
            _LEFT_OUT,
            tuple((one.commitment, one.text, one.reason) for one in draft.left_out),
        ),
    ]


def cite_draft(draft: Draft) -> str:
    """What the draft was made from, and what it is."""
    past = "、".join(source.name for source in draft.past)
    learned = f"参照往年分解：{past}" if past else "未参照往年分解，单位用通称"
    return f"政府工作报告：{cite_source(draft.source)}；{learned}。初稿由程序提出，须逐项核定。"


def name_units(task: DraftTask, role: str) -> str:
    """The units proposed for one role, as a row lists them."""
    return "、".join(unit.name for unit in task.units if unit.role == role)


def say_confidence(confidence: float) -> str:
    """A confidence as a percentage."""
    return f"{confidence:.0%}"


def _lay_task(task: DraftTask, title: str, *, helps: bool) -> tuple[Cell, ...]:
    proposed: list[LikelyUnit | LikelyLeader | LikelyDeadline] = [*task.leaders, *task.units]
    proposed += [task.likely_deadline] if task.likely_deadline else []
    return (
        task.id,
        title,
        task.text,
        "、".join(leader.name for leader in task.leaders),
        name_units(task, "lead"),
        name_units(task, "responsible"),
        *((name_units(task, "supporting"),) if helps else ()),
        task.limit.text if task.limit else "",
        list_measures(task.measures),
        "\n".join(f"{_name(one)} {say_confidence(one.confidence)}" for one in proposed),
        "\n".join(f"{_say_part(one)}{_name(one)}：{one.reason}" for one in proposed),
        "\n".join(one.reason for one in task.withheld),
    )


def _name(one: LikelyUnit | LikelyLeader | LikelyDeadline) -> str:
    return one.deadline.text if isinstance(one, LikelyDeadline) else one.name


def _say_part(one: LikelyUnit | LikelyLeader | LikelyDeadline) -> str:
    if isinstance(one, LikelyDeadline):
        return "〔时限〕"
    return f"〔{ROLES[one.role]}〕" if isinstance(one, LikelyUnit) else "〔领导〕"


def _lay_units(draft: Draft) -> Iterable[tuple[Cell, ...]]:
    """Every unit proposed with its tasks, those that lead most first."""
    held: dict[str, dict[str, list[str]]] = {}
    for task in draft.tasks:
        for unit in task.units:
            held.setdefault(unit.name, {}).setdefault(unit.role, []).append(task.id)
    counted = sorted(held.items(), key=lambda pair: (-len(pair[1].get("lead", ())), pair[0]))
    for name, roles in counted:
        lead = roles.get("lead", [])
        other = [*roles.get("responsible", []), *roles.get("supporting", [])]
        yield name, len(lead), len(other), "、".join(lead), "、".join(other)
