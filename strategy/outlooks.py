"""The outlook of a goal: where its next results would land if nothing changes, or how fast it goes, in words.

Only a goal's own page, figure and file ask for it, and the adoption of a path: it loads scipy. The rules are those of
`indicators.forecast`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from indicators import forecast as rule
from indicators import pace
from indicators.forecast import Forecast, Projection
from indicators.labels import period_phrase
from indicators.periods import Period
from indicators.trajectory import RANGE, planned_at
from indicators.units import POINTS, band_text, difference_text, number, rounded, value_text
from indicators.words import Word
from strategy.due_dates import number_word
from strategy.measures import period_of

if TYPE_CHECKING:
    from strategy.cards import GoalCard


def forecast_of(card: GoalCard) -> Forecast | None:
    """The pattern of the phase in force, carried on toward the target; None where nothing may be said."""
    if not _has_path_in_force(card):
        return None
    low, high = natural_limits(card)
    return rule.forecast(
        _readings(card), _ahead(card), natural_low=low, natural_high=high, breaks=_starts_of_phases(card)
    )


def obstacle_of(card: GoalCard) -> str:
    """Why a path in force has no forecast: the reason of the rule, or that the results lie across a break from it."""
    if not card.points:
        return rule.TOO_FEW
    if card.word == Word.NOT_COMPARABLE:
        return card.word.value
    return rule.obstacle(_readings(card), _ahead(card), breaks=_starts_of_phases(card))


def readings_in_force(card: GoalCard) -> int:
    """How many results the phase in force has."""
    start = max(_starts_of_phases(card), default=None)
    return sum(start is None or point.reading.period.number >= start for point in card.points)


def _has_path_in_force(card: GoalCard) -> bool:
    """A promise that is judged, by results that can be held against it."""
    return bool(card.path and card.current.kind == "path" and card.points and card.word != Word.NOT_COMPARABLE)


def _readings(card: GoalCard) -> list:
    """Periods and values; a band tells no value, so it counts as withheld."""
    readings = [point.reading for point in card.points]
    return [(reading.period, reading.low if reading.is_exact else None) for reading in readings]


def _ahead(card: GoalCard) -> list[Period]:
    """The periods after the last reading, to the target's."""
    last = max(point.reading.period.number for point in card.points)
    first, target = card.points[0].reading.period, card.path.target.period.number
    return [Period(first.calendar, first.kind, number) for number in range(last + 1, target + 1)]


def _starts_of_phases(card: GoalCard) -> list[int]:
    return [note.period for note in (*card.breaks, *card.rebases)]


def natural_limits(card: GoalCard):
    """What the measure cannot go beyond; a gap lies between the two extremes of its sides."""
    low, high = card.indicator.natural_low, card.indicator.natural_high
    if not card.promise.minus_id or low is None or high is None:
        return (None, None) if card.promise.minus_id else (low, high)
    return low - high, high - low


# In words


def sentence_of(card: GoalCard) -> str:
    """If the pattern continues, or how fast it goes where results are too few; empty where neither can be said."""
    if card.forecast:
        return _forecast_sentence(card, card.forecast.points[-1])
    if not _has_path_in_force(card) or not _ahead(card):
        return ""
    why = obstacle_of(card)
    if why == rule.WITHHELD:
        return _("There is no forecast: a result that it would rest on is withheld, or known only as a range.")
    return _pace_sentence(card) if why == rule.TOO_FEW else ""


def _forecast_sentence(card: GoalCard, projection: Projection) -> str:
    period = Period(card.path.target.period.calendar, card.path.target.period.kind, int(projection.x))
    words = {
        "count": number_word(card.forecast.n),
        "period": period_phrase(period),
        "planned": _planned_text(card, period),
        **_ends(card, projection),
    }
    if words["low"] == words["high"]:
        said = _("If the pattern of the last %(count)s results continues, %(period)s would land near %(low)s.")
    else:
        said = _(
            "If the pattern of the last %(count)s results continues, %(period)s would land between %(low)s and "
            "%(high)s about 8 times in 10."
        )
    needs = _("The plan needs %(planned)s.") if card.asks_for_gain else _("The plan says %(planned)s.")
    return f"{said % words} {needs % words}"


def _planned_text(card: GoalCard, period: Period) -> str:
    path = card.path
    if path.direction == RANGE and period.number >= path.target.period.number:
        return band_text(path.low, path.high, card.unit)
    return value_text(planned_at(path, period), card.unit, trim=True)


def _ends(card: GoalCard, projection: Projection) -> dict[str, str]:
    """Both ends in words; of a range in points the unit stands once, at its end."""
    ends = {name: value_text(Fraction(getattr(projection, name)), card.unit) for name in ("low", "high")}
    if card.unit.key == POINTS and ends["low"] != ends["high"]:
        ends["low"] = number(Fraction(projection.low), card.unit.decimals)
    return ends


def range_text(card: GoalCard, projection: Projection) -> str:
    """The range of a projection: 61% to 70%, or one value where both ends are written alike."""
    ends = _ends(card, projection)
    return ends["low"] if ends["low"] == ends["high"] else _("%(low)s to %(high)s") % ends


def _pace_sentence(card: GoalCard) -> str:
    if not card.asks_for_gain:
        return ""
    so_far, required = paces_of(card)
    if not so_far or not required:
        return ""
    words = {"so_far": pace_text(so_far, card), "required": required_text(required, card)}
    return _("Fewer than five results allow no forecast. Pace so far: %(so_far)s. Pace required: %(required)s.") % words


def paces_of(card: GoalCard) -> tuple[pace.Pace | None, pace.Pace | None]:
    """The pace so far, of the phase in force, and the pace required from now on; None for what cannot be said."""
    if not _has_path_in_force(card):
        return None, None
    readings = [point.reading for point in card.points]
    starts = [period_of(card.indicator, number).start for number in _starts_of_phases(card)]
    return (
        pace.pace_so_far(card.path, readings, day=card.day, breaks=starts),
        pace.pace_required(card.path, readings, day=card.day),
    )


def required_text(found: pace.Pace, card: GoalCard) -> str:
    """What each period must bring from now on."""
    return pace_text(found, card) if found.per_period > 0 else _("none, the target is reached")


def pace_text(found: pace.Pace, card: GoalCard) -> str:
    """A pace by the indicator's own period: 0.9 points a year."""
    if not rounded(found.per_period, card.unit.decimals + 3):
        return _("no change")
    words = {"difference": difference_text(found.per_period, card.unit)}
    is_wrong_way = found.per_period < 0
    if card.indicator.kind == "year":
        said = _("%(difference)s a year the wrong way") if is_wrong_way else _("%(difference)s a year")
    elif card.indicator.kind == "month":
        said = _("%(difference)s a month the wrong way") if is_wrong_way else _("%(difference)s a month")
    else:
        said = _("%(difference)s each period the wrong way") if is_wrong_way else _("%(difference)s each period")
    return said % words
