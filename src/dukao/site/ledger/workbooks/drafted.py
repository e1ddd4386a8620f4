"""What a workbook asks for that a supplement already says, and that only waits for the head's signature."""

from dataclasses import replace

from dukao.site.ledger.models import Breakdown, Supplement, SupplementStage
from dukao.site.ledger.steps.changes import Change as SupplementChange
from dukao.site.ledger.steps.changes import differs
from dukao.site.ledger.workbooks.values import Change, Comparison, Drafted


def set_drafted_aside(comparison: Comparison, breakdown: Breakdown) -> Comparison:
    """The comparison without what a supplement that waits already says of the same task: one query."""
    if not comparison.needs_supplement:
        return comparison
    waiting = list(breakdown.supplements.filter(stage=SupplementStage.DRAFT))
    changes: list[Change] = []
    drafted: list[Drafted] = []
    for change in comparison.changes:
        supplement = next((one for one in waiting if _says(one, change)), None)
        if supplement is None:
            changes.append(change)
            continue
        drafted.append(Drafted(change, supplement))
        if change.direct:
            direct = tuple(one for one in change.differences if not one.by_supplement)
            changes.append(replace(change, differences=direct, supplement={}))
    return replace(comparison, changes=tuple(changes), drafted=tuple(drafted))


def _says(supplement: Supplement, change: Change) -> bool:
    """Whether a supplement says all that a change wants said by one."""
    wanted = SupplementChange(task_id=change.task_id, **change.supplement).wanted()
    for one in supplement.changes:
        if one["task"] == change.task_id:
            after = one["after"]
            return all(
                name in after and not differs(name, after[name], value) for name, value in wanted.items()
            )
    return False
