"""The compiled package gives what the source gives."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.sample import sample_path

_ASK = """
import json, sys
from dukao.reading.files import read_file
from dukao.report.compiler import compile_report
from dukao.report.measures import reader
print(json.dumps([reader.__file__, compile_report(read_file(sys.argv[1])).as_json()]))
"""


def _installed(path: Path) -> tuple[str, object]:
    """Where the installed package keeps its reader, and what it makes of a report; "" where there is none."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", _ASK, str(path)],
        env=environment,
        cwd=path.parent,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        error = done.stderr.decode()
        assert "No module named 'dukao'" in error, error
        return "", None
    place, report = json.loads(done.stdout)
    return place, report


@pytest.mark.parametrize("name", ["report", "last_report"])
def test_the_compiled_package_reads_the_sample_as_the_source_does(name: str) -> None:
    path = sample_path(name)  # type: ignore[arg-type]
    place, report = _installed(path)
    if not place.endswith((".so", ".pyd")):
        assert not os.environ.get("DUKAO_CI"), "the package installed here was not compiled"
        pytest.skip("the package installed here was not compiled (./dk setup compiles it)")
    assert report == json.loads(json.dumps(compile_report(read_file(path)).as_json()))
