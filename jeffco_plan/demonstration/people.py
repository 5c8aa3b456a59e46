"""People of the demonstration: roles instead of names, one log-in per role, all with one password."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.db import transaction

from accounts.models import Grant, Person, User
from indicators.models import Organization
from jeffco_plan.demonstration import content
from strategy.models import Plan

PASSWORD = "thirty-candles-on-lookout"  # noqa: S105 shared, printed, and only ever in the demonstration


def entries():
    return content.read("plans/people")["person"]


@transaction.atomic
def load_people():
    """Persons and their log-ins; grants wait for the plans (`load_grants`)."""
    password = make_password(PASSWORD)  # one password, hashed once: hashing is slow on purpose
    for entry in entries():
        person, _ = Person.objects.get_or_create(name=entry["name"], defaults={"is_illustration": True})
        if "login" in entry and not User.objects.filter(email=entry["login"]).exists():
            user = User.objects.create(email=entry["login"], password=password, person=person)
            if _builds_plans(entry):
                _open_admin(user)


def _builds_plans(entry):
    return any(grant["role"] == "administrator" and entry["district"] == "CO:1420" for grant in entry.get("grants", []))


def _open_admin(user):
    """The plan administrator works in the admin; no superuser, who would be nobody's stranger."""
    user.is_staff = True
    user.save()
    ours = ["accounts", "indicators", "strategy", "stocktakes"]
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=ours))


def people():
    """Every person of the demonstration under the key that content uses."""
    by_name = {person.name: person for person in Person.objects.filter(is_illustration=True)}
    return {entry["key"]: by_name[entry["name"]] for entry in entries()}


@transaction.atomic
def load_grants():
    cast = people()
    districts = Organization.objects.exclude(scope=None).by_code()
    scope_of_district = dict(Organization.objects.values_list("pk", "scope_id"))
    scope_of_plan = dict(Plan.objects.values_list("slug", "scope_id"))
    for entry in entries():
        for grant in entry.get("grants", []):
            kind, _, slug = grant["scope"].partition(":")
            scope = scope_of_plan[slug] if kind == "plan" else scope_of_district[districts[entry["district"]]]
            Grant.objects.get_or_create(
                person=cast[entry["key"]],
                role=grant["role"],
                scope_id=scope,
                defaults={
                    "since": grant["since"],
                    "until": grant.get("until"),
                    "granted_by": cast["plan-administrator"],
                },
            )


def logins():
    """What to print: role and e-mail address of each demonstration log-in."""
    return [(entry["shows"], entry["login"]) for entry in entries() if "login" in entry]
