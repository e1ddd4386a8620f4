"""Tables without heads in which a line says one thing of one task, in two cells: "牵头单位 | 区水务局"."""

from dataclasses import dataclass

from dukao.breakdown.cells import Cell
from dukao.breakdown.duties.columns import WHO, column_of
from dukao.breakdown.layouts.rows import Row


@dataclass(slots=True)
class KeyedTable:
    """Reads such lines one after another; a line that names a task begins it."""

    is_open: bool = False

    def read(self, cells: list[Cell]) -> Row | None:
        """What a line says of a task; None for any other."""
        full = [cell for cell in cells if cell]
        if len(full) != 2:
            return None
        column, value = column_of(full[0].plain), full[1]
        if column == "task" and len(value.plain) > 1:
            self.is_open = True
            return Row(layout="paragraph", number=None, task=value, rules=("B01",))
        if not self.is_open or column not in (*WHO, "leader", "deadline", "remark"):
            self.is_open = False
            return None
        return Row(
            layout="paragraph",
            number=None,
            task=value.part(0, 0),
            leaders=value if column == "leader" else None,
            stated=((column, value),) if column in WHO else (),
            deadline=value if column == "deadline" else None,
            remark=value if column == "remark" else None,
        )
