"""Every failure is one Chinese line on standard error, with the exit status the formats promise."""

import subprocess
import sys
import types
from pathlib import Path

import pytest

from dukao.calling import as_called
from dukao.cli.main import COMMANDS, main

TEXT = "# 政府工作报告\n\n一、2024年工作安排\n新增绿道10公里。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "报告.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["compil", "x"], "是不是 compile"),
        (["compile"], "缺少参数 报告"),
        (["compile", "a", "--jso"], "没有 --jso 这个选项"),
        (["compile", "a", "b", "--json"], "--jsonl"),
        (["explain", "a", "b"], "要的是整数"),
        (["simulate", "--tasks", "0"], "要的是 12 到 4000 的整数"),
        (["text", "a", "b"], "多出了参数 b"),
        (["breakdown", "a", "--html", "b.html"], "--report"),
        (["breakdown", "a", "--report"], "--report"),
        (["breakdown", "a", "--report", "b", "--html", "c.xlsx"], "要以 .html 结尾"),
        (["breakdown", "a", "--report", "b", "--xlsx", "c.html"], "要以 .xlsx 结尾"),
        (["breakdown", "a", "--report", "b", "--xlsx", "c", "--html", "c"], "同一个文件"),
        (["text", "a", "--span", "1"], "dukao text --help"),
        (["rules", "没有这条"], "没有这条"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert said in err
    assert "--help" in err


@pytest.mark.parametrize("command", [["compile"], ["breakdown"], ["articles"], ["explain"], ["text"]])
@pytest.mark.parametrize("name", ["missing.txt", "empty.txt", "scan.pdf"])
def test_a_file_that_cannot_be_read_is_one_line_that_begins_with_its_name(
    command: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    argv = [*command, str(tmp_path / name), *(["3"] if command == ["explain"] else [])]
    assert main(argv) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{name}：")
    assert err.count("\n") == 1


def test_every_bad_file_of_several_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compile", "--jsonl", str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]) == 1
    assert [line.split("：")[0] for line in capsys.readouterr().err.splitlines()] == ["a.txt", "b.txt"]


def test_an_offset_outside_the_text_is_refused(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", str(report), str(len(TEXT))]) == 1
    assert capsys.readouterr().err.startswith("报告.md：没有位置")


@pytest.mark.parametrize("span", [("5", "3"), ("0", "999"), ("-1", "3")])
def test_a_span_outside_the_text_is_refused(
    span: tuple[str, str], report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["text", str(report), "--span", *span]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"报告.md：没有 {span[0]} 到 {span[1]} 这一段")


def test_a_file_being_read_is_never_written_over(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["breakdown", str(report), "--report", str(report), "--html", str(report)]) == 1
    assert "不能写在它上面" in capsys.readouterr().err
    assert report.read_text(encoding="utf-8") == TEXT


def test_a_fault_of_our_own_shows_no_traceback(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def break_down(_source: object) -> object:
        raise KeyError("c12")

    broken = types.ModuleType("dukao.report.compiler")
    broken.compile_report = break_down  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "dukao.report.compiler", broken)
    monkeypatch.delenv("DUKAO_DEBUG", raising=False)
    assert main(["compile", str(report)]) == 1
    assert capsys.readouterr().err == "dukao：程序出错（KeyError：'c12'），设 DUKAO_DEBUG=1 可看细节\n"
    monkeypatch.setenv("DUKAO_DEBUG", "1")
    with pytest.raises(KeyError):
        main(["compile", str(report)])


def test_a_reader_that_has_had_enough_is_no_failure(tmp_path: Path) -> None:
    path = tmp_path / "长.txt"
    path.write_text("全区新增绿道10公里。\n" * 100_000, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, "-m", "dukao", "text", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        reading.stdout.read(10)
        reading.stdout.close()
        assert reading.stderr.read() == b""
        assert reading.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full here")
def test_a_full_disk_is_one_line(report: Path) -> None:
    program = [sys.executable, "-m", "dukao", "text", str(report)]
    with open("/dev/full", "w") as full:
        done = subprocess.run(program, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert done.stderr.decode().startswith("标准输出：")


def test_help_of_every_command_is_chinese_and_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    table = capsys.readouterr().out
    for name, line in COMMANDS.items():
        assert line in table
        assert main([name, "--help"]) == 0
        text = capsys.readouterr().out
        assert f"例：dukao {name}" in text
        assert not any(word in text for word in ("Usage", "Options", "Show this message"))


def test_commands_are_named_as_they_are_typed_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DUKAO_CALLED_AS", "./dk run")
    for args in (["serve", "--help"], ["jobs", "--at", "明天", "--loop"], []):
        main(args)
        said = "".join(capsys.readouterr())
        assert "./dk run " in said
        assert "dukao " not in said.replace("./dk run dukao", ""), args
    assert as_called("用 dukao articles 查看，见 /srv/dukao backup 和 dukao.breakdown/1") == (
        "用 ./dk run articles 查看，见 /srv/dukao backup 和 dukao.breakdown/1"
    )
    monkeypatch.delenv("DUKAO_CALLED_AS")
    assert as_called("请运行 dukao serve") == "请运行 dukao serve"


def test_the_table_of_commands_imports_none_of_them() -> None:
    asked = "import sys; from dukao.cli.main import main; main(['--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    loaded = done.stdout.decode().split()
    later = ("dukao.report", "dukao.breakdown", "dukao.papers", "jinja2", "xlsxwriter")
    assert not [name for name in loaded if name.startswith(later)]
    assert "dukao.cli.compile" not in loaded
