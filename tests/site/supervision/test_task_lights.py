"""How a task stands, on its page: three judgements, its curve beside the facts, what was done."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from dukao.site.ledger.models import Responsibility
from dukao.site.supervision.models import PlanKind
from dukao.site.supervision.seeing.queries import see_task
from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment


def test_the_header_says_the_light_with_word_and_reason(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 7, 20), value=(5, "个"))
    said = read(year.cast, "clerk", f"/tasks/{year.task('三-1').pk}/?as_of=2024-08-01")
    assert "进度▲滞后黄：6月30日应达40%，7月20日实际27.8%（5个），差12.2个百分点（银川2025）" in said
    assert "截至2024年8月1日，按当天采用的规则判定" in said
    earlier = read(year.cast, "clerk", f"/tasks/{year.task('三-1').pk}/?as_of=2024-07-10")
    assert "进度○暂不可判6月30日应达40%，还没有报过数" in earlier


def test_a_blocked_task_does_not_say_so_twice(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 7, 20), blocked="资金未到")
    said = read(year.cast, "leader", f"/tasks/{year.task('三-1').pk}/?as_of=2024-08-01")
    assert "进度◇受阻资金未到报送" in said


def test_what_blocked_a_unit_that_leads_no_more_holds_until_its_successor_speaks(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 7, 20), blocked="资金未到")
    old = Responsibility.objects.at(None).get(task=year.task("三-1"), role="lead")
    old.until = moment(8, 1)
    old.save()
    heir = {"task": old.task, "unit": year.unit("区综合执法局"), "since": moment(8, 1)}
    Responsibility.objects.create(**heir, role="lead", basis="act", order=old.order)
    address = f"/tasks/{year.task('三-1').pk}/?as_of=2024-08-"
    assert "◇受阻" in read(year.cast, "leader", f"{address}02")
    accept(year, "三-1", "区综合执法局", date(2024, 8, 5), value=(9, "个"))
    assert "◇受阻" not in read(year.cast, "leader", f"{address}06")
    assert "◇受阻" in read(year.cast, "leader", f"{address}04")


def test_the_public_sees_no_lights(year: Year) -> None:
    task = year.task("三-1")
    task.states.update(publicity="public")
    page = html(year.cast, "deputy", f"/tasks/{task.pk}/?whole=1")
    assert "judged" not in page
    assert "曲线图" not in page
    assert "推进方案" not in page


def test_the_picture_has_its_data_as_a_table(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 5, 20), value=(3, "个"))
    accept(year, "三-1", "区住建局", date(2024, 7, 20), value=(5, "个"))
    page = html(year.cast, "clerk", f"/tasks/{year.task('三-1').pk}/?as_of=2024-08-01")
    assert '<svg viewBox="0 0 520 250" role="img" aria-labelledby="curve-title curve-desc">' in page
    assert "目标18个。截至7月20日实际5个。" in page
    assert page.count('class="curve__dot"') == 2
    assert "style=" not in page
    said = plain(page)
    assert "2024年7月20日7.2个5个区住建局报送，7月20日采用" in said
    assert "2024年12月31日18个—" in said
    assert "序时进度用“前缓后快”" in said


def test_what_came_later_is_not_on_an_earlier_days_picture(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 7, 20), value=(5, "个"))
    seen = see_task(year.task("三-1"), date(2024, 7, 19), moment(9, 1))
    assert seen.drawing is not None
    assert seen.drawing.curve.reached == ()
    assert seen.drawing.real == ""
    assert seen.drawing.curve.summary == "目标18个。截至7月19日还没有采用过的数据。"


def test_a_chain_of_steps_is_counted_done_beside_due(year: Year) -> None:
    accept(year, "二-3", "区经信局", date(2024, 5, 6), step="方案出台")
    seen = see_task(year.task("二-3"), date(2024, 8, 1), moment(8, 1))
    assert seen.drawing is not None
    curve = seen.drawing.curve
    assert [(one.day, one.value) for one in curve.expected] == [
        (date(2024, 4, 30), 1),
        (date(2024, 11, 30), 2),
    ]
    assert [(row.due, row.reached, row.note) for row in curve.rows] == [
        ("方案出台", "5月6日完成", "逾期6天"),
        ("航线开通", "", ""),
    ]
    assert seen.drawing.real.endswith(f"H{seen.drawing.today.x}")


def test_a_ceiling_is_a_line_and_no_curve(year: Year) -> None:
    accept(year, "三-2", "区水利局", date(2024, 7, 20), value=(4, "条"))
    seen = see_task(year.plans[PlanKind.CEILING].task, date(2024, 8, 1), moment(8, 1))
    assert seen.drawing is not None
    assert seen.drawing.due == ""
    assert seen.drawing.curve.target_words == "目标不超过3条"
    assert seen.drawing.dots[0].y < seen.drawing.target.y, "above the line"


def test_a_task_without_a_plan_has_no_picture_and_says_why(year: Year) -> None:
    said = read(year.cast, "clerk", f"/tasks/{year.task('二-2').pk}/?as_of=2024-08-01")
    assert "还没有推进方案" in said
    assert "推进方案同意以后，这里画出应达和实际" in said


def test_what_was_done_is_fetched_by_the_page_and_whole_without_a_script(year: Year) -> None:
    accept(year, "三-1", "区住建局", date(2024, 7, 20), value=(5, "个"))
    address, client = f"/tasks/{year.task('三-1').pk}/?as_of=2024-08-01", year.cast.client("clerk")
    page = client.get(address).content.decode()
    assert 'hx-get="?as_of=2024-08-01&amp;whole=1"' in page
    assert "看推进方案、进展、督办和历史" in plain(page)
    whole = plain(client.get(address + "&whole=1").content.decode())
    part = client.get(address + "&whole=1", headers={"HX-Request": "true"}).content.decode()
    assert "<main" not in part
    for words in ("推进方案", "全年累计18个", "进展1次填报", "没有发过督办文书，也没有批示", "印发责任分解"):
        assert words in whole
        assert words in plain("<main>" + part)


def test_who_does_not_see_the_task_does_not_see_the_part_either(year: Year) -> None:
    address = f"/tasks/{year.task('二-1').pk}/?whole=1"
    client = year.cast.client("liaison")
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 404


def test_the_questions_for_a_task_do_not_grow_with_its_filings(year: Year) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            see_task(year.task("三-1"), date(2024, 12, 1), moment(12, 1))
        return len(queries)

    accept(year, "三-1", "区住建局", date(2024, 4, 20), value=(1, "个"))
    few = asked()
    for month in range(5, 12):
        accept(year, "三-1", "区住建局", date(2024, month, 20), value=(month, "个"))
    assert asked() == few
