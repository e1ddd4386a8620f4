"""Coming in: name and password, lock-out, idle sessions, own password, second factor."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from dukao.site.history.models import Entry
from dukao.site.people.models import User
from tests.site.conftest import PASSWORD, Cast

NEW = "Xin-Mima-2024"


def log_in(client: Client, username: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post("/login/", {"username": username, "password": password, **more})


def code_of(user: User) -> str:
    """The code of the minute, as the user's phone shows it; a code already used is not asked again."""
    device = TOTPDevice.objects.get(user=user)
    TOTPDevice.objects.filter(pk=device.pk).update(last_t=-1, throttling_failure_count=0)
    return f"{TOTP(device.bin_key).token():06d}"


def test_nothing_is_shown_to_whoever_is_not_logged_in(cast: Cast) -> None:
    for address in ("/", "/me/", "/users/", "/roles/", "/units/", "/groups/", "/posts/", "/places/"):
        response = Client().get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/login/?next=")


def test_a_log_in_leads_where_one_wanted_to_go(cast: Cast) -> None:
    client = Client()
    target = client.get("/units/?q=%E5%B1%80&kind=x")["Location"]
    page = client.get(target)
    assert "/units/?q=%E5%B1%80&amp;kind=x" in page.content.decode()
    response = log_in(client, "clerk", next="/units/?q=%E5%B1%80&kind=x")
    assert response["Location"] == "/units/?q=%E5%B1%80&kind=x"
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example", "http:///x"],
)
def test_a_log_in_leads_nowhere_else(cast: Cast, elsewhere: str) -> None:
    assert log_in(Client(), "clerk", next=elsewhere)["Location"] == "/"
    client = cast.client("clerk")
    assert client.get("/login/", {"next": elsewhere})["Location"] == "/"


def test_a_session_of_before_the_log_in_is_not_the_one_after(cast: Cast) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    log_in(client, "clerk")
    assert client.session.session_key != session.session_key
    assert "planted" not in client.session


def test_a_wrong_password_says_how_many_attempts_are_left_and_nothing_on_the_console(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    response = log_in(Client(), "clerk", "wrong")
    assert not caplog.records
    assert response.status_code == 422
    assert "登录名或密码不对" in response.content.decode()
    assert "再错 4 次" in response.content.decode()


def test_five_failures_lock_even_for_the_right_password(cast: Cast) -> None:
    client = Client()
    for _ in range(4):
        assert log_in(client, "clerk", "wrong").status_code == 422
    fifth = log_in(client, "clerk", "wrong")
    assert fifth.status_code == 429
    assert "约 10 分钟后可以再试" in fifth.content.decode()
    sixth = log_in(client, "clerk")
    assert sixth.status_code == 429
    assert client.get("/me/").status_code == 302
    assert log_in(Client(), "head").status_code == 302, "others are not locked"
    entry = Entry.objects.get(action="account-locked")
    assert (entry.actor, entry.place) == ("dukao", "990201")


def test_ten_minutes_later_one_may_try_again_however_often_one_tried(cast: Cast) -> None:
    for _ in range(5):
        log_in(Client(), "clerk", "wrong")
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=9))
    assert log_in(Client(), "clerk", "wrong").status_code == 429
    assert AccessAttempt.objects.get().attempt_time < timezone.now() - timedelta(minutes=8)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=10, seconds=1))
    assert log_in(Client(), "clerk")["Location"] == "/"


def test_the_security_administrator_unlocks(cast: Cast) -> None:
    for _ in range(5):
        log_in(Client(), "clerk", "wrong")
    keeper, clerk = cast.client("security_admin"), cast.users["clerk"]
    assert "1 个账号</a>因连续登录失败锁定中" in keeper.get("/roles/").content.decode()
    assert "解除锁定" in keeper.get(f"/roles/{clerk.pk}/").content.decode()
    assert keeper.post(f"/roles/{clerk.pk}/unlock/", {}).status_code == 422
    assert keeper.post(f"/roles/{clerk.pk}/unlock/", {"why": "本人核实"}).status_code == 302
    assert log_in(Client(), "clerk").status_code == 302
    entry = Entry.objects.get(action="account-unlocked")
    assert (entry.actor, entry.place, entry.why) == ("security_admin", "990201", "本人核实")


def test_a_session_nobody_uses_ends_and_says_so(cast: Cast) -> None:
    client = Client()
    log_in(client, "clerk")
    assert client.get("/me/").status_code == 200
    session = client.session
    session["seen"] -= 30 * 60 + 1
    session.save()
    response = client.get("/me/")
    assert response["Location"] == "/login/?next=/me/"
    assert "为安全已退出" in client.get(response["Location"]).content.decode()
    log_in(client, "clerk")
    assert client.get("/me/").status_code == 200


def test_a_step_sent_without_a_session_is_told_to_be_lost_and_leads_back(cast: Cast) -> None:
    here = "//testserver/breakdowns/1/review/?show=all"
    for headers in ({"HX-Request": "true", "HX-Current-URL": here}, {"Referer": here}):
        client = Client()
        response = client.post("/questions/1/settle/", headers=headers)
        address = response.headers.get("HX-Redirect") or response["Location"]
        page = client.get(address).content.decode()
        assert "登录已超时，刚才这一步没有保存，请重新登录" in page
        assert 'name="next" value="/breakdowns/1/review/?show=all"' in page
    asked = Client().get("/units/", headers={"HX-Request": "true", "HX-Current-URL": here})
    assert asked["HX-Redirect"] == "/login/?next=/breakdowns/1/review/%3Fshow%3Dall"
    foreign = {"Referer": "http://evil.example/breakdowns/1/review/"}
    assert Client().post("/questions/1/settle/", headers=foreign)["Location"] == "/login/?lost=1"


def test_pages_are_not_kept_by_the_browser(cast: Cast) -> None:
    assert cast.client("clerk").get("/me/")["Cache-Control"] == "no-store"
    assert Client().get("/login/")["Cache-Control"] == "no-store"


def test_log_out_asks_for_a_post_and_ends_the_session(cast: Cast) -> None:
    client = Client()
    log_in(client, "clerk")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/me/").status_code == 302


def test_a_disabled_account_is_out_at_once_and_cannot_come_back(cast: Cast) -> None:
    client = Client()
    log_in(client, "clerk")
    User.objects.filter(username="clerk").update(is_active=False)
    assert client.get("/me/").status_code == 302
    assert log_in(Client(), "clerk").status_code == 422


def test_a_part_of_a_page_is_not_filled_with_the_log_in_form(cast: Cast) -> None:
    response = Client().get("/units/", headers={"HX-Request": "true"})
    assert response["HX-Redirect"].startswith("/login/")


def test_who_stands_on_a_one_time_secret_sees_nothing_before_a_password_of_their_own(cast: Cast) -> None:
    User.objects.filter(username="clerk").update(must_change_password=True)
    client = Client()
    log_in(client, "clerk", next="/units/")
    for address in ("/", "/me/", "/units/", "/second-factor/"):
        assert client.get(address)["Location"] == "/password/"
    assert client.post("/me/", {"name": "x"})["Location"] == "/password/"
    page = client.get("/password/").content.decode()
    assert "请先设定自己的密码" in page
    assert "至少 10 个字符" in page
    assert "现在的密码" not in page.replace("不能与现在的密码相同", "")
    assert "主要栏目" not in page, "no navigation before one is in"
    refused = client.post("/password/", {"new": PASSWORD, "again": PASSWORD})
    assert "相同" in refused.content.decode()
    assert client.post("/password/", {"new": NEW, "again": NEW})["Location"] == "/units/"
    assert client.get("/me/").status_code == 200
    assert log_in(Client(), "clerk", PASSWORD).status_code == 422
    assert log_in(Client(), "clerk", NEW).status_code == 302


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("Ab1-", "10"),
        ("abcdefghijklm", "至少三类"),
        ("Clerk-2024", "登录名"),
        ("Password123", "常见"),
    ],
)
def test_a_weak_password_is_refused_in_words(cast: Cast, new: str, said: str) -> None:
    User.objects.filter(username="clerk").update(must_change_password=True)
    client = Client()
    log_in(client, "clerk")
    response = client.post("/password/", {"new": new, "again": new})
    assert response.status_code == 422
    assert said in response.content.decode().split('name="new"')[1].split('name="again"')[0]


def test_another_password_asks_for_the_current_one_and_ends_other_sessions(cast: Cast) -> None:
    here, elsewhere = Client(), Client()
    log_in(here, "clerk")
    log_in(elsewhere, "clerk")
    wrong = here.post("/password/", {"current": "wrong", "new": NEW, "again": NEW})
    assert "现在的密码不对" in wrong.content.decode()
    differ = here.post("/password/", {"current": PASSWORD, "new": NEW, "again": "other"})
    assert "不一样" in differ.content.decode()
    assert here.post("/password/", {"current": PASSWORD, "new": NEW, "again": NEW})["Location"] == "/me/"
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert Entry.objects.filter(action="password-changed", actor="clerk").count() == 1
    assert NEW not in Entry.objects.latest("sequence").content


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor"])
def test_an_administrator_without_second_factor_reaches_nothing(cast: Cast, role: str) -> None:
    client = Client()
    log_in(client, role)
    for address in ("/", "/me/", "/users/", "/roles/", "/history/", "/password/x"):
        response = client.get(address)
        assert response.status_code == 404 or response["Location"] == "/second-factor/", address
    user = cast.users[role]
    assert client.post(f"/users/{user.pk}/reset-password/")["Location"] == "/second-factor/"
    page = client.get("/second-factor/").content.decode()
    assert "<svg" in page
    assert "viewBox=" in page, "without it the code is cut off, not scaled"
    assert "style=" not in page
    assert 'aria-label="主要栏目"' not in page
    device = TOTPDevice.objects.get(user=user)
    assert not device.confirmed
    assert client.post("/second-factor/", {"code": "12345"}).status_code == 422
    done = client.post("/second-factor/", {"code": code_of(user)})
    assert done.status_code == 302
    assert client.get("/me/").status_code == 200
    assert Entry.objects.filter(action="second-factor-enrolled", actor=role).count() == 1


def test_an_enrolled_administrator_is_asked_for_the_code_at_every_log_in(cast: Cast) -> None:
    user = cast.users["auditor"]
    TOTPDevice.objects.create(user=user, name="手机", confirmed=True)
    client = Client()
    log_in(client, "auditor")
    key = client.session.session_key
    page = client.get("/second-factor/").content.decode()
    assert "<svg" not in page, "an enrolled key is never shown again"
    assert client.get("/second-factor/?another=1").content.decode().count("<svg") == 0
    code = code_of(user)
    assert client.post("/second-factor/", {"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert client.session.session_key != key
    assert client.get("/me/").status_code == 200
    again = Client()
    log_in(again, "auditor")
    assert again.post("/second-factor/", {"code": code}).status_code == 422, "a code is good once"
    assert again.get("/me/")["Location"] == "/second-factor/"


def test_wrong_codes_cost_waiting(cast: Cast) -> None:
    user = cast.users["auditor"]
    TOTPDevice.objects.create(user=user, name="手机", confirmed=True)
    client = Client()
    log_in(client, "auditor")
    client.post("/second-factor/", {"code": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=6, throttling_failure_timestamp=timezone.now())
    right = f"{TOTP(TOTPDevice.objects.get().bin_key).token():06d}"
    response = client.post("/second-factor/", {"code": right})
    assert "秒再输入" in response.content.decode()
    assert client.get("/me/")["Location"] == "/second-factor/"


def test_five_wrong_codes_lock_the_account_like_five_wrong_passwords(cast: Cast) -> None:
    user = cast.users["auditor"]
    TOTPDevice.objects.create(user=user, name="手机", confirmed=True)
    client = Client()
    for wrong in range(4):
        log_in(client, "auditor")
        right = code_of(user)
        said = client.post("/second-factor/", {"code": f"{(int(right) + 1) % 10**6:06d}"})
        assert said.status_code == 422
        assert f"再错 {4 - wrong} 次" in said.content.decode(), (
            "a right password between them forgets nothing"
        )
    right = code_of(user)
    fifth = client.post("/second-factor/", {"code": f"{(int(right) + 1) % 10**6:06d}"})
    assert fifth.status_code == 429
    assert "“auditor”连续 5 次登录失败，已锁定，约 10 分钟" in fifth.content.decode()
    assert client.post("/second-factor/", {"code": code_of(user)}).status_code == 429
    assert client.get("/second-factor/").status_code == 429
    assert log_in(Client(), "auditor").status_code == 429
    assert Entry.objects.filter(action="account-locked").count() == 1
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=10, seconds=1))
    assert client.post("/second-factor/", {"code": code_of(user)}).status_code == 302
    assert not AccessAttempt.objects.exists(), "who is in begins anew"


def test_others_may_enrol_and_are_asked_from_then_on_until_they_give_it_up(cast: Cast) -> None:
    user, client = cast.users["clerk"], Client()
    log_in(client, "clerk")
    assert "绑定手机" in client.get("/me/").content.decode()
    assert client.get("/second-factor/").status_code == 200
    assert client.post("/second-factor/", {"code": code_of(user)}).status_code == 302
    again = Client()
    log_in(again, "clerk")
    assert again.get("/me/")["Location"] == "/second-factor/"
    assert again.get("/password/")["Location"] == "/second-factor/"
    again.post("/second-factor/", {"code": code_of(user)})
    assert again.get("/me/").status_code == 200
    assert again.post("/second-factor/give-up/")["Location"] == "/me/"
    last = Client()
    log_in(last, "clerk")
    assert last.get("/me/").status_code == 200


def test_an_administrator_cannot_give_the_second_factor_up(cast: Cast) -> None:
    client = cast.client("auditor")
    assert client.post("/second-factor/give-up/").status_code == 409
    assert TOTPDevice.objects.filter(user=cast.users["auditor"], confirmed=True).exists()


def test_another_phone_takes_the_place_of_the_first(cast: Cast) -> None:
    client, user = cast.client("auditor"), cast.users["auditor"]
    old = TOTPDevice.objects.get(user=user)
    assert "<svg" in client.get("/second-factor/?another=1").content.decode()
    new = TOTPDevice.objects.get(user=user, confirmed=False)
    code = f"{TOTP(new.bin_key).token():06d}"
    assert client.post("/second-factor/?another=1", {"code": code}).status_code == 302
    assert TOTPDevice.objects.get(user=user).pk == new.pk != old.pk
    assert client.get("/me/").status_code == 200


def test_a_lost_phone_is_reset_by_the_security_administrator(cast: Cast) -> None:
    TOTPDevice.objects.create(user=cast.users["auditor"], name="手机", confirmed=True)
    keeper, auditor = cast.client("security_admin"), cast.users["auditor"]
    address = f"/roles/{auditor.pk}/reset-second-factor/"
    assert keeper.get(address).status_code == 200
    assert keeper.post(address, {"why": "手机遗失"}).status_code == 302
    client = Client()
    log_in(client, "auditor")
    assert "<svg" in client.get("/second-factor/").content.decode()
    assert (
        keeper.post(
            f"/roles/{cast.users['security_admin'].pk}/reset-second-factor/", {"why": "x"}
        ).status_code
        == 409
    )


def test_the_viewer_costs_three_queries_at_most(
    cast: Cast, draft: object, django_assert_max_num_queries: object
) -> None:
    from dukao.site.people.access import viewer_of

    for role in ("liaison", "leader", "clerk", "auditor"):
        user = User.objects.get(pk=cast.users[role].pk)
        with django_assert_max_num_queries(3):  # type: ignore[operator]
            viewer = viewer_of(user, timezone.now())
        assert viewer.roles == {role}
