"""The chain: what the database refuses, what a walk along it names, and one chain however many append."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import TextChoices

from dukao.site.history import protection
from dukao.site.history.actions import chain_digest, record
from dukao.site.history.models import Chain, Entry, Subject
from dukao.site.history.queries import verify_chain
from dukao.site.history.values import Actor
from tests.site.children import VENDOR, new_site
from tests.site.conftest import MORNING

ACTOR = Actor("clerk", "程经办", "990201")


class Action(TextChoices):
    """What is done here."""

    CHANGED = "changed", "改动"


@pytest.fixture
def chain(db: None) -> list[Entry]:
    """Five entries."""
    with transaction.atomic():
        return [
            record(Action.CHANGED, by=ACTOR, at=MORNING, about=[("task", key)], after={"text": f"第{key}稿"})
            for key in range(1, 6)
        ]


@contextmanager
def behind_its_back() -> Iterator[None]:
    """The triggers lifted, as somebody who owns the database can."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    protection.lift(connection)
    yield
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    protection.protect(connection)


def test_a_chain_as_written_holds(chain: list[Entry]) -> None:
    verdict = verify_chain()
    assert verdict.holds
    assert (verdict.entries, verdict.digest) == (5, chain[-1].digest)


@pytest.mark.parametrize("model", [Entry, Subject])
def test_the_database_refuses_to_change_history(
    chain: list[Entry], model: type[Entry] | type[Subject]
) -> None:
    rows = model._base_manager.all()
    field = "why" if model is Entry else "key"
    with pytest.raises(DatabaseError, match="history is never rewritten"), transaction.atomic():
        rows.update(**{field: "9"})
    with pytest.raises(DatabaseError, match="history is never rewritten"), transaction.atomic():
        rows._raw_delete(rows.db)
    assert rows.count() == 5
    assert verify_chain().holds


def test_a_changed_content_is_named(chain: list[Entry]) -> None:
    with behind_its_back():
        Entry.objects.filter(sequence=3).update(content=chain[2].content.replace("第3稿", "第三稿"))
    verdict = verify_chain()
    assert (verdict.broken, verdict.entries) == (3, 2)
    assert "校验值不符" in verdict.reason


@pytest.mark.parametrize(
    ("column", "value"), [("why", "另有理由"), ("actor_name", "别人"), ("place", ""), ("label", "没有改动")]
)
def test_a_changed_column_is_named(chain: list[Entry], column: str, value: str) -> None:
    with behind_its_back():
        Entry.objects.filter(sequence=2).update(**{column: value})
    assert verify_chain().broken == 2


def test_a_changed_subject_is_named(chain: list[Entry]) -> None:
    with behind_its_back():
        Subject.objects.filter(entry_id=4).update(key="40")
    verdict = verify_chain()
    assert verdict.broken == 4
    assert "对象" in verdict.reason


def test_an_entry_rewritten_with_its_digest_breaks_the_next(chain: list[Entry]) -> None:
    content = chain[2].content.replace("第3稿", "第三稿")
    with behind_its_back():
        Entry.objects.filter(sequence=3).update(
            content=content, digest=chain_digest(chain[2].previous, content)
        )
    verdict = verify_chain()
    assert verdict.broken == 4
    assert "接不上" in verdict.reason


def test_a_removed_entry_is_named(chain: list[Entry]) -> None:
    with behind_its_back():
        Subject.objects.filter(entry_id=3).delete()
        Entry.objects.filter(sequence=3).delete()
    verdict = verify_chain()
    assert verdict.broken == 3
    assert "不在了" in verdict.reason


def test_a_chain_cut_short_is_noticed(chain: list[Entry]) -> None:
    with behind_its_back():
        Subject.objects.filter(entry_id=5).delete()
        Entry.objects.filter(sequence=5).delete()
    verdict = verify_chain()
    assert (verdict.entries, verdict.broken) == (4, 5)
    assert "末尾" in verdict.reason


def test_an_inserted_entry_is_named(chain: list[Entry]) -> None:
    last = chain[-1]
    content = last.content.replace('"sequence":5', '"sequence":6')
    with behind_its_back():
        forged = Entry.objects.get(sequence=5)
        forged.sequence, forged.content, forged.previous = 6, content, last.digest
        forged.digest = chain_digest(last.digest, content)
        forged.save(force_insert=True)
        Subject.objects.create(entry=forged, kind="task", key="5")
    assert verify_chain().broken == 7
    assert Chain.objects.get().sequence == 5


_APPEND = """
import sys, threading
from django.db import connection, transaction
from django.db.models import TextChoices
from django.utils.timezone import now
from dukao.site.history.actions import record
from dukao.site.history.queries import verify_chain
from dukao.site.history.values import PROGRAM

class Action(TextChoices):
    MADE = "made", "做"

def append(name):
    for number in range(10):
        with transaction.atomic():
            record(Action.MADE, by=PROGRAM, at=now(), about=[("task", f"{name}-{number}")])
    connection.close()

threads = [threading.Thread(target=append, args=(name,)) for name in range(6)]
for one in threads:
    one.start()
for one in threads:
    one.join()
verdict = verify_chain()
print(verdict.entries, verdict.holds)
"""


def test_many_who_append_at_once_make_one_chain(tmp_path: Path) -> None:
    with new_site(VENDOR, tmp_path) as site:
        done = site.script(_APPEND)
        assert done.stdout == "60 True\n", done.stderr
