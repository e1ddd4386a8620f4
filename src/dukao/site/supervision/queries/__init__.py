"""The door to ask the room."""
