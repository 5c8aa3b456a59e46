"""What the numbers say of a promise on a day, worked out once: the same numbers say the same on every page.

Everything here follows from its arguments alone, so a process remembers it. It holds nothing that people may edit
(no names, no authored texts), and nothing that has not passed through `publishable` for the reader who asks.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import get_language

from indicators.models import Indicator
from indicators.publishing import PublishedReading
from indicators.status import State, Verdict, Window, judge
from indicators.trajectory import Path, Waypoint, default_tolerance, nearest_within
from indicators.units import Unit
from strategy.measures import Point, period_of, points_of
from strategy.models import GoalRevision

REMEMBERED = 1024  # about 10 kB each

Readings = tuple[PublishedReading, ...]

STATES = {
    GoalRevision.Kind.PATH: State.ADOPTED,
    GoalRevision.Kind.AWAITING: State.AWAITING_BASELINE,
    GoalRevision.Kind.WITHDRAWN: State.WITHDRAWN,
}


class Scale(NamedTuple):
    """What of an indicator its readings need to become points in time."""

    calendar: str
    kind: str
    natural_low: Decimal | None
    natural_high: Decimal | None

    @classmethod
    def of(cls, indicator: Indicator) -> "Scale":
        return cls(indicator.calendar, indicator.kind, indicator.natural_low, indicator.natural_high)


class Terms(NamedTuple):
    """The numbers of a promise from which its path is drawn, with what its indicator adds."""

    calendar: str
    kind: str
    direction: str
    decimals: int
    interpolation: str
    tolerance: Decimal | None
    baseline: tuple[int, Decimal]
    target: tuple[int, Decimal | None]
    waypoints: tuple[tuple[int, str], ...]
    low: Decimal | None
    high: Decimal | None

    @classmethod
    def of(cls, revision: GoalRevision, indicator: Indicator) -> "Terms":
        return cls(
            indicator.calendar,
            indicator.kind,
            # A gap between two series is better the smaller it is.
            Indicator.Direction.LOWER if revision.minus_id else indicator.direction,
            indicator.decimals,
            revision.interpolation,
            revision.tolerance,
            (revision.baseline_period, revision.baseline_value),
            (revision.target_period, revision.target_value),
            tuple((number, value) for number, value in revision.waypoints),
            revision.target_low,
            revision.target_high,
        )


@dataclass(frozen=True, eq=False)
class Standing:
    """The points of a measure, the path they are held against, and the verdict, with what was made of them before."""

    path: Path | None
    points: list[Point]
    windows: tuple[Window, ...]
    verdict: Verdict
    _made: dict = field(default_factory=dict)

    def said(self, words: Callable[[Verdict, Unit], str], unit: Unit) -> str:
        """What a function of verdict and unit says in the reader's language."""
        return self.once((words, unit), lambda: words(self.verdict, unit))

    def once(self, key: tuple, make: Callable[[], str]) -> str:
        """A text in the reader's language that follows from the standing and `key` alone: made once."""
        key = (*key, get_language())
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]


@lru_cache(maxsize=REMEMBERED)
def standing_of(
    scale: Scale | None,
    terms: Terms | None,
    state: State,
    day: date,
    readings: Readings,
    minus: Readings | None,
    windows: tuple[Window, ...],
    breaks: tuple[date, ...],
) -> Standing:
    """How a promise stands: `terms` draw its path, which is judged only in the state *adopted*."""
    path = path_by(terms) if terms else None
    points = points_of(scale, readings, minus) if scale else []
    verdict = judge(
        path if state == State.ADOPTED else None,
        [point.reading for point in points],
        day=day,
        windows=windows,
        breaks=breaks,
        state=state,
    )
    return Standing(path, points, windows, verdict)


def path_of(revision: GoalRevision) -> Path:
    """The planned path of an adopted revision, with the indicator's own direction and default tolerance."""
    return path_by(Terms.of(revision, revision.measure.indicator))


def path_by(terms: Terms) -> Path:
    """The path that is drawn by these terms; one to a range ends at the value of the range that is nearest."""
    at = lambda number, value: Waypoint(period_of(terms, int(number)), _plain(Decimal(value)))  # noqa: E731
    is_range = terms.direction == Indicator.Direction.RANGE
    period, target = terms.target
    if target is None:
        target = nearest_within(terms.baseline[1], terms.low, terms.high)
    return Path(
        baseline=at(*terms.baseline),
        target=at(period, target),
        waypoints=tuple(at(number, value) for number, value in terms.waypoints),
        interpolation=terms.interpolation,
        tolerance=default_tolerance(terms.decimals) if terms.tolerance is None else _plain(terms.tolerance),
        direction=terms.direction,
        low=_plain(terms.low) if is_range else None,
        high=_plain(terms.high) if is_range else None,
    )


def _plain(value: Decimal) -> Decimal:
    """The same number without the zeros of its column: paths that are equal are printed alike, 85.3 and not 85.300000.

    >>> str(_plain(Decimal("85.300000"))), str(_plain(Decimal("50")))
    ('85.3', '50')
    """
    return Decimal(format(value.normalize(), "f"))
