"""Where stocktakes stand on a day: their steps folded into a state, in three queries for any number of them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import JSONField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from stocktakes.models import BoardAct, Snapshot, Stocktake, StocktakeStep
from stocktakes.permissions import PUBLIC, SUBMITTED
from strategy.models import Tactic
from strategy.scorecards import rows_by

State = StocktakeStep.State


@dataclass
class StocktakeCard:
    """One stocktake on a day; `can_read` says whether this visitor may read more than that it is planned."""

    stocktake: Stocktake
    day: date
    steps: list[StocktakeStep]
    snapshots: list[Snapshot] = field(default_factory=list)
    acts: list[BoardAct] = field(default_factory=list)
    can_read: bool = False

    @property
    def state(self):
        return State(self.steps[-1].state)

    @property
    def state_label(self):
        """Until it is held, everyone else sees only that it is planned."""
        return self.state.label if self.can_read else State.PLANNED.label

    @property
    def is_held(self):
        return self.state in PUBLIC

    @property
    def is_submitted(self):
        return self.state in SUBMITTED

    @property
    def is_draft(self):
        return not (self.is_held or self.is_submitted)

    @cached_property
    def held_on(self):
        """The day on which it was held; until then the day for which it is planned."""
        held = [step.known_on for step in self.steps if step.state == State.HELD]
        return held[-1] if held else self.stocktake.planned_on

    @cached_property
    def frozen(self):
        """The record as it was held, or none."""
        held = [snapshot for snapshot in self.snapshots if snapshot.moment == Snapshot.Moment.HELD]
        return held[-1] if held and self.is_held else None

    @property
    def headline(self):
        """The finding in one sentence, as frozen; or as written today, for those who may read the draft."""
        if self.frozen:
            return self.frozen.headline
        return self.stocktake.title if self.can_read else ""

    @property
    def act(self):
        """The board's answer."""
        return self.acts[-1] if self.acts else None


def stocktakes_of(plan):
    """Every stocktake of a plan's published tactics."""
    return Stocktake.objects.of_plan(plan).exclude(tactic__state=Tactic.State.DRAFT)


def stocktake_cards(stocktakes, day):
    """Cards of those of the given stocktakes (a queryset) that were planned by the day, in order of their days."""
    stocktakes = list(stocktakes.select_related("cycle__plan", "tactic__strategy__plan"))
    ids = [stocktake.pk for stocktake in stocktakes]
    known = {"stocktake__in": ids, "known_on__lte": day}
    steps = rows_by(StocktakeStep.objects.filter(**known).order_by("known_on", "number"), "stocktake_id")
    snapshots = rows_by(
        Snapshot.objects.filter(**known)
        .annotate(content_json=Cast("content", JSONField()))
        .annotate(headline=KT("content_json__title"))
        .defer("content")
        .order_by("number"),
        "stocktake_id",
    )
    acts = rows_by(
        BoardAct.objects.filter(**known).select_related("meeting").order_by("known_on", "number"), "stocktake_id"
    )
    cards = [
        StocktakeCard(stocktake, day, steps[stocktake.pk], snapshots[stocktake.pk], acts[stocktake.pk])
        for stocktake in stocktakes
        if steps[stocktake.pk]
    ]
    return sorted(cards, key=lambda card: (card.held_on, card.stocktake.tactic.position))


def public_stocktakes(stocktakes, day):
    """The same cards as everyone may read them: a stocktake opens to the public once it is held."""
    cards = stocktake_cards(stocktakes, day)
    for card in cards:
        card.can_read = card.is_held
    return cards
