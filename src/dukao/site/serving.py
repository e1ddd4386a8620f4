"""Brings the site up: tables as the program wants them, the first administrators, then the server.

`prepare_site` sets Django up and may be followed by anything that fills the database; `serve_site` serves
until it is told to stop. Both say what goes wrong as `CannotServe`, in one Chinese line.
"""

import contextlib
import gc
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

from dukao.home_folder import home_folder

Ready = Callable[[str], None]
Say = Callable[[str], None]

LOCAL = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::")
_JOBS_BEGIN = 10  # seconds after the start: the first page comes first
_JOBS_END = 5  # seconds a run that is at work is waited for
_THREADS = 8  # requests at once in a process, each with its own connection to the database
_MOST_WORKERS = 4  # 32 connections: a third of what PostgreSQL allows by itself


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        """Follow no redirect: it is an answer."""


class CannotServe(Exception):
    """The site cannot come up, in one line: the thing, the reason, the next step."""


def prepare_site(say: Say = print, *, host: str = "127.0.0.1") -> list[tuple[str, str]]:
    """Set Django up, bring the tables up to date, enrol the administrators at the first start.

    Gives the names and one-time secrets of the administrators just made, or whose first one expired unused,
    else an empty list. `say` takes lines for whoever waits.
    """
    home = home_folder()
    _insist_on_home(home)
    if host not in (*LOCAL, *EVERYWHERE):
        os.environ.setdefault("DUKAO_HOSTS", host)
    from dukao.site.starting import start

    start()
    from django.db.utils import DatabaseError
    from django.utils import timezone

    try:
        _migrate(say)
        from dukao.site.people.enrolment import enrol_administrators, renew_secrets

        return enrol_administrators(timezone.now()) or renew_secrets(timezone.now())
    except DatabaseError as error:
        raise CannotServe(_explain_database(error)) from error


def serve_site(host: str, port: int, on_ready: Ready | None = None, *, workers: int = 0) -> None:
    """Serve until SIGINT or SIGTERM; `on_ready` is called once with the address when the site answers.

    `workers` are the processes; 0 is as many as the database and the machine have use for.
    """
    insist_on_port(host, port)
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    connections.close_all()  # the worker is forked: it opens its own
    gc.enable()  # a command runs without; a server lives long
    server = Granian(
        "dukao.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers or usual_workers(),
        blocking_threads=_THREADS,
        log_level=LogLevels.error,
        workers_kill_timeout=10,
        websockets=False,
    )
    if on_ready:
        threading.Thread(target=_tell_when_ready, args=(host, port, on_ready), daemon=True).start()
    server.serve()


def usual_workers() -> int:
    """One process on the embedded database, which has one writer; on PostgreSQL one for each core."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return 1
    return min(os.cpu_count() or 1, _MOST_WORKERS)


@contextlib.contextmanager
def keep_jobs(minutes: int) -> Iterator[None]:
    """Do what is due every so many minutes while the block lasts: `dukao jobs`, each time its own process.

    0 minutes: never. A process that dies takes nothing with it, and the next begins anew.
    """
    if not minutes:
        yield
        return
    stop = threading.Event()
    keeper = threading.Thread(target=_run_jobs, args=(minutes * 60, stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(timeout=_JOBS_END)


def _run_jobs(seconds: float, stop: threading.Event) -> None:
    wait: float = _JOBS_BEGIN
    while not stop.wait(wait):
        wait = seconds
        child = subprocess.Popen(
            [sys.executable, "-m", "dukao", "jobs", "--once"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        while child.poll() is None:
            if stop.wait(0.2):
                child.terminate()
                child.wait()


def address_of(host: str, port: int) -> str:
    """The address to open in a browser on this machine."""
    shown = "127.0.0.1" if host in EVERYWHERE else host
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def insist_on_port(host: str, port: int) -> None:
    """Refuse a port somebody else listens on; the server itself would share it in silence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise CannotServe(f"{port} 端口不许使用：请换一个 1024 以上的，例如 --port 8000。") from error
        except OSError as error:
            if isinstance(error, socket.gaierror) or error.errno == 99:  # EADDRNOTAVAIL
                raise CannotServe(f"本机没有 {host} 这个地址：请核对 --host。") from error
            raise CannotServe(
                f"{port} 端口已被占用：督考可能已经在运行；要另开一个，请换端口，例如 --port {port + 1}。"
            ) from error


def _insist_on_home(home: Path) -> None:
    """Refuse a folder that cannot be written before anything half-begins in it."""
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CannotServe(
            f"数据目录 {home} 写不进去（{reason}）：请用 DUKAO_HOME 指定一个可写的文件夹。"
        ) from error


def _migrate(say: Say) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return
    is_new = not executor.loader.applied_migrations
    say("第一次启动，正在建立数据库……" if is_new else f"正在升级数据库（{len(plan)} 步），请不要中断……")
    call_command("migrate", interactive=False, verbosity=0)


def _explain_database(error: Exception) -> str:
    said = " ".join(str(error).split())
    if os.environ.get("DUKAO_DATABASE_URL"):
        return f"数据库用不了（{said}）：请核对 DUKAO_DATABASE_URL，并确认数据库已经启动。"
    return f"数据库用不了（{said}）：请确认没有别的程序占用数据目录，必要时从备份恢复。"


def _tell_when_ready(host: str, port: int, on_ready: Ready) -> None:
    """Call `on_ready` when the log-in page answers; give up quietly where it never does."""
    address = address_of(host, port)
    opener = build_opener(ProxyHandler({}), _Stay)  # behind TLS the answer is the way to https
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            try:
                opener.open(f"{address}login/", timeout=5).close()
            except HTTPError as error:  # it answers, whatever it says
                error.close()
            on_ready(address)
            return
        time.sleep(0.1)
