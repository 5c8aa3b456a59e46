"""An indicator of the plan: one question, answered by its series, its groups, and the source of every number."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.htmx import page
from accounts.translations import reader_of
from indicators.charts import trajectory
from indicators.labels import period_label, period_phrase
from jeffco_plan.pages.exports import Files, files_of
from jeffco_plan.pages.subjects import subject_or_404
from strategy.comparability import gap_between, gap_course, turnout_changes
from strategy.frames import open_plan
from strategy.histories import History, row_of, shown_text
from strategy.leading import LeadingCard, leading_cards
from strategy.measures import period_of
from strategy.models import Goal, LeadingIndicator, Tactic
from strategy.scorecards import goal_cards, worst_first
from strategy.series_drawings import chart_of, ground_of, multiple_of, name_of_place

FREQUENT = ("month", "week", "day")


@dataclass
class GroupPanel:
    """A student group as a small multiple and a row: its last reading, and its distance to all students."""

    history: History
    drawing: str
    row: object
    gap: str
    gap_words: str
    course: str
    turnout: str


@dataclass
class RunPanel:
    """The series as a run chart, or why there is none."""

    drawing: str
    finding: str
    method: str
    is_main: bool  # a series of weeks or months: the run chart stands where others have their line over the years
    files: Files | None = None


@require_safe
def indicator_detail(request, plan, code):
    frame = open_plan(request, plan)
    read = reader_of(request)
    subject = subject_or_404(frame, code)
    everyone = subject.everyone
    chart = chart_of(everyone, read, subject.benchmarks) if everyone else None
    leading = leading_of(frame, subject.indicator)
    run = run_of(frame, subject, leading, read)
    periods, table = table_of(subject)
    windows = windows_of(subject, frame)
    context = {
        "frame": frame,
        "section": "aims",
        "indicator": subject.indicator,
        "finding": everyone.finding if everyone else _("No result is known on this day"),
        "beside": beside_words(subject, read),
        "benchmarks": [name_of_place(other) for other in subject.benchmarks],
        "organization": frame.plan.district,
        "chart": run.drawing if run and run.is_main else trajectory.draw(chart, "series") if chart else "",
        "run": run,
        "rows": rows_of(subject),
        "turnout": subject.turnout.indicator if subject.turnout else None,
        "turnout_changes": [change.sentence for change in subject.turnout_changes],
        "cohorts": subject.cohorts,
        "notes": notes_told(subject, windows["not_collected"]),
        "has_breaks": bool(everyone and has_drawn_break(everyone)),
        "panels": panels_of(subject, read),
        "is_level": bool(everyone and everyone.is_level),
        "group_finding": group_finding(subject, read),
        "windows": windows,
        "periods": periods,
        "table": table,
        "goals": goals_of(frame, subject.indicator),
        "leading": leading,
        **links_of(frame, subject, read),
    }
    return page(request, "pages/indicator.html", context)


def links_of(frame, subject, read):
    """Addresses of the page's figure, its files, and the list of schools."""
    place, name = [frame.plan.slug, subject.indicator.code], read(subject.indicator.name)
    at = lambda part, about, **more: files_of("indicator-file", [*place, part], frame.query, about, **more)  # noqa: E731
    has_drawing = any(not p.reading.is_withheld for p in subject.everyone.points) if subject.everyone else False
    return {
        "figure_url": reverse("indicator-figure", args=place) + frame.query,
        "schools_url": reverse("indicator-schools", args=place) + frame.query,
        "series_files": at("series", name, has_picture=has_drawing),
        "group_files": at("groups", name + ", " + _("student groups")),
        "all_files": files_of("indicator-data", place, frame.query, _("every number of this page"), has_picture=False),
    }


def rows_of(subject):
    """The table of the main series: each period with what stands beside it and who took part, or why it has none."""
    beside = [*subject.benchmarks, *([subject.turnout] if subject.turnout else [])]
    if not subject.everyone:
        return []
    rows = [(row.point.reading.period.number, row, None) for row in subject.everyone.rows(*beside)]
    rows += [(w.period.number, None, (period_label(w.period), w.reason)) for w in subject.everyone.missing]
    return [(row, missing) for _number, row, missing in sorted(rows, key=lambda one: -one[0])]


def beside_words(subject, read):
    """Where the last result lies beside each benchmark."""
    gaps = [(gap_between(subject.everyone, other), other) for other in subject.benchmarks] if subject.everyone else []
    return "; ".join(gap.words(read(name_of_place(other))) for gap, other in gaps if gap and not gap.is_withheld)


def has_drawn_break(history):
    """Whether a break falls between the readings, where the drawing shows it."""
    numbers = [point.reading.period.number for point in history.points]
    return any(numbers[0] < note.period <= numbers[-1] for note in history.breaks) if numbers else False


def notes_of(subject):
    """What happened to the series; known with any of its histories."""
    known = [subject.everyone] if subject.everyone else subject.groups[:1]
    return known[0].notes if known else []


def notes_told(subject, not_collected):
    """What happened, what changed and what was not collected, in order of the periods: (period, what, words)."""
    found = [(note.period, note.get_kind_display(), note.text) for note in notes_of(subject)]
    found += [(window.period.number, _("no result"), window.reason) for window in not_collected]
    in_order = sorted(found, key=lambda one: one[0])
    return [(period_label(period_of(subject.indicator, number)), kind, text) for number, kind, text in in_order]


def panels_of(subject, read):
    """Every group with a reading, all on one scale."""
    shown = [*subject.groups, *([subject.everyone] if subject.everyone and subject.everyone.is_level else [])]
    ground = ground_of(shown)
    return [panel_of(group, subject, ground, f"m{n}", read) for n, group in enumerate(subject.groups, 1)]


def panel_of(history, subject, ground, prefix, read):
    everyone, name = subject.everyone, read(history.series.group.name)
    beside = everyone if everyone and everyone.is_level else None
    gap = gap_between(history, everyone)
    changes = turnout_changes(history, subject.turnouts.get(history.series.group_id))
    return GroupPanel(
        history,
        multiple_of(history, ground, prefix, beside, name),
        row_of(history.last, history),
        gap.text if gap else "",
        gap.words(_("all students")) if gap else "",
        gap_course(history, everyone, name, _("all students")),
        changes[0].sentence if changes else "",
    )


def table_of(subject):
    """The periods, latest first, and for every group what each shows: a value, or why there is none."""
    shown = [history for history in (subject.everyone, *subject.groups) if history]
    numbers = sorted({point.reading.period.number for history in shown for point in history.points}, reverse=True)
    rows = []
    for history in shown:
        points = {point.reading.period.number: point for point in history.points}
        rows.append((history.series.group.name, [_cell(points.get(number), history.unit) for number in numbers]))
    return [period_label(period_of(subject.indicator, number)) for number in numbers], rows


def _cell(point, unit):
    """(text, whether it is a reason for not showing a value)."""
    return ("", False) if point is None else (shown_text(point, unit), point.reading.is_withheld)


def group_finding(subject, read):
    """The widest distance to all students in the latest period that has one, as a heading."""
    gaps = [(h.last.reading.period, abs(gap[2]), h) for h in subject.groups if (gap := h.gap_to(subject.everyone))]
    if not gaps:
        return _("Student groups")
    latest = max((period for period, _gap, _history in gaps), key=lambda period: period.number)
    widest = max((found for found in gaps if found[0] == latest), key=lambda found: found[1])[2]
    words = {
        "group": read(widest.series.group.name),
        "gap": widest.gap_words(subject.everyone, _("all students")),
        "period": period_phrase(latest),
    }
    return _("%(group)s stood furthest from the rest: %(gap)s for %(period)s") % words


def windows_of(subject, frame):
    """What is expected next, what was due and is not here, and what was never collected and why."""
    known = {point.reading.period.number for point in subject.everyone.points} if subject.everyone else set()
    missing = [window for window in subject.windows if window.period.number not in known]
    coming = [w for w in missing if w.expected_on >= frame.day and not w.not_collected]
    late = [w for w in missing if not w.not_collected and w.is_past(frame.day)]
    return {
        "next": (period_phrase(coming[0].period), coming[0]) if coming else None,
        "overdue": [(period_label(w.period), w) for w in late],
        "not_collected": [w for w in missing if w.not_collected and w.expected_on <= frame.day],
    }


def goals_of(frame, indicator):
    """The plan's goals that rest on this indicator on the day, worst first."""
    goals = Goal.objects.filter(
        tactic__in=Tactic.objects.published().of_plan(frame.plan), revisions__measure__indicator=indicator
    )
    cards = goal_cards(goals.distinct().order_by("pk"), frame.day)
    return worst_first([card for card in cards if card.indicator and card.indicator.pk == indicator.pk])


def leading_of(frame, indicator):
    """Where a team of this plan watches the district's series because it expects it to move before its goal."""
    claims = LeadingIndicator.objects.filter(
        tactic__in=Tactic.objects.published().of_plan(frame.plan),
        series__indicator=indicator,
        series__organization=frame.plan.district_id,
    )
    claims = claims.select_related("tactic__strategy").order_by("tactic__position", "position")
    return leading_cards(claims, [], frame.day)


def run_of(frame, subject, leading, read):
    """The district's series as a process that varies: drawn where it comes often enough, else the reason why not."""
    if not subject.everyone or not subject.everyone.points:
        return None
    card = run_card(subject, leading)
    is_main = subject.indicator.kind in FREQUENT
    is_tested = bool(card.shown) and card.stretches[-1].phase.is_tested
    drawing = card.draw(read, "run") if is_main or is_tested else ""
    name = read(subject.indicator.name) + ", " + _("run chart")
    files = files_of("indicator-file", [frame.plan.slug, subject.indicator.code, "run"], frame.query, name)
    return RunPanel(drawing, card.finding, card.method, is_main and bool(drawing), files if drawing else None)


def run_card(subject, leading=()):
    """The card of a team that watches the series, or one of its own: the same rules judge both."""
    own = subject.everyone.series
    watched = next((card for card in leading if card.leading.series_id == own.pk), None)
    if watched:
        return watched
    notes = [note for note in subject.everyone.notes if note.kind != "event"]
    return LeadingCard(LeadingIndicator(series=own), subject.everyone.day, subject.everyone.points, notes, [])
