"""Workbooks as a district or a state sends them, made in memory."""

import io

import openpyxl


def workbook_of(*rows, title="Data", before=()):
    """The bytes of a workbook whose last sheet holds the rows; `before` are (title, rows) of the sheets before it."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in [*before, (title, rows)]:
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    stored = io.BytesIO()
    book.save(stored)
    book.close()
    return stored.getvalue()
