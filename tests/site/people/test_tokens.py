"""Tokens of the read API: shown once, good as long as their user is."""

import re
from datetime import timedelta

from dukao.site.history.models import Entry
from dukao.site.people.models import ApiToken, Grant, User
from dukao.site.people.queries import viewer_of_token
from tests.site.conftest import MORNING, Cast

LATER = MORNING + timedelta(days=3)


def make(cast: Cast, role: str = "clerk") -> str:
    page = cast.client(role).post("/me/", {"name": "每周导出"}).content.decode()
    found = re.search(r"dukao_[\w-]{43}", page)
    assert found
    return found.group()


def test_a_token_is_shown_once_and_only_its_digest_is_kept(cast: Cast) -> None:
    secret = make(cast)
    token = ApiToken.objects.get()
    assert secret not in str(vars(token))
    assert secret not in Entry.objects.get(action="token-issued").content
    page = cast.client("clerk").get("/me/").content.decode()
    assert secret not in page
    assert "每周导出" in page
    assert "没有用过" in page


def test_a_token_sees_what_its_user_sees_and_notes_its_use_once_a_minute(cast: Cast) -> None:
    secret = make(cast)
    viewer = viewer_of_token(secret, LATER)
    assert viewer is not None
    assert viewer.roles == {"clerk"}
    assert ApiToken.objects.get().last_used_at == LATER
    viewer_of_token(secret, LATER + timedelta(seconds=59))
    assert ApiToken.objects.get().last_used_at == LATER
    viewer_of_token(secret, LATER + timedelta(seconds=61))
    assert ApiToken.objects.get().last_used_at == LATER + timedelta(seconds=61)
    assert viewer_of_token("dukao_wrong", LATER) is None


def test_a_token_ends_with_its_withdrawal_its_user_or_the_users_roles(cast: Cast) -> None:
    secret, user = make(cast), cast.users["clerk"]
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert viewer_of_token(secret, LATER) is None
    User.objects.filter(pk=user.pk).update(is_active=True)
    grant = Grant.objects.filter(user=user)
    grant.update(until=LATER)
    assert viewer_of_token(secret, LATER) is None
    grant.update(until=None)
    assert viewer_of_token(secret, LATER) is not None
    client, token = cast.client("clerk"), ApiToken.objects.get()
    address = f"/me/tokens/{token.pk}/withdraw/"
    assert "立即读不到数据" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert viewer_of_token(secret, LATER) is None
    assert client.get(address).status_code == 404
    assert "已撤销 1 个" in client.get("/me/").content.decode()


def test_one_withdraws_no_token_of_somebody_else(cast: Cast) -> None:
    make(cast)
    token = ApiToken.objects.get()
    assert cast.client("head").post(f"/me/tokens/{token.pk}/withdraw/").status_code == 404
    assert ApiToken.objects.get().withdrawn_at is None


def test_an_administrator_has_no_use_for_tokens(cast: Cast) -> None:
    for role in ("system_admin", "security_admin"):
        client = cast.client(role)
        assert "接口令牌" not in client.get("/me/").content.decode()
        assert client.post("/me/", {"name": "x"}).status_code == 403
    assert not ApiToken.objects.exists()
