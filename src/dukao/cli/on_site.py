"""How a command works on the site's data: Django set up, refusals said as one line each."""

import contextlib
import os
from collections.abc import Iterator

from dukao.cli.failures import Failure, say
from dukao.home_folder import KEY_FILE, embedded_database, home_folder


@contextlib.contextmanager
def on_site(*, makes_tables: bool = False, needs_tables: bool = True) -> Iterator[None]:
    """Set the site up for the block; a refusal becomes a Failure, its details go to standard error.

    `makes_tables`: a database without tables gets them; else it is said that there is nothing yet, unless
    the block sees to that itself (`needs_tables` false). Where nothing was ever begun nothing is begun by
    asking.
    """
    from dukao.site.starting import has_tables, make_tables, start

    is_elsewhere = bool(os.environ.get("DUKAO_DATABASE_URL"))
    begun = home_folder() / KEY_FILE if is_elsewhere else embedded_database()
    try:
        if needs_tables and not makes_tables and not begun.exists():
            raise _nothing_yet(str(home_folder() if is_elsewhere else begun))
        start()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failure(
            f"{error.filename or '数据目录'}：用不了（{reason}）：请核对 DUKAO_HOME 指的文件夹和它的权限。"
        ) from error
    from django.db.utils import OperationalError

    from dukao.site.refusals import Refused

    try:
        if makes_tables:
            make_tables()
        elif needs_tables and not has_tables():
            raise _nothing_yet(where())
        yield
    except Refused as refused:
        for line in refused.details:
            say(f"  {line}")
        raise Failure(f"dukao：{refused.sentence}") from refused
    except OperationalError as error:
        raise Failure(f"{where()}：连不上或读不了（{str(error).strip()}）：请核对后再试。") from error


def _nothing_yet(place: str) -> Failure:
    return Failure(
        f"{place}：这里还没有本版本的数据：请先运行 dukao serve（建表或升级），或核对 DUKAO_HOME。"
    )


def where() -> str:
    """Which database a command works on, without its password."""
    from django.db import connection

    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(settings["NAME"])
    return f"{settings['HOST'] or 'localhost'}:{settings['PORT'] or 5432}/{settings['NAME']}"
