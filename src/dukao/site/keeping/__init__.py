"""The whole site in one file and back: what `dukao backup` and `dukao restore` do, on either database."""
