"""The room as Django knows it."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Room `api`."""

    name = "dukao.site.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
