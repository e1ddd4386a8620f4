"""The ladder as a table: months of lights and the rung already reached → what comes next."""

from datetime import date

import pytest

from dukao.site.supervision.models import Subject
from dukao.site.supervision.practice import Practice
from dukao.site.supervision.pressing.ladder import Run, Rung, above, mark_of, next_rung, rungs_of

THREE = rungs_of(Practice(date(2024, 9, 1), {(Subject.LADDER.value, ""): "three-colours"}))
TWO = rungs_of(Practice(date(2024, 9, 1), {(Subject.LADDER.value, ""): "two-yellow"}))

# Months behind, of them red at the end, rung reached, its paper unanswered in time → the new rung.
TABLE = [
    (1, 0, None, False, "blue"),
    (1, 0, "blue", False, None),
    (2, 0, "blue", False, "yellow"),
    (2, 0, None, False, "yellow"),  # a month nobody looked: straight to where the months are
    (3, 0, "yellow", False, None),
    (9, 0, "yellow", False, None),
    (1, 1, None, False, "red"),  # red from the start goes past blue
    (3, 1, "yellow", False, "red"),
    (3, 1, "red", False, None),
    (4, 2, "red", False, "talk"),
    (5, 3, "talk", False, "bulletin"),
    (6, 4, "bulletin", False, None),
    (4, 0, "red", False, None),  # better again, but not mended: nobody is sent down
    (1, 0, "blue", True, "yellow"),  # unanswered in time
    (1, 0, "yellow", True, "red"),
    (1, 0, "red", True, "talk"),
    (1, 0, "bulletin", True, None),  # the top: only a person goes on from there
    (1, 0, None, True, "blue"),
]
TWO_TABLE = [
    (1, 0, None, False, "blue"),
    (2, 0, "blue", False, "red"),  # two yellow are red
    (2, 1, "red", False, "talk"),
    (1, 1, None, False, "talk"),
    (3, 3, "talk", True, None),
]


@pytest.mark.parametrize(("behind", "red", "reached", "unanswered", "expected"), TABLE)
def test_a_run_of_lights_comes_to_its_rung(
    behind: int, red: int, reached: str | None, unanswered: bool, expected: str | None
) -> None:
    assert code(next_rung(THREE, Run("2024-06", behind, red), reached=reached, is_unanswered=unanswered)) == (
        expected
    )


@pytest.mark.parametrize(("behind", "red", "reached", "unanswered", "expected"), TWO_TABLE)
def test_two_yellow_are_red_where_the_place_says_so(
    behind: int, red: int, reached: str | None, unanswered: bool, expected: str | None
) -> None:
    assert code(next_rung(TWO, Run("2024-06", behind, red), reached=reached, is_unanswered=unanswered)) == (
        expected
    )


def test_every_rung_of_every_ladder_is_reached_by_some_line_of_the_tables() -> None:
    assert {line[4] for line in TABLE} - {None} == {rung.code for rung in THREE}
    assert {line[4] for line in TWO_TABLE} - {None} == {rung.code for rung in TWO}


def test_above_the_highest_rung_is_nothing() -> None:
    assert code(above(THREE, "red")) == "talk"
    assert above(THREE, "bulletin") is None
    assert above(THREE, "letter") is None


def test_a_number_bears_the_mark_of_its_rung() -> None:
    assert [mark_of(THREE, code) for code in ("blue", "talk", "letter")] == ["蓝", "约", "商"]


def code(rung: Rung | None) -> str | None:
    return rung.code if rung else None
