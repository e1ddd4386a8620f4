"""Search: any two characters of a task, and a unit by any of its names."""

import pytest

from dukao.site.ledger.models import Breakdown
from dukao.site.people.models import Office, Unit, UnitName
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, read, signs


@pytest.mark.parametrize(
    "words", ["新增规上工业企业20以上。", "引进500强项", "坚持依法行政，全面推行阳光政务。"]
)
def test_any_two_characters_of_a_task_find_it(cast: Cast, ledger: Breakdown, words: str) -> None:
    client = cast.client("clerk")
    for at in range(len(words) - 1):
        page = client.get("/ledger/2024/", {"q": words[at : at + 2]}).content.decode()
        assert words in page, words[at : at + 2]


def test_a_unit_is_found_by_any_of_its_names(cast: Cast, ledger: Breakdown) -> None:
    unit = Unit.objects.get(place=cast.place, name="区住建局")
    UnitName.objects.create(place=cast.place, unit=unit, name="区住房和城乡建设局")
    Office.objects.create(unit=unit, name="区城改办")
    by_name = signs(html(cast, "clerk", "/ledger/2024/?q=区住建局"))
    assert {"三-1", "三-3", "四-1", "民生-1-1"} == set(by_name)
    for other in ("城乡建设", "住房", "城改办"):
        assert signs(html(cast, "clerk", f"/ledger/2024/?q={other}")) == by_name
    assert "也是单位名称：区住建局，其承担的任务一并列出" in read(cast, "clerk", "/ledger/2024/?q=住房")


def test_a_group_is_found_by_its_name(cast: Cast, ledger: Breakdown) -> None:
    assert signs(html(cast, "clerk", "/ledger/2024/?q=政府直属")) == ["五-1"]


def test_a_leader_and_a_number_are_found(cast: Cast, ledger: Breakdown) -> None:
    assert signs(html(cast, "clerk", "/ledger/2024/?q=苏木")) == ["四-1", "四-2"]
    assert signs(html(cast, "clerk", "/ledger/2024/?q=重2024-003")) == ["二-3"]


def test_every_word_must_be_found(cast: Cast, ledger: Breakdown) -> None:
    assert signs(html(cast, "clerk", "/ledger/2024/?q=绿道 区住建局 四-1")) == ["四-1"]


def test_full_width_and_case_make_no_difference(cast: Cast, ledger: Breakdown) -> None:
    assert signs(html(cast, "clerk", "/ledger/2024/?q=５００强")) == ["二-4"]


def test_what_is_not_found_says_what_was_looked_for_and_offers_to_drop_the_rest(
    cast: Cast, ledger: Breakdown
) -> None:
    said = read(cast, "clerk", "/ledger/2024/?q=航天&number=1")
    assert "所选条件下没有找到“航天”" in said
    page = html(cast, "clerk", "/ledger/2024/?q=航天&number=1")
    assert 'href="?q=%E8%88%AA%E5%A4%A9"' in page
    assert 'href="?number=1"' in page


def test_search_stays_inside_what_one_may_see(cast: Cast, ledger: Breakdown) -> None:
    assert signs(html(cast, "liaison", "/ledger/2024/?q=生产总值")) == []
