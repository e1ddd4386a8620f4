"""Marks of secrecy are found wherever they stand; sentences that speak of secrets are not taken for one."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
import pytest
import typst
import xlsxwriter  # type: ignore[import-untyped]

from dukao.papers.official.fonts import font_folders
from dukao.reading.packages import _CHUNK
from dukao.site.archive.beside import Beside, read_beside
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
        ("特急  秘密\n政府工作报告", "秘密"),
        ("机密★10年　特急\n政府工作报告", "机密"),
        ("秘密级 20年\n政府工作报告", "秘密"),
        ("政府工作报告\n" + "新增绿道10公里。\n" * 500 + "密级：绝密\n", "绝密"),
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
        "特急文件当日办结，秘密件专人管理。",
        "秘密级会议室改造1间。",
    ],
)
def test_a_sentence_about_secrets_passes(text: str) -> None:
    assert find_mark(text, "政府工作报告.md") is None


@pytest.mark.parametrize("name", ["保守国家秘密工作分解.md", "商业秘密保护报告.md", "保密机关.md"])
def test_a_file_name_about_secrets_passes(name: str) -> None:
    assert find_mark("政府工作报告\n", name) is None


def test_a_mark_behind_the_first_page_is_none() -> None:
    assert find_mark("政府工作报告\n" + "新增绿道10公里。\n" * 500 + "秘密\n") is None


def word(change: Callable[[Any], object]) -> bytes:
    """A Word file about greenways, with one thing changed."""
    document = docx.Document()
    document.add_paragraph("新增绿道10公里。")
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(change: Callable[[Any], object]) -> bytes:
    """A workbook about greenways, with one thing changed."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write("A1", "新增绿道10公里。")
        change(book)
    return out.getvalue()


def _head(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "秘密★5年"


def _first_head(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "绝密"


def _foot(document: Any) -> None:
    runs = document.sections[0].footer.paragraphs[0]
    for one in ("机", "密", "　10年"):
        runs.add_run(one)


def _note(document: Any) -> None:
    document.add_comment(document.paragraphs[0].runs, text="机密", author="程", initials="程")


def _property(document: Any) -> None:
    document.core_properties.keywords = "秘密"


def _printed(book: Any) -> None:
    book.worksheets()[0].set_header('&L&"仿宋,Bold"&12机密★10年&R&P')


def _hidden(book: Any) -> None:
    sheet = book.add_worksheet("底稿")
    sheet.write("C9", "机密★10年")
    sheet.hide()


@pytest.mark.parametrize("change", [_head, _first_head, _foot, _note, _property])
def test_a_mark_beside_the_text_of_a_word_file_is_found(change: Callable[[Any], object]) -> None:
    assert find_mark("新增绿道10公里。", beside=read_beside(word(change), "分解.docx"))


@pytest.mark.parametrize("change", [_printed, _hidden])
def test_a_mark_beside_the_cells_of_a_workbook_is_found(change: Callable[[Any], object]) -> None:
    assert find_mark("新增绿道10公里。", beside=read_beside(workbook(change), "分解.xlsx"))


def package(parts: dict[str, bytes]) -> bytes:
    """A package of nothing but these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def test_a_part_that_cannot_be_read_hides_no_mark_of_another() -> None:
    head = '<hdr xmlns="w"><p><r><t>秘密</t></r></p></hdr>'.encode()
    data = package({"word/comments.xml": b"<broken", "word/header1.xml": head})
    assert find_mark("新增绿道10公里。", beside=read_beside(data, "分解.docx")) == "秘密"


@pytest.mark.parametrize("before", range(10))
def test_a_mark_is_found_wherever_a_large_part_is_cut(before: int) -> None:
    cells = b"<sst><si><t>".ljust(_CHUNK - before, b"x") + "机密★10年</t></si></sst>".encode()
    data = package({"xl/sharedStrings.xml": cells})
    assert find_mark("新增绿道10公里。", beside=read_beside(data, "分解.xlsx")) == "机密"


@pytest.mark.parametrize("place", ["header", "footer"])
def test_a_mark_on_every_page_of_a_pdf_is_found(place: str) -> None:
    source = f"#set page({place}: [秘密])\n新增绿道10公里。\n#pagebreak()\n新建公园3座。"
    compile_: Any = typst.compile
    data = compile_(source.encode(), font_paths=list(font_folders(None)))
    assert find_mark("新增绿道10公里。", beside=read_beside(data, "分解.pdf")) == "秘密"


def test_a_word_broken_in_a_narrow_column_of_a_pdf_is_no_mark() -> None:
    source = "#set page(width: 8cm)\n工作任务\n#table(columns: (1.4cm, 3cm), [商业秘密保护], [培训2次])"
    compile_: Any = typst.compile
    data = compile_(source.encode(), font_paths=list(font_folders(None)))
    beside = read_beside(data, "分解.pdf")
    assert "秘密" in beside.inside.splitlines()
    assert find_mark("工作任务", beside=beside) is None


def test_a_mark_in_a_web_page_of_another_encoding_is_found() -> None:
    page = "<html><body><div class=top>秘密★5年</div><p>新增绿道10公里。</p></body></html>"
    assert find_mark("新增绿道10公里。", beside=read_beside(page.encode("gb18030"), "分解.html")) == "秘密"


@pytest.mark.parametrize(
    ("text", "mark"),
    [("机密" + " " * 100_000 + "x", None), ("\n机密\t" * 50_000, "机密"), ("密级" * 100_000, None)],
)
def test_a_hostile_text_is_looked_through_all_the_same(text: str, mark: str | None) -> None:
    assert find_mark("新增绿道10公里。", beside=Beside(text, text)) == mark


def _no_mark(document: Any) -> None:
    document.sections[0].header.paragraphs[0].text = "严格保守国家秘密"
    document.add_comment(document.paragraphs[0].runs, text="商业秘密不公开", author="程", initials="程")


def _choices(book: Any) -> None:
    book.worksheets()[0].write_column("I1", ["公开", "内部", "秘密", "机密"])


def test_what_speaks_of_secrets_beside_the_text_passes() -> None:
    assert find_mark("新增绿道10公里。", beside=read_beside(word(_no_mark), "分解.docx")) is None
    # A column to choose a level from is no mark of the file.
    assert find_mark("新增绿道10公里。", beside=read_beside(workbook(_choices), "分解.xlsx")) is None


def test_what_cannot_be_read_says_nothing() -> None:
    for data in (b"PK\x03\x04 broken", b"%PDF-1.7 broken", b"", "秘密".encode()):
        assert read_beside(data, "分解") == ("", "")
