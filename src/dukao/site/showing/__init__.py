"""The sample place on show: founded in an empty database by `dukao demo`, entered without a password."""
