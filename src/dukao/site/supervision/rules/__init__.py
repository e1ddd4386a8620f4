"""The rules a place works by: what they say, since when, and what another one would change."""
