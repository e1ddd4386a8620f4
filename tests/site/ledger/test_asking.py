"""What a person is asked about a draft, and what not."""

from collections import Counter
from datetime import timedelta

from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import DocumentKind
from dukao.site.ledger.models import Breakdown, Precedent, Question, QuestionKind, Responsibility
from dukao.site.ledger.review.proposing import propose_breakdown
from dukao.site.ledger.review.settling import accept_proposals, settle_question
from tests.site.conftest import MORNING, Cast
from tests.site.documents import BREAKDOWN, REPORT


def ask(draft: Breakdown, kind: QuestionKind) -> Question:
    """The only question of a kind."""
    return Question.objects.get(breakdown=draft, kind=kind)


def propose_next_year(cast: Cast) -> Breakdown:
    """The same two documents a year on, with other figures."""
    clerk = cast.viewer("clerk")
    papers = []
    for text, kind in ((REPORT, DocumentKind.REPORT), (BREAKDOWN, DocumentKind.BREAKDOWN)):
        text = text.replace("2024年", "2025年").replace("〔2024〕", "〔2025〕").replace("18个", "19个")
        papers.append(keep_document(Upload(text.encode(), f"{kind}.md", kind), by=clerk, at=MORNING))
    return propose_breakdown(papers[0], papers[1], year=2025, by=clerk, at=MORNING + timedelta(days=300))


def test_every_decision_is_asked_once(draft: Breakdown) -> None:
    kinds = Counter(Question.objects.filter(breakdown=draft).values_list("kind", flat=True))
    assert kinds == {
        "alias": 1,
        "two_leaders": 1,
        "two_leads": 1,
        "undecided": 1,
        "truncated": 1,
        "number": 2,
        "wording": 1,
        "absent": 1,
        "uncovered": 2,
        "check": 1,
    }


def test_groups_leads_in_remarks_and_livelihood_contents_are_no_question(draft: Breakdown) -> None:
    asked = {row for one in Question.objects.filter(breakdown=draft) for row in one.rows}
    assert not asked & {"三-5", "五-1", "民生-2-2"}
    assert Responsibility.objects.filter(group__isnull=False, task__breakdown=draft).exists()


def test_an_alias_is_one_question_however_many_rows_it_stands_in(draft: Breakdown) -> None:
    alias = ask(draft, QuestionKind.ALIAS)
    assert alias.facts["names"] == ["区人社局", "区人力社保局"]
    assert len(alias.rows) == 4
    assert alias.proposal == {"answer": "same", "name": "区人力社保局"}


def test_a_row_cut_off_is_proposed_to_be_filled_up_from_the_report(draft: Breakdown) -> None:
    cut = ask(draft, QuestionKind.TRUNCATED)
    assert cut.proposal == {"answer": "report"}
    assert cut.facts["mended"] == "引进500强项目3个以上。"


def test_a_slip_of_the_pen_is_proposed_after_the_report(draft: Breakdown) -> None:
    slip = ask(draft, QuestionKind.WORDING)
    assert slip.proposal == {"answer": "report"}
    assert slip.facts["mended"] == "积极培育低空经济。"


def test_another_number_is_nobodys_to_decide_but_a_dropped_unit_is_plain(draft: Breakdown) -> None:
    numbers = Question.objects.filter(breakdown=draft, kind=QuestionKind.NUMBER)
    proposals = {one.rows[0]: one.proposal for one in numbers}
    assert proposals == {"二-2": {"answer": "report"}, "二-5": None}


def test_nothing_is_proposed_for_what_nobody_took_up(draft: Breakdown) -> None:
    uncovered = Question.objects.filter(breakdown=draft, kind=QuestionKind.UNCOVERED)
    assert [one.proposal for one in uncovered] == [None, None]
    assert all("task" in [way["answer"] for way in one.options] for one in uncovered)


def test_questions_come_most_pressing_first(draft: Breakdown) -> None:
    kinds = list(Question.objects.filter(breakdown=draft).values_list("kind", flat=True))
    assert kinds[:2] == ["alias", "two_leaders"]
    assert kinds[-1] == "check"


def test_what_was_settled_is_proposed_next_year(cast: Cast, draft: Breakdown) -> None:
    clerk, at = cast.viewer("clerk"), MORNING + timedelta(days=2)
    absent, lead = ask(draft, QuestionKind.ABSENT), ask(draft, QuestionKind.UNDECIDED)
    settle_question(absent.pk, "keep", {}, "区委专题会议部署", version=1, by=clerk, at=at)
    unit = lead.options[1]["facts"]["unit"]
    settle_question(lead.pk, "lead", {"unit": unit}, version=1, by=clerk, at=at)
    following = propose_next_year(cast)
    again = ask(following, QuestionKind.ABSENT)
    assert again.proposal is not None
    assert (again.proposal["answer"], again.proposal["why"]) == ("keep", "区委专题会议部署")
    assert "2024年也是这样处理的" in again.facts["reason"]
    assert (ask(following, QuestionKind.UNDECIDED).proposal or {})["unit"] == unit


def test_two_names_of_one_unit_are_not_asked_about_again(cast: Cast, draft: Breakdown) -> None:
    alias = ask(draft, QuestionKind.ALIAS)
    facts = {"name": "区人力社保局"}
    settle_question(alias.pk, "same", facts, version=1, by=cast.viewer("clerk"), at=MORNING)
    assert not Question.objects.filter(breakdown=propose_next_year(cast), kind=QuestionKind.ALIAS).exists()


def test_a_trial_sets_no_precedent(cast: Cast, draft: Breakdown) -> None:
    accept_proposals(draft.pk, by=cast.viewer("clerk"), at=MORNING)
    assert not Precedent.objects.exists()


def test_what_only_the_place_in_a_table_says_is_asked(cast: Cast) -> None:
    clerk = cast.viewer("clerk")
    table = (
        "2024年重点工作责任分解表\n\n序号\t重点工作\t牵头领导\t责任单位\n"
        "1\t改造老旧小区18个。\t钟声\t区住建局\n2\t打通断头河3条。\t\t区水利局\n"
    )
    papers = [
        keep_document(Upload(text.encode(), f"{kind}.md", kind), by=clerk, at=MORNING)
        for text, kind in ((REPORT, DocumentKind.REPORT), (table, DocumentKind.BREAKDOWN))
    ]
    draft = propose_breakdown(papers[0], papers[1], year=2024, by=clerk, at=MORNING)
    asked = ask(draft, QuestionKind.CHECK)
    assert "领导一栏空着" in asked.message
    assert asked.rows == ["1-2"]
    assert asked.proposal == {"answer": "both"}
    assert [one["label"] for one in asked.options] == ["读得对，照此", "不对，另在各行改正"]


def test_an_item_that_one_row_names_elsewhere_is_proposed_for_that_row(cast: Cast) -> None:
    report = REPORT.replace("积极培育", "修缮老粮仓、旧码头、电影院等存量空间。积极培育")
    rows = ("修缮老粮仓等存量空间。", "修缮电影院等存量空间。", "在旧码头办江鲜市集。")
    written = "".join(f"{at}\t{row}\t区发改局\t\n" for at, row in enumerate(rows, 6))
    last = "5\t居民人均可支配收入增长6%。\t区发改局\t\n"
    assert last in BREAKDOWN
    clerk = cast.viewer("clerk")
    kept = [
        keep_document(Upload(text.encode(), name, kind), by=clerk, at=MORNING)
        for text, name, kind in (
            (report, "报告.md", DocumentKind.REPORT),
            (BREAKDOWN.replace(last, last + written), "分解.md", DocumentKind.BREAKDOWN),
        )
    ]
    propose_breakdown(*kept, year=2024, by=clerk, at=MORNING)
    (asked,) = Question.objects.filter(facts__code="item-left-out")
    assert "二-8写到了“旧码头”" in asked.message
    assert asked.proposal == {"answer": "row", "row": "二-8", "said": "已由 二-8 承接"}
    fields = {"option": 0, "version": asked.version}
    cast.client("clerk").post(f"/questions/{asked.pk}/settle/", fields)
    asked.refresh_from_db()
    assert ((asked.answer or {})["said"], asked.why) == ("已由 二-8 承接", "二-8 写到了它")
