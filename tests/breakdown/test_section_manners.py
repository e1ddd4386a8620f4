"""Manners that show only over a whole section: names above contents, leaders at its end, lists by unit."""

from typing import Any

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short


def read(text: str) -> dict[str, Any]:
    """A breakdown in short."""
    short: dict[str, Any] = in_short(read_breakdown(as_source(text)))
    return short


def units_of(text: str) -> list[str]:
    """The units of each task, in one line a task."""
    return ["、".join(row.get("units", [])) for row in read(text)["tasks"]]


NAMED = """芦湾市2025年民生实事项目责任分工
一、新增幼儿园学位900个
建设内容：改建幼儿园3所，8月底前开园。
责任领导：叶知秋
牵头部门：市教育局
责任部门：市住建局，各区政府
二、加装电梯60台
建设内容：在老旧住宅加装电梯60台。
责任领导：叶知秋
牵头部门：市住建局
"""


def test_a_head_above_its_content_is_the_name_of_the_project() -> None:
    contents = read_breakdown(as_source(NAMED)).livelihood
    assert [(one.project, one.content) for one in contents] == [
        ("新增幼儿园学位900个", "改建幼儿园3所，8月底前开园。"),
        ("加装电梯60台", "在老旧住宅加装电梯60台。"),
    ]
    assert NAMED[contents[0].start : contents[0].end] == contents[0].content


def test_further_labels_go_on_with_the_content_and_an_item_keeps_its_name() -> None:
    text = (
        "1.畅通水网\n工作内容：疏浚南塘河。\n工作目标：水质达到Ⅲ类。\n责任单位：区水务局\n"
        "2.补种行道树500棵。\n责任单位：区林业局"
    )
    tasks = read_breakdown(as_source(text)).tasks
    assert [(one.title, one.text) for one in tasks] == [
        ("畅通水网", "疏浚南塘河。\n工作目标：水质达到Ⅲ类。"),
        (None, "补种行道树500棵。"),
    ]


ENDED = """（一）稳增长
1、签约项目30个。
责任单位：县商务局
2、零售总额增长7%。
责任单位：县商务局
分管领导：汪海平
（二）惠民生
3、新增就业4200人。
责任单位：县人社局
4、新修公路40公里。
责任单位：县交通局
分管领导：叶知秋
说明：1.责任单位中排第一位的为牵头单位。2.各单位每月25日前报送进展。
"""


def test_the_leader_at_the_end_of_every_section_leads_all_of_it() -> None:
    tasks = read(ENDED)["tasks"]
    assert [row["leaders"] for row in tasks] == ["汪海平", "汪海平", "叶知秋", "叶知秋"]
    once = ENDED.replace("责任单位：县商务局\n2、", "责任单位：县商务局\n分管领导：周行\n2、")
    assert [row.get("leaders") for row in read(once)["tasks"]][2:] == [None, "叶知秋"]


def test_a_note_below_the_last_item_is_no_remark_of_it() -> None:
    assert all("remark" not in row for row in read(ENDED)["tasks"])
    assert read("1.疏浚南塘河。\n责任单位：区水务局\n说明：与上年结转任务合并。")["tasks"][0]["remark"]


def test_in_a_list_by_units_the_words_say_who_leads_and_groups_have_theirs() -> None:
    text = (
        "一、区发改局\n1.牵头推进物流园建设。\n2.配合区商务局做好招商工作。\n二、区教育局\n1.新建学校2所。\n"
        "三、各街道办事处\n1.做好老旧小区改造的群众工作。"
    )
    assert units_of(text) == [
        "区发改局 lead word",
        "区商务局 lead word、区发改局 supporting word",
        "区教育局 lead sole",
        "各街道办事处+ responsible joint",
    ]


def test_who_answers_the_telephone_leads_nothing() -> None:
    text = (
        "现将任务分解表印发给你们，请于3月20日前报送方案（联系人：周某，电话：1234567）。\n"
        "1.疏浚南塘河。（牵头单位：县水利局；配合单位：县财政局等县直有关部门，各乡镇）"
    )
    assert units_of(text) == [
        "县水利局 lead word、县财政局 supporting word、县直有关部门+ supporting word、各乡镇+ supporting word"
    ]
    assert "leaders" not in read(text)["tasks"][0]
