"""An import and the plan: which goals rest on the numbers of a file, and what each would say of itself after it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from accounts import clock
from accounts.translations import reader_of
from indicators import foresight
from indicators.models import ImportBatch
from indicators.views import imports
from indicators.words import Word, rank
from strategy.cards import GoalCard
from strategy.models import Goal, GoalRevision, Tactic
from strategy.scorecards import goal_cards, judged_on


@dataclass
class StatusChange:
    """A goal without and with the numbers of a batch, both as the public would read it on the plan's own today."""

    before: GoalCard
    after: GoalCard
    is_doubtful: bool = False

    @property
    def goal(self):
        return self.after.goal

    @property
    def plan(self):
        return self.goal.tactic.strategy.plan

    @property
    def becomes_another(self):
        return self.before.word != self.after.word

    @property
    def has_new_readings(self):
        """Would anything that is published of the measure be another?"""
        return [point.reading for point in self.before.points] != [point.reading for point in self.after.points]


def import_detail(request, pk):
    """The preview or the result of an import, with what it does to the plans."""
    return imports.import_detail(request, pk, panels=_panels(request))


def import_apply(request, pk):
    """Applying; where nothing is written, the preview comes back with what it would do to the plans."""
    return imports.import_apply(request, pk, panels=_panels(request))


def _panels(request):
    def panel(batch, differences):
        reader_of(request).load()
        changes = changed_statuses(batch, differences)
        return {
            "changed_statuses": changes,
            "becoming_another": sum(change.becomes_another for change in changes),
            "has_several_plans": len({change.plan for change in changes}) > 1,
        }

    return panel


def changed_statuses(batch, differences=None):
    """Goals that rest on what a batch changes, those with another word first, then the worst.

    A checked batch is set beside today with its `differences`, an applied one beside today without it. Suspicious
    values count as kept, and a goal resting on one says so. The number of queries grows only with the days on which
    plans stand, which is one outside the demonstration.
    """
    is_open = batch.state == ImportBatch.State.CHECKED
    written = differences.indicators if is_open else _indicators_of(batch)
    sets = list(_cards_by_day(_public_goals_on(written)))
    indicators = {pk for _day, cards in sets for card in cards for pk in _indicators_under(card)} & written
    if not indicators:
        return []
    if is_open:
        other = foresight.with_changes(batch, differences.changes_of(indicators), indicators)
    else:
        other = foresight.without(batch, indicators)
    found = [
        _status_change(*((card, judged) if is_open else (judged, card)), other)
        for day, cards in sets
        for card, judged in zip(cards, _judged_otherwise(cards, other, day), strict=True)
    ]
    touched = [change for change in found if other.moved.intersection(change.after.series) or change.has_new_readings]
    return sorted(touched, key=lambda change: (not change.becomes_another, rank(change.after.word), change.goal.pk))


def _status_change(before, after, other):
    return StatusChange(before, after, is_doubtful=not other.doubtful.isdisjoint(after.series))


def _judged_otherwise(cards, other, day):
    series = {pk for card in cards for pk in card.series}
    return judged_on(cards, other.publishable(series, day))


def _indicators_of(batch):
    return set(batch.observations.order_by().values_list("series__indicator", flat=True).distinct())


def _indicators_under(card):
    """The indicators of a goal's measure and of what is taken off."""
    return {series.indicator_id for series in (card.promise.measure, card.promise.minus) if series}


def _public_goals_on(indicators):
    """Goals of published tactics with a promise, perhaps an earlier one, on one of these indicators."""
    measured = Q(measure__indicator__in=indicators) | Q(minus__indicator__in=indicators)
    promises = GoalRevision.objects.filter(measured, goal=OuterRef("pk"), outcome="adopted")
    goals = Goal.objects.filter(Exists(promises), tactic__in=Tactic.objects.published())
    return goals.select_related("tactic__strategy__plan")


def _cards_by_day(goals):
    """Days on which plans stand, each with the cards of its goals that are still pursued."""
    days = defaultdict(list)
    for goal in goals:
        days[goal.tactic.strategy.plan.today(clock.today())].append(goal.pk)
    for day, pks in days.items():
        cards = goal_cards(Goal.objects.filter(pk__in=pks), day)
        yield day, [card for card in cards if card.word != Word.WITHDRAWN]
