"""Lines of the school pages: a result, its change, its distance to the district; how lines are found and ordered."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.labels import day_label, folded, period_label
from indicators.models import Indicator, Organization
from indicators.units import signed_text
from strategy.comparability import gap_between, turnout_changes
from strategy.histories import History, row_of, shown_text

SORTS = ("name", "value", "change", "gap", "n")


@dataclass(frozen=True)
class Line:
    """A school's (or an indicator's) result as a row; what has no value says why in `shown`."""

    history: History | None
    school: Organization | None
    indicator: Indicator | None
    shown: str
    is_withheld: bool
    label: str
    change: str
    gap: str
    size: str
    beside: str
    turnout: str
    closed: str
    keys: dict  # what the row is sorted by, None where there is nothing to compare
    district: History | None = None


def school_rows(roll, schools, period=""):
    """These schools of the roll, those without a result too."""
    return [line_of(roll, school, roll.histories.get(school.pk), period) for school in schools]


def district_rows(roll, period=""):
    """The district's own line, as the first to hold the others against; none where it has no reading."""
    return [line_of(roll, None, roll.district, period)] if roll.district and roll.district.points else []


def line_of(roll, school, history, period):
    point = point_of(history, period)
    closed = closing_words(school, roll.day) if school else ""
    if point is None:
        return Line(history, school, roll.indicator, _("No result"), True, "", "", "", "", "", "", closed,
                    {"name": folded(school.name) if school else ""})  # fmt: skip
    until = history.until(point.reading.period.number)
    row, (change, moved) = row_of(point, history), change_of(until)
    gap = gap_between(until, roll.district) if school else None
    is_known = bool(gap) and not gap.is_withheld
    return Line(
        history, school, roll.indicator, row.shown, row.is_withheld, row.label, change,
        gap.text if gap else "", size_of(row), "",
        turnout_words(until, roll.turnouts.get(school.pk) if school else None),
        closed,
        {
            "name": folded(school.name) if school else "",
            "value": middle(point.reading.low, point.reading.high),
            "change": moved,
            "gap": middle(gap.low, gap.high) if is_known else None,
            "n": point.published[0].n_low,
        },
    )  # fmt: skip


def point_of(history, period):
    """The reading of the period asked for, else the last one."""
    if history is None:
        return None
    return history.at(period) if period != "" else history.last


def change_of(history) -> tuple[str, Decimal | None]:
    """From the reading before on the same side of every break, as a signed figure."""
    if history.before is None:
        return "", None
    moved = history.last.reading.low - history.before.reading.low
    return signed_text(moved, history.unit), moved


def turnout_words(history, turnout):
    """Who took part, where that changed by more than five points between the two readings compared."""
    if history.before is None or turnout is None:
        return ""
    last = history.last.reading.period.number
    changes = [change for change in turnout_changes(history, turnout) if change.after.reading.period.number == last]
    if not changes:
        return ""
    before, after = changes[0].before, changes[0].after
    words = {"before": shown_text(before, turnout.unit), "after": shown_text(after, turnout.unit)}
    return _("tested: %(before)s, then %(after)s") % words


def middle(low, high):
    """What a value or a band is sorted by."""
    return None if low is None or high is None else (low + high) / 2


def size_of(row):
    """How large the group is; a result that stands without says that its publisher does not tell."""
    return row.size or ("" if row.is_withheld else _("not published"))


def closing_words(school, day):
    """That a school has closed, and when."""
    if school.closed_on is None or school.closed_on > day:
        return ""
    return _("Closed %(day)s") % {"day": day_label(school.closed_on)}


def carrying(schools, words, names):
    """The schools of which all these words stand in a name (by school) or in the code."""
    wanted = folded(words).split()
    text = {school: folded(" ".join(carried)) for school, carried in names.items()}
    return [school for school in schools if all(word in text[school.pk] for word in wanted)]


def in_order(rows, sort):
    """By one column, up or down; rows with nothing to compare come last either way, by name."""
    key, is_down = sort.lstrip("-"), sort.startswith("-")
    known = sorted(rows, key=lambda row: row.keys["name"])
    blank = [row for row in known if row.keys.get(key) is None]
    filled = [row for row in known if row.keys.get(key) is not None]
    return sorted(filled, key=lambda row: row.keys[key], reverse=is_down) + blank


def profile_line(own, district):
    """One indicator of a school beside the district's same period."""
    point = own.last
    row, (change, _moved) = row_of(point, own, *([district] if district else [])), change_of(own)
    gap = gap_between(own, district)
    return Line(
        own, None, own.indicator, row.shown, row.is_withheld, period_label(point.reading.period), change,
        gap.text if gap else "", size_of(row), row.beside[0] if row.beside else "", "", "", {}, district,
    )  # fmt: skip
