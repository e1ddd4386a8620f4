"""What each command prints and writes, with hand-made values in the place of the readers."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from dukao.breakdown.values import Breakdown
from dukao.cli import progress as bars
from dukao.cli.main import main
from dukao.language.rules import Rule
from dukao.reading import SourceError
from dukao.report.values import Report

from .conftest import REPORT_TEXT, Door

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def compiled(door: Door, report: Report) -> Report:
    door("dukao.report.compiler", "compile_report", lambda _source: report)
    return report


@pytest.fixture
def held(door: Door, compiled: Report, breakdown: Breakdown) -> Breakdown:
    door("dukao.breakdown.compiler", "compile_breakdown", lambda _source, _report, **_how: breakdown)
    return breakdown


def test_compile_prints_outline_commitments_and_measures(
    compiled: Report, report_path: Path, capsys: Capture
) -> None:
    assert main(["compile", str(report_path)]) == 0
    out, err = capsys.readouterr()
    for said in ("临江区（县级）", "2024 年", "一、2024年工作安排", "守住安全底线", "≥10公里", "新增绿道"):
        assert said in out
    assert "这一句有些怪" in out
    assert err == ""


def test_compile_json_is_the_public_format(compiled: Report, report_path: Path, capsys: Capture) -> None:
    assert main(["compile", str(report_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == compiled.as_json()


def test_jsonl_follows_report_by_report(compiled: Report, report_path: Path, capsys: Capture) -> None:
    assert main(["compile", "--jsonl", str(report_path), str(report_path)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = ["report", "outline", "commitment", "commitment", "measure", "diagnostic"]
    assert [line.pop("type") for line in lines] == kinds * 2
    assert "outline" not in lines[0]
    assert lines[4] == compiled.measures[0].as_json()


def test_a_report_among_others_that_fails_does_not_stop_them(
    compiled: Report, report_path: Path, capsys: Capture
) -> None:
    assert main(["compile", str(report_path), "没有.md", str(report_path)]) == 1
    out, err = capsys.readouterr()
    assert out.count("一、2024年工作安排") == 2
    assert err.startswith("没有.md：")


def test_breakdown_says_what_needs_a_person(
    held: Breakdown, table_path: Path, report_path: Path, capsys: Capture
) -> None:
    assert main(["breakdown", str(table_path), "--report", str(report_path)]) == 0
    out, err = capsys.readouterr()
    for said in ("二-1", "区住建局", "林某副区长", "（未定）", "有改动", "“12公里”", "守住安全底线"):
        assert said in out
    assert "请核口径" in out
    assert "需要核对：1 处与报告不一致，1 条承诺没有分解，1 处待核，1 项牵头未定" in out
    assert err == "分解.md：提示：分解是 2023 年的\n"


def test_breakdown_json_is_the_public_format(held: Breakdown, table_path: Path, capsys: Capture) -> None:
    assert main(["breakdown", str(table_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == held.as_json()


def test_breakdown_writes_workbook_and_page(
    held: Breakdown, table_path: Path, report_path: Path, tmp_path: Path, capsys: Capture
) -> None:
    book, page = tmp_path / "台账.xlsx", tmp_path / "核对.html"
    argv = ["breakdown", str(table_path), "--report", str(report_path)]
    assert main([*argv, "--xlsx", str(book), "--html", str(page)]) == 0
    assert book.read_bytes().startswith(b"PK")
    assert page.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")
    assert str(page) in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {"台账.xlsx", "核对.html", "报告.md", "分解.md"}


def test_a_report_given_as_a_breakdown_leaves_no_file(
    door: Door, compiled: Report, report_path: Path, tmp_path: Path, capsys: Capture
) -> None:
    def refuse(source: Any, _report: Any, **_how: Any) -> None:
        raise SourceError(source.name, "not-a-breakdown", "读到的是政府工作报告，这里要的是责任分解。")

    door("dukao.breakdown.compiler", "compile_breakdown", refuse)
    page = tmp_path / "核对.html"
    argv = ["breakdown", str(report_path), "--report", str(report_path), "--html", str(page)]
    assert main(argv) == 1
    out, err = capsys.readouterr()
    assert (out, err) == ("", "报告.md：读到的是政府工作报告，这里要的是责任分解。\n")
    assert not page.exists()


def test_explain_shows_sentence_readings_and_reasons(door: Door, report_path: Path, capsys: Capture) -> None:
    class Answer:
        def as_json(self) -> dict[str, Any]:
            rule = {"code": "M01", "name": "数与单位", "why": "数后面紧跟单位", "span": [20, 24]}
            return {"sentence": [18, 29], "read": ["c1", "m1"], "rules": [rule]}

    door("dukao.explanation", "explain", lambda _source, _offset: Answer())
    assert main(["explain", str(report_path), "22"]) == 0
    out = capsys.readouterr().out
    for said in ("【" + REPORT_TEXT[22] + "】", "c1、m1", "M01", "数后面紧跟单位"):
        assert said in out
    assert main(["explain", str(report_path), "22", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == Answer().as_json()


def test_articles_are_listed(door: Door, report_path: Path, capsys: Capture) -> None:
    article = {"title": "临江新闻", "tag": "要闻", "date": None, "start": 0, "end": 9, "body": [2, 9]}
    page = {
        "schema": "dukao.articles/1",
        "source": {"name": "报告.md"},
        "articles": [{**article, "places": ["临江区"], "measures": []}],
    }
    door("dukao.report.compiler", "compile_articles", lambda _source: page)
    assert main(["articles", str(report_path)]) == 0
    out = capsys.readouterr().out
    for said in ("1 篇文章", "要闻", "2–9", "临江新闻（临江区）"):
        assert said in out
    assert main(["articles", str(report_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == page


def test_text_prints_the_source_text_unchanged(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = "报告\r\n正文，第二句。\n"
    path = tmp_path / "旧.txt"
    path.write_bytes(text.encode("gb18030"))
    assert main(["text", str(path)]) == 0
    out, err = capfd.readouterr()
    assert out == text
    assert "GB18030" in err
    assert main(["text", str(path), "--span", "4", "6"]) == 0
    assert capfd.readouterr().out == "正文\n"


def test_the_sample_is_copied_whole(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "新" / "样例"
    assert main(["sample", "--to", str(folder)]) == 0
    assert len(list(folder.iterdir())) == 3
    assert capsys.readouterr().out.count("样例") == 3
    assert main(["sample"]) == 0
    assert "report_2024.md" in capsys.readouterr().out


def test_a_sample_somebody_has_edited_is_not_written_over(tmp_path: Path, capsys: Capture) -> None:
    assert main(["sample", "--to", str(tmp_path)]) == 0
    assert main(["sample", "--to", str(tmp_path)]) == 0, "the same again is no loss"
    edited = tmp_path / "breakdown_2024.md"
    edited.write_text("改过的", encoding="utf-8")
    assert main(["sample", "--to", str(tmp_path)]) == 1
    assert "内容与样例不同，没有改动" in capsys.readouterr().err
    assert edited.read_text(encoding="utf-8") == "改过的"


def test_a_bar_is_shown_on_a_terminal_and_for_long_work_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small, large = tmp_path / "a.txt", tmp_path / "b.txt"
    small.write_bytes(b"x")
    large.write_bytes(b"x" * 1_000_001)
    assert not bars.is_long([large, small])
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert bars.is_long([large])
    assert bars.is_long([small, tmp_path / "没有"])
    assert not bars.is_long([small])


def test_a_bar_counts_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    paths = [tmp_path / name for name in ("a.txt", "b.txt")]
    for path in paths:
        path.write_bytes(b"x" * 100)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with bars.progress(paths, "编译") as done:
        for path in paths:
            done(path, 0.1)
            done(path, 0.9)
    out, err = capsys.readouterr()
    assert out == ""
    assert "100%" in err


def test_rules_are_listed_described_and_written_as_a_book(door: Door, capsys: Capture) -> None:
    book = [
        Rule("N02", "年份", "四位数后跟年是年份", (("2024年完工", "年份：2024年"),), ("2024个车位",)),
        Rule("H01", "汉字序号", "行首汉字数字加顿号", (("一、工作回顾\n正文", "标题：一、工作回顾"),), ()),
    ]
    door("dukao.rulebook", "rule_book", lambda: book)
    assert main(["rules"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line[:3] for line in lines[1:]] == ["H01", "N02"]
    assert main(["rules", "n02"]) == 0
    assert "反例：2024个车位" in capsys.readouterr().out
    assert main(["rules", "--markdown"]) == 0
    text = capsys.readouterr().out
    assert text.index("## H 标题") < text.index("### H01 汉字序号") < text.index("## N 不是指标的数")
    assert "`一、工作回顾⏎正文` → `标题：一、工作回顾`" in text


def test_the_lead_convention_of_a_place_decides_where_the_document_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "分解.md"
    rows = [
        "| 序号 | 重点工作 | 责任单位 |",
        "| --- | --- | --- |",
        "| 1 | 疏浚南塘河6公里。 | 区水务局、区住建局 |",
    ]
    table.write_text("\n".join(["2024年重点工作责任分解", "", *rows]), encoding="utf-8")
    roles = []
    for more in ([], ["--lead", "first"]):
        assert main(["breakdown", str(table), "--json", *more]) == 0
        task = json.loads(capsys.readouterr().out)["tasks"][0]
        roles.append([unit["role"] == "lead" for unit in task["units"]])
    assert roles == [[False, False], [True, False]]
    assert main(["breakdown", str(table), "--lead", "erste"]) == 2
    assert "列第一位的牵头" in capsys.readouterr().err


def test_a_profile_is_saved_corrected_and_obeyed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table, kept = tmp_path / "分解.md", tmp_path / "本地.json"
    rows = ["| 序号 | 重点工作 | 责任单位 |", "| 1 | 疏浚南塘河6公里。 | 区水务局、区住建局 |"]
    table.write_text("\n".join(["2024年重点工作责任分解", "", *rows]), encoding="utf-8")
    assert main(["breakdown", str(table), "--save-profile", str(kept)]) == 0
    assert "谁牵头：列了几个单位，没有写明谁牵头（1 处，如“区水务局”）。" in capsys.readouterr().out
    profile = json.loads(kept.read_text(encoding="utf-8"))
    profile["traits"]["lead"].update(value="first", by="person")
    kept.write_text(json.dumps(profile), encoding="utf-8")
    for given in (str(kept), "first-labels"):
        assert main(["breakdown", str(table), "--profile", given, "--json"]) == 0
        units = json.loads(capsys.readouterr().out)["tasks"][0]["units"]
        assert [unit["role"] for unit in units] == ["lead", "responsible"]
    assert main(["breakdown", str(table), "--profile", str(kept), "--save-profile", str(kept)]) == 1
    assert "不能写在它上面" in capsys.readouterr().err
    assert main(["breakdown", str(table), "--profile", "moon"]) == 2
    assert "star-table" in capsys.readouterr().err
    kept.write_text("{}", encoding="utf-8")
    assert main(["breakdown", str(table), "--profile", str(kept)]) == 1
    assert "不是画像文件" in capsys.readouterr().err
