"""What role an account was made for, in the words of who made it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_proposed_groups"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="wish",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="职务说明/拟任角色"),
        ),
    ]
