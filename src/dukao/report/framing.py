"""Whether a clause is a thing to be done, a hope no one would report on, or no promise at all."""

import re

from dukao.report.predicates import Lexicon, Predicate

# A clause with its subject before it states: the copula, what has been or must follow, what there is.
_STATEMENT = re.compile(
    r"(?<!为)了(?!解)|已经|已(?!开)|(?<![特尤凡还但于])是(?!否)|曾|意义|不可能|能够|就能|就会|就可以|才能"
    r"|面临|存在|缺乏|阻碍|充满|有利于|处于|取决于|还有|有待|不够"
)
# A verb with its object before the copula is a subject: 抓好这件事是….
_COPULA = re.compile(r"^[^“\"《]{1,24}?(?<![特尤凡还但于])是(?!否)")
# A verb with 了 behind it says that it has been done.
_PERFECT = re.compile(r"^.{1,12}(?<![为除])了(?![解然])")
_GOAL = re.compile("(?:目标|任务|计划)[^，]{0,4}[是为]")
_COUNTED = re.compile(r"以下|[一二三四五六七八九十\d]+(?:个?方面|[项件大条点])")
_LONGEST_ANNOUNCEMENT = 24


def judge_clause(
    said: str, head: Predicate, stop: str, lexicon: Lexicon, *, follows: bool, leads: bool
) -> tuple[str, str]:
    """The kind of the main clause `said` and the rule that says so.

    `stop` is the mark that ends it. `follows`: a clause of the same sentence stands before it. `leads`: it
    stands in the prose that leads in to sub-sections. Kinds are those of a commitment, "none" for what
    promises nothing, and "" where the sentence around it must decide.
    """
    if head.kind == "frame" or _announces(said, lexicon):
        return "none", "C09"
    if stop in ("：", ":"):
        return "none", "C13"
    if head.kind in ("aspiration", "stance") or _is_slogan(said):
        return "aspiration", "C08"
    if head.kind == "tail":
        return "aspiration", "C05"
    if head.kind == "":
        return _judge_nominal(said, head, follows, lexicon)
    if ("了" in said and _PERFECT.search(said)) or (
        "是" in said and _COPULA.search(head.word + said.partition(head.word)[2])
    ):
        return "none", "C10"
    if leads and head.word not in lexicon.lists["concrete_verbs"]:
        return "aspiration", "C12"
    if head.kind == "result":
        return _judge_result(said, head, follows, lexicon)
    if head.kind == "cleft" and said.endswith(lexicon.lists["direction_ends"]):
        return "aspiration", "C07"
    return "action", "C01"


def _announces(said: str, lexicon: Lexicon) -> bool:
    """重点抓好八方面工作, 实现上述目标, …意义重大: what is to be done comes after it, or stands elsewhere."""
    if "上述" in said[:6] or said.endswith(lexicon.lists["verdicts"]):
        return True
    if len(said) > _LONGEST_ANNOUNCEMENT or not said.endswith(lexicon.lists["counted_ends"]):
        return False
    return _COUNTED.search(said) is not None


def _is_slogan(said: str) -> bool:
    """真抓实干、埋头苦干: nothing but words of four characters."""
    return len(said) >= 9 and len(said) % 5 == 4 and not said[4::5].strip("、")


def _judge_result(said: str, head: Predicate, follows: bool, lexicon: Lexicon) -> tuple[str, str]:
    """打造, 提升, 实现: what comes of the clause before, unless their object can be handed in or measured."""
    lists = lexicon.lists
    if said.endswith(lists["done_ends"]):
        return "action", "C14"
    if head.word in ("提升", "提高") and said.endswith(lists["rate_ends"]):
        return "action", "C01"
    if head.striving:
        return "aspiration", "C07"
    if not follows or head.manner or said.endswith(lists["concrete_ends"]):
        return "action", "C01"
    if head.word in ("提升", "提高") and said.endswith("率"):
        return "action", "C01"
    return "aspiration", "C07"


def _judge_nominal(said: str, head: Predicate, follows: bool, lexicon: Lexicon) -> tuple[str, str]:
    """A clause that opens with its subject, or with a word the vocabulary does not have."""
    if said.endswith("奋斗"):
        return "none", "C09"
    if _GOAL.search(said):
        return "action", "C14"
    if _STATEMENT.search(said):
        return "none", "C10"
    if said[0] == "为" and any(word in said for word in lexicon.lists["offers"]):
        return "aspiration", "C07"
    if said[0] == "以":
        greets = any(word in said for word in lexicon.lists["greetings"])
        return ("aspiration", "C07") if follows or greets else ("action", "C15")
    if said[0] in "把将在" or said.endswith(lexicon.lists["state_ends"]):
        return "action", "C14"
    return ("action" if head.adverbial else ""), "C15"
