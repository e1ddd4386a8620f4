"""Who checked and who signed the paper of an instruction."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def _person() -> Any:
    return models.ForeignKey(
        blank=True,
        null=True,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("supervision", "0004_hands"),
    ]

    operations = [
        migrations.AddField("instruction", "checked_by", _person()),
        migrations.AddField("instruction", "checked_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("instruction", "signed_by", _person()),
        migrations.AddField("instruction", "signed_at", models.DateTimeField(blank=True, null=True)),
    ]
