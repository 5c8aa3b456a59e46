"""Who: people, log-ins, and roles granted for a place and a term; and who wrote a text in another language."""

import hashlib

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """Somebody who acts in the plan; may have no log-in, and keeps authorship after leaving."""

    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=200, blank=True)
    is_illustration = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self):
        return self.name


class UserManager(BaseUserManager):
    use_in_migrations = True

    def create_user(self, email, password=None, **extra):
        user = self.model(email=self.normalize_email(email).lower(), **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **extra):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **extra)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A log-in by e-mail, held by a person."""

    email = models.EmailField(_("e-mail address"), unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    def __str__(self):
        return self.email


class Scope(models.Model):
    """A place in which roles are granted: a district, a plan, a tactic or a group; each lies within its parent.

    Districts, plans, tactics and groups point here. So a grant has a real foreign key, and this app knows
    nothing of those above it.
    """

    scope_path = "pk"

    class Kind(models.TextChoices):
        DISTRICT = "district", _("district")
        PLAN = "plan", _("plan")
        TACTIC = "tactic", _("tactic")
        GROUP = "group", _("advisory group")

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=300)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name}"


class Role(models.TextChoices):
    SUPERINTENDENT = "superintendent", _("Superintendent")
    SPONSOR = "sponsor", _("Cabinet sponsor")
    BOARD = "board", _("Board member")
    CLERK = "clerk", _("Clerk of the board")
    STEWARD = "steward", _("Data steward")
    MODERATOR = "moderator", _("Moderator")
    TRANSLATOR = "translator", _("Translator")
    ADMINISTRATOR = "administrator", _("Plan administrator")


class GrantQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Grant(models.Model):
    """A role that a person holds in a scope and everything within it, for a term.

    Leaders and members of a tactic stand on its team (strategy.TeamMember), not here.
    """

    scope_path = "scope"

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    scope = models.ForeignKey(Scope, on_delete=models.PROTECT, related_name="grants")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants_given", null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a_grant_ends_after_it_begins",
                violation_error_message=_("The last day of a grant must not be before its first."),
            ),
            models.UniqueConstraint(
                fields=["person", "role", "scope"],
                condition=Q(until__isnull=True),
                name="one_open_grant_per_person_role_and_scope",
                violation_error_message=_("This person already holds this role here."),
            ),
        ]

    def __str__(self):
        return f"{self.role} #{self.pk}"


def text_hash(text):
    """The key under which translations of a text are kept: a changed original has none, by construction."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


class Translation(models.Model):
    """A text of the plan in another language than it was written in, with who translated and who reviewed it."""

    original_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    original = models.TextField()
    text = models.TextField()
    author = models.CharField(max_length=200)
    made_on = models.DateField(default=timezone.localdate)
    reviewed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["original_hash", "language"], name="one_translation_per_text_and_language")
        ]

    def __str__(self):
        return f"{self.language}: {self.text[:40]}"
