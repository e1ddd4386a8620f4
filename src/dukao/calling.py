"""How the command is called on this machine: `dukao`, or `./dk run` where that script started it.

A leaf: the rooms write `dukao backup`, and whatever is said to people passes through `as_called` once.
"""

import os
import re

_COMMAND = re.compile(r"(?<![\w./\\-])dukao (?=命令|[a-z]+)")


def called_as() -> str:
    """How this program is called here: `dukao`, or what the script that started it says of itself."""
    return os.environ.get("DUKAO_CALLED_AS") or "dukao"


def as_called(sentence: str) -> str:
    """A sentence with every command in it as it is typed here: 请运行 dukao serve → 请运行 ./dk run serve."""
    return _COMMAND.sub(lambda _: f"{called_as()} ", sentence)
