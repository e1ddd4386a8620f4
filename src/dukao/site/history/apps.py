"""The room as Django knows it."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    """Room `history`."""

    name = "dukao.site.history"
    label = "history"
    default_auto_field = "django.db.models.BigAutoField"
