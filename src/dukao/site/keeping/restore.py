"""From a backup to the site again: checked first, loaded in one transaction, proved before it holds."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management.color import no_style
from django.db import connection, models, transaction

import dukao
from dukao.site.archive import store
from dukao.site.history import protection
from dukao.site.history.actions import record
from dukao.site.history.models import Chain
from dukao.site.history.queries import verify_chain
from dukao.site.history.values import PROGRAM
from dukao.site.keeping.errors import Refusal
from dukao.site.keeping.manifest import NAME, Manifest, applied_migrations, read_manifest
from dukao.site.keeping.tables import columns_of, kept_models, read_line, store_rows
from dukao.site.refusals import Refused

_BATCH = 500
_PIECE = 2**20
# What is counted for whoever is about to replace it.
_COUNTED = (
    ("people.user", "个账号"),
    ("archive.document", "份文件"),
    ("ledger.task", "项任务"),
    ("history.entry", "条历史记录"),
)


class Action(models.TextChoices):
    """What is done here."""

    RESTORED = "site-restored", "从备份恢复"


def restore_backup(path: Path, *, replace: bool, at: datetime) -> Manifest:
    """Bring the site back to what a backup holds; refused with nothing changed where anything is amiss.

    `replace` allows it in a database that is in use. Sessions end; one entry is appended to the history.
    """
    try:
        with zipfile.ZipFile(path) as package:
            manifest = _check(package, path.name)
            if not replace:
                _refuse_used()
            _keep_files(package, manifest)
            _load(package, manifest, at)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise Refused(Refusal.NO_BACKUP, name=path.name, fault=_say(error)) from error
    return manifest


def counts_here() -> str:
    """What this database holds, in words; nothing where nobody has used it."""
    found = ((apps.get_model(label)._base_manager.count(), words) for label, words in _COUNTED)
    return "、".join(f"{count} {words}" for count, words in found if count)


def _refuse_used() -> None:
    counts = counts_here()
    if counts:
        raise Refused(Refusal.NOT_EMPTY, counts=counts)


def _check(package: zipfile.ZipFile, name: str) -> Manifest:
    """The list of a backup, once every part was found to be as listed."""
    try:
        manifest = read_manifest(package.read(NAME))
    except (KeyError, ValueError, TypeError) as error:
        raise Refused(Refusal.NO_BACKUP, name=name, fault="没有清单") from error
    ours = {model._meta.label_lower: columns_of(model) for model in kept_models()}
    theirs = {label: facts.columns for label, facts in manifest.tables.items()}
    if manifest.migrations != applied_migrations() or ours != theirs:
        raise Refused(Refusal.OTHER_VERSION, name=name, theirs=manifest.version, ours=dukao.__version__)
    wanted = {f"tables/{label}.jsonl": facts.sha256 for label, facts in manifest.tables.items()}
    wanted |= {f"files/{digest}": digest for digest in manifest.files}
    if sorted(package.namelist()) != sorted([NAME, *wanted]):
        raise Refused(Refusal.ALTERED, name=name, part="部件")
    for part, digest in wanted.items():
        if _digest_of(package, part) != digest:
            raise Refused(Refusal.ALTERED, name=name, part=part)
    return manifest


def _digest_of(package: zipfile.ZipFile, part: str) -> str:
    whole = hashlib.sha256()
    try:
        with package.open(part) as file:
            for piece in _pieces(file):
                whole.update(piece)
    except (zipfile.BadZipFile, zlib.error):  # its own sum is wrong already
        return ""
    return whole.hexdigest()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


def _keep_files(package: zipfile.ZipFile, manifest: Manifest) -> None:
    """The documents' files into the store; those of a restore that fails later belong to nobody, and go."""
    for digest in manifest.files:
        store.keep(package.read(f"files/{digest}"))


@transaction.atomic(durable=True)
def _load(package: zipfile.ZipFile, manifest: Manifest, at: datetime) -> None:
    """Everything out, everything in, proved, and only then so."""
    tables = kept_models()
    emptied: list[type[models.Model]] = [*tables, Session]
    _lock(emptied)
    old = Chain.objects.get(id=1)
    protection.lift(connection)
    with connection.cursor() as cursor:
        for model in emptied:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
    for model in tables:
        _load_table(package, model)
    _settle_constraints()
    protection.protect(connection)
    _reset_sequences(tables)
    verdict = verify_chain()
    if not verdict.holds or (verdict.entries, verdict.digest) != (manifest.entries, manifest.digest):
        raise Refused(Refusal.CHAIN_BROKEN, fault=verdict.reason or "与清单所记的链尾不同")
    before = {"entries": old.sequence, "digest": old.digest} if old.sequence else None
    after = {"entries": manifest.entries, "digest": manifest.digest, "made_at": manifest.made_at}
    record(Action.RESTORED, by=PROGRAM, at=at, about=[], before=before, after=after)


def _load_table(package: zipfile.ZipFile, model: type[models.Model]) -> None:
    rows: list[models.Model] = []
    with package.open(f"tables/{model._meta.label_lower}.jsonl") as part:
        for line in part:
            rows.append(read_line(model, line))
            if len(rows) == _BATCH:
                store_rows(model, rows)
                rows = []
    if rows:
        store_rows(model, rows)


def _lock(tables: list[type[models.Model]]) -> None:
    """Nobody else reads or writes meanwhile; SQLite's transaction has the only pen already."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in tables)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")


def _settle_constraints() -> None:
    """Ask now whether every row points at one that is there: triggers are not put on while that is open."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    else:
        connection.check_constraints()


def _reset_sequences(tables: list[type[models.Model]]) -> None:
    """The next row of every table gets the next key."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def _say(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else ""
    return reason or "不是完整的压缩包"
