"""Released presets stay what they are: a place's past months are judged by them.

`released.json` keeps what each preset decides, by subject and code. A preset that was changed in place would
change lights, limits and notices of months that are over: a new way of doing it gets a code of its own, and
the old one stays.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from dukao.presets.loading import load_entries

SUBJECTS = ("lights", "cadences", "ladders", "limits", "curves")
RECORD = Path(__file__).with_name("released.json")
_TOLD = ("source", "why")  # said to people; may be put better


def decides(subject: str) -> dict[str, dict[str, Any]]:
    """What each preset of a subject decides, its name among it, which reasons and papers print."""
    return {
        code: {key: said for key, said in entry.items() if key not in _TOLD}
        for code, entry in load_entries(subject).items()
    }


def write_record() -> None:
    """Record every preset as it is; only for new ones: `python -m tests.presets.test_released`."""
    record = {subject: decides(subject) for subject in SUBJECTS}
    RECORD.write_text(json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_released_preset_is_never_changed_in_place(subject: str) -> None:
    released, now = json.loads(RECORD.read_text("utf-8"))[subject], decides(subject)
    changed = [
        f"{subject}.toml [{code}] {key}: {said!r} → {now.get(code, {}).get(key)!r}"
        for code, entry in released.items()
        for key, said in entry.items()
        if now.get(code, {}).get(key) != said
    ]
    assert not changed, (
        "已发布的规则不能就地改：过去各月是按它判的。请改回原样，把新做法另写成一条，用新的代码和名称；\n"
        + "\n".join(changed)
    )


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_preset_is_recorded_as_released(subject: str) -> None:
    missing = decides(subject).keys() - json.loads(RECORD.read_text("utf-8"))[subject].keys()
    assert not missing, f"请记下新规则 {sorted(missing)}：python -m tests.presets.test_released"


if __name__ == "__main__":
    write_record()
