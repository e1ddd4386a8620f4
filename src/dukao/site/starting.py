"""Brings Django up for whoever comes without a web server: commands and scripts."""

import os

_SETTINGS = "dukao.site.settings"


def start() -> None:
    """Set Django up, once; `DUKAO_HOME` and `DUKAO_DATABASE_URL` say on which data."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", _SETTINGS)
    from django.apps import apps

    if not apps.ready:
        import django

        django.setup()


def make_tables() -> None:
    """Bring the tables to what this version of dukao knows; nothing where they are already."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def has_tables() -> bool:
    """Whether the database holds the tables of a site, and those of this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
