"""三员分立: accounts by the system administrator, roles by the security administrator, never crosswise."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now

from dukao.site.history.actions import canonical
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.people.accounts import AccountForm, make_account
from dukao.site.people.enrolment import PlaceForm, enrol_place
from dukao.site.people.models import Grant, Person, Place, Role, Unit, User
from tests.site.at_once import twice_at_once
from tests.site.conftest import MORNING, Cast

NEW = "Xin-Mima-2024"


def secret_in(page: str) -> str:
    found = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", page)
    assert len(found) == 1
    return str(found[0])


@pytest.fixture
def unit(cast: Cast) -> Unit:
    return Unit.objects.create(place=cast.place, name="区住建局", kind="department", since=MORNING.date())


def test_a_new_account_has_a_one_time_secret_and_no_rights(cast: Cast, unit: Unit) -> None:
    keeper = cast.client("system_admin")
    form = {"username": "lin.x", "name": "林新", "place": cast.place.pk, "unit": unit.pk, "person": ""}
    secret = secret_in(keeper.post("/users/new/", form).content.decode())
    user = User.objects.get(username="lin.x")
    entry = Entry.objects.get(action="account-made")
    assert (entry.actor, entry.place) == ("system_admin", "990201")
    assert secret not in canonical(list(Entry.objects.values_list("content", flat=True)))
    assert secret not in user.password
    client = Client()
    assert client.post("/login/", {"username": "lin.x", "password": secret})["Location"] == "/"
    client.post("/password/", {"new": NEW, "again": NEW})
    assert "还没有角色" in client.get("/me/").content.decode()
    for address in ("/units/", "/users/", "/roles/", "/ledger/"):
        assert client.get(address).status_code in (403, 404), address


def test_a_log_in_name_is_given_once_whatever_its_case(cast: Cast) -> None:
    form = {"username": "Clerk", "name": "某某", "place": "", "unit": "", "person": ""}
    response = cast.client("system_admin").post("/users/new/", form)
    assert response.status_code == 422
    assert "已经有人用了" in response.content.decode()


@pytest.mark.parametrize("name", ["du cha", "督查clerk", "clerk@", "x\ny"])
def test_a_log_in_name_is_of_letters_digits_dots_and_dashes(cast: Cast, name: str) -> None:
    form = {"username": name, "name": "某某", "place": "", "unit": "", "person": ""}
    response = cast.client("system_admin").post("/users/new/", form)
    assert response.status_code == 422
    assert "登录名只能用字母、数字、点、横线" in response.content.decode()


def test_a_unit_of_another_place_is_refused(cast: Cast, unit: Unit) -> None:
    other = Place.objects.create(code="990202", name="听涛区", level="county")
    form = {"username": "lin", "name": "林新", "place": other.pk, "unit": unit.pk, "person": ""}
    response = cast.client("system_admin").post("/users/new/", form)
    assert "不属于这个地方" in response.content.decode()
    assert not User.objects.filter(username="lin").exists()


def test_the_list_of_accounts_finds_and_has_an_empty_state(cast: Cast) -> None:
    keeper = cast.client("system_admin")
    page = keeper.get("/users/").content.decode()
    assert "9 个账号" in page
    assert "督查室经办" not in page, "roles are the security administrator's business"
    assert "程经办" in keeper.get("/users/?q=程").content.decode()
    assert "没有符合条件的账号" in keeper.get("/users/?q=查无此人").content.decode()
    assert "没有符合条件的账号" in keeper.get("/users/?state=disabled").content.decode()


def test_disabling_asks_first_says_why_and_can_be_undone(cast: Cast) -> None:
    keeper, clerk = cast.client("system_admin"), cast.users["clerk"]
    address = f"/users/{clerk.pk}/disable/"
    assert "立即退出" in keeper.get(address).content.decode()
    assert keeper.post(address, {"why": ""}).status_code == 422
    assert keeper.post(address, {"why": "调离"}).status_code == 302
    assert not User.objects.get(pk=clerk.pk).is_active
    assert keeper.post(address, {"why": "调离"}).status_code == 409
    assert keeper.post(f"/users/{clerk.pk}/enable/").status_code == 302
    assert User.objects.get(pk=clerk.pk).is_active
    assert [e.action for e in Entry.objects.order_by("sequence")] == ["account-disabled", "account-enabled"]


def test_nobody_disables_themselves_or_the_last_of_an_office(cast: Cast) -> None:
    keeper = cast.client("system_admin")
    assert keeper.post(f"/users/{cast.users['system_admin'].pk}/disable/", {"why": "x"}).status_code == 409
    response = keeper.post(f"/users/{cast.users['security_admin'].pk}/disable/", {"why": "x"})
    assert response.status_code == 409
    assert "最后一位安全管理员" in response.content.decode()


def test_a_forgotten_password_becomes_a_one_time_secret(cast: Cast) -> None:
    keeper, clerk = cast.client("system_admin"), cast.users["clerk"]
    address = f"/users/{clerk.pk}/reset-password/"
    inside = cast.client("clerk")
    assert "只显示一次" in keeper.get(address).content.decode()
    secret = secret_in(keeper.post(address).content.decode())
    assert inside.get("/me/").status_code == 302, "open sessions end"
    client = Client()
    client.post("/login/", {"username": "clerk", "password": secret})
    assert client.get("/me/")["Location"] == "/password/"
    assert keeper.post(f"/users/{cast.users['system_admin'].pk}/reset-password/").status_code == 409


def test_a_secret_nobody_used_in_time_lets_nobody_in_and_the_keeper_sees_whose(cast: Cast) -> None:
    keeper, clerk = cast.client("system_admin"), cast.users["clerk"]
    secret = secret_in(keeper.post(f"/users/{clerk.pk}/reset-password/").content.decode())
    User.objects.filter(pk=clerk.pk).update(secret_until=now() - timedelta(minutes=1))
    refused = Client().post("/login/", {"username": "clerk", "password": secret})
    assert refused.status_code == 422
    assert "已经过期（发出后 72 小时内有效）" in refused.content.decode()
    listed = keeper.get("/users/?state=expired").content.decode()
    assert "程经办" in listed
    assert "贺主任" not in listed
    assert "已经过期" in keeper.get(f"/users/{clerk.pk}/").content.decode()


def test_an_account_with_roles_is_not_carried_elsewhere_by_the_system_administrator(
    cast: Cast, unit: Unit
) -> None:
    keeper, clerk = cast.client("system_admin"), cast.users["clerk"]
    other = Place.objects.create(code="990202", name="听涛区", level="county")
    form = {"name": "程经办", "place": other.pk, "unit": "", "person": ""}
    response = keeper.post(f"/users/{clerk.pk}/", form)
    assert response.status_code == 422
    assert "先由安全管理员收回角色" in response.content.decode()
    assert User.objects.get(pk=clerk.pk).place == cast.place
    form = {"name": "廉联络", "place": cast.place.pk, "unit": unit.pk, "person": ""}
    assert keeper.post(f"/users/{cast.users['liaison'].pk}/", form).status_code == 422
    form = {"name": "程经手", "place": cast.place.pk, "unit": unit.pk, "person": ""}
    assert keeper.post(f"/users/{clerk.pk}/", form).status_code == 302
    assert User.objects.get(pk=clerk.pk).name == "程经手"


def test_a_role_is_granted_and_taken_back_with_its_reason(cast: Cast) -> None:
    keeper, clerk = cast.client("security_admin"), cast.users["clerk"]
    address = f"/roles/{clerk.pk}/"
    assert keeper.post(address, {"role": "head", "why": ""}).status_code == 422
    assert keeper.post(address, {"role": "head", "why": "代行签发"}).status_code == 302
    assert cast.client("clerk").get("/me/").content.decode().count("办公室负责人")
    entry = Entry.objects.get(action="role-granted")
    assert (entry.actor, entry.place, entry.why) == ("security_admin", "990201", "代行签发")
    ask = f"/roles/{clerk.pk}/head/take-back/"
    assert "不再有这个角色的权限（签发" in keeper.get(ask).content.decode()
    assert keeper.post(ask, {"why": "代行结束"}).status_code == 302
    assert "办公室负责人" not in cast.client("clerk").get("/me/").content.decode()
    assert keeper.get(ask).status_code == 404
    assert Grant.objects.filter(user=clerk, role="head", until__isnull=False).exists(), "nothing is deleted"
    assert verify_chain().holds


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "auditor"])
def test_an_administrator_holds_no_other_role_and_nobody_of_business_an_administrators(
    cast: Cast, role: str
) -> None:
    keeper = cast.client("security_admin")
    for user, other in ((cast.users["clerk"], role), (cast.users["auditor"], "deputy")):
        response = keeper.post(f"/roles/{user.pk}/", {"role": other, "why": "试"})
        assert response.status_code == 422
        assert not Grant.objects.filter(user=user, role=other).exists()
    from dukao.site.people.granting import grant_role
    from dukao.site.refusals import Refused

    with pytest.raises(Refused) as refused:
        grant_role(cast.users["clerk"].pk, Role(role), why="试", by=cast.viewer("security_admin"), at=MORNING)
    assert refused.value.code == "three-separate"


@pytest.mark.parametrize(
    ("held", "given"),
    [("clerk", "auditor"), ("auditor", "clerk"), ("system_admin", "security_admin")],
)
def test_the_database_refuses_what_goes_round_the_action(cast: Cast, held: str, given: str) -> None:
    user = cast.users[held]
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=user, role=given, since=MORNING)
    ended = Grant.objects.create(user=user, role=given, since=MORNING, until=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(pk=ended.pk).update(until=None)
    Grant.objects.filter(user=user, role=held).update(until=MORNING)
    Grant.objects.create(user=user, role=given, since=MORNING)


def test_nobody_changes_their_own_roles(cast: Cast) -> None:
    keeper, me = cast.client("security_admin"), cast.users["security_admin"]
    assert "授予角色" not in keeper.get(f"/roles/{me.pk}/").content.decode()
    assert keeper.post(f"/roles/{me.pk}/security_admin/take-back/", {"why": "x"}).status_code == 409
    assert keeper.post(f"/roles/{me.pk}/", {"role": "clerk", "why": "x"}).status_code == 422


def test_the_last_administrator_of_a_kind_keeps_the_role(cast: Cast) -> None:
    keeper, auditor = cast.client("security_admin"), cast.users["auditor"]
    response = keeper.post(f"/roles/{auditor.pk}/auditor/take-back/", {"why": "x"})
    assert response.status_code == 409
    assert "最后一位审计管理员" in response.content.decode()


def test_a_liaison_needs_a_unit_and_a_leader_a_person(cast: Cast, unit: Unit) -> None:
    keeper, deputy = cast.client("security_admin"), cast.users["deputy"]
    for role, said in (("liaison", "哪个单位"), ("leader", "哪位领导")):
        response = keeper.post(f"/roles/{deputy.pk}/", {"role": role, "why": "x"})
        assert said in response.content.decode()
    deputy.unit, deputy.person = unit, Person.objects.create(place=cast.place, name="戴代表")
    deputy.save()
    for role in ("liaison", "leader"):
        assert keeper.post(f"/roles/{deputy.pk}/", {"role": role, "why": "x"}).status_code == 302


def test_nobody_is_offered_to_change_their_own_roles(cast: Cast) -> None:
    keeper = cast.client("security_admin")
    own = keeper.get(f"/roles/{cast.users['security_admin'].pk}/").content.decode()
    other = keeper.get(f"/roles/{cast.users['clerk'].pk}/").content.decode()
    assert ("角色不能自己改" in own, "角色不能自己改" in other) == (True, False)
    assert ('name="role"' in own, 'name="role"' in other) == (False, True)


def test_a_leaders_account_is_the_persons_until_it_is_changed(cast: Cast) -> None:
    keeper, person = cast.client("system_admin"), Person.objects.create(place=cast.place, name="邵区长")
    form = {"username": "shao", "name": "邵区长", "place": cast.place.pk, "unit": "", "person": person.pk}
    keeper.post("/users/new/", form)
    user = User.objects.get(username="shao")
    assert user.person == person
    keeper.post(f"/users/{user.pk}/", form | {"person": ""})
    user.refresh_from_db()
    assert user.person is None


def test_each_administrator_is_kept_out_of_the_others_business(cast: Cast) -> None:
    clerk = cast.users["clerk"].pk
    pages = {
        "system_admin": [
            "/users/",
            "/users/new/",
            f"/users/{clerk}/",
            f"/users/{clerk}/disable/",
            f"/users/{clerk}/reset-password/",
            "/places/",
            "/places/new/",
            f"/places/{cast.place.pk}/",
        ],
        "security_admin": [
            "/roles/",
            f"/roles/{clerk}/",
            f"/roles/{clerk}/clerk/take-back/",
            f"/roles/{clerk}/unlock/",
            f"/roles/{clerk}/reset-second-factor/",
        ],
        "clerk": ["/units/", "/units/new/", "/groups/", "/groups/new/", "/posts/", "/posts/new/"],
    }
    for role in cast.users:
        client = cast.client(role)
        for owner, addresses in pages.items():
            for address in addresses:
                expected = 200 if role == owner else 403
                assert client.get(address).status_code == expected, (role, address)


def test_who_may_not_changes_nothing_by_posting(cast: Cast) -> None:
    clerk = cast.users["clerk"]
    posts = [
        ("security_admin", "/users/new/", {"username": "x1", "name": "x"}),
        ("security_admin", f"/users/{clerk.pk}/reset-password/", {}),
        ("security_admin", f"/users/{clerk.pk}/disable/", {"why": "x"}),
        ("security_admin", f"/users/{clerk.pk}/enable/", {}),
        ("system_admin", f"/roles/{clerk.pk}/", {"role": "head", "why": "x"}),
        ("system_admin", f"/roles/{clerk.pk}/clerk/take-back/", {"why": "x"}),
        ("system_admin", f"/roles/{clerk.pk}/unlock/", {"why": "x"}),
        ("auditor", "/users/new/", {"username": "x1", "name": "x"}),
        ("clerk", f"/roles/{clerk.pk}/", {"role": "head", "why": "x"}),
        ("head", "/units/new/", {"name": "x", "kind": "other", "since": "2024-01-01"}),
    ]
    for role, address, form in posts:
        assert cast.client(role).post(address, form).status_code == 403, (role, address)
    assert not Entry.objects.exists()


def test_an_administrator_of_one_place_keeps_only_its_accounts(cast: Cast) -> None:
    other = Place.objects.create(code="990202", name="听涛区", level="county")
    stranger = User.objects.create(username="stranger", name="陌生人", place=other)
    for role in ("system_admin", "security_admin"):
        User.objects.filter(pk=cast.users[role].pk).update(place=cast.place)
    keeper, giver = cast.client("system_admin"), cast.client("security_admin")
    assert "陌生人" not in keeper.get("/users/").content.decode()
    assert keeper.get(f"/users/{stranger.pk}/").status_code == 404
    assert keeper.post(f"/users/{stranger.pk}/enable/").status_code == 404
    assert keeper.get("/places/").status_code == 404
    assert giver.get(f"/roles/{stranger.pk}/").status_code == 404
    assert keeper.get("/users/999999/").status_code == 404


def test_a_place_is_founded_once_under_its_code(cast: Cast) -> None:
    keeper = cast.client("system_admin")
    form = {"code": "990203", "name": "拾贝县", "level": "county", "office": "", "letters": "", "parent": ""}
    assert keeper.post("/places/new/", form).status_code == 302
    place = Place.objects.get(code="990203")
    again = keeper.post("/places/new/", form | {"name": "别的县"})
    assert "已经是“拾贝县”" in again.content.decode()
    assert keeper.post("/places/new/", form | {"code": "99"}).status_code == 422
    assert keeper.post("/places/new/", form | {"code": "９９０２０４"}).status_code == 422
    said = {"name": "拾贝县", "level": "county", "office": "拾贝县人民政府办公室", "letters": "拾政办"}
    assert keeper.post(f"/places/{place.pk}/", said).status_code == 302
    assert Place.objects.get(pk=place.pk).letters == "拾政办"
    assert [e.action for e in Entry.objects.order_by("sequence")] == ["place-enrolled", "place-changed"]


@pytest.mark.usefixtures("real_transactions")
def test_a_log_in_name_taken_twice_at_once_is_somebody_s_once(cast: Cast) -> None:
    by, form = cast.viewer("system_admin"), AccountForm("鲁一", cast.place.pk)
    got = twice_at_once(lambda: make_account("lu.y", form, by=by, at=MORNING)[0].username)
    assert sorted(got) == ["lu.y", "name-taken"]
    assert User.objects.filter(username="lu.y").count() == 1


@pytest.mark.usefixtures("real_transactions")
def test_a_place_founded_twice_at_once_is_there_once(cast: Cast) -> None:
    form = PlaceForm("990777", "望江县")
    got = twice_at_once(lambda: enrol_place(form, by=None, at=MORNING).code)
    assert sorted(got) == ["990777", "code-taken"]
