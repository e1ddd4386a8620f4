"""Where dukao keeps what it is given: one folder, named by the environment."""

import os
from pathlib import Path
from typing import Final

# The key of an installation, in its folder from the first start on, whichever database it works on.
KEY_FILE: Final = Path("keys", "secret")


def home_folder() -> Path:
    """dukao's own folder: `DUKAO_HOME`, else `var` in the current folder; it need not be there."""
    return Path(os.environ.get("DUKAO_HOME") or "var").resolve()


def embedded_database() -> Path:
    """The file of the embedded database, in use where `DUKAO_DATABASE_URL` names no other."""
    return home_folder() / "dukao.sqlite3"
