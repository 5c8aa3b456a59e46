"""Long-form rows as readings, and each cell that cannot be read as a finding."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext

from indicators.calendars import PeriodError
from indicators.importing.long_form import unguarded
from indicators.importing.refusals import CellRefused, Refused
from indicators.importing.refusals import marked as _
from indicators.importing.repeats import settled
from indicators.importing.tables import cell_name
from indicators.importing.values import cell_text, number_text, read_size, read_value
from indicators.models import ImportFinding
from indicators.periods import parse_period

LONGEST_TEXT = 500


@dataclass(slots=True)
class Entry:
    """One reading of a file: where it stood, what it is about, what it says.

    `printed` and `n_printed` are the cells as they stood where they hold more than a number. A marked group size has
    no n, but may have bounds.
    """

    row: int
    key: tuple[int, int, int]  # indicator, organization, student group
    period: int
    value: Decimal | None
    mark: str
    low: Decimal | None
    high: Decimal | None
    n: int | None
    numerator: Decimal | None
    source: str
    note: str
    sheet: int = 0
    column: int = 0
    n_low: int | None = None
    n_high: int | None = None
    printed: str = ""
    n_printed: str = ""

    @property
    def cell(self):
        """What makes two entries the same reading: the series and the period."""
        return (*self.key, self.period)

    @property
    def said(self):
        """What the file says, apart from how large the group is."""
        return self.value, self.mark, self.low, self.high


@dataclass(slots=True)
class Finding:
    """A cell that is refused, or worth a second look, with the reason in words."""

    kind: str
    row: int
    column: int
    column_name: str
    cell_text: str
    message: str
    sheet: int = 0


@dataclass
class Entries:
    """All that a file holds: its readings, its findings, and the places (sheet, row, column) that were refused."""

    readings: list[Entry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: set[tuple[int, int, int]] = field(default_factory=set)


class EntryReader:
    """Reads long-form rows as entries; what stands in many rows alike is read once.

    `tables` tell where the rows stood (`recognition.TablePlaces`); `marks` are the sentinels that the file declares.
    """

    def __init__(self, lookups, tables, default_source="", marks=None):
        self.lookups = lookups
        self.tables = tables
        self.default_source = default_source
        self.marks = marks or None
        self._known = {name: {} for name in ("indicator", "organization", "group", "period", "value", "n", "words")}
        self.entries = Entries()

    def read(self, rows):
        """The entries of (place, long-form row); rows that are blank throughout are passed over."""
        readings = self.entries.readings
        for place, cells in rows:
            entry = self._known_entry(place, cells) or self._entry(place, cells)
            if entry:
                readings.append(entry)
        self._settle_duplicates()
        return self.entries

    def _known_entry(self, place, cells):
        """The entry of a row all of whose names were met before; None where something must be read first."""
        indicator, period, organization, group, value, n, numerator, source, note = cells
        known = self._known
        try:
            measure = known["indicator"][indicator]
            key = measure.pk, known["organization"][organization], known["group"][group]
            period = known["period"][measure.calendar, measure.kind, period]
            source, note = known["words"][source], known["words"][note]
            reading = self._value(value, measure, place.scale)
            size = self._size(n)
            numerator = _numerator(numerator)
        except (KeyError, TypeError, CellRefused):
            return None
        return self._made(place, key, period, reading, size, numerator, source or self.default_source, note)

    def _entry(self, place, cells):
        if not any(map(cell_text, cells)):
            return None
        indicator, period, organization, group, value, n, numerator, source, note = cells
        taken, refused = {}, False

        def take(name, cell, read, *context):
            nonlocal refused
            try:
                taken[name] = read(cell, *context)
            except (CellRefused, PeriodError) as error:
                refused = True
                self._refuse(place, name, cell, _told(error))

        take("indicator", indicator, self._once("indicator", self.lookups.indicator))
        take("organization", organization, self._once("organization", self.lookups.organization))
        take("group", group, self._once("group", self.lookups.group))
        take("n", n, self._size)
        take("numerator", numerator, _numerator)
        take("source", source, self._once("words", _text))
        take("note", note, self._once("words", _text))
        measure = taken.get("indicator")
        if measure:
            take("period", period, self._period, measure)
            take("value", value, self._value, measure, place.scale)
        if refused:
            return None
        key = measure.pk, taken["organization"], taken["group"]
        source = taken["source"] or self.default_source
        parts = taken["period"], taken["value"], taken["n"], taken["numerator"], source, taken["note"]
        return self._made(place, key, *parts)

    def _made(self, place, key, period, reading, size, numerator, source, note):
        return Entry(
            place.row, key, period, reading.value, reading.mark, reading.low, reading.high, size.n, numerator,
            source, note, self.tables[place.table].sheet, place.column, size.low, size.high,
            reading.printed, size.printed,
        )  # fmt: skip

    def _once(self, name, read):
        """A reader that remembers what it has read; refusals are read again, so each row is told."""
        known = self._known[name]

        def reader(cell):
            try:
                if cell not in known:
                    known[cell] = read(cell)
                return known[cell]
            except TypeError:  # a cell that cannot be a key
                return read(cell)

        return reader

    def _period(self, cell, measure):
        known, key = self._known["period"], (measure.calendar, measure.kind, cell)
        if key not in known:
            known[key] = _period(cell, measure)
        return known[key]

    def _value(self, cell, measure, scale):
        """Texts are remembered, numbers are not: True and 1.0 are one key, and numbers are mostly different anyway."""
        if type(cell) is not str:
            return _value_within(cell, measure, scale, self.marks)
        known, key = self._known["value"], (measure.pk, scale, cell)
        if key not in known:
            known[key] = _value_within(cell, measure, scale, self.marks)
        return known[key]

    def _size(self, cell):
        if type(cell) is not str:
            return read_size(cell)
        known = self._known["n"]
        if cell not in known:
            known[cell] = read_size(cell)
        return known[cell]

    def _refuse(self, place, name, cell, message):
        table = self.tables[place.table]
        column = {"value": place.column, "n": place.n_column}.get(name) or table.columns.get(name, 0)
        self.entries.refused.add((table.sheet, place.row, place.column))
        self.entries.findings.append(
            Finding(ImportFinding.Kind.REFUSED, place.row, column, name, cell_text(cell)[:200], message, table.sheet)
        )

    def _settle_duplicates(self):
        """One reading given twice alike is taken once; given differently, all of it is refused and named."""
        self.entries.readings, contradictions, repeats = settled(self.entries.readings)
        for alike in contradictions:
            self._refuse_contradiction(alike)
        self._note_repeats(repeats)

    def _refuse_contradiction(self, alike):
        message = CellRefused(
            _("Rows %(rows)s contradict each other: one reading, different values."), rows=self._named(alike)
        )
        for entry in alike:
            said = entry.printed or (number_text(entry.value) if entry.value is not None else entry.mark)
            self.entries.refused.add((entry.sheet, entry.row, entry.column))
            self.entries.findings.append(
                Finding(ImportFinding.Kind.REFUSED, entry.row, entry.column, "value", said, _told(message), entry.sheet)
            )

    def _note_repeats(self, repeats):
        """One note for all of them: a workbook may well print the same column on every sheet."""
        if not repeats:
            return
        entry = repeats[0][-1]
        message = CellRefused(
            _("A reading given more than once with the same value is taken once: %(count)d here, such as %(rows)s."),
            count=len(repeats),
            rows=self._named(repeats[0]),
        )
        self.entries.findings.append(
            Finding(ImportFinding.Kind.NOTE, entry.row, entry.column, "value", "", _told(message), entry.sheet)
        )

    def _named(self, alike):
        """Rows by their numbers; whole places where they stand on several sheets or in one row."""
        rows = [entry.row for entry in alike]
        if len({entry.sheet for entry in alike}) == 1 and len(set(rows)) == len(rows):
            return ", ".join(map(str, rows[:6]))
        names = {table.sheet: table.sheet_name for table in self.tables}
        places = (f"{names.get(e.sheet, '')}!{cell_name(e.row, e.column)}".lstrip("!") for e in alike[:6])
        return ", ".join(places)


def _told(error):
    return error.told(gettext) if isinstance(error, Refused) else str(error)


def _period(cell, measure):
    return parse_period(cell_text(cell) if isinstance(cell, float) else cell, measure.calendar, measure.kind).number


def _text(cell):
    text = unguarded(cell_text(cell))
    if len(text) > LONGEST_TEXT:
        raise CellRefused(_("The text is longer than %(most)d characters."), most=LONGEST_TEXT)
    return text


def _numerator(cell):
    if cell is None or cell == "" or cell_text(cell) == "":
        return None
    value = read_value(cell).value
    if value is not None and value < 0:
        raise CellRefused(_("A count must be a whole number, not negative."))
    return value


def _value_within(cell, measure, scale, marks):
    reading = read_value(cell, measure.unit, scale, marks)
    for number in (reading.value, reading.low, reading.high):
        if number is None:
            continue
        if (measure.low is not None and number < measure.low) or (measure.high is not None and number > measure.high):
            raise CellRefused(
                _("The number lies outside what is possible for this indicator: %(limits)s."), limits=_limits(measure)
            )
    return reading


def _limits(measure):
    if measure.high is None:
        return f"≥ {number_text(measure.low)}"
    if measure.low is None:
        return f"≤ {number_text(measure.high)}"
    return f"{number_text(measure.low)}–{number_text(measure.high)}"
