"""What the pairs say of a declared leading indicator: in a sentence, a table and a small chart beside its goal.

The mathematics is that of `indicators.association`; here readings that may be shown are put into it, and its answer
into words. Nothing is computed for an indicator that is not declared: a card is made from a declaration.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from indicators import association
from indicators.association import Evidence, Pair, Pairing, Window
from indicators.charts import beside
from indicators.charts.plot import Point as Spot
from indicators.charts.plot import Tick
from indicators.labels import day_label, period_label, period_phrase
from indicators.models import Annotation, Indicator
from indicators.publishing import publishable
from indicators.units import difference_text, value_text
from strategy import claim_words
from strategy.drawings import tick_words
from strategy.leading import LeadingCard, concerns, is_taken_back
from strategy.measures import Point, period_of, points_of, unit_of
from strategy.models import GoalRevision
from strategy.variation import level_text

LEAST_DRAWN = 3


@dataclass(frozen=True)
class PairRow:
    """One period of the goal in the table: both values, both changes since the period before, and what they say."""

    label: str
    window: str
    leading: str
    goal: str
    leading_change: str
    goal_change: str
    says: str
    values: tuple  # both values and both changes as numbers, None where there is none


@dataclass
class Claim:
    """The evidence for one declared leading indicator on a day."""

    card: LeadingCard
    promise: GoalRevision | None = None
    points: list[Point] = field(default_factory=list)
    notes: list[Annotation] = field(default_factory=list)

    @property
    def leading(self):
        return self.card.leading

    @property
    def measure(self) -> Indicator | None:
        return self.promise.measure.indicator if self.promise and self.promise.measure else None

    @cached_property
    def pairing(self) -> Pairing:
        if self.measure is None:
            return Pairing(())
        return association.pair_up(
            entries(self.card.points),
            entries(self.points),
            leading_breaks=self.leading_cuts,
            goal_breaks=self.goal_cuts,
            **self.terms,
        )

    @cached_property
    def windows(self) -> list[Window]:
        periods = [point.reading.period for point in self.points]
        return association.windows(
            entries(self.card.points), periods, breaks=self.leading_cuts, **self.terms
        )  # fmt: skip

    @cached_property
    def evidence(self) -> Evidence:
        return association.evidence(
            self.pairing.pairs, sign=self.leading.expected_sign, left_out=self.pairing.left_out
        )  # fmt: skip

    @property
    def terms(self):
        """Lag, window and rule, as declared."""
        return {
            "lag_days": self.leading.lag_days,
            "window_days": self.leading.window_days,
            "rule": self.leading.window,
        }

    @property
    def leading_cuts(self) -> list[date]:
        """First days of new phases of the indicator, breaks and rebases alike."""
        return cuts(self.card.indicator, self.card.rebases)

    @property
    def goal_cuts(self) -> list[date]:
        return cuts(self.measure, self.notes)

    # In words

    @property
    def word(self) -> str:
        return claim_words.WORDS[self.evidence.word]()

    @property
    def sentence(self) -> str:
        return claim_words.sentence(self.evidence, self.leading.lag_days)

    @property
    def finding(self) -> str:
        return _("%(word)s. %(sentence)s") % {"word": self.word, "sentence": self.sentence}

    @property
    def lead(self) -> str:
        return claim_words.lead(self.leading.lag_days)

    @property
    def statistics(self) -> str:
        return claim_words.statistics(self.evidence)

    @property
    def left_out(self) -> str:
        return claim_words.left_out(self.pairing.left_out)

    @property
    def before_declaration(self) -> str:
        return claim_words.before_declaration(self.pairing.pairs, self.leading.declared_on)

    @property
    def rule(self) -> str:
        """The declared window rule, with the latest period as its example."""
        said = claim_words.rule(self.leading)
        if not self.windows:
            return said
        last = self.windows[-1]
        words = {"period": period_phrase(last.period), "start": day_label(last.start), "end": day_label(last.end)}
        return " ".join([said, _("For %(period)s: %(start)s to %(end)s.") % words])

    # As a table and a chart

    @property
    def _pairs(self) -> dict:
        return {pair.period: pair for pair in self.pairing.pairs}

    def _state(self, window: Window) -> str:
        """What the step that ends in this window's period says; nothing where no period stands before it."""
        pair = self._pairs.get(window.period)
        if pair is None:
            has_before = any(other.period == window.period.next(-1) for other in self.windows)
            return beside.LEFT_OUT if has_before else ""
        return state_of(pair, self.leading.expected_sign)

    @property
    def rows(self) -> list[PairRow]:
        """The pairs as a table, latest first."""
        results = {point.reading.period: point.reading for point in self.points}
        return [self._row(window, results[window.period]) for window in reversed(self.windows)]

    def _row(self, window: Window, reading) -> PairRow:
        unit, goal_unit = self.card.unit, unit_of(self.measure)
        pair = self._pairs.get(window.period)
        span = {"start": day_label(window.start), "end": day_label(window.end)}
        return PairRow(
            period_label(window.period),
            _("%(start)s to %(end)s") % span,
            level_text(window.value, unit) if window.value is not None else _("no value"),
            value_text(reading.low, goal_unit) if reading.is_exact else _("no value"),
            change_text(pair.leading, unit) if pair else "",
            change_text(pair.goal, goal_unit) if pair else "",
            claim_words.said(self._state(window)),
            (
                window.value,
                pair.leading if pair else None,
                reading.low if reading.is_exact else None,
                pair.goal if pair else None,
            ),
        )

    def draw(self, read, prefix: str) -> str:
        """The small chart of both, over the goal's periods; under three of them the table says it all."""
        if len(self.windows) < LEAST_DRAWN:
            return ""
        results = {point.reading.period: point.reading for point in self.points}
        told = {"leading": read(self.card.indicator.name), "goal": read(self.leading.goal.short_name)}
        return beside.draw(
            beside.Beside(
                title=_("%(leading)s beside the goal %(goal)s") % told,
                description=" ".join([self.finding, self.left_out]),
                leading_title=_("%(name)s, in its window") % {"name": told["leading"]},
                goal_title=_("Goal: %(name)s") % {"name": told["goal"]},
                leading=_spots(
                    (w.period, w.value, level_text(w.value, self.card.unit))
                    for w in self.windows
                    if w.value is not None
                ),
                goal=_spots(
                    (w.period, results[w.period].low, value_text(results[w.period].low, unit_of(self.measure)))
                    for w in self.windows
                    if results[w.period].is_exact
                ),
                steps=tuple(
                    beside.Step(window.period.number - 1, window.period.number, self._state(window))
                    for window in self.windows
                    if self._state(window)
                ),
                ticks=tuple(Tick(window.period.number, *tick_words(window.period)) for window in self.windows),
                illustration=_("illustration") if self.has_illustration else "",
            ),
            prefix,
        )

    @property
    def key(self) -> str:
        """What the signs on the chart mean."""
        return claim_words.pairs_key()

    @property
    def has_illustration(self) -> bool:
        return self.card.indicator.is_illustration or bool(self.measure and self.measure.is_illustration)


def entries(points: list[Point]):
    """Periods and values; a band is no value that a change could be taken from."""
    readings = [point.reading for point in points]
    return [(reading.period, reading.low if reading.is_exact else None) for reading in readings]


def cuts(indicator: Indicator, notes: list[Annotation]) -> list[date]:
    """The first days of the phases that these notes begin."""
    return [period_of(indicator, note.period).start for note in notes]


def state_of(pair: Pair, sign: int) -> str:
    """What a pair says of the claim."""
    product = sign * pair.leading * pair.goal
    return beside.AGREES if product > 0 else beside.DISAGREES if product < 0 else beside.STILL


def _spots(entries) -> tuple[Spot, ...]:
    """Points in order of time; where a period is missing the line stops."""
    drawn: list[Spot] = []
    for period, value, text in entries:
        if drawn and period.number - drawn[-1].x > 1:
            drawn.append(Spot(drawn[-1].x + 1))
        drawn.append(Spot(period.number, float(value), text))
    return tuple(drawn)


def change_text(amount, unit) -> str:
    """A change for a table: +0.8 points."""
    if not amount:
        return difference_text(amount, unit)
    return ("+" if amount > 0 else "−") + difference_text(abs(amount), unit)


def claims_of(cards: list[LeadingCard], day: date, *, with_staff_only: bool = False) -> list[Claim]:
    """The evidence for each card, in their order; three queries for any number of them.

    The goal's side is the measure of the promise in force on the day, only from what may be shown.
    """
    goals = {card.leading.goal_id for card in cards}
    promises = {
        revision.goal_id: revision
        for revision in GoalRevision.objects.adopted_by_day(day)
        .filter(goal__in=goals)
        .select_related("measure__indicator", "minus__indicator")
    }
    sides = [side for promise in promises.values() for side in (promise.measure, promise.minus) if side]
    readings = publishable([side.pk for side in sides], day, with_staff_only=with_staff_only)
    notes = defaultdict(list)
    breaks = Annotation.objects.filter(indicator__in={side.indicator_id for side in sides}, known_on__lte=day)
    for note in breaks.exclude(kind=Annotation.Kind.EVENT).select_related("withdrawal"):
        if not is_taken_back(note, day):
            notes[note.indicator_id].append(note)
    return [_claim(card, promises.get(card.leading.goal_id), readings, notes) for card in cards]


def _claim(card, promise, readings, notes) -> Claim:
    if promise is None or promise.measure is None:
        return Claim(card, promise)
    sides = [side for side in (promise.measure, promise.minus) if side]
    series, *minus = [readings.get(side.pk, []) for side in sides]
    concerning = [note for side in sides for note in notes[side.indicator_id] if concerns(note, side)]
    points = points_of(promise.measure.indicator, series, minus[0] if minus else None)
    return Claim(card, promise, points, concerning)
