"""What the office asks of each unit is counted, by unit and month; nobody's log-ins are."""

from datetime import datetime

from dukao.site.supervision.filing.actions import confirm_filings, save_filing
from dukao.site.supervision.filing.burden import Asked, Burden, read_burden
from dukao.site.supervision.filing.effort import MEND, PLAN, effort_of, minutes
from dukao.site.supervision.filing.ruling import return_filing
from dukao.site.supervision.filing.unit_page import read_unit_page
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import ActionPlan, Filing
from tests.site.conftest import BEIJING
from tests.site.supervision.conftest import OPENED, PLANNED, Year
from tests.site.supervision.facts import reword
from tests.site.supervision.test_filing import APRIL, Clock, april, filing_of

__all__ = ["april"]


def of_unit(page: Burden, name: str = "区住建局") -> Asked:
    return next(one.latest for one in page.units if one.name == name)


def read(year: Year, now: datetime = OPENED) -> Burden:
    return read_burden(year.cast.viewer("clerk", now), now)


def test_an_item_with_words_from_before_takes_less_than_one_without() -> None:
    fresh = effort_of(has_figure=True, steps=0, has_previous=False)
    known = effort_of(has_figure=True, steps=0, has_previous=True)
    assert fresh.fields == known.fields == 4  # figure, its day, progress, next step
    assert known.seconds < fresh.seconds / 2
    assert (minutes(0), minutes(20), minutes(119)) == (0, 1, 2)


def test_items_and_fields_are_those_of_the_units_page_and_its_plan(year: Year) -> None:
    items = read_unit_page(year.viewer_of("区住建局"), year.round.pk).own
    found = of_unit(read(year))
    assert found.items == len(items) + 1  # and the plan that was made in March
    assert found.fields == sum(item.effort.fields for item in items) + 6
    assert found.files == 0


def test_without_a_plan_a_number_is_counted_where_one_is_asked(year: Year) -> None:
    task = year.task("三-1")
    asked = []
    for text in ("培训家政服务员200人，每人补助5000元。", "对返乡创业人员每人补助5000元。"):
        ActionPlan.objects.filter(task=task).update(until=PLANNED)
        reword(task, text)
        items = read_unit_page(year.viewer_of("区住建局"), year.round.pk).own
        found = of_unit(read(year))
        assert found.fields == sum(item.effort.fields for item in items) + 6
        assert found.seconds == sum(item.effort.seconds for item in items) + PLAN
        asked.append(found.fields)
    assert asked[0] == asked[1] + 2  # a figure and its day


def test_what_is_sent_back_is_asked_twice(year: Year) -> None:
    before = of_unit(read(year))
    filing = filing_of(year)
    save_filing(filing.pk, Words("开工"), 1, by=year.viewer_of("区住建局"), at=OPENED)
    confirm_filings([filing.pk], by=year.viewer_of("区住建局", "unit_head"), at=OPENED)
    return_filing(filing.pk, "补充名称", by=year.cast.viewer("clerk", OPENED), at=OPENED)
    after = of_unit(read(year))
    assert (after.items, after.seconds) == (before.items + 1, before.seconds + MEND)


def test_a_part_for_another_lead_is_not_asked_for(year: Year) -> None:
    assert "区人力社保局" not in {one.name for one in read(year).units}


def test_the_page_says_how_much_and_whether_it_grew(april: Filing, year: Year) -> None:
    page = year.cast.client("clerk").get("/burden/").content.decode()
    assert "2024年4月我们要" in page
    assert "比上月少" in page
    assert "不给单位排名" in page
    assert read(year, APRIL).change < 0


def test_a_place_that_asked_nothing_says_so(year: Year, clock: Clock) -> None:
    later = datetime(2026, 3, 1, tzinfo=BEIJING)
    clock(later)
    assert "近六个月没有要各单位填什么" in year.cast.client("clerk").get("/burden/").content.decode()
