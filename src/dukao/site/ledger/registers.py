"""Which of the five lists a task's words speak of: proposed, never set."""

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from dukao.report.values import Measure
from dukao.site.ledger.models import Register


def propose_registers(text: str, measures: Sequence[Measure]) -> Iterator[tuple[Register, str]]:
    """The registers proposed for a task, each with the word that speaks for it.

    重大指标 only for a task that has a number.
    """
    for register, words in _load_words().items():
        found = next((word for word in words if word in text), None)
        if found and (register != Register.INDICATOR or measures):
            yield register, f"文中有“{found}”"


@cache
def _load_words() -> dict[Register, list[str]]:
    text = (files("dukao.presets") / "registers.toml").read_text(encoding="utf-8")
    return {Register(code): entry["words"] for code, entry in tomllib.loads(text).items()}
