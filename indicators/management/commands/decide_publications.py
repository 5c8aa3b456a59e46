"""Decide anew what may be shown: after a changed setting, rule, organization or dimension."""

from django.core.management.base import BaseCommand

from indicators.models import Indicator
from indicators.publishing import decide


class Command(BaseCommand):
    help = "Decide for every stored number, by today's rules and settings, what of it may be shown."

    def handle(self, *args, **options):
        changed = sum(decide([pk]) for pk in Indicator.objects.order_by("pk").values_list("pk", flat=True))
        self.stdout.write(f"{changed} verdicts changed.")
