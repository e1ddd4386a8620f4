"""What the tests of every room share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Programs started by a test read the source as it stands, as the tests do.
os.environ["PYTHONPATH"] = str(ROOT / "src")


# Tests that wait for browsers and servers of their own; begun first, none is left over for the end of a run.
LONGEST = (
    "tests/site/browser/",
    "tests/site/load/",
    "tests/site/test_kill.py",
    "tests/cli/test_site_commands.py",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first, the others in the order they were found."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents: `DUKAO_SHARED`, else `shared` beside the repository; else a skip."""
    folder = Path(os.environ.get("DUKAO_SHARED") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no real documents: {folder} has no seeds/; set DUKAO_SHARED to the folder that has")
    return folder
