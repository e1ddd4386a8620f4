"""A `Draft` → the notice it may become: what nobody knows yet stands as ×× for a person to fill in."""

from dukao.drafting.values import Draft, DraftTask
from dukao.papers.official.addressing import say_everybody
from dukao.papers.official.manners import OPEN_LEAD, STARRED, DutyWords, Manner
from dukao.papers.official.notices import NoticeFacts, notice
from dukao.papers.official.rows import KeyGroup, KeyRow
from dukao.papers.official.values import Paper

_NUMBER, _NOWHERE = "×政办〔××××〕×号", "××"
_SUFFIX = "（初稿）"


def notice_of_draft(draft: Draft, manner: Manner = STARRED) -> Paper:
    """The notice with the drafted tasks as its annex, under the heads of the report, in a place's manner."""
    place = draft.place or _NOWHERE
    facts = NoticeFacts(
        year=draft.year or 0,
        office=f"{place}人民政府办公室",
        number=_NUMBER,
        dated=None,
        addressees=say_everybody(draft.place or "", ""),
        suffix=_SUFFIX,
    )
    groups = [
        KeyGroup(
            f"{group.id}、{group.title}",
            tuple(_key_row(task) for task in draft.tasks if task.group == group.id),
        )
        for group in draft.groups
    ]
    return notice(facts, groups, (), manner)


def _key_row(task: DraftTask) -> KeyRow:
    is_open = any(one.wanted == "lead" for one in task.withheld)
    return KeyRow(
        number=task.number,
        words=task.text,
        duties=tuple(DutyWords(unit.name, unit.role, unit.group) for unit in task.units),
        remark=OPEN_LEAD if is_open else "",
        leaders="、".join(leader.name for leader in task.leaders),
        deadline=task.limit.text if task.limit and task.limit.text not in task.text else "",
    )
