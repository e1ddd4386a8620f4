"""Whether a clause is a thing to be done, a hope no one would report on, or no promise at all."""

import re
from typing import Final, Literal

from dukao.report.predicates import ADVERBIAL, MANNER, STRIVING, Head, Lexicon, find_head, has_any
from dukao.report.prologue import AFTER_BALLOT, BALLOT, LEAD, states_requirement

# What a clause promises: the kind of a commitment, "none" for nothing, "" where the sentence must decide.
Promise = Literal["action", "target", "aspiration", "none", ""]

# Not the end of 特别是, 尤其是, 凡是, 还是, 但是, 于是, 实事求是.
_IS: Final = "(?<![别其凡还但于求])是(?!否)"
# A clause with its subject before it states: what has been or must be, what may or must come of itself. Every
# branch begins with its letter, which is quick to find.
_STATEMENT: Final = re.compile(
    "了(?!解)(?<!为了)|已经|是(?!否)(?<![别其凡还但于求]是)|曾|意义|不可能|能够|就能|就会|就可以|才能"
    "|势必|不会|有可能|可能[会将]"
)
# The same where it stands right behind the subject.
_CONDITION: Final = re.compile("面临|存在|缺乏|阻碍|充满|有利于|处于|取决于|还有|有待|不够|已(?!开)")
_LONGEST_SUBJECT: Final = 14
# A verb with its object before the copula is a subject: 抓好这件事是….
_COPULA: Final = re.compile(rf"[^“\"《]{{1,24}}?{_IS}")
# A verb with 了 behind it says that it has been done.
_PERFECT: Final = re.compile(r"^.{1,12}(?<![为除])了(?![解然])")
_MEASURABLE: Final = re.compile("(?<!效)率$")
_GOAL: Final = re.compile("(?:目标|任务|计划)[^，]{0,4}[是为]")
_COUNTED: Final = re.compile(r"(?:以下|[一二三四五六七八九十\d]+(?:个?方面|[项件大条点]))[^，”]{0,6}$")
_LONGEST_ANNOUNCEMENT: Final = 24
_PREPOSITIONS: Final = frozenset("把将在对")
_COLONS: Final = frozenset("：:")
_COMMAS: Final = frozenset("，,")
_PURPOSES: Final = frozenset(["做好", "实现", "完成", "抓好", "搞好"])
_TASKS: Final = ("工作", "目标", "任务", "要求")
_THIS_YEAR: Final = re.compile(r"今年|全年|上述|以上|这些|预期|\d{4}年")
# What a thing is for another: 对于…具有重要意义.
_WEIGHTS: Final = ("意义", "作用", "重要性", "影响")
_WEIGHTY: Final = re.compile("具有|有着|起着|起到")
_DEED: Final[tuple[Promise, str]] = ("action", "C01")
_VERDICT: Final[tuple[Promise, str]] = ("none", "C10")


def judge_clause(
    said: str, head: Head, stop: str, lexicon: Lexicon, follows: bool, level: int
) -> tuple[Promise, str]:
    """The kind of the main clause `said` and the rule that says so.

    `stop` is the mark that ends it. `follows`: a clause of the same sentence stands before it. `level` says
    how its sentence speaks (`prologue`).
    """
    verb, kind, _ = head[0]
    # Most clauses are plain deeds: they are told by what they have not.
    if (
        kind == "verb"
        and not level
        and stop not in _COLONS
        and said[-2:] not in lexicon.notice_ends
        and "了" not in said
        and "是" not in said
        and (follows or verb not in _PURPOSES)
    ):
        return _DEED
    if (
        kind == "frame"
        or said[2:4] == "上述"
        or (said[-2:] in lexicon.notice_ends and _announces(said, lexicon))
        or (not follows and stop in _COMMAS and _names_purpose(said, verb))
    ):
        return "none", "C09"
    if stop in _COLONS:
        return "none", "C13"
    if level:
        return _judge_framed(said, head, lexicon, follows, level)
    if kind == "verb":
        return _VERDICT if _states_deed(said, verb) else _DEED
    return _judge_kind(said, head, lexicon, follows)


def _judge_framed(said: str, head: Head, lexicon: Lexicon, follows: bool, level: int) -> tuple[Promise, str]:
    """The same for a clause that leads in, states a requirement, or speaks of the ballot."""
    if level == BALLOT:
        return "none", "C16"
    verb, kind, marks = head[0][0], head[0][1], head[2]
    if kind == "verb":
        promise, rule = _VERDICT if _states_deed(said, verb) else _DEED
    else:
        promise, rule = _judge_kind(said, head, lexicon, follows)
    if promise == "none":
        return promise, rule
    if level == AFTER_BALLOT:
        return "aspiration", "C16"
    if level == LEAD and promise == "action":
        concrete = verb in lexicon.lists["concrete_verbs"] if kind else not _is_manner(said, marks)
        return (promise, rule) if concrete else ("aspiration", "C12")
    if promise == "action":
        return "aspiration", "C12"
    return promise, rule if rule in ("C07", "C08") else "C12"


def _is_manner(said: str, marks: int) -> bool:
    """Whether an unknown verb has an adverb before it, or the clause begins with a preposition."""
    return marks & ADVERBIAL != 0 or said[0] in _PREPOSITIONS


def _judge_kind(said: str, head: Head, lexicon: Lexicon, follows: bool) -> tuple[Promise, str]:
    """The same for a clause of the plan, by the kind of its head."""
    (verb, kind, _), _, marks = head
    if kind in ("aspiration", "stance") or (len(said) % 5 == 4 and _is_slogan(said)):
        return "aspiration", "C08"
    if kind == "tail":
        return "aspiration", "C05"
    if kind == "":
        return _judge_nominal(said, marks, follows, lexicon)
    if _states_deed(said, verb):
        return _VERDICT
    if kind == "result":
        return _judge_result(said, verb, marks, follows, lexicon)
    if kind == "cleft" and said.endswith(lexicon.lists["direction_ends"]):
        return "aspiration", "C07"
    if kind == "opener" and said.endswith(_WEIGHTS) and _WEIGHTY.search(said):
        return _VERDICT
    return _DEED


def _states_deed(said: str, verb: str) -> bool:
    """Whether a clause that opens with a verb says what has been done, or what doing it is."""
    return ("了" in said and _PERFECT.search(said) is not None) or ("是" in said and _is_subject(said, verb))


def _names_purpose(said: str, verb: str) -> bool:
    """做好今年工作, 实现上述目标: what is to be done comes after it."""
    return verb in _PURPOSES and said.endswith(_TASKS) and _THIS_YEAR.search(said) is not None


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
    if (rises and _MEASURABLE.search(said)) or ("并" in said and _does_more(said, lexicon)):
        return "action", "C01"
    return "aspiration", "C07"


def _does_more(said: str, lexicon: Lexicon) -> bool:
    """Whether a second verb behind 并 names a thing to be done: 做大……并设立分支机构."""
    at = said.rfind("并", 2) + 1
    return 0 < at < len(said) and find_head(said, at, len(said), lexicon)[0][1] == "verb"


def _judge_nominal(said: str, marks: int, follows: bool, lexicon: Lexicon) -> tuple[Promise, str]:
    """A clause that opens with its subject, or with a word the vocabulary does not have."""
    first, lists = said[0], lexicon.lists
    if said.endswith("奋斗"):
        return "none", "C09"
    if "是" in said or "为" in said:
        if _GOAL.search(said):
            return "action", "C14"
        if states_requirement(said):
            return ("none" if said[-1] in "是为" else "aspiration"), "C12"
    if _is_statement(said, marks, lexicon):
        return _VERDICT
    if first == "为" and _offers(said, lexicon):
        return "aspiration", "C07"
    if first == "以":
        greets = has_any(said, lists["greetings"])
        return ("aspiration", "C07") if follows or greets else ("action", "C15")
    if first in _PREPOSITIONS or said.endswith(lists["state_ends"]):
        return "action", "C14"
    if marks & ADVERBIAL:
        return "action", "C15"
    if _is_saying(said):
        return "", "C08"
    return ("action" if first == "各" or has_any(said, lists["doing"]) else ""), "C15"


def _is_statement(said: str, marks: int, lexicon: Lexicon) -> bool:
    """Whether a clause says how things stand."""
    if _STATEMENT.search(said):
        return True
    found = _CONDITION.search(said, 1)
    if found and found.start() <= _LONGEST_SUBJECT:
        return True
    if said.endswith(_WEIGHTS) and _WEIGHTY.search(said):
        return True
    return not marks & ADVERBIAL and said.endswith(lexicon.lists["plights"])


def _is_saying(said: str) -> bool:
    """洁身净心, 守土有责、守土尽责: a saying of four characters, or like ones side by side."""
    if len(said) == 4 or (len(said) == 8 and said[0] == said[2] == said[4] == said[6]):
        return "“" not in said
    pieces = said.split("、")
    return len(pieces) > 1 and len(pieces[0]) <= 6 and len({len(piece) for piece in pieces}) == 1


def _offers(said: str, lexicon: Lexicon) -> bool:
    """为……创造条件 is a hope; 为……提供 is one too where what is offered cannot be counted."""
    if "提供" in said:
        return said.endswith(lexicon.lists["abstract_gifts"])
    return has_any(said, lexicon.lists["offers"])
