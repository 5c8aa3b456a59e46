"""The numbers behind a goal's chart, row by row: for the table beside it and the file to take away."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from indicators.labels import period_label
from indicators.models import Publication
from indicators.periods import Period
from indicators.provenance import place_of
from indicators.readings import Window
from indicators.status import compare
from indicators.trajectory import RANGE, is_after, planned_at
from indicators.units import band_text, number, rounded, signed_text
from strategy.cards import GoalCard
from strategy.happened import missing_of
from strategy.outlooks import range_text


@dataclass(frozen=True)
class Row:
    """One period: what came, what was planned, the gap (positive is better), and where the number stands."""

    period: Period
    label: str
    actual: str
    is_withheld: bool
    planned: str
    gap: str
    outlook: str
    known_on: date | None
    is_entered_later: bool
    source: str
    note: str
    place: str
    figures: tuple[Decimal | None, Decimal | None, Decimal | None] = (None, None, None)

    @property
    def cells(self) -> tuple[Decimal | str, ...]:
        """Actual, planned and gap for a file: numbers to count with, rounded as on the page, or why there is none."""
        texts = (self.actual, self.planned, self.gap)
        return tuple(text if figure is None else figure for figure, text in zip(self.figures, texts, strict=True))


REASONS = dict(Publication.Reason.choices)


def rows_of(card: GoalCard) -> list[Row]:
    """Every period with a reading, a planned value or a forecast, latest first."""
    points = {point.reading.period: point for point in card.points}
    planned = {point.period for point in card.path.points} if card.path else set()
    ahead = {_period(card, projection) for projection in card.forecast.points} if card.forecast else set()
    missing = {window.period: window for window in missing_of(card.windows, card.points, card.day)}
    periods = sorted(set(points) | planned | ahead | set(missing), key=lambda period: period.number, reverse=True)
    return [_row(card, period, points.get(period), missing.get(period)) for period in periods]


def _row(card: GoalCard, period: Period, point, missing: Window | None) -> Row:
    unit, path = card.unit, card.path
    plan = planned_at(path, period) if path else None
    parts = point.published if point else ()
    return Row(
        period=period,
        label=period_label(period),
        actual=_("No result") if missing else _actual(card, point),
        is_withheld=bool(missing or (point and point.reading.is_withheld)),
        planned=number(plan, unit.decimals) if plan is not None else "",
        gap=_gap(card, point),
        outlook=_outlook(card, period),
        known_on=point.reading.known_on if point else None,
        is_entered_later=any(part.is_entered_later for part in parts),
        source="; ".join(dict.fromkeys(part.source for part in parts if part.source)),
        note=missing.reason if missing else "; ".join(dict.fromkeys(part.note for part in parts if part.note)),
        place="; ".join(place_of(part) for part in parts),
        figures=_figures(card, point, plan),
    )


def _figures(card: GoalCard, point, plan) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    decimals = card.unit.decimals
    actual = rounded(point.reading.low, decimals) if point and point.reading.is_exact else None
    gap = _gap_of(card, point)
    return (
        actual,
        None if plan is None else rounded(plan, decimals),
        None if gap is None else rounded(gap, decimals),
    )


def _period(card: GoalCard, projection) -> Period:
    target = card.path.target.period
    return Period(target.calendar, target.kind, int(projection.x))


def _outlook(card: GoalCard, period: Period) -> str:
    """The range in which the result would land if nothing changes."""
    projection = card.forecast.at(period) if card.forecast else None
    return range_text(card, projection) if projection else ""


def _actual(card: GoalCard, point) -> str:
    if point is None:
        return ""
    reading = point.reading
    if reading.is_withheld:
        return str(REASONS.get(reading.withheld, _("Withheld")))
    if reading.is_exact:
        return number(reading.low, card.unit.decimals)
    return band_text(reading.low, reading.high, card.unit)


def _gap(card: GoalCard, point) -> str:
    gap = _gap_of(card, point)
    return "" if gap is None else signed_text(gap, card.unit)


def _gap_of(card: GoalCard, point) -> Fraction | None:
    """How far an exact reading after the baseline lies from its plan; a range has no single distance."""
    if point is None or card.path is None or not point.reading.is_exact or card.path.direction == RANGE:
        return None
    if not is_after(point.reading.period, card.path.baseline.period):
        return None
    return compare(card.path, point.reading.period, Fraction(point.reading.low)).gap
