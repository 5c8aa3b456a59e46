"""The board's meetings and what it did there."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from accounts.models import Person
from indicators.facts import Fact
from indicators.models import Organization
from stocktakes.models.records import Stocktake


class BoardMeeting(models.Model):
    """A meeting of a district's board: agenda before, minutes after."""

    scope_path = "district__scope"

    district = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="board_meetings")
    held_on = models.DateField()
    title = models.CharField(max_length=200)
    agenda = models.TextField(blank=True)
    minutes = models.TextField(blank=True)
    date_is_real = models.BooleanField(default=False)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(fields=["district", "held_on"], name="one_board_meeting_per_district_and_day")
        ]

    def __str__(self):
        return f"{self.held_on}"


class BoardAct(Fact):
    """The board accepts a stocktake, or does not, at a meeting; entered by the clerk."""

    scope_path = "stocktake__tactic__scope"

    meeting = models.ForeignKey(BoardMeeting, on_delete=models.PROTECT, related_name="acts")
    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="board_acts")
    number = models.PositiveSmallIntegerField()
    accepted = models.BooleanField()
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    abstentions = models.PositiveSmallIntegerField(default=0)
    words = models.TextField(blank=True)
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["stocktake", "number"]
        constraints = [models.UniqueConstraint(fields=["stocktake", "number"], name="board_acts_are_numbered_once")]

    def __str__(self):
        return f"{self.stocktake_id} accepted={self.accepted}"


class BoardQuestion(models.Model):
    """A question that one member puts to staff; question and answer become public together."""

    scope_path = "stocktake__tactic__scope"

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="questions")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField()
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["asked_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True, answered_by__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False, answered_by__isnull=False)),
                name="an_answer_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("asked_on")),
                name="an_answer_follows_its_question",
            ),
        ]

    def __str__(self):
        return self.text[:60]
