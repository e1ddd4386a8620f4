"""The address of the jobs."""

from django.urls import URLPattern, path

from dukao.site.supervision.jobs import views

urlpatterns: list[URLPattern] = [path("jobs/", views.jobs, name="jobs")]
