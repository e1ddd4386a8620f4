"""The database refuses an administrator's role beside another."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dukao.site.people import protection


def protect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place."""
    protection.protect(editor.connection)


def lift(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    protection.lift(editor.connection)


class Migration(migrations.Migration):
    """Triggers; the tables are in 0001."""

    dependencies = [("people", "0001_tables")]
    operations = [migrations.RunPython(protect, lift)]
