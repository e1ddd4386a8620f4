"""How lines are numbered, where limits and units stand on them, and tables that lost their lines."""

from typing import Any

import pytest

from dukao.breakdown.reader import read_breakdown
from tests.breakdown.reading import as_source, in_short


def rows_of(text: str) -> list[dict[str, Any]]:
    """The tasks of a text in short."""
    tasks: list[dict[str, Any]] = in_short(read_breakdown(as_source(text)))["tasks"]
    return tasks


def in_brief(text: str) -> list[str]:
    """The tasks of a text with their units: "疏浚南塘河。 区水务局 lead sole"."""
    return [f"{row['text']} {'、'.join(row.get('units', []))}".strip() for row in rows_of(text)]


def said_of(text: str) -> list[str]:
    """What the reader says of a text."""
    return [one.code for one in read_breakdown(as_source(text)).diagnostics]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("第1条　", "第2条　"),
        ("第一项、", "第二项、"),
        ("01 ", "02 "),
        ("1 ", "2 "),
        ("项目一：", "项目二："),
        ("【任务一】", "【任务二】"),
        ("攻坚行动1 ", "攻坚行动2 "),
        ("①．", "②．"),
        ("一．1 ", "一．2 "),
        ("一-1 ", "一-2 "),
    ],
)
def test_a_number_is_no_part_of_the_words_however_it_is_written(first: str, second: str) -> None:
    text = f"任务分解\n{first}疏浚南塘河。\n责任单位：区水务局\n{second}补种行道树。\n责任单位：区林业局"
    assert in_brief(text) == ["疏浚南塘河。 区水务局 lead sole", "补种行道树。 区林业局 lead sole"]


def test_a_figure_with_its_measure_begins_no_item() -> None:
    text = "1.铺设管网，全长\n12 公里。\n责任单位：区水务局\n2.栽树\n6 项工程同步。\n责任单位：区林业局"
    assert [row["id"] for row in rows_of(text)] == ["1-1", "1-2"]


def test_a_word_and_its_number_alone_on_a_line_is_the_number_of_what_follows() -> None:
    text = (
        "任务书\n项目一\n目标任务：疏浚南塘河三公里\n推进措施：三月招标\n责任单位：区水务局\n\n"
        "项目二\n目标任务：补种行道树五百棵\n推进措施：四月开工\n责任单位：区林业局"
    )
    assert [row["text"] for row in rows_of(text)] == ["疏浚南塘河三公里", "补种行道树五百棵"]
    assert [row["milestones"][0].split("：")[-1] for row in rows_of(text)] == ["三月招标", "四月开工"]
    assert [row["units"] for row in rows_of(text)] == [["区水务局 lead sole"], ["区林业局 lead sole"]]


def test_words_with_numbers_above_lists_are_their_heads() -> None:
    text = (
        "任务分工方案\n任务一：治水行动\n1.清淤。（区水务局）\n2.砌岸。（区住建局）\n"
        "任务二：绿化行动\n1.栽树。（区林业局）"
    )
    read = in_short(read_breakdown(as_source(text)))
    assert [group["title"] for group in read["groups"]] == ["治水行动", "绿化行动"]
    assert [row["id"] for row in read["tasks"]] == ["（一）-1", "（一）-2", "（二）-1"]
    alone = (
        "任务一：清淤。\n责任单位：区水务局\n任务二：栽树。\n责任单位：区林业局\n1.加强领导。各单位要重视。"
    )
    assert in_brief(alone)[:2] == ["清淤。 区水务局 lead sole", "栽树。 区林业局 lead sole"]


def test_sentences_counted_off_by_words_lose_the_word() -> None:
    text = (
        "任务分工\n一是疏浚南塘河，由区水务局牵头，各街道配合，6月底前完成。\n"
        "二是补种行道树，由区林业局负责，9月底前完成。"
    )
    assert in_brief(text) == [
        "疏浚南塘河 区水务局 lead word、各街道+ supporting word",
        "补种行道树 区林业局 lead sole",
    ]


@pytest.mark.parametrize("arrow", ["→", " -> ", " ⇒ "])
def test_an_arrow_parts_units_from_their_task(arrow: str) -> None:
    text = (
        f"任务分解如下：\n区水务局{arrow}疏浚南塘河（6月底前）\n区林业局、区住建局{arrow}补种行道树（年内）"
    )
    rows = rows_of(text)
    assert [row["text"] for row in rows] == ["疏浚南塘河", "补种行道树"]
    assert [row["deadline"].split()[0] for row in rows] == ["6月底前", "年内"]
    behind = f"1.疏浚南塘河{arrow}区水务局\n2.补种行道树{arrow}区林业局、区住建局"
    assert in_brief(behind)[0] == "疏浚南塘河 区水务局 lead sole"


def test_a_limit_before_the_words_is_the_limit() -> None:
    text = "任务分工\n△6月底前　疏浚南塘河　（区水务局）\n△全年　看护行道树　（区林业局、各街道）"
    assert [(row["text"], row["deadline"].split()[0]) for row in rows_of(text)] == [
        ("疏浚南塘河", "6月底前"),
        ("看护行道树", "全年"),
    ]


def test_labels_above_lists_that_go_on_counting_lead_them() -> None:
    text = (
        "重点工作分解（第一责任单位为牵头单位）\n责任单位：区水务局、区财政局\n1.清淤。\n2.砌岸。\n"
        "责任单位：区林业局\n3.栽树。\n责任单位：区住建局\n4.补坑。\n5.划线。"
    )
    leads = [[unit.name for unit in row.units if unit.role == "lead"] for row in _tasks(text)]
    assert leads == [["区水务局"], ["区水务局"], ["区林业局"], ["区住建局"], ["区住建局"]]


def _tasks(text: str) -> Any:
    return read_breakdown(as_source(text)).tasks


def test_numbered_parts_of_an_item_go_to_the_units_numbered_alike_in_any_order() -> None:
    text = (
        "一、治水\n1.水环境。①清淤；②砌岸；③种草。\n责任单位：②区住建局 ①区水务局、区财政局 ③区林业局\n"
        "2.①修闸；②修坝。\n责任单位：区水务局、区应急局"
    )
    assert in_brief(text) == [
        "清淤； 区水务局 responsible undecided、区财政局 responsible undecided",
        "砌岸； 区住建局 lead sole",
        "种草。 区林业局 lead sole",
        "①修闸；②修坝。 区水务局 responsible undecided、区应急局 responsible undecided",
    ]
    assert rows_of(text)[0]["title"] == "水环境"


def test_one_line_lays_items_on_units_by_their_numbers() -> None:
    text = (
        "一、治水\n1.清淤。\n2.砌岸。\n3.种草。\n（第1至2项由区水务局牵头，第3项由区林业局牵头，各街道配合）"
    )
    assert in_brief(text) == [
        "清淤。 区水务局 lead word",
        "砌岸。 区水务局 lead word",
        "种草。 区林业局 lead word、各街道+ supporting word",
    ]
    (first, second) = rows_of("一、治水\n1.清淤。\n2.砌岸。\n（以上任务由区水务局牵头，各街道配合）\n")
    assert second["units"] == ["区水务局 lead word", "各街道+ supporting word"]
    assert first["text"] == "清淤。"


def test_units_one_to_a_line_stand_below_items_without_a_stop() -> None:
    text = (
        "任务分解\n一、治水\n1.清淤三公里\n  区水务局\n  各街道办事处\n2.砌岸\n  区住建局\n"
        "二、绿化\n3.栽树\n  区林业局"
    )
    assert in_brief(text) == [
        "清淤三公里 区水务局 responsible undecided、各街道办事处+ responsible undecided",
        "砌岸 区住建局 lead sole",
        "栽树 区林业局 lead sole",
    ]


def test_marks_stand_also_on_units_behind_the_last_stop() -> None:
    text = "任务分解（带▲的为牵头单位）\n1、清淤。区住建局，区水务局▲，各街道\n2、栽树。区林业局▲"
    assert in_brief(text)[0] == (
        "清淤。 区住建局 responsible star、区水务局 lead star、各街道+ responsible star"
    )


def test_a_person_with_a_word_of_charge_is_the_head_of_what_stands_below() -> None:
    text = (
        "领导分工\n陶然同志（区委常委、副区长）负责：\n1.清淤。——区水务局\n"
        "沈岸同志（副区长）牵头：\n2.栽树。——区林业局"
    )
    assert [row["leaders"] for row in rows_of(text)] == ["陶然 区委常委、副区长", "沈岸 副区长"]


def test_in_a_list_by_units_a_bare_word_behind_says_the_part() -> None:
    text = "指标分工\n一、区发改局\n1 投资增长9% 牵头\n2 能耗下降3% 配合\n二、区工信局\n1 能耗下降3% 牵头"
    assert in_brief(text) == [
        "投资增长9% 区发改局 lead word",
        "能耗下降3% 区发改局 supporting word",
        "能耗下降3% 区工信局 lead word",
    ]


SPACED = """附件
重点任务分解表
序号 工作任务 分管领导 牵头单位 配合单位 完成时限
1 新建 5 所幼儿园 陶 然 区教育局 区住建局、区财政局 9月底
2 疏浚南塘河，全长 12 公里 沈岸 区水务局 各街道 6月底前
3 看护行道树 沈岸 区林业局 各街道 全年
注：牵头单位每月报送进展。
"""


def test_a_table_whose_cells_one_space_parts_is_a_table() -> None:
    assert in_brief(SPACED) == [
        "新建 5 所幼儿园 区教育局 lead column、区住建局 supporting column、区财政局 supporting column",
        "疏浚南塘河，全长 12 公里 区水务局 lead column、各街道+ supporting column",
        "看护行道树 区林业局 lead column、各街道+ supporting column",
    ]
    assert [row["leaders"] for row in rows_of(SPACED)] == ["陶然", "沈岸", "沈岸"]


def test_labels_may_be_spread_and_say_their_part_behind_one_another() -> None:
    spread = "任 务：疏浚南塘河\n主 责 单 位：区水务局\n协 办 单 位：各街道\n办 结 时 限：9月底"
    text = f"任务分解\n{spread}\n--------\n{spread.replace('疏浚南塘河', '整修水闸')}"
    assert in_brief(text)[1] == "整修水闸 区水务局 lead word、各街道+ supporting word"
    nested = "1.清淤\n责任单位 牵头 区水务局\n         配合 海关 区林业局\n2.栽树\n责任单位 牵头 区林业局"
    assert in_brief(nested)[0] == "清淤 区水务局 lead word、海关 supporting word、区林业局 supporting word"


def test_letters_held_apart_by_spaces_are_one_name() -> None:
    text = (
        "1 ． 疏 浚 南 塘 河 。\n责 任 单 位 ： 市 市 场 监 管 局\n2 ． 栽 树 。\n责 任 单 位 ： 市 林 业 局"
    )
    assert [row["units"] for row in rows_of(text)] == [["市市场监管局 lead sole"], ["市林业局 lead sole"]]


def test_names_above_one_another_in_a_drawn_cell_are_two() -> None:
    text = (
        "┌────┬──────────┬──────────┐\n│序号│任务      │牵头单位  │\n├────┼──────────┼──────────┤\n"
        "│1   │新开公交线│市交通局  │\n│    │路六条    │市公安局  │\n├────┼──────────┼──────────┤\n"
        "│2   │清淤      │市自然资源│\n│    │          │和规划局  │\n└────┴──────────┴──────────┘"
    )
    assert [row["units"] for row in rows_of(text)] == [
        ["市交通局 lead column", "市公安局 lead column"],
        ["市自然资源和规划局 lead column"],
    ]


def test_what_a_label_behind_the_units_says_is_a_step_with_its_limit() -> None:
    text = (
        "1、冷链中心项目\n包抓领导：陶然\n包抓单位：区商务局\n年度任务：9月底前投产\n"
        "2、南塘河整治\n包抓领导：沈岸\n包抓单位：区水务局\n办理要求：6月20日前完成清淤"
    )
    assert [row["text"] for row in rows_of(text)] == ["冷链中心项目", "南塘河整治"]
    assert [row["deadline"].split()[0] for row in rows_of(text)] == ["9月底前", "6月20日前"]


UNNUMBERED = """南塘区重点工作清单

水利工程
疏浚南塘河三公里，打通断点。
责任单位：区水务局
全面推行河长制。

绿化工程
补种行道树五百棵，建设林带。
责任单位：区林业局
"""


def test_among_items_without_numbers_a_sentence_nobody_is_named_for_is_one() -> None:
    assert in_brief(UNNUMBERED) == [
        "疏浚南塘河三公里，打通断点。 区水务局 lead sole",
        "全面推行河长制。",
        "补种行道树五百棵，建设林带。 区林业局 lead sole",
    ]
    read = in_short(read_breakdown(as_source(UNNUMBERED)))
    assert [group["title"] for group in read["groups"]][-2:] == ["水利工程", "绿化工程"]
    assert said_of(UNNUMBERED) == ["no-units"]


def test_a_line_among_tasks_that_nothing_took_is_told() -> None:
    text = (
        "一、治水\n1.清淤。\n责任单位：区水务局\n二、绿化\n2.栽树两千棵。\n3.建林带三处。\n"
        "三、修路\n4.补坑。\n责任单位：区住建局"
    )
    assert "unread-lines" in said_of(text)
    assert said_of(text.replace("2.栽树两千棵。\n3.建林带三处。\n", "注：每月报送进展情况。\n")) == []
    aside = text.replace("二、绿化", "二、工作要求")
    assert said_of(aside) == []


def test_tables_of_proposals_and_of_indicators_name_what_is_to_be_done() -> None:
    text = "建议编号\t建议名称\t领衔代表\t主办单位\t会办单位\n第1号\t关于清淤的建议\t周行\t区水务局\t各街道"
    assert in_brief(text) == ["关于清淤的建议 区水务局 lead column、各街道+ supporting column"]
    figures = (
        "| 序号 | 考核指标 | 目标值 | 责任单位 |\n|---|---|---|---|\n| 1 | 城镇新增就业 | 900人 | 区人社局 |"
    )
    (row,) = rows_of(figures)
    assert (row["text"], len(row["milestones"])) == ("城镇新增就业", 1)


def test_a_dash_under_a_quarter_is_no_step() -> None:
    text = "序号\t项目\t一季度\t二季度\t责任单位\n1\t冷链中心\t——\t开工\t区商务局"
    assert [step.split("：")[-1] for step in rows_of(text)[0]["milestones"]] == ["开工"]


def test_labels_numbered_one_by_one_are_labels() -> None:
    text = (
        "民生实事项目责任分解\n一、供水工程\n（一）建设内容：铺设管网九公里。\n（二）责任领导：陶然\n"
        "（三）责任单位：区水务局\n（四）完成时限：9月30日\n二、绿化工程\n（一）建设内容：补种行道树。\n"
        "（二）责任领导：沈岸\n（三）责任单位：区林业局\n（四）完成时限：年内"
    )
    rows = in_short(read_breakdown(as_source(text)))["livelihood"]
    assert [(row["project"], row["content"], row["leaders"], row["units"]) for row in rows] == [
        ("供水工程", "铺设管网九公里。", "陶然", ["区水务局 lead sole"]),
        ("绿化工程", "补种行道树。", "沈岸", ["区林业局 lead sole"]),
    ]


def test_quarters_below_an_item_are_its_steps() -> None:
    text = (
        "1.冷链中心（牵头单位：区商务局；责任单位：区城投公司）\n一季度：完成设计；二季度：开工建设。\n"
        "2.文化馆（牵头单位：区文旅局）\n一季度：完成招标；二季度：主体封顶。"
    )
    assert [row["text"] for row in rows_of(text)] == ["冷链中心", "文化馆"]
    assert [step.split("：")[-1] for step in rows_of(text)[1]["milestones"]] == ["完成招标", "主体封顶。"]


def test_bars_part_what_labels_say_on_one_line() -> None:
    text = (
        "◆任务：拆除围挡三处｜牵头：综合执法队｜配合：各社区｜时限：9月底\n"
        "◆任务：修缮车棚两座｜牵头：城市建设办｜时限：7月底"
    )
    assert in_brief(text) == [
        "拆除围挡三处 综合执法队 lead word、各社区+ supporting word",
        "修缮车棚两座 城市建设办 lead word",
    ]
    assert [row["deadline"].split()[0] for row in rows_of(text)] == ["9月底", "7月底"]


def test_a_wide_gap_parts_units_from_the_words() -> None:
    text = "任务分解（★为牵头单位）\n●清淤三公里　　　★区水务局　区财政局　各街道\n●栽树五百棵　　★区林业局"
    assert in_brief(text)[0] == (
        "清淤三公里 区水务局 lead star、区财政局 responsible star、各街道+ responsible star"
    )


def test_the_head_of_a_unit_may_name_who_answers_there() -> None:
    text = (
        "各部门任务分解\n一、区水务局（主要负责人：陶然）\n（一）清淤。\n（二）砌岸。\n"
        "二、区林业局（主要负责人：沈岸）\n（一）栽树。"
    )
    assert in_brief(text)[1:] == ["砌岸。 区水务局 lead sole", "栽树。 区林业局 lead sole"]
    assert not any("leaders" in row for row in rows_of(text))


def test_a_table_of_words_needs_no_numbers() -> None:
    text = (
        "任务分解表\n工作任务 责任单位 完成时限\n清淤 12 公里 区水务局、区财政局 10月底\n栽树 区林业局 6月底"
    )
    assert in_brief(text) == [
        "清淤 12 公里 区水务局 responsible undecided、区财政局 responsible undecided",
        "栽树 区林业局 lead sole",
    ]


def test_letters_with_figures_number_items_and_another_colon_is_one() -> None:
    text = (
        "第一类 水利\nA1.清淤三公里\n责任单位∶区水务局（牵头）、各街道\n"
        "第二类 绿化\nB1.栽树\n责任单位∶区林业局"
    )
    assert in_brief(text) == [
        "清淤三公里 区水务局 lead word、各街道+ responsible word",
        "栽树 区林业局 lead sole",
    ]


def test_a_stop_behind_a_wide_gap_is_no_unit() -> None:
    text = "1.疏浚南塘河   。\n责任单位：区水务局\n2.栽树   、\n责任单位：区林业局"
    assert [row.rsplit(" ", 3)[1] for row in in_brief(text)] == ["区水务局", "区林业局"]


def test_a_unit_below_a_closed_list_that_nothing_took_is_said_however_short() -> None:
    text = "任务分解\n1.清淤三公里。责任单位：市水务局。\n市财政局。\n2.砌岸。责任单位：市住建局。"
    assert "unread-lines" in said_of(text)
