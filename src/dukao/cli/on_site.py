"""How a command works on the site's data: Django set up, refusals said as one line each."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from dukao.cli.failures import Failure, say
from dukao.home_folder import home_folder


@contextlib.contextmanager
def on_site(*, makes_tables: bool = False, needs_tables: bool = True) -> Iterator[frozenset[Path] | None]:
    """Set the site up for the block; a refusal becomes a Failure, its details go to standard error.

    `makes_tables`: a database without tables gets them; else it is said that there is nothing yet, unless
    the block sees to that itself (`needs_tables` false). The block gets what stood in `DUKAO_HOME` before;
    None: nothing, not even the folder.
    """
    from dukao.site.starting import has_tables, make_tables, start

    own = home_folder()
    found = frozenset(own.iterdir()) if own.is_dir() else None
    try:
        start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failure(
            f"{error.filename or '数据目录'}：用不了（{reason}）：请核对 DUKAO_HOME 指的文件夹和它的权限。"
        ) from error
    from django.db.utils import OperationalError

    from dukao.site.keeping.beginning import leave_as_found
    from dukao.site.refusals import Refused

    try:
        if makes_tables:
            make_tables()
        elif needs_tables and not has_tables():
            leave_as_found(found)
            raise Failure(
                f"{where()}：这里还没有本版本的数据：请先运行 dukao serve（建表或升级），或核对 DUKAO_HOME。"
            )
        yield found
    except Refused as refused:
        for line in refused.details:
            say(f"  {line}")
        raise Failure(f"dukao：{refused.sentence}") from refused
    except OperationalError as error:
        raise Failure(f"{where()}：连不上或读不了（{str(error).strip()}）：请核对后再试。") from error


def where() -> str:
    """Which database a command works on, without its password."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    return f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}/{settings['NAME']}"
