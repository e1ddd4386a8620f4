"""Sites of their own for tests that kill, race or restore: home and database, worked on by child processes.

On SQLite each has a file; where the run is on PostgreSQL (DUKAO_DATABASE_URL), a database on that server.
What runs on the run's own database has its run on the other one in the other run.
"""

import atexit
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ.get("DUKAO_DATABASE_URL", "")
VENDOR = "postgresql" if SERVER.startswith("postgres") else "sqlite"

_START = "from dukao.site.starting import start; start()\n"
_MIGRATE = "from dukao.site.starting import make_tables; make_tables()"


@dataclass(frozen=True)
class Site:
    """A site on data of its own."""

    home: Path
    url: str

    def environment(self) -> dict[str, str]:
        """What a child process needs to work on it."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DUKAO_")}
        inherited.pop("DJANGO_SETTINGS_MODULE", None)
        path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        return inherited | {"DUKAO_HOME": str(self.home), "DUKAO_DATABASE_URL": self.url, "PYTHONPATH": path}

    def command(self, *args: object) -> subprocess.CompletedProcess[str]:
        """Run `dukao` on it."""
        return self._run([sys.executable, "-m", "dukao", *map(str, args)])

    def script(self, code: str, *args: object) -> subprocess.CompletedProcess[str]:
        """Run Python on it, Django set up."""
        return self._run([sys.executable, "-c", _START + code, *map(str, args)])

    def begin(self, code: str, *args: object) -> subprocess.Popen[str]:
        """Begin Python on it, and do not wait."""
        command = [sys.executable, "-c", _START + code, *map(str, args)]
        return subprocess.Popen(
            command,
            env=self.environment(),
            cwd=ROOT,
            text=True,
            stdout=subprocess.PIPE,
            stdin=subprocess.PIPE,
        )

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment(), cwd=ROOT, text=True, capture_output=True, timeout=120
        )


@contextmanager
def new_site(vendor: str, folder: Path) -> Iterator[Site]:
    """A site with its tables and nothing in them, its database gone afterwards."""
    home = folder / f"home-{secrets.token_hex(4)}"
    model = _model(vendor)
    if vendor == "sqlite":
        shutil.copytree(model.home, home)
        yield Site(home, "")
        return
    home.mkdir()
    name = f"dukao_child_{secrets.token_hex(6)}"
    _on_server(f"CREATE DATABASE {name} TEMPLATE {urlsplit(model.url).path[1:]}")
    try:
        yield Site(home, _address(name))
    finally:
        _on_server(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _model(vendor: str) -> Site:
    """The empty site the others are copied from: tables are made once."""
    home = Path(tempfile.mkdtemp(prefix="dukao-model-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    site = Site(home, "")
    if vendor == "postgresql":
        name = f"dukao_model_{secrets.token_hex(6)}"
        _on_server(f"CREATE DATABASE {name}")
        atexit.register(_on_server, f"DROP DATABASE {name} WITH (FORCE)")
        site = Site(home, _address(name))
    made = site.script(_MIGRATE)
    assert made.returncode == 0, made.stderr
    return site


def _address(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def _on_server(statement: str) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(statement.encode())
