"""The room as Django knows it."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Room `supervision`."""

    name = "dukao.site.supervision"
    label = "supervision"
    default_auto_field = "django.db.models.BigAutoField"
