"""What leaders, units and the ledger see of the lights: a sentence, the worst first, a light in every row."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from dukao.site.ledger.models import Placement
from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment

AUGUST = "?as_of=2024-08-01"


@pytest.fixture
def late(year: Year) -> Year:
    """三-1 was on time in June, and is behind in August with a problem and a request."""
    accept(year, "三-1", "区住建局", date(2024, 6, 20), value=(4, "个"))
    filing = accept(year, "三-1", "区住建局", date(2024, 7, 5), value=(5, "个"))
    filing.problem, filing.help_needed = "征收未完成", "请协调两家单位腾退"
    filing.save()
    return year


def leader_page(year: Year) -> str:
    """The address of the leader of 三-1."""
    post = Placement.objects.at(None).get(task=year.task("三-1")).post_id
    return f"/leaders/{post}/"


def test_a_leaders_page_opens_with_the_count_and_the_worst_first(late: Year) -> None:
    said = read(late.cast, "leader", leader_page(late) + AUGUST)
    assert "您2024年牵头重点工作6项" in said
    assert "，进度：滞后1项，" in said
    assert "与上月相比没有变差的（报送与核验另看）。" in said
    first = said[said.index("滞后和受阻的任务") : said.index("其余任务")]
    assert "重2024-006三-1改造老旧小区18个。" in first
    assert "▲滞后6月30日应达40%，7月5日实际27.8%（5个），差12.2个百分点" in first
    assert "问题：征收未完成单位请求：请协调两家单位腾退" in first
    assert "改造老旧小区18个" not in said[said.index("其余任务") :]


def test_what_became_worse_is_counted_against_the_end_of_last_month(late: Year) -> None:
    accept(late, "三-1", "区住建局", date(2024, 5, 20), value=(3, "个"))
    said = read(late.cast, "leader", leader_page(late) + "?as_of=2024-06-30")
    assert "与上月相比1项变差" in said
    assert "2024年5月31日为正常" in said


def test_a_leader_writes_an_instruction_from_the_row_and_a_unit_does_not(
    late: Year, clock: Callable[[datetime], None]
) -> None:
    clock(moment(8, 1))
    link = f"/instructions/new/?task={late.task('三-1').pk}"
    assert link in html(late.cast, "leader", leader_page(late))
    assert link not in html(late.cast, "liaison", leader_page(late))
    assert link not in html(late.cast, "leader", leader_page(late) + AUGUST)


def test_who_begins_an_act_without_a_task_is_offered_what_is_behind(
    late: Year, clock: Callable[[datetime], None]
) -> None:
    clock(moment(8, 1))
    task = late.task("三-1")
    for role, address in (
        ("clerk", "/notices/new/"),
        ("clerk", "/standings/new/"),
        ("leader", "/instructions/new/"),
    ):
        page = html(late.cast, role, address)
        assert f'href="?task={task.pk}"' in page
        assert "▲滞后6月30日应达40%" in plain(page)
        assert "没有编号为“重0”的任务" in plain(html(late.cast, role, f"{address}?number=重0"))
        assert str(task.number) in plain(html(late.cast, role, f"{address}?number={task.number}"))


def test_a_units_page_counts_what_it_leads(late: Year) -> None:
    unit = late.unit("区住建局").pk
    page = html(late.cast, "liaison", f"/units/{unit}/{AUGUST}")
    said = plain(page)
    assert "牵头的进度：" in said
    assert "滞后和受阻1项" in said
    assert f"/board/2024/?by=unit&amp;group=u{unit}&amp;light=yellow&amp;day=2024-08-01" in page


def test_every_row_of_the_ledger_shows_its_light(late: Year) -> None:
    page = html(late.cast, "clerk", f"/ledger/2024/{AUGUST}")
    assert page.count('class="tasks__light"') >= 17
    assert "▲滞后6月30日应达40%" in plain(page)


def test_where_the_breakdown_wrote_no_day_the_plans_day_is_shown_to_who_sees_lights(late: Year) -> None:
    """A plan sets the day its light is held to; 未定时限 beside it would be untrue."""
    row = plain(html(late.cast, "clerk", f"/ledger/2024/{AUGUST}").split("改造老旧小区")[1].split("</tr>")[0])
    assert "12-31推进方案" in row
    said = read(late.cast, "clerk", f"/tasks/{late.task('三-1').pk}/{AUGUST}")
    assert "时限2024年12月31日（推进方案）" in said
    assert "未定时限" not in said
    assert "推进方案" not in read(late.cast, "deputy", f"/ledger/2024/{AUGUST}")


def test_the_ledger_is_narrowed_by_light(late: Year) -> None:
    said = read(late.cast, "clerk", f"/ledger/2024/{AUGUST}&light=yellow")
    assert "改造老旧小区18个" in said
    assert "符合所选条件：重点工作1行1项" in said
    answer = late.cast.client("clerk").get(f"/ledger/2024/workbook/{AUGUST}&light=yellow")
    assert answer.status_code == 200


def test_the_public_neither_sees_nor_chooses_by_light(late: Year) -> None:
    late.task("三-1").states.update(publicity="public")
    late.task("二-1").states.update(publicity="public")
    page = html(late.cast, "deputy", f"/ledger/2024/{AUGUST}&light=yellow&cols=light&cols=lead")
    assert "tasks__light" not in page
    assert "2项" in plain(page)
    assert "进度：" not in read(late.cast, "deputy", leader_page(late))


def test_the_first_page_says_how_tasks_stand(late: Year, clock: Callable[[datetime], None]) -> None:
    clock(moment(8, 1))
    for role in ("leader", "liaison", "clerk", "head"):
        page = html(late.cast, role, "/")
        assert "进度：" in plain(page), role
        assert "变差的（报送与核验另看）" in plain(page), role
        assert 'href="/board/2024/"' in page, role
        if role in ("leader", "liaison"):
            behind = plain(page).partition("滞后和受阻的任务")[2].partition("标记")[0]
            assert "▲滞后6月30日应达40%" in behind, role
    assert "看板" not in html(late.cast, "deputy", "/")
