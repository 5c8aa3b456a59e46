"""One series as a plan's pages show it: the finding, the drawing and the rows, only from what may be shown."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from indicators.labels import period_label, period_phrase
from indicators.models import Annotation, Indicator, Series
from indicators.provenance import SheetNames, place_of, sheet_names
from indicators.publishing import publishable
from indicators.readings import Window
from indicators.units import COUNT, DOLLARS, Unit, band_text, difference_text, number, value_text
from strategy.measures import Point, points_of, unit_of
from strategy.tables import REASONS


@dataclass
class History:
    """Every reading of one series that was known on the day, and what happened to the series."""

    series: Series
    day: date
    points: list[Point] = field(default_factory=list)
    notes: list[Annotation] = field(default_factory=list)
    sheets: SheetNames = field(default_factory=dict)
    missing: list[Window] = field(default_factory=list)  # periods for which nothing was collected

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

    def until(self, number: int) -> "History":
        """The same series as it stood with the readings up to a period."""
        return replace(self, points=[point for point in self.points if point.reading.period.number <= number])

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

    def rows(self, *beside: "History"):
        """Every period, latest first, with what stands beside it."""
        return [row_of(point, self, *beside) for point in reversed(self.points)]


@dataclass(frozen=True)
class Row:
    """One number with where it came from, and what other series have for the same period."""

    label: str
    shown: str
    is_withheld: bool
    n: int | str | None  # exact, or a band of sizes such as "16–39"
    beside: list[str]
    known_on: date
    is_entered_later: bool
    source: str
    note: str
    place: str
    point: Point

    @property
    def size(self) -> str:
        """The published group size as a reader writes it."""
        return number(self.n, 0) if isinstance(self.n, int) else self.n or ""


def row_of(point: Point, history: History, *beside: History) -> Row:
    part = point.published[0]
    others = [other.at(point.reading.period.number) for other in beside]
    return Row(
        label=period_label(point.reading.period),
        shown=shown_text(point, history.unit),
        is_withheld=point.reading.is_withheld,
        n=part.size,
        beside=[shown_text(other, history.unit) if other else "" for other in others],
        known_on=part.known_on,
        is_entered_later=part.is_entered_later,
        source=part.source,
        note=part.note,
        place=place_of(part, history.sheets),
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


def name_sheets(shown: list[History]) -> None:
    """Give histories the names of the sheets that their numbers came from; one query for all."""
    names = sheet_names(part for history in shown for point in history.points for part in point.published)
    for history in shown:
        history.sheets = names


def extent_text(words: dict) -> str:
    """How many readings a series has, and over which periods."""
    if words["count"] == 1:
        return _("One reading, %(last)s.") % words
    return _("%(count)d readings from %(first)s to %(last)s.") % words
