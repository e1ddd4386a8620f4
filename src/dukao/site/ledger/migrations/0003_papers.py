"""How a breakdown's papers say who leads, what its issued notice said, and answers that came on paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_drafting")]

    operations = [
        migrations.AddField(
            model_name="breakdown",
            name="lead_by",
            field=models.CharField(blank=True, default="", max_length=10, verbose_name="牵头单位的标注方式"),
        ),
        migrations.AddField(
            model_name="breakdown",
            name="wording",
            field=models.JSONField(blank=True, default=dict, verbose_name="印发时的正文"),
        ),
        migrations.AddField(
            model_name="reply",
            name="source",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="书面答复的依据"),
        ),
        migrations.AlterField(
            model_name="opinion",
            name="kind",
            field=models.CharField(
                choices=[
                    ("text", "改文字"),
                    ("lead", "改牵头单位"),
                    ("beside", "增加单位"),
                    ("number", "改数字"),
                    ("other", "其他意见"),
                ],
                max_length=8,
                verbose_name="意见",
            ),
        ),
    ]
