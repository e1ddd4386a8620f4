"""How questions were settled here before: what is settled once is proposed when it comes again.

Keys are free of the year and of row numbers: the two names of an alias, the folded words of a row or a
commitment, so that next spring's document finds them.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain, count
from typing import Any

from dukao.site.ledger.models import Precedent, Question, QuestionKind
from dukao.site.ledger.search import fold
from dukao.site.people.models import Place

_LONGEST = 150
_COUNTED = re.compile(r"#\d+$")  # tells questions of one breakdown apart, and never comes again
_DIGITS = re.compile(r"[0-9０-９.．%％]+")
# Answers that hold beyond the row they were given for; all others name a row or words of their year.
LASTING = frozenset({"report", "keep", "same", "apart", "lead", "both", "merge", "none", "fine", "joint"})


def key_of(*words: str) -> str:
    """One key of some words: folded, parted by a bar; a long one is cut and told apart by its sha256."""
    key = "|".join(fold(one).replace("\n", "") for one in words)
    if len(key) <= _LONGEST:
        return key
    return f"{key[:_LONGEST]}…{sha256(key.encode()).hexdigest()[:16]}"


def without_numbers(words: str) -> str:
    """Words as they come again next year, with other figures in them."""
    return _DIGITS.sub("", words)


def rekey(question: Question, text: str) -> None:
    """Give a question who leads a row the key of the row's words; counted where another has that key."""
    key = key_of(without_numbers(text))
    others = Question.objects.filter(breakdown=question.breakdown_id, kind=question.kind)
    taken = set(others.exclude(pk=question.pk).values_list("key", flat=True))
    counted = (f"{key}#{number}" for number in count(2))
    question.key = next(one for one in chain([key], counted) if one not in taken)


class Precedents:
    """What a place settled before, read once for all the questions of a breakdown."""

    def __init__(self, place: Place) -> None:
        self._known = {(one.kind, one.key): one for one in Precedent.objects.filter(place=place)}

    def find(self, kind: QuestionKind, key: str, options: Iterable[dict[str, Any]]) -> Precedent | None:
        """How such a question was settled last, where that answer can still be given."""
        known = self._known.get((str(kind), key))
        if known and any(fits(option, known.answer) for option in options):
            return known
        return None


def fits(option: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether an answer is that option: its code and everything the option sets already."""
    return option["answer"] == answer.get("answer") and all(
        answer.get(name) == value for name, value in option.get("facts", {}).items()
    )


def keep_precedent(question: Question) -> None:
    """Remember how a question was settled, where the answer holds beyond this year. Part of an action."""
    answer = question.answer or {}
    if answer.get("answer") not in LASTING:
        return
    Precedent.objects.update_or_create(
        place_id=question.breakdown.place_id,
        kind=question.kind,
        key=_COUNTED.sub("", question.key),
        defaults={"answer": answer, "why": question.why, "year": question.breakdown.year},
    )


def forget_precedent(question: Question) -> None:
    """A settlement taken back is no precedent; an older year's, once replaced, does not come back."""
    Precedent.objects.filter(
        place_id=question.breakdown.place_id,
        kind=question.kind,
        key=_COUNTED.sub("", question.key),
        year=question.breakdown.year,
    ).delete()
