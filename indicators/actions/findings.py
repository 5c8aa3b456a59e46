"""What is to be said of the cells of a file, and of the file as a whole."""

from django.utils.translation import gettext as _

from indicators.importing.entries import Finding
from indicators.importing.values import number_text
from indicators.models import ImportBatch, ImportFinding

MOST_FINDINGS = 5000  # beyond these, findings are counted but not stored
MOST_UNREAD = 20


def findings_of(batch, difference):
    """Every refused and suspicious cell, then what is worth knowing of the file as a whole."""
    return [*difference.findings, *_suspicions(difference), *_notes(batch)]


def _suspicions(difference):
    for change in difference.suspicious:
        entry = change.entry
        said = number_text(entry.value) if entry.value is not None else entry.printed or entry.mark
        message = _(change.suspicion)
        yield Finding(ImportFinding.Kind.SUSPICIOUS, entry.row, entry.column, "value", said, message, entry.sheet)


def _notes(batch):
    same = ImportBatch.objects.filter(sha256=batch.sha256, state=ImportBatch.State.APPLIED)
    earlier = same.exclude(pk=batch.pk).first()
    if earlier:
        text = _("The very same file was applied before, as import %(number)d.") % {"number": earlier.pk}
        yield Finding(ImportFinding.Kind.NOTE, 0, 0, "", "", text)
    for sheet, row, header in batch.layout.get("unread", [])[:MOST_UNREAD]:
        yield Finding(ImportFinding.Kind.NOTE, row, 0, "", header, _("This column is not read."), sheet)
