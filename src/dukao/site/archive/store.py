"""Files under their sha256, outside the web root: written whole or not at all, and never changed."""

import hashlib
import os
import secrets
from collections.abc import Collection
from hashlib import sha256
from pathlib import Path

from django.conf import settings

_YOUNG = 3600  # seconds


def path_of(digest: str) -> Path:
    """Where the file with this sha256 lies."""
    return Path(settings.FILES) / digest[:2] / digest


def keep(data: bytes) -> str:
    """Keep bytes and give their sha256; the same bytes are kept once.

    The file is complete and on disk before it has its name: a process killed on the way leaves at most a
    nameless draft, which `sweep` takes away.
    """
    digest = sha256(data).hexdigest()
    path = path_of(digest)
    if path.exists():
        os.utime(path)  # in use again: no orphan, whatever its age
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{digest}.{secrets.token_hex(6)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    return digest


def read(digest: str) -> bytes:
    """The bytes kept under a sha256, checked against it. Raises OSError where they are gone or altered."""
    data = path_of(digest).read_bytes()
    if sha256(data).hexdigest() != digest:
        raise OSError(f"{digest} was altered on disk")
    return data


def digest_of(digest: str) -> str:
    """What the file kept under a sha256 hashes to now."""
    with path_of(digest).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sweep(known: Collection[str], *, now: float) -> int:
    """Take away what a killed process left: drafts, and files no document knows; how many there were.

    What is younger than an hour stays: another process may be about to write its document's row.
    """
    left = [path for path in Path(settings.FILES).glob("??/*") if path.name not in known]
    old = [path for path in left if now - path.stat().st_mtime > _YOUNG]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
