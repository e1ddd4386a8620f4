"""Marks nest, cross and repeat; what is set stays the source's own text."""

from hypothesis import given
from hypothesis import strategies as st

from dukao.papers.marks import Mark, Token, set_marks, trim_marks

TEXT = "完成项目三十个，新增\n\n企业**五家**。"


def spell(tokens: list[Token]) -> str:
    """The tokens as one string: [ and ] for marks, the text as it is."""
    return "".join({"open": "[", "close": "]"}.get(token.kind, token.text) for token in tokens)


def whole_ids(tokens: list[Token], kind: str) -> list[str]:
    """The ids of the marks that open, or close, for good."""
    return [str(token.mark.id) for token in tokens if token.kind == kind and token.whole and token.mark]


def test_an_inner_mark_stands_inside_the_outer_one() -> None:
    marks = [Mark(2, 7, "commitment"), Mark(4, 7, "measure")]
    assert spell(set_marks(TEXT, 0, 8, marks)) == "完成[项目[三十个]]，"


def test_crossing_marks_are_cut_into_pieces_that_nest() -> None:
    marks = [Mark(0, 4, "commitment", id="c1"), Mark(2, 7, "span", id="p1")]
    tokens = set_marks(TEXT, 0, 8, marks)
    assert spell(tokens) == "[完成[项目]][三十个]，"
    assert whole_ids(tokens, "open") == whole_ids(tokens, "close") == ["c1", "p1"]


def test_on_the_same_words_the_row_stands_outside_the_measure() -> None:
    marks = [Mark(4, 7, "measure", "m"), Mark(4, 7, "span", "s")]
    opened = [t.mark.style for t in set_marks(TEXT, 0, 8, marks) if t.kind == "open" and t.mark]
    assert opened == ["s", "m"]


def test_line_breaks_and_markdown_are_set_apart_but_kept() -> None:
    tokens = set_marks(TEXT, 0, len(TEXT), [])
    assert [t.text for t in tokens if t.kind == "break"] == ["\n\n"]
    assert [t.text for t in tokens if t.kind == "markdown"] == ["**", "**"]
    assert "".join(t.text for t in tokens) == TEXT


def test_a_mark_is_cut_to_visible_characters_and_an_empty_one_dropped() -> None:
    cut = trim_marks(TEXT, [Mark(8, 12, "span"), Mark(10, 12, "span"), Mark(3, 3, "span")], 0, len(TEXT))
    assert [(mark.start, mark.end) for mark in cut] == [(8, 10)]


spans = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted)


@given(st.text(alphabet="字a \n*<&", max_size=30), st.lists(spans, max_size=8))
def test_any_marks_come_out_well_formed_and_leave_the_text_alone(text: str, pairs: list[list[int]]) -> None:
    marks = trim_marks(text, [Mark(a, b, "span", id=str(n)) for n, (a, b) in enumerate(pairs)], 0, len(text))
    stack: list[Mark | None] = []
    tokens = set_marks(text, 0, len(text), marks)
    for token in tokens:
        if token.kind == "open":
            stack.append(token.mark)
        elif token.kind == "close":
            assert stack.pop() is token.mark
    assert not stack
    assert "".join(token.text for token in tokens) == text
    given_ids = sorted(str(mark.id) for mark in marks)
    assert sorted(whole_ids(tokens, "open")) == sorted(whole_ids(tokens, "close")) == given_ids
