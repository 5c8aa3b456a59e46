"""What is measured, when it is expected, and what happened to it."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from indicators.facts import Fact
from indicators.models.groups import StudentGroup
from indicators.models.organizations import Organization


class IndicatorQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True)


class Indicator(models.Model):
    """Something measured the same way again and again, with everything needed to read its numbers."""

    class Unit(models.TextChoices):
        PERCENT = "percent", _("percent")
        MEAN = "mean", _("mean on a scale")
        COUNT = "count", _("count")
        RATIO = "ratio", _("ratio")
        DOLLARS = "dollars", _("dollars")
        DAYS = "days", _("days")

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        RANGE = "range", _("within a range")

    class Calendar(models.TextChoices):
        SCHOOL_YEAR = "school_year", _("school year")
        CLASS_OF = "class_of", _("graduating class")
        OCTOBER = "october", _("October count")
        CALENDAR_YEAR = "calendar_year", _("calendar year")

    class Kind(models.TextChoices):
        YEAR = "year", _("year")
        SEMESTER = "semester", _("semester")
        QUARTER = "quarter", _("quarter")
        MONTH = "month", _("month")
        WEEK = "week", _("week")
        DAY = "day", _("day")

    class Counts(models.TextChoices):
        STUDENTS = "students", _("students")
        STAFF = "staff", _("staff")
        FAMILIES = "families", _("families")
        SCHOOLS = "schools", _("schools")
        NOTHING = "nothing", _("nothing")

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    question = models.CharField(max_length=300, blank=True, help_text="The one question this indicator answers.")
    description = models.TextField(blank=True)
    unit = models.CharField(max_length=10, choices=Unit)
    noun = models.CharField(max_length=40, blank=True, help_text="What a count or ratio counts, such as seats.")
    decimals = models.PositiveSmallIntegerField(default=1)
    direction = models.CharField(max_length=10, choices=Direction)
    calendar = models.CharField(max_length=20, choices=Calendar)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.YEAR)
    natural_low = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    natural_high = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    counts = models.CharField(max_length=10, choices=Counts, default=Counts.STUDENTS, help_text="What n counts.")
    minimum_n = models.PositiveSmallIntegerField(default=16)
    masked_by_publisher = models.BooleanField(default=False, help_text="The publisher hides small cells itself.")
    family = models.CharField(max_length=60, blank=True, help_text="The distribution of which this is one level.")
    level = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=300)
    method = models.TextField(blank=True)
    steward = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=True)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(natural_low__isnull=True)
                | Q(natural_high__isnull=True)
                | Q(natural_low__lt=F("natural_high")),
                name="natural_limits_are_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(counts__in=["students", "staff", "families"]) | Q(minimum_n__gte=10),
                name="groups_of_people_under_ten_are_never_shown",
                violation_error_message=_("For people, the smallest publishable group is never under 10."),
            ),
        ]

    def __str__(self):
        return self.code


class IndicatorName(models.Model):
    """A name under which some publisher's files print an indicator."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=300, unique=True)

    def __str__(self):
        return self.name


class Series(models.Model):
    """One indicator for one organization and one student group."""

    scope_path = ("organization__scope", "organization__parent__scope")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="series")
    group = models.ForeignKey(StudentGroup, on_delete=models.PROTECT, related_name="series")

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "organization", "group"], name="one_series_per_indicator_organization_and_group"
            )
        ]

    def __str__(self):
        return f"series {self.pk}"


class CollectionWindowQuerySet(models.QuerySet):
    def as_known_on(self, day):
        """What was expected as of a day: of every period the last word known by then, by the day it is expected."""
        later = CollectionWindow.objects.filter(
            Q(known_on__gt=OuterRef("known_on")) | Q(known_on=OuterRef("known_on"), pk__gt=OuterRef("pk")),
            indicator=OuterRef("indicator"), period=OuterRef("period"), known_on__lte=day,
        )  # fmt: skip
        return self.filter(~Exists(later), known_on__lte=day).order_by("expected_on", "pk")


class CollectionWindow(Fact):
    """When a reading is expected, or why there will be none. A later word is added, so that no day is judged anew."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="windows")
    period = models.IntegerField()
    expected_on = models.DateField()
    grace_days = models.PositiveSmallIntegerField(default=0)
    not_collected = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    known_on = models.DateField(
        default=timezone.localdate, help_text="The day on which this was announced: earlier days do not know it."
    )

    objects = CollectionWindowQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "period", "known_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(not_collected=False) | ~Q(reason=""),
                name="not_collected_says_why",
                violation_error_message=_("Say why nothing was collected."),
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.period}"


class Annotation(models.Model):
    """An event, a break in comparability, or a new phase of a run chart, with who said so and why."""

    scope_path = ("organization__scope", "organization__parent__scope")

    class Kind(models.TextChoices):
        EVENT = "event", _("event")
        BREAK = "break", _("series break")
        REBASE = "rebase", _("rebase")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="annotations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind)
    period = models.IntegerField(help_text="The first period of the new phase, or the period of the event.")
    text = models.CharField(max_length=300)
    author = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, null=True, blank=True)
    known_on = models.DateField()
    history = HistoricalRecords()

    class Meta:
        ordering = ["indicator", "period"]

    def __str__(self):
        return self.text
