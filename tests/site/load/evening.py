"""The last evening of a round: many sessions save as fast as they can, through the server as it is served.

Each session files its own items one after the other; what the site acknowledged is remembered, to be held
against the record afterwards. Killed in the middle, the sessions go on once somebody has started it again.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from urllib.parse import urlencode

from tests.site.children import Site

_SERVE = """
from dukao.site.starting import start; start()
from dukao.site.serving import serve_site; serve_site('127.0.0.1', %d)
"""
_TOKEN = "a" * 32
_PATIENCE = 120  # seconds: how long a session waits for an answer, or for the site to be back


@dataclass
class Saved:
    """One save: which filing, with what words, what the site said, after how many seconds."""

    filing: int
    words: str
    status: int
    seconds: float


@dataclass
class Evening:
    """What the sessions did."""

    saves: list[Saved] = field(default_factory=list)
    broken_off: int = 0  # requests whose answer never came
    lasted: float = 0.0
    # What is done the moment so many saves were answered, the other sessions held up until it is.
    interruption: tuple[int, Callable[[], None]] | None = None

    @property
    def acknowledged(self) -> dict[int, str]:
        """The words of every filing the site said it had saved."""
        return {one.filing: one.words for one in self.saves if one.status in (200, 302)}

    @property
    def error_pages(self) -> list[int]:
        """Every status that is neither a save nor the word that it was saved already."""
        return [one.status for one in self.saves if one.status not in (200, 302)]

    def add(self, save: Saved) -> None:
        """One more save; interrupted where it is the one to interrupt at."""
        self.saves.append(save)
        if self.interruption and len(self.saves) == self.interruption[0]:
            self.interruption[1]()

    def percentile(self, share: float) -> float:
        """The time within which a share of the saves was answered."""
        times = sorted(one.seconds for one in self.saves)
        return times[ceil(len(times) * share) - 1]


class Server:
    """The site, served by a process that can be killed and started again on the same port."""

    def __init__(self, site: Site) -> None:
        self._site, self.port = site, _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve, and wait until it answers."""
        more = {"DJANGO_SETTINGS_MODULE": "tests.site.load.settings", "DUKAO_JOBS_MINUTES": "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", _SERVE % self.port],
            env=self._site.environment() | more,
            start_new_session=True,
        )
        until = time.monotonic() + _PATIENCE
        while not _answers(self.port):
            assert self._process.poll() is None, "the site stopped by itself"
            assert time.monotonic() < until, "the site does not answer"
            time.sleep(0.1)

    def kill(self) -> None:
        """End it as a power cut would, the worker too."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """End it in good order."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(30)


@contextmanager
def serving(site: Site) -> Iterator[Server]:
    """The site served until the end of the block."""
    server = Server(site)
    server.start()
    try:
        yield server
    finally:
        server.stop()


def fill(site: Site, sessions: int, filings: int) -> list[tuple[str, list[int]]]:
    """Make the round; the key of every session with the filings it has to save."""
    made = site.script(
        "from tests.site.load.filling import fill; fill(int(sys.argv[1]), int(sys.argv[2]))".replace(
            "from", "import sys; from", 1
        ),
        sessions,
        filings,
    )
    assert made.returncode == 0, made.stderr
    return [(key, own) for key, own in json.loads(made.stdout)]


def file_all(
    server: Server, sessions: list[tuple[str, list[int]]], evening: Evening | None = None
) -> Evening:
    """Every session saves its filings, all at once; `evening` is added to as they do."""

    def session(key: str, own: list[int], evening: Evening, lock: threading.Lock) -> None:
        for filing in own:
            words = f"第{filing}项：已完成主体工程，正在绿化。"
            form = {"version": "1", "value": "1", "true_on": f"{time.strftime('%Y-%m-%d')}"}
            form |= {"progress": words, "next_step": "验收。"}
            _persist(server, key, f"/filings/{filing}/save/", form, (filing, words), evening, lock)

    return _all_at_once(session, sessions, evening or Evening())


def write_empty(server: Server, sessions: list[tuple[str, list[int]]]) -> Evening:
    """Every session writes nothing as often as it has filings, all at once."""

    def session(key: str, own: list[int], evening: Evening, lock: threading.Lock) -> None:
        for filing in own:
            _persist(server, key, "/empty/", {}, (filing, ""), evening, lock)

    return _all_at_once(session, sessions, Evening())


def _all_at_once(
    session: Callable[[str, list[int], Evening, threading.Lock], None],
    sessions: list[tuple[str, list[int]]],
    evening: Evening,
) -> Evening:
    lock = threading.Lock()
    threads = [threading.Thread(target=session, args=(key, own, evening, lock)) for key, own in sessions]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    evening.lasted = time.monotonic() - begun
    return evening


def _persist(
    server: Server,
    key: str,
    address: str,
    form: dict[str, str],
    said: tuple[int, str],
    evening: Evening,
    lock: threading.Lock,
) -> None:
    """Send until an answer comes; a save whose answer was lost may come back as one that meets its like."""
    until = time.monotonic() + _PATIENCE
    while True:
        begun = time.monotonic()
        try:
            status = _post(server.port, key, address, form)
        except (OSError, http.client.HTTPException):
            assert time.monotonic() < until, f"no answer from {address}"
            with lock:
                evening.broken_off += 1
            time.sleep(0.3)
            continue
        with lock:
            evening.add(Saved(*said, status, time.monotonic() - begun))
        return


def _post(port: int, key: str, address: str, form: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    headers = {
        "Cookie": f"sessionid={key}; csrftoken={_TOKEN}",
        "X-CSRFToken": _TOKEN,
        "HX-Request": "true",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        connection.request("POST", address, urlencode(form), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def _answers(port: int) -> bool:
    # Started again, it is met by every session at once: the answer waits its turn.
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("GET", "/login/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
