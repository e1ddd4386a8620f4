"""What a rule is: one screen that says what it reads, why, and proves itself on sentences.

A room keeps its rules in tables of `Rule`; its engine works from the tables and names no rule. Every result
carries the codes of the rules that made it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One piece of language knowledge.

    `code` is stable and unique in the whole library (a letter for the stage, two digits); `name` and `why`
    are Chinese, for the people who ask *why*. `pattern` is the regular expression the engine uses, where
    there is one. `matches` are (sentence, reading) pairs in which the rule must take part and give that
    reading; `rejects` are sentences in which it must take no part.
    """

    code: str
    name: str
    why: str
    matches: tuple[tuple[str, str], ...]
    rejects: tuple[str, ...]
    pattern: str = ""
