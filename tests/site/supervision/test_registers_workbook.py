"""A list as a workbook: out, filled in, back in by way of a comparison; nothing half-applied."""

import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from dukao.site.ledger.models import TaskState
from dukao.site.supervision.models import RegisterEntry
from tests.site.conftest import Cast
from tests.site.ledger.books import HEAD, Book, load, save
from tests.site.ledger.pages import plain
from tests.site.supervision.test_registers import (
    PETITION,
    Clock,
    enter,
    june,
    listed,
    open_list,
    post,
)

__all__ = ["june"]
SHEET = "清单"


def fetch(cast: Cast) -> Book:
    answer = cast.client("clerk").get("/registers/petition/2024/workbook/")
    assert answer.status_code == 200
    return load(bytes(answer.content))


def put(book: Book, row: int, **cells: str) -> None:
    """Write into a row, counted from the first below the heads; one that is not there yet is added."""
    heads = book[SHEET][HEAD]
    while len(book[SHEET]) <= HEAD + 1 + row:
        book[SHEET].append([""] * len(heads))
    for head, value in cells.items():
        book[SHEET][HEAD + 1 + row][heads.index(head)] = value


def upload(cast: Cast, book: Book) -> Any:
    file = SimpleUploadedFile("清单.xlsx", save(book))
    return cast.client("clerk").post("/registers/petition/2024/import/", {"file": file})


def confirm(cast: Cast, shown: Any, **said: str) -> Any:
    checked = re.search(r'name="checked" value="([^"]+)"', shown.content.decode())
    assert checked is not None
    return post(cast, "clerk", "/registers/petition/2024/import/", checked=checked[1], **said)


def test_new_rows_become_drafts_once_they_are_confirmed(cast: Cast, june: Clock) -> None:
    open_list(cast)
    book = fetch(cast)
    put(book, 0, 事项="化解欠薪", 牵头单位="区住建局", 配合单位="区水利局", 类别="劳动社保", 主要诉求="补发")
    put(book, 1, 事项="少了单位", 类别="劳动社保", 主要诉求="补发")
    shown = upload(cast, book)
    page = plain(shown.content.decode())
    assert "1行有改动，请核对；1行不能保存" in page
    assert "还没有牵头单位" in page
    assert not RegisterEntry.objects.exists()
    assert confirm(cast, shown).status_code == 302
    state = TaskState.objects.at(None).get(task__kind="register")
    assert (state.text, state.status, state.publicity) == ("化解欠薪", "draft", "withheld")


def test_what_stands_is_changed_and_in_force_only_with_a_reason(cast: Cast, june: Clock) -> None:
    task = listed(cast, "petition")
    book = fetch(cast)
    put(book, 0, **{"涉及人数（人）": "15", "牵头单位": "区水利局"})
    shown = upload(cast, book)
    assert "修改的理由" in shown.content.decode()
    assert confirm(cast, shown).status_code == 422
    assert RegisterEntry.objects.at(None).get(task_id=task).values["people"] == 12
    assert confirm(cast, shown, why="职责调整").status_code == 302
    assert RegisterEntry.objects.at(None).get(task_id=task).values["people"] == 15


def test_a_row_somebody_changed_meanwhile_is_left(cast: Cast, june: Clock) -> None:
    open_list(cast)
    task = enter(cast, "petition", PETITION)
    book = fetch(cast)
    put(book, 0, **{"涉及人数（人）": "15"})
    shown = upload(cast, book)
    edit = f"/registers/petition/items/{task}/edit/"
    assert post(cast, "clerk", edit, **PETITION | {"f_people": "20"}).status_code == 302
    moved = confirm(cast, shown)
    assert moved.status_code == 409
    assert "没有应用任何一行" in moved.content.decode()
    again = plain(upload(cast, book).content.decode())
    assert "下载之后有人改过这一项" in again


def test_a_stranger_is_no_workbook_of_the_list(cast: Cast, june: Clock) -> None:
    open_list(cast)
    strange = Book({SHEET: [["标题"], ["说明"], ["编号", "别的"], ["", ""]]})
    answer = upload(cast, strange)
    assert answer.status_code == 422
    assert "不是这份清单的工作簿" in answer.content.decode()
    assert post(cast, "head", "/registers/petition/2024/import/").status_code == 403
