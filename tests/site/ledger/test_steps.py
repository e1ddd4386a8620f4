"""The list of breakdowns and the two files one begins with."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dukao.site.archive.models import Document
from dukao.site.ledger.models import Breakdown, Placement, Responsibility, Task, TaskState
from dukao.site.people.models import Role
from tests.site.conftest import Cast
from tests.site.documents import BREAKDOWN, REPORT
from tests.site.ledger.walking import asked, stranger, text_of


def file(text: str, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def send(client: Client, report: str = REPORT, breakdown: str = BREAKDOWN, **more: object) -> object:
    form = {"report_file": file(report, "报告.md"), "breakdown_file": file(breakdown, "分解.md"), **more}
    return client.post(
        reverse("ledger:new-breakdown"), {name: value for name, value in form.items() if value}
    )


def test_an_empty_place_is_led_to_the_two_files(cast: Cast) -> None:
    page = text_of(cast.client("clerk").get(reverse("ledger:breakdowns")))
    assert "还没有责任分解" in page
    assert reverse("ledger:new-breakdown") in page
    assert "由督查室经办读入" in text_of(cast.client("head").get(reverse("ledger:breakdowns")))


def test_two_files_become_a_draft_under_review(cast: Cast) -> None:
    answer = send(cast.client("clerk"))
    draft = Breakdown.objects.get()
    assert answer["Location"] == reverse("ledger:review", args=[draft.pk])  # type: ignore[index]
    assert draft.year == 2024
    page = text_of(cast.client("head").get(reverse("ledger:breakdowns")))
    assert "14" in page
    assert "项待核对" in page


def test_files_chosen_the_wrong_way_round_are_put_right_and_confirmed(cast: Cast) -> None:
    clerk = cast.client("clerk")
    answer = send(clerk, report=BREAKDOWN, breakdown=REPORT)
    page = text_of(answer)
    assert "放反了" in page
    assert not Breakdown.objects.exists()
    report, table = Document.objects.get(kind="report"), Document.objects.get(kind="breakdown")
    assert f'value="{report.pk}" selected' in page
    assert f'value="{table.pk}" selected' in page
    clerk.post(reverse("ledger:new-breakdown"), {"report": report.pk, "breakdown": table.pk})
    assert Breakdown.objects.get().report == report


def test_one_wrong_file_is_named_and_the_other_stays_chosen(cast: Cast) -> None:
    clerk = cast.client("clerk")
    page = text_of(send(clerk, breakdown="今天的会议到此结束。"))
    assert "没有读到任何任务" in page
    report = Document.objects.get()
    assert f'value="{report.pk}" selected' in page
    twice = text_of(send(clerk, breakdown=REPORT))
    assert "不是责任分解" in twice


def test_a_classified_file_is_refused_before_anything_is_kept(cast: Cast) -> None:
    page = text_of(send(cast.client("clerk"), report="机密★1年\n\n" + REPORT))
    assert "不得存放涉密文件" in page
    assert not Document.objects.filter(kind="report").exists()


def test_nothing_chosen_is_said_at_both_fields(cast: Cast) -> None:
    answer = cast.client("clerk").post(reverse("ledger:new-breakdown"), {})
    assert answer.status_code == 422
    page = text_of(answer)
    assert "还没有选政府工作报告" in page
    assert "还没有选责任分解" in page


def test_a_year_that_has_a_breakdown_is_said_and_the_choice_stays(cast: Cast, draft: Breakdown) -> None:
    page = text_of(send(cast.client("clerk")))
    assert "2024年已有责任分解" in page
    assert f'value="{draft.report_id}" selected' in page
    other = send(cast.client("clerk"), year="2025")
    assert other.status_code == 302  # type: ignore[attr-defined]


def test_only_a_clerk_takes_in_and_only_the_office_lists(cast: Cast) -> None:
    for role in ("head", "liaison", "leader", "deputy", "auditor", "system_admin"):
        assert cast.client(role).get(reverse("ledger:new-breakdown")).status_code == 403, role
    for role in ("liaison", "unit_head", "leader", "deputy", "auditor", "security_admin"):
        assert cast.client(role).get(reverse("ledger:breakdowns")).status_code == 403, role
    assert Client().get(reverse("ledger:breakdowns")).status_code == 302


def test_a_stranger_neither_sees_nor_takes_our_documents(cast: Cast, draft: Breakdown) -> None:
    clerk = stranger(Role.CLERK)
    assert "还没有责任分解" in text_of(clerk.get(reverse("ledger:breakdowns")))
    form = {"report": draft.report_id, "breakdown": draft.document_id}
    assert clerk.post(reverse("ledger:new-breakdown"), form).status_code == 422
    for name in ("withdraw-breakdown", "approval", "issue", "supplements", "consultation", "meeting-paper"):
        assert clerk.get(reverse(f"ledger:{name}", args=[draft.pk])).status_code == 404, name
    assert Breakdown.objects.count() == 1


def test_a_breakdown_leads_to_where_its_work_goes_on(cast: Cast, draft: Breakdown) -> None:
    clerk, address = cast.client("clerk"), reverse("ledger:breakdown", args=[draft.pk])
    assert clerk.get(address)["Location"] == reverse("ledger:review", args=[draft.pk])
    asked(cast, draft)
    assert clerk.get(address)["Location"] == reverse("ledger:consultation", args=[draft.pk])
    assert cast.client("liaison").get(address).status_code == 403
    assert stranger(Role.CLERK).get(address).status_code == 404


def copy_tasks(breakdown: Breakdown) -> None:
    """Every task of a breakdown once more, with all it says."""
    for task in list(Task.objects.filter(breakdown=breakdown)):
        twin = Task.objects.create(place=task.place, breakdown=breakdown, year=task.year, kind=task.kind)
        for model in (TaskState, Placement, Responsibility):
            for row in model.objects.filter(task=task, until__isnull=True):
                row.pk, row.task = None, twin
                row.save()


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("clerk", "breakdowns"),
        ("clerk", "consultation"),
        ("clerk", "meeting-paper"),
        ("clerk", "approval"),
        ("liaison", "consultations"),
        ("liaison", "answer"),
        ("liaison", "letter"),
    ],
)
def test_pages_ask_the_database_as_often_for_many_tasks_as_for_few(
    cast: Cast, draft: Breakdown, role: str, name: str
) -> None:
    round_ = asked(cast, draft)
    assert cast.lead is not None
    keys = {"answer": [round_.pk], "letter": [round_.pk, cast.lead.pk], "breakdowns": [], "consultations": []}
    client, address = cast.client(role), reverse(f"ledger:{name}", args=keys.get(name, [draft.pk]))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    copy_tasks(draft)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few)


def test_the_notice_asks_the_database_as_often_for_many_tasks_as_for_few(
    cast: Cast, ledger: Breakdown
) -> None:
    client, address = cast.client("head"), reverse("ledger:notice", args=[ledger.pk])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    copy_tasks(ledger)
    with CaptureQueriesContext(connection) as many:
        assert text_of(client.get(address)).count("改造老旧小区18个。") == 2
    assert len(many) == len(few)
