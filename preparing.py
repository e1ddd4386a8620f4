"""What `dk` does once a Python that is new enough runs it: `./dk demo`, `./dk test`, `./dk run …`.

Makes `.venv`, installs what `requirements.lock` pins (hashes checked) and the project itself, remembers the
lock it was made from, and runs. Two of them started at once wait for one another.
"""

import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
STAMP = VENV / "dk.json"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)
WORKERS = ("-n", "auto", "--maxschedchunk", "1")  # one for each core, a test at a time
USAGE = """用法：./dk 命令

  demo [参数]    用内置样例（虚构的临江区）建一份台账，在浏览器里打开；参数见 ./dk run demo --help
  test [参数]    运行全部检查和测试；带参数时只运行 pytest，例如 ./dk test tests/reading
  run 参数…      运行 dukao，例如 ./dk run compile 报告.md；./dk run --help 看全部命令
  setup          只准备环境

第一次运行会在 .venv 里装好所需的一切（要联网），并编译本项目，一到两分钟，机器忙时更久；以后直接使用。
改了源码，下一次运行会重新编译；改得频繁时可设 DUKAO_PURE=1，直接运行源码。
"""


def main(args: list[str]) -> int:
    """Run one command and give its exit status."""
    commands = {"demo": demo, "test": test, "run": run, "setup": lambda _args: 0}
    if not args or args[0] in ("-h", "--help", "help"):
        print(USAGE, end="")
        return 0
    if args[0] not in commands:
        print(f"dk：没有 {args[0]} 这个命令；用法见 ./dk --help", file=sys.stderr)
        return 2
    if args[0] == "demo":
        # The sample is read in a second as the source stands: not worth the time a compilation takes.
        os.environ["DUKAO_PURE"] = "1"
    # Without bytecode every start would compile everything again.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    try:
        prepare()
        return commands[args[0]](args[1:])
    except PermissionError as error:
        return refuse(error)


def refuse(error: PermissionError) -> int:
    """What somebody does who may not read or write what is needed here."""
    print(
        f"dk：没有权限读写 {error.filename or ROOT}：请用装它的那个用户运行；"
        "没有那个用户的，把整个文件夹（不带 .venv 和 var）复制到自己能写的地方，在那里运行 ./dk。",
        file=sys.stderr,
    )
    return 1


def demo(args: list[str]) -> int:
    """The ledger of the sample, in the browser; arguments go to `dukao demo`."""
    os.environ.setdefault("DUKAO_HOME", str(ROOT / "var" / "demo"))
    return run(["demo", *args])


def test(args: list[str]) -> int:
    """Every check, then every test, on both databases; arguments go to pytest alone.

    The tests read the source as it stands. What a machine lacks is said, and fails where DUKAO_CI=1 is set.
    """
    os.environ["PYTHONPATH"] = str(ROOT / "src")
    if args:
        return call([PYTHON, "-m", "pytest", *args])
    checks = {
        "ruff": [PYTHON, "-m", "ruff", "check", "."],
        "mypy": [PYTHON, "-m", "mypy"],
        "lint-imports": [BIN / "lint-imports", "--no-cache"],
        "pytest": [PYTHON, "-m", "pytest", *WORKERS],
    }
    failed = [name for name, check in checks.items() if call(check)]
    if lacks := lacking():
        print(f"这台机器上没有{'、'.join(lacks)}：相应的测试没有做。", flush=True)
        failed += lacks if os.environ.get("DUKAO_CI") else []
    if "PostgreSQL" not in lacks and call(on_postgresql([PYTHON, "-m", "pytest", *WORKERS, "tests/site"])):
        failed.append("PostgreSQL 上的 pytest")
    print(f"没有通过：{'、'.join(failed)}" if failed else "检查和测试全部通过。", flush=True)
    return 1 if failed else 0


def lacking() -> "list[str]":
    """What the tests use and this machine does not have."""
    wanted = {
        "PostgreSQL": ("pg_virtualenv",),
        "Chromium": ("chromium",),
        "LibreOffice": ("soffice", "libreoffice"),
    }
    return [name for name, programs in wanted.items() if not any(map(shutil.which, programs))]


def on_postgresql(command: list) -> list:
    """A command run on a PostgreSQL server of its own that goes with it (Debian's pg_virtualenv)."""
    address = "postgresql://$PGUSER:$PGPASSWORD@$PGHOST:$PGPORT/postgres"
    words = " ".join(shlex.quote(str(part)) for part in command)
    return ["pg_virtualenv", "-t", "sh", "-c", f"DUKAO_DATABASE_URL={address} exec {words}"]


def run(args: list[str]) -> int:
    """The command `dukao`, in the place of this process where that can be: what stops one stops the other."""
    os.environ["DUKAO_CALLED_AS"] = "./dk run"  # what its hints call it
    if os.name == "posix":
        os.execve(PYTHON, [str(PYTHON), "-m", "dukao", *args], surroundings())
    return call([PYTHON, "-m", "dukao", *args], cwd=None)


def call(command: list, cwd: "Path | None" = ROOT) -> int:
    """Run a program in the project's environment and give its exit status."""
    try:
        return subprocess.run([str(part) for part in command], cwd=cwd, env=surroundings()).returncode
    except KeyboardInterrupt:
        return 130


def surroundings() -> "dict[str, str]":
    """The environment variables of a program that runs in the project's environment."""
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    if os.environ.get("DUKAO_PURE"):
        environment["PYTHONPATH"] = str(ROOT / "src")
    return environment


def prepare() -> None:
    """Make the environment what the lock says, unless it is already."""
    if is_current():
        return
    with alone():
        if is_current():
            return
        stamp, wanted = read_stamp(), fingerprint()
        STAMP.unlink(missing_ok=True)
        if not PYTHON.exists() or any(stamp.get(name) != wanted[name] for name in ("lock", "root")):
            print("正在准备环境（要联网，一般半分钟到一分钟）……", file=sys.stderr, flush=True)
            make_venv()
            install()
        if not os.environ.get("DUKAO_PURE"):
            print("正在编译本项目（半分钟到一分半钟）……", file=sys.stderr, flush=True)
            install_project()
        STAMP.write_text(json.dumps(wanted))


def fingerprint() -> "dict[str, str]":
    """What the environment is made from: the lock, the project's own files, this place."""
    return {"lock": digest([LOCK]), "project": digest(sources()), "root": str(ROOT)}


def sources() -> "list[Path]":
    """The files the project is built from; none where the source is run as it stands."""
    if os.environ.get("DUKAO_PURE"):
        return []
    # Not all of src: the build leaves its own notes there, and would never be current.
    files = sorted(
        path for path in (ROOT / "src" / "dukao").rglob("*") if path.is_file() and path.suffix != ".pyc"
    )
    return [ROOT / "pyproject.toml", ROOT / "setup.py", *files]


def digest(paths: "list[Path]") -> str:
    """One fingerprint of the names and bytes of files."""
    whole = hashlib.sha256()
    for path in paths:
        whole.update(f"{os.path.relpath(path, ROOT)}\0".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def read_stamp() -> "dict[str, str]":
    """What the environment was last made from."""
    try:
        return json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}


def is_current() -> bool:
    """Whether the environment was finished from these very files."""
    stamp, wanted = read_stamp(), fingerprint()
    if os.environ.get("DUKAO_PURE"):
        wanted.pop("project")
    return PYTHON.exists() and all(stamp.get(name) == value for name, value in wanted.items())


@contextlib.contextmanager
def alone():
    """Hold the preparation to one process at a time; the others wait."""
    (ROOT / "var").mkdir(exist_ok=True, mode=0o700)
    with open(ROOT / "var" / "dk.lock", "a+b") as handle:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def make_venv() -> None:
    """A virtual environment with pip; one that does not run is made anew."""
    works = [PYTHON, "-c", f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"]
    if PYTHON.exists() and subprocess.run(works, stderr=subprocess.DEVNULL).returncode == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)]).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("dk：建不了虚拟环境：请先装上 venv（Debian、Ubuntu：apt install python3-venv）再试。")


def install() -> None:
    """The packages of the lock, by uv where it works, else by pip."""
    environment, pip, uv = installers()
    locked = ["--require-hashes", "-r", LOCK]
    if not (install_uv(pip, environment) and attempt([*uv, *locked], environment, quietly=True)):
        print("uv 用不了，改用 pip……", file=sys.stderr, flush=True)
        if not attempt([*pip, *locked], environment):
            sys.exit("dk：装不上所需的包（原因见上）：请检查网络后再试。")


def install_project() -> None:
    """The project itself, compiled where there is a C compiler."""
    environment, pip, uv = installers()
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    project = ["--no-deps", "--no-build-isolation", "--force-reinstall", ROOT]
    if not (attempt([*uv, *project], environment, quietly=True) or attempt([*pip, *project], environment)):
        sys.exit("dk：装不上本项目（原因见上）。")
    shutil.rmtree(ROOT / "build", ignore_errors=True)


def installers() -> "tuple[dict[str, str], list, list]":
    """The environment of an installation, and the commands of pip and of uv."""
    environment = {**os.environ, **pip_settings(), "UV_SYSTEM_CERTS": "1", "UV_COMPILE_BYTECODE": "1"}
    environment["VIRTUAL_ENV"] = str(VENV)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return environment, pip, [PYTHON, "-m", "uv", "pip", "install", "--quiet"]


def pip_settings() -> "dict[str, str]":
    """Where pip was told to get packages, in the words of uv, which does not read pip's settings."""
    asked = [str(PYTHON), "-m", "pip", "config", "get", "global.index-url"]
    answer = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    told = {
        "UV_DEFAULT_INDEX": os.environ.get("PIP_INDEX_URL") or answer.stdout.strip(),
        "UV_FIND_LINKS": os.environ.get("PIP_FIND_LINKS"),
        "UV_NO_INDEX": os.environ.get("PIP_NO_INDEX"),
    }
    return {name: value for name, value in told.items() if value and name not in os.environ}


def install_uv(pip: list, environment: "dict[str, str]") -> bool:
    """Put the uv of the lock into the environment, its hashes checked."""
    found = re.search(r"^uv==(?:.*\\\n)*.*\n", LOCK.read_text(encoding="utf-8"), re.M)
    if not found:
        return False
    with tempfile.TemporaryDirectory() as folder:
        pinned = Path(folder) / "uv.txt"
        pinned.write_text(found.group())
        return attempt([*pip, "--no-deps", "--require-hashes", "-r", pinned], environment, quietly=True)


def attempt(command: list, environment: "dict[str, str]", *, quietly: bool = False) -> bool:
    """Whether a program ended well; its complaints are shown unless there is another way."""
    complaints = subprocess.DEVNULL if quietly else None
    return subprocess.run([str(part) for part in command], env=environment, stderr=complaints).returncode == 0
