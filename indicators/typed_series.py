"""What a series that is typed holds already: its latest readings, whose they are, and the periods still awaited."""

from django.utils.translation import gettext as _

from indicators.import_panels import reading_words
from indicators.importing.values import Reading
from indicators.labels import period_label
from indicators.models import ImportBatch, Observation
from indicators.periods import Period, period_of
from indicators.units import Unit, band_text

MOST_AWAITED = 6  # a screenful of rows


def awaited(subject, day):
    """Labels of the periods after the last reading of a single series that ended by the day, at most a screenful."""
    if not subject.is_one_series:
        return []
    indicator = subject.indicator
    current = Observation.objects.current().exclude(mark=Observation.Mark.TOMBSTONE)
    last = (
        current.filter(series__indicator=indicator, series__organization=subject.organization,
                       series__group=subject.group)
        .order_by("-period").values_list("period", flat=True).first()
    )  # fmt: skip
    if last is None:
        return []
    found, period = [], Period(indicator.calendar, indicator.kind, last).next()
    while period.end <= day:
        found.append(period_label(period))
        period = period.next()
    return found[-MOST_AWAITED:]


def latest(series, count=8, *, team=None):
    """The current readings of a series, the newest first: (period, value, batch).

    As stored for a data steward; a `team` (persons) sees as stored what it typed, and the rest as it is published.
    """
    rows = (
        Observation.objects.current().filter(series=series).exclude(mark=Observation.Mark.TOMBSTONE)
        .select_related("batch__by", "publication").order_by("-period")[:count]
    )  # fmt: skip
    indicator = series.indicator
    return [
        (
            period_label(Period(indicator.calendar, indicator.kind, row.period)),
            _as_stored(row, indicator) if team is None or _is_typed_by(row, team) else _as_published(row, indicator),
            row.batch,
        )
        for row in rows
    ]


def _as_stored(row, indicator):
    return reading_words(Reading(row.value, row.mark, row.bound_low, row.bound_high), row.n, indicator.unit)


def _as_published(row, indicator):
    verdict = getattr(row, "publication", None)
    if verdict is None or verdict.reason or verdict.low is None:
        return _("Withheld")
    unit = Unit(indicator.unit, indicator.decimals, indicator.noun, indicator.counts)
    return band_text(verdict.low, verdict.high, unit)


def _is_typed_by(row, team):
    return row.batch.kind == ImportBatch.Kind.TYPED and row.batch.by_id in team


def given_by_others(series, team):
    """The periods whose current number these persons did not type: a data steward corrects it."""
    rows = Observation.objects.current().filter(series=series).exclude(mark=Observation.Mark.TOMBSTONE)
    others = rows.exclude(batch__kind=ImportBatch.Kind.TYPED, batch__by__in=team)
    return frozenset(others.values_list("period", flat=True))


def current_period(subject, day):
    """The period in which a day lies, as an example of how periods are written; empty where it lies in none."""
    try:
        return period_label(period_of(day, subject.indicator.calendar, subject.indicator.kind))
    except ValueError:
        return ""
