"""The panel in which one milestone is reported on: in the list of a person's work, or on a page of its own."""

from dataclasses import dataclass, field

from django.urls import reverse

from strategy.duties import Duty, milestone_duty, tactic_url
from strategy.forms import MilestoneReportForm
from strategy.models import Evidence, MilestoneUpdate
from strategy.timelines import MilestoneCard


@dataclass
class ReportPanel:
    """What the form of one milestone needs to be drawn."""

    card: MilestoneCard
    duty: Duty
    form: MilestoneReportForm
    pieces: dict[int, list[Evidence]]
    is_in_list: bool = False
    meanwhile: list[MilestoneUpdate] = field(default_factory=list)

    @property
    def form_id(self):
        return f"report-{self.card.milestone.pk}"

    @property
    def skip_url(self):
        """The next duty, or where this is the last one the list again."""
        return f"{reverse('my-work')}?open={self.form['next'].value() or 'first'}"

    @property
    def tactic_url(self):
        return tactic_url(self.card.milestone.tactic)

    @property
    def history(self):
        """Every report, newest first, with its evidence."""
        return [(update, self.pieces.get(update.pk, [])) for update in reversed(self.card.updates)]


def report_panel(card, person, *, form=None, following="", **more):
    """The panel of a milestone; one query, for the evidence of its history."""
    pieces = {}
    for piece in Evidence.objects.filter(update__milestone=card.milestone).order_by("pk"):
        pieces.setdefault(piece.update_id, []).append(piece)
    form = form or MilestoneReportForm(card, person, following=following)
    return ReportPanel(card, milestone_duty(card), form, pieces, **more)
