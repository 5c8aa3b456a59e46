"""One table of a file, from its grid to how it is to be read."""

import re
from pathlib import PurePath

from indicators.importing import mapping as parts
from indicators.importing.mapping import Because, ColumnUse, TableUse
from indicators.importing.recognition import cells, keys, measures, pivots, scales, titles, years
from indicators.importing.recognition.directory import Directory
from indicators.importing.recognition.grids import Grid
from indicators.importing.recognition.headers import Parts, take_apart
from indicators.importing.recognition.measures import Figure
from indicators.importing.recognition.naming import Groups, Indicators, kind_of_unit
from indicators.importing.recognition.roles import find_roles
from indicators.importing.recognition.subgroups import ALL, grade_group, usual_group
from indicators.importing.recognition.wording import plain, says, words
from indicators.importing.refusals import marked as _
from indicators.importing.tables import Workbook
from indicators.importing.values import cell_text

_GENERIC = {"data", "value", "result", "results", "amount", "figure", "observation", "reading", "estimate", "valor"}
_BARE = {"percent", "rate", "number", "average", "student", "n", "total", "all", "dollars", "$"}


class Draft:
    """A grid whose columns are given roles, one step after another."""

    def __init__(
        self, grid: Grid, workbook: Workbook, indicators: Indicators, groups: Groups, directory: Directory
    ) -> None:
        self.grid, self.workbook = grid, workbook
        self.indicators, self.groups, self.directory = indicators, groups, directory
        self.marks = titles.declared_marks((*grid.titles, *grid.notes))
        self.rows = cells.sample_of(grid.first_row, grid.last_row)
        self.profiles = {column: cells.profile(grid.cells_of(column, self.rows)) for column in grid.columns}
        self.roles = find_roles(grid, self.profiles, groups.is_group, directory.is_known)
        self.use = TableUse(
            grid.sheet.number, grid.sheet.name, grid.header_rows, grid.first_row, grid.last_row, [],
            title=next((text for text in grid.titles if text), "")[:300],
        )  # fmt: skip
        self.figures: list[Figure] = []

    def table(self) -> TableUse:
        """How the table is to be read."""
        self._draw_figures()
        self._tell_measure()
        label = self._tell_period()
        measures.settle(self.figures, self._own_year(label), self._known)
        self._settle_units()
        self._tell_group_and_organization()
        self.use.columns = [self._column(column, label) for column in self.grid.columns]
        pivots.tell_fill_down(self.use, self.grid, self.rows)
        self._judge()
        return self.use

    def _draw_figures(self) -> None:
        taken_apart = take_apart(self.grid, self.roles.figures, self._is_group)
        for column in self.roles.figures:
            found, header = taken_apart[column], self.grid.header(column)
            kind = measures.kind_of_figure(found.measure or header, self.profiles[column])
            if kind in (measures.COUNT, measures.UNKNOWN) and found.measure and found.measure != header:
                kind = self._kind_of_header(kind, header, column)
            if plain(found.measure) in _GENERIC:
                found.measure, kind = "", self._kind_told(kind)
            figure = Figure(column, header, found, self.profiles[column], kind)
            figure.students = (self._is_group(found.group) or found.group) if found.group else ""
            figure.students = "" if figure.students == ALL else figure.students
            self.figures.append(figure)

    def _is_group(self, text: str) -> str:
        """What tells the student group that a text names, nothing where it names none.

        Grades are groups only where students are counted.
        """
        if len(text) >= 80:
            return ""
        grade = grade_group(text) if self._counts() else None
        return self.groups.meaning(text) or (grade.code if grade else "")

    def _counts(self) -> bool:
        said = " ".join([*(self.grid.header(column) for column in self.roles.figures), *self.grid.titles])
        return not re.search(r"percent|pct|%|rate|mean|average|score|proficien", plain(said))

    def _kind_of_header(self, kind: str, header: str, column: int) -> str:
        """What an upper header says of the kind, or a row of units, where the measure itself says nothing of it."""
        whole = measures.kind_of_figure(header, self.profiles[column])
        return whole if measures.kind_said(header) and not measures.kind_said(self._measure_of(column)) else kind

    def _measure_of(self, column: int) -> str:
        return self.grid.headers[column][-1] if self.grid.headers[column] else ""

    def _kind_told(self, kind: str) -> str:
        """The kind of number that another column tells, such as "DataFormat: Percent"."""
        for column in self.grid.columns:
            texts = self.profiles[column].texts
            if len(texts) == 1 and self.profiles[column].share(cells.TEXT) == 1:
                (text,) = texts
                kind = kind_of_unit(text) or kind
        return kind

    def _tell_measure(self) -> None:
        """What is measured, where headers do not say it: the name of a test, or the title."""
        texts = [*self.grid.titles, self.grid.sheet.name, PurePath(self.workbook.name).stem]
        said = " ".join(f.header for f in self.figures)
        tests = [name for text in texts for name in titles.tests_named(text)]
        if len(set(tests)) == 1 and tests[0] not in said:
            self.use.measure = tests[0]
            self.use.fixed["measure"] = Because(_("The title or the name of the file names this test."))
        if all(_is_bare(figure.parts.measure) for figure in self.figures) and not self._measured_in_rows():
            self._tell_measure_by(texts)

    def _tell_measure_by(self, texts: list[str]) -> None:
        """The first text that says something; the name of a group or of an organization does not."""
        for text in texts:
            told = titles.measure_told(text)
            if told and not self.groups.is_group(told) and not self.directory.is_known(told):
                self.use.measure = told
                message = _("The headers do not say what is measured; “%(text)s” does.")
                self.use.fixed["measure"] = Because(message, {"text": text[:120]})
                return
        self.use.fixed["measure"] = Because(_("Nothing says what is measured. What is it?"), is_sure=False)

    def _measured_in_rows(self) -> bool:
        return any(
            len(self.profiles[column].texts) > 1 and not says(self.grid.header(column), "grades?", "data ?format")
            for column in self.roles.columns(parts.MEASURE)
        )

    def _tell_period(self) -> years.Label | None:
        """The period of the whole table, where neither rows nor headers tell it, and the year it is about."""
        texts = [*self.grid.titles, self.grid.sheet.name, PurePath(self.workbook.name).stem.replace("_", " ")]
        latest = max((figure.parts.year for figure in self.figures), default=0)
        label, is_sure, where = titles.period_told(texts, latest)
        if self.roles.columns(parts.PERIOD) or (self.figures and all(f.parts.period for f in self.figures)):
            return label
        if label is None:
            self.use.fixed["period"] = Because(_("Nothing tells the period. Which year is it?"), is_sure=False)
            return None
        self.use.period = label.text
        message = _("“%(text)s” tells the period.") if is_sure else _("“%(text)s” may tell the period. Is it so?")
        self.use.fixed["period"] = Because(message, {"text": where[:120]}, is_sure)
        return label

    def _own_year(self, label: years.Label | None) -> int:
        """The year that the table is about; 0 where it is about several alike."""
        told = self.roles.columns(parts.PERIOD)
        if told:
            found = {label.year for text in self.profiles[told[0]].texts if (label := years.label_of(text))}
            return found.pop() if len(found) == 1 else 0
        latest = max((f.parts.year for f in self.figures), default=0)
        if label:
            return label.year
        return latest if any(not f.parts.year for f in self.figures) else 0

    def _known(self, figure: Figure) -> str:
        """The code of the indicator that a column is known to hold, in any of its rows."""
        use = ColumnUse(figure.column, figure.header, measure=figure.parts.measure)
        unit = figure.kind if figure.kind in ("percent", "mean", "count", "dollars", "ratio", "days") else ""
        for row in self._row_measures():
            key = keys.indicator_key(self.use, row, use)
            if key and (known := self.indicators.sure_of(key, unit)):
                return known.code
        return ""

    def _row_measures(self) -> list[str]:
        """The different texts of the measure columns, in the rows looked at."""
        columns = self.roles.columns(parts.MEASURE)
        uses = [ColumnUse(column, self.grid.header(column), parts.MEASURE) for column in columns]
        for use in uses:
            use.measure = self.grid.headers[use.column][-1] if self.grid.headers[use.column] else ""
        said = (
            dict.fromkeys(zip(*(self.grid.cells_of(c, self.rows) for c in columns), strict=True)) if columns else [()]
        )
        return [keys.measures_of(uses, texts) for texts in list(said)[:80]]

    def _settle_units(self) -> None:
        for figure in self.figures:
            if figure.role == parts.VALUE:
                known = self.indicators.get(figure.known)
                unit = known.unit if known else figure.kind
                scales.settle_scale(figure, unit, known.usual if known else None)
                scales.doubt_sentinels(figure, self.marks)
                self._settle_rows_in_units(figure)

    def _settle_rows_in_units(self, figure: Figure) -> None:
        """Scales of rows where one column says of each whether it is a percentage, such as "DataFormat"."""
        for column in self.roles.columns(parts.MEASURE):
            told = {text for text in self.profiles[column].texts if kind_of_unit(text)}
            if not told or len(told) < len(self.profiles[column].texts):
                continue
            for text in told:
                rows = [r for r in self.rows if cell_text(self.grid.cells_of(column, [r])[0]) == text]
                part = Figure(figure.column, figure.header, figure.parts, self._profile_of(figure.column, rows))
                part.kind = kind_of_unit(text)
                scales.settle_scale(part, part.kind, None)
                figure.row_scales[text] = part.scale, part.because
            figure.scale = parts.AS_WRITTEN

    def _profile_of(self, column: int, rows: list[int]) -> cells.Profile:
        return cells.profile(self.grid.cells_of(column, rows))

    def _tell_group_and_organization(self) -> None:
        sheet = self.grid.sheet.name
        has_groups = self.roles.columns(parts.GROUP) or any(f.parts.group for f in self.figures)
        if not has_groups and usual_group(sheet) and sheet:
            self.use.group = sheet
            self.use.fixed["group"] = Because(_("The name of the sheet is that of a student group."))
        if self.roles.columns(parts.ORGANIZATION, parts.ORGANIZATION_NAME, parts.DISTRICT, parts.DISTRICT_NAME):
            return
        named = [text for text in (sheet, *self.grid.titles) if text and self.directory.is_known(text)]
        if named:
            self.use.organization = named[0]
            self.use.fixed["organization"] = Because(
                _("The title or the name of the sheet is that of an organization.")
            )
            return
        own = self.directory.own()
        self.use.organization = own.names[0] if own and own.names else ""
        message = _("No column names schools or districts. Are the numbers those of the whole district?")
        self.use.fixed["organization"] = Because(message, is_sure=False)

    def _column(self, column: int, label: years.Label | None) -> ColumnUse:
        header = self.grid.header(column)
        figure = next((f for f in self.figures if f.column == column), None)
        if figure is None:
            role = self.roles.by_column[column]
            use = ColumnUse(column, header, role.role, role.because)
            if role.role == parts.MEASURE and self.grid.headers[column]:
                use.measure = self.grid.headers[column][-1]
            return use
        use = ColumnUse(
            column, header, figure.role, figure.because, figure.parts.measure, figure.parts.group,
            self._period_of(figure.parts, label), figure.scale, figure.n_column, figure.numerator_column,
            lowest=self.grid.lowest(column),
        )  # fmt: skip
        if figure.parts.month and not use.period and figure.role == parts.VALUE:
            use.because = Because(_("The month is told, but not the year."), is_sure=False)
        return use

    def _period_of(self, found: Parts, label: years.Label | None) -> str:
        """What a header tells of the period; nothing where the rows tell the same."""
        if found.month:
            return years.month_in_school_year(found.month, label) if label else ""
        if self.roles.columns(parts.PERIOD) and found.year == self._own_year(label):
            return ""
        return found.period if found.year or not self.roles.columns(parts.PERIOD) else ""

    def _judge(self) -> None:
        """Whether the table is read at all, and whether a person must say so."""
        use = self.use
        values = use.of_role(parts.VALUE)
        use.shape = _shape(use, values)
        named = [figure for figure in self.figures if self.directory.is_known(figure.header)]
        if len(named) >= 2 and not use.of_role(parts.ORGANIZATION):
            use.is_read = False
            use.because = Because(_("Its columns are schools or districts. Turn the table, so that each has a row."))
        elif not values:
            use.is_read = False
            use.because = Because(_("The table holds no figures that could be readings."))
        elif self._is_list():
            use.is_read = False
            use.because = Because(_("The table names no organization, period or measure: it seems to explain others."))
        elif self.grid.is_beside_another:
            use.because = Because(_("Two tables stand side by side. Is this one to be read?"), is_sure=False)
        else:
            rows = ", ".join(map(str, use.header_rows))
            use.because = Because(_("The header stands in row %(rows)s, figures below it."), {"rows": rows})

    def _is_list(self) -> bool:
        has_whom = self.use.of_role(parts.ORGANIZATION, parts.DISTRICT) or self.use.organization
        has_period = self.use.of_role(parts.PERIOD) or self.use.period or any(u.period for u in self.use.columns)
        return not has_whom and not has_period


def _is_bare(measure: str) -> bool:
    return not measure or plain(measure) in _GENERIC or set(words(measure)) <= _BARE


def _shape(use: TableUse, values: list[ColumnUse]) -> str:
    different = {
        parts.BY_YEAR: len({value.period for value in values}),
        parts.BY_GROUP: len({value.group for value in values}),
        parts.BY_MEASURE: len({value.measure for value in values}),
    }
    wide = [shape for shape, count in different.items() if count > 1]
    if not wide:
        return parts.LONG
    return wide[0] if len(wide) == 1 else parts.MIXED
