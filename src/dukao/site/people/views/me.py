"""One's own page: who one is here, password, second factor, tokens."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dukao.site.people import tokens
from dukao.site.people.access import Act, may
from dukao.site.people.asked import Asked
from dukao.site.people.forms import TokenForm
from dukao.site.people.models import ADMINISTRATORS, ApiToken
from dukao.site.people.queries import describe_me
from dukao.site.people.second_factor import give_up_second_factor


def me(request: Asked) -> HttpResponse:
    """Who I am and what hangs on my account; a token that was just made shows its secret this once."""
    form = TokenForm()
    secret = ""
    if request.method == "POST":
        form = TokenForm(request.POST)
        if form.is_valid():
            _, secret = tokens.issue_token(form.cleaned_data["name"], by=request.viewer, at=request.moment)
            form = TokenForm()
    facts = {
        **describe_me(request.user),
        "form": form,
        "secret": secret,
        "may_use_api": may(request.viewer, Act.USE_API),
        "may_give_up": not request.viewer.roles & set(ADMINISTRATORS),
        "idle_minutes": settings.SESSION_IDLE_SECONDS // 60,
    }
    return render(request, "people/me.html", facts, status=422 if form.errors else 200)


def withdraw_token(request: Asked, token_id: int) -> HttpResponse:
    """Asks, then ends a token."""
    token = get_object_or_404(ApiToken, pk=token_id, user_id=request.viewer.user_id, withdrawn_at=None)
    if request.method == "POST":
        tokens.withdraw_token(token.pk, by=request.viewer, at=request.moment)
        messages.success(request, f"令牌“{token.name}”已撤销。")
        return redirect("people:me")
    return render(request, "people/token_withdraw.html", {"token": token})


@require_POST
def give_up(request: Asked) -> HttpResponse:
    """End one's own second factor."""
    give_up_second_factor(request.user, at=request.moment)
    messages.success(request, "动态口令已解除，以后登录只用密码。")
    return redirect("people:me")
