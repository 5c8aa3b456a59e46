"""What was promised: goals keep their identity, every promise is an appended revision."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from indicators.facts import Fact
from indicators.models import Series
from strategy.models.tactics import Tactic


class GoalQuerySet(models.QuerySet):
    def public(self):
        """Goals that everyone may see: no adopted promise of theirs rests on a staff-only indicator."""
        on_staff_only = Q(measure__indicator__is_public=False) | Q(minus__indicator__is_public=False)
        promises = GoalRevision.objects.filter(on_staff_only, goal=OuterRef("pk"), outcome="adopted")
        return self.filter(~Exists(promises))


class Goal(models.Model):
    """A SMART goal of a tactic: its identity only; everything promised stands in its revisions."""

    scope_path = "tactic__scope"

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="goals")
    slug = models.SlugField(max_length=80)
    short_name = models.CharField(max_length=60, help_text="For pictures, such as 'Grade 3 reading'.")
    position = models.PositiveSmallIntegerField(default=0)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["tactic", "position"]
        constraints = [models.UniqueConstraint(fields=["tactic", "slug"], name="one_goal_per_tactic_and_slug")]

    def __str__(self):
        return self.short_name


class GoalRevisionQuerySet(models.QuerySet):
    def adopted_by_day(self, day):
        """Revisions in force on some day up to this one, oldest first."""
        return self.filter(outcome="adopted", settled_on__lte=day).order_by("goal_id", "settled_on", "number")

    def with_people_and_places(self):
        """Each with all that a page of its own says of measure, places, groups and people."""
        return self.select_related(
            "measure__indicator", "measure__organization", "measure__group", "minus__group", "minus__organization",
            "proposed_by", "settled_by",
        )  # fmt: skip

    def open_proposals(self):
        return self.filter(settled_on__isnull=True)

    def for_settling(self):
        """Proposals with all that their page shows of goal, plan, people and measure."""
        return self.with_people_and_places().select_related("goal__tactic__strategy__plan__district")


class GoalRevision(Fact):
    """A promise as proposed and, if another person agreed, adopted: path, wording, reason.

    What is promised is adopted or declined by another person, never by its author. Its author may take it back, which
    changes no promise: so a slip of the pen can be mended without asking anybody. Settling closes the row once.
    """

    scope_path = "goal__tactic__scope"

    closing_columns = ("outcome", "settled_by_id", "settled_on", "settled_words", "forecast")

    class Kind(models.TextChoices):
        PATH = "path", _("a path to a target")
        AWAITING = "awaiting", _("awaiting its baseline")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Interpolation(models.TextChoices):
        LINEAR = "linear", _("straight between waypoints")
        STEP = "step", _("in steps")

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken_back", _("taken back")

    class Reason(models.TextChoices):
        FIRST = "first", _("first adoption")
        BASELINE = "baseline", _("baseline now known")
        MEASURE = "measure", _("measure replaced")
        RESOURCES = "resources", _("resources changed")
        AMBITION = "ambition", _("ambition raised")
        DELAY = "delay", _("more time needed")
        EVENT = "event", _("outside event")
        CLOSED = "closed", _("no longer pursued")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    statement = models.CharField(max_length=400)
    specific = models.CharField(max_length=400, blank=True)
    measurable = models.CharField(max_length=400, blank=True)
    achievable = models.CharField(max_length=400, blank=True)
    relevant = models.CharField(max_length=400, blank=True)
    time_bound = models.CharField(max_length=400, blank=True)
    measure = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="goal_revisions")
    minus = models.ForeignKey(
        Series,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="For a gap: what is taken off.",
    )
    baseline_period = models.IntegerField(null=True, blank=True)
    baseline_value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    target_period = models.IntegerField(null=True, blank=True)
    target_value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    target_low = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    target_high = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    waypoints = models.JSONField(
        default=list, blank=True, help_text='Pairs of period number and value, as [2019, "86.1"].'
    )
    interpolation = models.CharField(max_length=10, choices=Interpolation, default=Interpolation.LINEAR)
    tolerance = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    awaiting_until = models.DateField(null=True, blank=True)
    reason_code = models.CharField(max_length=10, choices=Reason)
    reason = models.CharField(max_length=600, blank=True)
    forecast = models.JSONField(
        null=True, blank=True, help_text="If nothing changes, as computed on the day of adoption."
    )
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, null=True, blank=True)  # noqa: DJ001 null until settled
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_on = models.DateField(null=True, blank=True)
    settled_words = models.CharField(max_length=600, null=True, blank=True)  # noqa: DJ001 null until settled
    is_illustration = models.BooleanField(default=False)

    objects = GoalRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["goal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "number"], name="goal_revisions_are_numbered_once"),
            models.UniqueConstraint(
                fields=["goal"],
                condition=Q(settled_on__isnull=True),
                name="one_open_proposal_per_goal",
                violation_error_message=_("A proposal for this goal is still open: settle it first."),
            ),
            models.CheckConstraint(
                condition=Q(settled_by__isnull=True)
                | (Q(outcome="taken_back") & Q(settled_by=F("proposed_by")))
                | (~Q(outcome="taken_back") & ~Q(settled_by=F("proposed_by"))),
                name="a_proposal_is_settled_by_another_person",
                violation_error_message=_("Another person has to adopt what you proposed."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__isnull=True, settled_on__isnull=True, settled_by__isnull=True)
                | Q(outcome__isnull=False, settled_on__isnull=False, settled_by__isnull=False),
                name="a_settled_proposal_says_how_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind="path")
                | (
                    Q(measure__isnull=False, baseline_period__isnull=False, baseline_value__isnull=False)
                    & Q(target_period__isnull=False, target_period__gt=F("baseline_period"))
                    & (Q(target_value__isnull=False) | Q(target_low__isnull=False, target_high__isnull=False))
                ),
                name="a_path_leads_from_a_baseline_to_a_later_target",
                violation_error_message=_("A path needs a measure, a baseline, and a later target."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="awaiting") | Q(awaiting_until__isnull=False), name="awaiting_says_until_when"
            ),
            models.CheckConstraint(
                condition=Q(tolerance__isnull=True) | Q(tolerance__gte=0), name="a_tolerance_is_not_negative"
            ),
        ]

    def __str__(self):
        return f"{self.goal_id} #{self.number}"


class Judgement(Fact):
    """A leader's own word on how likely a goal is to be met: beside the numbers, never over them."""

    scope_path = "goal__tactic__scope"

    class Likelihood(models.TextChoices):
        HIGHLY_LIKELY = "highly_likely", _("highly likely")
        LIKELY = "likely", _("likely, with attention")
        IN_DOUBT = "in_doubt", _("in doubt")
        UNLIKELY = "unlikely", _("unlikely")

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="judgements")
    number = models.PositiveSmallIntegerField()
    likelihood = models.CharField(max_length=15, choices=Likelihood)
    reason = models.CharField(max_length=400)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["goal", "known_on", "number"]
        constraints = [models.UniqueConstraint(fields=["goal", "number"], name="judgements_are_numbered_once")]

    def __str__(self):
        return f"{self.goal_id} {self.likelihood}"
