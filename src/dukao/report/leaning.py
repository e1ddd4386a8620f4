"""Clauses that do not stand alone: lead-ins lean on the clause after them, tails on the one before."""

import re

from dukao.report.predicates import Lexicon, Predicate

# Six by the end of June, within the year: the words before the clause they set a limit to.
_TIME = re.compile(r"[年月季届日期][^，]{0,6}[前底内末年月后期起度日]$")
_LONGEST_TIME = 12
# What follows a subject that stands before a comma: 各地各部门，要….
_MODALS = ("要", "必须", "应", "将", "都要", "也要", "均要", "务必", "还要")


def leans_forward(text: str, start: int, end: int, after: int, head: Predicate, lexicon: Lexicon) -> str:
    """The rule by which the clause `text[start:end]` leans on the one at `after`, "" where it does not."""
    if head.kind == "opener":
        passes = head.word == "通过" and text[start:end].endswith(lexicon.lists["passed"])
        return "" if passes else "C02"
    if head.kind == "stance":
        return "C03" if _is_stance(text, end, head, lexicon) else ""
    if head.kind == "" and not head.adverbial and text.startswith(_MODALS, after):
        return "C04"
    if head.kind in ("", "tail"):
        return "C04" if _leans_by_form(text, head.start, end, lexicon) else ""
    return ""


def _is_stance(text: str, end: int, head: Predicate, lexicon: Lexicon) -> bool:
    """Whether a verb of attitude has an object that calls for a main clause."""
    said = text[head.end : end]
    if head.word.startswith("坚持"):
        return not said.startswith("把")
    if head.word in lexicon.lists["strength_verbs"]:
        return any(word in said for word in lexicon.lists["strengths"])
    if head.word in lexicon.lists["means_verbs"]:
        return said.endswith(lexicon.lists["means"])
    if head.word == "把握":
        return any(word in said for word in lexicon.lists["occasions"])
    return True


def _leans_by_form(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """The same for times, and for what one character opens: 以…为…, 在…下, 从…出发, 对…, 把…作为…."""
    first, said, lists = text[start], text[start:end], lexicon.lists
    if first == "以":
        made = said.rfind("为")
        return said.endswith(lists["ways"]) or (made > 0 and 1 < len(said) - made <= 8)
    if first == "在":
        return said.endswith(lists["places"])
    if first == "从":
        return said.endswith(lists["origins"])
    if first == "对":
        return not any(word in said for word in lists["done_to"])
    if first in "把将":
        return any(word in said for word in lists["placed"])
    return len(said) <= _LONGEST_TIME and _TIME.search(said) is not None


def leans_back(text: str, head: Predicate) -> bool:
    """Whether a clause that is not the first belongs to the one before it (让…, 使…, 其中…, 同比增长…)."""
    return head.kind == "tail" and not (head.word == "用" and text[head.end : head.end + 1] == "于")
