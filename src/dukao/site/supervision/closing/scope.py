"""What a close-out looks at: the task's checklist, and the evidence filed for it."""

from django.db.models import QuerySet

from dukao.site.ledger.models import Task
from dukao.site.statements import Lookup
from dukao.site.supervision.closing.checklists import Checklist, checklist_for
from dukao.site.supervision.models import ActionPlan, Evidence
from dukao.site.supervision.registers.queries import checklist_code

_KIND_IN_FORCE = Lookup(
    ActionPlan.objects.filter(since__isnull=False, until__isnull=True)
    .order_by()
    .values_list("kind", flat=True),
    "task_id",
)


def checklist_of(task: Task) -> Checklist:
    """The checklist of a task: the one its list names, else that of the kind of its plan in force."""
    named = checklist_code(task)
    if named:
        return checklist_for(named)
    return checklist_for(next(iter(_KIND_IN_FORCE.find(task.pk)), ""))


def evidence_on(task_id: int) -> QuerySet[Evidence]:
    """What was filed as evidence for a task and stands, whoever filed it, the newest first."""
    found = Evidence.objects.filter(filing__task_id=task_id, withdrawn_at__isnull=True)
    return found.select_related("filing__round", "filing__unit").order_by("-id")
