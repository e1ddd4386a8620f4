"""Secrets of an installation: made at the first start, kept in a file only its owner may read."""

import os
import secrets
from pathlib import Path


def read_secret(path: Path) -> str:
    """The secret kept at `path`; one of 64 random characters is made, mode 0600, where there is none."""
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        made = secrets.token_urlsafe(48)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:  # another process was first
            return read_secret(path)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(made)
        return made
