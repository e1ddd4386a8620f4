"""Tables that no lines rule are read by where their words stand; prose between them stays prose."""

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest

from dukao.bench.documents import write_placed_pdf
from dukao.breakdown.compiler import compile_breakdown
from dukao.reading import read_file
from dukao.reading.errors import SourceError
from dukao.reading.pdf.letters import set_lines

Placed = tuple[str, int, int]
HEAD = ["序号", "重点工作", "责任单位", "备注"]
ROWS = [
    [
        "1",
        "新建改建沿江绿道10公里以上，打通断头路5条，完成老旧小区改造12个。",
        "*区住建局、区财政局、区交通局，相关街镇",
        "",
    ],
    ["2", "办好秋季庙会。", "区商务局", "年内"],
    ["3", "新增学位2000个。", "*区教育局、区住建局、区发改局、区财政局、区人力社保局", ""],
    ["4", "城镇新增就业1.2万人以上，帮扶困难人员就业1500人。", "区人力社保局", "每季度通报"],
]
# Left edges of the columns, and how many letters a line of each takes; letters are 15 points wide.
EDGES, LETTERS = (60, 100, 310, 480), (2, 13, 10, 4)
STEP, TOP = 20, 700


def lay(rows: list[list[str]], top: int, *, padding: int, centred: bool) -> tuple[list[Placed], int]:
    """Rows set without lines from `top` down, and where they end."""
    placed: list[Placed] = []
    for row in rows:
        cells = [
            [text[at : at + width] for at in range(0, len(text), width)]
            for text, width in zip_longest(row, LETTERS)
        ]
        most = max(map(len, cells))
        for lines, left in zip(cells, EDGES, strict=True):
            down = STEP * (most - len(lines)) // 2 if centred else 0
            placed += [(line, left, top - down - STEP * at) for at, line in enumerate(lines)]
        top -= STEP * most + padding
    return placed, top


def prose(text: str, top: int) -> Iterator[Placed]:
    for at in range(0, len(text), 29):
        yield text[at : at + 29], 80, top - 26 * at // 29


LAYOUTS = {
    "hanging": {"padding": 8, "centred": False},
    "hanging, close": {"padding": 0, "centred": False},
    "centred": {"padding": 8, "centred": True},
    "centred, wide": {"padding": 24, "centred": True},
}


@pytest.mark.parametrize("how", LAYOUTS)
def test_columns_and_rows_are_told_by_the_white_between_them(how: str, tmp_path: Path) -> None:
    before = "现将政府工作报告确定的重点工作责任分解如下，请各单位认真抓好落实，确保全面完成全年目标任务。"
    after = "各单位要于每月25日前将工作进展情况报送区政府办公室，由区政府办公室汇总后报区政府常务会议审定。"
    table, end = lay([HEAD, *ROWS], TOP, **LAYOUTS[how])  # type: ignore[arg-type]
    page = [*prose(before, 780), *table, *prose(after, end - 30)]
    write_placed_pdf([page], tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    rows = "\n".join("\t".join(row) for row in [HEAD, *ROWS])
    assert source.text == f"{before}\n\n{rows}\n\n{after}\n"
    tasks = compile_breakdown(source).tasks
    assert [task.text for task in tasks] == [row[1] for row in ROWS]
    assert [[unit.name for unit in task.units if unit.role == "lead"] for task in tasks] == [
        ["区住建局"],
        ["区商务局"],
        ["区教育局"],
        ["区人力社保局"],
    ]


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("repeated", [False, True])
def test_a_table_goes_on_over_the_page(tmp_path: Path, centred: bool, repeated: bool) -> None:
    first, _ = lay([HEAD, *ROWS], TOP, padding=8, centred=centred)
    more = [[str(4 + at), *row[1:]] for at, row in enumerate(ROWS, 1)]
    second, _ = lay([HEAD, *more] if repeated else more, 760, padding=8, centred=centred)
    write_placed_pdf([first, second], tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    assert source.text == "".join("\t".join(row) + "\n" for row in [HEAD, *ROWS, *more])
    assert source.place_of(source.text.rindex("就业")) == {"page": 2}


def test_the_rest_of_a_row_on_the_next_page_belongs_to_it(tmp_path: Path) -> None:
    table, _ = lay([HEAD, *ROWS], TOP, padding=8, centred=False)
    foot = sorted({y for _, _, y in table})[1]
    first = [placed for placed in table if placed[2] >= foot]
    second = [(text, x, 780) for text, x, y in table if y < foot]
    write_placed_pdf(
        [first, [*second, *prose("以上任务请各单位认真抓好落实，确保全面完成全年的各项目标任务。", 700)]],
        tmp_path / "a.pdf",
    )
    text = read_file(tmp_path / "a.pdf").text
    assert text.split("\n\n")[0] == "\n".join("\t".join(row) for row in [HEAD, *ROWS])


def test_pieces_that_make_no_columns_stay_lines(tmp_path: Path) -> None:
    page = [
        ("签发人：张　某", 60, 780),
        ("区政府办公室", 60, 740),
        ("2024年3月1日", 300, 740),
        ("联系人：李某", 60, 700),
        ("电话：0000", 250, 700),
        ("传真：0001", 420, 700),
        *prose(
            "各单位要认真抓好重点工作的落实，每月报送一次进展，年底前全面完成各项目标任务，由区政府督查。",
            660,
        ),
    ]
    write_placed_pdf([page], tmp_path / "a.pdf")
    text = read_file(tmp_path / "a.pdf").text
    assert "\t" not in text
    assert "联系人：李某  电话：0000  传真：0001" in text


def test_rows_that_run_into_one_another_are_no_table(tmp_path: Path) -> None:
    placed, _ = lay([HEAD, *ROWS[:1] * 5], TOP, padding=-66, centred=True)
    write_placed_pdf([placed], tmp_path / "a.pdf")
    assert "\t" not in read_file(tmp_path / "a.pdf").text


def rows_of(text: str) -> list[list[str]]:
    """The rows and what stands between them, in order."""
    return [line.split("\t") for line in text.split("\n") if line]


@pytest.mark.parametrize("how", LAYOUTS)
@pytest.mark.parametrize("left", [60, 230])
def test_a_line_across_the_columns_is_a_row_of_its_own(how: str, left: int, tmp_path: Path) -> None:
    table, top = lay([HEAD], TOP, **LAYOUTS[how])  # type: ignore[arg-type]
    expected = [HEAD]
    for at, who in enumerate(["一、张某常务副区长牵头", "二、李某副区长牵头"]):
        table.append((who, left, top))
        own = [[str(4 * at + number), *row[1:]] for number, row in enumerate(ROWS, 1)]
        rows, top = lay(own, top - STEP - LAYOUTS[how]["padding"], **LAYOUTS[how])  # type: ignore[arg-type]
        table += rows
        expected += [[who], *own]
    write_placed_pdf([table], tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    assert rows_of(source.text) == expected
    assert not source.diagnostics
    tasks = compile_breakdown(source).tasks
    assert [[leader.name for leader in task.leaders] for task in tasks] == [["张某"]] * 4 + [["李某"]] * 4


@pytest.mark.parametrize("how", ["hanging", "hanging, close", "centred", "centred, wide"])
def test_rows_that_nothing_numbers_are_told_by_the_white_or_the_sentences(how: str, tmp_path: Path) -> None:
    table, _ = lay([["", *row[1:]] for row in [HEAD, *ROWS]], TOP, **LAYOUTS[how])  # type: ignore[arg-type]
    write_placed_pdf([[placed for placed in table if placed[0]]], tmp_path / "a.pdf")
    assert rows_of(read_file(tmp_path / "a.pdf").text) == [row[1:] for row in [HEAD, *ROWS]]


def test_rows_close_together_are_told_by_the_number_in_their_middle(tmp_path: Path) -> None:
    table, _ = lay([HEAD, *ROWS], TOP, padding=0, centred=True)
    write_placed_pdf([table], tmp_path / "a.pdf")
    assert rows_of(read_file(tmp_path / "a.pdf").text) == [HEAD, *ROWS]


def test_a_cell_in_the_middle_of_several_rows_belongs_to_all_of_them(tmp_path: Path) -> None:
    table, _ = lay([HEAD, *ROWS], TOP, padding=8, centred=True)
    numbers = [y for text, _, y in table if text in {"1", "2", "3", "4"}]
    page = [("牵头领导", 50, TOP), *((text, x + 70, y) for text, x, y in table)]
    page += [("张某", 50, sum(numbers[:2]) // 2), ("李某", 50, sum(numbers[2:]) // 2)]
    write_placed_pdf([page], tmp_path / "a.pdf")
    tasks = compile_breakdown(read_file(tmp_path / "a.pdf")).tasks
    assert [[leader.name for leader in task.leaders] for task in tasks] == [["张某"]] * 2 + [["李某"]] * 2


def test_rows_that_cannot_be_told_are_said(tmp_path: Path) -> None:
    table, _ = lay([["", *row[1:]] for row in [HEAD, *ROWS]], TOP, padding=0, centred=True)
    write_placed_pdf([[placed for placed in table if placed[0]]], tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    assert [said.code for said in source.diagnostics] == ["unruled-table"]
    assert "第 1 页" in source.diagnostics[0].message
    with pytest.raises(SourceError, match="行与行、合并的格子分不清"):
        compile_breakdown(source)


def test_numbers_right_before_the_words_of_the_next_column_stand_in_their_own(tmp_path: Path) -> None:
    table, _ = lay([HEAD, *ROWS], TOP, padding=8, centred=True)
    moved = {"序号": 30} | dict.fromkeys("1234", EDGES[1] - 8)
    close = [(text, moved.get(text, x), y) for text, x, y in table]
    write_placed_pdf([close], tmp_path / "a.pdf")
    assert rows_of(read_file(tmp_path / "a.pdf").text) == [HEAD, *ROWS]


def test_a_leader_who_hangs_before_the_numbers_holds_to_the_next(tmp_path: Path) -> None:
    table, _ = lay([HEAD, *ROWS], TOP, padding=8, centred=False)
    numbers = [y for text, _, y in table if text in {"1", "2", "3", "4"}]
    page = [("牵头领导", 50, TOP), *((text, x + 70, y) for text, x, y in table)]
    page += [("张某", 50, numbers[0]), ("李某", 50, numbers[2])]
    write_placed_pdf([page], tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    assert [source.text[start:end] for start, end in source.merged.values()] == ["张某", "李某"]
    tasks = compile_breakdown(source).tasks
    assert [[leader.name for leader in task.leaders] for task in tasks] == [["张某"]] * 2 + [["李某"]] * 2


def test_marks_that_are_lower_than_letters_stand_on_their_line() -> None:
    letters = [(char, 10.0 * at, 10.0 * at + 10, 100.0, 110.0, False) for at, char in enumerate("甲局 乙局")]
    letters[2] = ("、", 20.0, 30.0, 100.3, 104.7, False)
    below = [("丙", 0.0, 10.0, 86.0, 96.0, False)]
    assert [line.text for line in set_lines([*letters, *below])] == ["甲局、乙局", "丙"]


def test_heads_that_come_again_stand_before_the_rest_of_a_row(tmp_path: Path) -> None:
    table, _ = lay([HEAD, *ROWS], TOP, padding=0, centred=False)
    foot = sorted({y for _, _, y in table})[1]
    heads = [(text, x, 780) for text, x, y in table if y == TOP]
    first = [placed for placed in table if placed[2] >= foot]
    rest = [(text, x, 760) for text, x, y in table if y < foot]
    more, _ = lay([["5", *ROWS[1][1:]], ["6", *ROWS[0][1:]]], 740, padding=0, centred=False)
    write_placed_pdf([first, [*heads, *rest, *more]], tmp_path / "a.pdf")
    expected = [HEAD, *ROWS, ["5", *ROWS[1][1:]], ["6", *ROWS[0][1:]]]
    assert rows_of(read_file(tmp_path / "a.pdf").text) == expected
