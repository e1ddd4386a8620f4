"""The commands on the sample, nothing put in the place of the readers."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dukao.cli.main import main
from dukao.rulebook import rule_book
from dukao.sample import sample_path

REPORT, TABLE, LAST = (str(sample_path(name)) for name in ("report", "breakdown", "last_report"))

Capture = pytest.CaptureFixture[str]


def test_compile_prints_a_report_that_is_all_spans_of_its_text(capsys: Capture) -> None:
    assert main(["compile", REPORT, "--json"]) == 0
    out, err = capsys.readouterr()
    report = json.loads(out)
    text = Path(REPORT).read_text(encoding="utf-8")
    assert err == ""
    assert (report["schema"], report["place"], report["year"]) == ("dukao.report/1", "临江区", 2024)
    assert len(report["measures"]) > 150
    assert all(text[m["start"] : m["end"]] == m["surface"] for m in report["measures"])
    assert all(text[c["start"] : c["end"]] == c["text"] for c in report["commitments"])


def test_windows_line_ends_change_nothing(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "报告.md"
    path.write_bytes(Path(REPORT).read_bytes().replace(b"\n", b"\r\n"))
    counts = []
    for name in (REPORT, str(path)):
        assert main(["compile", name, "--json"]) == 0
        report = json.loads(capsys.readouterr().out)
        counts.append([len(report[key]) for key in ("outline", "commitments", "measures")])
    assert counts[0] == counts[1]


def test_two_reports_follow_one_another(capsys: Capture) -> None:
    assert main(["compile", LAST, REPORT, "--jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["year"] for line in lines if line["type"] == "report"] == [2023, 2024]
    assert {line["type"] for line in lines} >= {"report", "outline", "commitment", "measure"}


def test_breakdown_is_held_against_its_report(capsys: Capture) -> None:
    assert main(["breakdown", TABLE, "--report", REPORT, "--json"]) == 0
    breakdown = json.loads(capsys.readouterr().out)
    assert breakdown["schema"] == "dukao.breakdown/1"
    assert breakdown["report"]["name"] == "report_2024.md"
    assert len(breakdown["tasks"]) >= 80
    assert breakdown["coverage"]["uncovered"]
    assert {"conflict", "check"} <= {finding["kind"] for finding in breakdown["findings"]}


def test_summary_workbook_and_page_in_one_run(tmp_path: Path, capsys: Capture) -> None:
    book, page = tmp_path / "台账.xlsx", tmp_path / "核对.html"
    assert main(["breakdown", TABLE, "--report", REPORT, "--xlsx", str(book), "--html", str(page)]) == 0
    assert "需要核对：" in capsys.readouterr().out
    assert book.stat().st_size > 10_000
    assert page.stat().st_size > 50_000


def test_a_breakdown_of_another_year_is_read_and_said(capsys: Capture) -> None:
    assert main(["breakdown", TABLE, "--report", LAST]) == 0
    out, err = capsys.readouterr()
    assert "重点工作" in out
    assert "breakdown_2024.md：提示：" in err


def test_another_encoding_is_read_and_said(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "旧.txt"
    path.write_bytes(Path(REPORT).read_bytes().decode().encode("gb18030"))
    assert main(["compile", str(path), "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["source"]["encoding"] == "gb18030"
    assert err.startswith("旧.txt：提示：文件不是 UTF-8")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "argv", [["compile", TABLE], ["breakdown", REPORT], ["breakdown", TABLE, "--report", TABLE]]
)
def test_the_wrong_kind_of_document_is_one_line_and_no_file(
    argv: list[str], tmp_path: Path, capsys: Capture
) -> None:
    outputs = ["--xlsx", str(tmp_path / "a.xlsx")] if argv[0] == "breakdown" else []
    assert main([*argv, *outputs]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{Path(argv[-1]).name}：读到的是")
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_explain_answers_on_a_measure(capsys: Capture) -> None:
    main(["compile", REPORT, "--json"])
    measure = json.loads(capsys.readouterr().out)["measures"][0]
    assert main(["explain", REPORT, str(measure["start"]), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    start, end = answer["sentence"]
    assert start <= measure["start"] < measure["end"] <= end
    assert measure["id"] in answer["read"]
    assert {"code", "name", "why", "span"} <= answer["rules"][0].keys()


def test_the_rule_book_names_every_rule(capsys: Capture) -> None:
    assert main(["rules", "--markdown"]) == 0
    book = capsys.readouterr().out
    assert all(f"### {rule.code} {rule.name}" in book for rule in rule_book())


def test_bench_prints_ratios(monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.setattr("dukao.cli.bench._SIZES", [10_000, 20_000])
    monkeypatch.setattr("dukao.cli.bench._LARGE_FILE", 200_000)
    monkeypatch.setattr("dukao.bench.measuring._LONG_ENOUGH", 0.01)
    monkeypatch.setattr("dukao.bench.measuring._OFTEN_ENOUGH", 1)
    assert main(["bench"]) == 0
    out = capsys.readouterr().out
    for said in ("裸扫描", "限 30 倍", "每字代价", "recognizers-text", "启动到结束"):
        assert said in out
    took = re.search(r"--json：([\d.]+) 秒；空的 Python：([\d.]+) 秒", out)
    assert took
    assert float(took[1]) > float(took[2]) > 0


def test_compile_loads_nothing_it_does_not_use() -> None:
    asked = f"import sys; from dukao.cli.main import main; main(['compile', {REPORT!r}]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    loaded = set(done.stdout.decode().splitlines()[-1].split())
    assert "dukao.report.compiler" in loaded
    assert not loaded & {"dukao.bench", "dukao.breakdown", "dukao.papers.words", "dukao.rulebook"}
    assert not loaded & {"jinja2", "xlsxwriter"}
