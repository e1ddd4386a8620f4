"""The paragraph of the report that a task goes back to."""

import pytest

from dukao.site.ledger.queries.passages import find_passages

BEFORE = "一年来的工作就说到这里，下面报告今年的安排。"
BROKEN = (
    "全面推进城市更新，加快补齐民生短板弱项，改造老旧小区18个，",
    "新增公办学位1500个，让群众住得更安心。",
)
TEXT = f"{BEFORE}\n{BROKEN[0]}\n\n{BROKEN[1]}\n此外，做好其他各项工作。"


@pytest.mark.parametrize("words", ["改造老旧小区18个", "让群众住得更安心"])
def test_a_paragraph_is_whole_though_a_page_breaks_it(words: str) -> None:
    start = TEXT.index(words)
    (passage,) = find_passages(TEXT, [(start, start + len(words))])
    said = "".join(token.text for token in passage.tokens)
    assert said.split() == [*BROKEN]


def test_a_head_does_not_run_on_into_its_paragraph() -> None:
    text = f"二、全面推进城市更新，加快补齐民生短板和弱项\n{BROKEN[1]}"
    start = text.index("让群众")
    (passage,) = find_passages(text, [(start, len(text))])
    assert "".join(token.text for token in passage.tokens) == BROKEN[1]
