"""Leading indicators on a day: the declared claim, its readings, and the run chart."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from indicators.charts import runs
from indicators.charts.plot import Tick
from indicators.labels import period_label
from indicators.models import Annotation
from indicators.periods import YEAR, Period
from indicators.publishing import publishable
from indicators.runcharts import LEAST_FOR_MEDIAN
from indicators.units import PERCENT, value_text
from strategy.drawings import actual_points, axis_title, tick_words
from strategy.histories import extent_text
from strategy.measures import Point, points_of, unit_of
from strategy.models import LeadingIndicator, LeadingReview, PdsaCycle
from strategy.occasions import Happening, by_period, drawn, happenings
from strategy.timelines import MilestoneCard
from strategy.variation import (
    Stretch,
    drawn_phases,
    drawn_signals,
    finding_of,
    method_of,
    places_outside,
    stretches_of,
)


@dataclass
class LeadingCard:
    """One leading indicator on a day."""

    leading: LeadingIndicator
    day: date
    points: list[Point]
    notes: list[Annotation]
    cycles: list[PdsaCycle]
    milestones: list[MilestoneCard] = field(default_factory=list)

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
    def rebases(self) -> list[Annotation]:
        """Where a new phase begins: a person said so, or the series broke."""
        return [note for note in self.notes if note.kind != Annotation.Kind.EVENT and not is_taken_back(note, self.day)]

    @property
    def is_frequent(self) -> bool:
        return self.indicator.kind in ("month", "week", "day")

    @cached_property
    def stretches(self) -> list[Stretch]:
        """The phases of the series, the one in force last."""
        return stretches_of(self.indicator, self.shown, self.rebases)

    @property
    def finding(self) -> str:
        """What the readings of the phase in force say: a signal, ordinary variation, or too few to tell."""
        if not self.shown:
            return _("No reading yet")
        if not self.stretches[-1].points:
            last = self.shown[-1].reading
            words = {"value": value_text(last.low, self.unit), "period": period_label(last.period)}
            return _("%(value)s, %(period)s: no reading in the new phase yet") % words
        return finding_of(self.stretches[-1])

    @property
    def method(self) -> str:
        """How the finding was reached, with its numbers."""
        return method_of(self.stretches[-1], is_frequent=self.is_frequent) if self.shown else ""

    @property
    def phase_note(self) -> Annotation | None:
        """Why the phase in force began, if a person began it."""
        return self.stretches[-1].note

    def rows(self, read):
        """Readings for the data table, latest first: period, value, sources, and what happened in it."""
        inside = by_period(self.happenings(read), self.indicator)
        return [
            (
                period_label(point.reading.period),
                value_text(point.reading.low, self.unit),
                point.sources,
                inside.get(point.reading.period.number, []),
            )
            for point in reversed(self.shown)
        ]

    def happenings(self, read) -> list[Happening]:
        """What is marked on the run chart, with the legend's words."""
        return happenings(
            self.indicator,
            read,
            cycles=self.cycles,
            milestones=self.milestones,
            events=self.notes,
            points=self.shown,
            day=self.day,
        )

    def draw(self, read, prefix: str) -> str:
        """The run chart in three widths; too few readings stand in the table alone."""
        if len(self.shown) < LEAST_FOR_MEDIAN:
            return ""
        found = self.happenings(read)
        chart = runs.RunChart(
            title=_("%(finding)s. %(name)s") % {"finding": self.finding, "name": read(self.indicator.name)},
            description=" ".join([self._extent, self.method, *_told(found)]),
            axis_title=axis_title(self.indicator, read),
            points=actual_points(self.points, self.unit),
            ticks=_ticks(self.shown),
            phases=drawn_phases(self.stretches),
            signals=drawn_signals(self.stretches),
            outside=places_outside(self.stretches),
            occasions=drawn(found),
            last_label=value_text(self.shown[-1].reading.low, self.unit),
            starts_at=_("axis starts at {}"),
            unit_suffix="%" if self.unit.key == PERCENT else "",
            floor=None if self.indicator.natural_low is None else float(self.indicator.natural_low),
            ceiling=None if self.indicator.natural_high is None else float(self.indicator.natural_high),
            illustration=_("illustration") if self.indicator.is_illustration else "",
        )
        return runs.draw(chart, prefix)

    @property
    def _extent(self) -> str:
        first, last = self.shown[0].reading.period, self.shown[-1].reading.period
        return extent_text({"count": len(self.shown), "first": period_label(first), "last": period_label(last)})


def _told(found: list[Happening]) -> list[str]:
    """What is marked, for those who hear the chart."""
    marked = [one.sentence for one in found if one.is_drawn]
    return [_("Marked: %(list)s.") % {"list": "; ".join(marked)}] if marked else []


def _ticks(points: list[Point]) -> tuple[Tick, ...]:
    """Every year's name, of shorter periods about six, counted back from the last."""
    first, last = points[0].reading.period, points[-1].reading.period
    step = 1 if last.kind == YEAR else max(1, round((last.number - first.number) / 6))
    numbers = range(last.number, first.number - 1, -step)
    names = {tick_words(Period(last.calendar, last.kind, n)): n for n in numbers}  # weeks of one month share a name
    return tuple(Tick(n, *words) for words, n in reversed(names.items()))


def concerns(note: Annotation, series) -> bool:
    """A note without an organization is about all of them."""
    return note.indicator_id == series.indicator_id and note.organization_id in (None, series.organization_id)


def is_taken_back(note: Annotation, day: date) -> bool:
    """A rebase that a person has withdrawn by the day."""
    withdrawal = getattr(note, "withdrawal", None)
    return withdrawal is not None and withdrawal.known_on <= day


def leading_cards(
    leading, cycles: list[PdsaCycle], day: date, *, milestones=(), with_staff_only: bool = False
) -> list[LeadingCard]:
    """Cards of leading indicators (a queryset) that are in force on the day; four queries for all."""
    return cards_of(leading.in_force(day), cycles, day, milestones=milestones, with_staff_only=with_staff_only)


def _known_reviews(day: date) -> Prefetch:
    """Each declaration's reviews by the day, in order, as `known_reviews`."""
    known = LeadingReview.objects.filter(known_on__lte=day).select_related("author").order_by("number")
    return Prefetch("reviews", known, to_attr="known_reviews")


def cards_of(leading, cycles, day, *, milestones=(), with_staff_only=False) -> list[LeadingCard]:
    """Cards of these leading indicators as their readings stand on a day, ended ones too."""
    if not with_staff_only:
        leading = leading.filter(series__indicator__is_public=True)
    leading = list(
        leading.select_related(
            "series__indicator", "series__organization", "series__group", "goal", "tactic", "declared_by"
        ).prefetch_related(_known_reviews(day))
    )
    readings = publishable([item.series_id for item in leading], day, with_staff_only=with_staff_only)
    notes = list(
        Annotation.objects.filter(
            indicator__in=[item.series.indicator_id for item in leading], known_on__lte=day
        ).select_related("withdrawal__author", "author")
    )
    return [
        LeadingCard(
            item,
            day,
            points_of(item.series.indicator, readings.get(item.series_id, []), None),
            [note for note in notes if concerns(note, item.series)],
            [cycle for cycle in cycles if cycle.leading_indicator_id == item.pk],
            [card for card in milestones if card.milestone.goal_id == item.goal_id],
        )
        for item in leading
    ]
