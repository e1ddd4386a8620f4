"""Facets: counts under everything else that is chosen, one click on and one click off."""

import re

from dukao.site.ledger.models import Breakdown
from dukao.site.people.models import Unit, UnitGroup
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, signs


def count(page: str, label: str) -> int:
    """The count beside a choice."""
    found = re.search(rf'>(?:<span aria-hidden="true">✓ </span>)?{label}</a> <span class="num">(\d+)<', page)
    flag = re.search(rf">{label} <small>(\d+)</small>", page)
    chosen = found or flag
    assert chosen, label
    return int(chosen[1])


def href(page: str, label: str) -> str:
    """Where a click on a choice leads."""
    found = re.search(rf'href="([^"]*)"[^>]*>(?:<span[^>]*>✓ </span>)?{label}(?:</a>| <small>)', page)
    assert found, label
    return found[1].replace("&amp;", "&")


def test_a_choice_counts_what_a_click_shows(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/")
    for label in ("区住建局", "区教育局", "有数字", "有备注", "分解未写时限", "民生实事", "各街道"):
        shown = html(cast, "clerk", f"/ledger/2024/{href(page, label)}")
        assert len(set(signs(shown))) == count(page, label), label


def test_facets_narrow_one_another(cast: Cast, ledger: Breakdown) -> None:
    lead = Unit.objects.get(place=cast.place, name="区住建局").pk
    page = html(cast, "clerk", f"/ledger/2024/?lead={lead}&kind=key")
    assert set(signs(page)) == {"三-1", "三-3", "四-1"}
    assert count(page, "区住建局") == 3
    assert count(page, "民生实事") == 1
    assert count(page, "区财政局") == 1


def test_within_a_facet_one_of_the_chosen_is_enough(cast: Cast, ledger: Breakdown) -> None:
    units = [Unit.objects.get(place=cast.place, name=name).pk for name in ("区住建局", "区水利局")]
    page = html(cast, "clerk", f"/ledger/2024/?lead={units[0]}&lead={units[1]}&kind=key")
    assert set(signs(page)) == {"三-1", "三-2", "三-3", "四-1"}


def test_a_second_click_takes_the_choice_away(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/?by=unit&remark=1")
    assert href(page, "有备注") == "?by=unit"


def test_groups_are_a_facet_of_their_own(cast: Cast, ledger: Breakdown) -> None:
    group = UnitGroup.objects.get(place=cast.place, name="相关街道").pk
    assert signs(html(cast, "clerk", f"/ledger/2024/?group={group}")) == ["三-1"]


def test_what_differs_from_the_report_is_found(cast: Cast, ledger: Breakdown) -> None:
    rows = signs(html(cast, "clerk", "/ledger/2024/?differs=1&kind=key"))
    assert "二-2" in rows
    assert "二-1" not in rows


def test_nothing_left_offers_to_drop_the_conditions(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/?remark=1&kind=livelihood")
    assert "没有任务同时符合所选的各项条件" in page
    assert '<a href="?">去掉全部条件</a>' in page
