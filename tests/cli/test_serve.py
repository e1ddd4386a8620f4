"""`dukao serve` as it is run: from an empty folder to the log-in page, and down again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

import pytest

LONGEST = 90  # seconds; a machine may be busy with other tests


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_more: object) -> None:
        return None


@dataclass
class Server:
    """A running `dukao serve` and what it has said."""

    process: subprocess.Popen[str]
    port: int
    home: Path
    said: str

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of an address, redirects not followed."""
        opener = build_opener(ProxyHandler({}), _Stay)
        asked = Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        try:
            with opener.open(asked, timeout=30) as answer:
                return (
                    answer.status,
                    {k.lower(): v for k, v in answer.headers.items()},
                    answer.read().decode(),
                )
        except HTTPError as error:
            return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read().decode()


def environment(home: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DUKAO_", "DJANGO_"))}
    return kept | {"DUKAO_HOME": str(home), "PYTHONUNBUFFERED": "1"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(home: Path, port: int, **more: str) -> Server:
    process = subprocess.Popen(
        [sys.executable, "-m", "dukao", "serve", "--port", str(port)],
        env=environment(home) | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    said, deadline = "", time.monotonic() + LONGEST
    assert process.stdout
    while "督考已启动" not in said:
        line = process.stdout.readline()
        assert line, f"ended before it served:\n{said}"
        assert time.monotonic() < deadline, said
        said += line
    return Server(process, port, home, said)


def stop(server: Server, how: signal.Signals) -> tuple[int, str]:
    server.process.send_signal(how)
    rest, _ = server.process.communicate(timeout=LONGEST)
    return server.process.returncode, rest


def run(home: Path, *args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dukao", "serve", *args]
    return subprocess.run(
        command, env=environment(home), capture_output=True, encoding="utf-8", timeout=LONGEST, check=False
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start(tmp_path_factory.mktemp("home"), free_port())
    yield server
    if server.process.poll() is None:
        stop(server, signal.SIGTERM)


def test_the_first_start_says_what_it_does_and_prints_three_secrets_once(server: Server) -> None:
    assert "正在建立数据库" in server.said
    secrets = re.findall(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}", server.said)
    assert len(set(secrets)) == 3
    for name in ("系统管理员", "安全管理员", "审计管理员", "sysadmin", "secadmin", "auditor"):
        assert name in server.said
    kept = b"".join(path.read_bytes() for path in server.home.rglob("*") if path.is_file())
    assert not any(secret.encode() in kept for secret in secrets)


def test_pages_come_with_a_strict_policy_and_are_not_kept(server: Server) -> None:
    status, headers, page = server.get("/login/")
    assert status == 200
    assert "请登录" in page
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert headers["cache-control"] == "no-store"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*src=)", page)


def test_every_file_a_page_names_is_there(server: Server) -> None:
    _, _, page = server.get("/login/")
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(files) >= 4
    for file in files:
        status, headers, _ = server.get(file)
        assert status == 200, file
        assert "max-age" in headers["cache-control"]


def test_everything_else_leads_to_the_log_in_page(server: Server) -> None:
    status, headers, _ = server.get("/users/")
    assert (status, headers["location"]) == (302, "/login/?next=/users/")


def test_what_is_kept_is_the_owners_alone(server: Server) -> None:
    kept = [path for path in server.home.rglob("*") if path != server.home]
    assert {"secret", "dukao.sqlite3"} <= {path.name for path in kept}
    assert not [path for path in kept if path.stat().st_mode & 0o077]


def test_a_home_a_command_makes_is_the_owners_alone(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    command = [sys.executable, "-c", "from dukao.site.starting import start; start()"]
    subprocess.run(command, env=environment(home), capture_output=True, check=True)
    assert home.stat().st_mode & 0o077 == 0


def test_under_a_name_of_its_own_it_answers_here_and_stays_quiet_about_others(tmp_path: Path) -> None:
    site = start(tmp_path, free_port(), DUKAO_HOSTS="dukao.example, 10.20.30.40", DUKAO_CALLED_AS="./dk run")
    try:
        assert "加 --host 0.0.0.0" in site.said
        assert site.get("/login/")[0] == 200
        for name in ("dukao.example", "10.20.30.40", "localhost"):
            assert site.get("/login/", Host=name)[0] == 200, name
        status, _, page = site.get("/login/", Host="elsewhere.example")
        assert status == 400
        assert "没有登记这个网址" in page
    finally:
        status, rest = stop(site, signal.SIGTERM)
    assert rest.splitlines() == ["督考已停止。"]
    assert "Traceback" not in site.said


def test_behind_tls_it_says_that_it_runs(tmp_path: Path) -> None:
    site = start(tmp_path, free_port(), DUKAO_HOSTS="dukao.example", DUKAO_HTTPS="1")
    assert "提示" not in site.said
    assert stop(site, signal.SIGTERM)[0] == 0


def test_a_port_somebody_listens_on_is_refused_in_one_line(server: Server, tmp_path: Path) -> None:
    result = run(tmp_path, "--port", str(server.port))
    assert result.returncode == 1
    assert result.stderr.strip().count("\n") == 0
    assert f"{server.port} 端口已被占用" in result.stderr
    assert not any(tmp_path.iterdir()), "nothing was begun"


def test_an_address_that_is_not_this_machines_is_refused_in_one_line(tmp_path: Path) -> None:
    result = run(tmp_path, "--host", "203.0.113.7", "--port", str(free_port()))
    assert result.returncode == 1
    assert "没有 203.0.113.7 这个地址" in result.stderr


def test_a_home_that_cannot_be_written_is_refused_in_one_line(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    result = run(file / "home", "--port", str(free_port()))
    assert result.returncode == 1
    assert result.stderr.strip().count("\n") == 0
    assert "写不进去" in result.stderr
    assert "DUKAO_HOME" in result.stderr


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_cleanly_and_starts_again_without_new_secrets(server: Server, how: signal.Signals) -> None:
    if server.process.poll() is None:
        assert stop(server, signal.SIGTERM)[0] == 0
    again = start(server.home, free_port())
    assert "一次性口令" not in again.said
    assert again.get("/login/")[0] == 200
    status, rest = stop(again, how)
    assert status == 0, rest
    assert "督考已停止" in rest
    assert "Traceback" not in rest
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", again.port)) != 0
