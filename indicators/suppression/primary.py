"""The verdict on a number by itself (paper 3.5, items 1 to 3): marks, unknown sizes, small groups, bands."""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from indicators.suppression.bands import banded, class_size, size_band, told
from indicators.suppression.cells import (
    BOUNDED,
    COUNT,
    NOT_AVAILABLE,
    PERCENT,
    PUBLISHER,
    SMALL_GROUP,
    SUPPRESSED,
    UNKNOWN_SIZE,
    Cell,
    Rule,
    Shown,
)

FEWEST_AT_A_LEVEL = 4  # a distribution with fewer people than this at any level is withheld whole


def primary(cell: Cell, rule: Rule) -> Shown:
    """The verdict on a cell by itself: marks, unknown sizes, small groups, then how precisely it is shown."""
    if cell.mark == SUPPRESSED:
        return Shown(reason=PUBLISHER)
    if cell.is_absent:
        return Shown(reason=NOT_AVAILABLE)
    if rule.protects_people and (reason := _small_or_unknown(cell, rule)):
        return Shown(reason=reason)
    low, high = (cell.low, cell.high) if cell.mark == BOUNDED else (cell.value, cell.value)
    size = class_size(cell, rule)
    if rule.protects_people and rule.unit == PERCENT:
        low, high = banded(low, high, size, cell.is_district_or_state)
    return Shown(low, high, *_size_told(cell, rule))


def _small_or_unknown(cell: Cell, rule: Rule) -> str:
    smallest, largest = possible_sizes(cell, rule)
    if largest is not None and largest < rule.minimum_n:
        return SMALL_GROUP
    if smallest is not None and smallest >= rule.minimum_n:
        return ""
    is_told_by_publisher = rule.is_masked_by_publisher or (cell.is_district_or_state and cell.is_all_students)
    return "" if is_told_by_publisher else UNKNOWN_SIZE


def possible_sizes(cell: Cell, rule: Rule) -> tuple[int | None, int | None]:
    """The smallest and the largest number of people that the cell may be about, as far as anything says so."""
    if rule.unit == COUNT and rule.protects_people:
        if cell.value is not None:
            return int(cell.value), int(cell.value)
        if cell.mark == BOUNDED:
            return int(cell.low or 0), None if cell.high is None else int(cell.high)
    if cell.n is not None:
        return cell.n, cell.n
    return cell.n_low, cell.n_high


def _size_told(cell: Cell, rule: Rule) -> tuple[int | None, int | None]:
    """The group size as the public reads it: exact, in a band, or unsaid."""
    smallest, largest = possible_sizes(cell, rule)
    if smallest is None or smallest != largest or (cell.is_size_borrowed and smallest == cell.n):
        return None, None
    return size_band(smallest, rule.minimum_n) if rule.protects_people else (smallest, smallest)


def withhold_thin_distributions(cells: list[Cell], rule: Rule, verdicts: dict[Hashable, Shown]) -> set[Hashable]:
    """Withhold every level of a distribution that has fewer than four people at one; the keys of the thin levels."""
    levels: dict[Hashable, list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.distribution is not None:
            levels[cell.distribution].append(cell)
    thin: set[Hashable] = set()
    for members in levels.values():
        found = {cell.key for cell in members if _is_thin(cell, rule)}
        days = {cell.order[:1] for cell in members if cell.key in found}
        is_thin_today = any(cell.is_current for cell in members if cell.key in found)
        for cell in members:
            if found and (is_thin_today or cell.order[:1] in days) and not verdicts[cell.key].reason:
                verdicts[cell.key] = Shown(reason=SMALL_GROUP)
        thin |= found
    return thin


def _is_thin(cell: Cell, rule: Rule) -> bool:
    """May there be fewer than four people at this level, as far as its printed figure tells?"""
    if cell.value is None:
        return False
    if rule.unit == COUNT:
        return cell.value < FEWEST_AT_A_LEVEL
    if cell.n is None or rule.unit != PERCENT:
        return False
    low, _high = told(Shown(cell.value, cell.value), replace(cell, is_district_or_state=True), rule)
    people = (low or Decimal(0)) * cell.n / 100
    return people.to_integral_value(ROUND_CEILING) < FEWEST_AT_A_LEVEL


def follow_current(cells: list[Cell], verdicts: dict[Hashable, Shown]) -> None:
    """What is withheld today to protect people is withheld for every earlier day, whatever was known then."""
    hidden = {
        cell.place: verdicts[cell.key]
        for cell in cells
        if cell.is_current and verdicts[cell.key].reason in (SMALL_GROUP, PUBLISHER)
    }
    for cell in cells:
        if cell.place in hidden and not verdicts[cell.key].reason:
            verdicts[cell.key] = hidden[cell.place]
