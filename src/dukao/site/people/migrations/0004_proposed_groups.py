"""Groups whose members the program proposed, until a person has looked at them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_former_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="unitgroup",
            name="is_proposed",
            field=models.BooleanField(default=False, verbose_name="名单待核对"),
        ),
    ]
