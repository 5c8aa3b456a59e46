"""A leading indicator's readings, phase by phase: signal or ordinary variation, in words and for the run chart.

The rules are those of `indicators.runcharts`. A phase begins where a person rebased, or where the series broke. The
finding speaks of the phase in force; earlier phases are drawn with their own medians, limits and signals. Words say
that something changed, never why.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import runcharts
from indicators.charts import runs
from indicators.labels import period_label, period_phrase
from indicators.models import Annotation, Indicator
from indicators.units import Unit, rounded, value_text
from strategy.due_dates import number_word
from strategy.measures import Point, unit_of


@dataclass(frozen=True)
class Stretch:
    """One phase of an indicator: the exact readings in it, and the note with which it began."""

    indicator: Indicator
    points: tuple[Point, ...]
    note: Annotation | None = None

    @property
    def unit(self) -> Unit:
        return unit_of(self.indicator)

    @cached_property
    def phase(self) -> runcharts.Phase:
        return runcharts.phase(self._values)

    @cached_property
    def limits(self) -> runcharts.Limits | None:
        """None too where the only moves among the first twelve are steps: dropped, they leave limits of no width."""
        limits = runcharts.xmr(self._values)
        return None if limits and limits.dropped and not limits.mean_range else limits

    @property
    def _values(self):
        return [point.reading.low for point in self.points]

    @property
    def outside(self) -> list[Point]:
        return [self.points[place] for place in self.limits.outside] if self.limits else []

    @property
    def last_useful(self) -> int:
        """The place of the last reading off the median."""
        return max((at for at, value in enumerate(self._values) if value != self.phase.median), default=-1)

    def drawn_limit(self, level: Fraction) -> str:
        """A limit as it is drawn: within what the unit allows, though it is tested as computed."""
        low, high = self.indicator.natural_low, self.indicator.natural_high
        level = max(level, Fraction(low)) if low is not None else level
        return level_text(min(level, Fraction(high)) if high is not None else level, self.unit)


def stretches_of(indicator: Indicator, points: Iterable[Point], notes: Iterable[Annotation]) -> list[Stretch]:
    """The phases in order of time, the one in force last; a note before the first reading begins nothing new."""
    begun = {note.period: note for note in notes}
    phases = runcharts.split(((point.reading.period.number, point) for point in points), begun)
    later = sorted(begun)[len(begun) - len(phases) + 1 :]  # the first phase was begun by nobody
    return [
        Stretch(indicator, tuple(point for _number, point in rows), begun.get(start))
        for start, rows in zip([None, *later], phases, strict=True)
    ]


def level_text(level: Fraction, unit: Unit) -> str:
    """A median or limit, with one decimal more than a reading where it needs it: else a reading just beyond it
    would be written like it."""
    finer = rounded(level, unit.decimals) != level
    return value_text(level, replace(unit, decimals=unit.decimals + 1) if finer else unit)


# The finding, one line


def finding_of(stretch: Stretch) -> str:
    """What the phase says, in a line: a signal, ordinary variation, or too few points to tell."""
    phase = stretch.phase
    if phase.is_tested:
        return _signal(stretch) or _("No signal: ordinary variation around the median of %(median)s") % _median(stretch)
    last = stretch.points[-1].reading
    words = {"value": value_text(last.low, stretch.unit), "period": period_label(last.period)}
    if phase.median is None:
        return _("%(value)s, %(period)s: too few points for a median") % words
    return _("%(value)s, %(period)s, median %(median)s: too few points for a signal") % (words | _median(stretch))


def _signal(stretch: Stretch) -> str:
    """The signal that is named: the latest long run, else points outside, else few crossings."""
    if stretch.phase.has_long_run:
        return _long_run(stretch)
    if stretch.outside:
        return _outside(stretch)
    return _few_crossings(stretch) if stretch.phase.has_few_crossings else ""


def _long_run(stretch: Stretch) -> str:
    run = stretch.phase.long_runs[-1]
    words = {"count": capfirst(number_word(run.length)), **_median(stretch)}
    if run.end == stretch.last_useful:
        above = _("%(count)s in a row above the median of %(median)s: a signal")
        below = _("%(count)s in a row below the median of %(median)s: a signal")
    else:
        words["period"] = period_phrase(stretch.points[run.end].reading.period)
        above = _("%(count)s in a row above the median of %(median)s, up to %(period)s: a signal")
        below = _("%(count)s in a row below the median of %(median)s, up to %(period)s: a signal")
    return (above if run.side > 0 else below) % words


def _outside(stretch: Stretch) -> str:
    count = len(stretch.outside)
    words = {"count": capfirst(number_word(count)), "period": period_phrase(stretch.outside[-1].reading.period)}
    return (
        ngettext(
            "One point outside the limits, for %(period)s: a signal",
            "%(count)s points outside the limits, the latest for %(period)s: a signal",
            count,
        )
        % words
    )


def _few_crossings(stretch: Stretch) -> str:
    count = stretch.phase.crossings
    if not count:
        return _("No crossing of the median of %(median)s: a signal") % _median(stretch)
    words = {"count": number_word(count), **_median(stretch)}
    return (
        ngettext(
            "Only one crossing of the median of %(median)s: a signal",
            "Only %(count)s crossings of the median of %(median)s: a signal",
            count,
        )
        % words
    )


def _median(stretch: Stretch) -> dict[str, str]:
    return {"median": level_text(stretch.phase.median, stretch.unit)}


# How it was found, with the numbers


def method_of(stretch: Stretch, *, is_frequent: bool) -> str:
    """How the finding was reached: readings, runs, crossings and limits, and what of it would be a signal."""
    return " ".join(_sentences(stretch, is_frequent))


def _sentences(stretch: Stretch, is_frequent: bool) -> Iterator[str]:
    phase, counts = stretch.phase, {"n": stretch.phase.n, "useful": stretch.phase.useful}
    if not phase.is_tested:
        yield _too_few(stretch, is_frequent)
        return
    if stretch.note:
        counts["period"] = period_phrase(stretch.points[0].reading.period)
        yield _("%(n)d readings since a new phase began with %(period)s, %(useful)d of them off the median.") % counts
    else:
        yield _("%(n)d readings, %(useful)d of them off the median.") % counts
    if phase.longest_allowed is not None:
        yield _("Longest run on one side: %(longest)d; more than %(allowed)d is a signal.") % {
            "longest": phase.longest_run,
            "allowed": phase.longest_allowed,
        }
        yield _("Crossings of the median: %(crossings)d; fewer than %(least)d is a signal.") % {
            "crossings": phase.crossings,
            "least": phase.least_crossings,
        }
    yield from _limit_sentences(stretch)


def _too_few(stretch: Stretch, is_frequent: bool) -> str:
    if not is_frequent:
        return _("Yearly and quarterly readings come too seldom for a signal: it takes ten in one phase.")
    return _("It takes five readings in one phase for a median and ten for a signal; here are %(n)d.") % {
        "n": stretch.phase.n
    }


def _limit_sentences(stretch: Stretch) -> Iterator[str]:
    if stretch.limits is None:
        is_short = stretch.phase.n < runcharts.LEAST_FOR_LIMITS
        stepped = _("The first twelve readings move too seldom for limits.")
        yield _("Limits need twelve readings.") if is_short else stepped
        return
    ends = {key: stretch.drawn_limit(getattr(stretch.limits, key)) for key in ("lower", "upper")}
    yield _("Limits %(lower)s and %(upper)s, set from the first twelve readings.") % ends
    if stretch.outside:
        yield _("Points outside the limits, ringed: %(count)d; a single one is a signal.") % {
            "count": len(stretch.outside)
        }
    else:
        yield _("No point lies outside them.")


# For the drawing


def drawn_phases(stretches: Iterable[Stretch]) -> tuple[runs.Phase, ...]:
    """Median and limits of every phase that has a reading."""
    return tuple(_drawn(stretch) for stretch in stretches if stretch.points)


def _drawn(stretch: Stretch) -> runs.Phase:
    phase, limits = stretch.phase, stretch.limits
    start = stretch.note.period if stretch.note else stretch.points[0].reading.period.number
    named = {"note": _start_words(stretch.note)} if stretch.note else {}
    if phase.median is not None:
        named["label"] = _("Median %(value)s") % {"value": level_text(phase.median, stretch.unit)}
    if limits:
        named["lower_label"] = _("Lower limit %(value)s") % {"value": stretch.drawn_limit(limits.lower)}
        named["upper_label"] = _("Upper limit %(value)s") % {"value": stretch.drawn_limit(limits.upper)}
        named |= {"lower": float(limits.lower), "upper": float(limits.upper)}
    return runs.Phase(start, None if phase.median is None else float(phase.median), **named)


def _start_words(note: Annotation) -> str:
    return _("Series break") if note.kind == Annotation.Kind.BREAK else _("New phase")


def drawn_signals(stretches: Iterable[Stretch]) -> tuple[runs.Signal, ...]:
    """A band behind every long run; behind a whole phase whose line crosses its median too seldom."""
    return tuple(signal for stretch in stretches for signal in _signals(stretch))


def _signals(stretch: Stretch) -> Iterator[runs.Signal]:
    numbers = [point.reading.period.number for point in stretch.points]
    for run in stretch.phase.long_runs:
        above = _("%(count)s in a row above the median: a signal")
        below = _("%(count)s in a row below the median: a signal")
        caption = (above if run.side > 0 else below) % {"count": capfirst(number_word(run.length))}
        yield runs.Signal(
            numbers[run.start], numbers[run.end], caption, _("%(count)d in a row") % {"count": run.length}
        )
    if stretch.phase.has_few_crossings and not stretch.phase.long_runs:
        crossings = _("Crossings: %(count)d") % {"count": stretch.phase.crossings}
        yield runs.Signal(numbers[0], numbers[-1], _few_crossings(stretch), crossings)


def places_outside(stretches: Iterable[Stretch]) -> tuple[int, ...]:
    return tuple(point.reading.period.number for stretch in stretches for point in stretch.outside)
