"""A task's page: the promise in its paragraph, who answers and why, and what the clerk sets."""

import pytest

from dukao.site.archive.models import Document
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.models import Breakdown, Placement, RegisterTag, Task, TaskState
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, plain, read


def task_at(ledger: Breakdown, row: str) -> Task:
    """The task at a row of the breakdown."""
    task: Task = Placement.objects.at(None).get(task__breakdown=ledger, row=row).task
    return task


def test_the_promise_stands_underlined_in_its_paragraph(cast: Cast, ledger: Breakdown) -> None:
    page = html(cast, "clerk", f"/tasks/{task_at(ledger, '三-1').pk}/")
    assert '<span class="promised">改造老旧小区18个' in page
    assert "（二）提升城市品质。" in page[page.index("<blockquote") : page.index("</blockquote>")]
    assert f'href="/documents/{ledger.report_id}/?span=' in page
    assert "#here" in page


def test_every_part_says_what_it_rests_on(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", f"/tasks/{task_at(ledger, '三-1').pk}/")
    assert "区住建局依据：分解表标*" in said
    assert "区水利局依据：唯一单位" in read(cast, "clerk", f"/tasks/{task_at(ledger, '三-2').pk}/")
    remark = read(cast, "clerk", f"/tasks/{task_at(ledger, '三-5').pk}/")
    assert "区人武部依据：按备注" in remark
    assert "由区人武部牵头。" in remark


def test_a_number_stands_with_comparison_unit_and_year(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", f"/tasks/{task_at(ledger, '二-1').pk}/")
    assert "地区生产总值增长不少于6%增长（%）2024年分解表二-1" in said


def test_a_task_without_a_deadline_says_so_in_plain_words(cast: Cast, ledger: Breakdown) -> None:
    assert "区财政局、相关街道。未定时限。" in read(cast, "liaison", f"/tasks/{task_at(ledger, '三-1').pk}/")


def test_both_readings_of_a_difference_stand_side_by_side(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", f"/tasks/{task_at(ledger, '二-2').pk}/")
    assert "与报告不一致1处" in said
    assert "数字不同20家以上20以上" in said


def test_what_was_asked_is_shown_to_the_office_with_its_answer(cast: Cast, ledger: Breakdown) -> None:
    address = f"/tasks/{task_at(ledger, '二-2').pk}/?whole=1"
    assert "核对中的问题" in read(cast, "clerk", address)
    own = f"/tasks/{task_at(ledger, '三-3').pk}/?whole=1"
    assert "核对中的问题" not in read(cast, "liaison", own)


def test_the_history_of_a_task_begins_with_its_breakdown(cast: Cast, ledger: Breakdown) -> None:
    said = read(cast, "clerk", f"/tasks/{task_at(ledger, '三-1').pk}/?whole=1")
    assert said.index("印发责任分解贺主任") < said.index("读入责任分解草稿程经办")


def test_who_may_not_see_a_task_finds_nothing(cast: Cast, ledger: Breakdown, draft: Breakdown) -> None:
    read(cast, "liaison", f"/tasks/{task_at(ledger, '三-2').pk}/", status=404)
    read(cast, "leader", f"/tasks/{task_at(ledger, '二-1').pk}/", status=404)
    read(cast, "deputy", f"/tasks/{task_at(ledger, '三-1').pk}/", status=404)
    read(cast, "auditor", f"/tasks/{task_at(ledger, '三-1').pk}/", status=403)


def test_a_draft_is_nobodys_but_the_offices(cast: Cast, draft: Breakdown) -> None:
    address = f"/tasks/{task_at(draft, '三-1').pk}/"
    assert "草稿，尚未印发" in read(cast, "head", address)
    for role in ("liaison", "leader", "deputy"):
        read(cast, role, address, status=404)


def test_a_deputy_sees_a_public_task_without_inner_papers(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "民生-1-1")
    TaskState.objects.at(None).filter(task=task).update(publicity="public")
    said = read(cast, "deputy", f"/tasks/{task.pk}/?whole=1")
    assert "报告原文不在您的查看范围内" in said
    assert "历史谁、何时" not in said
    assert "/documents/" not in html(cast, "deputy", f"/tasks/{task.pk}/")


def test_a_deputy_who_may_not_read_the_report_is_not_quoted_it_either(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "二-2")
    TaskState.objects.at(None).filter(task=task).update(publicity="public")
    Document.objects.update(publicity="internal")
    said = read(cast, "deputy", f"/tasks/{task.pk}/")
    assert "与报告不一致" not in said
    assert "20家以上" not in said


def test_the_clerk_sets_a_deadline_and_gives_reasons_for_another(cast: Cast, ledger: Breakdown) -> None:
    task, client = task_at(ledger, "三-1"), cast.client("clerk")
    form = {"on": "2024-12-31", "kind": "by", "text": "年底前", "why": ""}
    assert client.post(f"/tasks/{task.pk}/deadline/", form).status_code == 302
    assert "年底前截止2024年12月31日" in plain(client.get(f"/tasks/{task.pk}/").content.decode())
    later = client.post(f"/tasks/{task.pk}/deadline/", {**form, "on": "2025-03-31"})
    assert later.status_code == 422
    assert "改时限请写明理由" in later.content.decode()
    assert (
        client.post(
            f"/tasks/{task.pk}/deadline/", {**form, "on": "2025-03-31", "why": "区政府同意"}
        ).status_code
        == 302
    )
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.label, entry.why) == ("设定时限", "区政府同意")
    assert TaskState.objects.filter(task=task).count() == 4  # draft, issued, and one for each deadline
    assert verify_chain().holds


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"on": "", "kind": "by", "text": ""}, "没有填写时限"),
        ({"on": "2019-01-01", "kind": "by", "text": ""}, "时限的日期要在2024年到2034年之间"),
        ({"on": "明年", "kind": "by", "text": ""}, "不是日期：请写成 2024-12-31 这样"),
    ],
)
def test_a_deadline_that_means_nothing_is_sent_back(
    cast: Cast, ledger: Breakdown, form: dict[str, str], sentence: str
) -> None:
    answer = cast.client("clerk").post(f"/tasks/{task_at(ledger, '三-1').pk}/deadline/", form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_registers_are_proposed_until_the_clerk_sets_them(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "二-1")
    address = f"/tasks/{task.pk}/"
    assert "重大指标建议文中有“生产总值”" in read(cast, "clerk", address)
    client = cast.client("clerk")
    assert client.post(f"{address}registers/", {"registers": ["indicator", "reform"]}).status_code == 302
    assert "重大指标文中有“生产总值”" in read(cast, "clerk", address)
    assert client.post(f"{address}registers/", {"registers": ["indicator", "reform"]}).status_code == 422
    assert client.post(f"{address}registers/", {}).status_code == 302
    assert not RegisterTag.objects.at(None).filter(task=task).exists()


def test_nothing_is_withheld_without_a_reason(cast: Cast, ledger: Breakdown) -> None:
    address = f"/tasks/{task_at(ledger, '三-1').pk}/publicity/"
    client = cast.client("clerk")
    assert "不予公开要写明理由" in client.post(address, {"publicity": "withheld"}).content.decode()
    assert client.post(address, {"publicity": "public"}).status_code == 302
    assert client.post(address, {"publicity": "public"}).status_code == 422


def test_only_the_clerk_sets_anything(cast: Cast, ledger: Breakdown) -> None:
    for role in ("head", "liaison", "leader"):
        for what in ("deadline", "registers", "publicity"):
            assert cast.client(role).post(f"/tasks/{task_at(ledger, '三-1').pk}/{what}/").status_code == 403
