"""How tasks stand, as the first page says it: figures that lead to the board."""

from datetime import datetime

from dukao.site.home.values import Word
from dukao.site.ledger.queries.rows import Row
from dukao.site.people.access import Viewer
from dukao.site.supervision.seeing.queries import Outlook, outlook_of


def say_lights(viewer: Viewer, rows: list[Row], year: int, now: datetime) -> tuple[Word, ...]:
    """How many of the rows stand under each light, and what became worse since last month.

    Nothing for who sees no lights, and before the issue.
    """
    outlook = outlook_of(viewer, rows, year, now)
    return say_outlook(outlook) if outlook else ()


def say_outlook(outlook: Outlook) -> tuple[Word, ...]:
    """The same of an outlook that is at hand."""
    words = [Word("进度：")]
    for one in outlook.tally:
        words += [Word(f"{one.light.word} "), Word(f"{one.tasks} 项", one.href), Word("，")]
    if not outlook.watch.worse:
        return (*words[:-1], Word("。与上月相比没有变差的（报送与核验另看）。"))
    worse = Word(f"{len(outlook.watch.worse)} 项", outlook.worse)
    return (*words[:-1], Word("。与上月相比 "), worse, Word("变差（报送与核验另看）。"))


def board_of(year: int) -> Word:
    """The way to the board."""
    return Word(f"{year}年看板", f"/board/{year}/")
