"""The room as Django knows it."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Room `home`."""

    name = "dukao.site.home"
    label = "home"
    default_auto_field = "django.db.models.BigAutoField"
