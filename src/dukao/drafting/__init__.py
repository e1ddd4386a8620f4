"""A breakdown drafted from a report alone: the plan cut into tasks, each with its likely leader and units."""
