"""How: strategies, their tactics, and the people on each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Person, Scope
from strategy.models.plans import Plan


class Strategy(models.Model):
    """The first level below the plan, under whatever name the plan gives it."""

    scope_path = "plan__scope"

    class Kind(models.TextChoices):
        LEARNING = "learning", _("learning")
        OPERATIONAL = "operational", _("operational")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="strategies")
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.LEARNING)
    theory_if = models.TextField(blank=True, help_text="This strategy's 'if' in the plan's theory of action.")
    description = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    history = HistoricalRecords()

    class Meta:
        ordering = ["plan", "position"]
        verbose_name_plural = "strategies"
        constraints = [models.UniqueConstraint(fields=["plan", "slug"], name="one_strategy_per_plan_and_slug")]

    def __str__(self):
        return self.name


class TacticQuerySet(models.QuerySet):
    def published(self):
        return self.exclude(state="draft").filter(strategy__plan__state__in=["current", "closed"])

    def of_plan(self, plan):
        return self.filter(strategy__plan=plan)

    def led_by(self, person, day):
        return self.filter(team__in=TeamMember.objects.current(day).filter(person=person)).distinct()


class Tactic(models.Model):
    """A piece of work with a leader, at least one goal, and a theory of why it should help."""

    scope_path = "scope"

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="tactics")
    scope = models.OneToOneField(Scope, on_delete=models.PROTECT, related_name="tactic")
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    slug = models.SlugField(max_length=80)
    lede = models.CharField(max_length=400, blank=True)
    description = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors")
    position = models.PositiveSmallIntegerField(default=0)
    is_illustration = models.BooleanField(default=False)
    history = HistoricalRecords()

    objects = TacticQuerySet.as_manager()

    class Meta:
        ordering = ["strategy__position", "position"]
        constraints = [models.UniqueConstraint(fields=["strategy", "slug"], name="one_tactic_per_strategy_and_slug")]

    def __str__(self):
        return self.name


class TheoryOfAction(models.Model):
    """A wording of a tactic's if … then, in force from a day; earlier wordings stay readable."""

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="theories")
    ifs = models.JSONField(help_text="The conditions, in order: the first is the 'if', the others the 'and'.")
    then = models.TextField()
    since = models.DateField()

    class Meta:
        ordering = ["tactic", "since"]
        verbose_name_plural = "theories of action"
        constraints = [models.UniqueConstraint(fields=["tactic", "since"], name="one_wording_per_tactic_and_day")]

    def __str__(self):
        return f"{self.tactic_id} {self.since}"


class TeamMemberQuerySet(models.QuerySet):
    def current(self, day):
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class TeamMember(models.Model):
    """A person on a tactic's team for a term."""

    class Role(models.TextChoices):
        LEADER = "leader", _("leader")
        MEMBER = "member", _("member")

    tactic = models.ForeignKey(Tactic, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    objects = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ["tactic", "role", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["tactic"],
                condition=Q(role="leader", until__isnull=True),
                name="at_most_one_current_leader_per_tactic",
                violation_error_message=_("This tactic already has a leader: end that term first."),
            ),
            models.UniqueConstraint(
                fields=["tactic", "person"],
                condition=Q(until__isnull=True),
                name="a_person_stands_once_on_a_team",
                violation_error_message=_("This person is already on the team."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_term_ends_after_it_begins"
            ),
        ]

    def __str__(self):
        return f"{self.role} {self.person_id}"
