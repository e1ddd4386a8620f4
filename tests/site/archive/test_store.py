"""Files under their sha256: whole, once, outside the web root, and swept when nobody knows them."""

import os
import time
from pathlib import Path

import pytest
from django.conf import settings

from dukao.site.archive import store
from dukao.site.archive.queries import altered_documents, source_of
from dukao.site.ledger.models import Breakdown


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES", tmp_path / "files")


def age(path: Path, hours: int = 2) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def test_the_same_bytes_are_kept_once_and_only_for_their_owner() -> None:
    digest = store.keep(b"abc")
    assert store.keep(b"abc") == digest
    path = store.path_of(digest)
    assert path.stat().st_mode & 0o777 == 0o400
    assert path.parent.parent.name == "files"
    assert store.read(digest) == b"abc"
    assert store.digest_of(digest) == digest


def test_bytes_that_were_altered_are_not_read() -> None:
    path = store.path_of(store.keep(b"abc"))
    path.chmod(0o600)
    path.write_bytes(b"abd")
    with pytest.raises(OSError, match="altered"):
        store.read(path.name)


def test_what_a_killed_process_left_is_swept_when_it_is_old() -> None:
    known, orphan, young = store.keep(b"known"), store.keep(b"orphan"), store.keep(b"young")
    draft = store.path_of(known).with_name(".draft")
    draft.write_bytes(b"half")
    for path in (store.path_of(known), store.path_of(orphan), draft):
        age(path)
    assert store.sweep({known}, now=time.time()) == 2
    assert store.path_of(known).exists()
    assert store.path_of(young).exists()
    assert not draft.exists()
    assert not store.path_of(orphan).exists()


def test_bytes_kept_again_are_young_again() -> None:
    digest = store.keep(b"again")
    age(store.path_of(digest))
    store.keep(b"again")
    assert store.sweep(set(), now=time.time()) == 0


def test_documents_gone_or_altered_are_named(draft: Breakdown) -> None:
    assert altered_documents() == []
    gone, altered = store.path_of(draft.report.sha256), store.path_of(draft.document.sha256)
    gone.unlink()
    altered.chmod(0o600)
    altered.write_bytes(b"x")
    found = {document.pk: reason for document, reason in altered_documents()}
    assert "不在了" in found[draft.report_id]
    assert "已不是" in found[draft.document_id]


def test_a_plain_document_is_read_from_the_record(draft: Breakdown) -> None:
    store.path_of(draft.report.sha256).unlink()
    assert source_of(draft.report).text == draft.report.text
