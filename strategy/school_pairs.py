"""The same claim in the schools: each school once, at the declared lag, beside what the whole district says.

A school is paired where it has readings of its own of both measures, each for the group for which the district's are
declared. Breaks and new phases of the district's series concern its schools too; a school's own concern only itself.
A goal about the distance between two groups is not paired in schools: too few of its numbers may be shown, and what is
shown is rounded, so that a change of such a distance says little.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from indicators import association
from indicators.association import Evidence, Pair, Pairing
from indicators.charts import changes
from indicators.labels import period_label
from indicators.units import PERCENT, Unit, value_text
from strategy import claim_words
from strategy.claims import Claim, change_text, cuts, entries, state_of
from strategy.measures import unit_of
from strategy.school_sides import School, Sides, sides_of
from strategy.variation import level_text

LEAST_DRAWN = 3


class SchoolRow(NamedTuple):
    """One school in the table: its period, both measures before and after with their changes, and what they say."""

    school: School
    pair: Pair
    leading_values: tuple[Fraction, ...]
    goal_values: tuple[Decimal, ...]
    units: tuple[Unit, Unit]
    says: str

    @property
    def label(self) -> str:
        return period_label(self.pair.period)

    @property
    def leading(self) -> list[str]:
        return [level_text(value, self.units[0]) for value in self.leading_values]

    @property
    def leading_change(self) -> str:
        return change_text(self.pair.leading, self.units[0])

    @property
    def goal(self) -> list[str]:
        return [value_text(value, self.units[1]) for value in self.goal_values]

    @property
    def goal_change(self) -> str:
        return change_text(self.pair.goal, self.units[1])


@dataclass
class SchoolPairs:
    """The evidence of the schools for one claim; `is_gap` says that its goal is not paired in schools."""

    claim: Claim
    sides: list[Sides] = field(default_factory=list)
    is_gap: bool = False

    @cached_property
    def pairings(self) -> dict[str, Pairing]:
        """The pairs of each school over all years, by its id."""
        claim, found = self.claim, {}
        for side in self.sides:
            own = {kind: [n for n in side.notes if n.indicator_id == kind] for kind in self._indicators}
            found[side.school.key] = association.pair_up(
                entries(side.leading),
                entries(side.goal),
                leading_breaks=claim.leading_cuts + cuts(claim.card.indicator, own[claim.card.indicator.pk]),
                goal_breaks=claim.goal_cuts + cuts(claim.measure, own[claim.measure.pk]),
                **claim.terms,
            )
        return found

    @property
    def _indicators(self):
        return (self.claim.card.indicator.pk, self.claim.measure.pk)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The latest pair of each school, by name."""
        return association.schools_once(self.pairings).pairs

    @cached_property
    def without(self) -> dict[str, str]:
        """Why a school has no pair, by its id."""
        return association.without_a_pair(self.pairings)

    @cached_property
    def evidence(self) -> Evidence:
        return association.evidence(
            self.pairs, sign=self.claim.leading.expected_sign, left_out=Counter(self.without.values())
        )

    # In words

    @property
    def word(self) -> str:
        return claim_words.WORDS[self.evidence.word]()

    @property
    def sentence(self) -> str:
        return claim_words.school_sentence(self.evidence, self.claim.leading.lag_days)

    @property
    def finding(self) -> str:
        return _("%(word)s. %(sentence)s") % {"word": self.word, "sentence": self.sentence}

    @property
    def left_out(self) -> str:
        return claim_words.schools_left_out(self.evidence.left_out)

    @property
    def statistics(self) -> str:
        return claim_words.statistics(self.evidence)

    @property
    def each_once(self) -> str:
        return claim_words.each_once(self.pairs)

    @property
    def stood_still(self) -> str:
        return claim_words.stood_still(self.pairs)

    @property
    def key(self) -> str:
        """What the signs on the chart mean."""
        return claim_words.schools_key()

    @property
    def before_declaration(self) -> str:
        return claim_words.before_declaration(self.pairs, self.claim.leading.declared_on)

    # As a table and a chart

    @cached_property
    def rows(self) -> list[SchoolRow]:
        """One row a school, by name."""
        known = {side.school.key: side for side in self.sides}
        return [self._row(known[pair.place], pair) for pair in self.pairs]

    def _row(self, side: Sides, pair: Pair) -> SchoolRow:
        both = [pair.period.next(-1), pair.period]
        told = association.windows(entries(side.leading), both, **self.claim.terms)
        results = {point.reading.period: point.reading.low for point in side.goal}
        return SchoolRow(
            side.school,
            pair,
            tuple(window.value for window in told),
            tuple(results[period] for period in both),
            (self.claim.card.unit, unit_of(self.claim.measure)),
            claim_words.said(state_of(pair, self.claim.leading.expected_sign)),
        )

    def draw(self, read, prefix: str) -> str:
        """Change against change, a dot a school; under three of them the table says it all."""
        if len(self.pairs) < LEAST_DRAWN:
            return ""
        claim, sign = self.claim, self.claim.leading.expected_sign
        told = {"leading": read(claim.card.indicator.name), "goal": read(claim.leading.goal.short_name)}
        names = {side.school.key: side.school.name for side in self.sides}
        quarters = claim_words.quarters(self.pairs)
        chart = changes.Changes(
            title=_("%(leading)s and the goal %(goal)s in the schools") % told,
            description=" ".join([self.finding, "; ".join(quarters) + ".", self.stood_still, self.left_out]),
            x_title=_axis(_("Change of the indicator: %(name)s"), told["leading"], claim.card.unit),
            y_title=_axis(_("Change of the goal: %(name)s"), told["goal"], unit_of(claim.measure)),
            dots=tuple(
                changes.Dot(float(pair.leading), float(pair.goal), names[pair.place], state_of(pair, sign))
                for pair in self.pairs
            ),
            corners=changes.Corners(*quarters),
            sign=sign,
            illustration=_("illustration") if claim.has_illustration else "",
        )
        return changes.draw(chart, prefix)


def _axis(title: str, name: str, unit) -> str:
    said = title % {"name": name}
    return _("%(title)s, in points") % {"title": said} if unit.key == PERCENT else said


def school_pairs_of(claims: list[Claim], day: date, *, with_staff_only: bool = False) -> list[SchoolPairs | None]:
    """The evidence of the schools for each claim, in their order; None where no school has both measures.

    One query finds that out; where some school has both, two more read the numbers and notes of all of them.
    """
    known = sides_of(claims, day, with_staff_only=with_staff_only)
    return [_pairs_of(claim, sides) if sides else None for claim, sides in zip(claims, known, strict=True)]


def _pairs_of(claim, sides) -> SchoolPairs:
    return SchoolPairs(claim, is_gap=True) if claim.promise.minus_id else SchoolPairs(claim, sides)
