"""Addresses of room `people`."""

from django.urls import path

from dukao.site.people.views import login, me, password, second_factor

app_name = "people"
urlpatterns = [
    path("login/", login.log_in, name="login"),
    path("logout/", login.log_out, name="logout"),
    path("password/", password.password, name="password"),
    path("second-factor/", second_factor.second_factor, name="second-factor"),
    path("second-factor/give-up/", me.give_up, name="second-factor-give-up"),
    path("me/", me.me, name="me"),
    path("me/tokens/<int:token_id>/withdraw/", me.withdraw_token, name="token-withdraw"),
]
