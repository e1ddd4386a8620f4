"""What cannot be read, each with its one Chinese sentence: the thing, the reason, the next step."""


class SourceError(Exception):
    """A document that cannot be read, or is not what the command needs.

    `name` is the document's name, `code` a stable word, `message` one Chinese sentence without line breaks
    that says what was found and what was expected. `str(error)` begins with the name.
    """

    def __init__(self, name: str, code: str, message: str) -> None:
        super().__init__(f"{name}：{message}")
        self.name = name
        self.code = code
        self.message = message
