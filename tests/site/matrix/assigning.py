"""Assignments: sent, confirmed, objected to."""

from collections.abc import Callable
from typing import Any

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""
    return {}
