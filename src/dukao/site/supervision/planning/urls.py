"""Addresses of action plans."""

from django.urls import URLPattern, path

from dukao.site.supervision.planning import views

urlpatterns: list[URLPattern] = [
    path("plans/", views.plans, name="plans"),
    path("plans/approve/", views.approve_chosen, name="approve-plans"),
    path("plans/<int:plan_id>/approve/", views.approve, name="approve-plan"),
    path("plans/<int:plan_id>/return/", views.send_back, name="return-plan"),
    path("plans/<int:plan_id>/recall/", views.recall, name="recall-plan"),
    path("plans/<int:plan_id>/withdraw/", views.withdraw, name="withdraw-plan"),
    path("tasks/<int:task_id>/plan/", views.plan, name="plan"),
]
