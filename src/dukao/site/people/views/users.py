"""Accounts, for the system administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from dukao.site.people import accounts
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.forms import AccountForm, WhyForm, posted
from dukao.site.people.models import User
from dukao.site.people.queries import accounts_to_keep, count_accounts
from dukao.site.people.views.confirming import Crumbs, ask
from dukao.site.refusals import Refused


def users(request: Asked) -> HttpResponse:
    """Every account of the place, or of the whole installation."""
    require(request.viewer, Act.KEEP_USERS)
    words, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = Paginator(accounts_to_keep(request.viewer, request.moment, words, state), 50)
    facts = {
        "page": found.get_page(request.GET.get("page")),
        "counts": count_accounts(request.viewer, request.moment),
        "now": request.moment,
        "words": words,
        "state": state,
    }
    return render(request, "people/users.html", facts)


def make_user(request: Asked) -> HttpResponse:
    """A new account; its one-time secret is shown this once."""
    require(request.viewer, Act.KEEP_USERS)
    form = AccountForm(posted(request), place_id=request.viewer.place_id, is_new=True)
    if form.is_valid():
        try:
            user, secret = accounts.make_account(
                form.cleaned_data["username"], form.as_entered(), by=request.viewer, at=request.moment
            )
        except Refused as refused:
            form.refuse(refused.sentence, "username" if refused.code == "name-taken" else None)
        else:
            return render(request, "people/secret.html", {"user": user, "secret": secret, "is_new": True})
    return render(request, "people/user_new.html", {"form": form}, status=422 if form.errors else 200)


def user(request: Asked, user_id: int) -> HttpResponse:
    """One account: who it is, and what can be done with it."""
    require(request.viewer, Act.KEEP_USERS)
    found = _user(request, user_id)
    initial = {"name": found.name, "place": found.place_id, "unit": found.unit_id, "person": found.person_id}
    form = AccountForm(posted(request), initial=initial, place_id=request.viewer.place_id, is_new=False)
    if form.is_valid():
        try:
            accounts.change_account(found.pk, form.as_entered(), by=request.viewer, at=request.moment)
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            messages.success(request, f"{form.cleaned_data['name']}的账号已保存。")
            return redirect("people:user", found.pk)
    facts = {
        "form": form,
        "user": found,
        "is_self": found.pk == request.viewer.user_id,
        "has_expired_secret": found.has_expired_secret(request.moment),
    }
    return render(request, "people/user.html", facts, status=422 if form.errors else 200)


def disable_user(request: Asked, user_id: int) -> HttpResponse:
    """Asks, then closes an account."""
    require(request.viewer, Act.KEEP_USERS)
    found = _user(request, user_id)
    form = WhyForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        accounts.disable_account(found.pk, why=why, by=request.viewer, at=request.moment)
        messages.success(request, f"{found.name}的账号已停用；需要时可以再启用。")
        return redirect("people:user", found.pk)
    return ask(
        request,
        f"停用{found.name}（{found.username}）的账号？",
        [
            "立即退出，不能再登录，接口令牌也不能再用。",
            "办过的事和历史记录都保留。",
            "以后可以再启用，角色和密码仍是停用前的。",
        ],
        button="停用",
        crumbs=_crumbs(found),
        form=form,
    )


@require_POST
def enable_user(request: Asked, user_id: int) -> HttpResponse:
    """Opens a closed account."""
    require(request.viewer, Act.KEEP_USERS)
    found = accounts.enable_account(user_id, by=request.viewer, at=request.moment)
    messages.success(request, f"{found.name}的账号已启用。")
    return redirect("people:user", found.pk)


def reset_password(request: Asked, user_id: int) -> HttpResponse:
    """Asks, then shows a one-time secret this once."""
    require(request.viewer, Act.KEEP_USERS)
    found = _user(request, user_id)
    if request.method == "POST":
        found, secret = accounts.reset_password(found.pk, by=request.viewer, at=request.moment)
        return render(request, "people/secret.html", {"user": found, "secret": secret})
    return ask(
        request,
        f"重置{found.name}（{found.username}）的密码？",
        [
            "现在的密码立即失效，已登录的会退出。",
            "下一页显示一次性口令，只显示一次，请当面或用可靠方式交给本人。",
            "本人用它登录后须马上设定自己的密码；动态口令不受影响。",
        ],
        button="重置密码",
        crumbs=_crumbs(found),
    )


def _crumbs(user: User) -> Crumbs:
    return (reverse("people:users"), "账号"), (reverse("people:user", args=[user.pk]), user.name)


def _user(request: Asked, user_id: int) -> User:
    found: User = get_object_or_404(
        accounts.accounts_of(request.viewer).select_related("place", "unit", "person"), pk=user_id
    )
    return found
