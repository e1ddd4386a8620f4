"""Room `api`: every list of the site for programs, read-only, within the rights of the token's user."""
