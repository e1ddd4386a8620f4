"""Boards, lights and rules."""

from collections.abc import Callable
from typing import Any

GET = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
supervision:board                   302    200    200    200    200    200    403    403    403    403
supervision:newest-board            302    302    302    302    302    302    403    403    403    403
supervision:adopt-rule              302    200    403    403    403    403    403    403    403    403
supervision:rules                   302    200    200    200    200    200    403    403    403    403
supervision:try-rule                302    200    200    403    403    403    403    403    403    403
"""

POST = """
                                    nobody clerk  head   liaiso unit_h leader deputy audito system securi
supervision:board                   302    405    405    405    405    405    405    405    405    405
supervision:newest-board            302    405    405    405    405    405    405    405    405    405
supervision:adopt-rule              302    422    403    403    403    403    403    403    403    403
supervision:rules                   302    405    405    405    405    405    405    405    405    405
supervision:try-rule                302    405    405    405    405    405    405    405    405    405
"""


def things(place: Any) -> dict[str, Callable[[], Any]]:
    """What stands for the parameters of these addresses."""
    return {"subject": lambda: "lights", "preset": lambda: "wuhan"}
