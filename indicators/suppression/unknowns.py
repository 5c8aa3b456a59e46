"""What a reader with a pencil may think possible of each number of a block, and how much of it must stay possible.

Every vintage of a number is one unknown, measured in what adds up: people for a percentage or a count, people times
scale points for a mean.
"""

from dataclasses import dataclass, field
from math import ceil, floor

from indicators.suppression.bands import limits, told
from indicators.suppression.cells import (
    BOUNDED,
    COUNT,
    PERCENT,
    PROTECTS_ANOTHER,
    PUBLISHER,
    SMALL_GROUP,
    UNKNOWN_SIZE,
    Cell,
    Rule,
    Shown,
)

Bounds = tuple[float, float]

TINY = 1e-6
FAR = 1e6  # no count of a district's people lies beyond, so no bound is needed there
SHARE = 0.5  # a hidden rate or mean must leave half of its scale possible


@dataclass(frozen=True)
class Need:
    """How much of a hidden unknown must stay possible: a width, counted in whole people where they are whole.

    Where we only guess the group's size, nobody must stay possible too: then the width is enough for every size.
    """

    width: float
    is_whole: bool
    from_bottom: float | None = None


@dataclass
class Unknowns:
    """The unknowns of a block: one for every cell with a number, then one for each rest that must be protected."""

    cells: list[Cell]
    rule: Rule
    sizes: list[float | None] = field(default_factory=list)
    rests: list[tuple[Bounds, Need | None]] = field(default_factory=list)
    guessed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.sizes = [1.0 if self.rule.unit == COUNT else cell.n for cell in self.cells]
        bottom, top = limits(self.rule)
        values = [float(cell.value) for cell in self.cells if cell.value is not None]
        self.bottom = float(bottom) if bottom is not None else min([0.0, *values])
        self.top = float(top) if top is not None else FAR if self.rule.unit == COUNT else max([0.0, *values])
        self.top = max(self.top, self.bottom + 1e-9)

    @property
    def count(self) -> int:
        return len(self.cells) + len(self.rests)

    def unit_of(self, size: float) -> float:
        """What one point of the value is, in people."""
        return size / 100 if self.rule.unit == PERCENT else size

    def truth(self, index: int) -> float | None:
        """What the unknown is, as far as we know it ourselves."""
        cell, size = self.cells[index], self.sizes[index]
        if cell.value is None or size is None or index in self.guessed:
            return None
        return float(cell.value) * self.unit_of(size)

    def natural(self, index: int) -> Bounds:
        """What is possible of a number of which nothing is shown, but what its publisher said."""
        cell, size = self.cells[index], self.sizes[index]
        low, high = self.bottom, self.top
        if cell.value is None:
            low = low if cell.low is None else max(low, float(cell.low))
            high = high if cell.high is None else min(high, float(cell.high))
        unit = self.unit_of(size or 0)
        return low * unit, high * unit

    def hidden(self, index: int, reason: str) -> Bounds:
        """What is possible of a hidden number to a reader who also reads why it is hidden."""
        cell = self.cells[index]
        low, high = self.natural(index)
        if self.rule.unit != COUNT or cell.value is None:
            return low, high
        if reason == SMALL_GROUP and cell.value < self.rule.minimum_n:
            return low, min(high, float(self.rule.minimum_n))
        if reason == PROTECTS_ANOTHER and cell.value >= self.rule.minimum_n:
            return float(self.rule.minimum_n), high
        return low, high

    def shown(self, index: int, shown: Shown) -> Bounds:
        """What a shown number leaves possible: its rounding, narrowed to whole people where some lie within."""
        cell, size = self.cells[index], self.sizes[index]
        natural = self.natural(index)
        if size is None:
            return natural
        unit = self.unit_of(size)
        low, high = told(shown, cell, self.rule)
        bounds = (
            natural[0] if low is None else float(low) * unit,
            natural[1] if high is None else float(high) * unit,
        )
        return self._whole(bounds) if self.is_whole else bounds

    @property
    def is_whole(self) -> bool:
        return self.rule.unit in (PERCENT, COUNT)

    def _whole(self, bounds: Bounds) -> Bounds:
        """Bounds drawn in to whole people; left as they are where none lies within (shares of days, not of people)."""
        low, high = float(ceil(bounds[0] - TINY)), float(floor(bounds[1] + TINY))
        return (low, high) if low <= high else bounds

    def is_known_anyway(self, index: int) -> bool:
        """The figure of a whole district or state is its publisher's to print: its absence here protects nobody."""
        cell = self.cells[index]
        return cell.is_district_or_state and cell.is_all_students and self.rule.unit != COUNT

    def is_publishers(self, index: int) -> bool:
        """Does all that can be known of this number stand in a public file, whose publisher hides small groups itself?

        Who wants to work out what that file hides does so with the file: what we withhold beside it protects nobody,
        and what we show, no more precisely than it is printed, helps nobody. A small group that is told with its size
        was not masked, so it may come from elsewhere; it is protected like any other.
        """
        cell = self.cells[index]
        size = cell.value if self.rule.unit == COUNT else cell.n
        is_in_the_clear = cell.value is not None and size is not None and size < self.rule.minimum_n
        return self.rule.is_masked_by_publisher and not is_in_the_clear

    def need(self, index: int, reason: str, is_thin: bool) -> Need | None:
        """How much must stay possible of a hidden number; None where nobody could be recognized by it."""
        cell, size = self.cells[index], self.sizes[index]
        if size is None or (self.is_publishers(index) and not is_thin):
            return None
        low, high = self.hidden(index, reason)
        if self.rule.unit == COUNT or is_thin:
            is_protected = reason in (SMALL_GROUP, PUBLISHER) and (
                cell.value is None or cell.value < self.rule.minimum_n or is_thin
            )
            return Need(min(float(self.rule.minimum_n), high - low), True) if is_protected else None
        if reason not in (SMALL_GROUP, PUBLISHER, UNKNOWN_SIZE) or not self._is_small(index, size, reason):
            return None
        if index in self.guessed:
            size = min(size, self.most(cell))
        scale = (self.top - self.bottom) * self.unit_of(size)
        width = SHARE * (scale if high - low >= SHARE * scale else high - low)  # its publisher may have said more
        return Need(width, self.rule.unit == PERCENT, low if index in self.guessed else None)

    def _is_small(self, index: int, size: float, reason: str) -> bool:
        """The publisher's own marks are kept whatever the size; levels withheld with a thin one need no room."""
        return reason == PUBLISHER or size < self.rule.minimum_n or index in self.guessed

    def most(self, cell: Cell) -> int:
        """How large a group may be at most to need protection, where nobody tells its size."""
        return cell.n_high if cell.n_high is not None else max(self.rule.minimum_n - 1, 1)

    def bounded_need(self, index: int) -> Need | None:
        """A number that its publisher tells within bounds must not be found more than half as precisely."""
        cell, size = self.cells[index], self.sizes[index]
        if cell.mark != BOUNDED or size is None or self.is_publishers(index):
            return None
        low, high = self.natural(index)
        if self.rule.unit == COUNT:
            return Need(min(float(self.rule.minimum_n), high - low), True)
        scale = (self.top - self.bottom) * self.unit_of(size)
        return Need(SHARE * min(scale, high - low), False)
