"""What a place does: detected with its evidence, said in Chinese, corrected, kept and obeyed."""

import json

import pytest

from dukao.breakdown.compiler import compile_breakdown
from dukao.breakdown.habits import detect_profile
from dukao.breakdown.profiles import (
    OBEYED,
    Profile,
    correct_profile,
    describe,
    likely_preset,
    preset_profile,
    read_profile,
)
from dukao.breakdown.values import Breakdown, Task
from dukao.presets.loading import load_profiles, load_traits
from dukao.reading.errors import SourceError
from dukao.reading.files import read_file
from dukao.sample import sample_path
from tests.breakdown.reading import as_source

STARRED = """2024年重点工作责任分解

一、高遥县长牵头重点工作

序号\t重点工作\t责任单位\t完成时限
1\t疏浚南塘河6公里。\t*县水务局、县住建局\t10月底前
2\t新增学位500个，8月底前投入使用。\t县教育局\t
3\t改造老旧管网9公里。\t*县住建局、水务局\t11月底前
"""
SILENT = """2025年重点工作责任分解

序号\t重点工作\t责任单位
1\t疏浚北塘河3公里。\t县水务局、县住建局
2\t新增学位200个，8月底前投入使用。\t县教育局
"""
NOTE = "各项工作列第一位的责任单位为牵头单位。"
BRACKETED = """2024年重点工作责任分解

一、产业
1.引进项目15个。（商务局牵头，发改局配合）新增企业20家。（市经信局牵头，发改局配合）
2.建成厂房3万平方米。（开发区管委会牵头，住建局配合）
"""


def read(text: str, profile: Profile | None = None) -> Breakdown:
    return compile_breakdown(as_source(text), profile=profile)


def seen(profile: Profile, code: str) -> dict[str, tuple[int, str]]:
    trait = next(trait for trait in profile.traits if trait.code == code)
    return {one.value: (one.count, one.text) for one in trait.seen}


def leads(task: Task) -> list[str]:
    return [unit.name for unit in task.units if unit.role == "lead"]


def test_every_trait_has_its_evidence() -> None:
    profile = detect_profile(read(STARRED))
    assert {trait.code: trait.value for trait in profile.traits} == {
        "layout": "table",
        "lead": "star",
        "leaders": "head",
        "units": "own",
        "prefix": "written",
        "deadline": "apart",
        "milestones": "none",
        "line": "one",
        "parts": "none",
    }
    assert seen(profile, "lead") == {"star": (2, "*县水务局"), "sole": (1, "县教育局")}
    assert seen(profile, "prefix") == {"written": (4, "*县水务局"), "bare": (1, "水务局")}
    assert seen(profile, "deadline") == {"apart": (2, "10月底前"), "text": (1, "8月底前")}


def test_an_example_stands_in_the_source_where_it_says() -> None:
    for text in (STARRED, SILENT, BRACKETED):
        profile = detect_profile(read(text))
        assert all(text[one.start : one.end] == one.text for trait in profile.traits for one in trait.seen)


def test_several_rows_in_one_line_are_seen() -> None:
    profile = detect_profile(read(BRACKETED))
    assert (profile.value("layout"), profile.value("lead"), profile.value("line")) == (
        "brackets",
        "word",
        "several",
    )
    assert likely_preset(profile) == "word-brackets"


def test_it_is_said_in_chinese() -> None:
    said = describe(correct_profile(detect_profile(read(STARRED)), {"deadline": "none"}))
    assert said[1].startswith(
        "谁牵头：标星号的牵头（2 处，如“*县水务局”）；另见每项只列一个单位，由它牵头（1 处"
    )
    assert said[5].startswith("完成时限：一般不写（由经办确定）；另见另写在一栏、标签或括号里（2 处，如")
    assert said[-1] == "小项：不分小项（3 处）。"


def test_what_was_kept_is_read_back_whole() -> None:
    profile = correct_profile(detect_profile(read(STARRED)), {"lead": "first"})
    assert read_profile(json.dumps(profile.as_json(), ensure_ascii=False), "本地.json") == profile


def test_a_person_holds_against_the_document() -> None:
    said_first = correct_profile(Profile(""), {"lead": "first"})
    said_other = correct_profile(Profile(""), {"lead": "column"})
    assert leads(read(SILENT, said_first).tasks[0]) == ["县水务局"]
    assert leads(read(SILENT + NOTE).tasks[0]) == ["县水务局"]
    assert leads(read(SILENT + NOTE, said_other).tasks[0]) == []


def test_what_was_only_detected_holds_where_the_document_is_silent() -> None:
    first, star = detect_profile(read(SILENT + NOTE)), detect_profile(read(STARRED))
    assert (first.value("lead"), first.settled("lead")) == ("first", None)
    assert leads(read(SILENT).tasks[0]) == []
    assert leads(read(SILENT, first).tasks[0]) == ["县水务局"]
    assert leads(read(SILENT, preset_profile("first-labels")).tasks[0]) == ["县水务局"]
    # A star in last year's table says nothing against this year's notice.
    assert leads(read(SILENT + NOTE, star).tasks[0]) == ["县水务局"]


def test_corrected_leaders_and_deadlines_are_obeyed() -> None:
    def limits(value: str) -> list[str | None]:
        tasks = read(STARRED, correct_profile(Profile(""), {"deadline": value})).tasks
        return [task.deadline.text if task.deadline else None for task in tasks]

    assert limits("text") == ["10月底前", "8月底前", "11月底前"]
    assert limits("apart") == ["10月底前", None, "11月底前"]
    assert limits("none") == [None, None, None]
    for value, count in (("head", 3), ("item", 0), ("none", 0)):
        tasks = read(STARRED, correct_profile(Profile(""), {"leaders": value})).tasks
        assert sum(bool(task.leaders) for task in tasks) == count
    assert {"lead", "leaders", "deadline"} == set(OBEYED)


def test_a_document_read_by_its_own_profile_is_read_the_same() -> None:
    breakdown = compile_breakdown(read_file(sample_path("breakdown")))
    profile = detect_profile(breakdown)
    assert compile_breakdown(breakdown.source, profile=profile) == breakdown
    assert likely_preset(profile) == "star-table"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("半个{", "不是 JSON 文件"),
        ("[]", "没有写明 schema"),
        ('{"schema": "dukao.profile/1"}', "没有 traits"),
        ('{"schema": "dukao.profile/1", "traits": {"lead": 3}}', "lead 一项缺少内容或写法不对"),
        (
            '{"schema": "dukao.profile/1", "traits": {"lead": {"value": "moon", "by": "person"}}}',
            "没有“moon”",
        ),
        (
            '{"schema": "dukao.profile/1", "traits": {"lead": {"value": "star", "by": "me"}}}',
            "by 不能是“me”",
        ),
        (
            '{"schema": "dukao.profile/1", "traits": {"line": {"value": "one", "by": "person", "seen": 1}}}',
            "line 一项",
        ),
    ],
)
def test_what_is_no_profile_is_refused_with_the_way_out(text: str, found: str) -> None:
    with pytest.raises(SourceError) as refused:
        read_profile(text, "本地.json")
    assert refused.value.code == "not-a-profile"
    assert found in refused.value.message
    assert "--save-profile" in refused.value.message


def test_traits_of_a_later_version_are_passed_over() -> None:
    text = (
        '{"schema": "dukao.profile/1", "traits": {"colour": {}, "lead": {"value": "star", "by": "person"}}}'
    )
    assert read_profile(text, "本地.json").settled("lead") == "star"


def test_a_correction_there_is_none_of_is_refused() -> None:
    with pytest.raises(ValueError, match="没有“colour”这一项"):
        correct_profile(Profile(""), {"colour": "red"})


def test_presets_name_traits_and_values_there_are() -> None:
    traits = load_traits()
    assert list(load_profiles()) == sorted(load_profiles())
    for code, preset in load_profiles().items():
        assert preset.name, code
        assert preset.source, code
        assert all(value in traits[trait].values for trait, value in preset.traits.items()), code
        assert likely_preset(preset_profile(code)) == code
