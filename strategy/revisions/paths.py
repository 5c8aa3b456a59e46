"""What makes a path: every rule that a leader can break while drawing one, said in plain words beside its field."""

from django.utils.translation import gettext as _

from indicators.models import Indicator
from indicators.trajectory import MOST_WAYPOINTS, Shape, nearest_within
from indicators.units import value_text
from strategy.measures import unit_of

ENDS = ("baseline_period", "baseline_value", "target_period")


def check(form, data):
    """The answers of a path; the revision's waypoints follow."""
    form.instance.waypoints = []
    if not form.choice.series:
        if not form.choice.problems:
            form.add_error("indicator", _("A path needs a measure. Choose an indicator."))
        return
    is_range = form.choice.series.indicator.direction == Indicator.Direction.RANGE
    _check_ends(form, data, is_range)
    forget(form, data, "awaiting_until", *(() if is_range else ("target_low", "target_high")))
    if (data.get("tolerance") or 0) < 0:
        form.add_error("tolerance", _("A tolerance cannot be negative."))
    if form.choice.minus:
        _check_gap(form, data)
    else:
        _check_limits(form, data)
    _check_order(form, data)
    _check_shape(form, data)
    _check_rows(form, data)


def forget(form, data, *names):
    """Answers that do not belong to the kind chosen: neither kept nor complained about."""
    for name in names:
        form._errors.pop(name, None)
        data[name] = None


def _check_ends(form, data, is_range):
    needed = {
        "baseline_period": _("Choose where the path begins."),
        "baseline_value": _("Write the value at the baseline: no result is known for that period."),
        "target_period": _("Choose by when."),
    }
    if is_range:
        needed |= {"target_low": _("Write the lowest value."), "target_high": _("Write the highest value.")}
    else:
        needed["target_value"] = _("Write the value to reach.")
    if data.get("baseline_period") is None:
        del needed["baseline_value"]  # it follows from the results of the period
    for name, message in needed.items():
        if data.get(name) is None and name not in form.errors:
            form.add_error(name, message)
    if is_range:
        _check_range(form, data)


def _check_range(form, data):
    """The target of a range is its value nearest to the baseline, unless the leader says another within it."""
    low, high, start = data.get("target_low"), data.get("target_high"), data.get("baseline_value")
    if low is None or high is None:
        return
    if low > high:
        form.add_error("target_high", _("The highest value lies below the lowest."))
    elif start is not None:
        data["target_value"] = nearest_within(start, low, high)


def _check_gap(form, data):
    """A smaller gap is better: the lower results are taken off the higher ones, and the target lies below."""
    start, end = data.get("baseline_value"), data.get("target_value")
    if start is not None and start < 0:
        words = _("A gap counts smaller as better: take the lower results off the higher. Choose the other way round.")
        form.add_error("minus", words)
    elif None not in (start, end) and end > start:
        form.add_error("target_value", _("A gap counts smaller as better: the target lies below the baseline."))


def _check_limits(form, data):
    """Values that the unit cannot have; a gap may have any."""
    indicator = form.choice.series.indicator
    for name in ("baseline_value", "target_value", "target_low", "target_high"):
        if data.get(name) is not None and not _is_possible(data[name], indicator):
            form.add_error(name, _limits(indicator))
    for row in form.rows:
        if row.value is not None and not _is_possible(row.value, indicator):
            row.problem = _limits(indicator)


def _is_possible(value, indicator) -> bool:
    low, high = indicator.natural_low, indicator.natural_high
    return (low is None or value >= low) and (high is None or value <= high)


def _limits(indicator) -> str:
    ends = [
        None if v is None else value_text(v, unit_of(indicator), trim=True)
        for v in (indicator.natural_low, indicator.natural_high)
    ]
    if None not in ends:
        return _("Write a value from %(low)s to %(high)s.") % {"low": ends[0], "high": ends[1]}
    if ends[0]:
        return _("Write a value of %(low)s or more.") % {"low": ends[0]}
    return _("Write a value of %(high)s or less.") % {"high": ends[1]}


def _check_order(form, data):
    start, end = data.get("baseline_period"), data.get("target_period")
    if start is not None and end is not None and end <= start:
        form.add_error("target_period", _("The target has to come after the baseline."))


def _check_shape(form, data):
    """Compounding multiplies: it can neither begin nor end at zero."""
    if data.get("shape") != Shape.COMPOUNDING:
        return
    ends = [data.get("baseline_value"), data.get("target_value")]
    if None not in ends and min(ends) <= 0:
        form.add_error("shape", _("Compounding needs a baseline and a target above zero. Choose another shape."))


def _check_rows(form, data):
    """Each point has a period of its own between baseline and target, and a number; empty rows are left out."""
    start, end = data.get("baseline_period"), data.get("target_period")
    rows, seen = [row for row in form.rows if not row.is_empty], set()
    for row in rows:
        row.problem = row.problem or _row_problem(row, start, end, seen)
        seen.add(row.period)
    if len(rows) > MOST_WAYPOINTS * 2:
        form.add_error("shape", _("A path of so many points cannot be read. Keep it under fifty."))
    kept = sorted((row.period, row.value) for row in rows if not row.problem)
    form.instance.waypoints = [[period, f"{value:f}"] for period, value in kept]


def _row_problem(row, start, end, seen) -> str:
    if row.value is None:
        return _("Write a number, such as 86.1.")
    if row.period is None:
        return _("Choose the period of this point.")
    if row.period in seen:
        return _("Two points stand at the same period. Remove one.")
    if None not in (start, end) and not start < row.period < end:
        return _("A point lies between baseline and target. Move or remove it.")
    return ""
