"""What stands at the edges of a paper on a page is no part of any row: each was read as one once."""

import pytest

from dukao.breakdown.reader import read_breakdown
from dukao.reading.errors import SourceError
from tests.breakdown.reading import as_source
from tests.breakdown.test_misreadings import in_brief

LABELLED = "一、治水\n1.清淤三公里。\n责任单位：区水务局、区住建局\n2.砌岸\n责任单位：区住建局、区财政局"
FLAT = "序号\n工作任务\n责任单位\n1\n清淤三公里。\n区水务局\n2\n砌岸。\n区住建局"
PROGRESS = (
    "序号\n工作任务\n当前进度\n责任单位\n备注\n1\n清淤。\n80%\n区水务局\n区定\n2\n砌岸。\n95%\n区住建局\n区定"
)
BARS = "工作任务 | 责任单位 | 进展 |\n清淤三公里。 | 区水务局 | 已开工。 |\n砌岸。 | 区住建局 | 已开工。 |"
TAILS = [
    "临江区人民政府办公室",
    "临江区人民政府办公室\n2025年3月1日\n（此件公开发布）",
    "扫一扫在手机打开当前页\n【打印】【关闭】\n主办单位：临江区人民政府办公室\n网站标识码：3300000001",
    "分享到：\n责任编辑：李明\n审核：区政府办",
    "抄送：区委办公室，区人大常委会办公室，区法院，区检察院。\n临江区人民政府办公室　2025年3月1日印发",
    "信息公开选项：主动公开\n分送：各区（县）委、区（县）人民政府，市委各部门。",
]


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("paper", [LABELLED, FLAT, PROGRESS, BARS])
def test_what_a_page_says_below_the_last_row_changes_no_row(paper: str, tail: str) -> None:
    assert in_brief(f"{paper}\n\n{tail}\n") == in_brief(paper)


def test_the_last_row_of_a_table_with_a_column_more_is_kept_above_other_lines() -> None:
    assert in_brief(f"{PROGRESS}\n联系人：王磊，联系电话：88220011") == in_brief(PROGRESS)


def test_a_unit_of_a_row_may_be_called_as_who_signs_where_its_cell_stands_inside_the_table() -> None:
    found = in_brief(FLAT.replace("区水务局", "区政府办公室"))
    assert found == ["清淤三公里。 区政府办公室 lead sole", "砌岸。 区住建局 lead sole"]


@pytest.mark.parametrize(
    "paper",
    [
        "序号\n工作任务\n责任单位\n1\n清淤三公里。\n市水务局\n2\n砌岸。\n{last}",
        "序号\n工作任务\n牵头单位\n配合单位\n1\n清淤三公里。\n市水务局\n市住建局\n2\n砌岸。\n市水务局\n{last}",
        "1.清淤三公里。\n责任单位：\n市水务局\n2.砌岸。\n责任单位：\n{last}",
        "1.清淤三公里。\n责任单位：市住建局\n市水务局\n2.砌岸。\n责任单位：市住建局\n{last}",
    ],
)
@pytest.mark.parametrize("last", ["青川县人民政府", "青川县人民政府办公室"])
def test_a_government_that_answers_for_the_last_row_does_not_sign(paper: str, last: str) -> None:
    assert f"{last} " in in_brief(paper.format(last=last))[-1]


def test_governments_above_their_limits_do_not_sign() -> None:
    paper = "序号\n工作任务\n责任单位\n完成时限\n1\n清淤。\n{}\n2025年6月30日\n2\n砌岸。\n{}\n2025年12月31日"
    found = in_brief(paper.format("临江区人民政府", "青川县人民政府"))
    assert [one.split()[1] for one in found] == ["临江区人民政府", "青川县人民政府"]


def test_tasks_that_begin_with_words_of_a_page_are_rows() -> None:
    names = (
        "打印本页材料减量。",
        "扫一扫功能接入大厅。",
        "网站地图建设。",
        "版权所有者权益保护。",
        "返回顶部设计。",
    )
    rows = "\n".join(f"{number}\n{name}\n市大数据局" for number, name in enumerate(names, 1))
    assert [one.split()[0] for one in in_brief("序号\n工作任务\n责任单位\n" + rows)] == [*names]


@pytest.mark.parametrize(
    "tail",
    [
        "扫一扫在手机打开当前页\n主办单位：临江区人民政府办公室\n网站标识码：3300000001",
        "注：1.责任单位列第一位的为牵头单位。2.其余工作由各部门按职责落实。",
    ],
)
def test_a_notice_alone_stays_no_breakdown_above_what_its_page_says(tail: str) -> None:
    notice = (
        "临江区人民政府办公室关于印发任务分解表的通知\n各镇人民政府，区政府各部门：\n现将任务分解表印发给你们。\n"
        "一、压实责任。各责任单位要细化任务，于3月底前报送方案。\n二、加强督查。区政府督查室要定期通报进展情况。\n"
    )
    with pytest.raises(SourceError):
        read_breakdown(as_source(notice + tail))
