"""Addresses of room `people`."""

from django.urls import path

from dukao.site.people.views import login, me, password, places, roles, second_factor, users

app_name = "people"
urlpatterns = [
    path("login/", login.log_in, name="login"),
    path("logout/", login.log_out, name="logout"),
    path("password/", password.password, name="password"),
    path("second-factor/", second_factor.second_factor, name="second-factor"),
    path("second-factor/give-up/", me.give_up, name="second-factor-give-up"),
    path("me/", me.me, name="me"),
    path("me/tokens/<int:token_id>/withdraw/", me.withdraw_token, name="token-withdraw"),
    path("users/", users.users, name="users"),
    path("users/new/", users.make_user, name="user-new"),
    path("users/<int:user_id>/", users.user, name="user"),
    path("users/<int:user_id>/disable/", users.disable_user, name="user-disable"),
    path("users/<int:user_id>/enable/", users.enable_user, name="user-enable"),
    path("users/<int:user_id>/reset-password/", users.reset_password, name="user-reset-password"),
    path("places/", places.places, name="places"),
    path("places/new/", places.make_place, name="place-new"),
    path("places/<int:place_id>/", places.place, name="place"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<int:user_id>/", roles.roles_of, name="roles-of"),
    path("roles/<int:user_id>/<slug:role>/take-back/", roles.take_back, name="role-take-back"),
    path("roles/<int:user_id>/unlock/", roles.unlock, name="unlock"),
    path("roles/<int:user_id>/reset-second-factor/", roles.reset_factor, name="second-factor-reset"),
]
