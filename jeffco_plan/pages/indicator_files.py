"""An indicator's numbers and drawings to take away: what the page shows, and nothing finer."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.translations import reader_of
from indicators.charts import pictures, trajectory
from indicators.labels import period_label
from jeffco_plan.pages.exports import Picture, Table, facts_of, figure_response, file_response, foot_of
from jeffco_plan.pages.indicator import group_finding, panels_of, run_card
from jeffco_plan.pages.subjects import subject_or_404
from strategy.frames import open_plan
from strategy.series_drawings import chart_of

HISTORIES = {
    "series": lambda subject: [subject.everyone, *subject.benchmarks, subject.turnout],
    "run": lambda subject: [subject.everyone],
    "groups": lambda subject: [subject.everyone, *subject.groups],
    "data": lambda subject: subject.shown,
}


@require_safe
def indicator_figure(request, plan, code):
    """The interactive figure, from the same numbers as the drawing on the page."""
    frame = open_plan(request, plan)
    subject, read = subject_or_404(frame, code), reader_of(request)
    chart = chart_of(subject.everyone, read, subject.benchmarks) if subject.everyone else None
    if chart is None:
        raise Http404
    return figure_response(request, chart)


@require_safe
def indicator_data(request, plan, code, kind):
    """Every publishable number of the page as a file that is safe to open."""
    return indicator_file(request, plan, code, "data", kind)


@require_safe
def indicator_file(request, plan, code, part, kind):
    """One part of the page (its series, its groups, all of it) as a table or a picture."""
    frame = open_plan(request, plan)
    subject, read = subject_or_404(frame, code), reader_of(request)
    if part not in HISTORIES:
        raise Http404
    home = reverse("indicator-detail", args=[frame.plan.slug, code]) + frame.query
    drawn = PICTURES.get(part)
    return file_response(
        kind,
        frame,
        [code] if part == "data" else [code, part],
        table=lambda: long_table(
            request, frame, read, home, about_indicator(subject.indicator, read), HISTORIES[part](subject)
        ),
        picture=drawn and (lambda: drawn(subject, read, foot_lines(request, frame, read, home, subject))),
    )


# Tables


def about_indicator(indicator, read):
    """What must be known of an indicator's numbers."""
    return [
        (_("Indicator"), read(indicator.name)),
        (_("Definition"), read(indicator.description)),
        (_("Method"), read(indicator.method)),
        (_("Source"), read(indicator.source)),
        (_("Illustration"), _("all") if indicator.is_illustration else ""),
    ]


def long_table(request, frame, read, home, about, shown):
    """Every reading of these histories in long form: a value, or a band, or why neither; and where it came from."""
    rows = [cells for history in shown if history for cells in lines_of(history, read)]
    return Table(long_header(), rows, facts_of(request, frame, read, home, *about))


def long_header():
    return [_("Indicator"), _("Name"), _("Organization"), _("Student group"), _("Period"), _("Value"), _("From"),
            _("To"), _("Group size"), _("Why withheld"), _("Known since"), _("Entered later"), _("Source"), _("Note"),
            _("File and cell"), _("Illustration")]  # fmt: skip


def lines_of(history, read):
    """The lines of one series, latest first; a period for which nothing was collected says so and why."""
    found = [(row.point.reading.period.number, cells_of(history, row, read)) for row in history.rows()]
    names = [history.indicator.code, read(history.indicator.name), read(history.series.organization.name),
             read(history.series.group.name)]  # fmt: skip
    mark = _("all") if history.indicator.is_illustration else ""
    for window in history.missing:
        cells = [*names, period_label(window.period), None, None, None, None, _("No result"), None, "", "",
                 read(window.reason), "", mark]  # fmt: skip
        found.append((window.period.number, cells))
    return [cells for _number, cells in sorted(found, key=lambda one: -one[0])]


def cells_of(history, row, read):
    """One line of the file: a value, or a band from and to, or the reason for neither."""
    indicator, part = history.indicator, row.point.published[0]
    is_exact = row.point.reading.is_exact
    return [
        indicator.code,
        read(indicator.name),
        read(history.series.organization.name),
        read(history.series.group.name),
        row.label,
        part.low if is_exact else None,
        None if is_exact else part.low,
        None if is_exact else part.high,
        row.n,
        row.shown if row.is_withheld else "",
        row.known_on,
        _("entered later") if row.is_entered_later else "",
        read(row.source),
        read(row.note),
        row.place,
        _("all") if indicator.is_illustration else "",
    ]


# Pictures


def foot_lines(request, frame, read, home, subject):
    indicator = subject.indicator
    return foot_of(
        request, frame, read, home,
        subject=f"{read(indicator.name)}, {read(frame.plan.district.name)}",
        source=read(indicator.source),
        illustration=_("Illustration: these figures are not real.") if indicator.is_illustration else "",
    )  # fmt: skip


def series_picture(subject, read, foot):
    chart = chart_of(subject.everyone, read, subject.benchmarks) if subject.everyone else None
    if chart is None:
        return None
    part = pictures.parts_of(trajectory.draw_width(chart, trajectory.WIDE, "p"))[0]
    beside = [other.label for other in chart.benchmarks]
    key = _("Solid line: actual results.")
    if beside:
        key += " " + _("Thin line with crosses: %(name)s.") % {"name": ", ".join(beside)}
    return Picture(part, subject.everyone.finding, [key, *foot], chart.description)


def run_picture(subject, read, foot):
    if not subject.everyone or not subject.everyone.points:
        return None
    card = run_card(subject)
    parts = pictures.parts_of(card.draw(read, "p"))
    return Picture(parts[0], card.finding, [card.method, *foot]) if parts else None


def groups_picture(subject, read, foot):
    """The small multiples on one sheet."""
    panels = [panel for panel in panels_of(subject, read) if panel.drawing]
    cells = [
        (read(panel.history.series.group.name), panel_words(panel), pictures.parts_of(panel.drawing)[0])
        for panel in panels
    ]
    if not cells:
        return None
    key = _("All on one scale. Thick line: the group. Thin line: all students.")
    said = ". ".join(f"{name}: {text}" for name, text, _part in cells)
    return Picture(pictures.sheet(cells), group_finding(subject, read), [key, *foot], said)


def panel_words(panel):
    words = f"{period_label(panel.history.last.reading.period)}: {panel.row.shown}"
    return f"{words}. {panel.gap_words}" if panel.gap_words else words


PICTURES = {"series": series_picture, "run": run_picture, "groups": groups_picture}
