"""One close-out as its pages show it: the promise, what is said to be reached, proofs, visit, looks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from dukao.progress.figures import say_value
from dukao.site.ledger.models import TaskState
from dukao.site.people.access import Viewer
from dukao.site.supervision.closing.access import visible_completion
from dukao.site.supervision.closing.applying import IN_HAND
from dukao.site.supervision.closing.checklists import Checklist
from dukao.site.supervision.closing.exhibits import uses_elsewhere
from dukao.site.supervision.closing.queries import rows_of
from dukao.site.supervision.closing.reaching import Reached, reached_of
from dukao.site.supervision.closing.scope import checklist_of
from dukao.site.supervision.closing.states import STATES, Row
from dukao.site.supervision.filing.evidence import Use, say_size, uses_of
from dukao.site.supervision.models import Completion, Evidence, Exhibit, LookBack, ShownObjection


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence as a close-out shows it: what it is, where it opens, where it comes from."""

    kind: str
    title: str
    address: str  # "" where it is a sentence
    size: str
    source: str
    is_proof: bool  # of a kind that proves such a task
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """A close-out with everything its page shows."""

    row: Row
    said: TaskState
    checklist: Checklist
    reached: Reached
    proofs: tuple[Proof, ...]
    pictures: tuple[Proof, ...]
    objections: tuple[ShownObjection, ...]
    looks: tuple[LookBack, ...]
    others: tuple[tuple[Completion, str], ...]  # other applications for the task, in words

    @property
    def completion(self) -> Completion:
        """The close-out."""
        return self.row.completion

    @property
    def value(self) -> str:
        """What is said to be reached: 18个; "" for a plan without figures."""
        one = self.completion
        return say_value(one.value, one.unit_of_measure) if one.value is not None else ""

    @property
    def others_in_hand(self) -> bool:
        """Whether another application for the task is on its way, or closed."""
        return any(one.stage in IN_HAND for one, _ in self.others)

    @property
    def open_objections(self) -> list[ShownObjection]:
        """Those not settled."""
        return [one for one in self.objections if one.ruled_at is None]


def read_closing(viewer: Viewer, completion_id: int, now: datetime) -> Detail:
    """One close-out; 404 for one this reader may not read. A fixed number of queries."""
    completion = visible_completion(viewer, completion_id)
    task = completion.task
    checklist = checklist_of(task)
    exhibits = list(completion.exhibits.all())
    people = ("noted_by", "ruled_by")
    others = Completion.objects.filter(task=task).exclude(pk=completion.pk)
    return Detail(
        row=rows_of([completion], viewer.place_id, now)[0],
        said=TaskState.objects.at(None).select_related("task").get(task=task),
        checklist=checklist,
        reached=reached_of([task.pk])[task.pk],
        proofs=(
            *filed_proofs(completion.evidence.select_related("filing__round", "filing__unit"), checklist),
            *_brought(completion, [one for one in exhibits if not one.of_visit], checklist, "随申请新交"),
        ),
        pictures=_brought(completion, [one for one in exhibits if one.of_visit], checklist, "现场核查"),
        objections=tuple(completion.objections.select_related(*people)),
        looks=tuple(completion.look_backs.select_related("looked_by")),
        others=tuple((one.completion, STATES[one.state]) for one in rows_of(others, viewer.place_id, now)),
    )


def filed_proofs(evidence: Iterable[Evidence], checklist: Checklist) -> list[Proof]:
    """Evidence that was filed, as close-outs show it, in the order it is given."""
    rows = list(evidence)
    uses = uses_of(rows)
    return [
        Proof(
            str(one.get_kind_display()),
            one.title,
            reverse("supervision:evidence", args=[one.pk]) if one.sha256 else "",
            say_size(one.size),
            f"{one.filing.round.label}报送",
            one.kind in checklist.evidence,
            tuple(use for use in uses[one.pk] if use.task_id != one.filing.task_id),
        )
        for one in rows
    ]


def _brought(
    completion: Completion, exhibits: list[Exhibit], checklist: Checklist, source: str
) -> tuple[Proof, ...]:
    uses = uses_elsewhere(completion, exhibits) if exhibits else {}
    return tuple(
        Proof(
            str(one.get_kind_display()),
            one.title,
            reverse("supervision:exhibit", args=[one.pk]) if one.sha256 else "",
            say_size(one.size),
            source,
            one.kind in checklist.evidence,
            uses.get(one.fingerprint, ()),
        )
        for one in exhibits
    )
