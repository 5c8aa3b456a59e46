"""From a series' history to its drawings: the large chart over the years, and the small multiple."""

from datetime import date
from math import ceil

from django.utils.translation import gettext as _

from indicators.charts import multiples
from indicators.charts.plot import DayLine, Tick
from indicators.charts.trajectory import Comparison, TrajectoryChart
from indicators.labels import day_label, period_label
from indicators.periods import CLASS_OF, OCTOBER, YEAR, Period
from indicators.units import PERCENT
from strategy.axes import axis_title, place_of_day, span, tick_words
from strategy.drawings import actual_points
from strategy.happened import missing_sentence, notes_on
from strategy.histories import History, extent_text
from strategy.measures import Point, period_of

TICKS = 8
TIME_TITLES = {CLASS_OF: lambda: _("Graduating class"), OCTOBER: lambda: _("October of the year")}


def name_of_place(history: History) -> str:
    """Whom a series describes, in short and as authored."""
    return history.series.organization.short_name or history.series.organization.name


def chart_of(history: History, read, benchmarks: list[History] = ()) -> TrajectoryChart | None:
    """The large chart of a series: no path, no verdict, other series of the same indicator as thin lines."""
    if all(point.reading.is_withheld for point in history.points):
        return None
    indicator, unit = history.indicator, history.unit
    beside = [other for other in benchmarks if other.points]
    sides = tuple(Comparison(actual_points(other.points, unit), read(name_of_place(other))) for other in beside)
    return TrajectoryChart(
        title=_("%(finding)s: %(name)s") % {"finding": history.finding, "name": read(indicator.name)},
        description=description_of(history),
        axis_title=axis_title(indicator, read),
        ticks=ticks_of([*history.points, *(point for other in beside for point in other.points)], history.day),
        actuals=actual_points(history.points, unit),
        benchmarks=sides,
        day=DayLine(
            place_of_day(history.day, indicator.calendar, indicator.kind),
            _("Known on %(day)s") % {"day": day_label(history.day)},
            day_label(history.day),
        ),
        annotations=notes_on(history.points, history.notes, history.missing, read),
        actual_label=read(name_of_place(history)),
        time_title=TIME_TITLES.get(indicator.calendar, lambda: "")(),
        axis_title_short=read(indicator.short_name or indicator.name),
        starts_at=_("axis starts at {}"),
        unit_suffix="%" if unit.key == PERCENT else "",
        floor=None if indicator.natural_low is None else float(indicator.natural_low),
        ceiling=None if indicator.natural_high is None else float(indicator.natural_high),
        illustration=_("illustration") if indicator.is_illustration else "",
    )


def description_of(history: History) -> str:
    first, last = history.points[0].reading.period, history.points[-1].reading.period
    words = {"count": len(history.points), "first": period_label(first), "last": period_label(last)}
    return " ".join(filter(None, [f"{history.finding}.", extent_text(words), missing_sentence(history.missing)]))


def ticks_of(points: list[Point], day: date) -> tuple[Tick, ...]:
    """A tick for every period up to the day's own, so that the day's line stands on the axis."""
    periods = sorted({point.reading.period for point in points}, key=lambda period: period.number)
    first, last = periods[0], periods[-1]
    last = max(last, last.next(ceil(place_of_day(day, last.calendar, last.kind)) - last.number), key=lambda p: p.number)
    step = 1 if last.kind == YEAR else max(1, (last.number - first.number) // TICKS)
    return tuple(Tick(period.number, *axis_words(period)) for period in dict.fromkeys([*span(first, last, step), last]))


def axis_words(period: Period) -> tuple[str, str]:
    """A period on the axis; where every period is an October, the year says it."""
    if period.kind == YEAR and period.calendar == OCTOBER:
        return str(period.start.year), f"’{period.start.year % 100:02d}"
    return tick_words(period)


def ground_of(shown: list[History]) -> multiples.Ground | None:
    """One span of periods and of values for all these series."""
    points = [point for history in shown for point in history.points]
    levels = [
        float(v) for p in points if not p.reading.is_withheld for v in (p.reading.low, p.reading.high) if v is not None
    ]
    if not levels:
        return None
    numbers = [point.reading.period.number for point in points]
    name = lambda number: axis_words(period_of(shown[0].indicator, number))[0]  # noqa: E731
    return multiples.Ground(
        min(numbers), max(numbers), min(levels), max(levels), name(min(numbers)), name(max(numbers))
    )


def multiple_of(
    history: History, ground: multiples.Ground | None, prefix: str, beside: History | None, title: str
) -> str:
    """One small multiple, or nothing where the series has no reading."""
    if ground is None or not history.points:
        return ""
    drawing = multiples.Multiple(
        title=_("%(name)s: %(finding)s") % {"name": title, "finding": history.finding},
        description=description_of(history),
        own=actual_points(history.points, history.unit),
        beside=actual_points(beside.points, beside.unit) if beside else (),
        cuts=history.cuts,
    )
    return multiples.draw(drawing, ground, prefix)
