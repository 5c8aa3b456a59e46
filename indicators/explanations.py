"""A verdict in words: the finding that heads a chart, the sentence for a parent, and the sums behind *why this color*.

Everything is said from the verdict alone, hence from the publishable value and nothing finer.
"""

from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.translations import Reader
from indicators.labels import day_label, period_phrase
from indicators.status import Verdict, Word
from indicators.sums import steps
from indicators.trajectory import HIGHER, RANGE
from indicators.units import Unit, band_text, difference_text, rounded, value_text

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


def finding(verdict: Verdict, unit: Unit) -> str:
    """The heading: what was found, in a few words and without a full stop."""
    return _FINDINGS[verdict.word](verdict, unit)


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


class _Facts(dict):
    """The words that sentences are made of; each is written only when a sentence asks for it."""

    def __init__(self, verdict: Verdict, unit: Unit) -> None:
        super().__init__()
        self._told = verdict, unit

    def __missing__(self, name: str) -> str:
        self[name] = _FACTS[name](*self._told)
        return self[name]


def _target(verdict: Verdict, unit: Unit) -> str:
    path = verdict.path
    if path.direction == RANGE:
        return band_text(path.low, path.high, unit)
    return value_text(path.target.value, unit, trim=True)


_FACTS = {
    "period": lambda verdict, unit: period_phrase(verdict.reading.period),
    "value": lambda verdict, unit: band_text(verdict.reading.low, verdict.reading.high, unit),
    "baseline": lambda verdict, unit: value_text(verdict.path.baseline.value, unit),
    "start": lambda verdict, unit: period_phrase(verdict.path.baseline.period),
    "target": _target,
    "due": lambda verdict, unit: period_phrase(verdict.path.target.period),
    "planned": lambda verdict, unit: value_text(verdict.ends[0].planned, unit),
    "difference": lambda verdict, unit: difference_text(verdict.gap, unit),
}


def _speaks_of_gap(verdict: Verdict) -> bool:
    """Is there one exact gap in the unit? A band has many, a range goal has only distances."""
    return verdict.gap is not None and verdict.path.direction != RANGE


def _is_inside(verdict: Verdict) -> bool:
    """Does all of the reading lie within a range goal's range?"""
    path, reading = verdict.path, verdict.reading
    return path.direction == RANGE and path.low <= reading.low and reading.high <= path.high


def _is_on_the_line(verdict: Verdict, unit: Unit) -> bool:
    return not rounded(verdict.gap, unit.decimals)


# Findings


def _found_against_plan(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
    if not _speaks_of_gap(verdict):
        return _("%(value)s against a planned %(planned)s for %(period)s") % facts
    return _("%(difference)s behind the plan for %(period)s") % facts


def _found_on_track(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
    if _is_inside(verdict):
        return _("Within %(target)s for %(period)s") % facts
    if not _speaks_of_gap(verdict):
        return _("On track with %(value)s for %(period)s") % facts
    if _is_on_the_line(verdict, unit):
        return _("On the planned line for %(period)s") % facts
    if verdict.gap > 0:
        return _("%(difference)s ahead of the plan for %(period)s") % facts
    return _("Close to the plan for %(period)s: %(difference)s behind") % facts


def _found_moving_away(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
    if not _speaks_of_gap(verdict):
        return _("Further from the target than where it began: %(value)s") % facts
    facts["difference"] = difference_text(verdict.gained, unit)
    if verdict.path.direction == HIGHER:
        return _("%(difference)s below where it began") % facts
    return _("%(difference)s above where it began") % facts


def _found_target(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
    if verdict.word == Word.TARGET_MISSED:
        return _("Target missed: %(value)s against %(target)s") % facts
    if verdict.rule == "target_met_early":
        return _("Target met early: %(value)s against %(target)s") % facts
    return _("Target met: %(value)s against %(target)s") % facts


def _found_overdue(verdict: Verdict, unit: Unit) -> str:
    return _("Reading was due %(day)s") % {"day": day_label(verdict.overdue_since)}


def _found_withheld(verdict: Verdict, unit: Unit) -> str:
    if verdict.rule == "band_straddles":
        return _("Withheld: the published range does not settle the word")
    findings = {
        "small_group": _too_few(unit),
        "unknown_size": _("Withheld: group size not known"),
        "protects_another": _("Withheld to protect another group"),
        "publisher": _("Withheld by the publisher"),
        "not_available": _("The publisher gives no value"),
    }
    return findings.get(verdict.reading.withheld, _("Withheld to protect people"))


def _too_few(unit: Unit) -> str:
    phrases = {
        "students": _("Withheld: too few students"),
        "staff": _("Withheld: too few staff members"),
        "families": _("Withheld: too few families"),
    }
    return phrases.get(unit.counts, _("Withheld: too few people"))


def _found_not_comparable(verdict: Verdict, unit: Unit) -> str:
    return _("Not comparable: the measure changed on %(day)s") % {"day": day_label(verdict.break_on)}


def _found_not_due(verdict: Verdict, unit: Unit) -> str:
    if verdict.expected_on:
        return _("First reading expected %(day)s") % {"day": day_label(verdict.expected_on)}
    return _("No reading yet")


_FINDINGS = {
    Word.MOVING_AWAY: _found_moving_away,
    Word.TARGET_MISSED: _found_target,
    Word.OFF_TRACK: _found_against_plan,
    Word.DATA_OVERDUE: _found_overdue,
    Word.SLIGHTLY_BEHIND: _found_against_plan,
    Word.ON_TRACK: _found_on_track,
    Word.TARGET_MET: _found_target,
    Word.NOT_COMPARABLE: _found_not_comparable,
    Word.WITHHELD: _found_withheld,
    Word.AWAITING_BASELINE: lambda verdict, unit: _("The baseline is still being measured"),
    Word.NOT_DUE_YET: _found_not_due,
    Word.WITHDRAWN: lambda verdict, unit: _("This goal was withdrawn"),
}


# Sentences


def _said_against_plan(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
    if not _speaks_of_gap(verdict):
        return _("%(value)s for %(period)s. The plan said %(planned)s by then, on the way to %(target)s.") % facts
    if verdict.word == Word.MOVING_AWAY:
        facts["lost"] = difference_text(verdict.gained, unit)
        return _said_moving_away(verdict) % facts
    if _is_on_the_line(verdict, unit):
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


def _said_moving_away(verdict: Verdict) -> str:
    if verdict.path.direction == HIGHER:
        return _(
            "%(value)s for %(period)s. The plan said %(planned)s by then, up from %(baseline)s for %(start)s: "
            "the result is %(lost)s below where it began."
        )
    return _(
        "%(value)s for %(period)s. The plan said %(planned)s by then, down from %(baseline)s for %(start)s: "
        "the result is %(lost)s above where it began."
    )


def _said_target(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
    if verdict.rule == "target_met_early":
        return _("%(value)s for %(period)s. The target of %(target)s for %(due)s is reached early.") % facts
    if verdict.word == Word.TARGET_MET:
        return _("%(value)s for %(period)s. The target of %(target)s for %(due)s is met.") % facts
    return _("%(value)s for %(period)s. The target of %(target)s for %(due)s is missed.") % facts


def _said_overdue(verdict: Verdict, unit: Unit) -> str:
    facts = _Facts(verdict, unit)
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
    facts = _Facts(verdict, unit)
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
    facts = _Facts(verdict, unit)
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
