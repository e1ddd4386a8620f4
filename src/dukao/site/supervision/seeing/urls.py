"""Addresses of boards."""

from django.urls import URLPattern, path

from dukao.site.supervision.seeing import views

urlpatterns: list[URLPattern] = [
    path("board/", views.newest, name="newest-board"),
    path("board/<int:year>/", views.board, name="board"),
]
