"""How a breakdown's papers say who leads, and what its issued notice said."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_drafting")]

    operations = [
        migrations.AddField(
            model_name="breakdown",
            name="lead_by",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="谁牵头的写法"),
        ),
        migrations.AddField(
            model_name="breakdown",
            name="wording",
            field=models.JSONField(blank=True, default=dict, verbose_name="印发时的正文"),
        ),
    ]
