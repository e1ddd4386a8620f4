"""Room `history`: the chained record of every action. Knows nothing of the rooms above it."""
