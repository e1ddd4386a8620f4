"""Room `home`: the first page, an answer by role."""
