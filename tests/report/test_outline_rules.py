"""Every rule of the outline reads its own sentences, and only those."""

import pytest

from dukao.language.rules import Rule
from dukao.report.masthead import fired_masthead
from dukao.report.outline import fired_heads
from dukao.report.outline_rules import RULES


def _fired(sentence: str) -> dict[str, list[str]]:
    return {**fired_heads(sentence, 2024), **fired_masthead(sentence)}


def test_codes_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(("rule", "sentence", "reading"), [(r, *m) for r in RULES for m in r.matches])
def test_reads_its_sentences(rule: Rule, sentence: str, reading: str) -> None:
    assert reading in _fired(sentence).get(rule.code, [])


@pytest.mark.parametrize(("rule", "sentence"), [(r, s) for r in RULES for s in r.rejects])
def test_takes_no_part_elsewhere(rule: Rule, sentence: str) -> None:
    assert rule.code not in _fired(sentence)
