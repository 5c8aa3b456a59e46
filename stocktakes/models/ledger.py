"""What was promised and asked for, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from indicators.facts import Fact
from stocktakes.models.board import BoardMeeting
from stocktakes.models.records import Stocktake


class Commitment(models.Model):
    """Something a team promised at a stocktake; it opens the next one."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    due_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["stocktake", "number"]
        constraints = [models.UniqueConstraint(fields=["stocktake", "number"], name="commitments_are_numbered_once")]

    def __str__(self):
        return self.text


class CommitmentReview(Fact):
    """What became of a commitment, said at a later stocktake."""

    scope_path = "commitment__stocktake__tactic__scope"

    class Fate(models.TextChoices):
        KEPT = "kept", _("Kept")
        CHANGED = "changed", _("Changed")
        DROPPED = "dropped", _("Dropped")
        OPEN = "open", _("Open")

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reviews")
    stocktake = models.ForeignKey(
        Stocktake,
        on_delete=models.PROTECT,
        related_name="reviews",
        null=True,
        blank=True,
        help_text="The stocktake that reviews it; none when the team reports between stocktakes.",
    )
    number = models.PositiveSmallIntegerField()
    fate = models.CharField(max_length=10, choices=Fate)
    words = models.CharField(max_length=300, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["commitment", "number"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="commitment_reviews_are_numbered_once"),
            models.UniqueConstraint(fields=["commitment", "stocktake"], name="one_review_per_commitment_and_stocktake"),
        ]

    def __str__(self):
        return f"{self.commitment_id} {self.fate}"


class Request(models.Model):
    """Support that a team asks for."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="requests")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    asked_on = models.DateField()
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["stocktake", "number"]
        constraints = [models.UniqueConstraint(fields=["stocktake", "number"], name="requests_are_numbered_once")]

    def __str__(self):
        return self.text


class RequestDecision(Fact):
    """What the board or the superintendent decided on a request, and later what it did to results."""

    scope_path = "request__stocktake__tactic__scope"

    class Decision(models.TextChoices):
        GRANTED = "granted", _("Granted")
        PARTLY = "partly", _("Granted in part")
        DECLINED = "declined", _("Declined")
        DEFERRED = "deferred", _("Deferred")

    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="decisions")
    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    decision = models.CharField(max_length=10, choices=Decision)
    words = models.CharField(max_length=300, blank=True)
    effect = models.CharField(max_length=300, blank=True, help_text="What followed, once it can be seen.")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["request", "number"]
        constraints = [models.UniqueConstraint(fields=["request", "number"], name="decisions_are_numbered_once")]

    def __str__(self):
        return f"{self.request_id} {self.decision}"
