"""The close-out checklist of a kind of work: what is asked one by one, and what counts as proof."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

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
    text = (files("dukao.presets") / "checklists.toml").read_text(encoding="utf-8")
    return {
        code: Checklist(code, one["name"], one["source"], tuple(one["items"]), tuple(one["evidence"]))
        for code, one in tomllib.loads(text).items()
    }


def checklist_for(code: str) -> Checklist:
    """The checklist of a kind of plan, or of a register; the common one where there is none."""
    return checklists().get(code) or checklists()[_COMMON]
