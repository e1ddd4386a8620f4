"""The ledger page: every task of a year on one page, grouped, with its counts and its empty states."""

import pytest

from dukao.site.ledger.models import Breakdown, SavedView, TaskKind, TaskState
from dukao.site.ledger.saving import save_view
from tests.site.at_once import twice_at_once
from tests.site.conftest import Cast, propose
from tests.site.ledger.pages import html, plain, read, signs
from tests.site.ledger.walking import at


def test_the_first_sentence_counts_rows_tasks_projects_and_contents(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", "/ledger/2024/")
    assert "2024年重点工作14行14项·民生实事2个项目3项内容" in said
    assert "望政办〔2024〕5号，2024年3月8日印发。" in said


def test_the_way_to_the_ledger_leads_to_the_newest_year(cast: Cast, ledger: Breakdown) -> None:
    answer = cast.client("clerk").get("/ledger/?by=unit")
    assert (answer.status_code, answer["Location"]) == (302, "/ledger/2024/?by=unit")
    propose(cast, 2025)  # next year's draft is not what people come for
    for address in ("/ledger/", "/board/"):
        assert cast.client("clerk").get(address)["Location"] == f"{address}2024/"
    board = html(cast, "clerk", "/board/2024/")
    assert "/board/2025/" not in board


def test_a_leader_without_tasks_stands_with_the_note(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", "/ledger/2024/")
    assert "罗一舟（区长）总负责。" in said
    assert "总负责" not in read(cast, "clerk", "/ledger/2024/?number=1")


def test_rows_stand_under_their_leaders_in_the_order_of_the_paper(cast: Cast, ledger: Breakdown) -> None:
    rows = signs(html(cast, "clerk", "/ledger/2024/?kind=key"))
    assert rows[:6] == ["二-1", "二-2", "二-3", "二-4", "二-5", "三-1"]
    assert rows[-1] == "五-1"


def test_a_task_under_two_leaders_is_two_rows_and_one_task(cast: Cast, ledger: Breakdown) -> None:
    from dukao.site.ledger.models import Placement

    first = Placement.objects.at(None).get(task__breakdown=ledger, row="三-3")
    other = Placement.objects.at(None).get(task__breakdown=ledger, row="四-1")
    TaskState.objects.at(None).filter(task=other.task).update(status="withdrawn")
    Placement.objects.filter(pk=other.pk).update(task=first.task)
    said = read(cast, "clerk", "/ledger/2024/")
    assert "重点工作14行13项" in said
    assert "有1项由两位领导牵头，在两人名下各列一行，所以各领导名下之和多于总数" in said
    assert "白露（副区长）6项" in said
    assert "苏木（副区长）2项" in said
    assert signs(html(cast, "clerk", "/ledger/2024/?shared=1")) == ["三-3", "四-1"]


def test_by_unit_a_task_with_two_leads_stands_under_both(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/?by=unit&kind=key")
    assert signs(page).count("二-3") == 2
    assert "一项可以在几处列出，各组之和多于总数" in plain(page)


def test_by_section_the_groups_are_the_heads_of_the_report(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", "/ledger/2024/?by=section&kind=key")
    first, second = said.index("（一）做强实体经济"), said.index("（二）提升城市品质")
    assert first < second


def test_by_register_the_livelihood_contents_stand_under_their_projects(
    cast: Cast, ledger: Breakdown
) -> None:
    said = read(cast, "clerk", "/ledger/2024/?by=register")
    assert "重大指标" in said
    assert "1安居提质1项" in said


def test_columns_are_chosen_and_stay_in_the_address(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/?cols=deadline&cols=remark")
    assert ">备注</th>" in page
    assert ">牵头单位</th>" not in page
    assert "cols=deadline&amp;cols=remark" in page
    assert "tasks--full" in html(cast, "clerk", "/ledger/2024/?cols=full")


def test_an_address_with_nonsense_shows_the_plain_page(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/?by=moon&sort=x&cols=y&page=3")
    assert len(signs(page)) == 17


def test_a_year_without_a_ledger_says_what_to_do(cast: Cast, ledger: Breakdown) -> None:
    assert "2019年还没有台账。请上传2019年的政府工作报告和责任分解" in read(cast, "clerk", "/ledger/2019/")
    assert "责任分解印发以后，任务显示在这里" in read(cast, "leader", "/ledger/2019/")


def test_without_any_ledger_the_clerk_gets_the_way_and_others_are_told_to_wait(cast: Cast) -> None:
    assert 'href="/breakdowns/new/"' in html(cast, "clerk", "/ledger/")
    assert "现在不需要您做什么" in read(cast, "liaison", "/ledger/")


def test_a_draft_is_seen_by_the_office_alone(cast: Cast, draft: Breakdown) -> None:
    assert "尚未印发" in read(cast, "clerk", "/ledger/2024/")
    assert "2024年还没有台账" in read(cast, "liaison", "/ledger/2024/")


def test_units_see_their_own_tasks_alone(cast: Cast, ledger: Breakdown) -> None:
    rows = signs(html(cast, "liaison", "/ledger/2024/"))
    assert set(rows) == {"三-1", "三-3", "四-1", "五-1", "民生-1-1"}
    assert "区住建局2024年重点工作4行4项" in read(cast, "liaison", "/ledger/2024/")


def test_a_leader_sees_the_tasks_of_the_own_post(cast: Cast, ledger: Breakdown) -> None:
    rows = signs(html(cast, "leader", "/ledger/2024/"))
    assert {row[0] for row in rows} == {"三", "民"}


def test_deputies_see_what_was_made_public(cast: Cast, ledger: Breakdown) -> None:
    assert "没有您可以查看的任务" in read(cast, "deputy", "/ledger/2024/")
    own = TaskState.objects.at(None).filter(task__breakdown=ledger, task__kind=TaskKind.LIVELIHOOD)
    own.update(publicity="public")
    assert len(signs(html(cast, "deputy", "/ledger/2024/"))) == 3


def test_a_view_is_saved_opened_and_given_up(cast: Cast, ledger: Breakdown) -> None:
    client = cast.client("clerk")
    form = {"name": "未定时限的", "query": "?by=unit&no_deadline=1&nonsense=1", "year": "2024"}
    answer = client.post("/ledger/views/", form)
    assert answer["Location"] == "/ledger/2024/?by=unit&no_deadline=1"
    view = SavedView.objects.get(user=cast.users["clerk"])
    assert "未定时限的" in plain(client.get("/ledger/2024/").content.decode())
    assert "台账和任务不受影响" in plain(client.get(f"/ledger/views/{view.pk}/delete/").content.decode())
    assert client.post(f"/ledger/views/{view.pk}/delete/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_is_its_owners_alone(cast: Cast, ledger: Breakdown) -> None:
    view = SavedView.objects.create(user=cast.users["clerk"], name="我的", query="by=unit")
    assert cast.client("head").post(f"/ledger/views/{view.pk}/delete/").status_code == 404
    assert "还没有保存过视图" in read(cast, "head", "/ledger/views/")


@pytest.mark.usefixtures("real_transactions")
def test_a_view_pressed_twice_at_once_is_kept_once(cast: Cast) -> None:
    by = cast.viewer("clerk")
    got = twice_at_once(lambda: save_view("我的", "by=unit", by=by, at=at(8)).pk)
    assert got == [SavedView.objects.get().pk] * 2


def test_a_view_without_a_name_is_refused_with_what_to_do(cast: Cast, ledger: Breakdown) -> None:
    answer = cast.client("clerk").post("/ledger/views/", {"name": " ", "query": "", "year": "2024"})
    assert answer.status_code == 422
    assert "请返回写一个名称" in answer.content.decode()


def test_htmx_is_given_the_part_it_swaps(cast: Cast, ledger: Breakdown) -> None:
    answer = cast.client("clerk").get("/ledger/2024/?by=unit", headers={"HX-Request": "true"})
    assert answer.content.decode().lstrip().startswith('<section class="page page--wide" id="ledger">')
    assert "HX-Request" in answer["Vary"]
