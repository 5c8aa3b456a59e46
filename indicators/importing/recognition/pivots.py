"""Names that a pivot table prints once and that stand for the rows below, too."""

from indicators.importing import mapping as parts
from indicators.importing.mapping import TableUse
from indicators.importing.recognition.grids import Grid
from indicators.importing.recognition.melting import is_blank
from indicators.importing.recognition.whom import says_state
from indicators.importing.values import cell_text

FEW_BLANKS = 0.2  # of the rows: fewer are holes in the names, not names printed once


def tell_fill_down(use: TableUse, grid: Grid, sample: list[int]) -> None:
    """Mark the columns of names that fill down, by those rows of the sample that hold a figure."""
    values = [column.column for column in use.of_role(parts.VALUE)]
    whom = use.of_role(parts.ORGANIZATION, parts.ORGANIZATION_NAME, parts.DISTRICT, parts.DISTRICT_NAME)
    rows = [
        row for row in sample
        if any(not is_blank(cell) for column in values for cell in grid.cells_of(column, [row]))
    ]  # fmt: skip
    others = use.of_role(parts.GROUP, parts.MEASURE, parts.PERIOD, parts.ORGANIZATION)
    names = [column.column for column in use.of_role(parts.ORGANIZATION, parts.ORGANIZATION_NAME)]
    for column in (*whom, *use.of_role(parts.GROUP, parts.MEASURE, parts.PERIOD)):
        of_whom = rows
        if column.role in (parts.DISTRICT, parts.DISTRICT_NAME):
            of_whom = [row for row in rows if _names_a_school(grid, names, row)]
        found = grid.cells_of(column.column, of_whom)
        blanks = [place for place, cell in enumerate(found) if is_blank(cell)]
        if not found or is_blank(found[0]) or len(blanks) < FEW_BLANKS * len(found) or (others == [column]):
            continue
        if column.role in (parts.ORGANIZATION, parts.ORGANIZATION_NAME) and use.of_role(parts.DISTRICT):
            continue  # a blank school beside a district is the district's own row
        column.fills_down = True


def _names_a_school(grid: Grid, columns: list[int], row: int) -> bool:
    texts = [cell_text(grid.cells_of(column, [row])[0]) for column in columns]
    return any(texts) and not any(says_state(text) for text in texts)
