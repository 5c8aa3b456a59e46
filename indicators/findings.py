"""The finding that heads a chart: what was found, in a few words; and the facts of which all sentences are made."""

from dataclasses import replace

from django.utils.translation import gettext as _

from indicators.labels import day_label, period_phrase
from indicators.status import Verdict, Word
from indicators.trajectory import HIGHER, RANGE
from indicators.units import Unit, band_text, difference_text, rounded, value_text

MOST_DECIMALS = 8  # as many as a reading keeps


def finding(verdict: Verdict, unit: Unit) -> str:
    """The heading: what was found, in a few words and without a full stop."""
    return _FINDINGS[verdict.word](verdict, unit)


class Facts(dict):
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


def _value(verdict: Verdict, unit: Unit) -> str:
    """The reading; as fine as it takes to tell it from a target that it just missed: 69.99% against 70%."""
    path, reading = verdict.path, verdict.reading
    missed = (path.low, path.high) if path.direction == RANGE else (path.target.value,)
    if verdict.word != Word.TARGET_MISSED or not reading.is_exact:
        return band_text(reading.low, reading.high, unit)
    alike = lambda decimals: rounded(reading.low, decimals) in {rounded(edge, decimals) for edge in missed}  # noqa: E731
    finest = next((d for d in range(unit.decimals, MOST_DECIMALS) if not alike(d)), MOST_DECIMALS)
    return value_text(reading.low, replace(unit, decimals=finest))


_FACTS = {
    "period": lambda verdict, unit: period_phrase(verdict.reading.period),
    "value": _value,
    "baseline": lambda verdict, unit: value_text(verdict.path.baseline.value, unit),
    "start": lambda verdict, unit: period_phrase(verdict.path.baseline.period),
    "target": _target,
    "due": lambda verdict, unit: period_phrase(verdict.path.target.period),
    "planned": lambda verdict, unit: value_text(verdict.ends[0].planned, unit),
    "difference": lambda verdict, unit: difference_text(verdict.gap, unit),
}


def speaks_of_gap(verdict: Verdict) -> bool:
    """Is there one exact gap in the unit? A band has many, a range goal has only distances."""
    return verdict.gap is not None and verdict.path.direction != RANGE


def _is_inside(verdict: Verdict) -> bool:
    """Does all of the reading lie within a range goal's range?"""
    path, reading = verdict.path, verdict.reading
    return path.direction == RANGE and path.low <= reading.low and reading.high <= path.high


def is_on_the_line(verdict: Verdict, unit: Unit) -> bool:
    return not rounded(verdict.gap, unit.decimals)


def _found_against_plan(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    if not speaks_of_gap(verdict):
        return _("%(value)s against a planned %(planned)s for %(period)s") % facts
    return _("%(difference)s behind the plan for %(period)s") % facts


def _found_on_track(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    if _is_inside(verdict):
        return _("Within %(target)s for %(period)s") % facts
    if not speaks_of_gap(verdict):
        return _("On track with %(value)s for %(period)s") % facts
    if is_on_the_line(verdict, unit):
        return _("On the planned line for %(period)s") % facts
    if verdict.gap > 0:
        return _("%(difference)s ahead of the plan for %(period)s") % facts
    return _("Close to the plan for %(period)s: %(difference)s behind") % facts


def _found_moving_away(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
    if not speaks_of_gap(verdict):
        return _("Further from the target than where it began: %(value)s") % facts
    facts["difference"] = difference_text(verdict.gained, unit)
    if verdict.path.direction == HIGHER:
        return _("%(difference)s below where it began") % facts
    return _("%(difference)s above where it began") % facts


def _found_target(verdict: Verdict, unit: Unit) -> str:
    facts = Facts(verdict, unit)
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
