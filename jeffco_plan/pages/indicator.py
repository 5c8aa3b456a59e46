"""An indicator of the plan: one question, answered by its series, its groups, and the source of every number."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.htmx import page
from accounts.translations import reader_of
from indicators.charts import figures, trajectory
from indicators.labels import period_label, period_phrase
from indicators.models import CollectionWindow, Series, StudentGroup
from indicators.units import signed_text
from jeffco_plan.pages.exports import csv_response
from strategy.frames import open_plan
from strategy.histories import History, chart_of, ground_of, histories, multiple_of, row_of, shown_text
from strategy.leading import leading_cards
from strategy.measures import period_of
from strategy.models import Goal, LeadingIndicator, Tactic
from strategy.scorecards import goal_cards, worst_first


@dataclass
class Subject:
    """Everything known of one indicator in the plan's district on a day."""

    indicator: object
    everyone: History | None
    benchmark: History | None
    groups: list[History]

    @property
    def name_of_benchmark(self):
        organization = self.benchmark.series.organization if self.benchmark else None
        return (organization.short_name or organization.name) if organization else ""


@dataclass
class GroupPanel:
    """A student group as a small multiple and a row: its last reading, and its distance to all students."""

    history: History
    drawing: str
    row: object
    gap: str
    gap_words: str


def subject_or_404(frame, code):
    """The public indicator, its district series by group and the state's beside it; four queries."""
    places = [frame.plan.district_id, frame.plan.district.parent_id]
    series = list(
        Series.objects.filter(indicator__code=code, indicator__is_public=True, organization__in=places)
        .select_related("indicator", "organization", "group")
        .order_by("group__position", "group__name")
    )
    own = [one for one in series if one.organization_id == frame.plan.district_id]
    if not own:
        raise Http404
    known = histories(series, frame.day)
    is_everyone = lambda one: one.group.code == StudentGroup.ALL  # noqa: E731
    others = [known[one.pk] for one in series if one.organization_id != frame.plan.district_id and is_everyone(one)]
    benchmark = next((history for history in others if history.points and history.is_level), None)
    return Subject(
        own[0].indicator,
        next((known[one.pk] for one in own if is_everyone(one)), None),
        benchmark,
        [known[one.pk] for one in own if not is_everyone(one) and known[one.pk].points],
    )


@require_safe
def indicator_detail(request, plan, code):
    frame = open_plan(request, plan)
    read = reader_of(request)
    subject = subject_or_404(frame, code)
    everyone, name = subject.everyone, read(subject.name_of_benchmark)
    chart = chart_of(everyone, read, subject.benchmark, name) if everyone else None
    place = [frame.plan.slug, subject.indicator.code]
    leading = leading_of(frame, subject.indicator)
    run_chart, run_method = run_chart_of(leading, read)
    periods, table = table_of(subject)
    context = {
        "frame": frame,
        "section": "aims",
        "indicator": subject.indicator,
        "finding": everyone.finding if everyone else _("No result is known on this day"),
        "beside": everyone.gap_words(subject.benchmark, name) if everyone else "",
        "benchmark_name": subject.name_of_benchmark,
        "organization": frame.plan.district,
        "chart": run_chart or (trajectory.draw(chart, "series") if chart else ""),
        "is_run_chart": bool(run_chart),
        "run_method": run_method,
        "figure_url": reverse("indicator-figure", args=place) + frame.query,
        "csv_url": reverse("indicator-data", args=place) + frame.query,
        "rows": everyone.rows(subject.benchmark) if everyone else [],
        "notes": [(period_label(period_of(subject.indicator, note.period)), note) for note in notes_of(subject)],
        "has_breaks": bool(everyone and everyone.breaks),
        "panels": panels_of(subject, read),
        "is_level": bool(everyone and everyone.is_level),
        "group_finding": group_finding(subject, read),
        "windows": windows_of(subject, frame),
        "periods": periods,
        "table": table,
        "goals": goals_of(frame, subject.indicator),
        "leading": leading,
    }
    return page(request, "pages/indicator.html", context)


def notes_of(subject):
    """What happened to the series; known with any of its histories."""
    known = [subject.everyone] if subject.everyone else subject.groups[:1]
    return known[0].notes if known else []


def panels_of(subject, read):
    """Every group with a reading, all on one scale."""
    shown = [*subject.groups, *([subject.everyone] if subject.everyone and subject.everyone.is_level else [])]
    ground = ground_of(shown)
    return [panel_of(group, subject.everyone, ground, f"m{n}", read) for n, group in enumerate(subject.groups, 1)]


def panel_of(history, everyone, ground, prefix, read):
    beside = everyone if everyone and everyone.is_level else None
    gap = history.gap_to(everyone)
    return GroupPanel(
        history,
        multiple_of(history, ground, prefix, beside, read(history.series.group.name)),
        row_of(history.last, history.unit),
        signed_text(gap[2], history.unit) if gap else "",
        history.gap_words(everyone, _("all students")),
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
    """What is expected next, what was due and is not here, and what was never collected and why.

    On an earlier day nobody knew yet what would not be collected after it.
    """
    known = {point.reading.period.number for point in subject.everyone.points} if subject.everyone else set()
    windows = CollectionWindow.objects.filter(indicator=subject.indicator).order_by("expected_on")
    missing = [(period_of(subject.indicator, w.period), w) for w in windows if w.period not in known]
    is_earlier = frame.is_as_of or frame.is_standing
    coming = [
        (period_phrase(p), w) for p, w in missing if w.expected_on >= frame.day and (is_earlier or not w.not_collected)
    ]
    late = [
        (p, w) for p, w in missing if not w.not_collected and w.expected_on + timedelta(days=w.grace_days) < frame.day
    ]
    past = [(period_label(p), w) for p, w in missing if w.not_collected and w.expected_on <= frame.day]
    return {
        "next": coming[0] if coming else None,
        "overdue": [(period_label(p), w) for p, w in late],
        "not_collected": past,
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


def run_chart_of(leading, read):
    """A series of weeks or months that a team watches is a run chart, not a line over the years; with its method."""
    return next(((card.draw(read, "run"), card.method) for card in leading if card.is_frequent), ("", ""))


@require_safe
def indicator_figure(request, plan, code):
    """The interactive figure, from the same numbers as the drawing on the page."""
    frame = open_plan(request, plan)
    subject, read = subject_or_404(frame, code), reader_of(request)
    chart = (
        chart_of(subject.everyone, read, subject.benchmark, read(subject.name_of_benchmark))
        if subject.everyone
        else None
    )
    if chart is None:
        raise Http404
    return HttpResponse(figures.figure_json(chart), content_type="application/json")


@require_safe
def indicator_data(request, plan, code):
    """Every publishable number of the page as a file that is safe to open."""
    frame = open_plan(request, plan)
    subject, read = subject_or_404(frame, code), reader_of(request)
    header = [_("Indicator"), _("Name"), _("Organization"), _("Student group"), _("Period"), _("Value"), _("From"),
              _("To"), _("Group size"), _("Why withheld"), _("Known since"), _("Source"), _("Note"), _("File and cell"),
              _("Illustration")]  # fmt: skip
    shown = [history for history in (subject.everyone, subject.benchmark, *subject.groups) if history]
    rows = (cells_of(history, row, read) for history in shown for row in history.rows())
    return csv_response(f"{subject.indicator.code}.csv", header, rows)


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
        written(part.low) if is_exact else "",
        "" if is_exact else written(part.low),
        "" if is_exact else written(part.high),
        "" if row.n is None else row.n,
        row.shown if row.is_withheld else "",
        row.known_on,
        row.source,
        row.note,
        row.place,
        _("all") if indicator.is_illustration else "",
    ]


def written(amount):
    """A number as it was published, without a tail of zeros."""
    return "" if amount is None else f"{amount.normalize():f}"
