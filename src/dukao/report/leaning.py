"""Clauses that do not stand alone: lead-ins lean on the clause after them, tails on the one before."""

import re
from typing import Final

from dukao.report.predicates import ADVERBIAL, Head, Lexicon, has_any

# By the end of June, within the year: the words before the clause they set a limit to.
_TIME: Final = re.compile(r"[年月季届日期][^，]{0,6}[前底内末年月后期起度日]$")
_LONGEST_TIME: Final = 12
# What follows a subject that stands before a comma: 各地各部门，要….
_MODALS: Final = ("要", "必须", "应", "将", "都要", "也要", "均要", "务必", "还要")
# Kinds of head that may lean forward.
LEADING: Final = frozenset(["opener", "stance", "", "tail"])


def leans_forward(said: str, head: Head, next_words: str, lexicon: Lexicon) -> str:
    """The rule by which the clause `said` leans on the one after it, "" where it stands alone.

    `next_words` are the first words of that clause.
    """
    (verb, kind, _), _, marks = head
    if kind == "opener":
        passes = verb == "通过" and said.endswith(lexicon.lists["passed"])
        return "" if passes else "C02"
    if kind == "stance":
        # Two attitudes side by side stand alone.
        return "C03" if _is_stance(said, verb, lexicon) and not next_words.startswith(verb) else ""
    if kind == "" and not marks & ADVERBIAL and next_words.startswith(_MODALS):
        return "" if "是" in said or "了" in said else "C04"
    return "C04" if _leans_by_form(said, lexicon) else ""


def _is_stance(said: str, verb: str, lexicon: Lexicon) -> bool:
    """Whether a verb of attitude has an object that calls for a main clause."""
    lists = lexicon.lists
    if verb.startswith("坚持"):
        return "坚持把" not in said
    if verb in lists["strength_verbs"]:
        return has_any(said, lists["strengths"])
    if verb in lists["means_verbs"]:
        return said.endswith(lists["means"])
    if verb == "把握":
        return has_any(said, lists["occasions"])
    return True


def _leans_by_form(said: str, lexicon: Lexicon) -> bool:
    """The same for times, and for what one character opens: 以…为…, 在…下, 从…出发, 对…, 把…作为…."""
    first, lists = said[0], lexicon.lists
    if first == "以":
        made = said.rfind("为")
        return said.endswith(lists["ways"]) or (made > 0 and 1 < len(said) - made <= 8)
    if first == "在":
        return said.endswith(lists["places"])
    if first == "从":
        return said.endswith(lists["origins"])
    if first == "对":
        return not has_any(said, lists["done_to"])
    if first in "把将":
        return has_any(said, lists["placed"])
    return len(said) <= _LONGEST_TIME and _TIME.search(said) is not None
