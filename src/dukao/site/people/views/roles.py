"""Roles, for the security administrator."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dukao.site.people import granting
from dukao.site.people.access import Act, require
from dukao.site.people.accounts import accounts_of, roles_on
from dukao.site.people.asked import Asked
from dukao.site.people.forms import GrantForm, WhyForm, posted
from dukao.site.people.models import Role, User
from dukao.site.people.queries import grantable_roles, holders_of_roles, locked_names
from dukao.site.people.role_words import ROLE_WORDS
from dukao.site.people.second_factor import device_of, reset_second_factor
from dukao.site.people.views.confirming import Crumbs, ask
from dukao.site.refusals import Refused


def roles(request: Asked) -> HttpResponse:
    """Who holds which roles, who is locked, who has a second factor."""
    require(request.viewer, Act.KEEP_ROLES)
    words, role = request.GET.get("q", "").strip(), request.GET.get("role", "")
    is_locked = "locked" in request.GET
    by, at = request.viewer, request.moment
    found = holders_of_roles(by, at, words, role if role in {"none", *Role.values} else "", is_locked)
    facts = {
        "page": Paginator(found, 50).get_page(request.GET.get("page")),
        "count": accounts_of(by).count(),
        "without": holders_of_roles(by, at, role="none").count(),
        "locked": locked_names(at) & set(accounts_of(by).values_list("username", flat=True)),
        "roles": list(Role),
        "words": words,
        "role": role,
        "is_locked": is_locked,
    }
    return render(request, "people/roles.html", facts)


def roles_of(request: Asked, user_id: int) -> HttpResponse:
    """One person's roles: to give another, to take one back, to unlock, to reset the second factor."""
    require(request.viewer, Act.KEEP_ROLES)
    user = _user(request, user_id)
    grantable = grantable_roles(user, request.moment)
    form = GrantForm(posted(request), roles=grantable)
    if form.is_valid():
        role, why = Role(form.cleaned_data["role"]), form.cleaned_data["why"]
        try:
            granting.grant_role(user.pk, role, why=why, by=request.viewer, at=request.moment)
        except Refused as refused:
            form.refuse(refused.sentence)
        else:
            messages.success(request, f"已授予{user.name}“{role.label}”。")
            return redirect("people:roles-of", user.pk)
    held = roles_on(user, request.moment)
    facts = {
        "form": form,
        "user": user,
        "is_self": user.pk == request.viewer.user_id,
        "held": [(role, ROLE_WORDS[role]) for role in Role if role in held],
        "grantable": [(role, ROLE_WORDS[role]) for role in grantable],
        "past": user.grants.filter(until__isnull=False).order_by("-until"),
        "is_locked": user.username in locked_names(request.moment),
        "device": device_of(user),
    }
    return render(request, "people/roles_of.html", facts, status=422 if form.errors else 200)


def take_back(request: Asked, user_id: int, role: str) -> HttpResponse:
    """Asks, then takes a role back."""
    require(request.viewer, Act.KEEP_ROLES)
    user = _user(request, user_id)
    if role not in roles_on(user, request.moment):
        raise Http404
    taken = Role(role)
    form = WhyForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        granting.take_back_role(user.pk, taken, why=why, by=request.viewer, at=request.moment)
        messages.success(request, f"已收回{user.name}的“{taken.label}”。")
        return redirect("people:roles-of", user.pk)
    return ask(
        request,
        f"收回{user.name}的“{taken.label}”？",
        [
            f"从下一次打开页面起，不再有这个角色的权限（{ROLE_WORDS[taken]}）。",
            "办过的事仍记在本人名下；需要时可以再授予。",
        ],
        button="收回",
        form=form,
        crumbs=_crumbs(user),
    )


def unlock(request: Asked, user_id: int) -> HttpResponse:
    """Asks, then unlocks a log-in name."""
    require(request.viewer, Act.KEEP_ROLES)
    user = _user(request, user_id)
    form = WhyForm(posted(request))
    if form.is_valid():
        why = form.cleaned_data["why"]
        granting.unlock_account(user.pk, why=why, by=request.viewer, at=request.moment)
        messages.success(request, f"{user.name}可以再登录了。")
        return redirect("people:roles-of", user.pk)
    return ask(
        request,
        f"解除{user.name}（{user.username}）的锁定？",
        ["请先向本人核实是自己输错的；不是的话，应让锁定继续，并请系统管理员重置密码。"],
        button="解除锁定",
        form=form,
        is_danger=False,
        crumbs=_crumbs(user),
    )


def reset_factor(request: Asked, user_id: int) -> HttpResponse:
    """Asks, then forgets a lost device."""
    require(request.viewer, Act.KEEP_ROLES)
    user = _user(request, user_id)
    form = WhyForm(posted(request))
    if form.is_valid():
        reset_second_factor(user.pk, why=form.cleaned_data["why"], by=request.viewer, at=request.moment)
        messages.success(request, f"{user.name}的动态口令已重置，下次登录时重新绑定。")
        return redirect("people:roles-of", user.pk)
    return ask(
        request,
        f"重置{user.name}（{user.username}）的动态口令？",
        [
            "原来绑定的手机立即失效。",
            "管理员下次登录要重新绑定；其他人以后只用密码，可以自己再绑定。",
            "请先当面核实是本人：知道密码的人都能绑定新手机。",
        ],
        button="重置动态口令",
        form=form,
        crumbs=_crumbs(user),
    )


def _crumbs(user: User) -> Crumbs:
    return (reverse("people:roles"), "角色"), (reverse("people:roles-of", args=[user.pk]), user.name)


def _user(request: Asked, user_id: int) -> User:
    found: User = get_object_or_404(
        accounts_of(request.viewer).select_related("place", "unit", "person"), pk=user_id
    )
    return found
