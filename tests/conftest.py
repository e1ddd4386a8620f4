"""What the tests of every room share."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
# Programs started by a test read the source as it stands, as the tests do.
os.environ["PYTHONPATH"] = str(ROOT / "src")

# Every run tries the same examples, however busy the machine is; the long runs draw new ones.
settings.register_profile(
    "same",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("same")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents: `DUKAO_SHARED`, else `shared` beside the repository; else a skip."""
    folder = Path(os.environ.get("DUKAO_SHARED") or ROOT.parent / "shared")
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no real documents: {folder} has no seeds/; set DUKAO_SHARED to the folder that has")
    return folder
