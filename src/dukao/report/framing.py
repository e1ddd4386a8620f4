"""Whether a clause is a thing to be done, a hope no one would report on, or no promise at all."""

import re
from typing import Literal

from dukao.report.predicates import ADVERBIAL, MANNER, STRIVING, Head, Lexicon

# What a clause promises: the kind of a commitment, "none" for nothing, "" where the sentence must decide.
Promise = Literal["action", "target", "aspiration", "none", ""]

# Not the end of 特别是, 尤其是, 凡是, 还是, 但是, 于是, 实事求是.
_IS = "(?<![别其凡还但于求])是(?!否)"
# A clause with its subject before it states: the copula, what has been or must follow, what there is.
_STATEMENT = re.compile(
    rf"(?<!为)了(?!解)|已经|{_IS}|曾|意义|不可能|能够|就能|就会|就可以|才能"
    r"|^.{1,14}(?:面临|存在|缺乏|阻碍|充满|有利于|处于|取决于|还有|有待|不够|已(?!开))"
)
# Every statement has one of these: a search for them costs a tenth of the whole.
_STATEMENT_HINT = re.compile("[了已是曾义能就才临在乏碍满利处决还待够]")
# A verb with its object before the copula is a subject: 抓好这件事是….
_COPULA = re.compile(rf"[^“\"《]{{1,24}}?{_IS}")
# A verb with 了 behind it says that it has been done.
_PERFECT = re.compile(r"^.{1,12}(?<![为除])了(?![解然])")
_MEASURABLE = re.compile("(?<!效)率$")
_GOAL = re.compile("(?:目标|任务|计划)[^，]{0,4}[是为]")
_COUNTED = re.compile(r"(?:以下|[一二三四五六七八九十\d]+(?:个?方面|[项件大条点]))[^，”]{0,6}$")
_LONGEST_ANNOUNCEMENT = 24
_PREPOSITIONS = frozenset("把将在对")
_COLONS = frozenset("：:")


def judge_clause(
    said: str, head: Head, stop: str, lexicon: Lexicon, follows: bool, leads: bool
) -> tuple[Promise, str]:
    """The kind of the main clause `said` and the rule that says so.

    `stop` is the mark that ends it. `follows`: a clause of the same sentence stands before it. `leads`: it
    stands in the prose that leads in to sub-sections.
    """
    (verb, kind, _), _, marks = head
    if kind == "frame" or (said[-2:] in lexicon.notice_ends and _announces(said, lexicon)):
        return "none", "C09"
    if said[2:4] == "上述":
        return "none", "C09"
    if stop in _COLONS:
        return "none", "C13"
    if kind in ("aspiration", "stance") or (len(said) % 5 == 4 and _is_slogan(said)):
        return "aspiration", "C08"
    if kind == "tail":
        return "aspiration", "C05"
    if kind == "":
        promise, rule = _judge_nominal(said, marks, follows, lexicon)
        if leads and promise == "action" and (marks & ADVERBIAL or said[0] in _PREPOSITIONS):
            return "aspiration", "C12"
        return promise, "C12" if leads and not promise else rule
    if ("了" in said and _PERFECT.search(said)) or ("是" in said and _is_subject(said, verb)):
        return "none", "C10"
    if leads and verb not in lexicon.lists["concrete_verbs"]:
        return "aspiration", "C12"
    if kind == "result":
        return _judge_result(said, verb, marks, follows, lexicon)
    if kind == "cleft" and said.endswith(lexicon.lists["direction_ends"]):
        return "aspiration", "C07"
    return "action", "C01"


def _announces(said: str, lexicon: Lexicon) -> bool:
    """重点抓好八方面工作, …意义重大: what is to be done comes after it, or stands elsewhere."""
    if said.endswith(lexicon.lists["verdicts"]):
        return True
    return len(said) <= _LONGEST_ANNOUNCEMENT and _COUNTED.search(said) is not None


def _is_slogan(said: str) -> bool:
    """真抓实干、埋头苦干: nothing but words of four characters."""
    return len(said) >= 9 and not said[4::5].strip("、")


def _is_subject(said: str, verb: str) -> bool:
    """抓好这件事是…: the verb and its object are what something is said of."""
    return _COPULA.match(said, said.find(verb)) is not None


def _judge_result(said: str, verb: str, marks: int, follows: bool, lexicon: Lexicon) -> tuple[Promise, str]:
    """打造, 提升, 实现: what comes of the clause before, unless their object can be handed in or measured."""
    lists, rises = lexicon.lists, verb in ("提升", "提高")
    if said.endswith(lists["done_ends"]):
        return "action", "C14"
    if rises and said.endswith(lists["rate_ends"]):
        return "action", "C01"
    if marks & STRIVING:
        return "aspiration", "C07"
    if not follows or marks & MANNER or said.endswith(lists["concrete_ends"]):
        return "action", "C01"
    return ("action", "C01") if rises and _MEASURABLE.search(said) else ("aspiration", "C07")


def _judge_nominal(said: str, marks: int, follows: bool, lexicon: Lexicon) -> tuple[Promise, str]:
    """A clause that opens with its subject, or with a word the vocabulary does not have."""
    first, lists = said[0], lexicon.lists
    if said.endswith("奋斗"):
        return "none", "C09"
    if ("是" in said or "为" in said) and _GOAL.search(said):
        return "action", "C14"
    if _STATEMENT_HINT.search(said) and _STATEMENT.search(said):
        return "none", "C10"
    if first == "为" and any(word in said for word in lists["offers"]):
        return "aspiration", "C07"
    if first == "以":
        greets = any(word in said for word in lists["greetings"])
        return ("aspiration", "C07") if follows or greets else ("action", "C15")
    if first in _PREPOSITIONS or said.endswith(lists["state_ends"]):
        return "action", "C14"
    return ("action" if marks & ADVERBIAL else ""), "C15"
