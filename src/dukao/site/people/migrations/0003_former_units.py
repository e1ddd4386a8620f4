"""What units were called, and were, before they were renamed or became of another kind."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_three_separate"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("department", "政府部门"),
                            ("township", "街道乡镇"),
                            ("vertical", "垂直管理机构"),
                            ("institution", "事业单位"),
                            ("company", "国有企业"),
                            ("task_force", "专班指挥部"),
                            ("mass", "群团组织"),
                            ("party", "党委机构"),
                            ("court", "法院检察院"),
                            ("military", "军事机关"),
                            ("other", "其他"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("until", models.DateTimeField(db_index=True)),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="former", to="people.unit"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
            },
        ),
    ]
