"""补充通知 through the browser: drafted by the clerk, signed or returned by the head, whole or not at all."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from dukao.papers.official.values import Text
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.ledger.duties import duties_of, new_duty
from dukao.site.ledger.models import (
    Breakdown,
    Placement,
    Role,
    Status,
    Supplement,
    SupplementKind,
    SupplementStage,
    Task,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.queries.supplements import read_changes
from dukao.site.ledger.recording import restate
from dukao.site.ledger.steps.official import supplement_paper
from dukao.site.ledger.steps.supplementing import Change, Paper, draft_supplement, sign_supplement
from dukao.site.people.models import Role as PersonRole
from dukao.site.people.models import Unit
from dukao.site.refusals import Refused
from tests.site.conftest import Cast
from tests.site.ledger.walking import at, browser_of, person_of, stranger, task_at, text_of

PAPER = {
    "kind": "notice",
    "document_number": "望政办〔2024〕18号",
    "dated": "2024-06-20",
    "why": "因征收进度调整",
}


def now(task: Task) -> TaskState:
    state: TaskState = TaskState.objects.at(None).get(task=task)
    return state


def draft_of(cast: Cast, ledger: Breakdown, *changes: Change, **paper: Any) -> Supplement:
    said = {"number": "望政办〔2024〕18号", "decision": "", "decided_on": None} | paper
    return draft_supplement(
        ledger.pk,
        list(changes),
        Paper(
            SupplementKind.NOTICE,
            said["number"],
            date(2024, 6, 20),
            "因征收进度调整",
            said["decision"],
            said["decided_on"],
        ),
        by=cast.viewer("clerk"),
        at=at(20, 6),
    )


def fields_of(cast: Cast, task: Task) -> dict[str, Any]:
    """The fields of a task as the form shows them."""
    state = now(task)
    fields: dict[str, Any] = {
        "task": task.pk,
        f"{task.pk}-text": state.text,
        f"{task.pk}-remark": state.remark,
    }
    fields[f"{task.pk}-project"] = state.project
    for place, duty in enumerate(duties_of([task.pk])[task.pk]):
        fields[f"{task.pk}-role-{place}"] = duty["role"]
    posts = Placement.objects.at(None).filter(task=task, post__isnull=False).values_list("post_id", flat=True)
    fields[f"{task.pk}-post"] = list(posts)
    return fields


def test_a_change_is_drafted_signed_and_printed(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    clerk, head = cast.client("clerk"), cast.client("head")
    address = reverse("ledger:new-supplement") + f"?task={task.pk}"
    assert "改造老旧小区18个。" in text_of(clerk.get(address))
    form = PAPER | fields_of(cast, task) | {f"{task.pk}-text": "改造老旧小区15个。"}
    form |= {f"{task.pk}-name-0": "区水利局", f"{task.pk}-new-0": "supporting"}
    answer = clerk.post(reverse("ledger:new-supplement"), form)
    assert answer.status_code == 302, text_of(answer)
    supplement = Supplement.objects.get()
    assert now(task).text == "改造老旧小区18个。"  # nothing changes before the signature
    page = text_of(head.get(answer["Location"]))
    assert "改造老旧小区18个。" in page
    assert "改造老旧小区15个。" in page
    head.post(reverse("ledger:sign-supplement", args=[supplement.pk]))
    assert now(task).text == "改造老旧小区15个。"
    assert [one.value for one in TaskMeasure.objects.at(None).filter(task=task)] == [15]
    part = {one["name"]: (one["role"], one["basis"]) for one in duties_of([task.pk])[task.pk]}
    assert part["区水利局"] == ("supporting", "act")
    assert part["区住建局"] == ("lead", "star")
    paper = text_of(head.get(reverse("ledger:supplement-paper", args=[supplement.pk])))
    for words in ("补充通知", "望政办〔2024〕18号", "因征收进度调整。", "原为", "配合 区水利局"):
        assert words in paper
    assert Entry.objects.filter(action__startswith="supplement-").count() == 2
    assert verify_chain().holds


def test_what_changes_nothing_is_refused(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    answer = cast.client("clerk").post(reverse("ledger:new-supplement"), PAPER | fields_of(cast, task))
    assert answer.status_code == 422
    assert "没有要改的" in text_of(answer)
    assert not Supplement.objects.exists()


def test_a_task_is_added_by_its_number_and_what_was_typed_stays(cast: Cast, ledger: Breakdown) -> None:
    first, second = task_at(ledger, "三-1"), task_at(ledger, "三-2")
    form = PAPER | fields_of(cast, first) | {f"{first.pk}-text": "改造老旧小区15个。", "more": "1"}
    page = text_of(
        cast.client("clerk").post(reverse("ledger:new-supplement"), form | {"number": second.number})
    )
    assert "改造老旧小区15个。" in page
    assert "打通断头河3条。" in page
    assert "因征收进度调整" in page
    lost = text_of(
        cast.client("clerk").post(reverse("ledger:new-supplement"), form | {"number": "重2024-999"})
    )
    assert "没有编号为“重2024-999”的任务" in lost
    assert not Supplement.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"document_number": "18号"}, "不是完整的文号"),
        ({"document_number": "望政办〔2024〕5号"}, "已用于"),
        ({"dated": "2099-01-01"}, "还没有到"),
        ({"why": ""}, "为什么调整"),
    ],
)
def test_a_paper_that_is_not_whole_is_said(
    cast: Cast, ledger: Breakdown, change: dict[str, str], sentence: str
) -> None:
    task = task_at(ledger, "三-1")
    form = PAPER | fields_of(cast, task) | {f"{task.pk}-text": "改造老旧小区15个。"} | change
    answer = cast.client("clerk").post(reverse("ledger:new-supplement"), form)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_unit_nobody_knows_and_a_task_nobody_leads_are_refused(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    clerk, address = cast.client("clerk"), reverse("ledger:new-supplement")
    stray = clerk.post(address, PAPER | fields_of(cast, task) | {f"{task.pk}-name-0": "区气象台"})
    assert "没有叫“区气象台”的单位" in text_of(stray)
    leaderless = clerk.post(address, PAPER | fields_of(cast, task) | {f"{task.pk}-role-0": "none"})
    assert "没有牵头单位" in text_of(leaderless)


def test_a_supplement_overtaken_by_another_shows_both_and_is_refused_whole(
    cast: Cast, ledger: Breakdown
) -> None:
    one, two = task_at(ledger, "三-1"), task_at(ledger, "三-2")
    late = draft_of(
        cast, ledger, Change(one.pk, text="改造老旧小区15个。"), Change(two.pk, text="打通断头河2条。")
    )
    early = draft_of(cast, ledger, Change(one.pk, text="改造老旧小区20个。"), number="望政办〔2024〕19号")
    sign_supplement(early.pk, by=cast.viewer("head"), at=at(21, 6))
    answer = cast.client("head").post(reverse("ledger:sign-supplement", args=[late.pk]))
    assert answer.status_code == 409
    page = text_of(answer)
    assert "改造老旧小区18个。" in page
    assert "改造老旧小区20个。" in page
    assert now(one).text == "改造老旧小区20个。"
    assert now(two).text == "打通断头河3条。"
    assert "已由别的文件改过" in text_of(
        cast.client("head").get(reverse("ledger:supplement", args=[late.pk]))
    )


def test_a_deadline_set_meanwhile_is_no_conflict(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    supplement = draft_of(cast, ledger, Change(task.pk, text="改造老旧小区15个。"))
    restate(now(task), at(21, 6), deadline=date(2024, 12, 31))
    sign_supplement(supplement.pk, by=cast.viewer("head"), at=at(22, 6))
    assert (now(task).text, now(task).deadline) == ("改造老旧小区15个。", date(2024, 12, 31))


def test_what_the_congress_voted_changes_only_by_its_standing_committee(
    cast: Cast, ledger: Breakdown
) -> None:
    state = TaskState.objects.at(None).get(text="完成老旧小区改造12个。")
    change = Change(state.task_id, text="完成老旧小区改造10个。")
    with pytest.raises(Refused, match="人大常委会"):
        draft_of(cast, ledger, change)
    with pytest.raises(Refused, match="人大常委会"):
        draft_of(cast, ledger, Change(state.task_id, withdrawn=True))
    form = PAPER | fields_of(cast, state.task) | {f"{state.task_id}-text": "完成老旧小区改造10个。"}
    refused = cast.client("clerk").post(reverse("ledger:new-supplement"), form)
    assert "请填写决定文号和日期" in text_of(refused)
    decision = "望潮人大常〔2024〕7号"
    with pytest.raises(Refused, match="决定文号和日期"):
        draft_of(cast, ledger, change, decision=decision)
    with pytest.raises(Refused, match="先有决定才能调整"):
        draft_of(cast, ledger, change, decision=decision, decided_on=date(2024, 6, 21))
    supplement = draft_of(cast, ledger, change, decision=decision, decided_on=date(2024, 6, 18))
    sign_supplement(supplement.pk, by=cast.viewer("head"), at=at(22, 6))
    assert now(state.task).text == "完成老旧小区改造10个。"
    paper = text_of(cast.client("clerk").get(reverse("ledger:supplement-paper", args=[supplement.pk])))
    assert "望潮人大常〔2024〕7号，2024年6月18日" in paper
    page = text_of(cast.client("clerk").get(reverse("ledger:supplement", args=[supplement.pk])))
    assert "望潮人大常〔2024〕7号（2024年6月18日）" in page


def test_who_helps_with_a_livelihood_content_changes_without_the_congress(
    cast: Cast, ledger: Breakdown
) -> None:
    state = TaskState.objects.at(None).get(text="完成老旧小区改造12个。")
    finance = Unit.objects.get(name="区财政局")
    duties = [*duties_of([state.task_id])[state.task_id], new_duty(finance, Role.SUPPORTING)]
    assert draft_of(cast, ledger, Change(state.task_id, duties=duties)).pk


def test_a_task_is_taken_back_and_stays_on_record(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-2")
    form = PAPER | fields_of(cast, task) | {f"{task.pk}-withdrawn": "on"}
    cast.client("clerk").post(reverse("ledger:new-supplement"), form)
    sign_supplement(Supplement.objects.get().pk, by=cast.viewer("head"), at=at(22, 6))
    assert now(task).status == Status.WITHDRAWN
    assert task.number
    with pytest.raises(Refused, match="已经撤回"):
        draft_of(cast, ledger, Change(task.pk, text="又要了。"), number="望政办〔2024〕19号")


def test_a_task_moves_under_another_leader(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    other = Placement.objects.at(None).exclude(post=None).exclude(task=task).get(row="二-1").post
    assert other is not None
    supplement = draft_of(cast, ledger, Change(task.pk, posts=[other.pk]))
    sign_supplement(supplement.pk, by=cast.viewer("head"), at=at(22, 6))
    placement = Placement.objects.at(None).get(task=task)
    assert placement.post == other
    assert placement.heading is not None
    assert placement.heading.post == other
    assert "钟声" in text_of(cast.client("head").get(reverse("ledger:supplement", args=[supplement.pk])))


def test_the_head_returns_it_with_why_and_the_clerk_drafts_it_anew(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    supplement = draft_of(cast, ledger, Change(task.pk, text="改造老旧小区15个。"))
    back = reverse("ledger:return-supplement", args=[supplement.pk])
    assert cast.client("clerk").post(back, {"why": "理由不足"}).status_code == 403
    assert cast.client("head").post(back, {"why": ""}).status_code == 422
    cast.client("head").post(back, {"why": "理由不足"})
    supplement.refresh_from_db()
    assert supplement.stage == SupplementStage.RETURNED
    assert (
        cast.client("head").post(reverse("ledger:sign-supplement", args=[supplement.pk])).status_code == 409
    )
    edit = reverse("ledger:edit-supplement", args=[supplement.pk])
    assert "改造老旧小区15个。" in text_of(cast.client("clerk").get(edit))
    form = PAPER | fields_of(cast, task) | {f"{task.pk}-text": "改造老旧小区16个。", "why": "征收未完成3个"}
    cast.client("clerk").post(edit, form)
    supplement.refresh_from_db()
    assert supplement.stage == SupplementStage.DRAFT
    cast.client("head").post(reverse("ledger:sign-supplement", args=[supplement.pk]))
    assert now(task).text == "改造老旧小区16个。"


def test_a_withdrawn_draft_frees_its_number(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    supplement = draft_of(cast, ledger, Change(task.pk, text="改造老旧小区15个。"))
    with pytest.raises(Refused, match="另一份补充通知"):
        draft_of(cast, ledger, Change(task.pk, text="改造老旧小区14个。"))
    cast.client("clerk").post(reverse("ledger:withdraw-supplement", args=[supplement.pk]), {"why": "不改了"})
    assert draft_of(cast, ledger, Change(task.pk, text="改造老旧小区14个。")).pk != supplement.pk
    head = cast.client("head").post(reverse("ledger:sign-supplement", args=[supplement.pk]))
    assert head.status_code == 409


def test_a_change_thought_out_on_an_older_state_is_refused(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    old = now(task)
    restate(old, at(10, 6), text="改造老旧小区17个。")
    with pytest.raises(Refused, match="改过"):
        draft_of(cast, ledger, Change(task.pk, text="改造老旧小区15个。", state_id=old.pk))


def test_only_the_clerk_drafts_and_only_the_head_signs(cast: Cast, ledger: Breakdown) -> None:
    task = task_at(ledger, "三-1")
    supplement = draft_of(cast, ledger, Change(task.pk, text="改造老旧小区15个。"))
    sign = reverse("ledger:sign-supplement", args=[supplement.pk])
    for role in ("clerk", "liaison", "unit_head", "leader", "deputy", "auditor", "system_admin"):
        assert cast.client(role).post(sign).status_code == 403, role
    for role in ("head", "liaison", "leader", "deputy", "auditor", "security_admin"):
        new = cast.client(role).get(reverse("ledger:new-supplement") + f"?task={task.pk}")
        assert new.status_code == 403, role
    assert stranger(PersonRole.HEAD).post(sign).status_code == 404
    foreign = stranger(PersonRole.CLERK)
    assert foreign.get(reverse("ledger:new-supplement") + f"?task={task.pk}").status_code == 404
    assert foreign.get(reverse("ledger:supplement", args=[supplement.pk])).status_code == 404


def test_a_unit_reads_a_signed_supplement_about_its_own_tasks(cast: Cast, ledger: Breakdown) -> None:
    one, two = task_at(ledger, "三-1"), task_at(ledger, "三-2")
    supplement = draft_of(
        cast, ledger, Change(one.pk, text="改造老旧小区15个。"), Change(two.pk, text="打通断头河2条。")
    )
    address = reverse("ledger:supplement-paper", args=[supplement.pk])
    assert cast.client("liaison").get(address).status_code == 404  # not signed yet
    sign_supplement(supplement.pk, by=cast.viewer("head"), at=at(22, 6))
    page = text_of(cast.client("liaison").get(address))
    assert "改造老旧小区15个。" in page
    assert "打通断头河" not in page
    assert "只列您可以查看的" in page
    assert browser_of(person_of(cast, "区经信局")).get(address).status_code == 404
    assert cast.client("liaison").get(reverse("ledger:supplement", args=[supplement.pk])).status_code == 403


def test_a_draft_needs_no_supplement(cast: Cast, draft: Breakdown) -> None:
    task = task_at(draft, "三-1")
    with pytest.raises(Refused, match="还没有印发"):
        draft_of(cast, draft, Change(task.pk, text="改造老旧小区15个。"))
    got = cast.client("clerk").get(reverse("ledger:new-supplement") + f"?task={task.pk}")
    assert got.status_code == 404


def test_the_list_says_what_waits(cast: Cast, ledger: Breakdown) -> None:
    address = reverse("ledger:supplements", args=[ledger.pk])
    assert "还没有调整过" in text_of(cast.client("head").get(address))
    draft_of(cast, ledger, Change(task_at(ledger, "三-1").pk, text="改造老旧小区15个。"))
    page = text_of(cast.client("head").get(address))
    assert "待签发" in page
    assert "望政办〔2024〕18号" in page
    assert "1 份补充通知待签发" in text_of(cast.client("clerk").get(reverse("ledger:breakdowns")))


@pytest.mark.parametrize("why", ["因机构改革", "因机构改革。"])
def test_the_reason_ends_in_one_stop_on_the_paper(cast: Cast, ledger: Breakdown, why: str) -> None:
    supplement = draft_of(cast, ledger, Change(task_at(ledger, "三-1").pk, text="改造老旧小区15个。"))
    supplement.why = why
    paper = supplement_paper(supplement, read_changes(supplement, at(20, 6)), is_partial=False)
    assert isinstance(paper.body[0], Text)
    assert paper.body[0].words.startswith("因机构改革。现对")
