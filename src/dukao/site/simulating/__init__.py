"""The simulated year: a place and its people, lived day by day through the site's own actions."""
