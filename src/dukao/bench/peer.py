"""The peer: recognizers-text, whose Chinese number and unit recognisers find figures and nothing else.

An extra (`pip install "dukao[bench]"`), never needed by dukao itself.
"""

from collections.abc import Callable

from dukao.bench.measuring import best_time

NAME = "recognizers-text"


def load_peer() -> Callable[[str], int] | None:
    """A function that counts what the peer finds in a text; None where it is not installed."""
    try:
        from recognizers_number import recognize_number, recognize_percentage
        from recognizers_number_with_unit import recognize_currency, recognize_dimension
    except ImportError:
        return None
    readers = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return lambda text: sum(len(read(text, "zh-cn")) for read in readers)


def time_peer(count: Callable[[str], int], text: str) -> float:
    """The least seconds the peer takes, its models warmed up first."""
    count(text[:200])
    return best_time(lambda: count(text))
