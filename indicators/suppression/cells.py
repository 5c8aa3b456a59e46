"""What the rules about small numbers speak of: cells, the sums in which they stand, and the verdicts on them."""

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

VERSION = "3"

SMALL_GROUP = "small_group"
UNKNOWN_SIZE = "unknown_size"
PROTECTS_ANOTHER = "protects_another"
PUBLISHER = "publisher"
NOT_AVAILABLE = "not_available"
HELD = "held"

PEOPLE = frozenset({"students", "staff", "families"})
PERCENT, COUNT = "percent", "count"
SUPPRESSED, BOUNDED = "suppressed", "bounded"
ABSENT = frozenset({"not_available", "tombstone"})

GROUPS, SCHOOLS = "groups", "schools"
RELEASED, KEPT = "released", "kept"


@dataclass(frozen=True)
class Rule:
    """What the indicator says about its numbers: whom they count, in which unit, and the smallest group shown.

    `decimals` is the number of places that the publisher prints; natural limits are in the indicator's unit.
    `is_masked_by_publisher`: all of it comes from files that everybody has, whose publisher hides small groups itself.
    """

    counts: str
    unit: str
    minimum_n: int
    is_masked_by_publisher: bool = False
    natural_low: Decimal | None = None
    natural_high: Decimal | None = None
    decimals: int = 1

    @property
    def protects_people(self) -> bool:
        return self.counts in PEOPLE


class Partition(NamedTuple):
    """A division of a whole into parts: the groups of a dimension at a place, or the schools of a district."""

    kind: str
    dimension: Hashable
    total: Hashable  # the place whose number is the whole


@dataclass(frozen=True)
class Shown:
    """What may be shown: bounds (equal for an exact value) and group size, or the reason for showing nothing."""

    low: Decimal | None = None
    high: Decimal | None = None
    n_low: int | None = None
    n_high: int | None = None
    reason: str = ""

    @property
    def n(self) -> int | None:
        """The group size where it may be told exactly."""
        return self.n_low if self.n_low == self.n_high else None


@dataclass(frozen=True)
class Cell:
    """One vintage of one number.

    `place` is what it is about, `partitions` the divisions whose part it is, `distribution` the whole of which it is
    one level. `order` is the day since which it is known, the act that brought it, and what orders within that.
    `standing` is today's verdict and `standing_version` that of the rules it follows, `past` what was shown of it
    before that, `settled` what a steward said of it when it was held.
    """

    key: Hashable
    place: Hashable
    value: Decimal | None
    n: int | None
    mark: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    is_district_or_state: bool = False
    is_all_students: bool = False
    partitions: tuple[Partition, ...] = ()
    is_current: bool = False
    is_size_borrowed: bool = False
    n_low: int | None = None
    n_high: int | None = None
    distribution: Hashable = None
    order: tuple[Any, ...] = ()
    standing: Shown | None = None
    standing_version: str = VERSION
    past: tuple[Shown, ...] = ()
    settled: str = ""

    @property
    def is_absent(self) -> bool:
        """No number at all: never collected, or taken back."""
        return self.mark in ABSENT

    @property
    def act(self) -> tuple[Any, ...]:
        """The act of publishing that brought it: numbers of one act stand together."""
        return self.order[:2]

    @property
    def shown_before(self) -> tuple[Shown, ...]:
        """Everything that was ever shown of this vintage; who saved a page has it still."""
        earlier = (self.standing, *self.past)
        return tuple(shown for shown in earlier if shown is not None and not shown.reason)
