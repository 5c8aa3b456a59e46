"""The plan itself: vision, values, vocabulary, documents, and what follows it."""

import re
import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Scope
from indicators.models import Organization, Series


class PlanQuerySet(models.QuerySet):
    def published(self):
        return self.exclude(state="draft")

    def for_list(self):
        return self.published().select_related("district", "predecessor").order_by("district__name", "starts_on")


class Plan(models.Model):
    """A district's strategic plan; its levels carry its own words."""

    scope_path = "scope"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        CURRENT = "current", _("current")
        CLOSED = "closed", _("closed")

    district = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="plans")
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="plan")
    title = models.CharField(max_length=200)
    subtitle = models.CharField(max_length=200, blank=True)
    slug = models.SlugField(max_length=60, unique=True)
    motto = models.CharField(max_length=300, blank=True)
    headline = models.CharField(max_length=200, blank=True, help_text="The vision in one sentence.")
    vision = models.TextField(blank=True)
    mission = models.TextField(blank=True)
    theory_then = models.TextField(blank=True, help_text="The 'then' of the theory of action; strategies give the ifs.")
    picture = models.CharField(max_length=20, blank=True, choices=[("circles", _("nested circles"))])
    picture_text = models.TextField(blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    predecessor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors")
    predecessor_text = models.CharField(max_length=300, blank=True, help_text="A predecessor that is not kept here.")
    source = models.CharField(max_length=500, blank=True)
    is_demonstration = models.BooleanField(default=False)
    standing_day = models.DateField(null=True, blank=True, help_text="Demonstration only: the day on which it stands.")
    history = HistoricalRecords()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["district", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="a_plan_ends_after_it_starts",
                violation_error_message=_("The last day must come after the first."),
            ),
            models.CheckConstraint(
                condition=Q(standing_day__isnull=True) | Q(is_demonstration=True),
                name="only_a_demonstration_stands_still",
                violation_error_message=_("Only a demonstration plan may stand on a day."),
            ),
        ]

    def __str__(self):
        return self.title

    def today(self, site_today):
        """The plan's own today: a demonstration plan may stand on a day."""
        return self.standing_day or site_today

    def word(self, level, language, plural=False):
        """What this plan calls a level, such as 'strategy'; from the vocabulary fetched with the plan."""
        for entry in self.vocabulary.all():
            if entry.level == level and entry.language == language:
                return entry.plural if plural else entry.singular
        return ""


class Vocabulary(models.Model):
    """What a plan calls one of its levels, in one language."""

    class Level(models.TextChoices):
        STRATEGY = "strategy", _("strategy")
        TACTIC = "tactic", _("tactic")
        GOAL = "goal", _("goal")
        VALUE = "value", _("value")
        FOCUS = "focus", _("focus")
        INITIATIVE = "initiative", _("initiative")
        OUTCOME = "outcome", _("learner outcome")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="vocabulary")
    level = models.CharField(max_length=20, choices=Level)
    language = models.CharField(max_length=10)
    singular = models.CharField(max_length=60)
    plural = models.CharField(max_length=60)

    class Meta:
        verbose_name_plural = "vocabulary"
        constraints = [
            models.UniqueConstraint(fields=["plan", "level", "language"], name="one_word_per_plan_level_and_language")
        ]

    def __str__(self):
        return f"{self.level}: {self.singular}"


class PlanPart(models.Model):
    """A named, ordered part of a plan: a value, a learner outcome, a focus."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["plan", "position"]

    def __str__(self):
        return self.name or f"#{self.position}"


class Value(PlanPart):
    """Something the district holds to."""

    history = HistoricalRecords()


class Outcome(PlanPart):
    """What every learner should be able to do."""

    history = HistoricalRecords()


class Focus(PlanPart):
    """A guiding focus across the plan; its name may still be to come."""

    history = HistoricalRecords()

    class Meta(PlanPart.Meta):
        verbose_name_plural = "focuses"


class Initiative(PlanPart):
    """A major initiative of one school year that spans strategies."""

    scope_path = "plan__scope"

    school_year = models.CharField(max_length=9, help_text="For example 2023-2024.")
    strategies = models.ManyToManyField("strategy.Strategy", blank=True, related_name="initiatives")
    history = HistoricalRecords()


class AreaOfWork(models.Model):
    """One line of work of an initiative, linked where it fits."""

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="areas")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    strategy = models.ForeignKey("strategy.Strategy", on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["initiative", "position"]
        verbose_name_plural = "areas of work"

    def __str__(self):
        return self.text


class SystemIndicator(models.Model):
    """A series that shows the whole system, with the series it is held against."""

    scope_path = "plan__scope"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="system_indicators")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="+")
    benchmark = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "series"], name="a_series_is_named_once_per_plan")]

    def __str__(self):
        return f"{self.plan_id}: {self.series_id}"


def document_name(instance, file_name):
    """A stored file's name says nothing of its content."""
    return f"documents/{secrets.token_hex(16)}"


def check_https(value):
    if not re.match(r"https?://", value):
        raise ValidationError(_("A link begins with https://."))


class PlanDocument(models.Model):
    """A published document of the plan, with its text for those who cannot read the file."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=10, default="en")
    file = models.FileField(upload_to=document_name, blank=True)
    link = models.URLField(blank=True, validators=[check_https])
    accessible_text = models.TextField(blank=True)

    class Meta:
        ordering = ["plan", "-year", "language"]

    def __str__(self):
        return self.title


class Story(models.Model):
    """A dated story of the plan at work."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="stories")
    told_on = models.DateField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["-told_on"]
        verbose_name_plural = "stories"

    def __str__(self):
        return self.title


class Alignment(models.Model):
    """An outside body's document, matched to an element of the plan."""

    scope_path = "plan__scope"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="alignments")
    body = models.CharField(max_length=200)
    document = models.CharField(max_length=200)
    link = models.URLField(blank=True, validators=[check_https])
    strategy = models.ForeignKey("strategy.Strategy", on_delete=models.PROTECT, null=True, blank=True)
    text = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    class Meta:
        ordering = ["plan", "position"]

    def __str__(self):
        return f"{self.body}: {self.document}"


class Crosswalk(models.Model):
    """What became of an element of a closed plan in its successor."""

    scope_path = "plan__scope"

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="crosswalks")
    strategy = models.ForeignKey("strategy.Strategy", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    tactic = models.ForeignKey("strategy.Tactic", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    to_strategy = models.ForeignKey(
        "strategy.Strategy", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_tactic = models.ForeignKey("strategy.Tactic", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["plan", "position"]

    def __str__(self):
        return f"{self.plan_id} #{self.position}"
