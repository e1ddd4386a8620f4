"""Addresses of assignments: sent, confirmed, objected to."""

from django.urls import URLPattern, path

from dukao.site.supervision.assigning import views

urlpatterns: list[URLPattern] = [
    path("assignments/", views.assignments, name="assignments"),
    path("assignments/confirm/", views.confirm, name="confirm-assignments"),
    path("assignments/send/<int:breakdown_id>/", views.send, name="send-assignments"),
    path("assignments/<int:assignment_id>/object/", views.make_objection, name="object-to-assignment"),
    path("assignments/<int:assignment_id>/take-back/", views.take_back, name="take-back-answer"),
    path("assignments/<int:assignment_id>/settle/", views.settle, name="settle-objection"),
]
