"""Proposals on My work: what a sponsor or superintendent has to decide, and what a leader's own goals wait for."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.models import Person
from strategy.cards import GoalCard
from strategy.duties import Duty, Kind
from strategy.models import Goal, GoalRevision, Plan
from strategy.permissions import SETTLING
from strategy.revisions.desks import deciders_of
from strategy.scorecards import goal_cards

ANSWER_WITHIN = timedelta(days=14)  # a promise in the balance is no promise: two weeks are one sponsors' meeting


def proposal_duties(rights, plans: list[Plan], day: date) -> list[Duty]:
    """Open proposals of these plans that the visitor may settle; one query beside those of the rights."""
    waiting = GoalRevision.objects.open_proposals().for_settling()
    mine = waiting.filter(goal__tactic__strategy__plan__in=plans, goal__tactic__scope__in=rights.scopes(*SETTLING))
    return [
        Duty(
            Kind.PROPOSAL, proposal.pk, day, proposal.known_on + ANSWER_WITHIN, proposal.goal.tactic,
            reverse("goal-proposal", args=[proposal.pk]), proposal,
        )
        for proposal in mine.exclude(proposed_by=rights.person)
    ]  # fmt: skip


@dataclass
class LedGoal:
    """A goal that a person leads: how it stands, what they said of it, and what they proposed."""

    card: GoalCard
    proposal: GoalRevision | None = None
    deciders: list[Person] = field(default_factory=list)
    declined: GoalRevision | None = None

    @property
    def can_be_judged(self) -> bool:
        """Something is promised, and not withdrawn."""
        return bool(self.card.current) and self.card.current.kind != GoalRevision.Kind.WITHDRAWN


def led_goals(tactic_ids: list[int], day: date) -> list[LedGoal]:
    """Every goal of the tactics that a person leads, in the order of the tactics; a constant number of queries."""
    goals = Goal.objects.filter(tactic__in=tactic_ids).order_by("tactic__position", "tactic", "position")
    cards = {card.goal.pk: card for card in goal_cards(goals, day, with_staff_only=True)}
    proposals, declined = _last_proposals(tactic_ids)
    deciders = deciders_of(list(proposals.values()), day) if proposals else {}
    found = []
    for goal in goals.select_related("tactic__strategy__plan"):
        proposal = proposals.get(goal.pk)
        card = cards.get(goal.pk) or GoalCard(goal, day, [])
        no = declined.get(goal.pk)
        is_news = no and not proposal and not any(revision.number > no.number for revision in card.revisions)
        found.append(
            LedGoal(card, proposal, deciders.get(proposal.pk, []) if proposal else [], no if is_news else None)
        )
    return found


def _last_proposals(tactic_ids: list[int]):
    """By goal: the open proposal, and the last one declined, whose reason its leader has to learn; one query."""
    told = Q(settled_on__isnull=True) | Q(outcome=GoalRevision.Outcome.DECLINED)
    found = list(GoalRevision.objects.for_settling().filter(told, goal__tactic__in=tactic_ids).order_by("number"))
    return (
        {proposal.goal_id: proposal for proposal in found if proposal.settled_on is None},
        {proposal.goal_id: proposal for proposal in found if proposal.settled_on},
    )
