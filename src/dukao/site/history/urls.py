"""Addresses of room `history`."""

from django.urls import URLPattern, path

from dukao.site.history import views

app_name = "history"
urlpatterns: list[URLPattern] = [
    path("", views.list_entries, name="history"),
    path("export/", views.export, name="export"),
    path("verify/", views.verify, name="verify"),
    path("<int:sequence>/", views.show_entry, name="entry"),
]
