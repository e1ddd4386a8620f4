"""How a command works on the site's data: Django set up, refusals said as one line each."""

import contextlib
import sys
from collections.abc import Iterator

from dukao.cli.failures import Failure


@contextlib.contextmanager
def on_site(*, makes_tables: bool = False) -> Iterator[None]:
    """Set the site up for the block; a refusal becomes a Failure, its details go to standard error.

    `makes_tables`: a database without tables gets them; else it is said that there is nothing yet.
    """
    from dukao.site.starting import has_tables, make_tables, start

    start()
    from django.db.utils import OperationalError

    from dukao.site.refusals import Refused

    try:
        if makes_tables:
            make_tables()
        elif not has_tables():
            raise Failure(
                f"{where()}：这里还没有本版本的数据：请先运行 dukao serve（建表或升级），或核对 DUKAO_HOME。"
            )
        yield
    except Refused as refused:
        for line in refused.details:
            print(f"  {line}", file=sys.stderr)
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
