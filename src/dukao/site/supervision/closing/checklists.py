"""The close-out checklist of a kind of work: what is asked one by one, and what counts as proof."""

from dataclasses import dataclass
from functools import cache

from dukao.presets.loading import load_entries
from dukao.site.supervision.models import EvidenceKind

_COMMON = "milestones"


@dataclass(frozen=True, slots=True)
class Checklist:
    """What is asked one by one, and the kinds of evidence that prove it, the strongest first."""

    code: str
    name: str
    source: str
    items: tuple[str, ...]
    evidence: tuple[str, ...]

    @property
    def proofs(self) -> str:
        """The kinds of evidence in words."""
        return "、".join(str(EvidenceKind(one).label) for one in self.evidence)


@cache
def checklists() -> dict[str, Checklist]:
    """The presets by their code; the code of a kind of plan is that kind's own."""
    return {
        code: Checklist(code, one["name"], one["source"], tuple(one["items"]), tuple(one["evidence"]))
        for code, one in load_entries("checklists").items()
    }


def checklist_for(code: str) -> Checklist:
    """The checklist of a kind of plan, or of a register; the common one where there is none."""
    return checklists().get(code) or checklists()[_COMMON]
