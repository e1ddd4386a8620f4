"""Coverage and conflicts: what became of every commitment, and of everything a person was asked."""

from dukao.site.ledger.models import Breakdown, Question, TaskState
from dukao.site.ledger.queries.coverage import read_coverage
from tests.site.conftest import Cast
from tests.site.ledger.pages import html, read


def test_the_counts_are_those_of_the_reading(cast: Cast, ledger: Breakdown) -> None:
    page = read_coverage(cast.viewer("clerk"), 2024, None)
    read_then = ledger.compilation.result["coverage"]
    assert page.total == read_then["commitments"]
    assert page.counts["uncovered"] == len(read_then["uncovered"])
    assert page.counts["covered"] == read_then["covered"]


def test_what_is_promised_for_a_later_year_is_not_this_years(cast: Cast, ledger: Breakdown) -> None:
    held = ledger.report_compilation
    promised = read_coverage(cast.viewer("clerk"), 2024, None).total
    numbers = next(one["measures"] for one in held.result["commitments"] if "老旧小区" in one["text"])
    for measure in held.result["measures"]:
        if measure["id"] in numbers:
            measure["year"] = 2026
    held.save()
    assert read_coverage(cast.viewer("clerk"), 2024, None).total == promised - 1


def test_every_commitment_leads_to_its_tasks_in_the_order_of_the_report(
    cast: Cast, ledger: Breakdown
) -> None:
    said = read(cast, "clerk", "/ledger/2024/coverage/")
    assert said.index("地区生产总值增长6%以上") < said.index("改造老旧小区18个") < said.index("依法行政")
    assert "改造老旧小区18个已分解重2024-006" in said


def test_what_nobody_took_up_says_how_it_was_settled(cast: Cast, ledger: Breakdown) -> None:
    Question.objects.filter(breakdown=ledger, kind="uncovered").update(
        answer={"answer": "none", "said": "不单列为任务"}, why="纳入日常工作"
    )
    said = read(cast, "leader", "/ledger/2024/coverage/?fate=uncovered")
    assert "全面开展噪声治理未分解不单列为任务（纳入日常工作）程经办" in said
    assert "改造老旧小区18个" not in said


def test_a_task_added_since_covers_its_commitment(cast: Cast, ledger: Breakdown) -> None:
    commitment = next(
        one for one in ledger.report_compilation.result["commitments"] if "噪声治理" in one["text"]
    )
    state = TaskState.objects.at(None).get(task__breakdown=ledger, task__number="重2024-013")
    state.source_spans = [[commitment["start"], commitment["end"]]]
    state.save()
    assert "全面开展噪声治理已分解重2024-013" in read(cast, "clerk", "/ledger/2024/coverage/")


def test_coverage_and_conflicts_are_the_offices_and_leaders_alone(cast: Cast, ledger: Breakdown) -> None:
    for page in ("coverage", "conflicts"):
        for role in ("liaison", "unit_head", "deputy", "auditor"):
            read(cast, role, f"/ledger/2024/{page}/", status=403)


def test_every_question_stands_with_its_answer_and_its_tasks(cast: Cast, ledger: Breakdown) -> None:
    count = Question.objects.filter(breakdown=ledger).count()
    said = read(cast, "head", "/ledger/2024/conflicts/")
    assert f"2024年的分解共核对{count}项，都已处理" in said
    page = html(cast, "head", "/ledger/2024/conflicts/?kind=two_leads")
    assert "断头河" in page
    assert "/tasks/" in page


def test_open_questions_come_first_and_lead_to_the_review(cast: Cast, draft: Breakdown) -> None:
    page = html(cast, "clerk", "/ledger/2024/conflicts/")
    assert "还没有处理" in page
    assert f"/breakdowns/{draft.pk}/review/" in page


def test_a_year_without_a_breakdown_says_so(cast: Cast, ledger: Breakdown) -> None:
    assert "2019年还没有责任分解，无从对照" in read(cast, "clerk", "/ledger/2019/coverage/")
    assert "2019年没有需要核对的事项" in read(cast, "clerk", "/ledger/2019/conflicts/")
