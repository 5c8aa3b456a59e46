"""How many people a number is about, where its own row does not say: what vintages and other groups tell of it."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from indicators.suppression.bands import half_a_place
from indicators.suppression.cells import GROUPS, PERCENT, Cell, Partition, Rule

MOST = 1000  # people, beyond which a fraction tells nothing of small groups


def with_known_sizes(cells: Iterable[Cell]) -> list[Cell]:
    """Silence about a group's size is no way around it: the smallest that another vintage states counts, unsaid."""
    cells = list(cells)
    known: dict[Hashable, int] = {}
    for cell in cells:
        if cell.n is not None:
            known[cell.place] = min(cell.n, known.get(cell.place, cell.n))
    return [
        replace(cell, n=known[cell.place], n_low=None, n_high=None, is_size_borrowed=True)
        if cell.n is None and cell.place in known
        else cell
        for cell in cells
    ]


def with_sizes_that_sums_leave(cells: list[Cell], rule: Rule) -> list[Cell]:
    """A group whose size its publisher hides is no larger than what the other groups leave of the whole.

    A school of 66 whose other groups are 60 shows that the rest are at most 6. Where two groups share 50 and one of
    them stands at 74.4%, that one has 39 people at least (29 of them), and the other 11 at most.
    """
    if not rule.is_masked_by_publisher:
        return cells  # a number without its size is withheld anyway
    least, most = _stated_sizes(cells)
    fewest = _fewest_by_place(cells, rule)
    left: dict[Hashable, int] = {}
    for partition, places in _parts(cells).items():
        remaining = most.get(partition.total, 0) - sum(least.get(place, 0) for place in places)
        unsaid = places - least.keys()
        room = remaining - sum(fewest[place] for place in unsaid)
        for place in unsaid if remaining > 0 else ():
            size = fewest[place] + room if room >= 0 else remaining  # counted otherwise: then fractions tell nothing
            left[place] = min(size, left.get(place, size))
    return [_at_most(cell, left[cell.place]) if cell.place in left else cell for cell in cells]


def _parts(cells: list[Cell]) -> dict[Partition, set[Hashable]]:
    found: dict[Partition, set[Hashable]] = defaultdict(set)
    for cell in cells:
        for partition in cell.partitions:
            if partition.kind == GROUPS and not cell.is_absent:
                found[partition].add(cell.place)
    return found


def _fewest_by_place(cells: list[Cell], rule: Rule) -> dict[Hashable, int]:
    """The fewest people of whom what is printed can be said, in any vintage."""
    found: dict[Hashable, int] = {}
    for cell in cells:
        is_fraction = cell.value is not None and rule.unit == PERCENT
        size = fewest_people(cell.value, half_a_place(cell.value, rule)) if is_fraction else 1
        found[cell.place] = min(size, found.get(cell.place, size))
    return found


@lru_cache(maxsize=20_000)
def fewest_people(percent: Decimal, half: Decimal) -> int:
    """The smallest group of which some are this percentage, rounded to within `half` of a point; 1 if none is found.

    >>> fewest_people(Decimal("74.4"), Decimal("0.05")), fewest_people(Decimal("45.5"), Decimal("0.05"))
    (39, 11)
    >>> fewest_people(Decimal(50), Decimal("0.05")), fewest_people(Decimal(75), Decimal("0.5"))
    (2, 4)
    """
    for size in range(1, MOST):
        some = (percent * size / 100).to_integral_value(ROUND_HALF_UP)
        if abs(some * 100 - percent * size) <= half * size:
            return size
    return 1


def _stated_sizes(cells: list[Cell]) -> tuple[dict[Hashable, int], dict[Hashable, int]]:
    """The smallest and the largest size that any vintage states, by place."""
    least: dict[Hashable, int] = {}
    most: dict[Hashable, int] = {}
    for cell in (cell for cell in cells if cell.n is not None):
        least[cell.place] = min(cell.n, least.get(cell.place, cell.n))
        most[cell.place] = max(cell.n, most.get(cell.place, cell.n))
    return least, most


def _at_most(cell: Cell, size: int) -> Cell:
    if cell.n_low is not None and cell.n_low > size:
        return cell  # counted otherwise: students in two groups, or a whole of another day
    return replace(cell, n_high=size if cell.n_high is None else min(size, cell.n_high))
