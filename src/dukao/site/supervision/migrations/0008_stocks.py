"""A plan for what stands already when the year begins, with what it was then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0007_kept_instructions")]

    operations = [
        migrations.AddField(
            "actionplan", "base", models.FloatField(blank=True, null=True, verbose_name="年初数")
        ),
        migrations.AlterField(
            "actionplan",
            "kind",
            models.CharField(
                choices=[
                    ("cumulative", "累计数量"),
                    ("stock", "存量指标"),
                    ("statistic", "统计指标"),
                    ("milestones", "节点推进"),
                    ("level", "保持达标"),
                    ("ceiling", "控制上限"),
                ],
                max_length=12,
                verbose_name="类型",
            ),
        ),
    ]
