"""印发: refused whole with a list of what is open, signed once, numbered for good, printed as it was."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from dukao.site.archive.models import Publicity
from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of, verify_chain
from dukao.site.ledger.models import (
    Breakdown,
    Placement,
    Question,
    Responsibility,
    Stage,
    Status,
    Task,
    TaskState,
)
from dukao.site.ledger.recording import restate
from dukao.site.ledger.steps.document_numbers import read_document_number
from dukao.site.ledger.steps.issuing import IssueForm, issue_breakdown, what_is_open
from dukao.site.people.models import Place, Role
from dukao.site.refusals import Refused
from tests.site.conftest import Cast, issue
from tests.site.ledger.walking import asked, at, stranger, text_of

FORM = {
    "document_number": "望政办〔2024〕5号",
    "issued_on": "2024-03-08",
    "publicity": "public",
    "confirmed": "on",
}


def ready(cast: Cast, draft: Breakdown) -> Breakdown:
    """Everything settled by force and approved, as far as the signature."""
    user = cast.users["clerk"]
    Question.objects.filter(breakdown=draft).update(
        settled_at=at(6), settled_by=user, answer={"answer": "keep"}
    )
    led = Responsibility.objects.at(None).filter(role="lead").values("task_id")
    for state in TaskState.objects.at(None).filter(task__breakdown=draft).exclude(task_id__in=led):
        first = Responsibility.objects.at(None).filter(task=state.task, unit__isnull=False).first()
        if first and first.basis != "joint":
            Responsibility.objects.filter(pk=first.pk).update(role="lead", basis="act")
    draft.meeting, draft.approved_on, draft.stage = (
        "三届区政府第20次常务会议",
        date(2024, 3, 6),
        Stage.APPROVAL,
    )
    draft.save()
    return draft


def test_what_is_open_is_listed_with_where_to_mend_it(cast: Cast, draft: Breakdown) -> None:
    asked(cast, draft)
    page = text_of(cast.client("head").get(reverse("ledger:issue", args=[draft.pk])))
    for words in ("征求意见还没有结束", "还没有记录审议", "没有牵头单位"):
        assert words in page
    for matter in what_is_open(draft):
        assert f'href="{matter.address}"' in page
    assert "签发</button>" not in page


def test_a_breakdown_with_open_matters_is_refused_whole(cast: Cast, draft: Breakdown) -> None:
    answer = cast.client("head").post(reverse("ledger:issue", args=[draft.pk]), FORM)
    assert answer.status_code == 422
    assert "不能印发" in text_of(answer)
    draft.refresh_from_db()
    assert draft.stage == Stage.DRAFT
    assert not Task.objects.filter(number__isnull=False).exists()
    assert not Entry.objects.filter(action="breakdown-issued").exists()


def test_the_head_signs_and_everybody_has_the_ledger(cast: Cast, draft: Breakdown) -> None:
    ready(cast, draft)
    address = reverse("ledger:issue", args=[draft.pk])
    page = text_of(cast.client("head").get(address))
    assert "此件公开发布" in page
    assert "checked" not in page.split("公开属性</legend>")[1].split("</fieldset>")[0]  # proposed, not chosen
    cast.client("head").post(address, FORM)
    draft.refresh_from_db()
    assert draft.is_issued
    assert draft.publicity == Publicity.PUBLIC
    assert TaskState.objects.at(None).filter(status=Status.ISSUED, publicity=Publicity.PUBLIC).count() == 17
    entry = Entry.objects.get(action="breakdown-issued")
    said = content_of(entry)
    assert (said["before"]["stage"], said["after"]["stage"]) == ("approval", "issued")
    assert said["after"]["numbers"] == ["重2024-001至重2024-014", "民2024-001至民2024-003"]
    assert entry.subjects.filter(kind="task").count() == 17
    assert verify_chain().holds
    again = cast.client("head").post(address, FORM)
    assert "已经印发" in text_of(again)
    assert Entry.objects.filter(action="breakdown-issued").count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"document_number": "5号"}, "不是完整的文号"),
        ({"document_number": "望政办〔2024〕05号"}, "不编虚位"),
        ({"document_number": ""}, "请填写文号"),
        ({"issued_on": "2024-03-01"}, "早于审议日期"),
        ({"issued_on": "2099-03-01"}, "还没有到"),
        ({"publicity": ""}, "请选定公开属性"),
        ({"publicity": "withheld"}, "请写明理由"),
        ({"confirmed": ""}, "请勾选确认"),
    ],
)
def test_a_form_that_is_not_whole_is_said_at_its_field(
    cast: Cast, draft: Breakdown, change: dict[str, str], sentence: str
) -> None:
    ready(cast, draft)
    form = {name: value for name, value in {**FORM, **change}.items() if value}
    answer = cast.client("head").post(reverse("ledger:issue", args=[draft.pk]), form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    draft.refresh_from_db()
    assert not draft.is_issued
    assert draft.document_number == ""


@pytest.mark.parametrize(
    "said", ["望政办[2024]5号", "望政办（2024）5号", " 望政办〔2024〕 5 号", "望政办【2024】5号"]
)
def test_a_number_is_written_as_papers_write_it(cast: Cast, said: str) -> None:
    assert read_document_number(said, cast.place) == "望政办〔2024〕5号"


def test_a_number_in_use_is_refused(cast: Cast, draft: Breakdown) -> None:
    ready(cast, draft)
    values = {
        name: getattr(draft, name)
        for name in ("place", "report", "document", "report_compilation", "compilation", "created_at")
    }
    last_year = {"year": 2023, "stage": "issued", "issued_on": date(2023, 3, 1), "issued_at": at(1)}
    Breakdown.objects.create(**values, **last_year, title="去年的", document_number="望政办〔2024〕5号")
    answer = cast.client("head").post(reverse("ledger:issue", args=[draft.pk]), FORM)
    assert "已用于《去年的》" in text_of(answer)


def test_only_the_head_signs(cast: Cast, draft: Breakdown) -> None:
    ready(cast, draft)
    address = reverse("ledger:issue", args=[draft.pk])
    page = text_of(cast.client("clerk").get(address))
    assert "等办公室负责人签发" in page
    for role in ("clerk", "liaison", "leader", "auditor", "security_admin"):
        assert cast.client(role).post(address, FORM).status_code == 403, role
    assert stranger(Role.HEAD).post(address, FORM).status_code == 404


def test_what_was_decided_of_one_task_stays(cast: Cast, draft: Breakdown) -> None:
    ready(cast, draft)
    state = TaskState.objects.at(None).order_by("order").first()
    assert state is not None
    restate(state, at(5), publicity=Publicity.WITHHELD, publicity_reason="涉及敏感数据")
    form = IssueForm("望政办〔2024〕5号", date(2024, 3, 8), Publicity.PUBLIC)
    issue_breakdown(draft.pk, form, by=cast.viewer("head"), at=at(8))
    kept = TaskState.objects.at(None).get(task=state.task)
    assert (kept.status, kept.publicity) == (Status.ISSUED, Publicity.WITHHELD)


def test_a_task_under_two_leaders_has_one_number_and_two_rows(cast: Cast, draft: Breakdown) -> None:
    ready(cast, draft)
    second = Placement.objects.get(task__breakdown=draft, row="四-1")
    first = Placement.objects.get(task__breakdown=draft, row="三-3")
    gone = TaskState.objects.at(None).get(task=second.task)
    restate(gone, at(5), status=Status.WITHDRAWN)
    second.task = first.task
    second.save()
    issued = issue(cast, draft)
    numbers = Task.objects.filter(breakdown=issued, kind="key", number__isnull=False).order_by("number")
    assert [one.number for one in numbers] == [f"重2024-{at:03d}" for at in range(1, 14)]
    page = text_of(cast.client("clerk").get(reverse("ledger:notice", args=[issued.pk])))
    assert page.count("建成滨海绿道12公里。") == 2
    listed = text_of(cast.client("clerk").get(reverse("ledger:breakdowns")))
    assert "14 行、13 项重点工作" in listed


def test_groups_to_be_chosen_and_leads_of_the_remark_keep_nothing_open(cast: Cast, draft: Breakdown) -> None:
    ready(cast, draft)
    assert Responsibility.objects.filter(group__name="相关街道").exists()
    assert Responsibility.objects.filter(unit__name="区人武部", role="lead", basis="remark").exists()
    assert what_is_open(draft) == []


def test_the_notice_stays_as_it_was_issued(cast: Cast, ledger: Breakdown) -> None:
    state = TaskState.objects.at(None).get(text="改造老旧小区18个。")
    restate(state, at(20), text="改造老旧小区30个。")
    page = text_of(cast.client("head").get(reverse("ledger:notice", args=[ledger.pk])))
    for words in (
        "望政办〔2024〕5号",
        "现印发给你们",
        "改造老旧小区18个。",
        "*区住建局、区财政局，相关街道",
        "由区人武部牵头。",
        "附件2",
        "2024年3月8日",
    ):
        assert words in page
    assert "30个" not in page


def test_a_unit_reads_its_own_rows_of_the_notice(cast: Cast, ledger: Breakdown) -> None:
    page = text_of(cast.client("liaison").get(reverse("ledger:notice", args=[ledger.pk])))
    assert "改造老旧小区18个。" in page
    assert "地区生产总值增长6%以上。" not in page
    assert "全件共 17 项" in page


def test_who_may_not_read_the_notice_finds_nothing(cast: Cast, ledger: Breakdown) -> None:
    address = reverse("ledger:notice", args=[ledger.pk])
    assert cast.client("deputy").get(address).status_code == 404  # on request, not public
    assert cast.client("auditor").get(address).status_code == 403
    assert stranger(Role.HEAD).get(address).status_code == 404


def test_a_draft_has_no_notice(cast: Cast, draft: Breakdown) -> None:
    assert cast.client("head").get(reverse("ledger:notice", args=[draft.pk])).status_code == 404


@pytest.mark.usefixtures("real_transactions")
def test_two_heads_at_once_issue_once(cast: Cast, draft: Breakdown) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("threads share one connection to a database in memory: PostgreSQL has two")
    ready(cast, draft)
    form, head = IssueForm("望政办〔2024〕5号", date(2024, 3, 8), Publicity.PUBLIC), cast.viewer("head")
    outcomes: list[str] = []

    def sign() -> None:
        try:
            outcomes.append(issue_breakdown(draft.pk, form, by=head, at=at(8)).document_number)
        except Refused as refused:
            outcomes.append(refused.code)
        finally:
            connection.close()

    heads = [threading.Thread(target=sign) for _ in range(2)]
    for one in heads:
        one.start()
    for one in heads:
        one.join()
    assert sorted(outcomes) == ["already-issued", "望政办〔2024〕5号"]
    assert Entry.objects.filter(action="breakdown-issued").count() == 1
    assert Place.objects.filter(pk=cast.place.pk).exists()
