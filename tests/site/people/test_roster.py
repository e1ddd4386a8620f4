"""Many accounts at once: a list is checked line by line, and what was shown is made, whole or not at all."""

import csv
import re
from collections.abc import Callable
from io import StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils.timezone import now

from dukao.site.history.actions import canonical
from dukao.site.history.models import Entry
from dukao.site.history.queries import verify_chain
from dukao.site.people import accounts
from dukao.site.people.models import Grant, Place, Role, Unit, UnitName, User
from dukao.site.people.passwords import give_secret
from dukao.site.people.roster.checking import check_lines
from dukao.site.people.roster.lacking import role_of_wish
from dukao.site.people.roster.making import make_roster
from dukao.site.people.roster.sheet import MOST_LINES, read_pasted
from dukao.site.refusals import Refused
from tests.site.at_once import twice_at_once
from tests.site.conftest import MORNING, Cast
from tests.site.ledger.books import HEAD, Book, load, save

ADDRESS = "/users/many/"
SECRET = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")
GOOD = "区渔业局\t鲁一\tyuye.lu\t办公室主任，拟任联络员\n区盐务局\t严二\tyanwu.yan\t单位负责人"


@pytest.fixture
def units(cast: Cast) -> dict[str, Unit]:
    found = {}
    for order, name in enumerate(("区渔业局", "区盐务局"), 1):
        found[name] = Unit.objects.create(
            place=cast.place, name=name, kind="department", since=MORNING.date(), order=order
        )
        UnitName.objects.create(place=cast.place, unit=found[name], name=name)
    UnitName.objects.create(place=cast.place, unit=found["区渔业局"], name="渔业局")
    return found


def send(keeper: Client, text: str = "", file: Any = None, place: int | str = "") -> Any:
    return keeper.post(ADDRESS, {"lines": text, "place": place, **({"file": file} if file else {})})


def fetch(keeper: Client) -> Book:
    return load(bytes(keeper.get(f"{ADDRESS}workbook/").content))


def sealed(page: Any) -> str:
    found = re.search(r'name="checked" value="([^"]+)"', page.content.decode())
    assert found, "the page shows nothing to confirm"
    return found[1]


def confirm(keeper: Client, text: str) -> Any:
    return keeper.post(ADDRESS, {"checked": sealed(send(keeper, text))})


def test_the_first_press_shows_and_makes_nothing(cast: Cast, units: dict[str, Unit]) -> None:
    before = User.objects.count(), Entry.objects.count()
    page = send(cast.client("system_admin"), GOOD).content.decode()
    assert "可以新建" in page
    assert "2 个账号" in page
    assert (User.objects.count(), Entry.objects.count()) == before
    assert not SECRET.search(page)


def test_the_second_press_makes_every_good_line_with_an_entry_each(
    cast: Cast, units: dict[str, Unit]
) -> None:
    page = confirm(cast.client("system_admin"), GOOD)
    assert page.status_code == 200
    made = User.objects.filter(username__in=("yuye.lu", "yanwu.yan"))
    assert {(u.name, u.unit, u.place, u.must_change_password) for u in made} == {
        ("鲁一", units["区渔业局"], cast.place, True),
        ("严二", units["区盐务局"], cast.place, True),
    }
    assert not Grant.objects.filter(user__in=made).exists()
    entries = Entry.objects.filter(action="account-made")
    assert {entry.actor for entry in entries} == {"system_admin"}
    assert entries.count() == 2
    assert verify_chain().holds


def test_the_secrets_are_shown_once_and_kept_nowhere(cast: Cast, units: dict[str, Unit]) -> None:
    keeper = cast.client("system_admin")
    checked = sealed(send(keeper, GOOD))
    answer = keeper.post(ADDRESS, {"checked": checked})
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    link = re.search(r'href="data:text/csv;charset=utf-8,([^"]+)" download', page)
    assert link
    rows = list(csv.reader(StringIO(unquote(link[1]).lstrip("\ufeff"))))
    assert rows[0] == ["单位", "姓名", "登录名", "一次性口令"]
    secrets = {row[2]: row[3] for row in rows[1:]}
    for username, secret in secrets.items():
        user = User.objects.get(username=username)
        assert secret in page.replace(link[1], "")
        assert secret not in user.password
        assert check_password(secret, user.password)
    kept = canonical(list(Entry.objects.values_list("content", flat=True)))
    assert not any(secret in kept for secret in secrets.values())
    client = Client()
    assert client.post("/login/", {"username": "yuye.lu", "password": secrets["yuye.lu"]}).status_code == 302
    again = keeper.post(ADDRESS, {"checked": checked})
    assert again.status_code == 409
    assert not SECRET.search(again.content.decode())


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("\t鲁一\tlu.y", "单位没有填写"),
        ("区渔业局\t\tlu.y", "姓名没有填写"),
        ("区渔业局\t鲁一\t", "登录名没有填写"),
        ("区渔业厅\t鲁一\tlu.y", "没有“区渔业厅”这个单位：名称相近的有区渔业局"),
        ("某某\t鲁一\tlu.y", "没有“某某”这个单位：请照台账里的单位名称写"),
        ("区渔业局\t鲁一\tCLERK", "登录名“CLERK”已经有人用了"),
        ("区渔业局\t鲁一\t鲁一", "只能用字母、数字"),
        ("区渔业局\t" + "鲁" * 41 + "\tlu.y", "姓名超过 40 个字"),
        ("区渔业局\t鲁一\tlu.y\n区盐务局\t严二\tLU.Y", "在这份名单里出现了 2 次"),
    ],
)
def test_a_bad_line_says_what_is_wrong_and_is_not_made(
    cast: Cast, units: dict[str, Unit], line: str, why: str
) -> None:
    keeper = cast.client("system_admin")
    page = send(keeper, f"{line}\n区盐务局\t严三\tyan.san").content.decode()
    assert why in page
    keeper.post(ADDRESS, {"checked": sealed(send(keeper, f"{line}\n区盐务局\t严三\tyan.san"))})
    new = User.objects.exclude(pk__in=[user.pk for user in cast.users.values()])
    assert [user.username for user in new] == ["yan.san"]


def test_every_fault_of_a_line_is_said_at_once(cast: Cast, units: dict[str, Unit]) -> None:
    check = check_lines(cast.place.pk, read_pasted("区渔业厅\t\tclerk"))
    assert [one.reason.count("；") for one in check.faults] == [2]


def test_a_unit_is_known_by_any_of_its_names_and_no_longer_once_it_ended(
    cast: Cast, units: dict[str, Unit]
) -> None:
    lines = read_pasted("渔业局，鲁一，lu.y")
    assert [one.unit.name for one in check_lines(cast.place.pk, lines).made] == ["区渔业局"]
    Unit.objects.filter(name="区渔业局").update(until=MORNING.date())
    assert not check_lines(cast.place.pk, lines).made


def test_the_template_names_the_units_and_comes_back_filled(cast: Cast, units: dict[str, Unit]) -> None:
    keeper = cast.client("system_admin")
    book = fetch(keeper)
    rows = book["账号"][HEAD + 1 :]
    assert [(row[0], row[3]) for row in rows] == [
        (unit, wish) for unit in units for wish in ("联络员", "单位负责人")
    ]
    rows[0][1:3] = ["鲁一", "yuye.lu"]
    rows[3][1:3] = ["严二", "yanwu.yan"]
    page = send(keeper, file=SimpleUploadedFile("待建账号.xlsx", save(book)))
    assert "另有 2 行姓名和登录名都空着" in page.content.decode()
    assert keeper.post(ADDRESS, {"checked": sealed(page)}).status_code == 200
    assert {(u.username, u.wish) for u in User.objects.exclude(wish="")} == {
        ("yuye.lu", "联络员"),
        ("yanwu.yan", "单位负责人"),
    }
    left = fetch(keeper)["账号"][HEAD + 1 :]
    assert [row[3] for row in left] == ["单位负责人", "联络员"], "only what is still lacking"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_the_encodings_of_an_office(
    cast: Cast, units: dict[str, Unit], encoding: str
) -> None:
    text = "登录名,单位,姓名,拟任角色\r\nyuye.lu,区渔业局,鲁一,联络员\r\n"
    page = send(cast.client("system_admin"), file=SimpleUploadedFile("名单.csv", text.encode(encoding)))
    assert "可以新建" in page.content.decode()
    assert "鲁一" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("名单.docx", b"x", "读不出来"),
        ("名单.xlsx", b"no package", "损坏"),
        ("名单.csv", "单位,姓名\n区渔业局,鲁一".encode(), "找不到这些栏"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    cast: Cast, units: dict[str, Unit], name: str, data: bytes, said: str
) -> None:
    page = send(cast.client("system_admin"), file=SimpleUploadedFile(name, data))
    assert page.status_code == 422
    assert said in page.content.decode()


def test_nothing_both_and_too_much_are_refused(cast: Cast, units: dict[str, Unit]) -> None:
    keeper = cast.client("system_admin")
    assert "还没有名单" in send(keeper).content.decode()
    both = send(keeper, GOOD, SimpleUploadedFile("名单.csv", GOOD.encode()))
    assert "只用一种" in both.content.decode()
    long = "\n".join(f"区渔业局\t鲁{at}\tlu.{at}" for at in range(MOST_LINES + 1))
    assert f"一次最多新建 {MOST_LINES} 个" in send(keeper, long).content.decode()


def test_what_moved_since_it_was_shown_is_not_made_at_all(cast: Cast, units: dict[str, Unit]) -> None:
    keeper = cast.client("system_admin")
    checked = sealed(send(keeper, GOOD))
    accounts.make_account(
        "yanwu.yan", accounts.AccountForm("别人", cast.place.pk), by=cast.viewer("system_admin"), at=MORNING
    )
    answer = keeper.post(ADDRESS, {"checked": checked})
    assert answer.status_code == 409
    assert "没有新建任何账号" in answer.content.decode()
    assert not User.objects.filter(username="yuye.lu").exists()


def test_a_refusal_on_the_way_leaves_nothing(
    cast: Cast, units: dict[str, Unit], monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = cast.client("system_admin")
    checked = sealed(send(keeper, GOOD))
    make: Callable[..., Any] = accounts.make_account

    def fail_at_second(username: str, *args: Any, **kwargs: Any) -> Any:
        if username == "yanwu.yan":
            raise RuntimeError("the machine goes down")
        return make(username, *args, **kwargs)

    monkeypatch.setattr("dukao.site.people.roster.making.make_account", fail_at_second)
    with pytest.raises(RuntimeError):
        keeper.post(ADDRESS, {"checked": checked})
    assert not User.objects.filter(username="yuye.lu").exists()
    assert not Entry.objects.filter(action="account-made").exists()


def test_a_list_forged_or_of_another_keeper_is_refused(cast: Cast, units: dict[str, Unit]) -> None:
    checked = sealed(send(cast.client("system_admin"), GOOD))
    assert cast.client("system_admin").post(ADDRESS, {"checked": f"{checked}x"}).status_code == 409
    other = User.objects.create(username="second", name="另一位", password="x", must_change_password=False)
    Grant.objects.create(user=other, role=Role.SYSTEM_ADMIN, since=MORNING)
    cast.users["second"] = other
    cast.users["system_admin"] = other
    assert cast.client("system_admin").post(ADDRESS, {"checked": checked}).status_code == 409
    assert not User.objects.filter(username="yuye.lu").exists()


def test_of_several_places_one_is_chosen_and_its_units_alone_are_known(
    cast: Cast, units: dict[str, Unit]
) -> None:
    other = Place.objects.create(code="990202", name="听涛区", level="county")
    Place.objects.create(code="990200", name="望海市", level="city")
    keeper = cast.client("system_admin")
    assert "望潮区有" in keeper.get(ADDRESS).content.decode(), "the place that lacks accounts comes first"
    assert "没有“区渔业局”这个单位" in send(keeper, GOOD, place=other.pk).content.decode()
    assert keeper.get(f"{ADDRESS}?place=999").status_code == 404
    local = cast.users["system_admin"]
    local.place = other
    local.save()
    assert keeper.get(f"{ADDRESS}?place={cast.place.pk}").status_code == 404


def test_the_first_page_counts_the_units_without_accounts(cast: Cast, units: dict[str, Unit]) -> None:
    keeper = cast.client("system_admin")
    page = keeper.get("/").content.decode()
    assert "个单位还没有联络员或单位负责人的账号" in page
    assert ADDRESS in page
    rest = "区渔业局\t鲁三\tlu.san\t单位负责人\n区盐务局\t严四\tyan.si\t联络员"
    confirm(keeper, f"{GOOD}\n{rest}")
    assert "个单位还没有" not in keeper.get("/").content.decode()
    User.objects.filter(username="lu.san").update(is_active=False)
    assert "个单位还没有" in keeper.get("/").content.decode(), "a closed account lets nobody in"


@pytest.mark.parametrize(
    ("wish", "role"),
    [
        ("联络员", Role.LIAISON),
        ("局长，拟任单位负责人", Role.UNIT_HEAD),
        ("副局长", None),
        ("单位负责人兼联络员", None),
    ],
)
def test_a_wish_speaks_of_one_role_or_of_none(wish: str, role: Role | None) -> None:
    assert role_of_wish(wish) == role


@pytest.mark.usefixtures("real_transactions")
def test_pressed_twice_in_one_moment_makes_them_once(cast: Cast) -> None:
    unit = Unit.objects.create(
        place=cast.place, name="区渔业局", kind="department", since=MORNING.date(), order=1
    )
    UnitName.objects.create(place=cast.place, unit=unit, name=unit.name)
    lines = read_pasted("区渔业局\t鲁一\tlu.y")
    seal, by = check_lines(cast.place.pk, lines).seal, cast.viewer("system_admin")
    got = twice_at_once(lambda: len(make_roster(cast.place.pk, lines, seal, by=by, at=MORNING)))
    assert sorted(map(str, got)) == ["1", "roster-moved"]
    with pytest.raises(Refused):
        make_roster(cast.place.pk, lines, seal, by=by, at=MORNING)


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_a_secret_of_few_rounds_lets_in_and_is_hashed_in_full_with_the_first_log_in(cast: Cast) -> None:
    user = User(username="lu.y", name="鲁一", place=cast.place)
    secret = give_secret(user, now())
    user.save()
    few = user.password
    assert Client().post("/login/", {"username": "lu.y", "password": secret}).status_code == 302
    user.refresh_from_db()
    full = PBKDF2PasswordHasher()
    assert (full.must_update(few), full.must_update(user.password)) == (True, False)
