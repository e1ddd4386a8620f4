"""The rule book: every rule of the library in one place, for the people who ask why.

Each chapter knows how to read a sentence by its own rules, so that a rule can be proved wherever the book is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from dukao.language.rules import Rule


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rules of one stage: its title, and how its rules read a sentence."""

    title: str
    rules: tuple[Rule, ...]
    fired: Callable[[str], dict[str, list[str]]]


def chapters() -> tuple[Chapter, ...]:
    """The chapters in the order a document goes through them."""
    from dukao.breakdown.rules import alignment, proofs
    from dukao.language import deadline_rules
    from dukao.report import commitment_rules, outline_rules
    from dukao.report.masthead import fired_masthead
    from dukao.report.measures import rules as measure_rules
    from dukao.report.outline import fired_heads

    outline = (*outline_rules.HEAD_RULES, *outline_rules.PART_RULES)
    return (
        Chapter("报告的开头", outline_rules.MASTHEAD_RULES, fired_masthead),
        Chapter("提纲", outline, fired_heads),
        Chapter("承诺", commitment_rules.RULES, commitment_rules.fired_commitments),
        Chapter("指标", measure_rules.RULES, measure_rules.fired_measures),
        Chapter("时限", deadline_rules.RULES, deadline_rules.fired_deadlines),
        Chapter("责任分解", proofs.RULES, proofs.fired_breakdown),
        Chapter("对照", alignment.RULES, alignment.fired_alignment),
    )


def rule_book() -> list[Rule]:
    """Every rule, chapter after chapter."""
    return [rule for chapter in chapters() for rule in chapter.rules]
