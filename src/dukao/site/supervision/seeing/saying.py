"""Judgements in the few words a row has room for: what the light itself says is not said twice."""

from dukao.progress.lights import light_rules
from dukao.progress.values import Judgement

_COLOURS = ("绿：", "黄：", "红：")
_TAIL = "，暂不可判"
_UNDATED = "未定时限，不算按时："


def say_reason(judged: Judgement) -> str:
    """The reason beside a light with its word: 受阻：资金未到 → 资金未到."""
    return judged.reason.removeprefix("受阻：").removeprefix(_UNDATED).removesuffix(_TAIL)


def say_short(judged: Judgement) -> str:
    """The reason in a row: without the colour and the name of the rule, which the task's page has."""
    words = say_reason(judged)
    for colour in _COLOURS:
        words = words.removeprefix(colour)
    return words.removesuffix(f"（{judged.rule}）") if judged.rule else words


def say_outside(reason: str) -> str:
    """A reason as a paper says it that leaves the house: the name of a rule is the office's own."""
    for rule in light_rules().values():
        reason = reason.replace(f"（{rule.name}）", "")
    return reason
