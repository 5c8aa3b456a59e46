"""Adopted promises for long lists: what was settled never changes, so a process reads each of them once."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import models

from indicators.models import Indicator, Series
from strategy.models import GoalRevision

REMEMBERED = 5000  # about 3 kB each

_settled: dict[tuple[int, datetime], GoalRevision] = {}


class Measure(NamedTuple):
    """What a list needs of the series that a promise rests on."""

    indicator: Indicator
    organization_id: int

    @classmethod
    def of(cls, series: Series) -> "Measure":
        return cls(series.indicator, series.organization_id)


def settled_promises(goals: list[int], day: date) -> tuple[list[GoalRevision], dict[int, Measure]]:
    """Promises of these goals adopted by the day, oldest first, and the measures that they name by series.

    Two queries, and a third where one is read for the first time. The promises are shared: they are not to be changed,
    and what they point to is not fetched through them.
    """
    asked = GoalRevision.objects.filter(goal__in=goals).adopted_by_day(day)
    rows = list(asked.values_list("pk", "recorded_at", "measure", "measure__indicator", "measure__organization"))
    promises = {row[:2]: _settled.get(row[:2]) for row in rows}
    if missing := [pk for (pk, _moment), promise in promises.items() if promise is None]:
        read = GoalRevision.objects.filter(pk__in=missing).fetch_mode(models.FETCH_RAISE)
        promises |= _remembered({(promise.pk, promise.recorded_at): promise for promise in read})
    indicators = Indicator.objects.in_bulk({row[3] for row in rows} - {None})
    measures = {row[2]: Measure(indicators[row[3]], row[4]) for row in rows if row[2]}
    return list(promises.values()), measures


def _remembered(promises):
    """The same; nobody relies on what is remembered staying so, since another request may empty it."""
    if len(_settled) > REMEMBERED:
        _settled.clear()
    _settled.update(promises)
    return promises


def forget():
    """Read them anew: for tests that count queries."""
    _settled.clear()
