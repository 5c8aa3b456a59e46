"""Due dates and small numbers in words, in the reader's language."""

from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from indicators.labels import day_label

WEEKS_FROM_DAYS = 56
YEAR_FROM_DAYS = 300
NUMBERS = [
    gettext_lazy("no"), gettext_lazy("one"), gettext_lazy("two"), gettext_lazy("three"), gettext_lazy("four"),
    gettext_lazy("five"), gettext_lazy("six"), gettext_lazy("seven"), gettext_lazy("eight"), gettext_lazy("nine"),
    gettext_lazy("ten"),
]  # fmt: skip


def number_word(number: int) -> str:
    """A whole number as one writes it in a sentence: words up to ten."""
    return str(NUMBERS[number]) if 0 <= number < len(NUMBERS) else str(number)


def label(due: date, day: date) -> str:
    """The day something is due, seen from another day: "Monday, February 10", "Was due November 15"."""
    is_far = abs((due - day).days) > YEAR_FROM_DAYS
    if due < day:
        return _("Was due %(day)s") % {"day": day_label(due) if is_far else short_label(due)}
    if is_far:
        return day_label(due)
    # Translators: a date format of Django with the name of the weekday, e.g. l j \d\e F
    return date_format(due, pgettext("date format", "l, F j"))


def short_label(day: date) -> str:
    """A day of this year: "November 15"."""
    # Translators: a date format of Django without the year, e.g. j \d\e F
    return date_format(day, pgettext("date format", "F j"))


def distance(due: date, day: date) -> str:
    """How far off: "Overdue 83 days", "Due in 4 days", "Due in 16 weeks"."""
    days = (due - day).days
    if days < 0:
        return ngettext("Overdue %(days)d day", "Overdue %(days)d days", -days) % {"days": -days}
    if days == 0:
        return _("Due today")
    if days >= WEEKS_FROM_DAYS:
        return ngettext("Due in %(weeks)d week", "Due in %(weeks)d weeks", days // 7) % {"weeks": days // 7}
    return ngettext("Due in %(days)d day", "Due in %(days)d days", days) % {"days": days}


def headline(due: int, overdue: int) -> str:
    """ "Five things due, one overdue", the title of a day's work."""
    if due == 0:
        return _("Nothing is due")
    things = ngettext("One thing due", "%(number)s things due", due) % {"number": number_word(due)}
    things = capfirst(things)
    if overdue == 0:
        return things
    late = ngettext("one overdue", "%(number)s overdue", overdue) % {"number": number_word(overdue)}
    # Translators: for example "Five things due" and "one overdue"
    return _("%(things)s, %(late)s") % {"things": things, "late": late}
