"""Facts about the sample: it is as long as a real report and holds what its README promises."""

import re
from pathlib import Path

import pytest

from dukao.sample import NAMES, SampleName, sample_path


def _read(name: SampleName) -> str:
    return sample_path(name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def report() -> str:
    return _read("report")


@pytest.fixture(scope="module")
def breakdown() -> str:
    return _read("breakdown")


@pytest.fixture(scope="module")
def last_report() -> str:
    return _read("last_report")


def _folded(text: str) -> str:
    return re.sub(r"[\s*#]", "", text)


def test_every_name_leads_to_a_file() -> None:
    assert all(sample_path(name).is_file() for name in NAMES)


def test_refuses_a_name_it_does_not_have() -> None:
    with pytest.raises(KeyError):
        sample_path("minutes")  # type: ignore[arg-type]


def test_the_report_is_as_long_as_a_real_one(report: str) -> None:
    assert len(report) >= 6_000


def test_last_years_report_is_long_enough_to_be_answered(last_report: str) -> None:
    assert len(last_report) >= 3_000


def test_the_breakdown_has_its_rows_under_seven_leaders(breakdown: str) -> None:
    annex, livelihood = breakdown.split("\n附件 2\n")
    heads = re.findall(r"^#+ [一二三四五六七八]、(.+)牵头重点工作$", annex, re.M)
    assert len(heads) == 7
    assert len(re.findall(r"^\d+\t", annex, re.M)) == 119
    assert len(re.findall(r"^\d+\t", livelihood, re.M)) == 10


def test_header_rows_are_repeated_at_page_breaks(breakdown: str) -> None:
    assert breakdown.count("序号\t重点工作\t责任单位\t备注") == 15
    assert breakdown.count("序号\t项目名称\t项目内容\t牵头领导\t牵头单位") == 2


def test_every_row_of_a_table_has_its_columns(breakdown: str) -> None:
    annex, livelihood = breakdown.split("\n附件 2\n")
    assert {line.count("\t") for line in annex.splitlines() if "\t" in line} == {3}
    assert {line.count("\t") for line in livelihood.splitlines() if "\t" in line} == {4}


WRITINGS = {
    "full-width digits": r"[０-９]+",
    "thousands separator": r"\d,\d{3}",
    "spaces inside a number": r"\d \d \d",
    "tens in characters": r"五十家",
    "two digits": r"两位数增长",
    "tenths": r"七成",
    "two thirds": r"三分之二",
    "a half": r"一半",
    "ten thousand hundred millions": r"万亿元",
    "thousands in characters": r"八千人",
    "per mille": r"1\.2‰",
    "percentage points": r"0\.3个百分点",
    "times": r"1\.6倍",
    "dash range": r"6%—6\.5%",
    "hyphen range with one sign": r"7\.5-8%",
    "word range": r"3至5家",
    "from and to": r"从2018年的598亿元增加到",
    "raised from and to": r"由68%提高到80%以上",
    "respectively, three": r"分别增长9\.2%、6\.8%和11\.5%",
    "town and country respectively": r"城乡居民人均可支配收入分别达到",
    "number before its noun": r"\d+个、总投资260亿元以上的产业项目",
    "subset": r"其中新开工48个",
    "each": r"街角绿地各10处",
    "both": r"均达到65%以上",
    "cumulative": r"五年累计",
    "rank": r"列第2位",
    "per month": r"每人每月1,150元",
    "approximate": r"约3\.8亿件",
    "falling": r"分别下降16\.7%和20%",
    "road": r"527国道",
    "hot line": r"12345热线",
    "telephone": r"0500-\d{7}",
    "grade": r"4A级景区",
    "list name": r"世界500强",
    "threshold in a name": r"亿元以上产业项目",
    "age in a name": r"65岁以上老人",
    "code in quotes": r"“163”",
    "stage": r"二期",
    "in step": r"与经济增长同步",
    "full coverage": r"全覆盖",
    "both falling": r"双下降",
    "target in the review": r"到2025年全社会研发投入强度",
    "result in the plan": r"在去年新增高新技术企业36家的基础上",
    "long term": r"到2027年",
    "glossary": r"^名词解释$",
}


@pytest.mark.parametrize("pattern", WRITINGS.values(), ids=WRITINGS.keys())
def test_the_report_writes(report: str, pattern: str) -> None:
    assert re.search(pattern, report, re.M)


@pytest.mark.parametrize(
    "cut",
    ["投资结\n\n构", "继续保持\n\n100%", "公共充电桩\n\n1800根", "场景增\n\n加到8个", "增长\n\n12%以上"],
)
def test_a_page_break_cuts_a_sentence(report: str, cut: str) -> None:
    assert report.count(cut) == 1


def test_most_rows_stand_in_the_plan_word_for_word(report: str, breakdown: str) -> None:
    plan = _folded(report[report.index("## 二、") :])
    rows = re.findall(r"^\d+\t([^\t]+)\t", breakdown.split("\n附件 2\n")[0], re.M)
    verbatim = [row for row in rows if _folded(row).rstrip("。") in plan]
    assert len(verbatim) == 95


def test_no_sentence_is_taken_from_a_real_document(shared: Path) -> None:
    folders = (shared / "seeds", shared / "corpus" / "reports", shared / "corpus" / "breakdowns")
    texts = [
        path.read_bytes().decode("utf-8", "replace") for folder in folders for path in folder.glob("*.txt")
    ]
    real = _comparable("\n".join(texts))
    sentences = {s for name in NAMES for s in re.findall(r"[^。！？\n\t]+[。！？]", _read(name))}
    assert len(sentences) > 300
    assert [s for s in sentences if len(_comparable(s)) >= 16 and _comparable(s) in real] == []


def _comparable(text: str) -> str:
    return _folded(text).translate(str.maketrans(",;:", "，；："))
