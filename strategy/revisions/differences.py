"""What a proposal would change, field by field: what stands now beside what would stand then."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.labels import day_label, period_label
from indicators.models import Indicator
from indicators.trajectory import default_tolerance
from indicators.units import Unit, band_text, value_text
from strategy.measures import period_of, unit_of
from strategy.models import GoalRevision

Kind = GoalRevision.Kind
KINDS = {
    Kind.PATH: gettext_lazy("A path to a target"),
    Kind.AWAITING: gettext_lazy("Awaiting its baseline"),
    Kind.WITHDRAWN: gettext_lazy("Withdrawn"),
}
SENTENCES = {
    "statement": gettext_lazy("The goal in one sentence"),
    "specific": gettext_lazy("Specific"),
    "measurable": gettext_lazy("Measurable"),
    "achievable": gettext_lazy("Achievable"),
    "relevant": gettext_lazy("Relevant"),
    "time_bound": gettext_lazy("Time-bound"),
}


@dataclass(frozen=True)
class Difference:
    """One field of a promise, before and after; `is_authored` where the text may have a translation."""

    label: str
    before: str
    after: str
    is_authored: bool = False

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def differences(before: GoalRevision | None, after: GoalRevision, read) -> list[Difference]:
    """Every field of two promises; `before` is None where nothing was promised yet. Fields empty in both are left out.

    A withdrawal names nothing but its reason: then only the kind differs, for the rest stays readable as it stood.
    """
    if after.kind == Kind.WITHDRAWN:
        return [Difference(_("What it is"), str(KINDS[before.kind]) if before else "", str(KINDS[after.kind]))]
    told = [facts_of(revision, read) if revision else {} for revision in (before, after)]
    rows = [Difference(label, told[0].get(label, ""), told[1].get(label, "")) for label in _labels(*told)]
    rows += [
        Difference(str(label), getattr(before, name, ""), getattr(after, name), is_authored=True)
        for name, label in SENTENCES.items()
    ]
    return [row for row in rows if row.before or row.after]


def _labels(*told: dict[str, str]) -> list[str]:
    return list(dict.fromkeys(label for facts in told for label in facts))


def facts_of(revision: GoalRevision, read) -> dict[str, str]:
    """All of a promise but its sentences, by label, in the order of the page."""
    facts = {_("What it is"): str(KINDS[revision.kind])}
    if revision.awaiting_until:
        facts[_("Baseline expected by")] = day_label(revision.awaiting_until)
    facts[_("Measure")] = measure_text(revision, read)
    if revision.measure is None:
        return facts
    indicator, unit = revision.measure.indicator, unit_of(revision.measure.indicator)
    facts[_("Baseline")] = _at(indicator, unit, revision.baseline_period, revision.baseline_value)
    facts[_("Target")] = target_phrase(revision)
    if revision.kind == Kind.PATH:
        points = [_at(indicator, unit, int(number), Decimal(value)) for number, value in revision.waypoints]
        facts[_("Points between")] = "; ".join(points) or _("none: a straight line")
        facts[_("Between the points")] = str(revision.get_interpolation_display())
        facts[_("Tolerance")] = _tolerance(revision, unit)
    return facts


def measure_text(revision: GoalRevision, read) -> str:
    """The measure in words: indicator and group, and for a gap what is taken off."""
    if revision.measure is None:
        return _("none yet")
    words = {"name": read(revision.measure.indicator.name), "group": read(revision.measure.group.name)}
    if revision.minus is None:
        return _("%(name)s, %(group)s") % words
    if revision.minus.organization_id == revision.measure.organization_id:
        return _("%(name)s: %(group)s less %(other)s") % (words | {"other": read(revision.minus.group.name)})
    return _("%(name)s: %(group)s less %(other)s") % (words | {"other": read(revision.minus.organization.name)})


def target_phrase(revision: GoalRevision) -> str:
    """Where a promise leads: 90% for the class of 2022; empty where it names no target."""
    if revision.measure is None or revision.target_period is None:
        return ""
    indicator, unit = revision.measure.indicator, unit_of(revision.measure.indicator)
    period = period_label(period_of(indicator, revision.target_period))
    if indicator.direction == Indicator.Direction.RANGE and revision.target_low is not None:
        return f"{band_text(revision.target_low, revision.target_high, unit)}, {period}"
    return _at(indicator, unit, revision.target_period, revision.target_value)


def _at(indicator: Indicator, unit: Unit, number: int | None, value: Decimal | None) -> str:
    if number is None or value is None:
        return ""
    return f"{value_text(value, unit, trim=True)}, {period_label(period_of(indicator, number))}"


def _tolerance(revision: GoalRevision, unit: Unit) -> str:
    if revision.tolerance is None:
        amount = default_tolerance(unit.decimals)
        return _("%(amount)s, half of the last digit reported") % {"amount": f"{amount:f}"}
    return f"{revision.tolerance.normalize():f}"
