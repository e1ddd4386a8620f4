"""One consistent picture of the whole site, written while it serves."""

import contextlib
import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction

import dukao
from dukao.site.archive import store
from dukao.site.archive.queries import known_digests
from dukao.site.history.models import Chain
from dukao.site.keeping.manifest import NAME, Manifest, TableFacts, applied_migrations
from dukao.site.keeping.tables import columns_of, kept_models, read_rows, write_line


def write_backup(path: Path, *, at: datetime) -> Manifest:
    """Write everything into a zip at `path`: every table from one moment, then all kept files.

    Nothing is locked meanwhile. The caller sees to it that a half-written file does not stay.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as package:
        with _snapshot():
            chain = Chain.objects.get(id=1)  # the first question fixes the moment
            tables = {model._meta.label_lower: _write_table(package, model) for model in kept_models()}
            digests = sorted(known_digests())
            migrations = applied_migrations()
        files = {digest: size for digest in digests if (size := _write_file(package, digest)) is not None}
        manifest = Manifest(
            version=dukao.__version__,
            made_at=at.isoformat(timespec="seconds"),
            migrations=migrations,
            entries=chain.sequence,
            digest=chain.digest,
            tables=tables,
            files=files,
            missing=[digest for digest in digests if digest not in files],
        )
        package.writestr(NAME, manifest.as_bytes())
    return manifest


@contextlib.contextmanager
def _snapshot() -> Iterator[None]:
    """A transaction that sees the database as it was at its first question, and hinders nobody."""
    if connection.vendor == "sqlite":
        database: Any = connection
        connection.ensure_connection()
        usual, database.transaction_mode = database.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic(durable=True):
                yield
        finally:
            database.transaction_mode = usual
        return
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_table(package: zipfile.ZipFile, model: type[models.Model]) -> TableFacts:
    rows, whole = 0, hashlib.sha256()
    with package.open(f"tables/{model._meta.label_lower}.jsonl", "w", force_zip64=True) as part:
        for row in read_rows(model):
            line = write_line(row)
            part.write(line)
            whole.update(line)
            rows += 1
    return TableFacts(columns_of(model), rows, whole.hexdigest())


def _write_file(package: zipfile.ZipFile, digest: str) -> int | None:
    """Put a document's file in, and say its size; None where it is gone or altered."""
    try:
        data = store.read(digest)
    except OSError:
        return None
    package.writestr(f"files/{digest}", data)
    return len(data)
