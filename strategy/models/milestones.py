"""Major action steps, and every report on them."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Person
from indicators.facts import Fact
from strategy.models.goals import Goal
from strategy.models.plans import check_https
from strategy.models.tactics import Tactic


class Milestone(models.Model):
    """A major action step of a tactic."""

    scope_path = "tactic__scope"

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="milestones")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    moves = models.CharField(max_length=300, blank=True, help_text="What it should move.")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="milestones")
    position = models.PositiveSmallIntegerField(default=0)
    is_illustration = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["tactic", "position"]
        constraints = [models.UniqueConstraint(fields=["tactic", "slug"], name="one_milestone_per_tactic_and_slug")]

    def __str__(self):
        return self.title


class MilestoneUpdateQuerySet(models.QuerySet):
    def as_known_on(self, day):
        return self.filter(known_on__lte=day).order_by("milestone_id", "known_on", "number")


class MilestoneUpdate(Fact):
    """One report on a milestone: where it stands, when it is due, and why that moved."""

    scope_path = "milestone__tactic__scope"

    class State(models.TextChoices):
        DONE = "done", _("Done")
        ON_TIME = "on_time", _("On time")
        LATE = "late", _("Will be late")
        BLOCKED = "blocked", _("Blocked")
        NOT_STARTED = "not_started", _("Not started")

    class Confidence(models.TextChoices):
        HIGH = "high", _("high")
        MEDIUM = "medium", _("medium")
        LOW = "low", _("low")

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="updates")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State)
    percent = models.PositiveSmallIntegerField(default=0)
    due_on = models.DateField()
    completed_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, help_text="Why the date moved, or what blocks it.")
    note = models.TextField(blank=True)
    confidence = models.CharField(max_length=10, choices=Confidence, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)

    objects = MilestoneUpdateQuerySet.as_manager()

    class Meta:
        ordering = ["milestone", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone", "number"],
                name="milestone_updates_are_numbered_once",
                violation_error_message=_("Somebody else has just reported on this milestone."),
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="percent_is_at_most_100"),
            models.CheckConstraint(
                condition=Q(state="done", completed_on__isnull=False, percent=100)
                | (~Q(state="done") & Q(completed_on__isnull=True)),
                name="a_milestone_is_complete_if_and_only_if_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["late", "blocked"]) | ~Q(reason=""),
                name="late_or_blocked_says_why",
                violation_error_message=_("Write the reason."),
            ),
        ]

    def __str__(self):
        return f"{self.milestone_id} #{self.number}"


def evidence_name(instance, file_name):
    """A stored file's name says nothing of its content."""
    return f"evidence/{secrets.token_hex(16)}"


class Evidence(models.Model):
    """A file or link behind a report; staff-only until its author marks it public."""

    update = models.ForeignKey(MilestoneUpdate, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=evidence_name, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    link = models.URLField(blank=True, validators=[check_https])
    is_public = models.BooleanField(default=False)
    no_student_recognizable = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=(~Q(file="") & Q(link="")) | (Q(file="") & ~Q(link="")), name="evidence_is_a_file_or_a_link"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(no_student_recognizable=True),
                name="public_evidence_shows_no_student",
                violation_error_message=_("Confirm that no student can be recognized before you make it public."),
            ),
        ]

    def __str__(self):
        return self.title


class MilestoneFollowUp(Fact):
    """After completion: did what it should move, move?"""

    class Answer(models.TextChoices):
        YES = "yes", _("yes")
        PARTLY = "partly", _("in part")
        NO = "no", _("no")
        TOO_EARLY = "too_early", _("too early to say")

    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="follow_ups")
    number = models.PositiveSmallIntegerField()
    answer = models.CharField(max_length=10, choices=Answer)
    words = models.CharField(max_length=400, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["milestone", "number"], name="follow_ups_are_numbered_once")]

    def __str__(self):
        return f"{self.milestone_id} {self.answer}"
