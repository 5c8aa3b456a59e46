"""A verdict in words: the finding that heads a chart, the sentence for a parent, and the sums behind *why this color*.

Everything is said from the verdict alone, hence from the publishable value and nothing finer.
"""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.translations import Reader
from indicators.findings import Facts, finding, is_on_the_line, speaks_of_gap
from indicators.labels import day_label, period_phrase
from indicators.status import Verdict, Word
from indicators.sums import steps
from indicators.trajectory import HIGHER
from indicators.units import Unit, difference_text, rounded

__all__ = ["finding", "sentence", "steps", "word_label"]

WORD_LABELS = {
    Word.MOVING_AWAY: gettext_lazy("Moving away"),
    Word.TARGET_MISSED: gettext_lazy("Target missed"),
    Word.OFF_TRACK: gettext_lazy("Off track"),
    Word.DATA_OVERDUE: gettext_lazy("Data overdue"),
    Word.SLIGHTLY_BEHIND: gettext_lazy("Slightly behind"),
    Word.ON_TRACK: gettext_lazy("On track"),
    Word.TARGET_MET: gettext_lazy("Target met"),
    Word.NOT_COMPARABLE: gettext_lazy("Not comparable"),
    Word.WITHHELD: gettext_lazy("Withheld"),
    Word.AWAITING_BASELINE: gettext_lazy("Awaiting baseline"),
    Word.NOT_DUE_YET: gettext_lazy("Not due yet"),
    Word.WITHDRAWN: gettext_lazy("Withdrawn"),
}


def word_label(word: Word | str) -> str:
    """The word as shown on a chip."""
    return str(WORD_LABELS[Word(word)])


def sentence(verdict: Verdict, unit: Unit) -> str:
    """What a parent reads: the reading, the plan, the difference; with windows that were not collected named."""
    return " ".join([told(verdict, unit), *not_collected(verdict, Reader())])


def told(verdict: Verdict, unit: Unit) -> str:
    """The sentence without the windows that were not collected: it follows from the numbers alone."""
    return _SENTENCES[verdict.word](verdict, unit)


def not_collected(verdict: Verdict, read: Reader) -> list[str]:
    """A sentence for each window that was not collected, with the reason that people gave."""
    return [
        _("Nothing was collected for %(period)s: %(reason)s.")
        % {"period": period_phrase(window.period), "reason": read(window.reason).rstrip(".")}
        for window in verdict.skipped
    ]


def _said_against_plan(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    if not speaks_of_gap(verdict):
        return _("%(value)s for %(period)s. The plan said %(planned)s by then, on the way to %(target)s.") % facts
    if verdict.word == Word.MOVING_AWAY:
        facts["lost"] = difference_text(verdict.gained, unit)
        return _said_moving_away(verdict, unit) % facts
    if verdict.word == Word.ON_TRACK and is_on_the_line(verdict, unit):
        return _("%(value)s for %(period)s, as the plan said.") % facts
    if verdict.gap > 0:
        return _("%(value)s for %(period)s. The plan said %(planned)s by then: %(difference)s ahead.") % facts
    if verdict.share is None:
        return _("%(value)s for %(period)s. The plan said %(planned)s by then: %(difference)s behind.") % facts
    facts["share"] = f"{share_percent(verdict.share)}%"
    return _said_behind(verdict) % facts


def _said_behind(verdict: Verdict) -> str:
    if verdict.share <= 0:
        return _(
            "%(value)s for %(period)s. The plan said %(planned)s by then: %(difference)s behind, "
            "none of the planned change so far."
        )
    if verdict.path.direction == HIGHER:
        return _(
            "%(value)s for %(period)s. The plan said %(planned)s by then: %(difference)s behind, "
            "%(share)s of the planned gain so far."
        )
    return _(
        "%(value)s for %(period)s. The plan said %(planned)s by then: %(difference)s behind, "
        "%(share)s of the planned reduction so far."
    )


def _said_moving_away(verdict: Verdict, unit: Unit) -> str:
    if rounded(verdict.required, unit.decimals) <= 0:
        return _said_lost(verdict)
    if verdict.path.direction == HIGHER:
        return _(
            "%(value)s for %(period)s. The plan said %(planned)s by then, up from %(baseline)s for %(start)s: "
            "the result is %(lost)s below where it began."
        )
    return _(
        "%(value)s for %(period)s. The plan said %(planned)s by then, down from %(baseline)s for %(start)s: "
        "the result is %(lost)s above where it began."
    )


def _said_lost(verdict: Verdict) -> str:
    """Of a level to keep, or a dip that the plan foresaw: it went neither up nor down from where it began."""
    if verdict.path.direction == HIGHER:
        return _("%(value)s for %(period)s. It began at %(baseline)s for %(start)s: the result is %(lost)s below that.")
    return _("%(value)s for %(period)s. It began at %(baseline)s for %(start)s: the result is %(lost)s above that.")


def _said_target(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    if verdict.rule == "target_met_early":
        return _("%(value)s for %(period)s. The target of %(target)s for %(due)s is reached early.") % facts
    if verdict.word == Word.TARGET_MET:
        return _("%(value)s for %(period)s. The target of %(target)s for %(due)s is met.") % facts
    return _("%(value)s for %(period)s. The target of %(target)s for %(due)s is missed.") % facts


def _said_overdue(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    facts["day"] = day_label(verdict.overdue_since)
    if verdict.reading is None or verdict.reading.is_withheld:
        return _("A reading was due on %(day)s, and none has been recorded.") % facts
    return (
        _(
            "A reading was due on %(day)s, and none has been recorded. The last one, %(value)s, is for %(period)s. "
            "An old reading never stands in for a new one."
        )
        % facts
    )


def _said_withheld(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    if verdict.rule == "band_straddles":
        return _("The published range for %(period)s, %(value)s, holds values with different words.") % facts
    sentences = {
        "small_group": _("The group is so small that its result for %(period)s is withheld to protect its members."),
        "unknown_size": _("The size of the group is not known, so its result for %(period)s is withheld."),
        "protects_another": _("The result for %(period)s would tell that of a smaller group, so it is withheld."),
        "publisher": _("The publisher withholds the result for %(period)s."),
        "not_available": _("The publisher gives no result for %(period)s."),
    }
    said = sentences.get(verdict.reading.withheld, _("The result for %(period)s is withheld to protect people."))
    return said % facts


def _said_not_comparable(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    facts["day"] = day_label(verdict.break_on)
    return (
        _("The measure changed on %(day)s: results since then cannot be held against the baseline for %(start)s.")
        % facts
    )


def _said_not_due(verdict: Verdict, unit: Unit) -> str:
    if verdict.expected_on:
        return _("There is nothing to judge yet: the first reading is expected on %(day)s.") % {
            "day": day_label(verdict.expected_on)
        }
    return _("There is nothing to judge yet: no reading follows the baseline.")


_SENTENCES = {
    **dict.fromkeys((Word.MOVING_AWAY, Word.OFF_TRACK, Word.SLIGHTLY_BEHIND, Word.ON_TRACK), _said_against_plan),
    **dict.fromkeys((Word.TARGET_MISSED, Word.TARGET_MET), _said_target),
    Word.DATA_OVERDUE: _said_overdue,
    Word.NOT_COMPARABLE: _said_not_comparable,
    Word.WITHHELD: _said_withheld,
    Word.AWAITING_BASELINE: lambda verdict, unit: _("Without a baseline there is no path, and nothing to judge."),
    Word.NOT_DUE_YET: _said_not_due,
    Word.WITHDRAWN: lambda verdict, unit: _("This goal was withdrawn and is no longer judged."),
}


def share_percent(share: Fraction) -> int:
    """A share in whole percent, rounded down: 94.9% of the gain must not read as the 95% that it missed."""
    return int(share * 100 // 1)
