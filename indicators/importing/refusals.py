"""Why something is not taken, in plain words, translated only where it is shown."""

from collections.abc import Callable


class Refused(ValueError):
    """A sentence with its details; the sentence alone is the key of its translation."""

    def __init__(self, message: str, **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __str__(self) -> str:
        return self.told(lambda message: message)

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language of a translating function."""
        text = translate(self.message)
        return text % self.details if self.details else text


class FileRefused(Refused):
    """The whole file cannot be read; nothing was kept."""


class CellRefused(Refused):
    """One cell cannot be read as asked."""


def marked(message: str) -> str:
    """Marks a sentence for translation without translating it (import it as `_`)."""
    return message
