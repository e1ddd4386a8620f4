"""How the papers of a breakdown say who leads, and whose way that is."""

from dataclasses import dataclass, replace

from dukao.papers.official.manners import LEADS_BY, STARRED, LeadBy, Manner, manner_of
from dukao.presets.loading import load_traits
from dukao.site.archive.models import Document
from dukao.site.archive.profiles import kept_profile, value_of
from dukao.site.ledger.models import Breakdown


@dataclass(frozen=True, slots=True)
class PaperManner:
    """The manner of a breakdown's papers; `origin` says whose it is, `document` where it was read."""

    manner: Manner
    origin: str
    document: Document | None = None

    @property
    def said(self) -> str:
        """How it says who leads, in words."""
        match self.manner.lead_by:
            case "column":
                return f"“{self.manner.lead}”单列一栏"
            case "first":
                return "列第一位的牵头，表下注明"
            case "word":
                return "单位后写明“牵头”"
        return "牵头单位标*，表下注明"

    @property
    def choices(self) -> list[tuple[LeadBy, str]]:
        """The other ways, as one is chosen."""
        words = load_traits()["lead"].values
        return [(one, words[one]) for one in LEADS_BY if one != self.manner.lead_by]


def manner_for(breakdown: Breakdown) -> PaperManner:
    """The manner of a breakdown: as it was issued, else as a person chose for it, else as the place does."""
    if breakdown.is_issued:
        return PaperManner(issued_manner(breakdown), "印发时的写法")
    kept = kept_profile(breakdown.place_id)
    profile = value_of(kept) if kept else None
    usual = manner_of(profile)
    if breakdown.lead_by:
        chosen = next((one for one in LEADS_BY if one == breakdown.lead_by), usual.lead_by)
        return PaperManner(replace(usual, lead_by=chosen), "这一份选定的写法")
    if kept is None or profile is None or profile.value("lead") in (None, "sole", "undecided"):
        return PaperManner(usual, "本地往年的分解没有写明谁牵头，照通常的写法" if kept else "通常的写法")
    if profile.settled("lead"):
        return PaperManner(usual, "经办确定的本地写法")
    return PaperManner(usual, "本地的写法", kept.document)


def issued_manner(breakdown: Breakdown) -> Manner:
    """The manner an issued paper has; before it was kept, every one was written with stars."""
    kept = breakdown.wording.get("manner")
    return Manner(**kept) if kept else STARRED
