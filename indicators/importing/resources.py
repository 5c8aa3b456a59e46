"""django-import-export's front door, with our own difference and bulk writing behind it.

The library's own loop asks one SELECT a row for the instance and one for each key, and writes two savepoints a row:
a few hundred rows a second. Here `import_data_inner` does one pass, one select and one bulk write; datasets, results,
totals and the admin stay the library's.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export import fields, resources
from import_export.results import Result, RowResult
from tablib import Dataset

from accounts.clock import today
from indicators.importing import difference as differences
from indicators.importing.columns import COLUMNS
from indicators.importing.difference import CHANGED, NEW, UNCHANGED, Difference
from indicators.importing.entries import EntryReader, Finding
from indicators.importing.foreknowledge import suspect_days
from indicators.importing.long_form import HEADERS, long_rows
from indicators.importing.mapping import AS_WRITTEN
from indicators.importing.provisional import lookups_for
from indicators.importing.readings import Kept
from indicators.importing.recognition import Melted, Place, TablePlaces
from indicators.importing.suspicions import suspect
from indicators.importing.values import number_text
from indicators.importing.vintages import append, known_readings, sizes_around
from indicators.models import ImportFinding, Observation
from indicators.periods import Period

_ROW_TYPES = {
    NEW: RowResult.IMPORT_TYPE_NEW,
    CHANGED: RowResult.IMPORT_TYPE_UPDATE,
    UNCHANGED: RowResult.IMPORT_TYPE_SKIP,
}
MOST_INVALID_ROWS = 200  # kept in a result with their words; all are counted, and all stand among the findings


class ImportResult(Result):
    """The library's result with the difference it came from."""

    difference = None
    lookups = None
    read = None


class ObservationResource(resources.ModelResource):
    """Readings in long form, in and out. Import wants `batch=` (an ImportBatch, saved or not).

    `choose(difference)` in the keyword arguments decides which changes are written, after it has seen all of them.
    `read`, the readings of the file as they were kept (`readings.Kept`), stands for the dataset where it is given.
    """

    indicator = fields.Field(column_name="indicator")
    organization = fields.Field(column_name="organization")
    group = fields.Field(column_name="group")
    source = fields.Field(column_name="source")
    note = fields.Field(column_name="note")

    class Meta:
        model = Observation
        fields = COLUMNS
        import_order = export_order = COLUMNS
        use_bulk = True
        skip_diff = True

    def get_result_class(self):
        return ImportResult

    def import_data(self, dataset, dry_run=False, raise_errors=False, use_transactions=None, **kwargs):
        if dry_run:
            # A preview writes nothing: the library's transaction, rolled back, would only lock SQLite for its time.
            return self.import_data_inner(dataset, True, raise_errors, False, False, **kwargs)
        return super().import_data(dataset, False, raise_errors, use_transactions, **kwargs)

    def import_data_inner(
        self, dataset, dry_run, raise_errors, using_transactions, collect_failed_rows, *, batch, choose=None, **kwargs
    ):
        result = self.get_result_class()()
        result.lookups = lookups = kwargs.get("lookups") or lookups_for(batch)
        result.read = read = kwargs.get("read") or read_rows(dataset, batch, lookups)
        result.total_rows = len(read.entries.readings) + len(read.entries.refused)
        result.difference = found = _difference(read, batch, lookups)
        self._tell(result, found)
        if not dry_run:
            append(batch, choose(found) if choose else found.to_write(with_suspicious=False))
        return result

    def _tell(self, result, found):
        """The library's own totals and invalid rows, for whoever reads its result."""
        for change in found.changes:
            result.totals[_ROW_TYPES[change.kind]] += 1
        by_row = {}
        for finding in found.findings:
            if finding.kind != ImportFinding.Kind.REFUSED:
                continue
            by_row.setdefault(finding.row, {}).setdefault(finding.column_name, []).append(finding.message)
        result.totals[RowResult.IMPORT_TYPE_INVALID] = found.refused
        for row, messages in list(by_row.items())[:MOST_INVALID_ROWS]:
            result.append_invalid_row(row, {}, ValidationError(messages))

    def export(self, queryset=None, **kwargs):
        """Long form of what is known today, or of a queryset of observations."""
        observations = Observation.objects.all() if queryset is None else queryset
        return Dataset(*long_rows(observations.as_known_on(today())), headers=HEADERS)


class MeltedDataset(Dataset):
    """Long-form rows in the library's own form that still know where in the file they stood."""

    melted = None


def dataset_of(melted):
    """The rows that recognition made of a file (`recognition.melt`), for `ObservationResource.import_data`."""
    dataset = MeltedDataset(*melted.rows, headers=COLUMNS)
    dataset.melted = melted
    return dataset


def read_rows(dataset, batch, lookups):
    """The readings of a dataset, with what is to be said of its cells."""
    melted = getattr(dataset, "melted", None)
    rows = dataset if melted else _long_rows(dataset)
    melted = melted or _melted(dataset)
    reader = EntryReader(lookups, melted.tables, batch.source, melted.marks)
    entries = reader.read(zip(melted.places, rows, strict=True))
    return Kept(entries, {kind: sorted(names) for kind, names in lookups.missing.items()})


def _difference(read, batch, lookups):
    """The difference that readings make to what was known on the batch's day."""
    entries = read.entries
    changes = differences.compare(entries.readings, known_readings(entries.readings, batch.known_on))
    units = {pk: measure.unit for pk, measure in lookups.measures.items()}
    suspect(changes, sizes_around([c.entry for c in changes if c.kind != UNCHANGED]), units)
    suspect_days(changes, _periods(changes, lookups), batch.known_on, _brought_on(batch))
    difference = Difference(changes, len(entries.refused), batch.known_on, entries.findings, read.missing)
    difference.findings = [*entries.findings, *_contradictions(difference)]
    return difference


def _periods(changes, lookups):
    """The periods of the changes by indicator and number."""
    measures, found = lookups.measures, {(c.entry.key[0], c.entry.period) for c in changes}
    return {(pk, number): Period(measures[pk].calendar, measures[pk].kind, number) for pk, number in found}


def _brought_on(batch):
    """The day on which the file came, not that of a later look: what was asked of it must not change overnight."""
    return min(today(), timezone.localtime(batch.created_at).date()) if batch.created_at else today()


def _contradictions(difference):
    """A note on each cell of which another import says otherwise for the very same day."""
    message = _("Import %(number)d says otherwise for the same day.")
    for change in difference.contradictions:
        entry, told = change.entry, message % {"number": change.before.batch}
        said = number_text(entry.value) if entry.value is not None else entry.printed or entry.mark
        yield Finding(ImportFinding.Kind.NOTE, entry.row, entry.column, "value", said, told, entry.sheet)


def _long_rows(dataset):
    """The rows of a dataset that came through the library's own door, such as the admin's, in our order."""
    places = [dataset.headers.index(name) if name in dataset.headers else None for name in COLUMNS]
    return ([None if place is None else row[place] for place in places] for row in dataset)


def _melted(dataset):
    """Where such rows stood: on one sheet, its header in row 1."""
    columns = {name: place for place, name in enumerate(dataset.headers, start=1)}
    column, n_column = columns["value"], columns.get("n", 0)
    places = [Place(0, number, column, n_column, AS_WRITTEN) for number in range(2, len(dataset) + 2)]
    return Melted(places=places, tables=[TablePlaces(1, "", columns)])
