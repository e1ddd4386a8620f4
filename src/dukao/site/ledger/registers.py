"""Which of the five lists a task's words speak of: proposed, never set."""

from collections.abc import Iterator, Sequence

from dukao.presets.loading import load_entries
from dukao.report.values import Measure
from dukao.site.ledger.models import Register


def propose_registers(text: str, measures: Sequence[Measure]) -> Iterator[tuple[Register, str]]:
    """The registers proposed for a task, each with the word that speaks for it.

    重大指标 only for a task that has a number.
    """
    for code, entry in load_entries("registers").items():
        found = next((word for word in entry["words"] if word in text), None)
        if found and (code != Register.INDICATOR or measures):
            yield Register(code), f"文中有“{found}”"
