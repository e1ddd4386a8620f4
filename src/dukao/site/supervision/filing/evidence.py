"""What proves a task: its evidence ranked by its kind of plan, and what was used before elsewhere."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from dukao.presets.loading import load_entries
from dukao.site.supervision.models import ActionPlan, Evidence, EvidenceKind, Filing, PlanKind


@dataclass(frozen=True, slots=True)
class Ranking:
    """How evidence ranks for a kind of plan, the strongest first, and which kinds are a unit's own word."""

    rank: tuple[str, ...]
    own: frozenset[str]
    why: str

    def place_of(self, kind: str) -> int:
        """Where a kind stands: 0 is the strongest."""
        return self.rank.index(kind)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The kinds to choose from, the strongest first."""
        return [(kind, str(EvidenceKind(kind).label)) for kind in self.rank]


@dataclass(frozen=True, slots=True)
class Use:
    """Where else the same file or sentence stands."""

    task_id: int
    number: str
    unit: str
    label: str


@dataclass(frozen=True, slots=True)
class RankedEvidence:
    """One piece of evidence as it is shown: ranked, and whether it was used elsewhere too."""

    evidence: Evidence
    place: int
    is_own_word: bool
    uses: tuple[Use, ...] = ()

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(EvidenceKind(self.evidence.kind).label)

    @property
    def size(self) -> str:
        """How large its file is, in words."""
        return say_size(self.evidence.size)


def say_size(size: int) -> str:
    """How large a file is, in words; "" for none."""
    if not size:
        return ""
    return f"{size / 2**20:.1f} MB" if size >= 2**20 else f"{max(size // 1024, 1)} KB"


@cache
def rankings() -> dict[str, Ranking]:
    """The ranking for every kind of plan (`presets/evidence.toml`)."""
    return {
        kind: Ranking(tuple(entry["rank"]), frozenset(entry["own"]), entry["why"])
        for kind, entry in load_entries("evidence").items()
    }


def ranking_of(plan_kind: str | None) -> Ranking:
    """The ranking for a plan's kind; that of counts where there is no plan."""
    return rankings()[plan_kind or PlanKind.CUMULATIVE.value]


def evidence_of(task_ids: Iterable[int], moment: datetime | None = None) -> dict[int, list[RankedEvidence]]:
    """The evidence of each task that stands at `moment` (None: now), strongest first: four queries for all.

    What other units brought counts too.
    """
    ids = list(task_ids)
    kinds = dict(
        ActionPlan.objects.filter(task_id__in=ids, since__isnull=False, until__isnull=True).values_list(
            "task_id", "kind"
        )
    )
    rows = Evidence.objects.filter(filing__task_id__in=ids).select_related(
        "filing__round", "filing__unit", "added_by"
    )
    rows = rows.filter(withdrawn_at__isnull=True) if moment is None else rows.filter(added_at__lte=moment)
    standing = [
        one for one in rows if moment is None or one.withdrawn_at is None or one.withdrawn_at > moment
    ]
    uses = uses_of(standing)
    found: dict[int, list[RankedEvidence]] = {task: [] for task in ids}
    for one in standing:
        task = one.filing.task_id
        found[task].append(_prove(one, ranking_of(kinds.get(task)), uses[one.pk]))
    return {task: sorted(own, key=_strength) for task, own in found.items()}


def uses_of(evidence: Iterable[Evidence]) -> dict[int, tuple[Use, ...]]:
    """Where else in the place the same file or sentence stands, by the id of each: one query.

    Elsewhere is another task or another round. What was withdrawn is no use.
    """
    ours = list(evidence)
    if not ours:
        return {}
    place = ours[0].filing.round.place_id
    rows = Evidence.objects.filter(
        fingerprint__in={one.fingerprint for one in ours},
        withdrawn_at__isnull=True,
        filing__round__place_id=place,
    ).values_list(
        "fingerprint",
        "filing__task_id",
        "filing__round_id",
        "filing__task__number",
        "filing__unit__name",
        "filing__round__label",
    )
    by_print: dict[str, dict[tuple[int, int], Use]] = defaultdict(dict)
    for fingerprint, task, round_, number, unit, label in rows:
        by_print[fingerprint][(task, round_)] = Use(task, number or "", unit, label)
    return {
        one.pk: tuple(
            use
            for where, use in sorted(by_print[one.fingerprint].items())
            if where != (one.filing.task_id, one.filing.round_id)
        )
        for one in ours
    }


def proofs_of(filings: Sequence[Filing], plans: Mapping[int, ActionPlan]) -> dict[int, list[RankedEvidence]]:
    """The evidence that stands with each filing that has any, by the filing's id: two queries for all.

    `plans` by task; their kinds rank it.
    """
    rows = Evidence.objects.filter(filing__in=filings, withdrawn_at__isnull=True)
    own = list(rows.select_related("filing__round", "added_by"))
    uses = uses_of(own)
    found: dict[int, list[RankedEvidence]] = defaultdict(list)
    for one in own:
        plan = plans.get(one.filing.task_id)
        found[one.filing_id].append(_prove(one, ranking_of(plan.kind if plan else None), uses[one.pk]))
    return found


def _prove(one: Evidence, ranking: Ranking, uses: tuple[Use, ...]) -> RankedEvidence:
    """Evidence (its filing at hand) as it ranks among its kind of plan."""
    return RankedEvidence(one, ranking.place_of(one.kind), one.kind in ranking.own, uses)


def _strength(one: RankedEvidence) -> tuple[int, bool, int]:
    """By rank, then what has a file, then the newest."""
    return one.place, not one.evidence.sha256, -one.evidence.pk
