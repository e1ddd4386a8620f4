"""The built-in sample: an invented district (临江区), its reports, a breakdown, next year's candidates.

Not a library room: documents to try every command on without owning any. README.md beside them says which
phenomenon stands where.
"""

from importlib.resources import files
from pathlib import Path
from typing import Literal

SampleName = Literal["report", "breakdown", "last_report", "candidates", "candidates_breakdown"]

NAMES: dict[SampleName, str] = {
    "breakdown": "breakdown_2024.md",
    "candidates": "candidates_2025.md",
    "candidates_breakdown": "candidates_breakdown_2025.md",
    "last_report": "report_2023.md",
    "report": "report_2024.md",
}


def sample_path(name: SampleName) -> Path:
    """The file of one sample document: `report` (2024), its `breakdown`, `last_report` (2023), next year's
    livelihood `candidates` with their breakdown, as units are asked about them in September.

    Raises `KeyError` for any other name. The package must be installed unpacked (as pip does), not as a zip.
    """
    return Path(str(files(__name__).joinpath(NAMES[name])))
