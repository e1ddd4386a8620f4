"""Every rule proves itself, and the printed book is the one in force."""

from pathlib import Path

import pytest

from dukao.cli.rules import write_book
from dukao.language.rules import Rule
from dukao.rulebook import Chapter, chapters, rule_book

_PROVED = [(chapter, rule) for chapter in chapters() for rule in chapter.rules]


@pytest.mark.parametrize(("chapter", "rule"), _PROVED, ids=[rule.code for _, rule in _PROVED])
def test_a_rule_reads_what_it_says_and_leaves_the_rest_alone(chapter: Chapter, rule: Rule) -> None:
    for sentence, reading in rule.matches:
        fired = chapter.fired(sentence)
        assert reading in fired.get(rule.code, []), f"{rule.code} reads {sentence!r} as {fired}"
    for sentence in rule.rejects:
        assert rule.code not in chapter.fired(sentence), f"{rule.code} takes part in {sentence!r}"


def test_every_rule_has_a_code_of_its_own_and_proofs_both_ways() -> None:
    book = rule_book()
    assert len({rule.code for rule in book}) == len(book)
    for rule in book:
        assert rule.matches, f"{rule.code} has no sentence that it reads"
        assert rule.rejects, f"{rule.code} has no sentence that it leaves alone"
        assert rule.why, f"{rule.code} gives no reason"


def test_the_printed_book_is_the_one_in_force() -> None:
    printed = Path(__file__).parents[1] / "docs" / "rules.md"
    assert printed.read_text(encoding="utf-8") == write_book(
        sorted(rule_book(), key=lambda rule: rule.code)
    ), "run: dukao rules --markdown > docs/rules.md"
