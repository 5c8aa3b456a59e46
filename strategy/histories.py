"""One series as a plan's pages show it: the finding, the drawing and the rows, only from what may be shown."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import ceil

from django.utils.translation import gettext as _

from indicators.charts import multiples
from indicators.charts.plot import DayLine, Tick
from indicators.charts.trajectory import Annotation as Note
from indicators.charts.trajectory import Comparison, TrajectoryChart
from indicators.labels import day_label, period_label, period_phrase
from indicators.models import Annotation, Indicator, Series
from indicators.periods import CLASS_OF, OCTOBER, YEAR, Period
from indicators.publishing import publishable
from indicators.units import COUNT, DOLLARS, PERCENT, Unit, band_text, difference_text, number, value_text
from strategy.drawings import actual_points, axis_title, place_of_day, span, tick_words
from strategy.measures import Point, period_of, points_of, unit_of
from strategy.tables import REASONS, place_of

TICKS = 8
TIME_TITLES = {CLASS_OF: lambda: _("Graduating class"), OCTOBER: lambda: _("October of the year")}


@dataclass
class History:
    """Every reading of one series that was known on the day, and what happened to the series."""

    series: Series
    day: date
    points: list[Point] = field(default_factory=list)
    notes: list[Annotation] = field(default_factory=list)

    @property
    def indicator(self) -> Indicator:
        return self.series.indicator

    @cached_property
    def unit(self) -> Unit:
        return unit_of(self.indicator)

    @property
    def is_level(self) -> bool:
        """Whether two places or groups of different size can be held against each other."""
        return self.unit.key not in (COUNT, DOLLARS)

    @property
    def breaks(self) -> list[Annotation]:
        return [note for note in self.notes if note.kind == Annotation.Kind.BREAK]

    @property
    def cuts(self) -> tuple[float, ...]:
        return tuple(note.period - 0.5 for note in self.breaks)

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None

    @property
    def before(self) -> Point | None:
        """The reading that the last one can be held against: exact, and on the same side of every break."""
        if not self.last or not self.last.reading.is_exact:
            return None
        here = self.last.reading.period.number
        start = max((note.period for note in self.breaks if note.period <= here), default=float("-inf"))
        earlier = [p for p in self.points[:-1] if p.reading.is_exact and p.reading.period.number >= start]
        return earlier[-1] if earlier else None

    @cached_property
    def finding(self) -> str:
        """The last reading and the way it moved, as a heading."""
        if not self.last:
            return _("No result is known on this day")
        words = {"value": shown_text(self.last, self.unit), "period": period_phrase(self.last.reading.period)}
        if self.last.reading.is_withheld:
            return _("The result for %(period)s is not shown") % words
        if not self.before:
            return _("%(value)s for %(period)s") % words
        change = self.last.reading.low - self.before.reading.low
        words |= {"change": difference_text(change, self.unit), "before": period_phrase(self.before.reading.period)}
        if not change:
            return _("%(value)s for %(period)s, the same as for %(before)s") % words
        if change > 0:
            return _("%(value)s for %(period)s, up %(change)s from %(before)s") % words
        return _("%(value)s for %(period)s, down %(change)s from %(before)s") % words

    def improved(self) -> bool | None:
        """Whether the last reading moved the right way; None where nothing can be said."""
        if not self.before or self.indicator.direction == Indicator.Direction.RANGE:
            return None
        change = self.last.reading.low - self.before.reading.low
        return change > 0 if self.indicator.direction == Indicator.Direction.HIGHER else change < 0

    def gap_to(self, other):
        """The last exact reading of both in the same period: (own, other's, difference), or None."""
        if other is None or not self.is_level or not self.last:
            return None
        theirs = other.at(self.last.reading.period.number)
        if not theirs or not (self.last.reading.is_exact and theirs.reading.is_exact):
            return None
        return self.last.reading.low, theirs.reading.low, self.last.reading.low - theirs.reading.low

    def at(self, number: int) -> Point | None:
        return next((point for point in self.points if point.reading.period.number == number), None)

    def gap_words(self, other, name: str) -> str:
        """Where the last reading lies beside another series, in a few words."""
        gap = self.gap_to(other)
        if gap is None:
            return ""
        words = {"difference": difference_text(gap[2], self.unit), "name": name}
        if not gap[2]:
            return _("Level with %(name)s") % words
        return (_("%(difference)s above %(name)s") if gap[2] > 0 else _("%(difference)s below %(name)s")) % words

    def rows(self, beside=None):
        """Every period, latest first, with what stands beside it."""
        return [row_of(point, self.unit, beside) for point in reversed(self.points)]


@dataclass(frozen=True)
class Row:
    """One number with where it came from."""

    label: str
    shown: str
    is_withheld: bool
    n: int | None
    beside: str
    known_on: date
    is_entered_later: bool
    source: str
    note: str
    place: str
    point: Point

    @property
    def size(self) -> str:
        """The published group size as a reader writes it."""
        return "" if self.n is None else number(self.n, 0)


def row_of(point: Point, unit: Unit, beside: History | None = None) -> Row:
    part = point.published[0]
    other = beside.at(point.reading.period.number) if beside else None
    return Row(
        label=period_label(point.reading.period),
        shown=shown_text(point, unit),
        is_withheld=point.reading.is_withheld,
        n=part.n,
        beside=shown_text(other, unit) if other else "",
        known_on=part.known_on,
        is_entered_later=part.is_entered_later,
        source=part.source,
        note=part.note,
        place=place_of(part),
        point=point,
    )


def shown_text(point: Point, unit: Unit) -> str:
    """A reading as it may be shown: a value, a band, or why there is none."""
    reading = point.reading
    if reading.is_withheld:
        return str(REASONS.get(reading.withheld, _("Withheld")))
    return value_text(reading.low, unit) if reading.is_exact else band_text(reading.low, reading.high, unit)


def histories(series: list[Series], day: date) -> dict[int, History]:
    """The histories of series (their indicators fetched with them), by series; two queries."""
    readings = publishable([one.pk for one in series], day)
    notes = defaultdict(list)
    for note in Annotation.objects.filter(indicator__in={one.indicator_id for one in series}, known_on__lte=day):
        notes[note.indicator_id].append(note)
    return {
        one.pk: History(
            one,
            day,
            points_of(one.indicator, readings.get(one.pk, []), None),
            [n for n in notes[one.indicator_id] if n.organization_id in (None, one.organization_id)],
        )
        for one in series
    }


def chart_of(history: History, read, benchmark: History | None = None, name: str = "") -> TrajectoryChart | None:
    """The large chart of a series: no path, no verdict, the other series as a thin line."""
    if all(point.reading.is_withheld for point in history.points):
        return None
    indicator, unit = history.indicator, history.unit
    sides = (Comparison(actual_points(benchmark.points, unit), name),) if benchmark and benchmark.points else ()
    return TrajectoryChart(
        title=_("%(finding)s: %(name)s") % {"finding": history.finding, "name": read(indicator.name)},
        description=description_of(history),
        axis_title=axis_title(indicator, read),
        ticks=ticks_of([*history.points, *(benchmark.points if sides else [])], history.day),
        actuals=actual_points(history.points, unit),
        benchmarks=sides,
        day=DayLine(
            place_of_day(history.day, indicator.calendar, indicator.kind),
            _("Known on %(day)s") % {"day": day_label(history.day)},
            day_label(history.day),
        ),
        annotations=tuple(
            Note(
                note.period - 0.5 if is_break else note.period,
                _("Series break") if is_break else _("See the notes"),
                is_break=is_break,
            )
            for note, is_break in _drawn(history)
        ),
        actual_label=read(history.series.organization.short_name or history.series.organization.name),
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
    return f"{history.finding}. {extent_text(words)}"


def extent_text(words: dict) -> str:
    """How many readings a series has, and over which periods."""
    if words["count"] == 1:
        return _("One reading, %(last)s.") % words
    return _("%(count)d readings from %(first)s to %(last)s.") % words


def _drawn(history: History):
    """Events and breaks that fall on the stretch of the readings; their words stand below the chart."""
    first, last = history.points[0].reading.period.number, history.points[-1].reading.period.number
    for note in history.notes:
        if note.kind != Annotation.Kind.REBASE and first <= note.period <= last:
            yield note, note.kind == Annotation.Kind.BREAK


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
