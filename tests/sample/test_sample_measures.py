"""Every way of writing a number that the sample was made to show is read as it was meant."""

from typing import Any

import pytest

from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.values import Measure, Report
from dukao.sample import sample_path


@pytest.fixture(scope="module")
def report() -> Report:
    return compile_report(read_file(sample_path("report")))


def _at(report: Report, context: str, surface: str) -> list[Measure]:
    """The measures on the first `surface` of the one place where `context` stands."""
    text = report.source.text
    assert text.count(context) == 1
    start = text.index(context) + context.index(surface)
    return [
        measure
        for measure in report.measures
        if (measure.start, measure.end) == (start, start + len(surface))
    ]


def _read(*case: Any) -> Any:
    return pytest.param(*case)


CASES = [
    _read("产业项目３６个", "３６个", {"value": 36, "indicator": "亿元以上产业项目"}),
    _read("达到68,420元", "68,420元", {"value": 68420, "kind": "per", "year": 2023}),
    _read("企业 1 2 8 家", "1 2 8 家", {"value": 128, "indicator": "省级科技型中小企业"}),
    _read("工业企业五十家、", "五十家", {"value": 50, "kind": "increment", "op": "="}),
    _read("保持在七成以上", "七成", {"value": 70, "unit": "%", "op": ">="}),
    _read("经营主体两万余户", "两万余户", {"value": 20000, "op": ">"}),
    _read("缩近四成", "四成", {"value": 40, "kind": "decrease", "approximate": True}),
    _read("迈上1.2万亿元台阶", "1.2万亿元", {"value": 1.2e12, "unit": "元"}),
    _read("达到两千亿元", "两千亿元", {"value": 2e11, "year": 2027, "role": "target"}),
    _read("大学生八千人以上", "八千人", {"value": 8000, "op": ">="}),
    _read("人才3千人", "3千人", {"value": 3000, "indicator": "高技能人才"}),
    _read("增长6%—6.5%", "6%—6.5%", {"value": 6, "value_max": 6.5, "kind": "growth"}),
    _read("增长7.5-8%", "7.5-8%", {"value": 7.5, "value_max": 8, "indicator": "规上工业增加值"}),
    _read("机构3至5家", "3至5家", {"value": 3, "value_max": 5}),
    _read("由41.5%提高到", "41.5%", {"series": "from", "year": 2022, "role": "result"}),
    _read("由68%提高到80%", "80%", {"series": "to", "year": 2024, "role": "target", "op": ">="}),
    _read("从2018年的598亿元", "598亿元", {"series": "from", "year": 2018, "indicator": "地区生产总值"}),
    _read("分别增长9.2%、6.8%", "6.8%", {"kind": "growth", "indicator": "民间投资"}),
    _read("分别增长10%、7%以上", "10%", {"op": ">=", "indicator": "制造业投资"}),
    _read("32个、竣工18个", "18个", {"indicator": "增资扩产项目", "action": "竣工"}),
    _read("断头河4条", "4条", {"indicator": "断头河", "action": "打通"}),
    _read("上年的1.6倍", "1.6倍", {"value": 1.6, "unit": "倍", "kind": "ratio"}),
    _read("提高到1.2‰", "1.2‰", {"unit": "‰", "kind": "ratio", "indicator": "出口占全国份额"}),
    _read("再降0.3个百分点", "0.3个百分点", {"unit": "个百分点", "kind": "decrease"}),
    _read("147个区级重点项目", "147个", {"indicator": "区级重点项目"}),
    _read("五年累计建成安置房1.5万套", "1.5万套", {"span": "2019-2023"}),
    _read("每人每月1,150元", "1,150元", {"value": 1150, "kind": "per"}),
    _read("约3.8亿件", "3.8亿件", {"approximate": True, "op": "="}),
    _read("分别下降16.7%", "16.7%", {"kind": "decrease", "indicator": "生产安全事故起数"}),
    _read("压减三成", "三成", {"value": 30, "kind": "decrease"}),
    _read("不低于一半", "一半", {"value": 50, "op": ">="}),
    _read("控制在62%以内", "62%", {"op": "<="}),
    _read("税收5000万元以上楼宇3幢", "3幢", {"indicator": "税收5000万元以上楼宇"}),
    _read("5.3万名65岁以上老人", "5.3万名", {"indicator": "65岁以上老人"}),
    _read("投入强度达到3.2%", "3.2%", {"role": "target", "year": 2025}),
    _read("公共充电桩\n\n1800根", "1800根", {"value": 1800, "action": "新增"}),
    _read("场景增\n\n加到8个", "8个", {"indicator": "公共数据授权运营场景"}),
    _read("增长\n\n12%以上", "12%", {"op": ">=", "indicator": "低收入农户人均可支配收入"}),
    _read("总投资260亿元以上的产业项目", "260亿元", {"op": ">=", "indicator": "产业项目总投资"}),
    _read("签约62个", "62个", {"indicator": "产业项目"}),
    _read("其中10亿元以上7个", "7个", {"indicator": "10亿元以上产业项目"}),
    _read("技改投资实现两位数增长", "两位数", {"kind": "growth", "op": ">="}),
    _read("列第2位", "2位", {"kind": "rank"}),
    _read("企业36家的基础", "36家", {"role": "result", "year": 2023, "indicator": "高新技术企业"}),
    _read("由36.2亿元", "36.2亿元", {"series": "from", "year": 2018}),
    _read("从2家到6家", "6家", {"series": "to", "indicator": "上市公司"}),
    _read("新开工52个", "52个", {"indicator": "区级重点项目"}),
    _read("其中新开工48个", "48个", {"indicator": "重点项目"}),
    _read("和美乡村精品线2条", "2条", {"indicator": "和美乡村精品线"}),
    _read("办结率均为100%", "100%", {"indicator": "办结率"}),
    _read("每人每月1,080元", "1,080元", {"indicator": "低保标准"}),
    _read("腾退三分之二以上", "三分之二", {"indicator": "低效工业用地"}),
    _read("减负15亿元", "15亿元", {"kind": "decrease", "indicator": "企业减负"}),
    _read("新型研发机构3至5家", "3至5家", {"indicator": "新型研发机构"}),
    _read("全社会研发投入强度达到3.2%", "3.2%", {"indicator": "全社会研发投入强度"}),
]


@pytest.mark.parametrize(("context", "surface", "expected"), CASES)
def test_a_number_is_read_as_it_was_meant(
    report: Report, context: str, surface: str, expected: dict[str, Any]
) -> None:
    found = _at(report, context, surface)
    assert len(found) == 1
    assert {key: getattr(found[0], key) for key in expected} == expected


def test_two_indicators_share_one_number(report: Report) -> None:
    indicators = {measure.indicator for measure in _at(report, "街角绿地各10处", "10处")}
    assert indicators == {"口袋公园", "街角绿地"}


NAMES = [
    "12345政务服务热线",
    "527国道",
    "稳增长“26条”",
    "“163”重大项目",
    "4A级景区",
    "世界500强投资项目",
    "东渡古埠片区",
    "滨江快速路二期",
    "亿元以上产业项目３６个",
    "税收5000万元以上楼宇",
    "年经营性收入50万元以上的村",
    "连续3年进入前十",
    "成立75周年",
    "二届六次全会",
    "0500-8612345",
    "1368",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_number_in_a_name_is_no_measure(report: Report, name: str) -> None:
    text = report.source.text
    start = text.index(name)
    numbers = [m.surface for m in report.measures if start <= m.start and m.end <= start + len(name)]
    assert [surface for surface in numbers if surface != "３６个"] == []


@pytest.mark.parametrize(
    "threshold",
    [
        _read("其中10亿元以上7个"),
        _read("10亿元以上8个"),
        _read("年产值超10亿元的"),
        _read("亿元以上产业项目40个"),
    ],
)
def test_a_threshold_is_no_measure(report: Report, threshold: str) -> None:
    start = report.source.text.index(threshold)
    end = start + threshold.index("亿元") + 2
    assert [m.surface for m in report.measures if start <= m.start and m.end <= end] == []
