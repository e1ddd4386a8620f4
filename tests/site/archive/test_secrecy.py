"""Marks of secrecy are found; sentences that speak of secrets are not taken for one."""

import pytest

from dukao.site.archive.secrecy import find_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("机密★1年\n\n政府工作报告", "机密"),
        ("秘密\n政府工作报告", "秘密"),
        ("000123\n绝密★长期\n特急\n", "绝密"),
        ("机 密\n政府工作报告", "机密"),
        ("秘　密\n政府工作报告", "秘密"),
        ("**机密**\n政府工作报告", "机密"),
        ("# 秘密 ★ 3 年\n", "秘密"),
        ("密级：秘密\n保密期限：5年\n", "秘密"),
        ("密 级: 机密\n", "机密"),
        ("| 机密 |\n", "机密"),
        ("某某办公室　秘密★6个月\n", "秘密"),
    ],
)
def test_a_mark_at_the_head_is_found(text: str, mark: str) -> None:
    assert find_mark(text) == mark


@pytest.mark.parametrize(
    "name", ["机密★1年 报告.md", "密级：秘密 分解.md", "【秘密】分解.md", "机密-报告.docx", "报告（绝密）.md"]
)
def test_a_mark_in_the_file_name_is_found(name: str) -> None:
    assert find_mark("政府工作报告\n", name)


@pytest.mark.parametrize(
    "text",
    [
        "严格保守国家秘密，加强保密教育。",
        "依法保护商业秘密和个人隐私。",
        "机密文件管理更加规范，全年未发生失泄密事件。",
        "开展秘密级以上文件清查。",
        "密切联系群众，\n精密智控。",
        "各单位要做好绝密、机密、秘密三级文件的清退工作。",
        "一、强化保密\n秘密工作条例学习不少于2次。",
    ],
)
def test_a_sentence_about_secrets_passes(text: str) -> None:
    assert find_mark(text, "政府工作报告.md") is None


@pytest.mark.parametrize("name", ["保守国家秘密工作分解.md", "商业秘密保护报告.md", "保密机关.md"])
def test_a_file_name_about_secrets_passes(name: str) -> None:
    assert find_mark("政府工作报告\n", name) is None


def test_a_mark_behind_the_first_page_is_none() -> None:
    assert find_mark("政府工作报告\n" + "新增绿道10公里。\n" * 500 + "秘密\n") is None
