"""Writes of many rows: checking a file, applying what was previewed, discarding it."""

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators import publishing
from indicators.importing.columns import find_layout
from indicators.importing.entries import Finding
from indicators.importing.refusals import FileRefused
from indicators.importing.resources import ObservationResource, dataset_of
from indicators.importing.tables import read_workbook
from indicators.importing.values import number_text
from indicators.models import ImportBatch, ImportFinding, Indicator

MOST_FINDINGS = 5000  # beyond these, findings are counted but not stored
KEEP, LEAVE_OUT = "keep", "leave_out"


class NotApplied(Exception):
    """Nothing was written; the message says why, in words."""


class NeedsChoice(NotApplied):
    """Rows were refused or look suspicious, and nobody has said yet what to do with them."""


class DifferenceMoved(NotApplied):
    """The data changed since the preview; the batch now carries the new difference."""


class NotOpen(NotApplied):
    """The batch was applied or discarded already."""


def check_file(content, file_name, *, known_on, by=None, district=None, source=""):
    """Read a file and keep it as a checked batch with its findings and the hash of its difference.

    Nothing is written to the numbers. Raises FileRefused where the file cannot be read at all; then nothing is kept.
    `known_on` is the day on which the file was published or reported, never later than today. Without a district the
    batch goes to the one whose numbers alone the file holds, so that its stewards see it.
    """
    batch, difference = look_at(content, file_name, known_on=known_on, by=by, district=district, source=source)
    batch.file.save("", ContentFile(content), save=False)
    _keep_check(batch, difference)
    return batch


def look_at(content, file_name, *, known_on, by=None, district=None, source=""):
    """The batch that a file would be and its difference, with nothing kept."""
    if known_on > timezone.localdate():
        raise FileRefused(_("Numbers cannot be known before they are published: choose today or an earlier day."))
    batch = ImportBatch(
        district=district,
        file_name=file_name[-255:],
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        by=by,
        known_on=known_on,
        source=source,
    )
    dataset = _dataset(batch, content)
    result = ObservationResource().import_data(dataset, dry_run=True, batch=batch)
    if district is None:
        batch.district_id = result.lookups.district_of({c.entry.key[1] for c in result.difference.changes})
        if batch.district_id and result.difference.refused:  # names are read within the district: look again
            result = ObservationResource().import_data(dataset, dry_run=True, batch=batch)
    _count(batch, result.difference)
    return batch, result.difference


def difference_of(batch):
    """What the batch's file would change now, and the names to show it with; reads only."""
    result = ObservationResource().import_data(_dataset(batch, _content(batch)), dry_run=True, batch=batch)
    return result.difference, result.lookups


def apply_batch(batch, person, expected_hash, *, skip_refused=False, suspicious=""):
    """Write exactly the difference that was previewed, whole or not at all.

    `skip_refused` is the explicit choice to leave refused rows out; `suspicious` is KEEP or LEAVE_OUT. Raises
    NeedsChoice, NotOpen, or DifferenceMoved when the data moved since: then the batch carries the new difference.
    """
    if batch.state != ImportBatch.State.CHECKED:
        raise NotOpen(_("This import is no longer open."))
    dataset = _dataset(batch, _content(batch))  # read outside the transaction, which is to be short
    try:
        _write(batch, person, dataset, expected_hash, skip_refused, suspicious)
    except DifferenceMoved:
        batch.refresh_from_db()
        difference, _lookups = difference_of(batch)
        _keep_check(batch, difference)
        raise
    return batch


@transaction.atomic
def _write(batch, person, dataset, expected_hash, skip_refused, suspicious):
    """One short transaction: lock, look again, write, publish."""
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if locked.state != ImportBatch.State.CHECKED:
        raise NotOpen(_("This import is no longer open."))
    written = []

    def choose(difference):
        if difference.hash != expected_hash:
            raise DifferenceMoved(
                _("The numbers moved since this preview. Nothing was written. Look at the new difference.")
            )
        _ask(difference, skip_refused, suspicious)
        written.extend(difference.to_write(with_suspicious=suspicious == KEEP))
        return written

    _lock_indicators()
    ObservationResource().import_data(dataset, raise_errors=True, use_transactions=False, batch=batch, choose=choose)
    _close_batch(batch, person, written)
    if written:
        publishing.decide({c.entry.key[0] for c in written}, {c.entry.period for c in written})


def _ask(difference, skip_refused, suspicious):
    if difference.refused and not skip_refused:
        raise NeedsChoice(_("Some rows were refused. Choose to leave them out, or mend the file."))
    if difference.suspicious and suspicious not in (KEEP, LEAVE_OUT):
        raise NeedsChoice(_("Some values look wrong. Say whether they are right as written or to be left out."))


def _lock_indicators():
    """Two stewards who bring in the same indicator wait for one another (PostgreSQL; SQLite has one writer anyway)."""
    list(Indicator.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _close_batch(batch, person, written):
    batch.state = ImportBatch.State.APPLIED
    batch.applied_at = timezone.now()
    batch.by = person or batch.by
    batch.new = sum(change.kind == "new" for change in written)
    batch.changed = sum(change.kind == "changed" for change in written)
    batch.save(update_fields=["state", "applied_at", "by", "new", "changed"])


def discard_batch(batch):
    """Put a checked batch aside and forget its file; an applied one stays as it is."""
    discarded = ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.CHECKED)
    if not discarded.update(state=ImportBatch.State.DISCARDED, file=""):
        raise NotOpen(_("This import is no longer open."))
    batch.file.delete(save=False)
    batch.refresh_from_db()


def _content(batch):
    with batch.file.open("rb") as stored:
        return stored.read()


def _dataset(batch, content):
    """The long-form table of a file; the batch remembers where it stood."""
    workbook = read_workbook(content, settings.UPLOAD_LIMIT)
    layout = find_layout(workbook)
    sheet = workbook.sheets[layout.sheet - 1]
    if len(sheet.rows) <= layout.header_row:
        raise FileRefused(_("The table has a header and no rows below it."))
    batch.layout = {
        **batch.layout,
        "kind": workbook.kind,
        "shape": "long",
        "sheet": layout.sheet,
        "sheet_name": layout.sheet_name,
        "header_row": layout.header_row,
        "columns": layout.columns,
        "unread": layout.unread,
    }
    return dataset_of(sheet, layout)


def _count(batch, difference):
    for name, count in difference.counts.items():
        setattr(batch, name, count)
    batch.difference_hash = difference.hash
    batch.layout["missing"] = difference.missing


@transaction.atomic
def _keep_check(batch, difference):
    """Store what the check found: counts, findings, hash; a batch that was settled meanwhile stays as it is."""
    if batch.pk and ImportBatch.objects.select_for_update().get(pk=batch.pk).state != ImportBatch.State.CHECKED:
        raise NotOpen(_("This import is no longer open."))
    _count(batch, difference)
    batch.save()
    batch.findings.all().delete()
    ImportFinding.objects.bulk_create(
        ImportFinding(
            batch=batch, kind=f.kind, sheet=batch.layout["sheet"], row=f.row, column=f.column,
            column_name=f.column_name, cell_text=f.cell_text, message=f.message[:500],
        )
        for f in findings_of(batch, difference)[:MOST_FINDINGS]
    )  # fmt: skip


def findings_of(batch, difference):
    """Every refused and suspicious cell, then what is worth knowing of the file as a whole."""
    return [*difference.findings, *_suspicions(batch, difference), *_notes(batch)]


def _suspicions(batch, difference):
    column = batch.layout["columns"]["value"]
    for change in difference.suspicious:
        said = number_text(change.entry.value)
        yield Finding(ImportFinding.Kind.SUSPICIOUS, change.entry.row, column, "value", said, _(change.suspicion))


def _notes(batch):
    same = ImportBatch.objects.filter(sha256=batch.sha256, state=ImportBatch.State.APPLIED)
    earlier = same.exclude(pk=batch.pk).first()
    if earlier:
        text = _("The very same file was applied before, as import %(number)d.") % {"number": earlier.pk}
        yield Finding(ImportFinding.Kind.NOTE, 0, 0, "", "", text)
    for header in batch.layout["unread"][:20]:
        text = _("The column “%(header)s” is not read.") % {"header": header}
        yield Finding(ImportFinding.Kind.NOTE, batch.layout["header_row"], 0, "", header, text[:500])
