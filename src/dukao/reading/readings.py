"""What every format gives `read_file`: a text with its map, before it becomes a `Source`."""

from collections.abc import Mapping, Set
from typing import NamedTuple

from dukao.reading.places import Places
from dukao.reading.values import Diagnostic


class Reading(NamedTuple):
    """The text of a document, the place of every character, what merged cells cover, and what was odd.

    `bold` is where the cells begin that are set in bold as a whole.
    """

    text: str
    places: Places | None = None
    merged: Mapping[int, tuple[int, int]] = {}
    diagnostics: tuple[Diagnostic, ...] = ()
    encoding: str = "utf-8"
    bold: Set[int] = frozenset()
