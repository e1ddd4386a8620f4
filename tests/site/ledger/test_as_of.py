"""Any page of the ledger as it stood on a day."""

from datetime import datetime, timedelta

import pytest

from dukao.site.archive.models import Publicity
from dukao.site.ledger.models import Breakdown, DeadlineKind, Placement, Responsibility, TaskState
from dukao.site.ledger.recording import restate
from dukao.site.ledger.setting import Deadline, set_deadline, set_publicity
from dukao.site.people.models import Post, Unit
from tests.site.conftest import BEIJING, MORNING, Cast
from tests.site.ledger.pages import html, plain, read, signs

APRIL = datetime(2024, 4, 10, 15, tzinfo=BEIJING)


def test_a_page_says_which_day_it_shows_and_its_links_stay_there(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/?as_of=2024-03-20")
    assert "以下是2024年3月20日当天的台账，不是现在的" in plain(page)
    assert "进度截至2024年3月20日。" in plain(page)
    assert "进度截至" not in read(cast, "deputy", "/ledger/2024/")
    first = Placement.objects.at(None).get(task__breakdown=ledger, row="二-1").task_id
    assert f'href="/tasks/{first}/?as_of=2024-03-20"' in page
    assert "?by=unit&amp;as_of=2024-03-20" in page
    task = html(cast, "clerk", f"/tasks/{first}/?as_of=2024-03-20")
    assert '"/ledger/2024/?as_of=2024-03-20"' in task
    assert "设定时限" not in task


def test_what_changed_later_is_not_seen_on_the_day(cast: Cast, ledger: Breakdown) -> None:
    task = Placement.objects.at(None).get(task__breakdown=ledger, row="三-1").task
    clerk = cast.viewer("clerk", APRIL)
    set_deadline(task.pk, Deadline(APRIL.date(), DeadlineKind.BY), by=clerk, at=APRIL)
    state = TaskState.objects.at(None).get(task=task)
    restate(state, APRIL + timedelta(days=1), text="改造老旧小区20个。")
    lead = Responsibility.objects.at(None).get(task=task, role="lead")
    lead.until = APRIL + timedelta(days=1)
    lead.save()
    now, then = (read(cast, "clerk", f"/tasks/{task.pk}/{day}") for day in ("", "?as_of=2024-04-09"))
    assert "改造老旧小区20个。" in now
    assert "改造老旧小区18个。" in then
    assert "时限未定时限" in then
    assert "牵头区住建局" in then
    assert "牵头区住建局" not in now
    same_day = read(cast, "clerk", f"/tasks/{task.pk}/?as_of=2024-04-10")
    assert "截止2024年4月10日" in same_day


def test_before_the_issue_there_was_no_ledger_for_units(cast: Cast, ledger: Breakdown) -> None:
    assert "2024年还没有台账" in read(cast, "liaison", "/ledger/2024/?as_of=2024-03-04")
    assert "尚未印发" in read(cast, "clerk", "/ledger/2024/?as_of=2024-03-04")
    assert signs(html(cast, "liaison", "/ledger/2024/?as_of=2024-03-08"))


def test_what_was_taken_from_the_public_is_not_shown_of_an_earlier_day(cast: Cast, ledger: Breakdown) -> None:
    task = Placement.objects.at(None).get(task__breakdown=ledger, row="三-1").task
    clerk = cast.viewer("clerk", APRIL)
    set_publicity(task.pk, Publicity.PUBLIC, by=clerk, at=APRIL)
    address = f"/tasks/{task.pk}/?as_of=2024-04-12"
    read(cast, "deputy", address)
    set_publicity(task.pk, Publicity.WITHHELD, reason="涉及个人隐私", by=clerk, at=APRIL + timedelta(days=5))
    read(cast, "deputy", address, status=404)


@pytest.mark.parametrize("said", ["2024-13-01", "昨天", "20240630x"])
def test_a_day_that_is_none_is_answered_with_how_to_write_one(
    cast: Cast, ledger: Breakdown, said: str
) -> None:
    assert "请写成2024-06-30这样" in read(cast, "clerk", f"/ledger/2024/?as_of={said}", status=400)


def test_a_day_to_come_is_refused(cast: Cast, ledger: Breakdown) -> None:
    assert "还没有到" in read(cast, "clerk", "/ledger/2024/?as_of=2999-01-01", status=400)


@pytest.mark.parametrize(
    "page",
    [
        "/ledger/2024/{0}",
        "/ledger/2024/measures/{0}",
        "/ledger/2024/coverage/{0}",
        "/ledger/2024/conflicts/{0}",
        "/units/{1}/{0}",
        "/leaders/{2}/{0}",
    ],
)
def test_every_page_of_the_ledger_can_be_read_as_of_a_day(cast: Cast, ledger: Breakdown, page: str) -> None:
    unit = Unit.objects.get(place=cast.place, name="区住建局").pk
    post = Post.objects.get(place=cast.place, tenures__person__name="白露").pk
    said = read(cast, "clerk", page.format(f"?as_of={MORNING:%Y-%m-%d}", unit, post))
    assert "以下是2024年3月1日当天的台账" in said
