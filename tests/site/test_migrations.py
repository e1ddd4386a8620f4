"""Migrations say what the models say, and every one of them can be undone."""

from datetime import datetime
from importlib import import_module

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from dukao.site.history.models import Chain
from dukao.site.people.models import Unit
from dukao.site.supervision.models import Instruction, Meeting
from tests.site.conftest import BEIJING, Cast

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


def test_a_paper_of_an_instruction_that_was_out_stays_out(db: None, cast: Cast) -> None:
    """The step of data by itself, there and back: a paper on its way is nobody's to date."""
    step = import_module("dukao.site.supervision.migrations.0006_papers_already_out").Migration.operations[0]
    by, given = cast.users["clerk"], datetime(2024, 3, 4, 9, 0, tzinfo=BEIJING)
    unit = Unit.objects.create(place=cast.place, name="区住建局", kind="department", since=given)
    facts = {
        "place": cast.place,
        "unit": unit,
        "given_by": by,
        "given_at": given,
    }
    meeting = Meeting.objects.create(
        place=cast.place, title="例会", held_on=given.date(), created_by=by, created_at=given
    )
    for words, more in (
        ("在办", {}),
        ("收回", {"withdrawn_at": given}),
        ("已核稿", {"checked_by": by, "checked_at": given}),
        ("已签发", {"checked_by": by, "checked_at": given, "signed_by": by, "signed_at": given}),
    ):
        Instruction.objects.create(meeting=meeting, words=words, **facts | more)

    def dated() -> dict[str, datetime | None]:
        return dict(Instruction.objects.values_list("words", "signed_at"))

    before = dated()
    step.code(apps, None)
    assert dated() == {"在办": given, "收回": given, "已核稿": None, "已签发": given}
    assert not Instruction.objects.filter(words="在办", signed_by__isnull=False).exists()
    step.reverse_code(apps, None)
    assert dated() == before
