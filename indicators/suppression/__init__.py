"""Which numbers about small groups may be shown, and how precisely (paper 3.5).

Pure: cells in, verdicts out. `decide_block` takes every cell of one indicator (or of all levels of a distribution)
and period, because what one cell hides, its neighbors can give away.
"""

from collections.abc import Hashable, Iterable

from indicators.suppression.bands import band, size_band
from indicators.suppression.cells import (
    GROUPS,
    HELD,
    KEPT,
    NOT_AVAILABLE,
    PROTECTS_ANOTHER,
    PUBLISHER,
    RELEASED,
    SCHOOLS,
    SMALL_GROUP,
    UNKNOWN_SIZE,
    VERSION,
    Cell,
    Partition,
    Rule,
    Shown,
)
from indicators.suppression.primary import follow_current, primary, withhold_thin_distributions
from indicators.suppression.releases import release
from indicators.suppression.sizes import with_known_sizes, with_sizes_that_sums_leave

__all__ = [
    "GROUPS",
    "HELD",
    "KEPT",
    "NOT_AVAILABLE",
    "PROTECTS_ANOTHER",
    "PUBLISHER",
    "RELEASED",
    "SCHOOLS",
    "SMALL_GROUP",
    "UNKNOWN_SIZE",
    "VERSION",
    "Cell",
    "Partition",
    "Rule",
    "Shown",
    "band",
    "decide_block",
    "primary",
    "size_band",
]


def decide_block(cells: Iterable[Cell], rule: Rule) -> dict[Hashable, Shown]:
    """Verdicts for all vintages of all cells of one block, by cell key."""
    cells = with_sizes_that_sums_leave(with_known_sizes(cells), rule)
    verdicts = {cell.key: primary(cell, rule) for cell in cells}
    if not rule.protects_people:
        return verdicts
    thin = withhold_thin_distributions(cells, rule, verdicts)
    follow_current(cells, verdicts)
    _keep_withheld(cells, verdicts)
    return release(cells, rule, verdicts, thin)


def _keep_withheld(cells: list[Cell], verdicts: dict[Hashable, Shown]) -> None:
    """What a steward decided to keep withheld stays so."""
    for cell in cells:
        if cell.settled == KEPT and not verdicts[cell.key].reason:
            verdicts[cell.key] = Shown(reason=HELD)
