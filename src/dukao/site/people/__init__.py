"""Room `people`: places, units, groups, posts, users, roles; the one predicate of who sees and does what."""
