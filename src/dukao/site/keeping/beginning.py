"""Tables for a restore, gone again where it fails in a place that had none: nothing half-begun stays."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import connection

from dukao.site.starting import make_tables


@contextlib.contextmanager
def begun(found: frozenset[Path] | None) -> Iterator[None]:
    """Bring the tables up for the block; where there were none and it fails, take away what was begun.

    `found` is what stood in `DUKAO_HOME` before Django was set up, which puts keys there; None: nothing.
    """
    was_empty = not connection.introspection.table_names()
    try:
        make_tables()
        yield
    except BaseException:
        if was_empty:
            _drop_tables()
            _empty_home(found)
        raise


def _drop_tables() -> None:
    """The database without a table; that of SQLite is its file."""
    if connection.vendor == "sqlite":
        connection.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{connection.settings_dict['NAME']}{ending}").unlink(missing_ok=True)
        return
    names = ", ".join(map(connection.ops.quote_name, connection.introspection.table_names()))
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {names} CASCADE")


def _empty_home(found: frozenset[Path] | None) -> None:
    for path in set(settings.HOME.iterdir()) - (found or frozenset()):
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    if found is None:
        settings.HOME.rmdir()
