"""Answers change the draft at once, can be taken back, and never overwrite one another."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from dukao.site.history.models import Entry
from dukao.site.history.queries import content_of, verify_chain
from dukao.site.ledger.duties import duties_of, new_duty
from dukao.site.ledger.models import (
    Breakdown,
    Placement,
    Question,
    QuestionKind,
    Responsibility,
    Role,
    Stage,
    Status,
    Task,
    TaskMeasure,
    TaskState,
)
from dukao.site.ledger.review.redrafting import (
    RowForm,
    edit_row,
    fingerprint,
    restore_row,
    undo_edit,
    withdraw_row,
)
from dukao.site.ledger.review.settling import accept_proposals, reopen_question, settle_question
from dukao.site.people.models import Membership, Unit, UnitGroup, UnitName, User
from dukao.site.people.queries import units_at
from dukao.site.refusals import Refused
from tests.site.conftest import MORNING, Cast
from tests.site.ledger.test_asking import ask

LATER = MORNING + timedelta(days=2)


def task_at(draft: Breakdown, row: str) -> Task:
    seat: Placement = Placement.objects.at(None).get(task__breakdown=draft, row=row)
    return seat.task


def text_at(draft: Breakdown, row: str) -> str:
    return str(TaskState.objects.at(None).get(task=task_at(draft, row)).text)


def duties_at(draft: Breakdown, row: str) -> list[tuple[str, str]]:
    task = task_at(draft, row)
    return [(one["role"], one["name"]) for one in duties_of([task.pk])[task.pk]]


def settle(
    cast: Cast, question: Question, answer: str, why: str = "", at: datetime = LATER, **facts: Any
) -> Question:
    question.refresh_from_db()
    clerk = cast.viewer("clerk")
    return settle_question(question.pk, answer, facts, why, version=question.version, by=clerk, at=at)


def reopen(cast: Cast, question: Question, at: datetime = LATER + timedelta(hours=1)) -> Question:
    question.refresh_from_db()
    return reopen_question(question.pk, version=question.version, by=cast.viewer("clerk"), at=at)


def everything(draft: Breakdown) -> list[Any]:
    """All a draft says, as plain values."""
    said = []
    for state in TaskState.objects.at(None).filter(task__breakdown=draft).order_by("task_id"):
        seats = Placement.objects.at(None).filter(task=state.task).order_by("row")
        numbers = TaskMeasure.objects.at(None).filter(task=state.task).order_by("order", "surface")
        said.append(
            (
                state.task_id,
                state.status,
                state.text,
                state.source_spans,
                list(seats.values_list("row", "post_id", "heading_id")),
                sorted(
                    (d["role"], d["name"], d["office"], d["basis"])
                    for d in duties_of([state.task_id])[state.task_id]
                ),
                list(numbers.values_list("surface", "unit")),
            )
        )
    return said


def test_a_row_is_mended_and_its_numbers_read_again(cast: Cast, draft: Breakdown) -> None:
    cut = ask(draft, QuestionKind.TRUNCATED)
    before = Entry.objects.count()
    settle(cast, cut, "report")
    assert text_at(draft, "二-4") == "引进500强项目3个以上。"
    numbers = TaskMeasure.objects.at(None).filter(task=task_at(draft, "二-4"))
    assert [(one.value, one.unit) for one in numbers] == [(3, "个")]
    said = TaskState.objects.at(None).get(task=task_at(draft, "二-4"))
    assert (said.differences, said.relation) == ([], "verbatim")
    ((start, end),) = said.source_spans
    assert draft.report.text[start:end].rstrip("。") == "引进500强项目3个以上"
    assert Entry.objects.count() == before + 1
    assert content_of(Entry.objects.all()[0])["after"]["said"] == "按报告补全"


def test_an_answer_taken_back_leaves_the_draft_as_it_was(cast: Cast, draft: Breakdown) -> None:
    before = everything(draft)
    answers: list[tuple[QuestionKind, str, str, dict[str, Any]]] = [
        (QuestionKind.ALIAS, "same", "", {"name": "区人社局"}),
        (QuestionKind.TWO_LEADERS, "merge", "", {}),
        (QuestionKind.TWO_LEADS, "lead", "", {}),
        (QuestionKind.UNDECIDED, "joint", "各司其职", {}),
        (QuestionKind.TRUNCATED, "report", "", {}),
        (QuestionKind.WORDING, "edit", "", {"text": "大力培育低空经济2处。"}),
        (QuestionKind.ABSENT, "withdraw", "不是区里的事", {}),
    ]
    asked = []
    for kind, answer, why, facts in answers:
        question = ask(draft, kind)
        if kind == QuestionKind.TWO_LEADS:
            facts = {"unit": question.options[0]["facts"]["unit"]}
        asked.append(settle(cast, question, answer, why, **facts))
    assert everything(draft) != before
    for question in reversed(asked):
        assert reopen(cast, question).is_open
    assert everything(draft) == before
    assert verify_chain().holds


def test_answers_are_taken_back_in_any_order(cast: Cast, draft: Breakdown) -> None:
    before = everything(draft)
    alias = settle(cast, ask(draft, QuestionKind.ALIAS), "same", name="区人力社保局")
    slip = settle(cast, ask(draft, QuestionKind.WORDING), "report", at=LATER + timedelta(minutes=1))
    reopen(cast, alias, LATER + timedelta(minutes=2))
    reopen(cast, slip, LATER + timedelta(minutes=3))
    assert everything(draft) == before


def test_two_names_become_one_unit_with_all_that_hangs_on_them(cast: Cast, draft: Breakdown) -> None:
    short, long = Unit.objects.get(name="区人社局"), Unit.objects.get(name="区人力社保局")
    User.objects.filter(username="deputy").update(unit=short)
    group = UnitGroup.objects.create(place=cast.place, name="五办")
    Membership.objects.create(group=group, unit=short, since=short.since)
    alias = settle(cast, ask(draft, QuestionKind.ALIAS), "same", name="区人力社保局")
    assert not Responsibility.objects.at(None).filter(unit=short).exists()
    assert {one.name for one in UnitName.objects.filter(unit=long)} == {"区人社局", "区人力社保局"}
    assert User.objects.get(username="deputy").unit == long
    assert Membership.objects.filter(unit=long, group=group, until__isnull=True).exists()
    short.refresh_from_db()
    assert short.until is not None
    reopen(cast, alias)
    short.refresh_from_db()
    assert short.until is None
    assert User.objects.get(username="deputy").unit == short
    assert UnitName.objects.get(name="区人社局").unit == short


def test_a_unit_called_otherwise_is_still_known_as_it_was(cast: Cast, draft: Breakdown) -> None:
    unit = Unit.objects.get(name="区人社局")
    Unit.objects.filter(name="区人力社保局").update(name="区人社中心")
    UnitName.objects.filter(name="区人力社保局").delete()  # it stands in brackets alone
    alias = settle(cast, ask(draft, QuestionKind.ALIAS), "same", name="区人力社保局", at=LATER)
    reopen(cast, alias, LATER + timedelta(minutes=2))
    minutes = (-1, 1, 3)
    names = [units_at(cast.place.pk, LATER + timedelta(minutes=one))[unit.pk][0] for one in minutes]
    assert names == ["区人社局", "区人力社保局", "区人社局"]


def test_one_task_under_two_leaders_is_one_task_in_two_rows(cast: Cast, draft: Breakdown) -> None:
    settle(cast, ask(draft, QuestionKind.TWO_LEADERS), "merge")
    assert task_at(draft, "三-3") == task_at(draft, "四-1")
    live = TaskState.objects.at(None).filter(task__breakdown=draft, status=Status.DRAFT, task__kind="key")
    rows = Placement.objects.at(None).filter(task__in=live.values("task"))
    assert (live.count(), rows.count()) == (13, 14)


def test_the_lead_is_settled_for_both_rows(cast: Cast, draft: Breakdown) -> None:
    question = ask(draft, QuestionKind.TWO_LEADS)
    settle(cast, question, "lead", unit=question.options[0]["facts"]["unit"])
    assert duties_at(draft, "三-2") == [("lead", "区水利局")]
    assert duties_at(draft, "民生-2-1") == [("lead", "区水利局"), ("responsible", "区农业农村局")]


def test_a_lead_may_be_named_by_any_name_of_a_unit(cast: Cast, draft: Breakdown) -> None:
    settle(cast, ask(draft, QuestionKind.ALIAS), "same", name="区人力社保局")
    settle(cast, ask(draft, QuestionKind.UNDECIDED), "lead", unit="区人社局")
    assert duties_at(draft, "三-6")[0] == ("lead", "区人力社保局")


def test_a_commitment_becomes_a_task_at_the_end_of_its_head(cast: Cast, draft: Breakdown) -> None:
    question = Question.objects.filter(breakdown=draft, kind=QuestionKind.UNCOVERED)[1]
    unit = Unit.objects.get(name="区民政局")
    heading = draft.headings.get(sign="三")
    settled = settle(
        cast, question, "task", text="设立区级慈善专项资金1000万元。", unit=unit.pk, heading=heading.pk
    )
    state = TaskState.objects.at(None).get(task=task_at(draft, "三-7"))
    assert state.source_spans == [question.facts["span"]]
    assert state.task.measures.get().value == 10_000_000
    assert duties_at(draft, "三-7") == [("lead", "区民政局")]
    orders = list(
        Placement.objects.at(None)
        .filter(task__breakdown=draft)
        .order_by("order")
        .values_list("row", flat=True)
    )
    assert orders[orders.index("三-7") - 1 :][:3] == ["三-6", "三-7", "四-1"]
    reopen(cast, settled)
    assert TaskState.objects.at(None).get(task=state.task).status == Status.WITHDRAWN


def test_a_row_that_takes_a_commitment_up_leads_back_to_it(cast: Cast, draft: Breakdown) -> None:
    question = Question.objects.filter(breakdown=draft, kind=QuestionKind.UNCOVERED)[0]
    settle(cast, question, "row", row="三-1")
    assert question.facts["span"] in TaskState.objects.at(None).get(task=task_at(draft, "三-1")).source_spans


@pytest.mark.parametrize(
    ("kind", "answer", "facts", "missing"),
    [
        (QuestionKind.ABSENT, "keep", {}, "理由"),
        (QuestionKind.UNDECIDED, "lead", {}, "牵头单位"),
        (QuestionKind.UNDECIDED, "lead", {"unit": "区外星局"}, "区外星局"),
        (QuestionKind.WORDING, "edit", {"text": " "}, "内容"),
        (QuestionKind.WORDING, "burn", {}, "没有这种处理办法"),
    ],
)
def test_an_answer_says_what_it_lacks(
    cast: Cast, draft: Breakdown, kind: QuestionKind, answer: str, facts: dict[str, Any], missing: str
) -> None:
    with pytest.raises(Refused) as refused:
        settle(cast, ask(draft, kind), answer, **facts)
    assert missing in refused.value.sentence
    assert ask(draft, kind).is_open


def test_a_second_clerk_sees_both_answers_and_overwrites_nothing(cast: Cast, draft: Breakdown) -> None:
    slip = ask(draft, QuestionKind.WORDING)
    settle(cast, slip, "keep")
    with pytest.raises(Refused) as refused:
        settle_question(slip.pk, "report", {}, version=1, by=cast.viewer("head"), at=LATER)
    assert "程经办" in refused.value.sentence
    assert list(refused.value.details) == ["现在的处理：按分解表保留", "您的处理：按报告改"]
    assert text_at(draft, "二-3") == "主动培育低空经济。"


def test_an_answer_may_be_changed_for_another(cast: Cast, draft: Breakdown) -> None:
    slip = ask(draft, QuestionKind.WORDING)
    settle(cast, slip, "report")
    settle(cast, slip, "keep", at=LATER + timedelta(hours=1))
    assert text_at(draft, "二-3") == "主动培育低空经济。"


def test_taking_back_is_refused_where_the_row_was_changed_since(cast: Cast, draft: Breakdown) -> None:
    slip = settle(cast, ask(draft, QuestionKind.WORDING), "report")
    task = task_at(draft, "二-3")
    form = RowForm("大力培育低空经济。", duties_of([task.pk])[task.pk])
    edit_row(task.pk, form, seen=fingerprint(task.pk), by=cast.viewer("clerk"), at=LATER)
    with pytest.raises(Refused) as refused:
        reopen(cast, slip)
    assert "二-3 在这以后又改过" in refused.value.sentence
    assert text_at(draft, "二-3") == "大力培育低空经济。"


def test_mending_is_refused_where_the_row_was_changed_since(cast: Cast, draft: Breakdown) -> None:
    task = task_at(draft, "二-3")
    form = RowForm("大力培育低空经济。", duties_of([task.pk])[task.pk])
    edit_row(task.pk, form, seen=fingerprint(task.pk), by=cast.viewer("clerk"), at=LATER)
    with pytest.raises(Refused, match="另写"):
        settle(cast, ask(draft, QuestionKind.WORDING), "report", at=LATER + timedelta(hours=1))


def test_two_clerks_do_not_overwrite_each_others_units(cast: Cast, draft: Breakdown) -> None:
    task = task_at(draft, "三-2")
    seen, at = fingerprint(task.pk), LATER
    text = text_at(draft, "三-2")
    own = [new_duty(Unit.objects.get(name="区住建局"), Role.LEAD)]
    edit_row(task.pk, RowForm(text, own), seen=seen, by=cast.viewer("clerk"), at=at)
    other = [new_duty(Unit.objects.get(name="区财政局"), Role.LEAD)]
    with pytest.raises(Refused) as refused:
        edit_row(task.pk, RowForm(text, other), seen=seen, by=cast.viewer("head"), at=at)
    assert "牵头：区住建局" in refused.value.details
    assert duties_at(draft, "三-2") == [("lead", "区住建局")]


def test_an_edit_is_undone(cast: Cast, draft: Breakdown) -> None:
    before = everything(draft)
    task, clerk = task_at(draft, "三-1"), cast.viewer("clerk")
    form = RowForm(
        "改造老旧小区20个。", [new_duty(Unit.objects.get(name="区财政局"), Role.LEAD)], remark="已协调"
    )
    undo = edit_row(task.pk, form, seen=fingerprint(task.pk), by=clerk, at=LATER)
    assert TaskMeasure.objects.at(None).get(task=task).value == 20
    undo_edit(task.pk, undo, by=clerk, at=LATER + timedelta(hours=1))
    assert everything(draft) == before


def test_withdrawing_a_row_closes_its_questions_and_restoring_opens_them(
    cast: Cast, draft: Breakdown
) -> None:
    task, clerk = task_at(draft, "二-3"), cast.viewer("clerk")
    with pytest.raises(Refused):
        withdraw_row(task.pk, " ", by=clerk, at=LATER)
    withdraw_row(task.pk, "不再单列", by=clerk, at=LATER)
    assert not ask(draft, QuestionKind.WORDING).is_open
    assert ask(draft, QuestionKind.ALIAS).is_open  # other rows still name the unit
    restore_row(task.pk, by=clerk, at=LATER + timedelta(hours=1))
    assert ask(draft, QuestionKind.WORDING).is_open


def test_a_trial_settles_everything_and_says_so(cast: Cast, draft: Breakdown) -> None:
    count = accept_proposals(draft.pk, by=cast.viewer("clerk"), at=LATER)
    questions = list(Question.objects.filter(breakdown=draft))
    assert count == len(questions) == 12
    assert not any(one.is_open for one in questions)
    assert all(one.why.startswith("试用导入") for one in questions)
    assert duties_at(draft, "三-6")[0] == ("lead", "区民政局")
    assert text_at(draft, "二-5") == "居民人均可支配收入增长6%。"
    labels = [content_of(entry)["action"] for entry in Entry.objects.all()[: count + 1]]
    assert labels == ["proposals-accepted", *["question-settled"] * count]


def test_nothing_is_settled_once_the_draft_is_out_of_hands(cast: Cast, draft: Breakdown) -> None:
    Breakdown.objects.filter(pk=draft.pk).update(stage=Stage.APPROVAL)
    with pytest.raises(Refused, match="退回草稿"):
        settle(cast, ask(draft, QuestionKind.WORDING), "keep")


def last_entry() -> dict[str, Any]:
    return content_of(Entry.objects.all()[0])


def test_history_keeps_what_a_task_said_and_says_of_every_answer(cast: Cast, draft: Breakdown) -> None:
    cut = ask(draft, QuestionKind.TRUNCATED)
    task, old = task_at(draft, "二-4"), text_at(draft, "二-4")
    settle(cast, cut, "report")
    told = last_entry()
    assert [(one["task"], one["called"], one["text"]) for one in told["before"]["changes"]] == [
        (task.pk, "二-4", old)
    ]
    (after,) = told["after"]["changes"]
    assert (after["text"], after["measures"]) == ("引进500强项目3个以上。", ["3个"])
    assert "responsible" not in after
    assert "status" not in after
    reopen(cast, cut)
    back = last_entry()
    assert back["before"]["changes"] == told["after"]["changes"]
    assert back["after"]["changes"] == told["before"]["changes"]
    assert back["before"]["said"] == "按报告补全"
    assert verify_chain().holds


def test_history_keeps_who_led_and_who_leads(cast: Cast, draft: Breakdown) -> None:
    question = ask(draft, QuestionKind.TWO_LEADS)
    settle(cast, question, "lead", unit=question.options[0]["facts"]["unit"])
    told = last_entry()
    assert [(one["called"], one["lead"]) for one in told["before"]["changes"]] == [
        ("民生-2-1", ["区农业农村局"])
    ]
    assert [(one["lead"], one["responsible"]) for one in told["after"]["changes"]] == [
        (["区水利局"], ["区农业农村局"])
    ]


def test_history_keeps_where_merged_rows_stood(cast: Cast, draft: Breakdown) -> None:
    kept, gone = task_at(draft, "三-3").pk, task_at(draft, "四-1").pk
    settle(cast, ask(draft, QuestionKind.TWO_LEADERS), "merge")
    told = last_entry()
    before, after = ({one["task"]: one for one in told[side]["changes"]} for side in ("before", "after"))
    assert (before[kept]["called"], before[gone]["called"]) == ("三-3", "四-1")
    assert (before[kept]["rows"], after[kept]["rows"]) == (["三-3"], ["三-3", "四-1"])
    assert len(after[kept]["leaders"]) == len(before[kept]["leaders"]) + 1
    assert (before[gone]["rows"], before[gone]["status"], after[gone]["status"]) == (
        ["四-1"],
        "draft",
        "withdrawn",
    )
    assert (gone in before, "rows" in after[gone]) == (True, False)


def test_history_keeps_every_task_a_name_was_changed_in(cast: Cast, draft: Breakdown) -> None:
    short = Unit.objects.get(name="区人社局")
    rows = set(Responsibility.objects.at(None).filter(unit=short).values_list("task_id", flat=True))
    settle(cast, ask(draft, QuestionKind.ALIAS), "same", name="区人力社保局")
    told = last_entry()
    assert rows <= {one["task"] for one in told["before"]["changes"]}
    assert "区人社局" in str(told["before"]["changes"])
    assert "区人社局" not in str(told["after"]["changes"])


def test_an_answer_given_otherwise_tells_what_was_and_what_is(cast: Cast, draft: Breakdown) -> None:
    cut = ask(draft, QuestionKind.TRUNCATED)
    settle(cast, cut, "report")
    settle(cast, cut, "edit", text="引进500强项目4个。", at=LATER + timedelta(minutes=1))
    told = last_entry()
    assert told["before"]["said"] == "按报告补全"
    assert told["before"]["changes"][0]["text"] == "引进500强项目3个以上。"
    assert told["after"]["changes"][0]["text"] == "引进500强项目4个。"


def test_answers_given_in_one_go_are_told_one_by_one(cast: Cast, draft: Breakdown) -> None:
    accept_proposals(draft.pk, by=cast.viewer("clerk"), at=LATER)
    settled = [content_of(entry) for entry in Entry.objects.filter(action="question-settled")]
    (cut,) = [one for one in settled if one["after"]["said"] == "按报告补全"]
    assert cut["after"]["changes"][0]["text"] == "引进500强项目3个以上。"
    assert cut["why"] == "试用导入，按建议处理：这一行没有写完，报告原文是完整的"


def test_a_proposal_accepted_by_one_press_brings_its_reason(cast: Cast, draft: Breakdown) -> None:
    cut = ask(draft, QuestionKind.TRUNCATED)
    at = next(at for at, one in enumerate(cut.options) if one["answer"] == "report")
    cast.client("clerk").post(f"/questions/{cut.pk}/settle/", {"option": at, "version": cut.version})
    assert last_entry()["why"] == "这一行没有写完，报告原文是完整的"
    other = ask(draft, QuestionKind.WORDING)
    keep = next(at for at, one in enumerate(other.options) if one["answer"] == "keep")
    cast.client("clerk").post(f"/questions/{other.pk}/settle/", {"option": keep, "version": other.version})
    assert last_entry()["why"] == ""


def test_a_row_brought_back_says_what_it_is_not_what_it_was(cast: Cast, draft: Breakdown) -> None:
    task = task_at(draft, "三-2")
    withdraw_row(task.pk, "重复", by=cast.viewer("clerk"), at=LATER)
    gone = last_entry()
    assert (gone["before"], gone["after"]["status"]) == ({"status": "draft"}, "withdrawn")
    restore_row(task.pk, by=cast.viewer("clerk"), at=LATER + timedelta(minutes=1))
    back = last_entry()
    assert (back["before"], back["after"]) == ({"status": "withdrawn"}, {"status": "draft"})
