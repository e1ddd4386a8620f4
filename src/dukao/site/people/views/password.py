"""One's own password."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from dukao.site.people.accounts import change_password
from dukao.site.people.asked import Asked
from dukao.site.people.errors import Refusal
from dukao.site.people.forms import PasswordForm, posted
from dukao.site.people.passwords import RULES
from dukao.site.people.second_factor import device_of
from dukao.site.people.views.login import safe_target
from dukao.site.refusals import Refused


@sensitive_post_parameters()
def password(request: Asked) -> HttpResponse:
    """Change it; whoever stands on a one-time secret must, before anything else."""
    if not request.user.is_authenticated:
        return redirect("people:login")
    is_forced = request.user.must_change_password
    if not is_forced and device_of(request.user) and not request.user.is_verified():  # type: ignore[attr-defined]
        return redirect("people:second-factor")
    form = PasswordForm(posted(request), is_forced=is_forced)
    if form.is_valid() and _change(request, form):
        messages.success(request, "密码已修改。在别处登录的，要用新密码重新登录。")
        target = request.session.pop("target", None) if is_forced else "/me/"
        return redirect(safe_target(request, target))
    facts = {"form": form, "rules": RULES, "is_forced": is_forced}
    return render(request, "people/password.html", facts, status=422 if form.errors else 200)


def _change(request: Asked, form: PasswordForm) -> bool:
    """Whether the new password was taken; why not stands in the form."""
    said = form.cleaned_data
    try:
        user = change_password(request.user.pk, said["new"], current=said.get("current"), at=request.moment)
    except ValidationError as error:
        form.add_error("new", error)
        return False
    except Refused as refused:
        form.refuse(refused.sentence, "current" if refused.code == Refusal.WRONG_PASSWORD else "new")
        return False
    update_session_auth_hash(request, user)
    return True
