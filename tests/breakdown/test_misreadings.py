"""What looks like a manner of breakdowns and is none: each case was read wrongly once."""

from collections.abc import Callable
from typing import Any

import pytest

from dukao.breakdown.duties.units import is_unit
from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short, takes_as_long_as_it_is

_OTHERS = "1.清淤三公里。\n责任单位：区水务局\n2.砌岸两公里。\n责任单位：区住建局\n"


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    rows: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return rows


def numbers_of(text: str) -> list[str]:
    """The numbers of the tasks of a text."""
    return [task.number for task in read_breakdown(as_source(text)).tasks]


def in_brief(text: str) -> list[str]:
    """The tasks of a text with their units."""
    return [f"{row['text']} {'、'.join(row.get('units', []))}".strip() for row in rows_of(text)]


@pytest.mark.parametrize(
    ("first", "broken"),
    [
        ("建设产业园，年内引进", "20 多家企业落户。"),
        ("改造市政道路，更换", "30 余盏路灯。"),
        ("组建", "12 支志愿服务队。"),
        ("推广应用", "6 种新型农机。"),
        ("新建智慧农场", "8 个，打通断头路。"),
        ("整治背街小巷，新增停车泊位", "30 分钟生活圈内全覆盖。"),
    ],
)
def test_a_figure_at_the_begin_of_a_broken_line_numbers_nothing(first: str, broken: str) -> None:
    text = f"一、重点任务\n1. {first}\n{broken}\n牵头单位：区工信局\n2. 清淤。\n牵头单位：区水务局"
    assert numbers_of(text) == ["1", "2"]
    assert [row["units"] for row in rows_of(text)] == [["区工信局 lead word"], ["区水务局 lead word"]]


def test_a_list_numbered_by_spaces_alone_stays_one() -> None:
    found = in_brief(
        "任务分工\n1 分类推进改革\n区水务局\n2 支持企业上市\n区林业局\n3 多措并举稳就业\n区住建局"
    )
    assert [one.split()[0] for one in found] == ["分类推进改革", "支持企业上市", "多措并举稳就业"]


def test_a_measure_behind_any_white_numbers_nothing() -> None:
    found = numbers_of(
        "一、水利\n1.新建水库，总投资达到\n1.5  亿元，建成泵站。\n责任单位：区水务局\n"
        "2.清淤。\n责任单位：区住建局"
    )
    assert found == ["1", "2"]


def test_a_project_office_is_no_reference_to_an_item() -> None:
    found = in_brief("一、治水\n1.清淤。（第1项目专班、区水务局）\n2.砌岸。（区住建局）\n")
    assert "区水务局" in found[0]


def test_units_of_a_reference_to_no_item_stay_where_they_are() -> None:
    found = in_brief("一、治水\n1.清淤。（区水务局）\n2.砌岸。（第7项由区住建局牵头）\n")
    assert "区住建局" in found[1]


def test_who_gathers_others_does_not_lead_beside_whom_a_label_names() -> None:
    (first, *_) = rows_of(
        f"一、开放\n1.深化部门合作，由区政府办公室统筹。\n牵头单位：区商务局\n二、治水\n{_OTHERS}"
    )
    assert first["text"] == "深化部门合作，由区政府办公室统筹。"
    assert first["units"] == ["区商务局 lead word"]


def test_parts_of_an_item_bear_its_number() -> None:
    found = numbers_of(
        "一、实事\n1.办好实事：（1）建公园5个；（2）修小区3个。责任单位：（1）区园林局；（2）区住建局\n"
        "2.清淤三公里。责任单位：区水务局\n"
    )
    assert found == ["1", "1", "2"]


def test_who_takes_part_under_a_second_label_is_kept() -> None:
    (first, _) = rows_of(
        "一、招商\n1.抓好招商。\n责任单位：区商务局\n配合单位：区发改局\n参与单位：区财政局\n2.清淤。\n责任单位：区水务局\n"
    )
    assert [one.split()[0] for one in first["units"]] == ["区商务局", "区发改局", "区财政局"]


@pytest.mark.parametrize(
    "name", ["新建区水务局", "新建区人民政府", "启动区管委会", "新建镇人民政府", "新建镇"]
)
def test_a_unit_of_a_place_called_as_a_deed_is_one(name: str) -> None:
    assert is_unit(name)


@pytest.mark.parametrize("deed", ["新建污水处理厂", "新建县级医院", "新建镇卫生院", "启动区域医疗中心"])
def test_a_deed_that_ends_like_a_unit_is_none(deed: str) -> None:
    assert not is_unit(deed)


@pytest.mark.parametrize(
    "made",
    [
        lambda count: f"1.清淤。\n责任单位：{'1、' * 5 * count}区水务局\n",
        lambda count: "1.**老有所养{}建食堂。\n责任单位：区水务局\n".format("\u3000" * 5 * count),
        lambda count: "一.1{}个食堂。\n责任单位：区水务局\n".format("\u3000" * 5 * count),
        lambda count: "清淤疏浚南塘河。\n主办单位：区水务局\n" * count,
        lambda count: "".join(f"{at}.清淤{at}公里\n以上任务责任单位：区水务局\n" for at in range(1, count)),
    ],
    ids=["references", "bold", "numbers", "labels", "labels of all above"],
)
def test_long_nonsense_takes_no_longer_than_it_is(made: Callable[[int], str]) -> None:
    assert takes_as_long_as_it_is(lambda count: f"任务分工\n{_OTHERS}{made(count)}{_OTHERS}", 4_000)


_HEADS = "序号\t任务\t责任单位\n1\t清淤。\t区水务局\n"


@pytest.mark.parametrize(
    "made",
    [
        lambda count: f"2\t砌岸。\t区水务局{' ' * count}区住建局\n",
        lambda count: f"2\t砌岸。\t区{' ' * count}水{' ' * count}务局\n",
        lambda count: f"2\t砌岸。\t{'区水务局 ' * (count // 4)}局\n",
        lambda count: f"2\t{'1' * (count // 4)}\t区水务局\n",
    ],
)
def test_long_cells_are_read_in_their_own_time(made: Callable[[int], str]) -> None:
    assert takes_as_long_as_it_is(lambda count: f"{_HEADS}{made(count)}", 20_000)
