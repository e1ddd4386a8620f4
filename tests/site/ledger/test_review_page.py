"""The review page through HTTP: what it shows, what one press does, what two clerks see."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dukao.site.archive.actions import Upload, keep_document
from dukao.site.archive.models import Document, DocumentKind
from dukao.site.history import readings
from dukao.site.history.readings import forget_kept
from dukao.site.ledger.models import Breakdown, Placement, Question, QuestionKind, Stage, Status, TaskState
from dukao.site.ledger.queries.review_desk import is_shown
from dukao.site.ledger.review.proposing import propose_breakdown
from dukao.site.ledger.review.redrafting import fingerprint
from dukao.site.ledger.review.settling import accept_proposals
from dukao.site.people.models import UnitGroup, UnitName
from dukao.site.people.units import rename_unit
from tests.site.conftest import MORNING, Cast
from tests.site.ledger.test_asking import ask
from tests.site.ledger.test_settling import duties_at, task_at, text_at

HTMX = {"HX-Request": "true"}


def page_of(client: Client, draft: Breakdown, query: str = "") -> str:
    answer = client.get(f"/breakdowns/{draft.pk}/review/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, question: Question, option: int, **said: object) -> Any:
    """Send one option of a question, as its form does."""
    question.refresh_from_db()
    fields = {"option": option, "version": question.version, "show": "open", **said}
    headers = HTMX if fields.pop("htmx", False) else {}
    return client.post(f"/questions/{question.pk}/settle/", fields, headers=headers)


def test_the_page_says_how_much_is_open_and_shows_both_sides(cast: Cast, draft: Breakdown) -> None:
    page = page_of(cast.client("clerk"), draft)
    assert re.sub("<[^>]+>", "", page).count("还有 12 项要人定，已处理 0 项") == 1
    assert page.count('class="ask"') == 12
    assert 'class="differs"' in page
    assert re.search(r'<span class="open" id="c\d+">全面开展噪声治理</span>', page)
    assert 'class="measure">12公里' in page.replace("</span>", "")
    assert "未定时限" in page


@pytest.mark.parametrize(
    ("show", "count"),
    [
        ("open", 12),
        ("differs", 6),
        ("uncovered", 2),
        ("lead", 1),
        ("conflict", 2),
        ("alias", 1),
        ("done", 0),
        ("all", 12),
    ],
)
def test_filters_show_their_questions(cast: Cast, draft: Breakdown, show: str, count: int) -> None:
    assert page_of(cast.client("clerk"), draft, f"?show={show}").count('class="ask"') == count


def test_a_report_of_another_year_is_told_over_the_desk(cast: Cast, draft: Breakdown) -> None:
    assert "报告是" not in page_of(cast.client("clerk"), draft)
    Document.objects.filter(pk=draft.report_id).update(year=2023)
    assert "报告是2023年的，分解是2024年的" in page_of(cast.client("clerk"), draft)


def test_all_tasks_stand_under_their_heads(cast: Cast, draft: Breakdown) -> None:
    page = page_of(cast.client("clerk"), draft, "?show=all")
    assert page.count('class="task-card"') == 17
    assert "二、钟声常务副区长牵头重点工作" in page
    assert "白露（副区长）" in page


def test_one_press_settles_a_question_without_script(cast: Cast, draft: Breakdown) -> None:
    client, slip = cast.client("clerk"), ask(draft, QuestionKind.WORDING)
    answer = press(client, slip, 0)
    assert answer.status_code == 302
    assert answer["Location"] == f"/breakdowns/{draft.pk}/review/?show=open&last={slip.pk}#q-{slip.pk}"
    page = client.get(answer["Location"]).content.decode()
    assert '还有 <a href="?show=open">11 项</a>要人定' in page
    assert f"/questions/{slip.pk}/reopen/" in page
    assert text_at(draft, "二-3") == "积极培育低空经济。"


def test_with_htmx_only_what_changed_comes_back(cast: Cast, draft: Breakdown) -> None:
    slip = ask(draft, QuestionKind.WORDING)
    part = press(cast.client("clerk"), slip, 0, htmx=True).content.decode()
    assert "<html" not in part
    assert f'id="q-{slip.pk}"' in part
    assert "撤销" in part
    assert re.search(r'id="counts" hx-swap-oob="true"', part)
    assert re.search(rf'id="task-{task_at(draft, "二-3").pk}"[^>]+hx-swap-oob="true"', part)


def test_the_marks_on_the_paper_change_with_the_answer(cast: Cast, draft: Breakdown) -> None:
    client, slip = cast.client("clerk"), ask(draft, QuestionKind.WORDING)
    paragraph = r'<p id="(b-\d+)"(?: hx-swap-oob="true")?>(.*?)</p>'
    before = dict(re.findall(paragraph, page_of(client, draft, "?show=all"), re.S))
    after = dict(re.findall(paragraph, press(client, slip, 0, htmx=True).content.decode(), re.S))
    (name,) = after  # the paragraph the row stands in comes along, and no other
    assert "低空经济" in after[name]
    assert after[name].count("differs") < before[name].count("differs")


def test_a_commitment_that_is_no_task_is_open_on_the_paper_no_longer(cast: Cast, draft: Breakdown) -> None:
    question = Question.objects.filter(breakdown=draft, kind=QuestionKind.UNCOVERED)[0]
    dropped = next(at for at, one in enumerate(question.options) if one["why"])
    client = cast.client("clerk")
    part = press(client, question, dropped, htmx=True, why="属总体要求，不单列任务").content.decode()
    assert re.findall(rf'class="(open|kept)" id="{question.rows[0]}"', part) == ["kept"]


def test_a_form_of_another_page_leads_to_the_whole_page_with_its_script(cast: Cast, draft: Breakdown) -> None:
    address = f"/breakdowns/{draft.pk}/review/"
    assert cast.client("clerk").get(address, headers=HTMX)["HX-Redirect"] == address


def test_an_answer_is_taken_back_with_one_press(cast: Cast, draft: Breakdown) -> None:
    client, slip = cast.client("clerk"), ask(draft, QuestionKind.WORDING)
    press(client, slip, 0)
    client.post(f"/questions/{slip.pk}/reopen/", {"version": 2, "show": "open"})
    slip.refresh_from_db()
    assert slip.is_open
    assert text_at(draft, "二-3") == "主动培育低空经济。"


def test_what_is_missing_is_said_beside_the_question_and_nothing_typed_is_lost(
    cast: Cast, draft: Breakdown
) -> None:
    question = Question.objects.filter(breakdown=draft, kind=QuestionKind.UNCOVERED)[0]
    answer = press(cast.client("clerk"), question, 0, text="全面开展噪声治理。", unit="区外星局", heading="")
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "没有叫“区外星局”的单位" in page
    assert 'value="区外星局"' in page
    question.refresh_from_db()
    assert question.is_open


def test_who_comes_second_sees_both_answers_and_may_insist(cast: Cast, draft: Breakdown) -> None:
    clerk, head = cast.client("clerk"), cast.client("head")
    slip = ask(draft, QuestionKind.WORDING)
    press(clerk, slip, 1)
    late = head.post(f"/questions/{slip.pk}/settle/", {"option": 0, "version": 1, "show": "open"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "程经办" in page
    assert "现在的处理：按分解表保留" in page
    assert "您的处理：按报告改" in page
    assert text_at(draft, "二-3") == "主动培育低空经济。"
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)">', page))
    fields.pop("csrfmiddlewaretoken", None)
    head.post(f"/questions/{slip.pk}/settle/", fields)
    assert text_at(draft, "二-3") == "积极培育低空经济。"


def edit_fields(client: Client, task_id: int) -> dict[str, object]:
    """The fields of a row's form as they are shown."""
    form = client.get(f"/tasks/{task_id}/edit/").context["form"]
    return {name: "" if value is None else value for name, value in form.initial.items()}


def test_a_row_is_edited_by_hand_and_the_edit_undone(cast: Cast, draft: Breakdown) -> None:
    client, task = cast.client("clerk"), task_at(draft, "三-1")
    fields = edit_fields(client, task.pk)
    assert fields["lead"] == "区住建局"
    fields |= {"text": "改造老旧小区20个。", "lead": "区财政局", "responsible": "区住建局、相关街道"}
    answer = client.post(f"/tasks/{task.pk}/edit/", fields)
    assert answer.status_code == 302
    assert text_at(draft, "三-1") == "改造老旧小区20个。"
    assert duties_at(draft, "三-1")[0] == ("lead", "区财政局")
    page = page_of(client, draft)
    assert f"/tasks/{task.pk}/edit/undo/" in page
    client.post(f"/tasks/{task.pk}/edit/undo/")
    assert text_at(draft, "三-1") == "改造老旧小区18个。"
    assert duties_at(draft, "三-1")[0] == ("lead", "区住建局")


def test_two_edits_at_once_are_shown_side_by_side(cast: Cast, draft: Breakdown) -> None:
    clerk, head, task = cast.client("clerk"), cast.client("head"), task_at(draft, "三-1")
    first, second = edit_fields(clerk, task.pk), edit_fields(head, task.pk)
    clerk.post(f"/tasks/{task.pk}/edit/", first | {"text": "改造老旧小区19个。"})
    answer = head.post(f"/tasks/{task.pk}/edit/", second | {"text": "改造老旧小区21个。"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "程经办在您打开以后改过这一项" in page
    assert "改造老旧小区19个。" in page
    assert "改造老旧小区21个。" in page
    assert text_at(draft, "三-1") == "改造老旧小区19个。"
    head.post(
        f"/tasks/{task.pk}/edit/", second | {"text": "改造老旧小区21个。", "seen": fingerprint(task.pk)}
    )
    assert text_at(draft, "三-1") == "改造老旧小区21个。"


def test_an_unknown_unit_is_refused_with_its_name(cast: Cast, draft: Breakdown) -> None:
    client, task = cast.client("clerk"), task_at(draft, "三-1")
    answer = client.post(f"/tasks/{task.pk}/edit/", edit_fields(client, task.pk) | {"lead": "区外星局"})
    assert answer.status_code == 422
    assert "区外星局" in answer.content.decode()


def test_a_row_is_added_withdrawn_and_restored(cast: Cast, draft: Breakdown) -> None:
    client = cast.client("clerk")
    heading = draft.headings.get(sign="四")
    fields = {"text": "新建公园3座。", "heading": heading.pk, "lead": "区综合执法局"}
    assert client.post(f"/breakdowns/{draft.pk}/tasks/new/", fields).status_code == 302
    task = task_at(draft, "四-3")
    assert "撤回以后" in client.get(f"/tasks/{task.pk}/withdraw/").content.decode()
    assert client.post(f"/tasks/{task.pk}/withdraw/", {"why": ""}).status_code == 422
    client.post(f"/tasks/{task.pk}/withdraw/", {"why": "并入四-2"})
    assert TaskState.objects.at(None).get(task=task).status == Status.WITHDRAWN
    assert f"/tasks/{task.pk}/restore/" in page_of(client, draft, "?show=all")
    client.post(f"/tasks/{task.pk}/restore/")
    assert TaskState.objects.at(None).get(task=task).status == Status.DRAFT


def test_what_the_page_keeps_is_what_it_would_read_anew(
    cast: Cast, draft: Breakdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readings, "_is_settled", lambda: True)
    client, slip, task = cast.client("clerk"), ask(draft, QuestionKind.WORDING), task_at(draft, "三-1")
    fields = edit_fields(client, task.pk) | {
        "text": "改造老旧小区20个。",
        "responsible": "区住建局、相关街道",
    }
    row = {"text": "新建公园3座。", "heading": draft.headings.get(sign="四").pk, "lead": "区综合执法局"}
    unit = UnitName.objects.get(place=cast.place, name="区住建局").unit_id
    deeds: list[Callable[[], object]] = [
        lambda: press(client, slip, 0),
        lambda: client.post(f"/questions/{slip.pk}/reopen/", {"version": 2, "show": "open"}),
        lambda: client.post(f"/tasks/{task.pk}/edit/", fields),
        lambda: client.post(f"/tasks/{task.pk}/edit/undo/"),
        lambda: client.post(f"/breakdowns/{draft.pk}/tasks/new/", row),
        lambda: client.post(f"/tasks/{task.pk}/withdraw/", {"why": "并入四-2"}),
        lambda: client.post(f"/tasks/{task.pk}/restore/"),
        lambda: rename_unit(unit, "区住建委", why="机构改革", by=cast.viewer("clerk"), at=timezone.now()),
    ]
    seen = [cards_of(client, draft)]
    for deed in deeds:
        deed()
        seen.append(cards_of(client, draft))
        forget_kept()
        assert seen[-1] == cards_of(client, draft)
    # Taken back, it lies as it lay; all else changes what lies there.
    assert seen[2] == seen[4] == seen[0]
    assert seen[7] == seen[5]
    assert len(set(map(str, seen))) == 6


def cards_of(client: Client, draft: Breakdown) -> list[tuple[str, Any, Any, Any]]:
    """The cards of the whole page, without their questions."""
    stacks = client.get(f"/breakdowns/{draft.pk}/review/?show=all").context["page"].stacks
    return [
        (card.text, card.units, card.measures, card.is_withdrawn) for stack in stacks for card in stack.cards
    ]


@pytest.mark.parametrize("role", ["liaison", "unit_head", "leader", "deputy", "auditor"])
def test_the_review_is_the_offices_alone(cast: Cast, draft: Breakdown, role: str) -> None:
    client, question = cast.client(role), ask(draft, QuestionKind.WORDING)
    assert client.get(f"/breakdowns/{draft.pk}/review/").status_code == 403
    assert press(client, question, 0).status_code == 403
    assert client.get(f"/tasks/{task_at(draft, '三-1').pk}/edit/").status_code == 403
    question.refresh_from_db()
    assert question.is_open


def test_after_the_draft_is_out_of_hands_the_page_is_there_to_be_read(cast: Cast, draft: Breakdown) -> None:
    Breakdown.objects.filter(pk=draft.pk).update(stage=Stage.APPROVAL)
    page = page_of(cast.client("clerk"), draft, "?show=all")
    assert "退回草稿" in page
    assert "/settle/" not in page
    assert "/edit/" not in page


def test_with_everything_settled_the_next_step_is_the_main_thing(cast: Cast, draft: Breakdown) -> None:
    accept_proposals(draft.pk, by=cast.viewer("clerk"), at=MORNING)
    page = page_of(cast.client("clerk"), draft)
    assert "全部处理完，可以送征求意见" in page
    assert f'class="button button--main" id="onward" href="/breakdowns/{draft.pk}/consultation/"' in page
    assert "二、钟声常务副区长牵头重点工作" in page, "everything is shown, not an empty list"


def long_documents(rows: int) -> tuple[str, str]:
    """A report and a breakdown of so many rows, a tenth of which differ."""
    names = [chr(0x4E00 + 37 * at) + chr(0x5E00 + 41 * at) for at in range(rows)]
    things = [f"整治{name}河、守护{name[::-1]}山" for name in names]
    report = (
        "# 政府工作报告\n\n2024年1月20日在望潮区第三届人民代表大会第四次会议上\n\n各位代表：\n\n"
        "我代表区人民政府，向大会报告政府工作。\n\n## 一、2024年重点工作\n\n" + "。".join(things) + "。\n"
    )
    table = "\n".join(
        f"{at + 1}\t{thing.replace('整治', '治理') if at % 10 == 0 else thing}。\t*区水利局、区财政局\t"
        for at, thing in enumerate(things)
    )
    breakdown = (
        "## 望潮区2024年政府工作报告重点工作责任分解\n\n### 一、钟声副区长牵头重点工作\n\n"
        f"序号\t重点工作\t责任单位\t备注\n{table}\n\n注：标记*的为牵头单位。\n"
    )
    return report, breakdown


@pytest.mark.parametrize("show", ["open", "all"])
def test_the_number_of_queries_does_not_depend_on_the_number_of_tasks(
    cast: Cast, show: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The test client keeps a copy of every context, which takes minutes for hundreds of cards.
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))
    counts = []
    clerk, client = cast.viewer("clerk"), cast.client("clerk")
    for year, rows in ((2024, 20), (2025, 200)):
        report, table = long_documents(rows)
        kept = [
            keep_document(Upload(text.encode(), f"{rows}.md", kind), by=clerk, at=MORNING)
            for text, kind in ((report, DocumentKind.REPORT), (table, DocumentKind.BREAKDOWN))
        ]
        draft = propose_breakdown(*kept, year=year, by=clerk, at=MORNING + timedelta(days=1))
        assert Placement.objects.filter(task__breakdown=draft).count() == rows
        page_of(client, draft)
        with CaptureQueriesContext(connection) as asked:
            page_of(client, draft, f"?show={show}")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_a_list_of_units_the_program_proposed_is_to_be_looked_at(cast: Cast, draft: Breakdown) -> None:
    client, group = cast.client("clerk"), UnitGroup.objects.get(name="区政府直属各单位")
    asks = "“区政府直属各单位”的名单由程序按两份文件里出现的单位拟出，请核对"
    for page in ("review", "consultation", "issue"):
        said = client.get(f"/breakdowns/{draft.pk}/{page}/").content.decode()
        assert asks in said
        assert f'href="/groups/{group.pk}/"' in said
    group.memberships.all().delete()
    empty = "“区政府直属各单位”指哪些单位，两份文件里没有写，名单是空的"
    for page in ("review", "consultation", "issue"):
        assert empty in client.get(f"/breakdowns/{draft.pk}/{page}/").content.decode()
    client.post(f"/groups/{group.pk}/confirm/")
    assert asks not in page_of(client, draft)
    assert empty not in page_of(client, draft)


def test_one_task_under_two_leaders_is_a_conflict_and_is_counted_at_once(
    cast: Cast, draft: Breakdown
) -> None:
    question = ask(draft, QuestionKind.TWO_LEADERS)
    assert is_shown(question, "conflict")
    assert is_shown(ask(draft, QuestionKind.TWO_LEADS), "conflict")
    assert not is_shown(question, "lead")
    client = cast.client("clerk")
    before = re.search(r"(\d+) 行、(\d+) 项", page_of(client, draft))
    merge = next(at for at, one in enumerate(question.options) if one["answer"] == "merge")
    part = press(client, question, merge, htmx=True).content.decode()
    after = re.search(r'id="size" hx-swap-oob="true".*?(\d+) 行、(\d+) 项', part)
    assert before
    assert after
    assert [int(one) for one in after.groups()] == [int(before[1]), int(before[2]) - 1]
