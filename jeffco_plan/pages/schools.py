"""The schools of the district: one indicator over all of them, and all indicators of one of them."""

from django.core.paginator import Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.htmx import page
from indicators.charts import traces
from indicators.labels import period_label, period_phrase
from indicators.units import value_text
from jeffco_plan.pages.exports import files_of
from jeffco_plan.pages.school_lines import SORTS, carrying, closing_words, district_rows, in_order, school_rows
from jeffco_plan.pages.school_series import (
    Roll,
    address,
    indicators_of,
    names_of,
    profile_or_404,
    roll_or_404,
    schools_of,
)
from strategy.drawings import actual_points
from strategy.frames import open_plan
from strategy.measures import period_of
from strategy.series_drawings import ground_of

PAGE = 50


@require_safe
def school_index(request, plan):
    """Every school of the district by name, and every indicator that is known of schools."""
    frame = open_plan(request, plan)
    schools, words = schools_of(frame), request.GET.get("q", "").strip()[:100]
    if words:
        schools = carrying(schools, words, names_of(schools))
    context = {
        "frame": frame,
        "section": "aims",
        "organization": frame.plan.district,
        "schools": [(school, closing_words(school, frame.day), url_of(school, frame)) for school in schools],
        "indicators": indicators_of(frame),
        "asked": words,
        "count": ngettext("%(count)d school", "%(count)d schools", len(schools)) % {"count": len(schools)},
    }
    return page(request, "pages/school_index.html", context)


@require_safe
def school_list(request, plan, code):
    """Every school of the district for one indicator: its last published result, beside the district's."""
    frame = open_plan(request, plan)
    roll = roll_or_404(frame, code, request.GET.get("group", ""))
    asked = asked_of(request, roll)
    schools = roll.reporting
    if asked["q"]:
        schools = carrying(schools, asked["q"], names_of(schools))
    rows = in_order(school_rows(roll, schools, asked["period"]), asked["sort"])
    listed = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shared, line = lines_of(roll)
    context = {
        "frame": frame,
        "section": "aims",
        "indicator": roll.indicator,
        "organization": frame.plan.district,
        "finding": finding_of(roll, asked["period"]),
        "asked": asked,
        "groups": roll.groups,
        "group": roll.group,
        "periods": [(n, period_label(period_of(roll.indicator, n))) for n in roll.numbers],
        "silent": len(roll.schools) - len(roll.reporting),
        "latest": period_label(period_of(roll.indicator, roll.numbers[0])) if roll.numbers else "",
        "latest_phrase": period_phrase(period_of(roll.indicator, roll.numbers[0])) if roll.numbers else "",
        "district": district_rows(roll, asked["period"]),
        "page": listed,
        "rows": [(row, drawing_of(row.history, roll, line), url_of(row.school, frame)) for row in listed.object_list],
        "shared_line": shared,
        "count": counted(len(rows), len(roll.reporting)),
        "heads": heads_of(frame, asked),
        "previous_url": address(frame, asked, page=listed.number - 1) if listed.has_previous() else "",
        "next_url": address(frame, asked, page=listed.number + 1) if listed.has_next() else "",
        "files": files_of(
            "indicator-schools-file", [plan, code], address(frame, {"group": asked["group"]}),
            _("schools"), has_picture=False,
        ),
        "is_part": bool(request.htmx),
        "has_turnout": bool(roll.turnouts),
        "has_indicator_page": roll.district is not None,
    }  # fmt: skip
    return page(request, "pages/schools.html", context, "list")


def url_of(school, frame):
    """The school's page; none where its code could not stand in an address."""
    try:
        return reverse("school-detail", args=[frame.plan.slug, school.code]) + frame.query
    except NoReverseMatch:
        return ""


def asked_of(request, roll):
    """What the reader asked for, with nonsense left out."""
    get = request.GET
    period = get.get("period", "")
    return {
        "q": get.get("q", "").strip()[:100],
        "group": roll.group.code if roll.group and get.get("group") == roll.group.code else "",
        "period": next((number for number in roll.numbers if str(number) == period), ""),
        "sort": get.get("sort", "") if get.get("sort", "").lstrip("-") in SORTS else "name",
    }


def heads_of(frame, asked):
    """The headers that sort: (key, words, address, direction now)."""
    words = {"name": _("School"), "value": _("Result"), "change": _("Change"), "gap": _("Beside the district"),
             "n": _("Group size")}  # fmt: skip
    heads = []
    for key, label in words.items():
        down = f"-{key}"
        first, other = (key, down) if key == "name" else (down, key)
        url = address(frame, asked | {"sort": other if asked["sort"] == first else first})
        direction = {key: "ascending", down: "descending"}.get(asked["sort"], "")
        heads.append((key, label, url, direction))
    return heads


def counted(shown, every):
    if shown == every:
        return ngettext("%(all)d school", "%(all)d schools", every) % {"all": every}
    return ngettext("%(shown)d of %(all)d school", "%(shown)d of %(all)d schools", every) % {
        "shown": shown,
        "all": every,
    }


def finding_of(roll: Roll, period):
    """From the lowest to the highest published result of the schools, for the period asked or the latest."""
    own = list(roll.histories.values())
    number = period or max((history.last.reading.period.number for history in own if history.last), default=None)
    points = [history.at(number) for history in own] if number is not None else []
    exact = [point.reading.low for point in points if point and point.reading.is_exact]
    if len(exact) < 2:
        return _("Every school for which a result is published")
    words = {
        "low": value_text(min(exact), roll.unit),
        "high": value_text(max(exact), roll.unit),
        "count": len(exact),
        "period": period_phrase(period_of(roll.indicator, number)),
    }
    return _("From %(low)s to %(high)s for %(period)s, in the %(count)d schools with an exact result") % words


def lines_of(roll):
    """The district's line, drawn once for all rows: its definition and its use."""
    if roll.ground is None or roll.district is None or not roll.district.is_level:
        return traces.shared_line("", "")
    points = actual_points(roll.district.points, roll.unit)
    return traces.shared_line(traces.line_beside(points, roll.ground, roll.district.cuts), "district-line")


def drawing_of(history, roll, line):
    if history is None or roll.ground is None or not history.points:
        return ""
    return traces.trace(actual_points(history.points, roll.unit), roll.ground, history.cuts, line)


# One school


@require_safe
def school_detail(request, plan, code):
    """Every publishable indicator of one school, beside the district."""
    frame = open_plan(request, plan)
    profile = profile_or_404(frame, code, request.GET.get("group", ""))
    asked = {"group": request.GET.get("group", "") if profile.group else ""}
    lines = profile.lines()
    context = {
        "frame": frame,
        "section": "aims",
        "school": profile.school,
        "closed": profile.closed,
        "group": profile.group,
        "groups": profile.groups,
        "asked": asked,
        "organization": frame.plan.district,
        "rows": [(line, trace_of(line)) for line in lines],
        "finding": school_finding(lines),
        "files": files_of("school-file", [plan, code], address(frame, asked), profile.school.name, has_picture=False),
    }
    return page(request, "pages/school.html", context)


def trace_of(line):
    """Own line and the district's, on a scale of their own."""
    shown = [one for one in (line.history, line.district) if one and one.is_level or one is line.history]
    ground = ground_of(shown)
    if ground is None:
        return ""
    beside = ""
    if line.district and line.history.is_level:
        beside = traces.line_beside(actual_points(line.district.points, line.district.unit), ground, line.district.cuts)
    points = actual_points(line.history.points, line.history.unit)
    return traces.trace(points, ground, line.history.cuts, beside)


def school_finding(lines):
    """How many results are published, as a sentence."""
    shown = sum(not line.is_withheld for line in lines)
    if not lines:
        return _("No result of this school is known on this day.")
    return ngettext(
        "%(shown)d of %(all)d indicator with a published result.",
        "%(shown)d of %(all)d indicators with a published result.",
        len(lines),
    ) % {"shown": shown, "all": len(lines)}
