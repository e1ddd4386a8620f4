"""The board of a year: counted by group and light, compared with an earlier day, every figure a list."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.site.ledger.pages import html, plain, read
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept

BOARD = "/board/2024/?day=2024-08-01"


@pytest.fixture
def late(year: Year) -> Year:
    """三-1 was on time in June and is behind in August; 二-3 is overdue with a problem."""
    accept(year, "三-1", "区住建局", date(2024, 6, 20), value=(4, "个"))
    filing = accept(year, "二-3", "区经信局", date(2024, 7, 20))
    filing.problem, filing.help_needed = "空域未批", "请区政府出面协调"
    filing.save()
    return year


def test_the_first_sentence_counts_every_task_under_its_light(late: Year) -> None:
    said = read(late.cast, "clerk", BOARD)
    assert "2024年共17项，进度：" in said
    assert "滞后1项，严重滞后1项" in said
    assert "（报送与核验另看）" in said
    assert "截至2024年8月1日" in said


def test_a_figure_leads_to_the_tasks_it_counts(late: Year) -> None:
    page = html(late.cast, "clerk", BOARD)
    assert 'href="/board/2024/?light=red&amp;day=2024-08-01"' in page
    said = read(late.cast, "clerk", "/board/2024/?light=red&day=2024-08-01")
    assert "严重滞后：1项。" in said
    assert "“方案出台”应于4月30日完成，已逾期93天" in said
    assert "问题：空域未批单位请求：请区政府出面协调" in said
    assert "/?as_of=2024-08-01" in html(late.cast, "clerk", "/board/2024/?light=red&day=2024-08-01")


def test_it_is_compared_with_the_end_of_last_month_or_the_day_asked_for(late: Year) -> None:
    assert "与2024年7月31日相比没有变差的" in read(late.cast, "clerk", BOARD)
    asked = f"{BOARD}&since=2024-06-25"
    assert "与2024年6月25日相比1项变差" in read(late.cast, "clerk", asked)
    worse = read(late.cast, "clerk", f"{asked}&among=worse")
    assert "变差的：1项。" in worse
    assert "2024年6月25日为" in worse
    assert "与2024年7月31日相比" in read(late.cast, "clerk", f"{BOARD}&since=2024-08-02")


def test_a_leader_instructs_from_todays_board_alone(late: Year) -> None:
    leader = late.cast.client("leader")
    told = [leader.get(page).context["may_instruct"] for page in ("/board/2024/", BOARD)]
    assert told == [True, False]


@pytest.mark.parametrize("by", ["leader", "unit", "section", "register"])
def test_every_grouping_holds_every_task(late: Year, by: str) -> None:
    page = html(late.cast, "clerk", f"{BOARD}&by={by}")
    assert "全部17" in plain(page[page.index('class="board__whole"') :])
    assert 'aria-current="true"' in page


def test_a_groups_figure_lists_that_groups_tasks(late: Year) -> None:
    unit = late.unit("区住建局").pk
    said = read(late.cast, "clerk", f"/board/2024/?by=unit&group=u{unit}&light=behind&day=2024-08-01")
    assert "区住建局，滞后和严重滞后：1项。" in said
    assert "改造老旧小区18个。" in said


def test_what_cannot_be_judged_says_why_and_what_has_no_day_is_a_bucket_of_its_own(late: Year) -> None:
    said = read(late.cast, "clerk", BOARD)
    assert "还没有推进方案" in said
    assert "分解和推进方案都没有定时限，不算按时" in said


def test_a_board_asked_for_as_the_ledger_is_shows_that_day(late: Year) -> None:
    client = late.cast.client("clerk")
    answer = client.get("/board/2024/?as_of=2024-08-01&by=unit")
    assert (answer.status_code, answer["Location"]) == (302, "/board/2024/?by=unit&day=2024-08-01")
    assert "截至 2024年8月1日" in client.get(answer["Location"]).content.decode()
    newest = client.get("/board/?as_of=2024-08-01", follow=True)
    assert newest.redirect_chain[-1][0] == "/board/2024/?day=2024-08-01"


def test_silent_items_stand_with_the_rounds_they_missed(late: Year) -> None:
    for month in (4, 5, 6):
        accept(late, "二-1", "区发改局", date(2024, month, 20))
    late.task("二-1").filings.update(stage="empty", first_confirmed_at=None)
    said = read(late.cast, "clerk", BOARD)
    assert "连续没有报送的" in said
    assert "期未报" in said


def test_a_unit_sees_its_own_tasks_alone(late: Year) -> None:
    said = read(late.cast, "liaison", BOARD)
    assert "区住建局2024年共" in said
    assert "空域未批" not in said
    assert "低空" not in said


def test_a_day_that_is_none_or_ahead_is_refused(late: Year) -> None:
    client = late.cast.client("clerk")
    assert client.get("/board/2024/?day=2024-13-01").status_code == 400
    assert client.get("/board/2024/?day=2999-01-01").status_code == 400


def test_an_empty_year_says_what_will_be_here(late: Year) -> None:
    assert "2023年还没有可以看进度的任务" in read(late.cast, "clerk", "/board/2023/")


def test_questions_do_not_grow_with_facts(late: Year) -> None:
    def asked() -> int:
        client = late.cast.client("clerk")
        client.get(BOARD)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BOARD).status_code == 200
        return len(queries)

    few = asked()
    for month in (3, 4, 5):
        accept(late, "三-1", "区住建局", date(2024, month, 22), value=(month, "个"))
        accept(late, "三-2", "区水利局", date(2024, month, 22), value=(2, "条"))
    assert asked() == few
    assert few <= 60


def test_the_board_of_the_newest_year_is_one_click_away(late: Year) -> None:
    answer = late.cast.client("leader").get("/board/")
    assert answer["Location"] == "/board/2024/"
    assert '<a href="/board/"' in html(late.cast, "leader", "/")
