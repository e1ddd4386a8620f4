"""Posts as the clerk keeps them, and who holds them when: responsibility stays, people come and go."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.shortcuts import get_object_or_404

from dukao.site.history.actions import record
from dukao.site.people.access import Act, Viewer, require
from dukao.site.people.errors import Refusal
from dukao.site.people.models import Person, Post, Tenure
from dukao.site.people.naming import Action
from dukao.site.refusals import Refused


@dataclass(frozen=True, slots=True)
class PostForm:
    """A post as it is entered: title, place in the order, whether its holder is responsible for the whole."""

    title: str
    order: int
    is_head: bool

    def as_json(self) -> dict[str, object]:
        """The post as the history tells it."""
        return {"title": self.title, "order": self.order, "is_head": self.is_head}


def lock_post(post_id: int, *, by: Viewer) -> Post:
    """A post of the clerk's place, nobody else changing it until the transaction ends."""
    require(by, Act.KEEP_UNITS)
    return get_object_or_404(Post.objects.select_for_update(), pk=post_id, place_id=by.place_id)


@transaction.atomic
def make_post(form: PostForm, *, by: Viewer, at: datetime) -> Post:
    """A new post, which nobody holds yet."""
    require(by, Act.KEEP_UNITS)
    post = Post.objects.create(place_id=by.place_id, title=form.title, order=form.order)
    _set_head(post, form.is_head)
    record(Action.POST_MADE, by=by.actor, at=at, about=[("post", post.pk)], after=form.as_json())
    return post


@transaction.atomic
def change_post(post_id: int, form: PostForm, *, by: Viewer, at: datetime) -> Post:
    """Another title, order, or 总负责; who was 总负责 before is so no longer."""
    post = lock_post(post_id, by=by)
    before = PostForm(post.title, post.order, post.is_head)
    if before == form:
        return post
    post.title, post.order = form.title, form.order
    post.save(update_fields=("title", "order"))
    _set_head(post, form.is_head)
    about = [("post", post.pk)]
    record(
        Action.POST_CHANGED, by=by.actor, at=at, about=about, before=before.as_json(), after=form.as_json()
    )
    return post


@transaction.atomic
def seat(post_id: int, name: str, since: date, *, why: str, by: Viewer, at: datetime) -> Tenure:
    """Somebody holds the post from a day on; whoever held it does so no longer."""
    post = lock_post(post_id, by=by)
    held = _open_tenure(post)
    if held and held.person.name == name:
        raise Refused(Refusal.ALREADY_SO, thing=name, state=f"任{post.title}")
    _end(held, since)
    person = Person.objects.filter(place_id=by.place_id, name=name).first()
    person = person or Person.objects.create(place_id=by.place_id, name=name)
    tenure = Tenure.objects.create(post=post, person=person, since=since)
    record(
        Action.HOLDER_CHANGED,
        by=by.actor,
        at=at,
        about=[("post", post.pk), ("person", person.pk)],
        before={"holder": held.person.name, "since": held.since.isoformat()} if held else None,
        after={"holder": name, "since": since.isoformat()},
        why=why,
    )
    return tenure


@transaction.atomic
def leave(post_id: int, until: date, *, why: str, by: Viewer, at: datetime) -> Post:
    """The holder leaves on a day, and nobody follows yet."""
    post = lock_post(post_id, by=by)
    held = _open_tenure(post)
    if held is None:
        raise Refused(Refusal.ALREADY_SO, thing=post.title, state="没有人担任")
    _end(held, until)
    record(
        Action.HOLDER_LEFT,
        by=by.actor,
        at=at,
        about=[("post", post.pk), ("person", held.person_id)],
        before={"holder": held.person.name, "since": held.since.isoformat()},
        after={"until": until.isoformat()},
        why=why,
    )
    return post


def _open_tenure(post: Post) -> Tenure | None:
    return Tenure.objects.filter(post=post, until__isnull=True).select_related("person").first()


def _end(held: Tenure | None, until: date) -> None:
    if held is None:
        return
    if until < held.since:
        raise Refused(
            Refusal.DAY_TOO_EARLY, day=until, what=f"{held.person.name}任职的日期", since=held.since
        )
    held.until = until
    held.save(update_fields=("until",))


def _set_head(post: Post, is_head: bool) -> None:
    """One post of a place is responsible for the whole."""
    if is_head:
        Post.objects.filter(place_id=post.place_id, is_head=True).exclude(pk=post.pk).update(is_head=False)
    if post.is_head != is_head:
        post.is_head = is_head
        post.save(update_fields=("is_head",))
