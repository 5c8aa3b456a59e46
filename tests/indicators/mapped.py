"""A small state workbook and how it is to be read, for the tests of the mapping page."""

from indicators.actions.checking import keep, new_batch
from indicators.actions.reading import Look
from indicators.importing import mapping as parts
from indicators.importing.mapping import CREATE, LEAVE_OUT, USE, Because, Choice, ColumnUse, Mapping, TableUse
from indicators.importing.tables import read_workbook
from tests.indicators.cast import DAY
from tests.workbooks import workbook_of

SURE, DOUBT = Because("The header says so."), Because("Looks like %(what)s.", {"what": "a rate"}, False)
ROWS = [
    ["State report of 2019"],
    ["School Code", "School Name", "Attendance Rate", "Enrollment"],
    ["0108", "Alameda International", 0.926, 800],
    ["0109", "Arvada K-8", 0.931, 400],
    ["9998", "District Total", 0.922, 84_000],
]
NEW_SCHOOL = {"kind": "school", "authority": "CO", "code": "0109", "name": "Arvada K-8", "parent": "CO:1420"}


def state_workbook(*rows):
    return workbook_of(*(rows or ROWS))


def state_mapping(**overrides):
    """One doubtful column of fractions, a school to create, an indicator to create, a total left to the district."""
    columns = [
        ColumnUse(1, "School Code", parts.ORGANIZATION, SURE),
        ColumnUse(2, "School Name", parts.ORGANIZATION_NAME, SURE),
        ColumnUse(3, "Attendance Rate", parts.VALUE, DOUBT, "Attendance Rate", scale="100", n_column=4),
        ColumnUse(4, "Enrollment", parts.N, SURE),
    ]
    table = TableUse(1, "Data", [2], 3, 5, columns, "State report of 2019", parts.BY_MEASURE, period="2018-2019")
    details = {"code": "attendance-rate", "name": "Attendance rate", "unit": "percent", "calendar": "school_year"}
    given = {
        "tables": [table],
        "indicators": {"Attendance Rate": Choice(CREATE, "attendance-rate", DOUBT, details, 3)},
        "organizations": {
            "0108": Choice(USE, "CO:0108", SURE, rows=1),
            "0109": Choice(CREATE, "CO:0109", DOUBT, dict(NEW_SCHOOL), 1),
            "9998": Choice(USE, "CO:1420", SURE, rows=1),
            "9999": Choice(LEAVE_OUT, "", SURE),
        },
        "groups": {"": Choice(USE, "all", SURE, rows=3)},
    } | overrides
    return Mapping(**given)


def waiting(world, mapping=None, content=None, person=None):
    """A batch that waits for its columns."""
    content = content or state_workbook()
    name = "Attendance 2018-2019.xlsx"
    batch = new_batch(content, name, known_on=DAY, by=person, district=world.jeffco, source="State")
    from django.core.files.base import ContentFile

    batch.file.save("", ContentFile(content), save=False)
    keep(batch, Look(read_workbook(content, 10**7, name), mapping or state_mapping()))
    return batch
