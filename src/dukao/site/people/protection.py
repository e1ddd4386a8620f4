"""三员分立 held by the database itself: a trigger refuses a role that does not go with those held.

`granting` says so in words; the trigger is for what goes round it. The user's row is locked first, so that
two grants at once do not miss each other. SQLite drops the triggers of a table it rebuilds: a migration that
changes `people_grant` puts them back.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

_SAYS = "an administrator has no other role"
_ALONE = "('system_admin', 'security_admin', 'auditor')"
_OTHERS = (
    "SELECT 1 FROM people_grant WHERE user_id = NEW.user_id AND id <> COALESCE(NEW.id, -1) "
    "AND until IS NULL AND role <> NEW.role "
    f"AND (role IN {_ALONE} OR NEW.role IN {_ALONE})"
)


def protect(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place."""
    _run(connection, _sqlite_on() if connection.vendor == "sqlite" else _postgresql_on())


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for undoing the migration."""
    _run(connection, _sqlite_off() if connection.vendor == "sqlite" else _postgresql_off())


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite_on() -> list[str]:
    return [
        f"CREATE TRIGGER people_grant_stands_alone_{act.lower()} BEFORE {act} ON people_grant "
        f"WHEN NEW.until IS NULL AND EXISTS ({_OTHERS}) BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        for act in ("INSERT", "UPDATE")
    ]


def _sqlite_off() -> list[str]:
    return [f"DROP TRIGGER IF EXISTS people_grant_stands_alone_{act}" for act in ("insert", "update")]


def _postgresql_on() -> list[str]:
    return [
        "CREATE OR REPLACE FUNCTION people_grant_stands_alone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "PERFORM 1 FROM people_user WHERE id = NEW.user_id FOR UPDATE; "
        f"IF NEW.until IS NULL AND EXISTS ({_OTHERS}) THEN "
        f"RAISE EXCEPTION '{_SAYS}' USING ERRCODE = 'integrity_constraint_violation'; END IF; "
        "RETURN NEW; END $$",
        "CREATE TRIGGER people_grant_stands_alone BEFORE INSERT OR UPDATE ON people_grant "
        "FOR EACH ROW EXECUTE FUNCTION people_grant_stands_alone()",
    ]


def _postgresql_off() -> list[str]:
    return [
        "DROP TRIGGER IF EXISTS people_grant_stands_alone ON people_grant",
        "DROP FUNCTION IF EXISTS people_grant_stands_alone()",
    ]
