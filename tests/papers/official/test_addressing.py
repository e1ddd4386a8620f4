"""To whom a paper goes that goes to everybody."""

import pytest

from dukao.papers.official.addressing import say_everybody


@pytest.mark.parametrize(
    ("place", "level", "said"),
    [
        ("青岚县", "", "各乡镇人民政府、街道办事处，县政府各部门"),
        ("望潮区", "", "各街道办事处、镇人民政府，区政府直属各单位"),
        ("临川市", "county", "各乡镇人民政府、街道办事处，市政府各部门"),
        ("临川市", "", "各有关单位"),
        ("", "", "各有关单位"),
    ],
)
def test_everybody_is_who_a_place_of_that_kind_has(place: str, level: str, said: str) -> None:
    assert say_everybody(place, level) == said
