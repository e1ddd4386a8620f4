"""Who gets what: the whole matrix of addresses and roles, one module for each part of the site.

Each line is an address by its name; `/other` says that a thing of another unit and leader stands behind it.
The columns are `nobody` (not logged in) and the roles. 200 the page, 302 led elsewhere, 401 no token, 403 the
role may not, 404 not in this reader's range, 405 not by this method. In the table of forms, which are sent
empty, 422, 409 and 400 say that the role may, and that the form came back with what to mend.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tests.site.matrix import assigning, closing, filing, planning, pressing, record, registers, seeing

SUPERVISION = (assigning, planning, filing, seeing, pressing, closing, registers)


def table(parts: Iterable[str]) -> str:
    """The tables of all parts as one, under one head, in the order of the addresses' names."""
    lines: list[str] = []
    head = ""
    for part in parts:
        head, *rows = part.strip("\n").splitlines()
        lines += rows
    return "\n".join([head, *sorted(lines, key=lambda line: line.split()[0].split("/"))])


GET = table([record.GET, *(part.GET for part in SUPERVISION)])
POST = table([record.POST, *(part.POST for part in SUPERVISION)])


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of the addresses of supervision."""
    return {name: make for part in SUPERVISION for name, make in part.things(place).items()}
