"""A question before it is written down: what it is about, what may be answered, what is proposed and why."""

from dataclasses import dataclass, field
from typing import Any

from dukao.breakdown.values import Difference, LivelihoodContent
from dukao.breakdown.values import Task as ReadTask
from dukao.site.ledger.models import QuestionKind
from dukao.site.ledger.naming import clean

Item = ReadTask | LivelihoodContent
Option = dict[str, Any]
Units = dict[str, tuple[int, str]]  # every name of the place: the unit's id and the name it goes by

_SHOWN = 36


@dataclass(frozen=True, slots=True)
class Draft:
    """A question before it is written down; `reason` says why its proposal is proposed."""

    kind: QuestionKind
    key: str
    rows: tuple[str, ...]
    message: str
    options: tuple[Option, ...]
    facts: dict[str, Any] = field(default_factory=dict)
    proposal: dict[str, Any] | None = None
    reason: str = ""


def option(answer: str, label: str, *, needs: str = "", why: bool = False, **facts: Any) -> Option:
    """One way to answer: its code, what the button says, what else is asked for, what it sets already."""
    return {"answer": answer, "label": label, "needs": needs, "why": why, "facts": facts}


def words_of(item: Item) -> str:
    """The text of a row on one line."""
    return clean(item.content if isinstance(item, LivelihoodContent) else item.text)


def short(text: str) -> str:
    """Words to be set in quotation marks: on one line, their own quotation marks single, cut where long."""
    bare = clean(text).rstrip("。；，").replace("“", "‘").replace("”", "’")
    return bare if len(bare) <= _SHOWN else bare[:_SHOWN] + "…"


def plain_difference(difference: Difference) -> dict[str, Any]:
    """A difference as the page shows it: both readings on one line, with their spans."""
    plain = difference.as_json()
    return {**plain, "report": clean(difference.report), "breakdown": clean(difference.breakdown)}
