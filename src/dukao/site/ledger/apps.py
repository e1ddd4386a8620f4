"""The room as Django knows it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Room `ledger`."""

    name = "dukao.site.ledger"
    label = "ledger"
    default_auto_field = "django.db.models.BigAutoField"
