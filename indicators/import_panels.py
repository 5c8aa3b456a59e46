"""What the import pages show: findings grouped by their words, and readings from what to what."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.importing.difference import CHANGED, NEW
from indicators.importing.tables import cell_name
from indicators.importing.values import Reading, reading_text
from indicators.labels import period_label
from indicators.models import ImportFinding, Observation
from indicators.periods import Period

FIRST_DIFFERENCES = 200
CELLS_NAMED = 8
ORDER = {"suspicious": 0, CHANGED: 1, NEW: 2}


@dataclass
class FindingGroup:
    """Cells of which the same is to be said."""

    kind: str
    kind_label: str
    message: str
    findings: list

    @property
    def first(self):
        return [(cell_name(f.row, f.column), f.cell_text) for f in self.findings[:CELLS_NAMED]]

    @property
    def others(self):
        return max(0, len(self.findings) - CELLS_NAMED)


def finding_groups(findings):
    """Findings by kind and message, suspicious ones first, then refused ones, then notes."""
    groups = {}
    for finding in findings:
        label = ImportFinding.Kind(finding.kind).label
        group = groups.setdefault(
            (finding.kind, finding.message), FindingGroup(finding.kind, label, finding.message, [])
        )
        group.findings.append(finding)
    order = [ImportFinding.Kind.SUSPICIOUS, ImportFinding.Kind.REFUSED, ImportFinding.Kind.NOTE]
    return sorted(groups.values(), key=lambda group: (order.index(group.kind), -len(group.findings)))


@dataclass
class CellRow:
    """One reading on an import page."""

    cell: str
    indicator: str
    organization: str
    group: str
    period: str
    before: str
    after: str
    kind: str
    is_older: bool = False


def changed_rows(difference):
    """What would be written or needs a decision: suspicious readings first, then changed, then new ones."""
    shown = [change for change in difference.changes if change.suspicion or change.kind in (CHANGED, NEW)]
    return sorted(shown, key=lambda c: (ORDER["suspicious" if c.suspicion else c.kind], c.entry.row))


def preview_rows(batch, changes, lookups):
    """Rows of the preview's table for some changes."""
    column = batch.layout["columns"]["value"]
    return [_preview_row(batch, change, lookups, column) for change in changes]


def _preview_row(batch, change, lookups, column):
    entry = change.entry
    indicator, organization, group = entry.key
    measure = lookups.measures[indicator]
    return CellRow(
        cell=cell_name(entry.row, column),
        indicator=measure.name,
        organization=lookups.organization_names[organization],
        group=lookups.group_names[group],
        period=period_label(Period(measure.calendar, measure.kind, entry.period)),
        before=_said(change.before, measure.unit) if change.before else "",
        after=_said(entry, measure.unit),
        kind="suspicious" if change.suspicion else change.kind,
        is_older=bool(change.current and change.current.known_on > batch.known_on),
    )


def _said(reading, unit):
    return reading_words(Reading(*reading.said), reading.n, unit)


def reading_words(reading, n, unit):
    """A reading exactly as stored, for staff: 81.406% (n 6,079)."""
    text = reading_text(reading)
    if reading.value is not None and unit == "percent":
        text += "%"
    return f"{text} (n {n:,})" if n is not None else text


def applied_cells(batch):
    """The observations that a batch wrote, in the order of its rows."""
    return batch.observations.select_related(
        "series__indicator", "series__organization", "series__group"
    ).order_by("sheet", "row", "pk")  # fmt: skip


def applied_rows(observations):
    """Rows of the result's table, each beside the vintage it followed; one query for all of those."""
    observations = list(observations)
    earlier = _vintages_before(observations)
    return [_applied_row(observation, earlier.get(observation.pk)) for observation in observations]


def _vintages_before(observations):
    series = {observation.series_id for observation in observations}
    periods = {observation.period for observation in observations}
    vintages = {}
    for row in Observation.objects.filter(series__in=series, period__in=periods).order_by("known_on", "pk"):
        vintages.setdefault((row.series_id, row.period), []).append(row)
    before = {}
    for observation in observations:
        line = vintages.get((observation.series_id, observation.period), [])
        place = [row.pk for row in line].index(observation.pk)
        before[observation.pk] = line[place - 1] if place else None
    return before


def _applied_row(observation, before):
    series = observation.series
    indicator = series.indicator
    return CellRow(
        cell=cell_name(observation.row, observation.column),
        indicator=indicator.name,
        organization=series.organization.name,
        group=series.group.name,
        period=period_label(Period(indicator.calendar, indicator.kind, observation.period)),
        before=_stored(before, indicator.unit) if before else "",
        after=_stored(observation, indicator.unit),
        kind=CHANGED if before else NEW,
    )


def _stored(row, unit):
    if row.mark == Observation.Mark.TOMBSTONE:
        return _("taken back")
    return reading_words(Reading(row.value, row.mark, row.bound_low, row.bound_high), row.n, unit)


def preview_title(counts):
    """The finding of a preview as one sentence."""
    numbers = {
        name: ngettext("%(count)s number", "%(count)s numbers", counts[name]) % {"count": f"{counts[name]:,}"}
        for name in (NEW, CHANGED)
    }
    if counts[CHANGED] and counts[NEW]:
        return _("The file would change %(changed)s and add %(new)s") % numbers
    if counts[CHANGED]:
        return _("The file would change %(changed)s") % numbers
    if counts[NEW]:
        return _("The file would add %(new)s") % numbers
    return _("The file would change nothing")
