"""The documents the bench makes are read as what they were made of, within the limits it states."""

from pathlib import Path

import pytest

from dukao.bench.documents import write_table_pdf, write_text_pdf, write_workbook
from dukao.bench.formats import measure_formats
from dukao.bench.memory import measure_memory
from dukao.reading import read_file
from dukao.sample import sample_path

ROWS = [
    ["序号", "重点工作", "责任单位"],
    ["1", "新增绿道10公里以上。", "区住建局"],
    ["2", "办好庙会。", "区商务局"],
]


def test_a_page_of_lines_is_read_as_its_paragraphs(tmp_path: Path) -> None:
    paragraphs = [
        "政府工作报告",
        "全区新增绿道十公里以上，" * 40 + "完成投资。",
        "过去一年，" + "稳中求进，" * 30 + "好。",
    ]
    write_text_pdf("\n".join(paragraphs), tmp_path / "a.pdf")
    source = read_file(tmp_path / "a.pdf")
    assert source.text.split("\n\n") == [*paragraphs[:-1], f"{paragraphs[-1]}\n"]
    assert source.place_of(0) == {"page": 1}
    assert source.place_of(len(source.text) - 2) == {"page": 2 if len(source.text) > 700 else 1}


def test_a_ruled_table_and_a_workbook_are_read_as_their_rows(tmp_path: Path) -> None:
    write_table_pdf(ROWS, tmp_path / "a.pdf")
    write_workbook(ROWS, 1, tmp_path / "a.xlsx")
    expected = "".join("\t".join(row) + "\n" for row in ROWS)
    assert read_file(tmp_path / "a.pdf").text == expected
    assert read_file(tmp_path / "a.xlsx").text == expected


def test_every_format_is_read_within_its_limit() -> None:
    texts = [sample_path(name).read_text("utf-8") for name in ("report", "breakdown")]
    speeds = {speed.name: speed for speed in measure_formats(*texts)}
    assert len(speeds) == 3
    # A machine that does other things as well is given half as much again.
    assert not {name: speed.ratio for name, speed in speeds.items() if speed.ratio > 1.5 * speed.limit}


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system does not say what a process took"
)
def test_a_large_workbook_takes_the_memory_of_its_words_and_no_more() -> None:
    uses = {use.name: use for use in measure_memory(10_000_000)}
    assert uses["图片"].size > 10_000_000
    assert uses["文字"].text > 10_000_000
    assert len(uses) == 3
    assert not {name: use for name, use in uses.items() if use.peak > use.limit}
    assert uses["图片"].peak < 5_000_000
