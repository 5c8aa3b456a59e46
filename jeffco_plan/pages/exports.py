"""Files to take away: tables that are safe to open in a spreadsheet, charts as pictures, and the links to both."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from indicators.charts import figures, pictures, trajectory
from indicators.importing.long_form import guarded
from indicators.labels import day_label

TABLES, PICTURES = ("csv", "xlsx"), ("svg", "png")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "svg": "image/svg+xml",
    "png": "image/png",
}
FRESH = 300  # seconds: what is withheld today shall not be handed out for long
WIDEST = 60


@dataclass(frozen=True)
class Table:
    """Rows under a header, and what a reader of the file must know of them as (name, text)."""

    header: list[str]
    rows: Iterable[list]
    facts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing with its finding, the same in words, and the lines below it."""

    part: pictures.Part
    title: str
    foot: Sequence[str] = ()
    description: str = ""


@dataclass(frozen=True)
class Files:
    """The links under a chart: (name of the format, address); `name` says of which chart."""

    name: str
    data: list[tuple[str, str]]
    images: list[tuple[str, str]]


def files_of(route, place, query, name, *, has_picture=True):
    """Links to one chart's files; `place` are the route's arguments but for the format, the last."""
    at = lambda kind: reverse(route, args=[*place, kind]) + query  # noqa: E731
    images = [("SVG", at("svg")), ("PNG", at("png"))] if has_picture else []
    return Files(name, [("CSV", at("csv")), ("Excel", at("xlsx"))], images)


def file_response(kind, frame, stem, *, table=None, picture=None):
    """The chart in the asked-for format; 404 for a format that it does not come in.

    `table` and `picture` are functions, so that only what is sent is made.
    """
    if kind in TABLES and table:
        content = (csv_bytes if kind == "csv" else xlsx_bytes)(table())
    elif kind in PICTURES and picture and (drawn := picture()):
        content = picture_bytes(drawn, kind)
    else:
        raise Http404
    return sent(HttpResponse(content, content_type=TYPES[kind]), frame, f"{file_stem(frame, *stem)}.{kind}")


def file_stem(frame, *parts):
    """A name that says what is in the file: plan, subject, day where it is not today, language where not English."""
    day = [f"as-of-{frame.day.isoformat()}"] if frame.is_as_of else []
    language = (get_language() or "en").split("-")[0]
    return "-".join([frame.plan.slug, *parts, *day, *([] if language == "en" else [language])])


def sent(response, frame, name):
    """A file to save under its name, kept by browsers for minutes, and out of search engines as its page is."""
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, public=True, max_age=FRESH)
    if frame.is_noindex:
        response["X-Robots-Tag"] = "noindex"
    return response


def facts_of(request, frame, read, page, *more):
    """What goes with every table: plan, day, page, and how numbers are shown."""
    return [
        *((name, text) for name, text in more if text),
        (_("Plan"), read(frame.plan.title)),
        (_("As known on"), frame.day.isoformat()),
        (_("Page"), request.build_absolute_uri(page)),
        (_("How numbers are shown, and why some are not"), request.build_absolute_uri(reverse("about-data"))),
    ]


# Tables


def safe_cell(value):
    """A cell that no spreadsheet runs as a formula; numbers stay numbers, days are written 2019-06-12."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    text = value.isoformat() if isinstance(value, date) else str(value)
    return text if _is_number(text) else guarded(text)


def csv_bytes(table):
    """CSV with a byte order mark, so that spreadsheets read its accents."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(table.header)
    writer.writerows([safe_cell(cell) for cell in row] for row in table.rows)
    return ("\ufeff" + buffer.getvalue()).encode()


def csv_response(name, header, rows):
    """A table of its own as a CSV file to save."""
    response = HttpResponse(csv_bytes(Table(header, rows)), content_type=TYPES["csv"])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def xlsx_bytes(table):
    """A workbook: the same rows with real numbers and days, and a second sheet with what must be known of them."""
    book = Workbook(write_only=True)
    rows = [[_cell_value(cell) for cell in row] for row in table.rows]
    sheet = book.create_sheet(_("Data"))
    sheet.freeze_panes = "A2"
    for place, head in enumerate(table.header):
        room = max([len(str(head)), *(len(str(row[place] or "")) for row in rows)])
        sheet.column_dimensions[chr(ord("A") + place)].width = min(room + 2, WIDEST)
    sheet.append([_bold(sheet, head) for head in table.header])
    for row in rows:
        sheet.append(row)
    about = book.create_sheet(_("About"))
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 40, 100
    for name, text in table.facts:
        about.append([_bold(about, name), _cell_value(text)])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _bold(sheet, text):
    cell = WriteOnlyCell(sheet, value=_cell_value(text))
    cell.font = Font(bold=True)
    return cell


def _cell_value(value):
    """Numbers and days as such; a text is guarded, and loses what a workbook cannot hold."""
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", guarded(str(value)))


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


# Pictures


def picture_bytes(picture, kind):
    """The drawing with its title and source as a file, or that file as dots."""
    drawn = pictures.picture(picture.part, picture.title, picture.foot, description=picture.description)
    return drawn.encode() if kind == "svg" else pictures.png(drawn)


def foot_of(request, frame, read, page, *, subject="", source="", illustration=""):
    """The lines below a picture: what is shown, where it comes from, which day's knowledge it is, where it stands."""
    words = {"plan": read(frame.plan.title), "day": day_label(frame.day), "url": request.build_absolute_uri(page)}
    return [
        illustration,
        subject,
        _("Source: %(source)s") % {"source": source} if source else "",
        _("%(plan)s, as known on %(day)s. %(url)s") % words,
    ]


def figure_response(request, chart):
    """The interactive figure, its words placed for the width that the page's script names."""
    width = request.GET.get("width", "")
    size = figures.sized(request.GET.get("size", "c-w"), int(width[:6]) if width.isdecimal() else trajectory.WIDE.width)
    return HttpResponse(figures.figure_json(chart, size), content_type="application/json")
