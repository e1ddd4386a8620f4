"""The database itself refuses to rewrite history: triggers against UPDATE, DELETE and TRUNCATE.

They guard against a slip and against a stolen log-in of the application; somebody who owns the database
can drop them, which the chain of hashes then shows.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("history_entry", "history_subject")
_SAYS = "history is never rewritten"


def protect(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    _run(connection, _sqlite_on if connection.vendor == "sqlite" else _postgresql_on)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for undoing the migration, and for a restore inside its transaction."""
    _run(connection, _sqlite_off if connection.vendor == "sqlite" else _postgresql_off)


def _run(connection: BaseDatabaseWrapper, statements: object) -> None:
    assert callable(statements)
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in statements(table):
                cursor.execute(statement)


def _sqlite_on(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        for act in ("UPDATE", "DELETE")
    ]


def _sqlite_off(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_no_{act}" for act in ("update", "delete")]


def _postgresql_on(table: str) -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION history_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$",
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION history_refuses()",
    ]


def _postgresql_off(table: str) -> list[str]:
    return [f"DROP TRIGGER IF EXISTS {table}_kept ON {table}"]
