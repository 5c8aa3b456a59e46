"""How precisely a number about a group of a size is told, and what a reader can conclude from what is told."""

from decimal import ROUND_HALF_UP, Decimal

from indicators.suppression.cells import BOUNDED, COUNT, PERCENT, Cell, Rule, Shown

LARGE, EXACT_SIZE = 1000, 300
SIZE_EDGES = (40, 100, EXACT_SIZE)  # where the bands of values change; below 40 they must not tell 20 apart
ZERO, HALF, HUNDRED = Decimal(0), Decimal("0.5"), Decimal(100)


def band(value: Decimal, size: int | None, is_printed_by_publisher: bool = False) -> tuple[Decimal, Decimal]:
    """The band that stands for a percentage of a group of a size (paper 3.5, item 3), in percent.

    >>> band(Decimal("47.3"), 1200)
    (Decimal('47.3'), Decimal('47.3'))
    >>> band(Decimal("47.3"), 350)
    (Decimal('47'), Decimal('47'))
    >>> band(Decimal("47.3"), 25), band(Decimal("83"), 12)
    ((Decimal('40'), Decimal('49')), (Decimal('80'), Decimal('100')))
    >>> band(Decimal("99.6"), 5000)
    (Decimal('99'), Decimal('100'))
    """
    edge, step = _fineness(size, is_printed_by_publisher)
    value = value if step is None else value.quantize(Decimal(1), ROUND_HALF_UP)
    if value <= edge:
        return ZERO, edge
    if value >= 100 - edge:
        return 100 - edge, HUNDRED
    if step is None or step == 1:
        return value, value
    start = value // 10 * 10
    return max(start, edge + 1), min(start + 9, 100 - edge - 1)


def _fineness(size: int | None, is_printed_by_publisher: bool) -> tuple[Decimal, int | None]:
    """The edge (never nobody, never everybody) and the step in points; no step: as printed."""
    if size is None or size >= LARGE or is_printed_by_publisher:
        return Decimal(1), None
    if size >= 40:
        return Decimal(1 if size >= EXACT_SIZE else 2 if size >= 100 else 5), 1
    return Decimal(10 if size >= 20 else 20), 10


def size_band(size: int, minimum: int) -> tuple[int, int]:
    """A group size as it may be told: exact from 300 on, else the band of sizes whose values look alike.

    >>> size_band(350, 16), size_band(16, 16), size_band(39, 16), size_band(40, 16), size_band(299, 16)
    ((350, 350), (16, 39), (16, 39), (40, 99), (100, 299))
    """
    if size >= EXACT_SIZE:
        return size, size
    above = next(edge for edge in SIZE_EDGES if size < edge)
    below = max([edge for edge in SIZE_EDGES if edge <= size], default=minimum)
    return max(below, min(minimum, size)), above - 1


def banded(
    low: Decimal | None, high: Decimal | None, size: int | None, is_printed_by_publisher: bool
) -> tuple[Decimal, Decimal]:
    """Bounds of a percentage of people, as coarse as the group is small."""
    bottom = band(low, size, is_printed_by_publisher)[0] if low is not None else ZERO
    top = band(high, size, is_printed_by_publisher)[1] if high is not None else HUNDRED
    return bottom, top


def class_size(cell: Cell, rule: Rule) -> int | None:
    """The group size by which a value is banded; a marked size counts as the smallest that the mark allows."""
    if rule.unit == COUNT and rule.protects_people and cell.value is not None:
        return int(cell.value)
    if cell.n is not None:
        return cell.n
    if cell.n_low is None and cell.n_high is None:
        return None
    return cell.n_low if cell.n_low is not None else min(rule.minimum_n, cell.n_high or 0)


def limits(rule: Rule) -> tuple[Decimal | None, Decimal | None]:
    """The ends of the scale, in the indicator's unit; a percentage and a count have theirs by nature."""
    low, high = rule.natural_low, rule.natural_high
    if rule.unit == PERCENT:
        return low if low is not None else ZERO, high if high is not None else HUNDRED
    return (max(low or ZERO, ZERO), high) if rule.unit == COUNT else (low, high)


def told(shown: Shown, cell: Cell, rule: Rule) -> tuple[Decimal | None, Decimal | None]:
    """The values that a reader who knows the rules and the group's size must think possible; None: no bound.

    Rounding is part of it: a whole percent stands for half a point on either side, a printed figure for half its last
    place. The edges (0 to 1, 99 to 100) of printed figures are not rounded.
    """
    low, high = shown.low, shown.high
    bottom, top = limits(rule)
    if rule.unit == COUNT:
        slack = ZERO
    elif _is_rounded(cell, rule):
        slack = HALF + half_a_place(None, rule)
    else:
        slack = half_a_place(low if low == high else None, rule) if cell.mark != BOUNDED else ZERO
    low = bottom if low is None else low - slack
    high = top if high is None else high + slack
    return (
        low if bottom is None or low is None else max(low, bottom),
        high if top is None or high is None else min(high, top),
    )


def _is_rounded(cell: Cell, rule: Rule) -> bool:
    if rule.unit != PERCENT or not rule.protects_people:
        return False
    return _fineness(class_size(cell, rule), cell.is_district_or_state)[1] is not None


def half_a_place(value: Decimal | None, rule: Rule) -> Decimal:
    """Half of the last printed place; trailing zeros are lost in storage, so the indicator's decimals count too."""
    exponent = value.normalize().as_tuple().exponent if value is not None else 0
    places = max(rule.decimals, -exponent if isinstance(exponent, int) else 0)
    return HALF.scaleb(-places)
