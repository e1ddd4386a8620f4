"""The chain's first link, and the triggers that keep history as it was written."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from dukao.site.history import protection


def begin(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Begin the chain and protect it."""
    apps.get_model("history", "Chain").objects.create(id=1)
    protection.protect(editor.connection)


def unprotect(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away before the tables go."""
    protection.lift(editor.connection)
    apps.get_model("history", "Chain").objects.all().delete()


class Migration(migrations.Migration):
    """Data and triggers; the tables are in 0001."""

    dependencies = [("history", "0001_tables")]
    operations = [migrations.RunPython(begin, unprotect)]
