"""Every name that a file uses, with what it means here: the last part of a mapping."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from indicators.importing.mapping import (
    CREATE,
    GROUP,
    LEAVE_OUT,
    MEASURE,
    ORGANIZATION,
    ORGANIZATION_NAME,
    USE,
    VALUE,
    Because,
    Choice,
    ColumnUse,
    Mapping,
    TableUse,
)
from indicators.importing.recognition import keys, masks, whom
from indicators.importing.recognition.directory import Directory, authority_of
from indicators.importing.recognition.measures import Figure
from indicators.importing.recognition.melting import Whom, body_rows, is_blank
from indicators.importing.recognition.naming import Groups, Indicators, indicator_choice, kind_of_unit
from indicators.importing.recognition.organizations import Choices
from indicators.importing.recognition.vocabulary import Vocabulary
from indicators.importing.refusals import marked as _
from indicators.importing.tables import Workbook

MOST_NAMES = 4_000  # of one kind, in one mapping


@dataclass(frozen=True)
class Sources:
    """What names are looked up in: the file, what is known, and the mapping that is followed, if there is one."""

    workbook: Workbook
    vocabulary: Vocabulary
    indicators: Indicators
    groups: Groups
    figures: dict[tuple[int, int, int], Figure]
    earlier: Mapping | None = None


def name_all(mapping: Mapping, sources: Sources) -> None:
    """Fill in the mapping's indicators, organizations and groups."""
    tables = [table for table in mapping.tables if table.is_read]
    said = [(table, _said(sources.workbook, table)) for table in tables]
    _name_organizations(mapping, sources, said)
    stands: dict[str, set] = defaultdict(set)
    for table, counts in said:
        taken = Whom(mapping, table)
        used: Counter = Counter()
        for (cells, texts, columns), count in counts.items():
            if taken.of_said(cells).is_taken:
                used[texts, columns] += count
        if not used and sources.vocabulary.district:
            message = _("None of its rows is about your district or its schools. Is it the right file?")
            table.because = Because(message, is_sure=False)
        for key, use in _name_measures(mapping, table, used, sources):
            stands[key].add((table.sheet, table.first_row, use.column, use.n_column))
    for key, places in stands.items():
        _propose_masked(mapping.indicators.get(key), places, sources)


def _said(workbook: Workbook, table: TableUse) -> Counter:
    """How often the rows of a table say the same of whom, what and which students, with the columns that are filled."""
    rows = workbook.sheets[table.sheet - 1].rows
    who = Whom(Mapping(), table)
    measures, groups = (table.of_role(role) for role in (MEASURE, GROUP))
    texts = [use.column - 1 for use in (*measures, *groups)]
    values = [use.column - 1 for use in table.of_role(VALUE)]
    counts: Counter = Counter()
    for _number, cells in body_rows(table, rows):
        filled = tuple([index for index in values if not is_blank(cells[index])])
        if filled:
            counts[who.said(cells), tuple([cells[index] for index in texts]), filled] += 1
    return counts


def _name_organizations(mapping: Mapping, sources: Sources, said: list) -> None:
    workbook = sources.workbook
    titles = [workbook.name, *(table.title for table, _counts in said), *(s.name for s in workbook.sheets)]
    notes = _notes(workbook, said)
    rows = [(table, _rows(counts)) for table, counts in said]
    names = (row.name for _table, counted in rows for row in counted)
    choices = Choices(sources.vocabulary, authority_of(sources.vocabulary, [*titles, *notes], names))
    choices.found = mapping.organizations
    for table, counted in rows:
        choices.add(counted, _about(table, counted, choices.directory))
    if sources.earlier:
        known = {organization.full_code for organization in sources.vocabulary.organizations}
        for name, choice in mapping.organizations.items():
            old = sources.earlier.organizations.get(name)
            if old and (choice.act == CREATE or not choice.because.is_sure):
                mapping.organizations[name] = _as_before(choice, old, known)


def _as_before(choice: Choice, old: Choice, known: set[str]) -> Choice:
    """What a person once said of a name, where it still holds; what was to be made then may be known by now."""
    because = Because(_("As it was settled before."))
    if old.act == LEAVE_OUT:
        return Choice(LEAVE_OUT, because=because, details=choice.details, rows=choice.rows)
    if old.to in known:
        return Choice(USE, old.to, because, choice.details, choice.rows)
    return choice


def _notes(workbook: Workbook, said: list) -> Iterator[str]:
    """What stands below the tables: the publisher often signs there."""
    for table, _counts in said:
        for row in workbook.sheets[table.sheet - 1].rows[table.last_row : table.last_row + 20]:
            yield " ".join(str(cell) for cell in row if isinstance(cell, str) and cell)


def _rows(counts: Counter) -> Counter:
    by_cells: Counter = Counter()
    for (cells, _texts, _columns), count in counts.items():
        by_cells[cells] += count
    counted: Counter = Counter()
    for cells, count in by_cells.items():
        row = whom.Row.of(cells)
        if row.key:
            counted[row] += count
    return counted


def _about(table: TableUse, rows: Counter, directory: Directory) -> str:
    """The kind of organization that the rows of a table are about: told by headers, by what is known, by titles."""
    own = table.of_role(ORGANIZATION, ORGANIZATION_NAME)
    told = whom.kind_of_header(" ".join(use.header for use in own))
    if told:
        return told
    known = directory.kinds_of(rows)
    if known:
        return known
    told = whom.kind_told([table.title, table.sheet_name])
    if told in ("district", "school"):
        return told
    return "district" if any(whom.is_state(row, directory.authority) for row in rows) else ""


def _name_measures(
    mapping: Mapping, table: TableUse, used: Counter, sources: Sources
) -> Iterator[tuple[str, ColumnUse]]:
    """Name what is measured and which students; the key of each measure with the column of its values."""
    measures, group_columns = table.of_role(MEASURE), table.of_role(GROUP)
    by_index = {use.column - 1: use for use in table.of_role(VALUE)}
    for (texts, filled), count in used.items():
        measure = keys.measures_of(measures, texts[: len(measures)])
        group = keys.group_of(group_columns, texts[len(measures) :])
        for index in filled:
            use = by_index[index]
            key = keys.indicator_key(table, measure, use)
            _name_indicator(mapping, table, key, use, count, sources)
            _name_group(mapping, keys.group_key(table, group, use), count, sources)
            yield key, use


def _name_indicator(mapping: Mapping, table: TableUse, key: str, use: ColumnUse, count: int, sources: Sources) -> None:
    choice = mapping.indicators.get(key)
    if choice is None and len(mapping.indicators) < MOST_NAMES:
        figure = sources.figures.get((table.sheet, table.first_row, use.column))
        choice = indicator_choice(sources.indicators, key, *_kind(table, use, figure, key))
        _scale_rows(choice, figure, key)
        old = sources.earlier.indicators.get(key) if sources.earlier else None
        if old and not choice.because.is_sure:
            choice = _as_before(choice, old, {known.code for known in sources.vocabulary.indicators})
        mapping.indicators[key] = choice
    if choice is not None:
        choice.rows += count


def _propose_masked(choice: Choice | None, places: set, sources: Sources) -> None:
    """Say of what would be made whether its publisher hides small groups, by the marks in all of its columns."""
    if choice is None or choice.act != CREATE:
        return
    pairs = (
        (sources.figures.get((sheet, row, value)), sources.figures.get((sheet, row, size)))
        for sheet, row, value, size in sorted(places)
    )
    mark = masks.found_in((value, size) for value, size in pairs if value).mark
    if mark:
        choice.details |= {"masked_by_publisher": "True", "mask": mark}


def _name_group(mapping: Mapping, name: str, count: int, sources: Sources) -> None:
    if not name:
        return
    choice = mapping.groups.get(name)
    if choice is None and len(mapping.groups) < MOST_NAMES:
        choice = sources.groups.choice(name)
        old = sources.earlier.groups.get(name) if sources.earlier else None
        if old and (choice.act == CREATE or not choice.because.is_sure):
            choice = _as_before(choice, old, {group.code for group in sources.vocabulary.groups})
        mapping.groups[name] = choice
    if choice is not None:
        choice.rows += count


def _scale_rows(choice: Choice, figure: Figure | None, key: str) -> None:
    """The scale of an indicator whose rows are in units of their own."""
    for text, (scale, because) in (figure.row_scales if figure else {}).items():
        if text in key.split(keys.JOINT):
            choice.details["scale"] = scale
            choice.because = choice.because if because.is_sure else because


def _kind(table: TableUse, use: ColumnUse, figure: Figure | None, key: str) -> tuple[str, dict]:
    """The kind of number, and what else is needed to make an indicator of it."""
    figures = {"titles": f"{table.title} {table.sheet_name}"}
    if figure is None:
        return "", figures
    figures["is_whole"] = figure.profile.is_whole
    if figure.parts.month:
        figures["period_kind"] = "month"
    told = [kind for text in key.split(keys.JOINT) if (kind := kind_of_unit(text))]
    return told[0] if told else figure.kind, figures
