"""The room as Django knows it."""

from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    """Room `archive`."""

    name = "dukao.site.archive"
    label = "archive"
    default_auto_field = "django.db.models.BigAutoField"
