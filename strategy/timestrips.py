"""Milestones beside each other on one stretch of time."""

from dataclasses import dataclass
from datetime import date

from indicators.charts.timeline import MilestoneRow, Span, draw_axis, draw_row
from strategy.frames import Frame
from strategy.timelines import MilestoneCard


@dataclass
class Strips:
    """Rows of (card, drawing) and the axis below them."""

    rows: list
    axis: str


def strips_of(cards: list[MilestoneCard], frame: Frame) -> Strips:
    """One strip a milestone over the years that they span."""
    if not cards:
        return Strips([], "")
    days = [day for card in cards for day in (card.first_due_on, card.done_on or card.due_on)] + [frame.day]
    first, last = min(days).year, max(days).year + 1
    ticks = tuple((float(date(year, 1, 1).toordinal()), str(year)) for year in range(first, last + 1))
    span = Span(ticks[0][0], ticks[-1][0], ticks, float(frame.day.toordinal()))
    rows = [
        (card, draw_row(MilestoneRow(_at(card.first_due_on), _at(card.done_on or card.due_on), card.word), span))
        for card in cards
    ]
    return Strips(rows, draw_axis(span))


def _at(day: date) -> float:
    return float(day.toordinal())
