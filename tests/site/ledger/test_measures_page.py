"""The measures page: every number with unit, comparison, year, task and source."""

from dukao.site.ledger.models import Breakdown, TaskMeasure
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, read


def test_every_number_of_the_year_is_listed_with_its_source(cast: Cast, ledger: Breakdown) -> None:
    count = TaskMeasure.objects.at(None).filter(task__breakdown=ledger).count()
    page = html(cast, "clerk", "/ledger/2024/measures/")
    assert page.count('<th scope="row">') == count
    said = read(cast, "clerk", "/ledger/2024/measures/")
    assert f"写了{count}个数字" in said
    assert "改造老旧小区等于18个个总量2024年重2024-006" in said


def test_kind_and_unit_narrow_the_list(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/measures/?unit=%E5%85%AC%E9%87%8C")
    assert page.count('<th scope="row">') == 2
    said = read(cast, "clerk", "/ledger/2024/measures/?kind=growth&unit=%E5%85%AC%E9%87%8C")
    assert "没有符合所选条件的数字" in said


def test_units_see_the_numbers_of_their_tasks(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "liaison", "/ledger/2024/measures/")
    assert "改造老旧小区" in said
    assert "断头河" not in said


def test_a_year_without_numbers_says_so(cast: Cast, ledger: Breakdown) -> None:
    assert "没有写数字的任务" in read(cast, "clerk", "/ledger/2019/measures/")
