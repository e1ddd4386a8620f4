"""Cells on lines of their own, and labels as web pages set them: each was read wrongly, or not at all."""

import pytest

from dukao.breakdown.reader import read_breakdown
from dukao.reading.errors import SourceError
from tests.breakdown.reading import as_source, takes_as_long_as_it_is
from tests.breakdown.test_misreadings import in_brief, rows_of


def test_units_that_end_in_a_stop_fill_their_cell_of_a_flattened_table() -> None:
    found = in_brief(
        "序号\n重点任务\n主要责任单位\n协同配合单位\n一、产业发展\n3\n新建厂房两座。\n区工信局\n"
        "区财政局，各街道办事处。\n二、民生\n8\n改造书屋三间。\n区文旅局\n区住建局。"
    )
    assert found == [
        "新建厂房两座。 区工信局 lead column、区财政局 supporting column、各街道办事处+ supporting column",
        "改造书屋三间。 区文旅局 lead column、区住建局 supporting column",
    ]


def test_who_works_together_above_all_helps() -> None:
    found = in_brief("1.清淤三公里。\n牵头责任单位：县水务局\n主要协作单位：县住建局、各乡镇人民政府")
    assert found == [
        "清淤三公里。 县水务局 lead word、县住建局 supporting word、各乡镇人民政府+ supporting word"
    ]


@pytest.mark.parametrize("brackets", ["〈〉", "<>"])
def test_a_note_in_a_bracket_of_names_that_the_first_leads_names_nobody(brackets: str) -> None:
    places = f"各县{brackets[0]}市、区{brackets[1]}人民政府"
    found = in_brief(
        f"1.新建园舍两所。（市教育局，市财政局，{places}，排名第一位为牵头单位，下同）\n"
        "2.评聘园长十名。（市教育局，市人社局）"
    )
    assert found == [
        f"新建园舍两所。 市教育局 lead first、市财政局 responsible first、{places}+ responsible first",
        "评聘园长十名。 市教育局 lead first、市人社局 responsible first",
    ]


def test_a_sentence_behind_units_that_ends_as_a_name_does_is_a_remark() -> None:
    (row,) = rows_of("1.畅通村道，牵头部门：县交通局。进度较慢的乡镇为青川镇、临江镇。")
    assert row["units"] == ["县交通局 lead word"]
    assert row["remark"] == "进度较慢的乡镇为青川镇、临江镇"


@pytest.mark.parametrize(
    ("said", "leaders"),
    [
        ("按年初分工（李明、王磊）", "李明；王磊"),
        ("区政府领导（李明）", "李明 区政府领导"),
        ("常务副区长（李明）", "李明 常务副区长"),
        ("李明（兼）、王磊", "李明；王磊"),
    ],
)
def test_persons_in_a_bracket_behind_who_they_are_lead(said: str, leaders: str) -> None:
    (row,) = rows_of(f"1.清淤三公里。\n责任领导：{said}；责任单位：区水务局。")
    assert row["leaders"] == leaders


def test_the_content_of_a_card_stands_below_its_label_and_the_unit_below_a_bare_one() -> None:
    first, second = rows_of(
        "01 项目名称：清水进城\n项目内容：\n清淤三公里。新建泵站一座。\n责任单位：\n区水务局、区住建局\n"
        "进展与成效：\n泵站已开工。\n02 项目名称：书香临江\n项目内容：\n新建书屋两间。\n责任单位\n区文旅局"
    )
    assert (first["title"], first["text"]) == ("清水进城", "清淤三公里。新建泵站一座。")
    assert first["units"] == ["区水务局 responsible undecided", "区住建局 responsible undecided"]
    assert (second["text"], second["units"]) == ("新建书屋两间。", ["区文旅局 lead sole"])


_HEADS = "序号 主要任务 全年目标任务 分管领导 牵头单位 协同单位 进展情况 是否达序 说明"
_BARRED = "".join(f"{head} |\n" for head in _HEADS.split())


def test_bars_tell_the_cells_of_a_row_that_lacks_a_merged_one() -> None:
    rows = rows_of(
        f"{_BARRED}24 |\n清淤三公里。 |\n李明 |\n水务局 |\n住建局、相关街道 |\n已进场施工，完成30%。 |\n"
        "是 |\n||\n"
        "25 |\n砌岸两公里。 |\n李明 |\n住建局 |\n各街道 |\n正在招标，滞后两个月。 |\n否 |\n招标被质疑。 |\n|"
    )
    assert [(row["text"], row["leaders"]) for row in rows] == [
        ("清淤三公里。", "李明"),
        ("砌岸两公里。", "李明"),
    ]
    assert rows[0]["units"] == [
        "水务局 lead column",
        "住建局 supporting column",
        "相关街道+ supporting column",
    ]


def test_a_row_that_lacks_a_cell_in_its_middle_has_no_sentence_for_a_leader() -> None:
    (row,) = rows_of(
        "序号 |\n责任单位 |\n实施内容 |\n协同单位 |\n分管领导 |\n最新进度 |\n是否达序时 |\n原因 |\n"
        "15 |\n民政局 |\n"
        "新增床位三百张。 |\n财政局 住建局 各镇街道 |\n"
        "新增养老机构：临江医院建成，纳入社会化运营；改造在建。 |\n是 |"
    )
    assert "leaders" not in row
    assert row["units"] == [
        "民政局 lead sole",
        "财政局 supporting column",
        "住建局 supporting column",
        "各镇街道+ supporting column",
    ]


def test_sentences_in_a_cell_of_leaders_name_none() -> None:
    (row,) = rows_of(
        "序号\t任务\t分管领导\t责任单位\n1\t清淤。\t项目已建成，转入社会化运营。验收正在进行。\t区水务局"
    )
    assert "leaders" not in row


def test_a_limit_stands_on_the_line_below_the_units_of_an_item() -> None:
    rows = rows_of(
        "工作任务 |\n具体工作要求 |\n责任单位 |\n完成时限 |\n|\n1 |\n规范发布政策信息。 |\n"
        "各镇、经开区 |\n持续推进 |\n|\n"
        "2 |\n公开权责清单。 |\n区政府办、各部门 |\n6月底前 |"
    )
    assert [row["deadline"].split()[0] for row in rows] == ["持续推进", "6月底前"]
    assert [row["text"] for row in rows] == ["规范发布政策信息。", "公开权责清单。"]


def test_cells_that_share_a_line_with_others_are_cells_of_the_same_row() -> None:
    (row,) = rows_of(
        "序号 | 重点任务 |\n完成时间 | 责任部门 | 进展情况 |\n7 |\n清淤三公里。 |\n11月底前 |\n"
        "城建局 |\n已完成60%。 |"
    )
    assert (row["text"], row["units"]) == ("清淤三公里。", ["城建局 lead sole"])
    assert row["deadline"].split()[0] == "11月底前"


def test_a_row_with_cells_behind_heads_that_span_others_is_not_read_into_wrong_columns() -> None:
    text = (
        "工作任务 | 具体要求 | 责任单位 | 时限要求 | ||\n"
        "一、助力经济发展。 | （一）加强信息公开。 | 1 | 公开涉企政策。 | 各有关部门 | 持续推进 |\n"
        "2 | 开设专题。 | 各有关部门 | 持续推进 | ||\n"
    )
    with pytest.raises(SourceError):
        read_breakdown(as_source(text))


@pytest.mark.parametrize("heads", ["责任部门 | 进展情况 |", "牵头 单位"])
def test_heads_of_columns_on_a_line_name_nobody(heads: str) -> None:
    found = in_brief(f"1.清淤三公里。\n{heads}\n责任单位：区水务局\n2.砌岸。\n责任单位：区住建局")
    assert found[1] == "砌岸。 区住建局 lead sole"
    assert found[0].endswith(" 区水务局 lead sole")


def test_units_behind_a_bare_label_may_end_as_its_own_word_does() -> None:
    (row,) = rows_of("1.清淤三公里。\n牵头单位  区水务局\n配合单位  各承办单位\n")
    assert row["units"] == ["区水务局 lead word", "各承办单位+ supporting word"]


_ASKED = "工作任务\t具体要求\t{}责任科室\t时限要求\n"


def test_what_is_asked_beside_the_name_of_a_task_is_to_be_done() -> None:
    rows = rows_of(
        _ASKED.format("") + "规范行政规范性文件集中公开工作\t全面清理文件，公布目录。\t办公室\t年底前\n"
        "\t规范设置专栏。\t法规科\t持续推进\n办理申请\t依法办理申请。\t信访科\t持续推进"
    )
    assert rows[0]["title"] == "规范行政规范性文件集中公开工作"
    assert [row["text"] for row in rows] == ["全面清理文件，公布目录。", "规范设置专栏。", "依法办理申请。"]
    assert [row["units"] for row in rows] == [
        [f"{name} lead sole"] for name in ("办公室", "法规科", "信访科")
    ]


def test_a_head_that_spans_a_number_and_words_is_that_of_the_words() -> None:
    text = _ASKED.format("\t") + (
        "公开文件\t1\t全面清理文件，公布目录。\t办公室\t年底前\n"
        "\t2\t规范设置专栏。\t法规科\t持续推进\n办理申请\t3\t依法办理申请。\t信访科\t持续推进"
    )
    tasks = read_breakdown(as_source(text)).tasks
    assert [(task.number, task.text) for task in tasks] == [
        ("1", "全面清理文件，公布目录。"),
        ("2", "规范设置专栏。"),
        ("3", "依法办理申请。"),
    ]


def test_many_names_with_spaces_between_are_many_units() -> None:
    names = (
        "市委社会工作部 市广播电视台 市地震局 市气象局 市档案局 市地方志研究室 市邮政管理局 市公积金管理中心"
    )
    (row,) = rows_of(f"序号\t主要任务\t牵头单位\n1\t办好各项事业。\t{names}")
    assert row["units"] == [f"{name} lead column" for name in names.split()]


def test_a_unit_that_stands_for_others_as_well_is_said() -> None:
    breakdown = read_breakdown(
        as_source("1.清淤。（区水务局等负责）\n2.栽树。（区林业局等部门负责）\n3.砌岸。（区住建局负责）")
    )
    (said,) = breakdown.diagnostics
    assert said.code == "unnamed-others"
    assert said.message.startswith("1-1、1-2 共 2 条")


def test_what_tells_how_far_work_has_come_is_no_task() -> None:
    found = in_brief(
        "任务7\n重点工作：清淤三公里。\n牵头单位：区水务局\n进展落实情况：\n第一季度：\n"
        "1.已建立协调机制。\n2.施工招标已完成。"
    )
    assert found == ["清淤三公里。 区水务局 lead word"]


def test_cells_on_lines_are_read_in_their_own_time() -> None:
    def made(count: int) -> str:
        rows = "".join(f"{at} |\n清淤。 |\n区水务局 |\n全年 |\n" for at in range(1, count))
        return f"序号 |\n任务 |\n责任单位 |\n时限 |\n{rows}"

    assert takes_as_long_as_it_is(made, 2000)


@pytest.mark.parametrize(
    "text",
    [
        "1.清淤。\n责任单位：区水务局{ }区财政局",
        "1.清淤。（区水务局{*}、区住建局）",
        "一、区水务局{1}牵头重点工作\n1.清淤。\n责任单位：区水务局",
    ],
)
def test_many_signs_between_names_are_read_in_their_own_time(text: str) -> None:
    before, sign, behind = text.partition("{")[0], text.partition("{")[2][0], text.partition("}")[2]
    assert takes_as_long_as_it_is(lambda count: f"{before}{sign * count}{behind}", 40000)
