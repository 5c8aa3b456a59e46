"""How a file is read, as data: which sheet and rows, what each column holds, and what its names mean here.

Recognition proposes a mapping, a steward corrects it, it is stored as JSON with the batch and remembered for next
year's file. Pure; every guess carries the reason for it and says whether it is sure.
"""

from collections.abc import Mapping as AnyMapping
from dataclasses import asdict, dataclass, field, fields

# What a column may hold. Several columns may be "measure" or "group": their texts are joined in order.
LEAVE_OUT = "leave_out"
MEASURE = "measure"  # a text that, with the header of a value column, names what is measured: subject, grade, …
PERIOD = "period"
ORGANIZATION = "organization"  # the code or name of whom the row is about: a school's in a file of schools
ORGANIZATION_NAME = "organization_name"  # its name, where the code stands in another column
DISTRICT = "district"  # the code or name of the district within which the row lies
DISTRICT_NAME = "district_name"
LEVEL = "level"  # says whether the row is about the state, a district or a school
GROUP = "group"
VALUE = "value"
N = "n"
NUMERATOR = "numerator"
SOURCE = "source"
NOTE = "note"
ROLES = (
    LEAVE_OUT, MEASURE, PERIOD, ORGANIZATION, ORGANIZATION_NAME, DISTRICT, DISTRICT_NAME, LEVEL, GROUP, VALUE, N,
    NUMERATOR, SOURCE, NOTE,
)  # fmt: skip

# How the numbers of a column become those of the indicator.
AS_WRITTEN = "1"
FROM_FRACTION = "100"  # 0.846 is 84.6 percent
SCALES = (AS_WRITTEN, FROM_FRACTION, "10000", "0.01", "1000")

# Shapes, for the words on the page only: the columns say how the table is read.
LONG, BY_YEAR, BY_GROUP, BY_MEASURE, MIXED = "long", "wide_by_year", "wide_by_group", "wide_by_measure", "mixed"

# What is done with a name in the file.
USE, CREATE = "use", "create"


@dataclass(frozen=True)
class Because:
    """Why something is guessed: a sentence marked for translation, its details, and whether a person must look."""

    message: str = ""
    details: dict[str, str] = field(default_factory=dict)
    is_sure: bool = True


@dataclass
class ColumnUse:
    """What one column holds. `measure`, `group` and `period` are what its own header says (empty: rows say it)."""

    column: int
    header: str
    role: str = LEAVE_OUT
    because: Because = field(default_factory=Because)
    measure: str = ""
    group: str = ""
    period: str = ""
    scale: str = AS_WRITTEN
    n_column: int = 0  # for a value: the column of its group size
    numerator_column: int = 0
    lowest: str = ""  # the header's own cell, by which a repeated header row is known
    fills_down: bool = False  # a blank cell says the same as the one above it, as in a pivot table


@dataclass
class TableUse:
    """One table of the file: where it stands (all from 1) and what is said once for all of it."""

    sheet: int
    sheet_name: str
    header_rows: list[int]
    first_row: int
    last_row: int
    columns: list[ColumnUse]
    title: str = ""
    shape: str = LONG
    is_own_form: bool = False  # the long form that this site exports: names are read as they stand, nothing is asked
    is_read: bool = True  # a sheet may be left out
    because: Because = field(default_factory=Because)
    measure: str = ""  # fixed for the table, from its title or the sheet's name, or typed by the steward
    period: str = ""
    organization: str = ""
    group: str = ""
    fixed: dict[str, Because] = field(default_factory=dict)  # reasons of the four above, by name

    def of_role(self, *roles: str) -> list[ColumnUse]:
        """The columns that hold one of these, from left to right."""
        return [use for use in self.columns if use.role in roles]


@dataclass
class Choice:
    """What a name in the file means: an existing one (`to` is its code), one to create, or nothing to bring in.

    `details` are the fields of what is to be created: for an indicator unit, decimals, direction, calendar, counts,
    name, is_public, masked_by_publisher (with `mask`, the mark that tells it); for an organization kind, authority,
    code, name, parent; for a group dimension, category, name. An indicator's `scale` there stands before that of the
    column, where rows of one column are in different units.
    """

    act: str = USE
    to: str = ""
    because: Because = field(default_factory=Because)
    details: dict[str, str] = field(default_factory=dict)
    rows: int = 0  # how many readings of the file carry the name


@dataclass
class Mapping:
    """Everything about how a file is read. Names are keyed as the file prints them (tidied), see `melting`."""

    tables: list[TableUse] = field(default_factory=list)
    indicators: dict[str, Choice] = field(default_factory=dict)
    organizations: dict[str, Choice] = field(default_factory=dict)
    groups: dict[str, Choice] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)  # declared sentinels: {"-1": "not_available"}
    remembered: str = ""  # the name of the mapping that this one follows

    @property
    def doubts(self) -> list[Because]:
        """Every guess that a person should look at before numbers are written."""
        read = [table for table in self.tables if table.is_read]
        said = [table.because for table in read]
        said += [use.because for table in read for use in table.columns]
        said += [because for table in read for because in table.fixed.values()]
        said += [c.because for names in (self.indicators, self.organizations, self.groups) for c in names.values()]
        return [because for because in said if not because.is_sure]

    def to_json(self) -> dict:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: AnyMapping) -> "Mapping":
        """The mapping that `to_json` gave; unknown keys of a later version are passed over."""
        return cls(
            tables=[_table(table) for table in stored.get("tables", [])],
            indicators=_choices(stored.get("indicators", {})),
            organizations=_choices(stored.get("organizations", {})),
            groups=_choices(stored.get("groups", {})),
            marks=dict(stored.get("marks", {})),
            remembered=stored.get("remembered", ""),
        )


def _known(kind: type, stored: AnyMapping) -> dict:
    names = {entry.name for entry in fields(kind)}
    known = {name: value for name, value in stored.items() if name in names}
    if "because" in known:
        known["because"] = Because(**_known(Because, known["because"]))
    return known


def _table(stored: AnyMapping) -> TableUse:
    known = _known(TableUse, stored)
    known["columns"] = [ColumnUse(**_known(ColumnUse, use)) for use in known.get("columns", [])]
    known["fixed"] = {name: Because(**_known(Because, because)) for name, because in known.get("fixed", {}).items()}
    return TableUse(**known)


def _choices(stored: AnyMapping) -> dict[str, Choice]:
    return {name: Choice(**_known(Choice, choice)) for name, choice in stored.items()}
