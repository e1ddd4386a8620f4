"""SQL that is written once, for what nearly every act begins and ends with: a row by its id, a row saved.

Writing it anew is most of what these cost, far more than the database takes to find a row or to change it.
"""

from copy import copy
from threading import local
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, router
from django.db.models import BigAutoField, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

M = TypeVar("M", bound=Model)
R = TypeVar("R")
_LARGEST = BigAutoField.MAX_BIGINT


class _Written(NamedTuple):
    """A lookup as SQL; `places` says where among its parameters each id goes."""

    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    places: tuple[int, ...]


class Lookup(Generic[M, R]):
    """The rows of a query set of which some columns are certain ids, looked up again and again."""

    def __init__(self, rows: QuerySet[M, R], *columns: str) -> None:
        self._rows, self._columns = rows, columns
        self._kept = local()  # a compiler belongs to the connection of its thread

    def find(self, *ids: int) -> list[R]:
        """The rows whose columns are these ids, in the order of the columns: one query."""
        if max(ids) > _LARGEST:
            return []  # as Django answers of an id that no database holds
        written = self._written()
        connection = written.compiler.connection
        locks = self._rows.query.select_for_update and connection.features.has_select_for_update
        if locks and connection.get_autocommit():  # as Django asks when it compiles
            raise TransactionManagementError("rows are locked inside a transaction")
        params = list(written.params)
        for place, value in zip(written.places, ids, strict=True):
            params[place] = value
        compiler = copy(written.compiler)
        compiler.as_sql = lambda *_, **__: (written.sql, tuple(params))  # type: ignore[method-assign]
        rows = self._rows.all()
        rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        return list(rows)

    def _written(self) -> _Written:
        known: _Written | None = getattr(self._kept, "written", None)
        if known is None or known.compiler.connection is not connections[self._rows.db]:
            stand_ins = [-1 - at for at in range(len(self._columns))]
            rows = self._rows.filter(**dict(zip(self._columns, stand_ins, strict=True)))
            compiler = rows.query.get_compiler(using=rows.db)
            sql, params = compiler.as_sql()
            places = tuple(params.index(one) for one in stand_ins)
            known = self._kept.written = _Written(compiler, sql, tuple(params), places)
        return known


class Update(Generic[M]):
    """Certain fields of one row, saved again and again: what `row.save(update_fields=…)` does."""

    def __init__(self, model: type[M], *fields: str) -> None:
        known = {field.name: field for field in model._meta.concrete_fields}
        self._fields = [known[name] for name in (*fields, model._meta.pk.name)]
        self._table = model._meta.db_table

    def save(self, row: M) -> None:
        """Write the fields of a row as they are now."""
        connection = connections[router.db_for_write(type(row), instance=row)]
        quote = connection.ops.quote_name
        *said, key = (f"{quote(str(field.column))} = %s" for field in self._fields)
        sql = f"UPDATE {quote(self._table)} SET {', '.join(said)} WHERE {key}"
        values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in self._fields]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
