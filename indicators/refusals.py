"""Why something is not taken, in plain words, translated only where it is shown. No Django here."""

from collections.abc import Callable


class Word(str):
    """A detail of a sentence that is translated like the sentence itself."""


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
        details = {name: translate(one) if isinstance(one, Word) else one for name, one in self.details.items()}
        text = translate(self.message)
        return text % details if details else text


def marked(message: str) -> str:
    """Marks a sentence for translation without translating it (import it as `_`)."""
    return message
