"""专项清单: lists a place keeps, their terms, their entries, the places of items."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0001_tables"),
        ("people", "0002_three_separate"),
        ("supervision", "0002_close_outs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptRegister",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("code", models.CharField(max_length=20, verbose_name="清单")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept_registers",
                        to="people.place",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("values", models.JSONField(default=dict)),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="supervision.keptregister",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="ledger.task"
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RegisterTerms",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("says", models.JSONField()),
                ("why", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                (
                    "register",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terms",
                        to="supervision.keptregister",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Spot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                ("order", models.PositiveSmallIntegerField(verbose_name="序号")),
                ("town", models.CharField(blank=True, max_length=40, verbose_name="街道或乡镇")),
                ("name", models.CharField(max_length=80, verbose_name="点位")),
                ("due", models.DateField(blank=True, null=True, verbose_name="计划完成")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="完成日期")),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="spots", to="ledger.task"
                    ),
                ),
            ],
            options={
                "ordering": ("order", "id"),
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="keptregister",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="keptregister_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="keptregister",
            constraint=models.UniqueConstraint(fields=("place", "code"), name="one_kept_register_by_code"),
        ),
        migrations.AddIndex(
            model_name="registerentry",
            index=models.Index(fields=["task", "until"], name="entry_by_task"),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="registerentry_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("register", "task"),
                name="a_task_stands_once_on_a_list",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerterms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="registerterms_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="registerterms",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("register",),
                name="a_register_has_one_set_of_terms",
            ),
        ),
        migrations.AddConstraint(
            model_name="spot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until__isnull", True), ("until__gte", models.F("since")), _connector="OR"
                ),
                name="spot_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="spot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until__isnull", True)),
                fields=("task", "order"),
                name="a_spot_says_one_thing",
            ),
        ),
    ]
