"""The only place where "today" enters; views ask once and pass the day on."""

from django.conf import settings
from django.utils import timezone


def today():
    """Today in the district's time zone, or the day on which the demonstration stands."""
    return settings.DEMONSTRATION_DAY or timezone.localdate()
