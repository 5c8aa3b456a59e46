"""The words for what the pairs of a leading indicator say. No word means cause."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators import association
from indicators.association import Evidence, Finding, Pair
from indicators.charts import beside
from indicators.labels import day_label, period_phrase
from strategy.models import LeadingIndicator
from strategy.windows import DAYS, MONTHS, WEEKS, largest_unit

WORDS = {
    Finding.NOT_ENOUGH: lambda: _("Not enough pairs yet"),
    Finding.AGAINST: lambda: _("Moved against what was declared"),
    Finding.NO_LINK: lambda: _("No visible link"),
    Finding.CONSISTENT: lambda: _("Consistent so far, not proof"),
}


def sentence(found: Evidence, lag_days: int) -> str:
    """How many pairs moved as declared, with the lead time."""
    if not found.n:
        return _("A pair takes two results of the goal in a row, each with readings in its window: there is none yet.")
    words = {"count": found.as_declared, "pairs": found.n, "lead": lead(lag_days)}
    if found.sign > 0:
        said = ngettext(
            "The two moved the same way in %(count)d of %(pairs)d pair, %(lead)s.",
            "The two moved the same way in %(count)d of %(pairs)d pairs, %(lead)s.",
            found.n,
        )
    else:
        said = ngettext(
            "The two moved opposite ways, as declared, in %(count)d of %(pairs)d pair, %(lead)s.",
            "The two moved opposite ways, as declared, in %(count)d of %(pairs)d pairs, %(lead)s.",
            found.n,
        )
    return said % words


def school_sentence(found: Evidence, lag_days: int) -> str:
    """In how many schools the two moved as declared, with the lead time."""
    if not found.n:
        return _("No school has two results in a row, each with readings in its window, that may be shown.")
    words = {"count": found.as_declared, "schools": found.n, "lead": lead(lag_days)}
    if found.sign > 0:
        said = ngettext(
            "In %(count)d of %(schools)d school the two moved the same way, %(lead)s.",
            "In %(count)d of %(schools)d schools the two moved the same way, %(lead)s.",
            found.n,
        )
    else:
        said = ngettext(
            "In %(count)d of %(schools)d school the two moved opposite ways, as declared, %(lead)s.",
            "In %(count)d of %(schools)d schools the two moved opposite ways, as declared, %(lead)s.",
            found.n,
        )
    return said % words


def lead(lag_days: int) -> str:
    """The declared lag, within a sentence."""
    return _("with a lead of %(span)s") % {"span": span_words(lag_days)} if lag_days else _("with no lead")


def statistics(found: Evidence) -> str:
    """Tau and its p, from six pairs on."""
    if not found.n:
        return ""
    if found.p is None:
        return ngettext(
            "It takes %(least)d pairs for a statistic; here is %(count)d.",
            "It takes %(least)d pairs for a statistic; here are %(count)d.",
            found.n,
        ) % {"least": association.FEWEST_PAIRS, "count": found.n}
    tau = _("not defined, one side never varied") if found.tau is None else f"{found.tau:.2f}".replace("-", "−")
    words = {"tau": tau, "p": _p_text(found.p), "pairs": found.n}
    if found.method == "sampled":
        return _("Kendall’s tau %(tau)s; one-sided p %(p)s from drawn arrangements, %(pairs)d pairs.") % words
    return _("Kendall’s tau %(tau)s; exact one-sided p %(p)s, %(pairs)d pairs.") % words


def _p_text(p) -> str:
    """A probability to three decimals, never as nought."""
    return _("under 0.001") if p < 0.001 else f"{float(p):.3f}"


def left_out(counts) -> str:
    """How many pairs are missing and why; nothing where none is."""
    withheld, broken = counts.get(association.WITHHELD, 0), counts.get(association.BREAK, 0)
    parts = []
    if withheld:
        said = ngettext("%(n)d pair for a withheld value", "%(n)d pairs for a withheld value", withheld)
        parts.append(said % {"n": withheld})
    if broken:
        said = ngettext("%(n)d pair across a break or new phase", "%(n)d pairs across a break or new phase", broken)
        parts.append(said % {"n": broken})
    return _("Left out: %(parts)s.") % {"parts": "; ".join(parts)} if parts else ""


def schools_left_out(counts) -> str:
    """How many schools have no pair and why; nothing where each has one."""
    parts = []
    if n := counts.get(association.WITHHELD, 0):
        said = ngettext(
            "%(n)d school for a value that is withheld or told only as a range",
            "%(n)d schools for a value that is withheld or told only as a range",
            n,
        )
        parts.append(said % {"n": n})
    if n := counts.get(association.BREAK, 0):
        said = ngettext("%(n)d school across a break or new phase", "%(n)d schools across a break or new phase", n)
        parts.append(said % {"n": n})
    if n := counts.get(association.TOO_FEW, 0):
        said = ngettext(
            "%(n)d school with too few readings in a row", "%(n)d schools with too few readings in a row", n
        )
        parts.append(said % {"n": n})
    return _("Left out: %(parts)s.") % {"parts": "; ".join(parts)} if parts else ""


def why_left_out(reason: str) -> str:
    """Why one school has no pair, in a list."""
    return {
        association.WITHHELD: _("left out: a value is withheld or told only as a range"),
        association.BREAK: _("left out: across a break or new phase"),
        association.TOO_FEW: _("left out: too few readings"),
    }[reason]


def each_once(pairs: Sequence[Pair]) -> str:
    """That each school counts once, and with which pair."""
    if not pairs:
        return ""
    latest = max((pair.period for pair in pairs), key=lambda period: period.end)
    earlier = sum(pair.period != latest for pair in pairs)
    words = {"period": period_phrase(latest), "n": earlier}
    if not earlier:
        return _("Each school counts once, with its latest pair, that of %(period)s.") % words
    said = ngettext(
        "Each school counts once, with its latest pair: that of %(period)s, an earlier one in %(n)d school.",
        "Each school counts once, with its latest pair: that of %(period)s, an earlier one in %(n)d schools.",
        earlier,
    )
    return said % words


def quarters(pairs: Sequence[Pair]) -> tuple[str, str, str, str]:
    """How many schools stand in each quarter of the chart: upper left and right, then lower left and right."""
    counts = Counter((pair.leading > 0, pair.goal > 0) for pair in pairs if pair.leading and pair.goal)
    return (
        _("Indicator fell, goal rose: %(n)d") % {"n": counts[False, True]},
        _("Both rose: %(n)d") % {"n": counts[True, True]},
        _("Both fell: %(n)d") % {"n": counts[False, False]},
        _("Indicator rose, goal fell: %(n)d") % {"n": counts[True, False]},
    )


def stood_still(pairs: Sequence[Pair]) -> str:
    """In how many schools one of the two did not change."""
    count = sum(not pair.leading * pair.goal for pair in pairs)
    said = ngettext(
        "In %(n)d school one of the two stood still.", "In %(n)d schools one of the two stood still.", count
    )
    return said % {"n": count} if count else ""


def before_declaration(pairs: Sequence[Pair], day: date) -> str:
    """How many pairs could have been seen by whoever declared it; they are the weaker evidence."""
    count = sum(pair.period.end < day for pair in pairs)
    if not count:
        return ""
    said = ngettext(
        "Of these, %(count)d ends before the day of the declaration, %(day)s, and could have been seen.",
        "Of these, %(count)d end before the day of the declaration, %(day)s, and could have been seen.",
        count,
    )
    return said % {"count": count, "day": day_label(day)}


def rule(leading: LeadingIndicator) -> str:
    """How the indicator is put on the goal's periods."""
    words = {"length": span_words(leading.window_days), "lead": span_words(leading.lag_days)}
    if leading.window == LeadingIndicator.Window.LAST:
        with_lag = _("The last reading in a window of %(length)s that ends %(lead)s before the goal’s period does.")
        without = _("The last reading in a window of %(length)s that ends with the goal’s period.")
    else:
        with_lag = _(
            "The mean of the readings in a window of %(length)s that ends %(lead)s before the goal’s period does."
        )
        without = _("The mean of the readings in a window of %(length)s that ends with the goal’s period.")
    return (with_lag if leading.lag_days else without) % words


def said(state: str) -> str:
    """What one step says, in the table."""
    names = {
        beside.AGREES: _("as declared"),
        beside.DISAGREES: _("against it"),
        beside.STILL: _("one stood still"),
        beside.LEFT_OUT: _("left out"),
    }
    return names.get(state, "")


def pairs_key() -> str:
    """What the signs on the chart of the pairs mean."""
    return _(
        "Each line has its own scale: what counts is the way it moves. Between them: a filled disc where both moved as "
        "declared, a ring where not, a dash where one stood still or the pair is left out."
    )


def schools_key() -> str:
    """What the signs on the chart of the schools mean."""
    return _(
        "Each dot is a school: to the right the indicator rose, upward the goal did. In the tinted quarters both "
        "moved as declared. A filled disc moved as declared, a ring against it, a cross where one stood still. "
        "Dots that would cover one another stand side by side."
    )


def span_words(days: int) -> str:
    """A stretch of time: 42 months, 3 years."""
    amount, unit = largest_unit(days)
    words = {"n": amount}
    if unit == DAYS:
        return ngettext("%(n)d day", "%(n)d days", amount) % words
    if unit == WEEKS:
        return ngettext("%(n)d week", "%(n)d weeks", amount) % words
    if unit == MONTHS:
        return ngettext("%(n)d month", "%(n)d months", amount) % words
    return ngettext("%(n)d year", "%(n)d years", amount) % words
