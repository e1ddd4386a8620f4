"""First roles for many accounts in one press: by the security administrator, whole or not at all."""

import re
from typing import Any

import pytest

from dukao.site.history.models import Entry
from dukao.site.people.granting import grant_roles
from dukao.site.people.models import Grant, Role, Unit, User
from tests.site.at_once import twice_at_once
from tests.site.conftest import MORNING, Cast

ADDRESS = "/roles/many/"


@pytest.fixture
def waiting(cast: Cast) -> list[User]:
    return make_waiting(cast)


def make_waiting(cast: Cast) -> list[User]:
    unit = Unit.objects.create(
        place=cast.place, name="区渔业局", kind="department", since=MORNING.date(), order=1
    )
    wishes = {"lu.y": "办公室主任，拟任联络员", "lu.e": "单位负责人", "lu.s": "副局长"}
    return [
        User.objects.create(
            username=name, name=f"鲁{name[-1]}", place=cast.place, unit=unit, wish=wish, password="x"
        )
        for name, wish in wishes.items()
    ]


def form_of(users: list[User], roles: list[str], why: str = "首次配置") -> dict[str, Any]:
    chosen = {f"role-{user.pk}": role for user, role in zip(users, roles, strict=True)}
    return {"user": [user.pk for user in users], "why": why, **chosen}


def test_the_wished_role_is_chosen_and_nothing_is_ticked_unless_all_are(
    cast: Cast, waiting: list[User]
) -> None:
    keeper = cast.client("security_admin")
    page = keeper.get(ADDRESS).content.decode()
    for user, role in zip(waiting, ("liaison", "unit_head", ""), strict=True):
        select = re.search(rf'name="role-{user.pk}".*?</select>', page, re.S)
        assert select
        found = re.search(r'value="(\w+)" selected', select[0])
        assert (found[1] if found else "") == role
    assert " checked" not in page
    assert keeper.get(f"{ADDRESS}?all").content.decode().count(" checked") == 2


def test_several_are_granted_in_one_press_with_an_entry_each(cast: Cast, waiting: list[User]) -> None:
    keeper = cast.client("security_admin")
    answer = keeper.post(ADDRESS, form_of(waiting[:2], ["liaison", "unit_head"]))
    assert answer["Location"] == ADDRESS
    held = Grant.objects.filter(user__in=waiting)
    assert {(g.user, g.role) for g in held} == {(waiting[0], "liaison"), (waiting[1], "unit_head")}
    entries = Entry.objects.filter(action="role-granted")
    assert entries.count() == 2
    assert {(entry.actor, entry.why) for entry in entries} == {("security_admin", "首次配置")}
    page = keeper.get(ADDRESS).content.decode()
    assert "lu.s" in page
    assert "lu.e" not in page
    undone = keeper.post(f"/roles/{waiting[0].pk}/liaison/take-back/", {"why": "授错"})
    assert undone.status_code == 302


def test_pressed_again_it_grants_nothing_more(cast: Cast, waiting: list[User]) -> None:
    keeper = cast.client("security_admin")
    form = form_of(waiting[:2], ["liaison", "unit_head"])
    keeper.post(ADDRESS, form)
    again = keeper.post(ADDRESS, form)
    assert again.status_code == 422
    assert "有的已经有角色或已停用" in again.content.decode()
    assert Grant.objects.filter(user__in=waiting).count() == 2


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"why": "配置"}, "还没有勾选账号"),
        ({"roles": ["liaison", ""]}, "还没有选角色"),
        ({"roles": ["liaison", "clerk"]}, "还没有选角色"),
        ({"roles": ["liaison", "liaison"], "why": ""}, "请填写理由"),
    ],
)
def test_what_is_not_said_grants_nobody(
    cast: Cast, waiting: list[User], form: dict[str, Any], said: str
) -> None:
    sent = form_of(waiting[:2], form["roles"], form.get("why", "配置")) if "roles" in form else form
    page = cast.client("security_admin").post(ADDRESS, sent)
    assert page.status_code == 422
    assert said in page.content.decode()
    assert not Grant.objects.filter(user__in=waiting).exists()
    if "roles" in form:
        assert page.content.decode().count(" checked") == 2, "what was ticked stays ticked"


def test_who_has_no_unit_or_a_closed_account_is_not_granted_here(cast: Cast, waiting: list[User]) -> None:
    keeper = cast.client("security_admin")
    alone = User.objects.create(username="alone", name="单独", place=cast.place, password="x")
    waiting[0].is_active = False
    waiting[0].save()
    page = keeper.get(ADDRESS).content.decode()
    assert f'href="/roles/{alone.pk}/"' in page
    assert "lu.y" not in page
    for user in (alone, waiting[0]):
        assert keeper.post(ADDRESS, form_of([user], ["liaison"])).status_code == 422
    assert not Grant.objects.filter(user__in=[alone, waiting[0]]).exists()


def test_the_first_page_counts_who_has_no_role(cast: Cast, waiting: list[User]) -> None:
    page = cast.client("security_admin").get("/").content.decode()
    assert re.search(rf'href="{ADDRESS}"[^>]*>3 ', page)
    assert "个账号还没有角色" in page


@pytest.mark.usefixtures("real_transactions")
def test_two_hands_at_once_grant_each_role_once(cast: Cast) -> None:
    users, by = make_waiting(cast), cast.viewer("security_admin")
    wanted = {users[0].pk: Role.LIAISON, users[1].pk: Role.UNIT_HEAD}
    got = twice_at_once(lambda: len(grant_roles(wanted, why="配置", by=by, at=MORNING)))
    assert sorted(map(str, got)) == ["2", "grants-moved"]
    assert Grant.objects.filter(user__in=users).count() == 2
