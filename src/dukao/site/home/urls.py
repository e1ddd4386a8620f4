"""Addresses of room `home`."""

from django.urls import path

from dukao.site.home import views

app_name = "home"
urlpatterns = [path("", views.home, name="home")]
