"""Migrations say what the models say, and every one of them can be undone."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dukao.site.history.models import Chain

ROOMS = ("supervision", "ledger", "archive", "people", "history")


def test_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", *ROOMS, check=True, dry_run=True, verbosity=0)


def test_every_migration_can_be_undone_and_done_again(real_transactions: None) -> None:
    plan = [("otp_totp", None), *((room, None) for room in ROOMS)]
    MigrationExecutor(connection).migrate(plan)
    left = [table for table in connection.introspection.table_names() if table.startswith(ROOMS)]
    assert left == []
    again = MigrationExecutor(connection)
    again.migrate(again.loader.graph.leaf_nodes())
    assert Chain.objects.get().sequence == 0
