"""Values typed or pasted into a grid: rows of cells become the long form that every import reads.

So a typed value has the same checks, the same preview, the same provenance and the same undo as one from a workbook:
its batch keeps the rows as a file.
"""

import csv
import io
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from indicators import actions, typed_series
from indicators.import_panels import reading_words
from indicators.importing.refusals import FileRefused
from indicators.importing.values import Reading
from indicators.models import ImportBatch, ImportFinding, Indicator, Organization, StudentGroup

ROWS, FEW, MORE, MOST = 6, 3, 6, 200
HEADER = ["indicator", "period", "organization", "group", "value", "n", "source", "note"]
LONGEST = 500


@dataclass(frozen=True)
class Subject:
    """What a grid is about: an indicator, and for whom unless each row says.

    `closed` are the periods of a single series whose number is not for these people to type over, or to ask about.
    """

    indicator: Indicator
    organization: Organization
    group: StudentGroup
    is_one_series: bool = False
    closed: frozenset[int] = frozenset()

    @property
    def columns(self):
        return ("period", "value", "n", "note") if self.is_one_series else (
            "period", "organization", "group", "value", "n", "note"
        )  # fmt: skip

    @property
    def headers(self):
        names = {
            "period": _("Period"), "organization": _("School or district"), "group": _("Student group"),
            "value": _("Value"), "n": _("Number of people"), "note": _("Note"),
        }  # fmt: skip
        return [(column, names[column]) for column in self.columns]


@dataclass
class GridCell:
    """One input of the grid with what is wrong with it."""

    name: str
    column: str
    text: str
    header: str
    label: str
    errors: list[str] = field(default_factory=list)


@dataclass
class GridRow:
    """One reading as typed, and after a check what it would do."""

    number: int
    cells: list[GridCell]
    kind: str = ""
    before: str = ""
    after: str = ""
    errors: list[str] = field(default_factory=list)

    @property
    def is_empty(self):
        return not any(cell.text for cell in self.cells if cell.column in ("value", "n", "note"))


@dataclass
class Grid:
    """All rows; after a check with the difference they would make and its hash."""

    subject: Subject
    rows: list[GridRow]
    problem: str = ""
    hash: str = ""
    counts: dict = field(default_factory=dict)

    @property
    def has_errors(self):
        return bool(self.problem) or any(row.errors or any(c.errors for c in row.cells) for row in self.rows)

    @property
    def can_save(self):
        return bool(self.hash) and not self.has_errors and self.counts.get("new", 0) + self.counts.get("changed", 0) > 0

    @property
    def needs_yes(self):
        return bool(self.counts.get("suspicious"))

    def content(self, source):
        """The filled rows as a long-form CSV file; an empty row keeps its place, so that places stay true."""
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(HEADER)
        writer.writerows(self._long(row, source) for row in self.rows)
        return buffer.getvalue().encode()

    def _long(self, row, source):
        if row.is_empty:
            return [""] * len(HEADER)
        said = {cell.column: cell.text for cell in row.cells}
        organization, subject = self.subject.organization, self.subject
        return [
            subject.indicator.code,
            said["period"],
            said.get("organization") or f"{organization.authority}:{organization.code}",
            said.get("group", subject.group.name) or subject.group.name,
            said["value"],
            said["n"],
            source,
            said["note"],
        ]


def blank(subject, day):
    """A grid that begins with the periods still without a reading, the rest to be typed."""
    labels = typed_series.awaited(subject, day)
    if not subject.is_one_series:
        whom = {"organization": subject.organization.name, "group": subject.group.name}
        return _grid(subject, [whom] + [{}] * (ROWS - 1))
    return _grid(subject, [{"period": label} for label in labels] + [{}] * max(1, FEW - len(labels)))


def typed(subject, data):
    """The grid as a form sent it back; rows beyond the limit are not taken."""
    count = min(MOST, _number(data.get("rows")))
    return _grid(subject, [{c: data.get(f"cell-{n}-{c}", "") for c in subject.columns} for n in range(count)])


def longer(grid):
    """The same grid with more empty rows."""
    return _grid(grid.subject, [_said(row) for row in grid.rows] + [{}] * min(MORE, MOST - len(grid.rows)))


def with_pasted(grid, text):
    """Cells copied from a spreadsheet, in the order of the grid's columns, below what was typed."""
    lines = [line for line in csv.reader(io.StringIO(text), delimiter="\t" if "\t" in text else ";") if any(line)]
    columns = grid.subject.columns
    if lines and lines[0][0].strip().casefold() in ("period", _("Period").casefold(), columns[0]):
        lines = lines[1:]
    kept = [_said(row) for row in grid.rows if not row.is_empty]
    pasted = [dict(zip(columns, (cell.strip() for cell in line), strict=False)) for line in lines]
    return _grid(grid.subject, (kept + pasted)[:MOST] or [{}])


def _grid(subject, rows):
    return Grid(subject, [_row(subject, number, said) for number, said in enumerate(rows)])


def _row(subject, number, said):
    cells = [
        GridCell(f"cell-{number}-{c}", c, said.get(c, "").strip()[:LONGEST], header, f"{header}, {number + 1}")
        for c, header in subject.headers
    ]
    return GridRow(number, cells)


def _said(row):
    return {cell.column: cell.text for cell in row.cells}


def _number(text):
    return int(text) if text and text.isascii() and text.isdecimal() else 0


def check(grid, *, known_on, by, district, source):
    """What the rows would do: errors beside their cells, kinds and values beside their rows, the difference's hash."""
    try:
        batch, looked = actions.look_at(
            grid.content(source), file_name(grid, known_on), known_on=known_on, by=by, district=district, source=source
        )
    except FileRefused as error:
        grid.problem = _("Nothing is typed yet.") if all(row.is_empty for row in grid.rows) else error.told(_)
        return grid
    difference = looked.difference
    if _refuse_closed(grid, difference.changes):
        return grid
    grid.hash, grid.counts = batch.difference_hash, difference.counts
    _place_findings(grid, difference.findings)
    for change in difference.changes:
        _place_change(grid, change)
    if not difference.changes and not difference.findings:
        grid.problem = _("Nothing is typed yet.")
    return grid


def _refuse_closed(grid, changes):
    """Say beside each period that it is closed; nothing is told of the number that stands there."""
    found = [change.entry.row for change in changes if change.entry.period in grid.subject.closed]
    for line in found:
        if row := _row_of(grid, line):
            row.cells[0].errors.append(_("Another file brought the number of this period; a data steward corrects it."))
    return bool(found)


def _place_findings(grid, findings):
    for finding in findings:
        row = _row_of(grid, finding.row)
        if row is None or finding.kind != ImportFinding.Kind.REFUSED:
            continue
        cell = next((cell for cell in row.cells if cell.column == finding.column_name), None)
        (cell.errors if cell else row.errors).append(finding.message)


def _place_change(grid, change):
    row, unit = _row_of(grid, change.entry.row), grid.subject.indicator.unit
    row.kind = "suspicious" if change.suspicion else change.kind
    row.after = reading_words(Reading(*change.entry.said), change.entry.n, unit)
    row.before = reading_words(Reading(*change.before.said), change.before.n, unit) if change.before else ""


def _row_of(grid, line):
    """The grid's row behind a line of its file: the header is line 1."""
    return grid.rows[line - 2] if 2 <= line < len(grid.rows) + 2 else None


def save(grid, *, known_on, by, district, source, expected_hash, suspicious=""):
    """Write what was checked, as a batch of its own; raises NotApplied where the numbers moved or a yes is missing."""
    if grid.subject.closed and check(grid, known_on=known_on, by=by, district=district, source=source).has_errors:
        raise actions.NotApplied(_("Nothing was saved. Look at what is said beside the cells."))
    batch = actions.check_file(
        grid.content(source), file_name(grid, known_on), known_on=known_on, by=by, district=district, source=source
    )
    ImportBatch.objects.filter(pk=batch.pk).update(kind=ImportBatch.Kind.TYPED)
    try:
        actions.apply_batch(batch, by, expected_hash, suspicious=suspicious)
    except actions.NotApplied:
        actions.discard_batch(batch)
        raise
    return batch


def file_name(grid, known_on):
    return f"{grid.subject.indicator.code}-{known_on:%Y-%m-%d}.csv"
