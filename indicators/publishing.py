"""The one layer through which anything public reads a number: verdicts are stored here, and joined here.

Page, chart, text alternative, table, file and feed all ask `published`; nothing else may read Observation.value
for the public.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from indicators import held
from indicators.blocks import standing_of, surroundings_of, together_with, verdicts_of, vintages_of
from indicators.models import Observation, PastVerdict, Publication, Series
from indicators.suppression import HELD, PROTECTS_ANOTHER, SMALL_GROUP, UNKNOWN_SIZE, VERSION

CHUNK = 2000
OURS = {SMALL_GROUP, UNKNOWN_SIZE, PROTECTS_ANOTHER, HELD}  # a file's own note may tell what we withhold


class PublishedReading(NamedTuple):
    """A number as it may be shown: equal bounds are an exact value, a reason stands where nothing is shown."""

    period: int
    low: Decimal | None
    high: Decimal | None
    n_low: int | None
    n_high: int | None
    reason: str
    known_on: date
    is_entered_later: bool = False
    source: str = ""
    note: str = ""
    batch_id: int | None = None
    file_name: str = ""
    sheet: int = 0
    row: int = 0
    column: int = 0

    @property
    def value(self):
        """The exact value, or None for a band or a withheld number."""
        return self.low if self.low == self.high else None

    @property
    def n(self):
        """The exact group size, or None where only a band or nothing is told."""
        return self.n_low if self.n_low == self.n_high else None

    @property
    def size(self):
        """The group size as it is told: a number, a band such as "16–39", or None."""
        return f"{self.n_low}–{self.n_high}" if self.n_low != self.n_high else self.n_low


def publishable(
    series_ids: Iterable[int],
    day: date,
    *,
    since: int | None = None,
    with_staff_only: bool = False,
    with_origins: bool = True,
) -> dict[int, list[PublishedReading]]:
    """What may be shown of each series, as known on a day, in order of period; one query.

    The facts are those of the day; the privacy verdict is always today's. A value without a verdict is withheld
    by leaving it out, a taken-back one is no value. A staff-only indicator has nothing to show, except on the
    working pages of its own team (`with_staff_only`). A long list that names no files does without the origins (and
    the group sizes), and may leave out what lies before a period's number (`since`).
    """
    wanted = Series.objects.filter(pk__in=set(series_ids))
    if not with_staff_only:
        wanted = wanted.filter(indicator__is_public=True)
    observations = Observation.objects.filter(series__in=wanted.values("pk"))
    if since is not None:
        observations = observations.filter(period__gte=since)
    rows = observations.annotate(**TOLD).as_known_on(day).values_list(*SHOWN, *(ORIGINS if with_origins else ()))
    latest = {row[:2]: row for row in rows}
    readings = defaultdict(list)
    for row in latest.values():
        if row[4] is not None and row[6] != Observation.Mark.TOMBSTONE:
            readings[row[0]].append(_reading(*row[1:6], *row[7:]))
    for found in readings.values():
        found.sort(key=PERIOD)
    return dict(readings)


PERIOD = itemgetter(0)
TOLD = {
    # As texts, of which many are the same: made into numbers once, where the database's own way takes each anew.
    "low": Cast("publication__low", TextField()),
    "high": Cast("publication__high", TextField()),
    # Looked up row by row: few numbers are given again by an undo, and a join would read through all of them.
    "told_on": Coalesce(
        Subquery(Observation.objects.filter(pk=OuterRef("restores")).values("known_on")), F("known_on")
    ),
}
SHOWN = ("series_id", "period", "low", "high", "publication__reason", "told_on", "mark")  # no reason at all: no verdict
ORIGINS = (
    "publication__n_low", "publication__n_high", "restores", "recorded_at", "restores__recorded_at", "batch_id",
    "restores__batch", "batch__file_name", "restores__batch__file_name", "citation__text", "citation__note", "sheet",
    "row", "column",
)  # fmt: skip


def _reading(period, low, high, reason, told_on, *origins):
    """What is shown of a number and, where asked for, its origins: an undo gives it again from its first file."""
    low, high = _amount(low), _amount(high)
    if not origins:
        return PublishedReading(period, low, high, None, None, reason, told_on)
    n_low, n_high, restores, *twice, source, note, sheet, row, column = origins
    recorded_at, batch, name = twice[1::2] if restores else twice[::2]
    note = "" if reason in OURS else note or ""
    is_later = recorded_at.date() > told_on
    place = (batch, name, sheet, row, column)
    return PublishedReading(
        period, low, high, n_low, n_high, reason, told_on, is_later, source or "", note, *place
    )  # fmt: skip


@lru_cache(maxsize=65536)
def _amount(text):
    """A bound without the zeros of its column: 85.3 and not 85.30000000, on either database."""
    return None if text is None else Decimal(format(Decimal(text).normalize(), "f"))


def decide(indicator_ids: Iterable[int], periods: Iterable[int] | None = None) -> int:
    """Compute and store the verdicts of whole indicators (or some periods of them); returns how many changed.

    What was shown until now is kept where it changes, and numbers that wait for a steward are listed for them.
    """
    indicators = together_with(set(indicator_ids))
    surroundings = surroundings_of(indicators, periods)
    rows = list(vintages_of(indicators, periods))
    verdicts = verdicts_of(rows, surroundings)
    releases = defaultdict(int)
    for row in rows:
        block = surroundings.block_of(row)
        releases[block] = max(releases[block], row["publication__release"] or 0)
    changed = [row for row in rows if verdicts[row["pk"]] != standing_of(row)]
    old = [row for row in rows if row["publication__rule_version"] not in (None, VERSION)]
    _keep_past([row for row in changed if row["publication__reason"] == ""])
    _store(changed, verdicts, lambda row: releases[surroundings.block_of(row)] + 1)
    _store([row for row in old if verdicts[row["pk"]] == standing_of(row)], verdicts,
           lambda row: row["publication__release"])  # fmt: skip
    held.note(rows, verdicts, surroundings, periods, releases)
    return len(changed)


def _keep_past(rows):
    PastVerdict.objects.bulk_create(
        (
            PastVerdict(
                observation_id=row["pk"],
                low=row["publication__low"],
                high=row["publication__high"],
                n_low=row["publication__n_low"],
                n_high=row["publication__n_high"],
                rule_version=row["publication__rule_version"],
                release=row["publication__release"],
                known_on=timezone.localdate(),
            )
            for row in rows
        ),
        batch_size=CHUNK,
    )


def _store(rows, verdicts, release_of):
    Publication.objects.bulk_create(
        (
            Publication(
                observation_id=row["pk"],
                low=(shown := verdicts[row["pk"]]).low,
                high=shown.high,
                n_low=shown.n_low,
                n_high=shown.n_high,
                reason=shown.reason,
                rule_version=VERSION,
                release=release_of(row),
            )
            for row in rows
        ),
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["observation"],
        update_fields=["low", "high", "n_low", "n_high", "reason", "rule_version", "release", "decided_at"],
    )
