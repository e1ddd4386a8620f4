"""Addresses of room `archive`."""

from django.urls import URLPattern, path

from dukao.site.archive import profile_views, views

app_name = "archive"
urlpatterns: list[URLPattern] = [
    path("", views.list_documents, name="documents"),
    path("upload/", views.upload, name="upload"),
    path("profile/", profile_views.profile, name="profile"),
    path("<int:document_id>/", views.show_document, name="document"),
    path("<int:document_id>/original/", views.download, name="original"),
    path("<int:document_id>/publicity/", views.publicity, name="publicity"),
    path("<int:document_id>/reread/", views.reread, name="reread"),
]
