"""The site does what is due while it serves: a run every so often, each a process of its own, none at 0."""

import subprocess
import sys
import time
from typing import Any

import pytest

from dukao.site import serving


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The processes the keeper starts, each a short sleep instead of a run."""
    found: list[Any] = []
    real = subprocess.Popen

    def start(command: list[str], **how: Any) -> Any:
        assert command[1:] == ["-m", "dukao", "jobs", "--once"]
        found.append(real([sys.executable, "-c", "import time; time.sleep(30)"], **how))
        return found[-1]

    monkeypatch.setattr(subprocess, "Popen", start)
    monkeypatch.setattr(serving, "_JOBS_BEGIN", 0)
    return found


def test_a_run_is_started_and_ended_with_the_site(started: list[Any]) -> None:
    with serving.keep_jobs(5):
        deadline = time.monotonic() + 10
        while not started and time.monotonic() < deadline:
            time.sleep(0.05)
    [child] = started
    assert child.poll() is not None


def test_nothing_runs_where_it_is_switched_off(started: list[Any]) -> None:
    with serving.keep_jobs(0):
        time.sleep(0.3)
    assert not started
