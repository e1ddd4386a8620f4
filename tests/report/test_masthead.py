"""What stands before a report: place, level, year, day and speaker."""

from pathlib import Path

import pytest

from dukao.report.masthead import Masthead, read_masthead, written_year
from dukao.report.places import list_places, own_place


def _read(text: str) -> Masthead:
    return read_masthead(text, 0, len(text))


def test_reads_a_county_report() -> None:
    text = (
        "# 政府工作报告\n\n2024年2月6日在滨海市临江区  \n第三届人民代表大会第四次会议上\n\n"
        "滨海市临江区人民政府区长 林 远\n\n各位代表：\n"
        "现在，我代表区人民政府向大会报告工作。\n## 一、2023年工作回顾\n"
    )
    read = _read(text)
    assert (read.title, read.place, read.level) == ("政府工作报告", "临江区", "county")
    assert (read.year, read.delivered, read.speaker) == (2024, "2024-02-06", "林远")


def test_reads_a_page_of_labels() -> None:
    text = (
        "标题：临江县2017年政府工作报告\n发文单位：临江县人民政府\n发文时间：2017-03-01\n"
        "报告人：临江县人民政府县长 何平\n"
        "正文：\n政 府 工 作 报 告\n各位代表：\n一、2016年工作回顾\n"
    )
    read = _read(text)
    assert (read.title, read.place, read.level) == ("临江县2017年政府工作报告", "临江县", "county")
    assert (read.year, read.delivered, read.speaker) == (2017, None, "何平")


def test_a_publication_date_is_not_the_day_of_the_report() -> None:
    assert _read("政府工作报告\n发布时间：2024-03-09\n各位代表：").delivered is None


def test_a_report_given_in_december_plans_the_next_year() -> None:
    assert (
        _read("政府工作报告\n2021年12月28日在临江区第三届人民代表大会第一次会议上\n各位代表：").year == 2022
    )


def test_infers_the_year_from_the_heads() -> None:
    assert _read("各位代表：\n一、２０１０年工作回顾\n这一年不平凡。\n二、今年任务").year == 2011


def test_says_nothing_the_text_does_not_say() -> None:
    read = _read("各位代表：\n现在向大会报告工作。")
    assert (read.place, read.level, read.year, read.delivered, read.speaker) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("written", "year"),
    [("2016", 2016), ("２０１６", 2016), ("二〇一六", 2016), ("二O一六", 2016), ("二00二", 2002)],
)
def test_reads_a_year_however_it_is_written(written: str, year: int) -> None:
    assert written_year(written) == year


@pytest.mark.parametrize(
    ("chain", "own"),
    [
        ("滨海市临江区", ("临江区", "county")),
        ("上海市", ("上海市", "province")),
        ("东海省", ("东海省", "province")),
        ("滨海市望山市", ("望山市", "county")),
        ("滨海市", ("滨海市", "city")),
        ("临江区河口镇", ("河口镇", "township")),
        ("本市", None),
    ],
)
def test_the_last_link_of_a_chain_is_the_place(chain: str, own: tuple[str, str] | None) -> None:
    assert own_place(chain) == own


def test_lists_places_and_not_words_that_look_like_them() -> None:
    said = "按照区委部署，请区人大代表审议；常务副区长沈某区长牵头产业兴区，根据区情，合理区分。驻马店市。"
    assert list_places(said) == ("驻马店市",)
    assert list_places("滨海市支持临江区建设示范区，全市推进城市更新，开发区和工业园区扩容。") == ("滨海市",)


def test_every_report_of_the_corpus_has_its_year(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert _read(text).year == int(path.stem.split("_")[1]), path.name


def test_every_place_of_the_corpus_is_the_reports_own(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "reports").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert _read(text).place in (path.stem.split("_")[0], None), path.name
