"""Files as they arrive: encodings, separators, workbooks, and those that are politely refused."""

import io
import re
import zipfile

import openpyxl
import pytest

from indicators.importing.columns import find_layout
from indicators.importing.refusals import FileRefused
from indicators.importing.tables import Workbook, _look_into_archive, read_workbook
from tests.indicators.cast import HEADER
from tests.workbooks import workbook_of

LIMIT = 5_000_000


def rows_of(content):
    return read_workbook(content, LIMIT).sheets[0].rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_common_encoding_and_separator_is_read(encoding, delimiter, ending):
    text = ending.join(delimiter.join(line) for line in [["indicator", "value"], ["Niños", "84.6"], ["a", "2"]])
    assert rows_of(text.encode(encoding)) == [["indicator", "value"], ["Niños", "84.6"], ["a", "2"]]


def test_a_first_line_that_tells_the_separator_is_no_row_of_the_table():
    assert rows_of(b"sep=;\na,x;b\n1;2\n") == [[], ["a,x", "b"], ["1", "2"]]


def test_rows_of_different_lengths_and_blank_columns_at_the_end_are_kept_as_they_are():
    assert rows_of(b"a,b\n1,2,3\n4\n\n") == [["a", "b"], ["1", "2", "3"], ["4"], []]


def test_a_workbook_tells_which_cells_are_merged_and_its_own_name():
    book = openpyxl.Workbook()
    book.active.append(["2019", "", "x"])
    book.active.merge_cells("A1:B1")
    stored = io.BytesIO()
    book.save(stored)
    workbook = read_workbook(stored.getvalue(), LIMIT, "results.xlsx")
    assert (workbook.sheets[0].merged, workbook.name) == (((1, 1, 1, 2),), "results.xlsx")


def test_commas_inside_quoted_cells_do_not_mislead():
    assert rows_of(b'a;b\n"one, two, three";4\n')[1] == ["one, two, three", "4"]


def test_blank_rows_keep_their_place_so_that_numbers_agree_with_the_spreadsheet():
    assert rows_of(b"a,b\n\n1,2\n") == [["a", "b"], [], ["1", "2"]]


def test_a_workbook_keeps_rows_and_columns_where_they_stand():
    content = workbook_of([], [None, "x"], [None, 1420, 84.5])
    assert rows_of(content) == [["", "", ""], ["", "x", ""], ["", 1420.0, 84.5]]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"%PDF-1.7 ...", "not a table"),
        (b"<html><table>", "web page, even if its name ends in .xls"),
        (b"\xef\xbb\xbf<html xmlns:x='urn'><table>", "web page"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "web page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, r"old kind \(\.xls\)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"PK\x03\x04" + b"\x00" * 100, "damaged or was cut off"),
        (b"a,b\n\x00\x01\x02,3", "other than text"),
        (b'a,b\n"1,2\n3,4\n', "quotation mark"),
        (b"a" * (LIMIT + 1), "larger than"),
    ],
)
def test_what_is_no_table_is_refused_with_advice(content, why):
    with pytest.raises(FileRefused, match=why):
        read_workbook(content, LIMIT)


def test_a_truncated_workbook_is_refused():
    content = workbook_of(*[[number, "x" * 20] for number in range(200)])
    with pytest.raises(FileRefused, match="cut off"):
        read_workbook(content[: len(content) // 2], LIMIT)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("word/document.xml", "not a table"),
        ("xl/workbook.bin", "another kind"),
        ("content.xml", "another kind"),
    ],
)
def test_other_office_files_are_refused(name, why):
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(FileRefused, match=why):
        read_workbook(stored.getvalue(), LIMIT)


def test_a_workbook_that_unpacks_into_a_flood_is_refused_before_it_does():
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(260):
                sheet.write(b"\x20" * 1024 * 1024)
    with pytest.raises(FileRefused, match="unpacks into"):
        read_workbook(stored.getvalue(), LIMIT)


def test_a_lone_cell_at_the_far_corner_does_not_fill_the_memory():
    book = openpyxl.Workbook()
    book.active["A1"] = "indicator"
    book.active.cell(row=1_048_576, column=16_384, value="x")
    stored = io.BytesIO()
    book.save(stored)
    with pytest.raises(FileRefused, match="more than"):
        read_workbook(stored.getvalue(), LIMIT)


# Other ways to write a far place, each of which the reader follows: (a cell's tag, its row's tag).
FAR = {
    "more digits than any sheet has": (b'<c r="B99999999"', b'<row r="99999999"'),
    "zeros before the number": (b'<c r="XFD' + b"0" * 80 + b'1048576"', b'<row r="2"'),
    "more letters than any sheet has": (b'<c r="ZZZZ1048576"', b'<row r="1048576"'),
    "no blank before the place": (b'<c t="n"r="XFD1048576"', b'<row r="2"'),
    "blanks around the sign": (b"<c r" + b" " * 5_000_000 + b'= "XFD1048576"', b'<row r="2"'),
    "a row alone": (b"<c", b'<row r="99999999"'),
}


@pytest.mark.parametrize("cell, row", FAR.values(), ids=FAR)
def test_a_far_corner_is_met_however_it_is_written(cell, row):
    """Refused before the reader sees it: the reader would end the process, so the test only asks the guard."""
    edit = lambda sheet: sheet.replace(b'<c r="B2"', cell).replace(b'<row r="2"', row)  # noqa: E731
    with pytest.raises(FileRefused, match="more than"):
        _look_into_archive(edited(edit))


def test_cells_without_a_place_are_counted():
    """A wide row of cells without a place, and one far below."""
    wide = b"<row>" + b"<c/>" * 600 + b'</row><row r="900000"'
    with pytest.raises(FileRefused, match="more than"):
        _look_into_archive(edited(lambda sheet: sheet.replace(b'<row r="2"', wide)))


def test_a_workbook_whose_cells_say_no_place_is_read():
    plain = edited(lambda sheet: re.sub(rb' r="[A-Z]*[0-9]+"', b"", sheet))
    assert [row[0] for row in read_workbook(plain, LIMIT).sheets[0].rows] == [1.0, "", 3.0]


def edited(edit):
    """A workbook of three rows whose sheet is edited by hand."""
    book = openpyxl.Workbook()
    for row in ([1, 1], ["", 2], [3, 3]):
        book.active.append(row)
    stored, changed = io.BytesIO(), io.BytesIO()
    book.save(stored)
    with zipfile.ZipFile(stored) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            target.writestr(entry.filename, edit(content) if entry.filename.endswith("sheet1.xml") else content)
    return changed.getvalue()


def layout_of(*rows, **options):
    return find_layout(read_workbook(workbook_of(*rows, **options), LIMIT))


def test_headers_are_known_in_any_case_order_and_in_spanish():
    layout = layout_of([" VALUE*", "Group", "Organization ", "PERIOD", "Indicator", "N"])
    assert layout.columns == {"value": 1, "group": 2, "organization": 3, "period": 4, "indicator": 5, "n": 6}
    assert layout_of(["Indicador", "Período", "Organización", "Grupo", "Valor"]).columns["value"] == 5


def test_a_sheet_of_prose_and_a_title_may_stand_before_the_table():
    layout = layout_of(
        ["Title"], [], HEADER.split(","), ["x"], before=[("Read me", [["Some prose"], ["value", "of all"]])]
    )
    assert (layout.sheet, layout.sheet_name, layout.header_row) == (2, "Data", 3)


def test_columns_that_are_not_read_are_named_and_the_mark_of_illustrations_is_no_surprise():
    assert layout_of([*HEADER.split(","), "Comment", "illustration"]).unread == ["Comment"]


def test_missing_columns_are_named():
    with pytest.raises(FileRefused, match="lacks these columns: organization, group"):
        layout_of(["indicator", "period", "value"])


def test_two_columns_that_could_be_the_same_are_refused():
    with pytest.raises(FileRefused, match="Two columns could be the same one: Result"):
        layout_of([*HEADER.split(","), "Result"])


def test_a_workbook_without_sheets_names_what_is_missing():
    with pytest.raises(FileRefused, match="indicator, period"):
        find_layout(Workbook("xlsx", []))
