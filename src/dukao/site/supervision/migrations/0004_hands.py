"""Whom filings were asked of before their tasks changed hands."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_three_separate"),
        ("supervision", "0003_registers"),
    ]

    operations = [
        migrations.AddField(
            model_name="filing",
            name="asked_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="FilingHand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_lead", models.BooleanField(verbose_name="牵头")),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("until", models.DateTimeField(db_index=True)),
                (
                    "filing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hands",
                        to="supervision.filing",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
    ]
