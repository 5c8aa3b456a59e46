"""Where a leader's word and the numbers point different ways, for those who answer for the plan."""

from datetime import date

from strategy.cards import GoalCard
from strategy.models import Goal, Plan, Tactic
from strategy.permissions import SETTLING
from strategy.scorecards import goal_cards, worst_first


def disagreements_of(rights, plans: list[Plan], day: date) -> list[GoalCard]:
    """Goals of these plans within the visitor's reach whose judgment speaks against the numbers, the worst first."""
    tactics = Tactic.objects.published().filter(strategy__plan__in=plans, scope__in=rights.scopes(*SETTLING))
    cards = goal_cards(Goal.objects.filter(tactic__in=tactics).order_by("tactic", "position"), day, in_brief=True)
    return worst_first([card for card in cards if card.disagrees])
