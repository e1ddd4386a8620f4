"""Who answers for a task, as a cell, the head of a column, a label line or a bracket says it."""
