"""What the tests of every room share."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Programs started by a test read the source as it stands, as the tests do.
os.environ["PYTHONPATH"] = str(ROOT / "src")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents: `DUKAO_SHARED`, else `shared` beside the repository; else a skip."""
    folder = Path(os.environ.get("DUKAO_SHARED") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no real documents: {folder} has no seeds/; set DUKAO_SHARED to the folder that has")
    return folder
