"""What waits for a data steward: late numbers, doubtful ones, names nobody knows, imports left open.

A fixed number of queries for any number of indicators, series and imports. Everything is as known on a day.
"""

from collections.abc import Container
from datetime import date

from indicators.models import CollectionWindow, ImportBatch, Organization
from indicators.quality.arrivals import (
    empty_section,
    forgotten_section,
    overdue_section,
    overdue_windows,
    staff_only_section,
)
from indicators.quality.doubts import held_section, open_section, suspicious_section, unknown_names_section
from indicators.quality.sections import Section
from indicators.quality.stock import stock_of


def quality_of(districts: list[Organization], day: date, *, definable: Container[int] = ()) -> list[Section]:
    """Every section that has something in it, the most urgent first."""
    stock = stock_of(districts, day)
    windows = list(CollectionWindow.objects.filter(indicator__in=stock.indicators).as_known_on(day))
    overdue = overdue_windows(stock, windows)
    batches = list(
        ImportBatch.objects.filter(district__in=districts).exclude(state=ImportBatch.State.DISCARDED).order_by("-pk")
    )
    sections = [
        overdue_section(stock, overdue),
        open_section(batches),
        held_section(districts),
        suspicious_section(districts),
        unknown_names_section(batches),
        forgotten_section(stock, windows, overdue),
        empty_section(stock),
        staff_only_section(stock, definable),
    ]
    return [section for section in sections if section.matters]
