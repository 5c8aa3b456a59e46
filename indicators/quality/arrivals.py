"""Numbers that should have arrived: late ones, series that stopped, indicators without any, those not released."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.translations import Reader
from indicators.labels import day_label
from indicators.models import CollectionWindow, Observation
from indicators.periods import Period
from indicators.quality.sections import Section
from indicators.quality.stock import Stock, label_of

# Days after the end of its last period from which a series without a calendar counts as forgotten.
FORGOTTEN_AFTER = {"year": 730, "semester": 365, "quarter": 270, "month": 92, "week": 35, "day": 14}


def overdue_windows(stock: Stock, windows) -> list[tuple[CollectionWindow, int]]:
    """Windows past their day and grace for which a district has no number yet, with the district; one query."""
    late = [
        window
        for window in windows
        if not window.not_collected and window.expected_on + timedelta(days=window.grace_days) < stock.day
    ]
    here = set(
        Observation.objects.filter(
            series__organization__in=stock.districts,
            series__indicator__in={window.indicator_id for window in late},
            period__in={window.period for window in late},
            known_on__lte=stock.day,
        )
        .exclude(mark=Observation.Mark.TOMBSTONE)
        .values_list("series__indicator", "series__organization", "period")
        .distinct()
    )
    return [
        (window, district)
        for window in late
        for district in stock.districts
        if (window.indicator_id, district) in stock.declared
        and (window.indicator_id, district, window.period) not in here
    ]


def overdue_section(stock, overdue):
    section = Section(
        "overdue",
        _("Overdue"),
        _("Ask the steward of the source for the file and bring it in; or note in the calendar that nothing was "
          "collected, and why. Until then goals that rest on it read Data overdue."),
    )  # fmt: skip
    read = Reader()
    for window, district in overdue:
        indicator = stock.indicators[window.indicator_id]
        words = {
            "period": label_of(indicator, window.period),
            "day": day_label(window.expected_on),
            "late": days_words((stock.day - window.expected_on).days),
        }
        said = _("%(period)s was due on %(day)s, %(late)s ago.") % words
        if indicator.steward:
            said += " " + _("Steward: %(name)s.") % {"name": read(indicator.steward)}
        section.matters.append(stock.matter((indicator.pk, district), said))
    return section


def days_words(count):
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def forgotten_section(stock, windows, overdue):
    """Series that went on for a while and then stopped, without a calendar that would call them late."""
    section = Section(
        "forgotten",
        _("Not updated for long"),
        _("Bring in the newer file; or say in its calendar when one is expected, or that none was collected, and why."),
    )
    called = {(window.indicator_id, district) for window, district in overdue}
    awaited = {window.indicator_id for window in windows if window.expected_on >= stock.day}
    ended = {(window.indicator_id, window.period) for window in windows if window.not_collected}
    for key, (number, known) in sorted(stock.last.items(), key=lambda item: item[1][1]):
        indicator = stock.indicators.get(key[0])
        if indicator is None or key in called or indicator.pk in awaited or (indicator.pk, number + 1) in ended:
            continue
        end = Period(indicator.calendar, indicator.kind, number).end
        if (stock.day - end).days > FORGOTTEN_AFTER.get(indicator.kind, 730):
            words = {"period": label_of(indicator, number), "day": day_label(known)}
            section.matters.append(
                stock.matter(key, _("The last number is of %(period)s, known since %(day)s.") % words)
            )
    return section


def empty_section(stock):
    section = Section(
        "empty",
        _("Indicators without a number"),
        _("A page of such an indicator is empty. Bring in its first file, or take the indicator away."),
    )
    for key in sorted(stock.declared - set(stock.last), key=lambda key: stock.indicators[key[0]].name):
        section.matters.append(stock.matter(key, ""))
    return section


def staff_only_section(stock, definable):
    """Indicators with numbers that the public does not see yet; `definable` are those the reader may release."""
    section = Section(
        "staff-only",
        _("Staff only, awaiting a first release"),
        _("Their numbers are in and nobody outside sees them. Read the definition, complete it, and show them: "
          "verdicts on small groups are in place already."),
    )  # fmt: skip
    for key in sorted(stock.last, key=str):
        indicator = stock.indicators.get(key[0])
        if indicator and not indicator.is_public:
            url = reverse("indicator-define", args=[indicator.code]) if indicator.pk in definable else ""
            words = {"period": label_of(indicator, stock.last[key][0])}
            section.matters.append(stock.matter(key, _("The last number is of %(period)s.") % words, url))
    return section
