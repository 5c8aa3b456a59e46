"""The sums behind *why this color*, row by row, so that anyone can redo them with a pencil."""

from fractions import Fraction

from django.utils.translation import gettext as _

from indicators.findings import Facts
from indicators.labels import day_label
from indicators.status import Verdict, Word
from indicators.trajectory import HIGHER, LOWER, RANGE, distance_outside
from indicators.units import Unit, number, rounded

Row = tuple[str, str]


def steps(verdict: Verdict, unit: Unit) -> list[Row]:
    """Rows of (label, formula) that lead to the word; the last row is the rule that fired."""
    if verdict.gap is not None and verdict.word not in (Word.TARGET_MET, Word.TARGET_MISSED):
        rows = _sums(verdict, unit)
    elif verdict.ends:
        rows = _compared(verdict, unit)
    else:
        rows = _awaited(verdict)
    return [*rows, (_("Rule"), _rule_text(verdict.rule))]


def _sums(verdict: Verdict, unit: Unit) -> list[Row]:
    path = verdict.path
    baseline, actual, planned = Fraction(path.baseline.value), Fraction(verdict.reading.low), verdict.planned
    if path.direction == RANGE:
        baseline, actual, planned = (distance_outside(v, path.low, path.high) for v in (baseline, actual, planned))
    upward = path.direction == HIGHER
    made = (actual, baseline) if upward else (baseline, actual)
    wanted = (planned, baseline) if upward else (baseline, planned)
    labels = _gain_labels(path.direction)
    rows = [(labels[0], _subtracted(*made, unit)), (labels[1], _subtracted(*wanted, unit))]
    if verdict.share is not None:
        gained, required = _figure(verdict.gained, unit), _figure(verdict.required, unit)
        # Rounded down, so that a share just under a cut point does not read as the cut point.
        share = number(Fraction(verdict.share * 100 // 1, 100), 2)
        rows.append((_("Share"), f"{gained} ÷ {required} = {share}"))
    return rows


def _gain_labels(direction: str) -> tuple[str, str]:
    if direction == HIGHER:
        return _("Gain made"), _("Gain planned")
    if direction == LOWER:
        return _("Reduction made"), _("Reduction planned")
    return _("Nearer to the range"), _("Nearer as planned")


def _compared(verdict: Verdict, unit: Unit) -> list[Row]:
    facts = Facts(verdict, unit)
    rows = [(_("Reading"), facts["value"]), (_("Target"), facts["target"])]
    if verdict.word not in (Word.TARGET_MET, Word.TARGET_MISSED):
        rows.append((_("Planned by then"), facts["planned"]))
    return rows


def _awaited(verdict: Verdict) -> list[Row]:
    if verdict.overdue_since:
        return [(_("Reading due"), day_label(verdict.overdue_since))]
    if verdict.break_on:
        return [(_("Measure changed"), day_label(verdict.break_on))]
    if verdict.expected_on:
        return [(_("Next reading expected"), day_label(verdict.expected_on))]
    return []


def _decimals(amount: Fraction, unit: Unit) -> int:
    """As many decimals as the amount needs, at most two more than the unit has."""
    for decimals in range(unit.decimals, unit.decimals + 2):
        if Fraction(rounded(amount, decimals)) == amount:
            return decimals
    return unit.decimals + 2


def _figure(amount: Fraction, unit: Unit) -> str:
    return number(amount, _decimals(amount, unit))


def _subtracted(first: Fraction, second: Fraction, unit: Unit) -> str:
    result = first - second
    is_exact = all(Fraction(rounded(a, _decimals(a, unit))) == a for a in (first, second, result))
    return f"{_figure(first, unit)} − {_figure(second, unit)} {'=' if is_exact else '≈'} {_figure(result, unit)}"


def _rule_text(rule: str) -> str:
    return {
        "withdrawn": _("a withdrawn goal is not judged"),
        "awaiting_baseline": _("without a baseline there is nothing to judge"),
        "series_break": _("across a change of the measure nothing is compared"),
        "overdue": _("past its day and grace a missing reading is overdue"),
        "withheld": _("a withheld result withholds its word"),
        "band_straddles": _("a range stands only if all its values get the same word"),
        "not_due_yet": _("nothing is judged before a reading is due"),
        "target_met": _("in the target year only the target counts"),
        "target_missed": _("in the target year only the target counts"),
        "target_met_early": _("the target is reached before its year"),
        "on_plan": _("not below the plan by more than the tolerance is on track"),
        "moving_away": _("worse than at the start by more than the tolerance is moving away"),
        "nothing_required_yet": _("below the plan before any gain was due is off track"),
        "share_on_track": _("0.95 or more is on track"),
        "share_behind": _("0.60 to 0.95 is slightly behind"),
        "share_off_track": _("less than 0.60 is off track"),
    }[rule]
