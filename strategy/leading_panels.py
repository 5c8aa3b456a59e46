"""One leading indicator as a page shows it: run chart, legend, table, and what the pairs say."""

from dataclasses import dataclass, field
from datetime import date

from strategy.claims import Claim, claims_of
from strategy.leading import LeadingCard, cards_of
from strategy.occasions import Happening
from strategy.school_pairs import SchoolPairs, school_pairs_of


@dataclass
class LeadingPanel:
    """A card with its evidence, drawn and read."""

    card: LeadingCard
    claim: Claim
    chart: str
    evidence_chart: str
    happenings: list[Happening]
    rows: list
    schools: SchoolPairs | None
    schools_chart: str
    files: dict = field(default_factory=dict)  # of the pairs, by what they are of; only public pages have some

    @property
    def leading(self):
        return self.card.leading


def leading_panels(
    leading, cycles, day: date, read, *, milestones=(), with_staff_only: bool = False
) -> list[LeadingPanel]:
    """Panels of these declarations (a queryset) as known on a day.

    Eight queries for any number of them, and two more where schools have both measures.
    """
    cards = cards_of(leading, cycles, day, milestones=milestones, with_staff_only=with_staff_only)
    claims = claims_of(cards, day, with_staff_only=with_staff_only)
    schools = school_pairs_of(claims, day, with_staff_only=with_staff_only)
    return [_panel(*parts, read) for parts in zip(cards, claims, schools, strict=True)]


def _panel(card, claim, schools, read):
    number = card.leading.pk
    return LeadingPanel(
        card,
        claim,
        chart=card.draw(read, f"lead{number}"),
        evidence_chart=claim.draw(read, f"pairs{number}"),
        happenings=card.happenings(read),
        rows=card.rows(read),
        schools=schools,
        schools_chart=schools.draw(read, f"schools{number}") if schools else "",
    )
