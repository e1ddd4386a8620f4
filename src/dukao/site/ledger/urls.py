"""Addresses of room `ledger`: one module a noun, put together here."""

from django.urls import URLPattern

from dukao.site.ledger import urls_ledger, urls_review, urls_steps, urls_workbook

app_name = "ledger"
urlpatterns: list[URLPattern] = [
    *urls_ledger.urlpatterns,
    *urls_review.urlpatterns,
    *urls_steps.urlpatterns,
    *urls_workbook.urlpatterns,
]
