"""Addresses of the ledger as a workbook."""

from django.urls import URLPattern, path

from dukao.site.ledger.views import workbook

urlpatterns: list[URLPattern] = [
    path("ledger/<int:year>/workbook/", workbook.workbook, name="workbook"),
    path("ledger/<int:year>/workbook/import/", workbook.import_workbook, name="import-workbook"),
]
