"""How a team learns: leading indicators, tests of change, practices worth spreading."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Person
from indicators.models import Series
from strategy.models.goals import Goal
from strategy.models.tactics import Tactic


class LeadingIndicator(models.Model):
    """A claim, declared before looking: this series moves first, and the goal follows."""

    scope_path = "tactic__scope"

    class Window(models.TextChoices):
        MEAN = "mean", _("mean of the window")
        LAST = "last", _("last value of the window")

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("low")

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="leading_indicators")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="leading_indicators")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="leading_for")
    expected_sign = models.SmallIntegerField(choices=[(1, _("moves the same way")), (-1, _("moves the other way"))])
    lag_days = models.PositiveIntegerField(help_text="How long before the goal's period ends the window ends.")
    window = models.CharField(max_length=10, choices=Window, default=Window.MEAN)
    window_days = models.PositiveIntegerField(default=365)
    reason = models.TextField()
    confidence = models.CharField(max_length=10, choices=Confidence)
    declared_on = models.DateField()
    review_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["tactic", "position"]
        constraints = [models.UniqueConstraint(fields=["goal", "series"], name="a_leading_indicator_is_declared_once")]

    def __str__(self):
        return f"{self.tactic_id}: {self.series_id}"


class PdsaCycle(models.Model):
    """One test of change: plan, do, study, act."""

    scope_path = "tactic__scope"

    class Outcome(models.TextChoices):
        ADOPT = "adopt", _("Adopt")
        ADAPT = "adapt", _("Adapt")
        ABANDON = "abandon", _("Abandon")
        STOPPED = "stopped", _("Stopped before study")

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="pdsa_cycles")
    leading_indicator = models.ForeignKey(
        LeadingIndicator, on_delete=models.PROTECT, null=True, blank=True, related_name="pdsa_cycles"
    )
    number = models.PositiveSmallIntegerField()
    scale = models.CharField(max_length=60, help_text="How large the test is, such as '3 schools'.")
    question = models.CharField(max_length=300)
    prediction = models.CharField(max_length=400)
    started_on = models.DateField(null=True, blank=True, help_text="When Do began; the prediction is locked from then.")
    study_due_on = models.DateField(null=True, blank=True)
    studied_on = models.DateField(null=True, blank=True)
    study = models.TextField(blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    acted_on = models.DateField(null=True, blank=True)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["tactic", "number"]
        verbose_name = "PDSA cycle"
        constraints = [
            models.UniqueConstraint(fields=["tactic", "number"], name="pdsa_cycles_are_numbered_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "stopped"]) | (Q(studied_on__isnull=False) & ~Q(study="")),
                name="no_act_without_study",
                violation_error_message=_("Write what you learned before you decide."),
            ),
        ]

    def __str__(self):
        return f"{self.tactic_id} #{self.number}"


class Practice(models.Model):
    """Something that worked, written down so that others can take it up."""

    scope_path = "tactic__scope"

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="practices")
    title = models.CharField(max_length=200)
    text = models.TextField()
    written_on = models.DateField()
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-written_on"]

    def __str__(self):
        return self.title


class Adoption(models.Model):
    """Another tactic takes up a practice."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="adoptions")
    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="adopted_practices")
    adopted_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["adopted_on"]
        constraints = [models.UniqueConstraint(fields=["practice", "tactic"], name="a_practice_is_adopted_once")]

    def __str__(self):
        return f"{self.practice_id} -> {self.tactic_id}"
