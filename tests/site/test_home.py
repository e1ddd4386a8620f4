"""The first page: what waits, how many and until when; one answer for every role."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from dukao.site.history.models import Entry
from dukao.site.home.administrators import answer_system
from dukao.site.home.answers import say_until, say_waiting
from dukao.site.home.values import Answer, Wait, Word
from dukao.site.ledger.models import Breakdown
from dukao.site.ledger.steps.consulting import open_consultation
from dukao.site.people.access import viewer_of
from dukao.site.people.models import Grant, Place, Role, User
from tests.site.conftest import Cast
from tests.site.ledger.pages import plain

TODAY = date(2024, 3, 4)


def home(cast: Cast, role: str) -> str:
    """The first page of a role, without tags and spaces."""
    return plain(cast.client(role).get("/").content.decode())


@pytest.mark.parametrize(
    ("days", "said"), [(-2, "已过期 2 天"), (0, "今天到期"), (1, "明天到期"), (3, "3 天后到期")]
)
def test_a_limit_is_said_in_days(days: int, said: str) -> None:
    assert say_until(TODAY + timedelta(days=days), TODAY) == said


def test_what_waits_opens_the_page_the_earliest_limit_first() -> None:
    answer = Answer((Word("区住建局2024年牵头 12 项。"),), (Wait(1, "份征求意见待答复", "/a/"),))
    needs = [Wait(2, "项待签收", "/b/", date(2024, 3, 9)), Wait(3, "项待填报", "/c/", date(2024, 3, 7))]
    told = say_waiting(answer, needs, TODAY)
    assert "".join(word.text for word in told.opening) == "6 项需要您处理，最早3 天后到期。"
    assert [one.href for one in told.waiting] == ["/c/", "/b/", "/a/"]


def test_what_is_past_its_limit_stands_first_and_the_page_says_so() -> None:
    needs = [Wait(2, "项待签收", "/b/", date(2024, 3, 9)), Wait(1, "件批示逾期", "/c/", date(2024, 3, 1))]
    told = say_waiting(Answer(()), needs, TODAY)
    assert "".join(word.text for word in told.opening) == "3 项需要您处理，最早的已过期 3 天。"
    assert [one.href for one in told.waiting] == ["/c/", "/b/"]


def test_where_nothing_waits_the_sentence_itself_opens_the_page(cast: Cast, ledger: Breakdown) -> None:
    assert say_waiting(Answer((Word("好。"),)), (), TODAY).opening == ()
    assert "望潮区2024年" not in home(cast, "security_admin")
    assert "每个账号都有角色，没有被锁定的账号" in home(cast, "security_admin")


def test_the_clerk_sees_what_is_open_how_far_it_is_and_what_was_done_last(
    cast: Cast, draft: Breakdown
) -> None:
    page = home(cast, "clerk")
    open_ = draft.questions.filter(settled_at=None).count()
    assert f"{open_}项需要您处理" in page
    assert f"{open_}项待核对（2024年责任分解）" in page
    assert "2024年责任分解草稿" in page
    assert "读入责任分解草稿" in page
    assert "密码" not in page


def test_a_unit_asked_sees_until_when_and_no_more_once_it_has_answered(cast: Cast, draft: Breakdown) -> None:
    due = localdate() + timedelta(days=3)
    asked = open_consultation(draft.pk, due, by=cast.viewer("clerk"), at=now())
    page = home(cast, "liaison")
    assert "1项需要您处理，最早3天后到期" in page
    assert "份征求意见待答复（2024年责任分解）" in page
    cast.client("liaison").post(f"/consultations/{asked.pk}/agree/")
    assert "需要您处理" not in home(cast, "liaison")
    assert "下一步" not in home(cast, "clerk"), "the word is with the units"


def test_the_auditor_reads_the_last_proof_and_no_visit_walks_the_chain(
    cast: Cast, ledger: Breakdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "校验链还没有查验过" in home(cast, "auditor")
    cast.client("auditor").post("/history/verify/")
    walked = Entry.objects.count()
    monkeypatch.setattr("dukao.site.history.queries._walk", None)
    page = home(cast, "auditor")
    assert f"{walked}条完好" in page
    assert "沈审计" in page


def test_a_broken_chain_is_said_on_the_auditors_first_page(cast: Cast, ledger: Breakdown) -> None:
    from dukao.site.history.actions import note_verdict
    from dukao.site.history.values import PROGRAM, Verdict

    note_verdict(Verdict(3, "0" * 64, 4, "第 4 条与前一条接不上"), by=PROGRAM, at=now())
    page = home(cast, "auditor")
    assert "校验链已经断开" in page
    assert "第4条与前一条接不上" in page


def test_the_system_administrator_sees_accounts_nobody_used_and_the_last_backup(cast: Cast) -> None:
    page = home(cast, "system_admin")
    assert re.search(r"没有登录过\d+个", page)
    assert "最近一次备份没有在本机做过" in page


@pytest.mark.parametrize("digits", [20, 5000])
def test_a_number_beyond_any_key_is_nobodys(cast: Cast, ledger: Breakdown, digits: int) -> None:
    far = "9" * digits
    clerk, leader = cast.client("clerk"), cast.client("leader")
    kept = ledger.document_id
    for client, address in (
        (clerk, f"/notices/new/?task={far}"),
        (clerk, f"/standings/new/?task={far}"),
        (clerk, f"/assignments/?unit={far}"),
        (clerk, f"/documents/?year={far}"),
        (clerk, f"/documents/{kept}/reread/?against={far}"),
        (leader, f"/instructions/new/?task={far}"),
    ):
        assert client.get(address).status_code in (200, 404), address
    assert clerk.get(f"/tasks/{'9' * 20}/").status_code == 404


def test_a_name_the_site_does_not_answer_to_is_told_in_chinese(cast: Cast, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    answer = cast.client("clerk").get("/", headers={"host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "督考没有登记这个网址" in answer.content.decode()
    assert "DUKAO_HOSTS" in answer.content.decode()


def test_too_long_a_text_is_told_why_and_what_to_do(cast: Cast) -> None:
    answer = cast.client("clerk").post("/password/", {"new": "长" * 1_500_000})
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "填写的文字太多，超过 4 MB，没有办理" in page
    assert "请存成文件上传" in page


@pytest.mark.django_db
def test_a_fresh_site_says_that_a_place_comes_first() -> None:
    user = User.objects.create(username="xitong", name="席系统", must_change_password=False)
    Grant.objects.create(user=user, role=Role.SYSTEM_ADMIN, since=now())
    viewer = viewer_of(user, now())
    assert answer_system(viewer, now()).calm.startswith("还没有设立地方：先在“地方”设立本地")
    Place.objects.create(code="990205", name="青川县", level="county")
    assert answer_system(viewer, now()).calm.startswith("您只管账号")
