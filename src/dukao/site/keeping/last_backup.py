"""When the last backup was made from this machine: a note in `DUKAO_HOME`, for the system administrator."""

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

_NAME = "last-backup.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When, under which name, and how far the history went."""

    at: datetime
    name: str
    entries: int


def note_backup(path: Path, entries: int, *, at: datetime) -> None:
    """Remember a backup that was written; one that cannot be noted is as good."""
    said = {"at": at.isoformat(timespec="seconds"), "name": path.name, "entries": entries}
    with contextlib.suppress(OSError):
        (settings.HOME / _NAME).write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def last_backup() -> LastBackup | None:
    """The last one noted here; None where there is none."""
    try:
        said = json.loads((settings.HOME / _NAME).read_text(encoding="utf-8"))
        return LastBackup(datetime.fromisoformat(said["at"]), str(said["name"]), int(said["entries"]))
    except (OSError, ValueError, KeyError):
        return None
