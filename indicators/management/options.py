"""Options that the commands share, from what is typed to what is meant; what cannot be meant is a `CommandError`."""

from datetime import date

from django.core.management.base import CommandError

from accounts import clock
from accounts.models import User


def day_of(option, text):
    """The day that is typed behind an option; today where there is none."""
    try:
        return date.fromisoformat(text) if text else clock.today()
    except ValueError as error:
        raise CommandError(f"{option} must be a day like 2020-01-16, not {text!r}.") from error


def person_of(email):
    """The person with this log-in; nobody where none is named."""
    if not email:
        return None
    user = User.objects.select_related("person").filter(email__iexact=email).first()
    if user is None or user.person is None:
        raise CommandError(f"There is no person with the log-in {email}.")
    return user.person
