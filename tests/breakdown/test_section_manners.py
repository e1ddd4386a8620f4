"""Manners that show only over a whole section: names above contents, leaders at its end, lists by unit."""

from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from dukao.reading.errors import SourceError
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
    for own in ("备注：完成率达到80%以上。", "备注：每月报送进度。", "备注：由区委宣传部为牵头单位。"):
        first = read(f"1.疏浚南塘河。\n责任单位：区水务局\n{own}\n2.植树。\n责任单位：区林业局")["tasks"][0]
        assert first["remark"]


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


def test_lists_by_units_may_count_what_they_hold_and_say_the_part_behind_it() -> None:
    text = (
        "县发改局（2项）\n1.地区生产总值增长6%。（牵头）\n2.消费增长7%。（配合）\n"
        "县商务局（1项）\n1.消费增长8%。（牵头）"
    )
    assert [row["text"] for row in read(text)["tasks"]] == [
        "地区生产总值增长6%。",
        "消费增长7%。",
        "消费增长8%。",
    ]
    assert units_of(text) == ["县发改局 lead word", "县发改局 supporting word", "县商务局 lead word"]


def test_a_leader_named_above_items_leads_those_below_and_not_the_item_before() -> None:
    text = (
        "责任领导：副市长 陶然\n1.清淤。\n牵头单位：市水务局\n2.砌岸。\n牵头单位：市水务局\n\n"
        "责任领导：副市长 叶知秋\n3.新增托位500个。\n牵头单位：市卫健委\n"
    )
    assert [row["leaders"] for row in read(text)["tasks"]] == [
        "陶然 副市长",
        "陶然 副市长",
        "叶知秋 副市长",
    ]


def test_units_stand_before_the_person_in_a_bracket_and_who_helps_behind() -> None:
    text = "1、新建茶园500亩（农业农村服务中心，负责人：王强；各村配合）。\n2、造林（林业站，负责人：李娜）。"
    assert units_of(text) == ["农业农村服务中心 lead sole、各村+ supporting word", "林业站 lead sole"]
    assert not any("leaders" in row for row in read(text)["tasks"])


def test_each_clause_of_an_item_has_the_units_behind_it() -> None:
    text = (
        "（一）更新城市。改造棚户区900套（市住建局、各区政府）；建管网8公里（市水务局）；"
        "通路2条（市住建局牵头，市公安局配合）。"
    )
    assert units_of(text) == [
        "市住建局 responsible undecided、各区政府+ responsible undecided",
        "市水务局 lead sole",
        "市住建局 lead word、市公安局 supporting word",
    ]


def test_a_part_may_stand_in_brackets_of_its_own_and_labels_behind_points() -> None:
    assert units_of(
        "1．粮食产量稳定。（旗农牧局〔牵头〕、旗水利局、各苏木镇）\n2．办好大会。（旗文体局〔牵头〕）"
    ) == [
        "旗农牧局 lead word、旗水利局 responsible word、各苏木镇+ responsible word",
        "旗文体局 lead word",
    ]
    pointed = "2025年度重点任务\n▲ 重点任务1：建成大桥\n  ● 牵头部门：市交通局\n  ● 完成时限：9月30日前\n"
    (row,) = read(pointed)["tasks"]
    assert (row["text"], row["units"]) == ("建成大桥", ["市交通局 lead word"])
    assert "2025-09-30" in row["deadline"]


def test_a_unit_alone_above_a_list_that_begins_has_it() -> None:
    text = "重点任务分工\n县发改局\n1. 完成投资80亿元。\n2. 取得核准。\n县教育局\n1. 新建初中1所。"
    assert units_of(text) == ["县发改局 lead sole", "县发改局 lead sole", "县教育局 lead sole"]


def test_a_numbered_label_is_the_head_of_what_stands_below() -> None:
    text = (
        "一、经济\n（一）牵头单位：市发改委\n1.投资增长7%。\n（二）牵头单位：市工信局\n责任单位：市统计局\n"
        "2.技改增长9%。\n二、城建\n（一）牵头单位：市住建局\n3.改造小区5个。"
    )
    assert units_of(text) == [
        "市发改委 lead word",
        "市工信局 lead word、市统计局 responsible word",
        "市住建局 lead word",
    ]


def test_a_project_may_be_named_by_a_label_with_its_number() -> None:
    text = (
        "云台市民生实事项目责任分工表\n项目名称：1.学位扩容\n具体内容：新增学位900个。\n责任单位：市教育局\n"
        "项目名称：2.小区改造\n具体内容：改造小区9个。\n责任单位：市住建局"
    )
    contents = read_breakdown(as_source(text)).livelihood
    assert [(one.number, one.project, one.content) for one in contents] == [
        ("1", "学位扩容", "新增学位900个。"),
        ("2", "小区改造", "改造小区9个。"),
    ]


def test_a_column_of_progress_holds_steps_whatever_it_is_called() -> None:
    text = "序号\t项目名称\t形象进度要求\t责任单位\n1\t冷链中心\t6月开工，年底完成主体\t区商务局\n"
    (task,) = read_breakdown(as_source(f"2025年重点项目任务表\n{text}")).tasks
    assert [step.deadline.text for step in task.milestones] == ["6月开工", "年底"]


def test_an_item_may_name_itself_its_leader_and_whom_its_unit_answers_by() -> None:
    text = (
        "民生实事责任清单\n1.实事名称：供热管网改造\n  目标要求：改造一级管网12公里。\n"
        "  包抓领导：副县长 郝建安\n"
        "  主办单位：县住建局    主要负责人：雷鸣\n  协办单位：县财政局、城关镇\n"
        "2.实事名称：公园改造\n  目标要求：改造公园3个。\n  包抓领导：副县长 郝建安\n  主办单位：县林业局"
    )
    first, second = read(text)["livelihood"]
    assert (first["project"], first["content"]) == ("供热管网改造", "改造一级管网12公里。")
    assert first["units"] == ["县住建局 lead word", "县财政局 supporting word", "城关镇 supporting word"]
    assert second["leaders"] == "郝建安 副县长"


def test_a_row_across_the_table_may_be_the_name_of_a_leader() -> None:
    text = (
        "序号\t工作任务\t牵头单位\n副县长 陶然\t\t\n1\t清淤。\t县水利局\n2\t砌岸。\t县水利局\n"
        "副县长 叶知秋\t\t\n3\t验光。\t县教育局\n"
    )
    assert [row["leaders"] for row in read(text)["tasks"]] == ["陶然 副县长", "陶然 副县长", "叶知秋 副县长"]


def test_a_cell_that_says_the_same_is_what_stands_above_it() -> None:
    text = (
        "| 序号 | 工作任务 | 牵头领导 | 主责单位 | 协同单位 |\n"
        "| 1 | 新增学位2400个 | 陶然 | 区教育局 | 区资规局 |\n"
        "| 2 | 改建卫生中心3家 | 〃 | 区卫健局 | 同上 |"
    )
    assert units_of(text)[1] == "区卫健局 lead column、区资规局 supporting column"
    assert read(text)["tasks"][1]["leaders"] == "陶然"


def test_what_is_asked_of_all_below_the_items_is_no_task() -> None:
    text = (
        "一、新增农田3万亩，牵头单位：县农业局，责任单位：县水利局。\n"
        "二、建成水厂，牵头单位：县水利局，完成时限：2025年10月。\n"
        "三、工作要求。各牵头单位要制定方案，于3月底前报县政府督查室。"
    )
    assert [row["text"] for row in read(text)["tasks"]] == ["新增农田3万亩", "建成水厂"]


def test_a_record_of_labels_begins_with_its_number() -> None:
    text = (
        "重点工作清单\n序号：1\n工作事项：复耕800亩\n责任部门：农业办\n完成时限：2025年5月底\n\n"
        "序号：2\n工作事项：改造危房26户\n责任部门：规划办、各村委会\n"
    )
    assert [(row.number, row.text) for row in read_breakdown(as_source(text)).tasks] == [
        ("1", "复耕800亩"),
        ("2", "改造危房26户"),
    ]


def test_a_limit_may_stand_behind_the_units_behind_a_dash() -> None:
    text = "1、加装电梯15台——城管办牵头，各社区配合（2025年10月底前）\n2、走访企业300家——经济发展办"
    assert units_of(text) == ["城管办 lead word、各社区+ supporting word", "经济发展办 lead sole"]
    assert "2025-10-31" in read(text)["tasks"][0]["deadline"]


def test_units_may_stand_one_to_a_line_below_their_item() -> None:
    text = (
        "1.改造户厕900座。\n市农业农村局\n市卫健委\n2.新建公厕30座。\n市城管局\n"
        "市人民政府办公室\n2025年3月1日\n"
    )
    assert units_of(text) == [
        "市农业农村局 responsible undecided、市卫健委 responsible undecided",
        "市城管局 lead sole",
    ]


def test_a_leader_may_be_called_by_the_family_name() -> None:
    text = (
        "一、方县长牵头的工作\n1.清淤。\n责任单位：县水利局\n"
        "二、何常务副县长牵头的工作\n2.减税。\n责任单位：县税务局"
    )
    assert [row["leaders"] for row in read(text)["tasks"]] == ["方 县长", "何 常务副县长"]


def test_a_line_of_a_drawn_table_that_begins_an_item_is_a_row() -> None:
    text = (
        "┌──────┬──────┐\n│工作任务│牵头单位│\n├──────┼──────┤\n"
        "│1.实施工业倍增│市工信局│\n│计划      │          │\n│△技改50个  │市工信局│\n└──────┴──────┘"
    )
    tasks = read_breakdown(as_source(text)).tasks
    assert [(one.text, one.parent is None) for one in tasks] == [
        ("实施工业倍增计划", True),
        ("技改50个", False),
    ]


def test_the_mark_of_an_annex_may_stand_before_its_title() -> None:
    table = "序号\t工作任务\t牵头单位\n1\t清淤\t县水利局\n"
    text = f"附件1  2025年指标任务分解表\n{table}附件2  2025年重点任务分解表\n{table}"
    groups = read_breakdown(as_source(text)).groups
    assert [group.title for group in groups] == ["2025年指标任务分解表", "2025年重点任务分解表"]


def test_a_day_from_which_it_holds_is_no_unit_and_no_limit() -> None:
    (row,) = read("重点任务分解表\n1.养老金每月提高10元（人社局、财政局，1月起执行）\n")["tasks"]
    assert row["text"] == "养老金每月提高10元"
    assert "ongoing" in row["deadline"]


def test_a_report_that_only_its_office_signs_is_no_breakdown() -> None:
    text = (
        "政府工作报告\n各位代表：\n现在，我代表市人民政府作工作报告，请予审议。\n三、重点任务\n各位代表！\n"
        "1.抓好工业。\n2.抓好农业。\n3.抓好教育。\n市人民政府办公室\n"
    )
    with pytest.raises(SourceError, match="是一篇政府工作报告"):
        read_breakdown(as_source(text))


def test_limits_without_end_behind_an_item_are_read_in_one_go() -> None:
    text = f"1.疏浚南塘河。{'（6月底前）' * 3000}\n责任单位：区水务局\n2.植树。\n责任单位：区林业局"
    assert units_of(text) == ["区水务局 lead sole", "区林业局 lead sole"]
