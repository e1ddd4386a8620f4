"""From two documents to a draft on the record."""

from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Breakdown, Placement, Responsibility, Stage, Task, TaskState
from tests.site.conftest import Cast


def test_a_draft_has_every_row_with_its_leader_and_units(cast: Cast, draft: Breakdown) -> None:
    assert draft.stage == Stage.DRAFT
    assert Task.objects.filter(breakdown=draft, kind="key").count() == 14
    assert Task.objects.filter(breakdown=draft, kind="livelihood").count() == 3
    row = Placement.objects.get(task__breakdown=draft, row="三-1")
    assert row.post is not None
    assert row.post.tenures.get().person.name == "白露"
    duties = Responsibility.objects.filter(task=row.task)
    assert [(one.role, str(one.unit or one.group)) for one in duties] == [
        ("lead", "区住建局"),
        ("responsible", "区财政局"),
        ("responsible", "相关街道"),
    ]


def test_an_issued_breakdown_numbers_its_tasks_for_good(ledger: Breakdown) -> None:
    numbers = list(TaskState.objects.at(None).order_by("order").values_list("task__number", flat=True))
    assert numbers[0] == "重2024-001"
    assert numbers[-1] == "民2024-003"
    assert len(set(numbers)) == 17
    assert verify_chain().holds
