"""A unit's round as a workbook: out, filled in, back in by way of a comparison; nothing half-applied."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dukao.site.supervision.filing.actions import save_filing
from dukao.site.supervision.filing.words import Words
from dukao.site.supervision.models import Filing
from tests.site.ledger.books import HEAD, Book, load, part_of, save
from tests.site.supervision.conftest import OPENED, Year
from tests.site.supervision.test_filing import APRIL, Clock, april, filing_of

__all__ = ["april"]
SHEET = "填报"


def download(year: Year, round_id: int) -> bytes:
    answer = year.cast.client("liaison").get(f"/rounds/{round_id}/workbook/")
    assert answer.status_code == 200
    return bytes(answer.content)


def fetch(year: Year, round_id: int) -> Book:
    return load(download(year, round_id))


def row_of(book: Book, number: str) -> list[Any]:
    place = book[SHEET][HEAD].index("编号")
    return next(row for row in book[SHEET][HEAD + 1 :] if row[place] == number)


def read(book: Book, number: str, head: str) -> Any:
    return row_of(book, number)[book[SHEET][HEAD].index(head)]


def put(book: Book, number: str, **cells: str) -> None:
    row = row_of(book, number)
    for head, value in cells.items():
        row[book[SHEET][HEAD].index(head)] = value


def upload(year: Year, round_id: int, book: Book, name: str = "填报.xlsx") -> Any:
    file = SimpleUploadedFile(name, save(book))
    return year.cast.client("liaison").post(f"/rounds/{round_id}/import/", {"file": file})


def confirm(year: Year, round_id: int, shown: Any) -> Any:
    checked = re.search(r'name="checked" value="([^"]+)"', shown.content.decode())
    assert checked is not None
    return year.cast.client("liaison").post(f"/rounds/{round_id}/import/", {"checked": checked[1]})


def test_it_has_a_row_for_each_item_filled_in_with_what_stood_before(april: Filing, year: Year) -> None:
    data, number = download(year, april.round_id), str(april.task.number)
    book = load(data)
    assert read(book, number, "进展") == "已有6个小区开工。"
    assert read(book, number, "指标和目标") == "老旧小区（个），目标 18个"
    assert read(book, number, "累计值") == "6"
    assert "<sheetProtection" in part_of(data, "xl/worksheets/sheet1.xml")
    assert 'locked="0"' in part_of(data, "xl/styles.xml")


def test_it_comes_back_shows_what_would_be_saved_and_saves_it_when_confirmed(
    april: Filing, year: Year
) -> None:
    book = fetch(year, april.round_id)
    put(book, str(april.task.number), 累计值="9", 截至="2024-04-19", 进展="已有9个小区开工。")
    shown = upload(year, april.round_id, book)
    page = shown.content.decode()
    assert "1 项有填写" in page
    assert "<ins>已有9个小区开工。</ins>" in page
    april.refresh_from_db()
    assert april.stage == "empty"
    assert confirm(year, april.round_id, shown).status_code == 302
    april.refresh_from_db()
    assert (april.stage, april.progress, april.true_on) == ("draft", "已有9个小区开工。", date(2024, 4, 19))
    assert april.values.get().value == 9.0


def test_no_change_is_one_cell(april: Filing, year: Year) -> None:
    book = fetch(year, april.round_id)
    put(book, str(april.task.number), 无变化="是")
    confirm(year, april.round_id, upload(year, april.round_id, book))
    april.refresh_from_db()
    assert (april.stage, april.is_unchanged, april.true_on) == ("draft", True, APRIL.date())


def test_untouched_it_changes_nothing_on_any_day(april: Filing, year: Year, clock: Clock) -> None:
    book = fetch(year, april.round_id)
    clock(APRIL.replace(day=23))
    assert "没有改动" in upload(year, april.round_id, book).content.decode()


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"累计值": "九个"}, "只填数字，不带单位"),
        ({"截至": "四月"}, "不是日期"),
        ({"截至": "2024-12-31"}, "还没有到"),
        ({"无变化": "是", "进展": "改了"}, "选了“无变化”，又改了进展"),
        ({"受阻": "严重"}, "只能选“是”，或空着"),
        ({"任务": "改造老旧小区8个。"}, "这一栏不能改"),
        ({"版本": "1-99"}, "不在本单位这一期的填报里"),
        ({"版本": ""}, "认不出是哪一项"),
        ({"新完成节点": "结顶 2024-04-01"}, "对不上"),
    ],
)
def test_a_row_that_cannot_be_saved_says_why_and_stays_as_it_was(
    april: Filing, year: Year, cells: dict[str, str], said: str
) -> None:
    book = fetch(year, april.round_id)
    put(book, str(april.task.number), **cells)
    page = upload(year, april.round_id, book).content.decode()
    assert said in page
    assert "1 行不能保存" in page


def test_sound_rows_are_saved_beside_faulty_ones_which_are_left_out(april: Filing, year: Year) -> None:
    other = filing_of(year, "三-3", round_id=april.round_id)
    book = fetch(year, april.round_id)
    put(book, str(april.task.number), 进展="已有9个小区开工。")
    put(book, str(other.task.number), 累计值="三公里")
    shown = upload(year, april.round_id, book)
    assert "1 项有填写" in shown.content.decode()
    confirm(year, april.round_id, shown)
    other.refresh_from_db()
    april.refresh_from_db()
    assert (april.stage, other.stage) == ("draft", "empty")


def test_where_somebody_saved_meanwhile_nothing_is_saved(april: Filing, year: Year) -> None:
    other = filing_of(year, "三-3", round_id=april.round_id)
    book = fetch(year, april.round_id)
    put(book, str(april.task.number), 进展="已有9个小区开工。")
    put(book, str(other.task.number), 进展="绿道已开工。")
    shown = upload(year, april.round_id, book)
    save_filing(other.pk, Words("网页上写的"), other.version, by=year.viewer_of("区住建局"), at=APRIL)
    assert confirm(year, april.round_id, shown).status_code == 409
    april.refresh_from_db()
    other.refresh_from_db()
    assert (april.stage, other.progress) == ("empty", "网页上写的")
    again = upload(year, april.round_id, book).content.decode()
    assert "保存过：请在网页上改" in again


def test_what_is_no_workbook_of_ours_is_refused_with_a_sentence(year: Year, clock: Clock) -> None:
    clock(OPENED)
    client, address = year.cast.client("liaison"), f"/rounds/{year.round.pk}/import/"
    for data, name in ((b"PK\x03\x04 broken", "填报.xlsx"), (b"a,b", "填报.csv")):
        answer = client.post(address, {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 422
    assert client.post(address, {}).status_code == 422
    book = fetch(year, year.round.pk)
    for row in book[SHEET]:
        del row[2:3]
    assert "缺少这些栏" in upload(year, year.round.pk, book).content.decode()


def test_a_comparison_shown_to_somebody_else_is_not_applied(april: Filing, year: Year) -> None:
    book = fetch(year, april.round_id)
    put(book, str(april.task.number), 进展="改了")
    checked = re.search(
        r'name="checked" value="([^"]+)"', upload(year, april.round_id, book).content.decode()
    )
    assert checked is not None
    head = year.cast.client("unit_head")
    answer = head.post(f"/rounds/{april.round_id}/import/", {"checked": checked[1]})
    assert answer.status_code == 409
