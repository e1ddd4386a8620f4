"""Pages of pressing: a paper's way through its three hands, an instruction, a meeting, a bulletin."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import docx
import pytest
from django.db.models import F
from django.test import Client

from dukao.site.history.queries import verify_chain
from dukao.site.people.models import Unit, UnitKind
from dukao.site.supervision.models import Bulletin, Filing, FilingStage, Instruction, Meeting, Notice
from dukao.site.supervision.pressing.proposing import propose_letters, propose_notices
from dukao.site.supervision.pressing.queries import needs_of, press_panel
from dukao.site.supervision.rules.words import explain_lights
from dukao.site.supervision.seeing.saying import say_outside
from tests.site.ledger.pages import plain, read
from tests.site.supervision.conftest import Year
from tests.site.supervision.facts import accept, moment

Clock = Callable[[datetime], None]
JULY = moment(7, 1)


@pytest.fixture
def blue(year: Year, clock: Clock) -> Notice:
    """A blue notice to 区住建局 as the program drafts it, on the first of July."""
    accept(year, "三-1", "区住建局", date(2024, 3, 25), value=(1.8, "个"), blocked="")
    Filing.objects.filter(stage=FilingStage.ACCEPTED).update(
        problem="资金未到位", help_needed="请区财政局落实资金", confirmed_at=moment(3, 25)
    )
    propose_notices(year.cast.place.pk, at=JULY)
    clock(JULY)
    return Notice.objects.get(unit__name="区住建局", rung="blue")


def text_of(client: Client, address: str) -> str:
    """The words of a paper as Word has them, tables and all."""
    answer = client.get(f"{address}?format=docx")
    assert answer.status_code == 200
    paper = docx.Document(io.BytesIO(b"".join(answer) if answer.streaming else answer.content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells])


def test_a_notice_goes_from_draft_to_its_end_through_three_hands(
    year: Year, blue: Notice, clock: Clock
) -> None:
    cast, page = year.cast, f"/notices/{blue.pk}/"
    clerk, head, liaison = (cast.client(role) for role in ("clerk", "head", "liaison"))
    assert liaison.get(page).status_code == 404  # a draft is the office's alone
    assert clerk.post(f"{page}check/").status_code == 302
    assert clerk.post(f"{page}sign/").status_code == 403
    assert head.post(f"{page}sign/").status_code == 302
    assert "2024年7月8日前答复" in liaison.get(page).content.decode()
    clock(JULY + timedelta(days=2))
    clerk, liaison = cast.client("clerk"), cast.client("liaison")
    assert liaison.post(f"{page}answer/", {"words": ""}).status_code == 422
    assert liaison.post(f"{page}answer/", {"words": "已加派人手"}).status_code == 302
    assert clerk.post(f"{page}close/", {"words": "已落实"}).status_code == 302
    blue.refresh_from_db()
    assert (blue.stage, blue.answer, blue.closing_why) == ("closed", "已加派人手", "已落实")


def test_a_draft_is_mended_from_what_stands_in_it(year: Year, blue: Notice) -> None:
    clerk, page = year.cast.client("clerk"), f"/notices/{blue.pk}/edit/"
    asked = clerk.get(page).context["form"].initial
    assert asked == {"cause": blue.cause, "asked": blue.asked, "days": blue.days}
    assert clerk.post(page, asked | {"days": blue.days + 2}).status_code == 302
    was = blue.cause, blue.asked, blue.days + 2
    blue.refresh_from_db()
    assert (blue.cause, blue.asked, blue.days) == was


def test_what_is_refused_is_said_on_the_form_itself(year: Year, blue: Notice) -> None:
    answer = year.cast.client("head").post(f"/notices/{blue.pk}/sign/")
    assert answer.status_code == 409
    assert "还没有核稿" in answer.content.decode()


def test_another_unit_does_not_find_the_paper(year: Year, blue: Notice) -> None:
    head = year.cast.client("head")
    head.post(f"/notices/{blue.pk}/check/")
    head.post(f"/notices/{blue.pk}/sign/")
    user = year.cast.users["liaison"]
    user.unit = year.unit("区水利局")
    user.save()
    for address in ("", "paper/", "answer/"):
        assert year.cast.client("liaison").get(f"/notices/{blue.pk}/{address}").status_code == 404


def test_the_paper_says_why_and_by_what_rule_and_bears_its_number_once_signed(
    year: Year, blue: Notice
) -> None:
    year.cast.place.letters = "望政办"
    year.cast.place.save()
    clerk, head, paper = year.cast.client("clerk"), year.cast.client("head"), f"/notices/{blue.pk}/paper/"
    assert "蓝色督办单（拟稿）" in text_of(clerk, paper)
    head.post(f"/notices/{blue.pk}/check/")
    head.post(f"/notices/{blue.pk}/sign/")
    words = text_of(clerk, paper)
    number = year.task("三-1").number
    for said in (
        "望政办督蓝〔2024〕1号",
        "区住建局：",
        number or "?",
        "改造老旧小区18个",
        "应达40%",
        "注：低于序时进度10至30个百分点亮黄灯，30个百分点以上亮红灯。",
        "请于2024年7月8日前书面答复",
        "2024年7月1日",
    ):
        assert said in words
    assert "拟稿" not in words
    assert "银川2025" not in words
    assert "银川2025" in clerk.get(f"/notices/{blue.pk}/").content.decode()


def test_a_figure_held_against_its_target_is_explained_by_its_own_measure() -> None:
    held = "黄：目标不低于7%，6月30日实际6.5%，低0.5个百分点（银川2025）"
    steps = "黄：“开工”应于5月31日完成，已逾期3天（按节点：逾期即黄，逾期30天以上红）"
    said = explain_lights([held, steps])
    assert "当期数没有达到目标的亮黄灯，相差30个百分点以上的亮红灯" in said
    assert "节点逾期30天以内亮黄灯" in said
    assert "序时进度" not in said
    assert say_outside(held) == held.removesuffix("（银川2025）")
    assert explain_lights(["受阻：资金未到"]) == ""


def test_a_letter_asks_and_neither_lights_nor_presses(year: Year) -> None:
    Unit.objects.filter(name="区水利局").update(kind=UnitKind.PARTY)
    propose_letters(year.cast.place.pk, at=moment(3, 12))
    letter = Notice.objects.get(unit__name="区水利局")
    words = text_of(year.cast.client("clerk"), f"/notices/{letter.pk}/paper/")
    assert "关于商请支持" in words
    assert "专此商请" in words
    for pressing in ("督办", "滞后", "黄", "红", "逾期", "书面答复", "约谈"):
        assert pressing not in words
    page = year.cast.client("clerk").get(f"/notices/{letter.pk}/").content.decode()
    assert "严重滞后" not in page


def test_the_office_writes_down_a_partner_s_answer(year: Year, clock: Clock) -> None:
    Unit.objects.filter(name="区水利局").update(kind=UnitKind.PARTY)
    propose_letters(year.cast.place.pk, at=moment(3, 12))
    clock(moment(3, 13))
    letter = Notice.objects.get(unit__name="区水利局")
    clerk, head = year.cast.client("clerk"), year.cast.client("head")
    head.post(f"/notices/{letter.pk}/check/")
    head.post(f"/notices/{letter.pk}/sign/")
    assert clerk.post(f"/notices/{letter.pk}/answer/", {"words": "予以支持"}).status_code == 302
    assert clerk.get(f"/notices/{letter.pk}/raise/").status_code == 200
    assert clerk.post(f"/notices/{letter.pk}/raise/", {"words": "未落实"}).status_code == 409


def test_a_leader_instructs_the_unit_follows_and_the_office_ends_it(year: Year, clock: Clock) -> None:
    clock(JULY)
    task, cast = year.task("三-1"), year.cast
    leader, liaison, clerk = (cast.client(role) for role in ("leader", "liaison", "clerk"))
    sent = {"words": "抓紧推进，月底见成效。", "due": "2024-07-31"}
    assert leader.post(f"/instructions/new/?task={task.pk}", {**sent, "due": "2024-06-01"}).status_code == 422
    assert leader.post(f"/instructions/new/?task={task.pk}", sent).status_code == 302
    one = Instruction.objects.get()
    assert liaison.post(f"/instructions/{one.pk}/follow/", {"words": "已进场施工"}).status_code == 302
    clock(moment(8, 2))
    leader, liaison, clerk = (cast.client(role) for role in ("leader", "liaison", "clerk"))
    assert "1 件</a>逾期" in clerk.get("/instructions/").content.decode()
    assert clerk.post(f"/instructions/{one.pk}/end/", {"words": "已见成效"}).status_code == 302
    assert liaison.post(f"/instructions/{one.pk}/follow/", {"words": "补充"}).status_code == 409
    assert "已见成效" in leader.get(f"/instructions/{one.pk}/").content.decode()


def test_the_list_of_instructions_names_who_is_to_do_each(year: Year, clock: Clock) -> None:
    clock(moment(4, 8))
    words = {"words": "请抓紧。", "due": "2024-05-01"}
    year.cast.client("leader").post(f"/instructions/new/?task={year.task('三-1').pk}", words)
    task = year.task("三-1").number
    assert f"{task}·区住建局·2024年5月1日前" in read(year.cast, "clerk", "/instructions/")


def test_a_leader_instructs_on_the_own_tasks_alone(year: Year, clock: Clock) -> None:
    clock(JULY)
    other = year.task("二-1")
    answer = year.cast.client("leader").post(f"/instructions/new/?task={other.pk}", {"words": "抓紧"})
    assert answer.status_code == 404
    assert not Instruction.objects.exists()


def test_the_agenda_draws_itself_from_what_is_behind_with_cause_and_help(year: Year, blue: Notice) -> None:
    clerk = year.cast.client("clerk")
    assert clerk.post("/meetings/new/", {"title": "7月督查例会", "held_on": "2024-07-05"}).status_code == 302
    meeting = Meeting.objects.get()
    lights = [line["light"] for line in meeting.agenda["items"]]
    assert lights == sorted(lights, key=["red", "yellow", "blocked"].index)
    [line] = [line for line in meeting.agenda["items"] if line["number"] == year.task("三-1").number]
    assert (line["cause"], line["help"]) == ("资金未到位", "请区财政局落实资金")
    words = text_of(clerk, f"/meetings/{meeting.pk}/paper/")
    assert "原因：资金未到位" in words
    assert "需协调：请区财政局落实资金" in words
    # The names of rules are the office's own; by what was judged is said under the first table, once.
    share = "低于序时进度10至30个百分点亮黄灯，30个百分点以上亮红灯"
    rules = f"注：节点逾期30天以内亮黄灯，超过30天亮红灯；{share}。"
    assert words.count(rules) == words.count("注：") == 1
    assert "银川2025" not in words


def test_a_decision_is_followed_up_and_may_find_its_task_later(year: Year, blue: Notice) -> None:
    clerk, liaison = year.cast.client("clerk"), year.cast.client("liaison")
    clerk.post("/meetings/new/", {"title": "7月督查例会", "held_on": "2024-07-05"})
    meeting = Meeting.objects.get()
    sent = {"words": "设立资金专户", "unit": "区住建局", "due": "2024-07-20", "number": ""}
    unknown = clerk.post(f"/meetings/{meeting.pk}/decide/", {**sent, "number": "重2024-999"})
    assert unknown.status_code == 422
    assert "没有编号为" in unknown.content.decode()
    assert clerk.post(f"/meetings/{meeting.pk}/decide/", sent).status_code == 302
    one = Instruction.objects.get()
    assert liaison.get(f"/instructions/{one.pk}/").status_code == 200
    number, head = year.task("三-1").number, year.cast.client("head")
    assert head.post(f"/instructions/{one.pk}/check/").status_code == 302
    assert clerk.post(f"/instructions/{one.pk}/tie/", {"number": number}).status_code == 302
    one.refresh_from_db()
    assert one.task == year.task("三-1")
    # What was checked said nothing of the task: it is checked anew.
    assert head.post(f"/instructions/{one.pk}/sign/").status_code == 409
    assert head.post(f"/instructions/{one.pk}/check/").status_code == 302
    assert head.post(f"/instructions/{one.pk}/sign/").status_code == 302
    # Once signed it stays as it was, whatever the record says by now.
    signed = text_of(liaison, f"/instructions/{one.pk}/paper/")
    assert f"{number}" in signed
    assert clerk.post(f"/instructions/{one.pk}/tie/", {"number": year.task("二-1").number}).status_code == 302
    Unit.objects.filter(name="区住建局").update(name="区住房局")
    assert text_of(liaison, f"/instructions/{one.pk}/paper/") == signed
    one.refresh_from_db()
    assert one.task == year.task("二-1")
    assert "设立资金专户" in text_of(clerk, f"/meetings/{meeting.pk}/paper/")


def test_a_bulletin_names_the_behind_the_silent_and_the_improved_and_is_kept_as_said(
    year: Year, blue: Notice, clock: Clock
) -> None:
    clock(moment(7, 31, 20))
    accept(year, "二-3", "区经信局", date(2024, 7, 20), step="方案出台")  # was overdue, is not now
    clerk, head, liaison = (year.cast.client(role) for role in ("clerk", "head", "liaison"))
    assert clerk.post("/bulletins/new/", {"label": "2024年7月", "as_of": "2024-07-31"}).status_code == 302
    one = Bulletin.objects.get()
    page = f"/bulletins/{one.pk}/"
    content = one.content
    assert year.task("三-1").number in {line["number"] for line in content["behind"]}
    assert [line["number"] for line in content["better"]] == [year.task("二-3").number]
    assert liaison.get(page).status_code == 404
    assert clerk.post(f"{page}check/").status_code == 409  # not by who drafted it
    changed = {"opening": "7月总体平稳。", "requirements": "抓紧。\n落实。"}
    assert clerk.post(f"{page}edit/", changed).status_code == 302
    head.post(f"{page}check/")
    assert head.post(f"{page}sign/").status_code == 302
    assert clerk.post(f"{page}edit/", changed).status_code == 409
    # What is filed afterwards changes nothing in it.
    accept(year, "三-1", "区住建局", date(2024, 7, 31), value=(18, "个"))
    words = text_of(liaison, f"{page}paper/")
    for said in ("7月总体平稳。", "资金未到位", "抓紧。", "改造老旧小区18个", "督通〔2024〕1号", "转为"):
        assert said in words


def test_a_unit_that_filed_nothing_is_named_and_one_that_filed_late_too(year: Year, clock: Clock) -> None:
    clock(moment(3, 31, 20))
    own = Filing.objects.filter(round=year.round, unit__name="区住建局", is_lead=True)
    own.update(stage=FilingStage.CONFIRMED, first_confirmed_at=moment(3, 28), confirmed_at=moment(3, 28))
    year.cast.client("clerk").post("/bulletins/new/", {"label": "2024年3月", "as_of": "2024-03-31"})
    content = Bulletin.objects.get().content
    assert "区住建局" not in {line["name"] for line in content["silent"]}
    assert "区水利局" in {line["name"] for line in content["silent"]}
    assert [line["name"] for line in content["late"]] == ["区住建局"]


def test_partners_are_neither_counted_nor_named_in_a_bulletin(year: Year, blue: Notice, clock: Clock) -> None:
    Unit.objects.filter(name="区住建局").update(kind=UnitKind.PARTY)
    year.cast.client("clerk").post("/bulletins/new/", {"label": "2024年6月", "as_of": "2024-06-30"})
    content = Bulletin.objects.get().content
    for part in ("units", "behind", "silent", "late", "better"):
        assert "区住建局" not in str(content[part])


def test_what_waits_is_said_to_whom_it_waits_for(year: Year, blue: Notice) -> None:
    cast = year.cast

    def waits(role: str) -> set[str]:
        return {need.words for need in needs_of(cast.viewer(role, JULY), JULY) if need.count}

    assert "份督办文书待核稿" in waits("clerk")
    cast.client("clerk").post(f"/notices/{blue.pk}/check/")
    assert "份督办文书待签发" in waits("head")
    cast.client("head").post(f"/notices/{blue.pk}/sign/")
    assert "份督办文书待答复" in waits("liaison")
    assert needs_of(cast.viewer("deputy", JULY), JULY) == []


def test_the_task_s_panel_shows_what_was_pressed_by_a_day(year: Year, blue: Notice) -> None:
    cast, task = year.cast, year.task("三-1").pk
    assert press_panel(cast.viewer("liaison", JULY), task, None, JULY).is_empty
    cast.client("clerk").post(f"/notices/{blue.pk}/check/")
    cast.client("head").post(f"/notices/{blue.pk}/sign/")
    panel = press_panel(cast.viewer("liaison", JULY), task, None, JULY)
    assert [one.pk for one in panel.notices] == [blue.pk]
    assert press_panel(cast.viewer("liaison", JULY), task, moment(6, 30), JULY).is_empty


def test_the_jobs_page_shows_the_own_place_s_lines(year: Year, clock: Clock) -> None:
    from dukao.site.supervision.jobs.running import run_jobs

    run_jobs(at=JULY, now=JULY)
    clock(JULY + timedelta(minutes=1))
    for role in ("clerk", "head", "system_admin"):
        page = year.cast.client(role).get("/jobs/").content.decode()
        assert "开始报送" in page
        assert "没有出错" in page


def test_an_instruction_is_a_numbered_paper_to_those_who_do_it(year: Year, clock: Clock) -> None:
    clock(JULY)
    leader, clerk, liaison = (year.cast.client(role) for role in ("leader", "clerk", "liaison"))
    task = year.task("三-1")
    said = {"words": "请住建局抓紧，不得影响群众过冬。", "due": "2024-07-15"}
    assert leader.post(f"/instructions/new/?task={task.pk}", said).status_code == 302
    one = Instruction.objects.get()
    address = f"/instructions/{one.pk}/paper/"
    # What was said is the unit's at once; the paper goes 拟稿 → 核稿 → 签发.
    assert said["words"] in liaison.get(f"/instructions/{one.pk}/").content.decode()
    assert liaison.get(address).status_code == 404
    draft = text_of(clerk, address)
    assert "领导批示督办通知（拟稿）" in draft
    assert "督批〔2024〕1号" not in draft
    head = year.cast.client("head")
    assert head.post(f"/instructions/{one.pk}/sign/").status_code == 409
    assert "1份批示督办通知待核稿" in plain(clerk.get("/").content.decode())
    assert clerk.post(f"/instructions/{one.pk}/check/").status_code == 302
    assert "1份批示督办通知待签发" in plain(head.get("/").content.decode())
    # The number was given with the words: signing makes the paper official and dates it.
    asked = head.get(f"/instructions/{one.pk}/sign/").content.decode()
    assert "签发以后正式行文、落日期" in asked
    assert "督批〔2024〕1号" in head.get(f"/instructions/{one.pk}/").content.decode()
    assert head.post(f"/instructions/{one.pk}/sign/").status_code == 302
    assert head.post(f"/instructions/{one.pk}/sign/").status_code == 409
    assert verify_chain().holds
    assert address in liaison.get(f"/instructions/{one.pk}/").content.decode()
    words = text_of(liaison, address)
    for line in (
        "领导批示督办通知",
        "督批〔2024〕1号",
        "2024年7月1日",
        "区住建局",
        said["words"],
        f"{task.number}",
        "请于2024年7月15日前办结",
        f"联系人：{year.cast.place.name}督查室{year.cast.users['clerk'].name}",
    ):
        assert line in words
    page = clerk.get(address).content.decode()
    assert "请于2024年7月15日前办结" in page
    assert "联系人：" in page
    answer = clerk.get(f"{address}?format=pdf")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    # Each is counted by itself and keeps its number, whatever becomes of another.
    leader.post(f"/instructions/new/?task={task.pk}", {"words": "另请报一份小区名单。", "due": ""})
    second = Instruction.objects.latest("pk")
    leader.post(f"/instructions/{one.pk}/withdraw/", {"words": "改由会议研究"})
    clerk.post(f"/instructions/{second.pk}/check/")
    head.post(f"/instructions/{second.pk}/sign/")
    words = text_of(liaison, f"/instructions/{second.pk}/paper/")
    assert "督批〔2024〕2号" in words
    assert "请抓紧办理" in words
    assert "（已收回）" in text_of(liaison, address)
    assert clerk.post(f"/instructions/{one.pk}/check/").status_code == 409


def test_what_was_checked_is_what_is_signed_and_the_signer_sees_what_changed(
    year: Year, clock: Clock
) -> None:
    clock(JULY)
    clerk, head, liaison = (year.cast.client(role) for role in ("clerk", "head", "liaison"))
    words = {"words": "请抓紧。", "due": "2024-07-15"}
    year.cast.client("leader").post(f"/instructions/new/?task={year.task('三-1').pk}", words)
    page = f"/instructions/{Instruction.objects.get().pk}/"
    assert clerk.post(f"{page}check/").status_code == 302
    before = head.get(page).content.decode()
    assert "核稿以后有变" not in before
    assert "通知等签发；2024年7月15日前办结。" in plain(before)
    assert f'class="button button--main" href="{page}sign/"' in before
    assert "核稿以后有变" not in head.get(f"{page}sign/").content.decode()
    Unit.objects.filter(name="区住建局").update(name="区住房局")
    changed = "承办单位：核稿时是“区住建局”，现在是“区住房局”"
    after = head.get(page).content.decode()
    # Said before anything can be pressed; the main act is to check it anew.
    assert after.index(changed) < after.index('class="actions"')
    assert "通知等签发，核稿以后有变；2024年7月15日前办结。" in plain(after)
    assert f'class="button button--main" href="{page}check/"' in after
    assert f'class="button" href="{page}sign/"' in after
    asked = head.get(f"{page}sign/").content.decode()
    assert f"核稿以后有变：{changed}" in asked
    assert "签发的是核稿时的文稿" in asked
    # The draft is still the one that was checked; it may be checked anew, then it says what is so now.
    assert "区住建局" in text_of(clerk, f"{page}paper/")
    assert clerk.post(f"{page}check/").status_code == 302
    assert clerk.post(f"{page}check/").status_code == 409
    assert "区住房局" in text_of(clerk, f"{page}paper/")
    Unit.objects.filter(name="区住房局").update(name="区城建局")
    assert head.post(f"{page}sign/").status_code == 302
    paper = text_of(liaison, f"{page}paper/")
    assert "区住房局" in paper
    assert "2024年7月1日" in paper
    # The page says what the paper says, and who does it by now.
    said = plain(liaison.get(page).content.decode())
    assert "区住房局（现由区城建局承办）" in said


def test_what_a_meeting_decided_is_a_paper_of_a_series_of_its_own(year: Year, clock: Clock) -> None:
    clock(JULY)
    facts = {"place": year.cast.place, "created_by": year.cast.users["clerk"], "created_at": JULY}
    agenda = {"year": 2024, "as_of": "2024-06-30", "counts": {}, "total": 0, "items": []}
    meeting = Meeting.objects.create(title="督查例会", held_on=date(2024, 6, 30), agenda=agenda, **facts)
    one = Instruction.objects.create(
        place=year.cast.place,
        meeting=meeting,
        unit=year.unit("区住建局"),
        words="设立资金专户",
        given_by=year.cast.users["clerk"],
        given_at=JULY,
    )
    # The clerk wrote it down, so that another checks it: here the head, who signs it.
    clerk, head = year.cast.client("clerk"), year.cast.client("head")
    assert clerk.post(f"/instructions/{one.pk}/check/").status_code == 409
    assert head.post(f"/instructions/{one.pk}/check/").status_code == 302
    assert head.post(f"/instructions/{one.pk}/sign/").status_code == 302
    words = text_of(year.cast.client("liaison"), f"/instructions/{one.pk}/paper/")
    for line in (
        "会议议定事项督办通知",
        "督议〔2024〕1号",
        "2024年6月30日，督查例会议定下列事项",
        "设立资金专户",
    ):
        assert line in words
    assert "承办任务" not in words


def test_a_paper_that_was_out_before_papers_were_signed_is_still_out(year: Year, clock: Clock) -> None:
    clock(JULY)
    leader, clerk, liaison, head = (year.cast.client(role) for role in ("leader", "clerk", "liaison", "head"))
    task = year.task("三-1")
    leader.post(f"/instructions/new/?task={task.pk}", {"words": "请抓紧。", "due": ""})
    one = Instruction.objects.get()
    page = f"/instructions/{one.pk}/"
    assert "等人核稿" in clerk.get(page).content.decode()
    Instruction.objects.update(withdrawn_at=JULY, withdrawn_why="改由会议研究")
    taken_back = clerk.get(page).content.decode()
    assert "没有签发" in taken_back
    assert "等人核稿" not in taken_back
    Instruction.objects.update(withdrawn_at=None, withdrawn_why="")
    Instruction.objects.update(signed_at=F("given_at"))
    words = text_of(liaison, f"{page}paper/")
    for line in ("督批〔2024〕1号", "2024年7月1日，"):
        assert line in words
    assert "拟稿" not in words
    said = plain(clerk.get(page).content.decode())
    assert "7月1日行文" in said
    assert "等人核稿" not in said
    assert clerk.post(f"{page}check/").status_code == 409
    assert head.post(f"{page}sign/").status_code == 409
