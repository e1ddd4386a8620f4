"""What a backup says of itself: from which version, with which tables and files, and where its chain ends."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

FORMAT = "dukao.backup/1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table: its columns in the order of a row, how many rows, and the sha256 of its lines."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The list of a backup. `files` are sizes by sha256; `missing` were gone already when it was made."""

    version: str
    made_at: str
    migrations: list[list[str]]
    entries: int
    digest: str
    tables: dict[str, TableFacts] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def as_bytes(self) -> bytes:
        """As written into the backup."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()


def read_manifest(data: bytes) -> Manifest:
    """The list as written. Raises ValueError, KeyError or TypeError where it is none."""
    said: dict[str, Any] = json.loads(data)
    if said.pop("format") != FORMAT:
        raise ValueError("another format")
    tables = {name: TableFacts(**facts) for name, facts in said.pop("tables").items()}
    return Manifest(tables=tables, **said)


def applied_migrations() -> list[list[str]]:
    """What has been done to this database, as [app, name]."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())
