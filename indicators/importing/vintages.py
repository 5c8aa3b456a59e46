"""What the database holds of the readings of a file, and the appending of what the file adds.

The number of statements does not grow with the file, except by one a chunk.
"""

from django.utils import timezone

from indicators.importing.difference import Known
from indicators.models import Citation, Observation, Series

CHUNK = 5000


def known_readings(readings, known_on):
    """Two tables by (indicator, organization, group, period): known by the end of a day, and current; one select."""
    keys = {entry.key for entry in readings}
    if not keys:
        return {}, {}
    indicators, organizations, groups = (set(part) for part in zip(*keys, strict=True))
    # Every series of these three sets is read, a few more than asked for: one statement whatever the file.
    rows = (
        Observation.objects.filter(
            series__indicator__in=indicators, series__organization__in=organizations, series__group__in=groups
        )
        .order_by("series_id", "period", "known_on", "pk")
        .values_list(
            "series__indicator_id", "series__organization_id", "series__group_id", "period",
            "pk", "known_on", "value", "mark", "bound_low", "bound_high", "n", "numerator", "closed_at",
        )
    )  # fmt: skip
    known, current = {}, {}
    for *cell, pk, day, value, mark, low, high, n, numerator, closed_at in rows.iterator(chunk_size=CHUNK):
        reading = Known(pk, day, value, mark, low, high, n, numerator)
        if day <= known_on:
            known[tuple(cell)] = reading
        if closed_at is None:
            current[tuple(cell)] = reading
    return _without_tombstones(known), current


def _without_tombstones(known):
    return {cell: reading for cell, reading in known.items() if reading.mark != Observation.Mark.TOMBSTONE}


def append(batch, changes):
    """Append the changed readings as facts of a batch; a vintage older than the current one arrives closed."""
    now = timezone.now()
    series = series_by_key({change.entry.key for change in changes}, create=True)
    citations = _citations({(change.entry.source, change.entry.note) for change in changes})
    _close([c.current.pk for c in changes if c.current and c.current.known_on <= batch.known_on], now)
    Observation.objects.bulk_create(
        (_observation(batch, change, series, citations, now) for change in changes), batch_size=CHUNK
    )


def series_by_key(keys, *, create=False):
    """Series ids by (indicator, organization, group); those that do not exist yet are made where asked for."""
    found = _series_among(keys)
    absent = [Series(indicator_id=i, organization_id=o, group_id=g) for i, o, g in sorted(keys - found.keys())]
    if create and absent:
        Series.objects.bulk_create(absent, batch_size=CHUNK, ignore_conflicts=True)
        found = _series_among(keys)
    return found


def _series_among(keys):
    if not keys:
        return {}
    indicators, organizations, groups = (set(part) for part in zip(*keys, strict=True))
    rows = Series.objects.filter(
        indicator__in=indicators, organization__in=organizations, group__in=groups
    ).values_list("pk", "indicator_id", "organization_id", "group_id")
    return {(i, o, g): pk for pk, i, o, g in rows if (i, o, g) in keys}


def _citations(pairs):
    """Citation ids by (text, note); a reading without a source has none."""
    wanted = {pair for pair in pairs if pair[0]}
    found = _citations_among(wanted)
    absent = [Citation(text=text, note=note) for text, note in sorted(wanted - found.keys())]
    if absent:
        Citation.objects.bulk_create(absent, batch_size=CHUNK, ignore_conflicts=True)
        found = _citations_among(wanted)
    return found


def _citations_among(wanted):
    texts = sorted({text for text, _note in wanted})
    found = {}
    for start in range(0, len(texts), CHUNK):
        rows = Citation.objects.filter(text__in=texts[start : start + CHUNK]).values_list("pk", "text", "note")
        found.update({(text, note): pk for pk, text, note in rows if (text, note) in wanted})
    return found


def _close(pks, now):
    for start in range(0, len(pks), CHUNK):
        Observation.objects.filter(pk__in=pks[start : start + CHUNK], closed_at__isnull=True).update(closed_at=now)


def _observation(batch, change, series, citations, now):
    entry = change.entry
    is_overtaken = change.current is not None and change.current.known_on > batch.known_on
    return Observation(
        series_id=series[entry.key],
        period=entry.period,
        value=entry.value,
        numerator=entry.numerator,
        n=entry.n,
        mark=entry.mark,
        bound_low=entry.low,
        bound_high=entry.high,
        citation_id=citations.get((entry.source, entry.note)),
        batch=batch,
        sheet=batch.layout.get("sheet", 0),
        row=entry.row,
        column=batch.layout.get("columns", {}).get("value", 0),
        known_on=batch.known_on,
        recorded_at=now,
        closed_at=now if is_overtaken else None,
    )
