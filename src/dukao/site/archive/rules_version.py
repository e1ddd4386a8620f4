"""Which rules read a document: the version of dukao and a fingerprint of rules and vocabularies."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import dukao

_ROOMS = ("reading", "language", "report", "breakdown")


@cache
def rules_version() -> str:
    """`0.1.0+1a2b3c4d5e6f`: changes with any rule, vocabulary or reader of the library rooms."""
    whole = sha256()
    root = Path(str(files(dukao)))
    for room in _ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".toml"}:
                whole.update(path.relative_to(root).as_posix().encode())
                whole.update(path.read_bytes())
    return f"{dukao.__version__}+{whole.hexdigest()[:12]}"
