"""Posts and who holds them, for the clerk."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from dukao.site.people import posts as actions
from dukao.site.people.access import Act, require
from dukao.site.people.asked import Asked
from dukao.site.people.forms import posted
from dukao.site.people.keeping import persons_of, posts_to_keep
from dukao.site.people.keeping_forms import EndForm, PostForm, SeatForm
from dukao.site.people.models import Post
from dukao.site.people.views.confirming import Crumbs, ask
from dukao.site.people.views.units import tried


def posts(request: Asked) -> HttpResponse:
    """Every post of the place, and who holds it today."""
    require(request.viewer, Act.KEEP_UNITS)
    found = list(posts_to_keep(request.viewer, localdate(request.moment)))
    empty = [post for post in found if not post.now]  # type: ignore[attr-defined]
    head = next((post for post in found if post.is_head), None)
    return render(request, "people/posts.html", {"posts": found, "empty": empty, "head": head})


def make_post(request: Asked) -> HttpResponse:
    """A new post."""
    require(request.viewer, Act.KEEP_UNITS)
    form = PostForm(posted(request))
    if form.is_valid():
        post = actions.make_post(form.as_entered(), by=request.viewer, at=request.moment)
        messages.success(request, f"{post.title}已新增，请填由谁担任。")
        return redirect("people:post", post.pk)
    facts = {"form": form, "title": "新增职务", "back": reverse("people:posts"), "button": "新增"}
    return render(request, "people/keep_new.html", facts, status=422 if form.errors else 200)


def post(request: Asked, post_id: int) -> HttpResponse:
    """One post: its title, who held it when, and who follows."""
    found = _post(request, post_id)
    what = request.POST.get("what", "")
    initial = {"title": found.title, "order": found.order, "is_head": found.is_head}
    form = PostForm(request.POST if what == "post" else None, initial=initial)
    day = localdate(request.moment)
    seat = SeatForm(request.POST if what == "seat" else None, initial={"since": day}, auto_id="seat_%s")
    if _save(request, found, form, seat):
        return redirect("people:post", found.pk)
    tenures = list(found.tenures.select_related("person"))
    facts = {
        "post": found,
        "form": form,
        "seat": seat,
        "tenures": tenures,
        "now": next((one for one in tenures if one.until is None), None),
        "persons": persons_of(request.viewer),
    }
    return render(request, "people/post.html", facts, status=422 if form.errors or seat.errors else 200)


def _save(request: Asked, post: Post, form: PostForm, seat: SeatForm) -> bool:
    """Whether the one form that was sent was taken."""
    by, at = request.viewer, request.moment
    if form.is_bound and form.is_valid():
        actions.change_post(post.pk, form.as_entered(), by=by, at=at)
        messages.success(request, f"{form.cleaned_data['title']}已保存。")
        return True
    if seat.is_bound and seat.is_valid():
        said = seat.cleaned_data
        name, since, why = said["name"].strip(), said["since"], said["why"]
        if tried(seat, lambda: actions.seat(post.pk, name, since, why=why, by=by, at=at)):
            messages.success(request, f"{name}自 {since} 起任{post.title}。")
            return True
    return False


def leave(request: Asked, post_id: int) -> HttpResponse:
    """Asks, then leaves a post empty from a day on."""
    found = _post(request, post_id)
    held = found.tenures.filter(until__isnull=True).select_related("person").first()
    who = held.person.name if held else "现任"
    form = EndForm(posted(request), initial={"until": localdate(request.moment)})
    if form.is_valid():
        said = form.cleaned_data
        by, at = request.viewer, request.moment
        if tried(form, lambda: actions.leave(found.pk, said["until"], why=said["why"], by=by, at=at)):
            messages.success(request, f"{who}已离任，{found.title}暂时空缺。")
            return redirect("people:post", found.pk)
    return ask(
        request,
        f"{who}不再任{found.title}，暂时没有继任？",
        [
            "任务仍由这个职务牵头，只是暂时没有人；继任者到任后自动接上。",
            "离任者的账号不再看得到这些任务。",
            "已经有继任者的，不必在这里办：直接在职务页填继任者。",
        ],
        button="离任",
        crumbs=_crumbs(found),
        form=form,
    )


def _crumbs(post: Post) -> Crumbs:
    return (reverse("people:posts"), "职务"), (reverse("people:post", args=[post.pk]), post.title)


def _post(request: Asked, post_id: int) -> Post:
    require(request.viewer, Act.KEEP_UNITS)
    return get_object_or_404(Post, pk=post_id, place_id=request.viewer.place_id)
