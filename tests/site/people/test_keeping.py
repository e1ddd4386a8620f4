"""Units, groups and posts, as the clerk keeps them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dukao.site.history.models import Entry
from dukao.site.history.queries import tell_about, verify_chain
from dukao.site.people import groups, units
from dukao.site.people.founding import groups_by_name, kind_of, units_by_name
from dukao.site.people.models import Membership, Place, Post, Tenure, Unit, UnitGroup, UnitKind, UnitName
from tests.site.at_once import twice_at_once
from tests.site.conftest import Cast
from tests.site.ledger.walking import at

SPRING = date(2024, 3, 1)


@pytest.fixture
def housing(cast: Cast) -> Unit:
    return found(cast.place, "区住建局", "department")


def found(place: Place, name: str, kind: str) -> Unit:
    unit = Unit.objects.create(place=place, name=name, kind=kind, since=SPRING)
    UnitName.objects.create(place=place, unit=unit, name=name)
    return unit


def test_lists_say_what_to_do_while_they_are_empty(cast: Cast) -> None:
    clerk = cast.client("clerk")
    assert "还没有单位" in clerk.get("/units/").content.decode()
    assert "还没有统称" in clerk.get("/groups/").content.decode()
    assert "还没有职务" in clerk.get("/posts/").content.decode()


def test_the_list_finds_a_unit_by_any_of_its_names_and_offices(cast: Cast, draft: object) -> None:
    clerk = cast.client("clerk")
    unit = Unit.objects.get(place=cast.place, name="区人社局")
    clerk.post(f"/units/{unit.pk}/edit/", {"what": "name", "name": "区人力社保局办"})
    clerk.post(f"/units/{unit.pk}/edit/", {"what": "office", "name": "区就业中心"})
    for words in ("人力社保局办", "就业中心", "区人社"):
        assert "区人社局" in clerk.get("/units/", {"q": words}).content.decode()
    assert "没有符合条件的单位" in clerk.get("/units/", {"q": "查无此局"}).content.decode()
    page = clerk.get("/units/", {"kind": "township"}).content.decode()
    assert "海门街道" in page
    assert ">区人社局<" not in page


def test_the_list_asks_the_database_as_often_for_many_units_as_for_few(cast: Cast, housing: Unit) -> None:
    clerk = cast.client("clerk")
    clerk.get("/units/")
    with CaptureQueriesContext(connection) as few:
        clerk.get("/units/")
    for order in range(30):
        found(cast.place, f"第{order}局", "department")
    with CaptureQueriesContext(connection) as many:
        clerk.get("/units/")
    assert len(many) == len(few)


def test_a_unit_is_founded_under_a_name_nobody_has(cast: Cast, housing: Unit) -> None:
    clerk = cast.client("clerk")
    form = {"name": "区数据局", "kind": "department", "since": "2024-05-01"}
    assert clerk.post("/units/new/", form).status_code == 302
    assert Unit.objects.get(name="区数据局").since == date(2024, 5, 1)
    taken = clerk.post("/units/new/", form | {"name": "区住建局"})
    assert "一个名称只能指一个单位" in taken.content.decode()
    assert clerk.post("/units/new/", form | {"name": "x", "since": "五月"}).status_code == 422


def test_a_renamed_unit_keeps_its_old_name_among_its_names(cast: Cast, housing: Unit) -> None:
    clerk = cast.client("clerk")
    address = f"/units/{housing.pk}/rename/"
    assert "已印发公文的原文不变" in clerk.get(address).content.decode()
    assert clerk.post(address, {"name": "区住房城乡建设局", "why": "机构改革"}).status_code == 302
    housing.refresh_from_db()
    assert housing.name == "区住房城乡建设局"
    assert set(housing.names.values_list("name", flat=True)) == {"区住建局", "区住房城乡建设局"}
    entry = Entry.objects.get(action="unit-renamed")
    assert (entry.place, entry.why) == ("990201", "机构改革")
    assert clerk.post(address, {"name": "区住建局", "why": "改回"}).status_code == 302


def test_a_name_given_to_the_wrong_unit_goes_to_the_right_one(cast: Cast, housing: Unit) -> None:
    clerk, water = cast.client("clerk"), found(cast.place, "区水利局", "department")
    assert clerk.post(f"/units/{housing.pk}/edit/", {"what": "name", "name": "区水务局"}).status_code == 302
    name = UnitName.objects.get(name="区水务局")
    address = f"/units/{housing.pk}/names/{name.pk}/move/"
    assert clerk.get(address).status_code == 200
    assert clerk.post(address, {"unit": water.pk}).status_code == 302
    assert UnitName.objects.get(name="区水务局").unit == water
    own = UnitName.objects.get(name="区住建局")
    refused = clerk.post(f"/units/{housing.pk}/names/{own.pk}/move/", {"unit": water.pk})
    assert "请先给它更名" in refused.content.decode()


def test_a_corrected_kind_makes_a_partner_of_a_unit(cast: Cast, housing: Unit) -> None:
    clerk = cast.client("clerk")
    form = {"what": "kind", "kind": "party", "order": "7"}
    assert clerk.post(f"/units/{housing.pk}/edit/", form).status_code == 302
    housing.refresh_from_db()
    assert housing.is_partner
    assert housing.order == 7
    clerk.post(f"/units/{housing.pk}/edit/", form)
    assert Entry.objects.filter(action="unit-changed").count() == 1, "no change, no entry"


def test_an_ended_unit_leaves_its_groups_and_comes_back_when_it_was_a_slip(cast: Cast, housing: Unit) -> None:
    clerk = cast.client("clerk")
    group = UnitGroup.objects.create(place=cast.place, name="各单位")
    Membership.objects.create(group=group, unit=housing, since=SPRING)
    address = f"/units/{housing.pk}/end/"
    assert "补充通知" in clerk.get(address).content.decode()
    early = clerk.post(address, {"until": "2024-01-01", "why": "撤销"})
    assert "早于单位成立的日期" in early.content.decode()
    assert clerk.post(address, {"until": "2024-06-01", "why": "撤销"}).status_code == 302
    assert Membership.objects.get().until == date(2024, 6, 1)
    assert ">区住建局<" not in clerk.get("/units/").content.decode()
    assert "区住建局" in clerk.get("/units/?ended").content.decode()
    assert clerk.post(f"/units/{housing.pk}/revive/").status_code == 302
    housing.refresh_from_db()
    assert housing.until is None
    assert Membership.objects.get().until is None
    assert verify_chain().holds


def test_members_join_and_leave_a_group_from_a_day(cast: Cast) -> None:
    clerk = cast.client("clerk")
    assert clerk.post("/groups/new/", {"name": "各街道"}).status_code == 302
    group = UnitGroup.objects.get()
    sea, tide = (found(cast.place, name, "township") for name in ("海门街道", "潮头街道"))
    form = {"units": [sea.pk, tide.pk], "since": "2024-04-01"}
    assert "名单是空的" in clerk.get("/groups/").content.decode()
    assert clerk.post(f"/groups/{group.pk}/", {"since": "2024-04-01"}).status_code == 422
    assert clerk.post(f"/groups/{group.pk}/", form).status_code == 302
    assert Entry.objects.filter(action="member-added").count() == 1
    member = Membership.objects.get(unit=sea)
    address = f"/groups/{group.pk}/members/{member.pk}/remove/"
    assert clerk.post(address, {"until": "2024-03-01", "why": "x"}).status_code == 422
    assert clerk.post(address, {"until": "2024-05-01", "why": "撤街设镇"}).status_code == 302
    assert list(
        Membership.objects.on(date(2024, 4, 30)).values_list("unit__name", flat=True).order_by("id")
    ) == [
        "海门街道",
        "潮头街道",
    ]
    assert list(Membership.objects.on(date(2024, 5, 1)).values_list("unit__name", flat=True)) == ["潮头街道"]
    page = clerk.get(f"/groups/{group.pk}/").content.decode()
    assert "现有 1 个单位" in page
    assert "退出过的 1 个" in page
    assert clerk.get(address).status_code == 404
    assert "已经有" in clerk.post("/groups/new/", {"name": "各街道"}).content.decode()


def test_a_chosen_group_has_no_members(cast: Cast, housing: Unit) -> None:
    clerk = cast.client("clerk")
    group = UnitGroup.objects.create(place=cast.place, name="相关街镇", is_chosen=True)
    assert "由牵头单位逐项指定" in clerk.get(f"/groups/{group.pk}/").content.decode()
    form = {"units": [housing.pk], "since": "2024-04-01"}
    assert clerk.post(f"/groups/{group.pk}/", form).status_code == 422
    assert not Membership.objects.exists()
    assert clerk.post(f"/groups/{group.pk}/chosen/", {"why": "改按名单"}).status_code == 302
    assert clerk.post(f"/groups/{group.pk}/", form).status_code == 302


def test_a_successor_ends_one_tenure_and_begins_the_next(cast: Cast) -> None:
    clerk = cast.client("clerk")
    form = {"title": "常务副区长", "order": "2"}
    assert clerk.post("/posts/new/", form)["Location"].startswith("/posts/")
    post = Post.objects.get()
    address = f"/posts/{post.pk}/"
    assert "空缺" in clerk.get("/posts/").content.decode()
    seat = {"what": "seat", "name": "钟声", "since": "2024-01-10", "why": "任命"}
    assert clerk.post(address, seat).status_code == 302
    early = clerk.post(address, seat | {"name": "苏木", "since": "2023-12-01"})
    assert "早于钟声任职的日期" in early.content.decode()
    same = clerk.post(address, seat | {"since": "2024-02-01"})
    assert same.status_code == 422
    assert clerk.post(address, seat | {"name": "苏木", "since": "2024-06-01"}).status_code == 302
    on = {day: Tenure.objects.on(day).get().person.name for day in (date(2024, 5, 31), date(2024, 6, 1))}
    assert list(on.values()) == ["钟声", "苏木"]
    assert clerk.get(f"{address}leave/").status_code == 200
    assert clerk.post(f"{address}leave/", {"until": "2024-09-01", "why": "调任"}).status_code == 302
    assert not Tenure.objects.on(date(2024, 9, 1)).exists()
    assert [e.action for e in Entry.objects.order_by("sequence")] == [
        "post-made",
        "holder-changed",
        "holder-changed",
        "holder-left",
    ]


def test_one_post_of_a_place_is_responsible_for_the_whole(cast: Cast) -> None:
    clerk = cast.client("clerk")
    first = Post.objects.create(place=cast.place, title="区长", is_head=True)
    other = Place.objects.create(code="990202", name="听涛区", level="county")
    theirs = Post.objects.create(place=other, title="区长", is_head=True)
    second = Post.objects.create(place=cast.place, title="代区长")
    form = {"what": "post", "title": "代区长", "order": "0", "is_head": "on"}
    assert clerk.post(f"/posts/{second.pk}/", form).status_code == 302
    heads = set(Post.objects.filter(is_head=True).values_list("pk", flat=True))
    assert heads == {second.pk, theirs.pk}
    assert first.pk not in heads
    assert "代区长总负责" in clerk.get("/posts/").content.decode()


def test_another_places_units_groups_and_posts_are_not_there(cast: Cast) -> None:
    clerk = cast.client("clerk")
    other = Place.objects.create(code="990202", name="听涛区", level="county")
    unit = found(other, "区教育局", "department")
    group = UnitGroup.objects.create(place=other, name="各街道")
    post = Post.objects.create(place=other, title="区长")
    for address in (
        f"/units/{unit.pk}/edit/",
        f"/units/{unit.pk}/rename/",
        f"/units/{unit.pk}/end/",
        f"/groups/{group.pk}/",
        f"/groups/{group.pk}/chosen/",
        f"/posts/{post.pk}/",
        f"/posts/{post.pk}/leave/",
    ):
        assert clerk.get(address).status_code == 404, address
    assert clerk.post(f"/units/{unit.pk}/revive/").status_code == 404
    assert "区教育局" not in clerk.get("/units/").content.decode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("电信望潮分局", UnitKind.COMPANY),
        ("望潮供电分局", UnitKind.COMPANY),
        ("移动望潮分公司", UnitKind.COMPANY),
        ("联通望潮分公司", UnitKind.COMPANY),
        ("区公安分局", UnitKind.VERTICAL),
        ("反电信诈骗工作专班", UnitKind.TASK_FORCE),
        ("团区委", UnitKind.MASS),
    ],
)
def test_a_unit_is_of_the_kind_its_name_says(name: str, kind: UnitKind) -> None:
    assert kind_of(name) == kind


def proposed(cast: Cast) -> UnitGroup:
    """A group whose members the program found in the papers."""
    units_by_name(
        cast.place, ["区住建局", "团区委", "电信望潮分局", "望海街道", "区委办公室", "某一大队"], SPRING
    )
    return groups_by_name(cast.place, ["区政府直属各单位"], SPRING)["区政府直属各单位"]


def members(group: UnitGroup) -> list[str]:
    return list(group.memberships.filter(until__isnull=True).values_list("unit__name", flat=True))


def test_only_bureaus_are_proposed_as_members(cast: Cast) -> None:
    group = proposed(cast)
    assert (members(group), group.is_proposed) == (["区住建局"], True)
    assert not groups_by_name(cast.place, ["相关街镇"], SPRING)["相关街镇"].is_proposed


def test_proposed_members_are_confirmed_with_one_press(cast: Cast) -> None:
    group, clerk = proposed(cast), cast.client("clerk")
    asks = "名单由程序按两份文件里出现的单位拟出，请核对"
    assert asks in clerk.get(f"/groups/{group.pk}/").content.decode()
    assert "名单待核对" in clerk.get("/groups/").content.decode()
    assert clerk.post(f"/groups/{group.pk}/confirm/").status_code == 302
    assert asks not in clerk.get(f"/groups/{group.pk}/").content.decode()
    told = tell_about("group", group.pk)[0]
    assert [(one.label, one.after) for one in told.changes] == [("名单已核对", "是"), ("成员", "区住建局")]
    assert clerk.post(f"/groups/{group.pk}/confirm/").status_code == 409


def test_an_empty_list_is_not_called_right(cast: Cast) -> None:
    group = groups_by_name(cast.place, ["各乡镇"], SPRING)["各乡镇"]
    assert (members(group), group.is_proposed) == ([], True)
    page = cast.client("clerk").get(f"/groups/{group.pk}/").content.decode()
    assert "名单无误" not in page
    assert 'href="/units/new/">新增单位</a>' in page


def test_who_changes_the_members_has_looked_at_them(cast: Cast) -> None:
    group = proposed(cast)
    youth = Unit.objects.get(name="团区委")
    cast.client("clerk").post(f"/groups/{group.pk}/", {"units": [youth.pk], "since": "2024-04-01"})
    group.refresh_from_db()
    assert (set(members(group)), group.is_proposed) == ({"区住建局", "团区委"}, False)


@pytest.mark.usefixtures("real_transactions")
def test_a_group_pressed_twice_at_once_is_made_once_and_the_second_is_told(cast: Cast) -> None:
    by = cast.viewer("clerk")
    got = twice_at_once(lambda: groups.make_group("各功能区", is_chosen=True, by=by, at=at(8)).name)
    assert sorted(got) == ["group-name-taken", "各功能区"]
    assert Entry.objects.filter(action="group-made").count() == 1


@pytest.mark.usefixtures("real_transactions")
def test_a_name_given_to_two_units_at_once_is_one_s(cast: Cast) -> None:
    by = cast.viewer("clerk")
    waiting = [found(cast.place, name, "department") for name in ("区住建局", "区渔业局")]
    got = twice_at_once(lambda: units.add_name(waiting.pop().pk, "区建渔局", by=by, at=at(8)).name)
    assert "unit-name-taken" in got
    assert UnitName.objects.filter(name="区建渔局").count() == 1


@pytest.mark.usefixtures("real_transactions")
def test_a_unit_founded_twice_at_once_is_there_once(cast: Cast) -> None:
    by = cast.viewer("clerk")
    kind = UnitKind.DEPARTMENT
    got = twice_at_once(lambda: units.make_unit("区渔业局", kind, SPRING, by=by, at=at(8)).name)
    assert sorted(got) == ["unit-name-taken", "区渔业局"]
