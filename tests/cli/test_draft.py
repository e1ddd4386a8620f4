"""`dukao draft` and `dukao bench draft` on the sample: results, files, refusals, usage."""

import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from dukao.cli.main import main
from dukao.reading.files import read_file
from dukao.sample import sample_path

Capture = pytest.CaptureFixture[str]
REPORT, TABLE = (str(sample_path(name)) for name in ("report", "breakdown"))


def test_json_is_the_public_format(capsys: Capture) -> None:
    assert main(["draft", REPORT, "--from", TABLE, "--json"]) == 0
    out, err = capsys.readouterr()
    draft = json.loads(out)
    assert err == ""
    assert (draft["schema"], draft["place"], draft["year"]) == ("dukao.draft/1", "临江区", 2024)
    assert [source["name"] for source in draft["past"]] == ["breakdown_2024.md"]
    assert len(draft["tasks"]) > 90
    units = [unit for task in draft["tasks"] for unit in task["units"]]
    assert all(0 < unit["confidence"] <= 1 and unit["reason"] for unit in units)
    assert any(leader["name"] for task in draft["tasks"] for leader in task["leaders"])
    assert draft["left_out"]


def test_the_summary_says_what_it_learned_from_and_what_it_does_not_propose(capsys: Capture) -> None:
    assert main(["draft", REPORT]) == 0
    out, _ = capsys.readouterr()
    for said in ("责任分解（初稿）", "未参照往年分解", "区商务局", "没有列为任务", "（共同）"):
        assert said in out
    assert main(["draft", REPORT, "--from", TABLE]) == 0
    assert "参照往年分解：breakdown_2024.md" in capsys.readouterr().out


def test_the_paper_says_who_leads_as_the_latest_past_did(tmp_path: Path, capsys: Capture) -> None:
    older, paper = tmp_path / "前年.txt", tmp_path / "初稿.docx"
    rows = "1\t改造小区5个。\t区住建局\t区财政局\n2\t修路3公里。\t区交通运输局\t区财政局\n"
    older.write_text(
        f"临江区2022年重点工作责任分解\n\n序号\t重点工作\t牵头部门\t协办部门\n{rows}", encoding="utf-8"
    )
    assert main(["draft", REPORT, "--from", str(older), "--docx", str(paper)]) == 0
    assert "协办部门" in read_file(paper).text
    paper.unlink()
    assert main(["draft", REPORT, "--from", TABLE, "--from", str(older), "--docx", str(paper)]) == 0
    assert "协办部门" not in read_file(paper).text
    assert "标记*的为牵头单位" in read_file(paper).text
    capsys.readouterr()


def test_the_past_is_read_as_the_profile_says(tmp_path: Path, capsys: Capture) -> None:
    past = tmp_path / "去年.txt"
    past.write_text(
        "序号\t重点工作\t责任单位\n1\t修建湖心步道3公里。\t区湖区管理局、区财政局\n"
        "2\t打捞湖面浮萍200吨。\t区湖区管理局、区水利局\n",
        encoding="utf-8",
    )
    report = tmp_path / "报告.md"
    report.write_text(
        "# 政府工作报告\n\n2024年1月20日\n\n## 一、2024年重点工作\n\n修建湖心步道5公里。\n", encoding="utf-8"
    )

    def leads(*more: str) -> list[list[str]]:
        assert main(["draft", str(report), "--from", str(past), "--json", *more]) == 0
        drafted = json.loads(capsys.readouterr().out)["tasks"]
        return [[one["name"] for one in task["units"] if one["role"] == "lead"] for task in drafted]

    assert leads("--profile", "first-labels") == [["区湖区管理局"]]
    assert leads() != [["区湖区管理局"]]
    assert main(["draft", str(report), "--profile", "nonsense"]) == 2


def test_the_workbook_has_tasks_units_and_what_was_left_out(tmp_path: Path, capsys: Capture) -> None:
    books = [tmp_path / "初稿.xlsx", tmp_path / "又一份.xlsx"]
    for book in books:
        assert main(["draft", REPORT, "--from", TABLE, "--xlsx", str(book)]) == 0
    assert f"已写好初稿：{books[0]}" in capsys.readouterr().out
    assert books[0].read_bytes() == books[1].read_bytes()
    read = CalamineWorkbook.from_path(str(books[0]))
    assert read.sheet_names == ["重点工作", "单位", "未列为任务"]
    rows = read.get_sheet_by_name("重点工作").to_python()
    head = rows[2]
    first = dict(zip(head, rows[3], strict=True))
    assert first["牵头单位"] == "区发改局"
    assert first["牵头领导"] == "顾明哲"
    assert "曾由区发改局牵头" in str(first["依据"])


def test_the_workbook_is_read_back_as_the_tasks_drafted(tmp_path: Path, capsys: Capture) -> None:
    book = tmp_path / "初稿.xlsx"
    assert main(["draft", REPORT, "--from", TABLE, "--xlsx", str(book), "--json"]) == 0
    drafted = json.loads(capsys.readouterr().out)["tasks"]
    assert main(["breakdown", str(book), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert read["livelihood"] == []
    assert [task["text"] for task in read["tasks"]] == [task["text"] for task in drafted]


def test_the_official_paper_is_read_back_as_the_tasks_drafted(tmp_path: Path, capsys: Capture) -> None:
    paper = tmp_path / "初稿.docx"
    assert main(["draft", REPORT, "--from", TABLE, "--docx", str(paper), "--json"]) == 0
    drafted = json.loads(capsys.readouterr().out)["tasks"]
    assert main(["breakdown", str(paper), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)["tasks"]
    assert [task["text"] for task in read] == [task["text"] for task in drafted]
    leads = [
        [[u["name"] for u in task["units"] if u["role"] == "lead"] for task in one] for one in (read, drafted)
    ]
    proposed = [n for n, names in enumerate(leads[1]) if names]
    assert [leads[0][n] for n in proposed] == [leads[1][n] for n in proposed]


@pytest.mark.parametrize(
    ("argv", "status", "said"),
    [
        (["没有.md"], 1, "没有.md："),
        ([REPORT, "--from", "没有.md"], 1, "没有.md："),
        ([REPORT, "--from", REPORT], 1, "report_2024.md："),
        ([REPORT, "--xlsx", "初稿.docx"], 2, ".xlsx"),
        ([REPORT, "--xlsx", "初稿", "--docx", "初稿"], 2, "同一个文件"),
        ([], 2, "缺少"),
    ],
)
def test_refusals_are_one_line(argv: list[str], status: int, said: str, capsys: Capture) -> None:
    assert main(["draft", *argv]) == status
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_report_without_a_plan_is_refused(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "短.md"
    path.write_text("# 政府工作报告\n\n## 一、2023年工作回顾\n\n建成绿道十公里。\n", encoding="utf-8")
    assert main(["draft", str(path)]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("短.md：")


def test_a_file_that_is_read_is_not_written_on(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "报告.xlsx"
    path.write_bytes(b"")
    assert main(["draft", REPORT, "--from", str(path), "--xlsx", str(path)]) == 1
    assert "不能写在它上面" in capsys.readouterr().err


def test_the_measurement_is_printed_in_tables(capsys: Capture) -> None:
    assert main(["bench", "draft"]) == 0
    out, _ = capsys.readouterr()
    for said in ("切分任务", "最常牵头的单位", "最近的往年任务", "只用词汇", "起草", "Wilson", "整个部分"):
        assert said in out
    assert main(["bench", "draft", REPORT]) == 2
