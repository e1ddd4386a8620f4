"""On which paper an opinion stands: the unit may say another by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_papers")]

    operations = [
        migrations.AddField(
            model_name="opinion",
            name="source",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="书面意见的依据"),
        ),
    ]
