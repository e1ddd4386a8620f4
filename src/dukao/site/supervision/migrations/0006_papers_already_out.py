"""Papers of instructions given before papers were signed were out from the day they were given: they stay out."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def keep_out(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Date them as they were dated; nobody checked or signed them, so that no name is put to it."""
    earlier = apps.get_model("supervision", "Instruction").objects.filter(checked_at=None, signed_at=None)
    earlier.update(signed_at=F("given_at"))


def take_in(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Leave those that nobody signed without a date."""
    unsigned = apps.get_model("supervision", "Instruction").objects.filter(signed_by=None)
    unsigned.update(signed_at=None)


class Migration(migrations.Migration):
    """Data alone; the columns are in 0005."""

    dependencies = [("supervision", "0005_instruction_papers")]
    operations = [migrations.RunPython(keep_out, take_in)]
