"""One leading indicator as a page shows it: run chart, legend, table, and what the pairs say."""

from dataclasses import dataclass
from datetime import date

from strategy.claims import Claim, claims_of
from strategy.leading import LeadingCard, cards_of
from strategy.occasions import Happening


@dataclass
class LeadingPanel:
    """A card with its evidence, drawn and read."""

    card: LeadingCard
    claim: Claim
    chart: str
    evidence_chart: str
    happenings: list[Happening]
    rows: list

    @property
    def leading(self):
        return self.card.leading


def leading_panels(
    leading, cycles, day: date, read, *, milestones=(), with_staff_only: bool = False
) -> list[LeadingPanel]:
    """Panels of these declarations (a queryset) as known on a day; seven queries for any number of them."""
    cards = cards_of(leading, cycles, day, milestones=milestones, with_staff_only=with_staff_only)
    claims = claims_of(cards, day, with_staff_only=with_staff_only)
    return [_panel(card, claim, read) for card, claim in zip(cards, claims, strict=True)]


def _panel(card, claim, read):
    number = card.leading.pk
    return LeadingPanel(
        card,
        claim,
        chart=card.draw(read, f"lead{number}"),
        evidence_chart=claim.draw(read, f"pairs{number}"),
        happenings=card.happenings(read),
        rows=card.rows(read),
    )
