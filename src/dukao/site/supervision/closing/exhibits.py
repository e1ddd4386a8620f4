"""What a close-out brings with it: files and sentences not filed before, kept under what they are."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from dukao.site.people.access import Viewer
from dukao.site.supervision.filing.evidence import Use
from dukao.site.supervision.filing.evidence_actions import NewEvidence, keep_proof
from dukao.site.supervision.models import Completion, Evidence, Exhibit


def keep_exhibits(
    completion: Completion,
    brought: Sequence[NewEvidence],
    *,
    of_visit: bool = False,
    by: Viewer,
    at: datetime,
) -> list[Exhibit]:
    """Keep what was brought with a close-out, as part of its action; a file is looked at first."""
    return [
        Exhibit.objects.create(completion=completion, of_visit=of_visit, **keep_proof(one, by=by, at=at))
        for one in brought
        if not one.is_empty
    ]


def uses_elsewhere(completion: Completion, exhibits: Iterable[Exhibit]) -> dict[str, tuple[Use, ...]]:
    """Where else in the place the same files and sentences stand, by fingerprint: two queries.

    Elsewhere is another task, whether it was filed there or brought to its close-out.
    """
    prints = {one.fingerprint for one in exhibits}
    place = completion.task.place_id
    filed = Evidence.objects.filter(
        fingerprint__in=prints, withdrawn_at__isnull=True, filing__task__place_id=place
    ).exclude(filing__task_id=completion.task_id)
    brought = Exhibit.objects.filter(fingerprint__in=prints, completion__task__place_id=place).exclude(
        completion__task_id=completion.task_id
    )
    found: dict[str, dict[int, Use]] = defaultdict(dict)
    rows = [
        *filed.values_list(
            "fingerprint",
            "filing__task_id",
            "filing__task__number",
            "filing__unit__name",
            "filing__round__label",
        ),
        *(
            (*row, "办结申请")
            for row in brought.values_list(
                "fingerprint", "completion__task_id", "completion__task__number", "completion__unit__name"
            )
        ),
    ]
    for fingerprint, task, number, unit, label in rows:
        found[fingerprint].setdefault(task, Use(task, number or "", unit, label))
    return {fingerprint: tuple(uses.values()) for fingerprint, uses in found.items()}
