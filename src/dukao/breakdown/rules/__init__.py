"""The rules of this room, each with the rows that prove it."""
