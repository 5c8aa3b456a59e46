"""The periods that a leader may choose from: of the measure's own calendar, as far back as results go."""

from math import floor

from indicators.labels import period_label
from indicators.periods import MONTH, QUARTER, SEMESTER, WEEK, YEAR
from strategy.cards import GoalCard
from strategy.drawings import place_of_day
from strategy.measures import period_of
from strategy.models import GoalRevision

# How many periods lie before the day, and how many after it, by kind.
BACK = {YEAR: 12, SEMESTER: 10, QUARTER: 16, MONTH: 36, WEEK: 60}
AHEAD = {YEAR: 12, SEMESTER: 14, QUARTER: 28, MONTH: 72, WEEK: 110}
DEFAULT = 60


def period_choices(card: GoalCard, base: GoalRevision | None) -> dict[str, list[tuple[str, str]]]:
    """For each field of a period its choices, the earliest first; none without a measure.

    What the promise already names stays among the choices, however far away it lies.
    """
    if card.indicator is None:
        return {"baseline_period": [], "target_period": []}
    indicator = card.indicator
    today = floor(place_of_day(card.day, indicator.calendar, indicator.kind))
    known = [point.reading.period.number for point in card.points]
    named = _named(base, card)
    first = min([max(min(known, default=today), today - BACK.get(indicator.kind, DEFAULT)), *named])
    last = max([today + AHEAD.get(indicator.kind, DEFAULT), *named])
    choices = [(str(number), period_label(period_of(indicator, number))) for number in range(first, last + 1)]
    return {"baseline_period": choices[:-1], "target_period": choices[1:]}


def _named(base: GoalRevision | None, card: GoalCard) -> list[int]:
    if base is None or base.measure is None or base.measure.indicator_id != card.indicator.pk:
        return []
    return [number for number in (base.baseline_period, base.target_period) if number is not None]
