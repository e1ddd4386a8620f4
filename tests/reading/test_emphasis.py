"""Units set in bold among others are read as leads, whatever program set them so; other bold says nothing."""

from pathlib import Path

import docx
import pytest
import xlsxwriter  # type: ignore[import-untyped]

from dukao.bench.documents import write_placed_pdf, write_table_pdf
from dukao.breakdown.compiler import compile_breakdown
from dukao.reading import read_file
from dukao.reading.emphasis import BOLD, PLAIN, settle

# What is set in bold stands in brackets of its own here: 【区发改局】.
ROWS = [
    ["【序号】", "【重点工作】", "【责任单位】"],
    ["1", "【建好】沿江绿道10公里。", "【区住建局】、区财政局、区农业农村局（区乡村振兴局）"],
    ["2", "办好秋季庙会。", "区商务局，【区文旅局】，各街镇"],
    ["3", "【新增学位2000个。】", "【区教育局】"],
]
SETTLED = {
    "【区住建局】、区财政局": "**区住建局**、区财政局",
    "责任单位：【区住建局】、区财政局。": "责任单位：**区住建局**、区财政局。",
    "【责任单位：】区住建局、区财政局": "责任单位：区住建局、区财政局",
    "【责任单位：区住建局】、区财政局": "责任单位：**区住建局**、区财政局",
    "【区住建局、区财政局】": "区住建局、区财政局",
    "区住建局、【区财】政局": "区住建局、区财政局",
    "【区农业农村局（区乡村振兴局、区林业局）】\n区财政局": (
        "**区农业农村局（区乡村振兴局、区林业局）**\n区财政局"
    ),
    "区教育局；【区民政局】；【区卫健局。】": "区教育局；**区民政局**；**区卫健局**。",
    "【建成】3个公园、2条绿道": "建成3个公园、2条绿道",
    "【做强商圈。】全年引进首店30家。": "做强商圈。全年引进首店30家。",
    "区住建局】、区财政局": "**区住建局**、区财政局",
    "区住建局、【区财政局": "区住建局、**区财政局**",
}


@pytest.mark.parametrize("said", SETTLED)
def test_bold_stays_where_it_tells_names_of_a_list_apart(said: str) -> None:
    assert settle(said.replace("【", BOLD).replace("】", PLAIN)) == SETTLED[said]


def runs(text: str) -> list[tuple[str, bool]]:
    pieces = text.replace("】", "【").split("【")
    return [(piece, bool(at % 2)) for at, piece in enumerate(pieces) if piece]


def write_docx(path: Path, laid: list[list[str]] = ROWS) -> None:
    document = docx.Document()
    table = document.add_table(len(laid), len(laid[0]))
    for row, texts in zip(table.rows, laid, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            for piece, is_bold in runs(text):
                style = "Strong" if is_bold and "文旅" in piece else None
                cell.paragraphs[0].add_run(piece, style).bold = None if style else is_bold
    document.save(str(path))


def write_xlsx(path: Path, laid: list[list[str]] = ROWS) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet, bold = workbook.add_worksheet(), workbook.add_format({"bold": True, "font_color": "red"})
        for row, texts in enumerate(laid):
            for column, text in enumerate(texts):
                pieces = [
                    part for piece, is_bold in runs(text) for part in ([bold, piece] if is_bold else [piece])
                ]
                if len(runs(text)) > 1:
                    sheet.write_rich_string(row, column, *pieces)
                elif pieces:
                    sheet.write(row, column, *reversed(pieces))


def write_html(path: Path, laid: list[list[str]] = ROWS) -> None:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in laid)
    rows = rows.replace("【区文旅局】", '<span style="font-weight: bold">区文旅局</span>')
    rows = rows.replace("【", "<strong>").replace("】", "</strong>")
    path.write_text(f'<html><meta charset="utf-8"><body><table>{rows}</table></body></html>', "utf-8")


@pytest.mark.parametrize(
    ("suffix", "write"), [("docx", write_docx), ("xlsx", write_xlsx), ("html", write_html)]
)
def test_the_unit_in_bold_leads(suffix: str, write: "object", tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    assert callable(write)
    write(path)
    source = read_file(path)
    tasks = compile_breakdown(source).tasks
    assert [(task.text, [(unit.name, unit.role, unit.basis) for unit in task.units]) for task in tasks] == [
        (
            "建好沿江绿道10公里。",
            [
                ("区住建局", "lead", "star"),
                ("区财政局", "responsible", "star"),
                ("区农业农村局", "responsible", "star"),
            ],
        ),
        (
            "办好秋季庙会。",
            [
                ("区商务局", "responsible", "star"),
                ("区文旅局", "lead", "star"),
                ("各街镇", "responsible", "star"),
            ],
        ),
        ("新增学位2000个。", [("区教育局", "lead", "sole")]),
    ]
    place = source.place_of(tasks[1].units[1].start)
    assert place
    assert (place.get("cell"), place.get("row")) in {("C3", None), (None, 3)}


# Bold cells among others that are not; what is laid in them, and who leads.
WHOLE = {
    "beside others": (
        [
            ["【序号】", "【重点工作】", "【责任单位】", ""],
            ["1", "清淤。", "【区水务局】", "区住建局"],
            ["2", "砌岸。", "区住建局", "区财政局"],
            ["3", "补路。", "【区住建局、区财政局】", ""],
        ],
        [["区水务局"], [], []],
    ),
    "among bold names": (
        [
            ["【序号】", "【重点工作】", "【责任单位】"],
            ["1", "清淤。", "【区水务局】、区住建局"],
            ["2", "补路。", "【区住建局、区财政局】"],
            ["3", "点灯。", "区住建局、区财政局"],
            ["【4】", "【栽树。】", "【区林业局、区住建局】"],
        ],
        [["区水务局"], ["区住建局", "区财政局"], [], []],
    ),
    "all alike": (
        [
            ["【序号】", "【重点工作】", "【责任单位】", ""],
            ["1", "清淤。", "【区水务局】", "【区住建局】"],
            ["2", "砌岸。", "【区住建局】", "【区财政局】"],
        ],
        [[], []],
    ),
}


@pytest.mark.parametrize("case", WHOLE)
@pytest.mark.parametrize(
    ("suffix", "write"), [("docx", write_docx), ("xlsx", write_xlsx), ("html", write_html)]
)
def test_a_cell_in_bold_among_others_leads(case: str, suffix: str, write: "object", tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    laid, leads = WHOLE[case]
    assert callable(write)
    write(path, laid)
    source = read_file(path)
    assert BOLD not in source.text
    tasks = compile_breakdown(source).tasks
    assert [[unit.name for unit in task.units if unit.role == "lead"] for task in tasks] == leads


def write_pdf(path: Path, lines: list[list[tuple[str, bool]]], face: bytes) -> None:
    """Lines of words, the bold ones in a face of their own, or outlined where it is `b""`."""
    placed = []
    for at, line in enumerate(lines):
        left = 80
        for words, _ in line:
            placed.append((words, left, 700 - 26 * at))
            left += 15 * len(words)
    write_placed_pdf([placed], path)
    data = path.read_bytes()
    for words in (words for line in lines for words, is_bold in line if is_bold):
        said = b"<" + words.encode("utf-16-be").hex().encode() + b"> Tj"
        start = data.rindex(b"BT /F1", 0, data.index(said))
        drawn = data[start : data.index(said)]
        other = drawn.replace(b"/F1", b"/F2") if face else drawn.replace(b" Td", b" Td 2 Tr")
        data = data.replace(drawn + said, other + said + (b"" if face else b" 0 Tr"), 1)
    fonts = data[data.index(b"3 0 obj") : data.index(b"5 0 obj")]
    bold = fonts.replace(b"3 0 obj", b"99 0 obj").replace(b"4 0 obj", b"98 0 obj").replace(b"[4 0", b"[98 0")
    bold = bold.replace(b"STSong-Light", face or b"STSong-Light")
    data = data.replace(b"/F1 3 0 R", b"/F1 3 0 R /F2 99 0 R").replace(b"xref\n", bold + b"xref\n", 1)
    path.write_bytes(data)


BOLD_LINES = [
    [("1.建好沿江绿道10公里，新增口袋公园12个，修缮桥梁3座。", False)],
    [("责任单位：", True), ("区住建局", True), ("、区财政局", False)],
    [("2.办好秋季庙会。", False)],
    [("责任单位：区商务局、", False), ("区文旅局", True)],
]


@pytest.mark.parametrize("face", [b"ABCDEF+SimSun-Bold", b"SimSun,Bold", b""])
def test_a_bold_face_of_a_pdf_marks_who_leads(face: bytes, tmp_path: Path) -> None:
    write_pdf(tmp_path / "a.pdf", BOLD_LINES, face)
    source = read_file(tmp_path / "a.pdf")
    assert "责任单位：**区住建局**、区财政局" in source.text
    tasks = compile_breakdown(source).tasks
    assert [[unit.name for unit in task.units if unit.role == "lead"] for task in tasks] == [
        ["区住建局"],
        ["区文旅局"],
    ]


def test_a_pdf_that_is_bold_all_over_marks_nobody(tmp_path: Path) -> None:
    lines = [[("".join(words for words, _ in line), True)] for line in BOLD_LINES]
    write_pdf(tmp_path / "a.pdf", lines, b"SimHei-Bold")
    assert "**" not in read_file(tmp_path / "a.pdf").text


def test_cells_in_bold_faces_of_a_ruled_pdf_mark_who_leads(tmp_path: Path) -> None:
    rows = [["序号", "重点工作", "责任单位"], ["1", "清淤。", "区水务局"], ["2", "砌岸。", "区财政局"]]
    path = tmp_path / "a.pdf"
    write_table_pdf(rows, path)
    assert "区水务局" in read_file(path).text
    assert not read_file(path).bold
    data = path.read_bytes()
    said = b"<" + "区水务局".encode("utf-16-be").hex().encode() + b"> Tj"
    path.write_bytes(data.replace(said, b"2 Tr " + said + b" 0 Tr", 1))
    source = read_file(path)
    (start,) = source.bold
    assert source.text[start : start + 4] == "区水务局"
