"""Files under their sha256, outside the web root: written whole or not at all, and never changed."""

import os
import secrets
from hashlib import sha256
from pathlib import Path

from django.conf import settings


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
        return digest
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{digest}.{secrets.token_hex(6)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
    return digest


def sweep() -> int:
    """Take away drafts that a killed process left; how many there were."""
    drafts = list(Path(settings.FILES).glob("*/.*"))
    for draft in drafts:
        draft.unlink(missing_ok=True)
    return len(drafts)
