"""Which numbers about small groups may be shown, and how precisely (paper 3.5; the coarse first version).

Pure: cells in, verdicts out. `decide_block` takes every cell of one indicator and period, because what one cell
hides, its neighbors can give away.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

VERSION = "1"

SMALL_GROUP = "small_group"
UNKNOWN_SIZE = "unknown_size"
PROTECTS_ANOTHER = "protects_another"
PUBLISHER = "publisher"
NOT_AVAILABLE = "not_available"

PEOPLE = frozenset({"students", "staff", "families"})


@dataclass(frozen=True)
class Rule:
    """What the indicator says about its numbers: whom they count, in which unit, and the smallest group shown."""

    counts: str
    unit: str
    minimum_n: int
    is_masked_by_publisher: bool = False
    natural_low: Decimal | None = None
    natural_high: Decimal | None = None

    @property
    def protects_people(self) -> bool:
        return self.counts in PEOPLE


@dataclass(frozen=True)
class Cell:
    """One vintage of one number; `partitions` names the totals that it helps to make up; one vintage is current."""

    key: Hashable
    place: Hashable
    value: Decimal | None
    n: int | None
    mark: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    is_district_or_state: bool = False
    is_all_students: bool = False
    partitions: tuple[Hashable, ...] = ()
    is_current: bool = False
    is_size_borrowed: bool = False


@dataclass(frozen=True)
class Shown:
    """What may be shown: bounds (equal for an exact value) and group size, or the reason for showing nothing."""

    low: Decimal | None = None
    high: Decimal | None = None
    n: int | None = None
    reason: str = ""


def decide_block(cells: Iterable[Cell], rule: Rule) -> dict[Hashable, Shown]:
    """Verdicts for all vintages of all cells of one indicator and period, by cell key."""
    cells = _with_known_sizes(cells)
    verdicts = {cell.key: primary(cell, rule) for cell in cells}
    _follow_current(cells, verdicts)
    if rule.protects_people:
        for place in _complementary(cells, verdicts):
            for cell in cells:
                if cell.place == place and not verdicts[cell.key].reason:
                    verdicts[cell.key] = Shown(reason=PROTECTS_ANOTHER)
    return verdicts


def _with_known_sizes(cells: Iterable[Cell]) -> list[Cell]:
    """Silence about a group's size is no way around it: the smallest that another vintage states counts, unsaid."""
    cells = list(cells)
    known: dict[Hashable, int] = {}
    for cell in cells:
        if cell.n is not None:
            known[cell.place] = min(cell.n, known.get(cell.place, cell.n))
    return [
        replace(cell, n=known[cell.place], is_size_borrowed=True) if cell.n is None and cell.place in known else cell
        for cell in cells
    ]


def _follow_current(cells: list[Cell], verdicts: dict[Hashable, Shown]) -> None:
    """What is withheld today to protect people is withheld for every earlier day, whatever was known then."""
    hidden = {
        cell.place: verdicts[cell.key]
        for cell in cells
        if cell.is_current and verdicts[cell.key].reason in (SMALL_GROUP, PUBLISHER)
    }
    for cell in cells:
        if cell.place in hidden and not verdicts[cell.key].reason:
            verdicts[cell.key] = hidden[cell.place]


def primary(cell: Cell, rule: Rule) -> Shown:
    """The verdict on a cell by itself: marks, unknown sizes, small groups, then how precisely it is shown."""
    if cell.mark == "suppressed":
        return Shown(reason=PUBLISHER)
    if cell.mark in ("not_available", "tombstone"):
        return Shown(reason=NOT_AVAILABLE)
    size = _group_size(cell, rule)
    if rule.protects_people:
        if size is None and not (rule.is_masked_by_publisher or (cell.is_district_or_state and cell.is_all_students)):
            return Shown(reason=UNKNOWN_SIZE)
        if size is not None and size < rule.minimum_n:
            return Shown(reason=SMALL_GROUP)
    low, high = (cell.low, cell.high) if cell.mark == "bounded" else (cell.value, cell.value)
    if rule.protects_people and rule.unit == "percent":
        low, high = _banded(low, high, size, cell.is_district_or_state)
    is_told = size is not None and not (cell.is_size_borrowed and size == cell.n)
    n = size if is_told and (size >= 300 or not rule.protects_people) else None
    return Shown(low=low, high=high, n=n)


def _group_size(cell: Cell, rule: Rule) -> int | None:
    if rule.unit == "count" and rule.protects_people and cell.value is not None:
        return int(cell.value)
    return cell.n


def _banded(
    low: Decimal | None, high: Decimal | None, size: int | None, is_printed_by_publisher: bool
) -> tuple[Decimal | None, Decimal | None]:
    """A percentage of people, as coarse as its group is small; the edges never say nobody or everybody."""
    bottom, top = band(low, size, is_printed_by_publisher) if low is not None else (Decimal(0), None)
    if high is None:
        return bottom, Decimal(100)
    return bottom, band(high, size, is_printed_by_publisher)[1]


def band(value: Decimal, size: int | None, is_printed_by_publisher: bool = False) -> tuple[Decimal, Decimal]:
    """The band that stands for a percentage of a group of a size.

    >>> band(Decimal("47.3"), 1200)
    (Decimal('47.3'), Decimal('47.3'))
    >>> band(Decimal("47.3"), 350)
    (Decimal('47'), Decimal('47'))
    >>> band(Decimal("47.3"), 25), band(Decimal("83"), 12)
    ((Decimal('40'), Decimal('49')), (Decimal('80'), Decimal('100')))
    >>> band(Decimal("99.6"), 5000)
    (Decimal('99'), Decimal('100'))
    """
    if size is None or size >= 1000 or is_printed_by_publisher:
        edge, step = Decimal(1), None
    elif size >= 40:
        edge, step = Decimal(1 if size >= 300 else 2 if size >= 100 else 5), Decimal(1)
    else:
        edge, step = Decimal(10 if size >= 20 else 20), Decimal(10)
    value = value if step is None else value.quantize(Decimal(1), ROUND_HALF_UP)
    if value <= edge:
        return Decimal(0), edge
    if value >= 100 - edge:
        return 100 - edge, Decimal(100)
    if step is None or step == 1:
        return value, value
    start = value // 10 * 10
    return max(start, edge + 1), min(start + 9, 100 - edge - 1)


def _complementary(cells: list[Cell], verdicts: dict[Hashable, Shown]) -> set[Hashable]:
    """Places to withhold so that no total gives away its only hidden part; one pass hides, the next looks again."""
    hidden = {c.place for c in cells if verdicts[c.key].reason in (SMALL_GROUP, UNKNOWN_SIZE, PUBLISHER)}
    protected = {c.place for c in cells if verdicts[c.key].reason in (SMALL_GROUP, PUBLISHER)}
    available = {c.place for c in cells if not verdicts[c.key].reason}
    sizes: dict[Hashable, int] = {}
    members: dict[Hashable, set[Hashable]] = defaultdict(set)
    for cell in cells:
        sizes[cell.place] = min(sizes.get(cell.place, 10**9), cell.n if cell.n is not None else 10**9)
        for partition in cell.partitions:
            members[partition].add(cell.place)
    extra: set[Hashable] = set()
    while True:
        added = set()
        for places in members.values():
            alone = places & (hidden | extra)
            if len(alone) == 1 and alone <= protected | extra:
                candidates = sorted((places & available) - extra, key=lambda place: (sizes[place], str(place)))
                added.update(candidates[:1])
        if not added:
            return extra
        extra |= added
