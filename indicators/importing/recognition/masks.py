"""Whether the publisher of a file hides small groups itself, as far as the marks in its cells tell. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from indicators.importing.recognition.measures import Figure
from indicators.importing.refusals import CellRefused
from indicators.importing.values import BOUNDED, SUPPRESSED, read_size, read_value

TELLING = 10  # a group of fewer people is told by nobody who hides small groups
RARELY = 20  # among so many marks one such size is let pass: a whole state has groups of one or two


@dataclass
class Masks:
    """What the cells of an indicator say: how often which mark hides something, and how many small sizes stand bare."""

    marks: Counter = field(default_factory=Counter)
    bare: int = 0

    def add(self, figure: Figure, size: Figure | None) -> None:
        """Take in a column of values and that of its group sizes."""
        for text, count in figure.profile.texts.items():
            self.marks[text] += count if _hides_value(text) else 0
        for text, count in size.profile.texts.items() if size else ():
            self.marks[text] += count if _hides_size(text) else 0
            self.bare += count if _is_telling(text) else 0

    @property
    def mark(self) -> str:
        """The mark that stands most often; empty where nothing says that small groups are hidden.

        >>> Masks(Counter({"< 16": 40, "- -": 60})).mark, Masks(Counter({"*": 4}), bare=1).mark
        ('- -', '')
        """
        most = self.marks.most_common(1)
        return most[0][0] if most and most[0][1] and self.bare * RARELY <= self.marks.total() else ""


def found_in(figures: Iterable[tuple[Figure, Figure | None]]) -> Masks:
    """The marks in columns of values, each beside that of its group sizes."""
    masks = Masks()
    for figure, size in figures:
        masks.add(figure, size)
    return masks


def _hides_value(text: str) -> bool:
    try:
        return read_value(text).mark in (SUPPRESSED, BOUNDED)
    except CellRefused:
        return False


def _hides_size(text: str) -> bool:
    try:
        size = read_size(text)
        return size.n is None and bool(size.printed) and read_value(text).mark in (SUPPRESSED, BOUNDED)
    except CellRefused:
        return False


def _is_telling(text: str) -> bool:
    try:
        return 0 < (read_size(text).n or 0) < TELLING
    except CellRefused:
        return False
