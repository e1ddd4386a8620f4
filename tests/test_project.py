"""What holds for the project as a whole: import directions, sizes, and nothing of one machine in it."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
# What stands in the address of a machine, a registry or a home directory; names in XML look like addresses.
_FOREIGN = re.compile(
    rb"https?://(?!www\.w3\.org/|schemas\.(?:openxmlformats\.org|microsoft\.com)/|purl\.oclc\.org/"
    rb"|www\.apache\.org/"
    rb"|127\.0\.0\.1\b|[\w.-]*\.(?:example|invalid)\b)[\w.-]+|file:///(?!etc/)|/(?:work|home|root|Users)/\w"
)
# Modules of 400 lines are two nouns.
_LONGEST = 400


def tracked_files() -> list[Path]:
    """The files of the repository; without git, those of its source folders."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]
    found = [path for name in ("src", "tests", "docs") for path in (ROOT / name).rglob("*")]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]


def modules() -> list[Path]:
    """Every module somebody wrote: what Django writes of the models, its migrations, is not among them."""
    return [path for path in (ROOT / "src").rglob("*.py") if "migrations" not in path.parts]


@pytest.fixture(scope="module")
def dk() -> ModuleType:
    """What the set-up script does, as a module."""
    return load("preparing", ROOT / "preparing.py")


def load(name: str, path: Path) -> ModuleType:
    """A file as a module, whatever its name ends with."""
    loader = SourceFileLoader(name, str(path))
    spec = importlib.util.spec_from_loader(name, loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_rooms_import_one_way() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_nothing_names_a_machine_or_a_registry() -> None:
    texts = [path for path in tracked_files() if path.suffix not in {".png", ".xlsx"}]
    named = {path.name: found.group() for path in texts if (found := _FOREIGN.search(path.read_bytes()))}
    assert named.keys() <= {"test_project.py"}, named


def test_modules_stay_short() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert not {path.name: length for path, length in lengths.items() if length > _LONGEST}


def test_no_module_is_named_for_nothing() -> None:
    names = {path.stem for path in (ROOT / "src").rglob("*.py")}
    assert not names & {"utils", "util", "helpers", "managers", "manager", "services", "base", "misc"}


def test_every_package_has_a_docstring() -> None:
    bare = [p for p in modules() if not p.read_text("utf-8").startswith('"""')]
    assert not bare


def test_the_lock_pins_every_dependency_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    wanted = re.findall(r'^    "([\w-]+)>=', project, re.M)
    assert {"click", "jinja2", "pytest", "setuptools", "uv", "xlsxwriter"} <= set(wanted)
    for name in wanted:
        assert re.search(rf"^{name}==\S+ .*\\\n    --hash=sha256:", lock, re.M), name


def test_the_set_up_script_says_how_it_is_used(dk: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert dk.main([]) == 0
    assert "demo" in capsys.readouterr().out
    assert dk.main(["没有"]) == 2
    assert "./dk --help" in capsys.readouterr().err


def test_an_environment_of_another_lock_is_made_anew(
    dk: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp, python = tmp_path / "dk.json", tmp_path / "python"
    monkeypatch.setattr(dk, "STAMP", stamp)
    monkeypatch.setattr(dk, "PYTHON", python)
    assert not dk.is_current()
    python.touch()
    stamp.write_text(dk.json.dumps(dk.fingerprint()))
    assert dk.is_current()
    lock = tmp_path / "other.lock"
    lock.write_text("click==0\n")
    monkeypatch.setattr(dk, "LOCK", lock)
    assert not dk.is_current()


def test_the_set_up_finds_its_installer_in_the_lock(dk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def remember(command: list[object], _environment: object, *, quietly: bool = False) -> bool:
        asked.append(Path(str(command[-1])).read_text())
        return quietly

    monkeypatch.setattr(dk, "attempt", remember)
    assert dk.install_uv([], {})
    lines = asked[0].splitlines()
    assert lines[0].startswith("uv==")
    assert all("--hash=sha256:" in line for line in lines[1:])
    assert not lines[-1].endswith("\\")


def old_pythons() -> list[Path]:
    """Pythons here that are too old, 2.7 among them where somebody keeps one."""
    folders = [Path("/usr/bin"), *Path.home().glob(".pyenv/versions/*/bin")]
    names = ("python2.7", *(f"python3.{minor}" for minor in range(6, 11)))
    return [path for folder in folders for name in names if (path := folder / name).exists()]


def test_an_old_python_says_in_one_line_which_one_is_wanted() -> None:
    text = (ROOT / "dk").read_text("utf-8")
    ast.parse(text, feature_version=(3, 4))
    # What Python 2 has no word for: annotations, f-strings, keywords of functions, names by position only.
    assert not re.search(r"->|\bf[\"']|\w: (?:str|int|list|tuple)|\bnonlocal\b|, \*,", text)
    assert text.splitlines()[1] == "# -*- coding: utf-8 -*-"
    for python in old_pythons():
        bare = {"PATH": "/nowhere", "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
        done = subprocess.run([python, ROOT / "dk", "demo"], env=bare, capture_output=True, check=False)
        assert done.returncode == 1, python
        said = done.stderr.decode()
        assert re.fullmatch(r"dk：要用 Python 3\.11 或更新的版本，这里是 \d\.\d+。\n", said), said


def test_a_newer_python_on_the_path_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = load("dk", ROOT / "dk")
    broken, good = tmp_path / "python3.19", tmp_path / "python3.12"
    for path, status in ((broken, 1), (good, 0)):
        path.write_text(f"#!/bin/sh\nexit {status}\n")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert script.find_newer() == str(good)
    good.unlink()
    assert script.find_newer() is None


def test_who_may_not_write_the_folder_is_told_what_to_do(
    dk: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "var/dk.lock")

    monkeypatch.setattr(dk, "prepare", refuse)
    assert dk.main(["setup"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "没有权限读写 var/dk.lock" in said
    assert "请用装它的那个用户运行" in said


@pytest.mark.skipif(os.name != "posix", reason="a process takes another's place on POSIX only")
def test_the_command_takes_the_place_of_the_script(dk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[list[str]] = []
    monkeypatch.setenv("DUKAO_CALLED_AS", "")
    monkeypatch.setattr(os, "execve", lambda _python, command, _environment: taken.append(command))
    monkeypatch.setattr(dk, "call", lambda _command, cwd: 0)
    dk.run(["serve"])
    assert taken == [[str(dk.PYTHON), "-m", "dukao", "serve"]]


def test_uv_is_told_where_pip_gets_its_packages(dk: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dk, "PYTHON", Path(sys.executable))
    monkeypatch.delenv("UV_FIND_LINKS", raising=False)
    monkeypatch.setenv("PIP_FIND_LINKS", "轮子")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert dk.pip_settings().items() >= {"UV_FIND_LINKS": "轮子", "UV_NO_INDEX": "1"}.items()
