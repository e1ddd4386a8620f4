"""The peer: recognizers-text, whose Chinese number and unit recognisers find figures and nothing else.

The extra `bench` of the project, never needed by dukao itself.
"""

from collections.abc import Callable

NAME = "recognizers-text"
# The same as the extra `bench` in pyproject.toml: what has to be typed where dukao is no published package.
INSTALL = 'pip install "recognizers-text-suite==1.0.2a2" "emoji>=1.7,<2"'


def load_peer() -> Callable[[str], int] | None:
    """A function that counts what the peer finds in a text; None where it is not installed."""
    try:
        from recognizers_number import recognize_number, recognize_percentage
        from recognizers_number_with_unit import recognize_currency, recognize_dimension
    except ImportError:
        return None
    readers = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return lambda text: sum(len(read(text, "zh-cn")) for read in readers)
