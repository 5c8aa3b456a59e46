"""Files to take away, safe to open in a spreadsheet."""

import csv
import io

from django.http import HttpResponse

from indicators.importing.long_form import guarded


def safe_cell(value):
    """A text that a spreadsheet would run as a formula is quoted; numbers stay numbers."""
    text = "" if value is None else str(value)
    return text if _is_number(text) else guarded(text)


def csv_response(name, header, rows):
    """A CSV file with a byte order mark, so that spreadsheets read its accents."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    response = HttpResponse("\ufeff" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True
