"""What the paper of an instruction said when it was signed; those signed before are drawn from the record."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0006_papers_already_out")]

    operations = [migrations.AddField("instruction", "facts", models.JSONField(blank=True, default=dict))]
