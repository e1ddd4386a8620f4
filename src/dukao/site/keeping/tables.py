"""Which tables are kept, and a row as one line of JSON: the same on every database."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models.sql import InsertQuery

Row = list[Any]

# Sessions end with a restore; Django fills the others by itself, and dukao does not use them.
_LEFT_OUT = ("sessions", "contenttypes", "auth")
_BATCH = 500


def kept_models() -> list[type[models.Model]]:
    """Every table of the site but those left out, in a lasting order."""
    found = apps.get_models(include_auto_created=True)
    kept = [model for model in found if model._meta.managed and model._meta.app_label not in _LEFT_OUT]
    return sorted(kept, key=lambda model: model._meta.label_lower)


def columns_of(model: type[models.Model]) -> list[str]:
    """The columns of a table as its rows are written, foreign keys by their ids."""
    return [field.attname for field in model._meta.concrete_fields]


def read_rows(model: type[models.Model]) -> Iterator[Row]:
    """All rows of a table by their key, as stored."""
    rows = model._base_manager.order_by("pk").values_list(*columns_of(model))
    for row in rows.iterator(chunk_size=2000):
        yield list(row)


def write_line(row: Row) -> bytes:
    """A row as one line."""
    # Keys sorted: PostgreSQL keeps them in an order of its own.
    said = json.dumps(row, ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_plain)
    return said.encode() + b"\n"


def read_line(model: type[models.Model], line: bytes) -> models.Model:
    """The row a line says, not yet stored."""
    values = {
        field.attname: value if isinstance(field, models.JSONField) else field.to_python(value)
        for field, value in zip(model._meta.concrete_fields, json.loads(line), strict=True)
    }
    return model(**values)


def store_rows(model: type[models.Model], rows: list[models.Model]) -> None:
    """Insert rows exactly as they are: own keys, own moments, nothing filled in."""
    fields = list(model._meta.concrete_fields)
    size = min(connection.ops.bulk_batch_size(fields, rows) or _BATCH, _BATCH)
    for at in range(0, len(rows), size):
        query = InsertQuery(model)
        query.insert_values(fields, rows[at : at + size], raw=True)
        query.get_compiler(connection=connection).execute_sql()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"a {type(value).__name__} is not written into a backup")
