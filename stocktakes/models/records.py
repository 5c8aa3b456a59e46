"""A year's round of stocktakes, each stocktake's steps, and what was frozen."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Person
from indicators.facts import Fact
from strategy.models import Plan, Tactic


class Cycle(models.Model):
    """One year's round of stocktakes of a plan."""

    scope_path = "plan__scope"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="cycles")
    name = models.CharField(max_length=60, help_text="For example 2019-20.")
    slug = models.SlugField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["plan", "-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "slug"], name="one_cycle_per_plan_and_slug"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="a_cycle_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.name


class StocktakeQuerySet(models.QuerySet):
    def of_plan(self, plan):
        return self.filter(cycle__plan=plan)


class Stocktake(models.Model):
    """One tactic's review before district leaders and the board; its state follows from its steps."""

    scope_path = "tactic__scope"

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="stocktakes")
    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="stocktakes")
    slug = models.SlugField(max_length=80)
    planned_on = models.DateField(help_text="The day of the review.")
    title = models.CharField(max_length=200, blank=True, help_text="The finding, in one sentence.")
    successes = models.TextField(blank=True)
    challenges = models.TextField(blank=True)
    course = models.TextField(blank=True, help_text="The new course of action.")
    support = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Travels in the form, so that two savers meet.")
    date_is_real = models.BooleanField(default=False, help_text="The day is documented, even where the content is not.")
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    objects = StocktakeQuerySet.as_manager()

    class Meta:
        ordering = ["planned_on", "tactic"]
        constraints = [models.UniqueConstraint(fields=["cycle", "slug"], name="one_stocktake_per_cycle_and_slug")]

    def __str__(self):
        return f"{self.tactic_id} {self.planned_on}"


class StocktakeStep(Fact):
    """A step of a stocktake, from planned to closed, with who took it."""

    scope_path = "stocktake__tactic__scope"

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        PREPARATION = "preparation", _("in preparation")
        SUBMITTED = "submitted", _("submitted")
        RETURNED = "returned", _("sent back")
        SIGNED_OFF = "signed_off", _("signed off")
        HELD = "held", _("held")
        CLOSED = "closed", _("closed")

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    submitted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=400, blank=True)
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["stocktake", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stocktake", "number"], name="stocktake_steps_are_numbered_once"),
            models.CheckConstraint(
                condition=~Q(state__in=["returned", "signed_off"])
                | (Q(submitted_by__isnull=False) & ~Q(submitted_by=F("by"))),
                name="a_stocktake_is_signed_off_by_another_person",
                violation_error_message=_("Somebody other than its author has to sign off a stocktake."),
            ),
        ]

    def __str__(self):
        return f"{self.stocktake_id} {self.state}"


def slide_name(instance, file_name):
    """A stored file's name says nothing of its content."""
    return f"slides/{secrets.token_hex(16)}"


class Slide(models.Model):
    """A presentation attached to a stocktake."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="slides")
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to=slide_name)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self):
        return self.title


class Snapshot(Fact):
    """What a stocktake showed when it was submitted or held: canonical JSON, hashed together with the one before."""

    scope_path = "stocktake__tactic__scope"

    class Moment(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        HELD = "held", _("held")

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField(unique=True, help_text="Position in the chain of all snapshots.")
    moment = models.CharField(max_length=10, choices=Moment)
    content = models.TextField(help_text="Canonical JSON: sorted keys, decimals as strings.")
    sha256 = models.CharField(max_length=64, unique=True)
    previous_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["number"]

    def __str__(self):
        return f"#{self.number} {self.sha256[:8]}"
