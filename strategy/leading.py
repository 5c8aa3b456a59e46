"""Leading indicators on a day: the declared claim, its readings, and the run chart."""

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from indicators.charts import runs
from indicators.charts.plot import Tick
from indicators.labels import period_label
from indicators.models import Annotation
from indicators.periods import Period
from indicators.publishing import publishable
from indicators.units import PERCENT, value_text
from strategy.drawings import actual_points, axis_title, place_of_day
from strategy.measures import Point, points_of, unit_of
from strategy.models import LeadingIndicator, PdsaCycle

# Fewer points than this are a line and nothing more (paper 3.3).
LEAST_FOR_MEDIAN = 5


@dataclass
class LeadingCard:
    """One leading indicator on a day."""

    leading: LeadingIndicator
    day: date
    points: list[Point]
    rebases: list[Annotation]
    cycles: list[PdsaCycle]

    @property
    def indicator(self):
        return self.leading.series.indicator

    @property
    def unit(self):
        return unit_of(self.indicator)

    @property
    def shown(self) -> list[Point]:
        return [point for point in self.points if point.reading.is_exact]

    @property
    def is_frequent(self) -> bool:
        return self.indicator.kind in ("month", "week", "day")

    @property
    def finding(self) -> str:
        """What the last reading says against the median of its phase, without calling it a signal."""
        if not self.shown:
            return _("No reading yet")
        last = self.shown[-1].reading
        words = {"value": value_text(last.low, self.unit), "period": period_label(last.period)}
        values = [point.reading.low for point in self._phase()]
        if len(values) < LEAST_FOR_MEDIAN:
            return _("%(value)s, %(period)s: too few points for a median") % words
        words["median"] = value_text(median(values), self.unit)
        if last.low == median(values):
            return _("%(value)s, %(period)s: on the median") % words
        above = _("%(value)s, %(period)s: above the median of %(median)s")
        below = _("%(value)s, %(period)s: below the median of %(median)s")
        return (above if last.low > median(values) else below) % words

    def _phase(self) -> list[Point]:
        start = max((note.period for note in self.rebases), default=None)
        return [p for p in self.shown if start is None or p.reading.period.number >= start]

    @property
    def rows(self):
        """Readings for the data table, latest first."""
        return [
            (period_label(point.reading.period), value_text(point.reading.low, self.unit), point.sources)
            for point in reversed(self.shown)
        ]

    def draw(self, read, prefix: str) -> str:
        """The run chart in three widths; too few readings stand in the table alone."""
        if len(self.shown) < LEAST_FOR_MEDIAN:
            return ""
        chart = runs.RunChart(
            title=_("%(finding)s. %(name)s") % {"finding": self.finding, "name": read(self.indicator.name)},
            description=_("%(count)d readings from %(first)s to %(last)s.")
            % {
                "count": len(self.shown),
                "first": period_label(self.shown[0].reading.period),
                "last": period_label(self.shown[-1].reading.period),
            },
            axis_title=axis_title(self.indicator, read),
            points=actual_points(self.points, self.unit),
            ticks=_ticks(self.shown),
            phases=self._drawn_phases(),
            tests=tuple(self._tests(read)),
            last_label=value_text(self.shown[-1].reading.low, self.unit),
            starts_at=_("axis starts at {}"),
            unit_suffix="%" if self.unit.key == PERCENT else "",
            floor=None if self.indicator.natural_low is None else float(self.indicator.natural_low),
            ceiling=None if self.indicator.natural_high is None else float(self.indicator.natural_high),
            illustration=_("illustration") if self.indicator.is_illustration else "",
        )
        return runs.draw(chart, prefix)

    def _drawn_phases(self):
        if len(self.shown) < LEAST_FOR_MEDIAN:
            return ()
        starts = [self.shown[0].reading.period.number] + [note.period for note in self.rebases]
        return tuple(self._phase_from(start, later) for start, later in zip(starts, starts[1:] + [None], strict=True))

    def _phase_from(self, start, later):
        numbers = [(p.reading.period.number, p.reading.low) for p in self.shown]
        values = [float(v) for n, v in numbers if n >= start and (later is None or n < later)]
        middle = median(values) if values else None
        label = _("Median %(value)s") % {"value": value_text(round(middle, 6), self.unit)} if middle is not None else ""
        return runs.Phase(start, middle, label=label)

    def _tests(self, read):
        for cycle in self.cycles:
            if cycle.started_on and cycle.started_on <= self.day:
                place = place_of_day(cycle.started_on, self.indicator.calendar, self.indicator.kind)
                yield runs.Test(place, str(cycle.number), read(cycle.scale))


def _ticks(points: list[Point]) -> tuple[Tick, ...]:
    first, last = points[0].reading.period, points[-1].reading.period
    step = max(1, round((last.number - first.number) / 6))
    numbers = range(first.number, last.number + 1, step)
    return tuple(Tick(n, _short(Period(first.calendar, first.kind, n))) for n in numbers)


def _short(period: Period) -> str:
    """A month or week on the axis: Jan 2020."""
    if period.kind in ("month", "week", "day"):
        return _("%(month)s %(year)s") % {
            "month": str(MONTHS_3[period.start.month]).capitalize(),
            "year": f"{period.start.year}",
        }
    return period_label(period)


def leading_cards(leading, cycles: list[PdsaCycle], day: date) -> list[LeadingCard]:
    """Cards of leading indicators (a queryset) declared by the day; three queries for any number."""
    leading = list(
        leading.filter(declared_on__lte=day).select_related(
            "series__indicator", "series__organization", "goal", "tactic"
        )
    )
    readings = publishable([item.series_id for item in leading], day)
    rebases = list(
        Annotation.objects.filter(
            indicator__in=[item.series.indicator_id for item in leading],
            kind=Annotation.Kind.REBASE,
            known_on__lte=day,
        )
    )
    return [
        LeadingCard(
            item,
            day,
            points_of(item.series.indicator, readings.get(item.series_id, []), None),
            [note for note in rebases if note.indicator_id == item.series.indicator_id],
            [cycle for cycle in cycles if cycle.leading_indicator_id == item.pk],
        )
        for item in leading
    ]
