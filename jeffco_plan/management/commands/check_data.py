"""Looks for what constraints alone cannot hold; changes nothing. Exit code 1 where something is wrong."""

from django.core.management.base import BaseCommand, CommandError

from accounts import clock
from stocktakes.models import Snapshot
from stocktakes.snapshots import broken_at
from strategy.consistency import problems


class Command(BaseCommand):
    help = "Checks links within tactics, terms of leaders, paths, and the chain of frozen records."

    def handle(self, **options):
        found = list(problems(clock.today()))
        broken = broken_at(Snapshot.objects.order_by("number"))
        if broken is not None:
            found.append((f"Snapshot {broken}", "does not fit the chain of frozen records"))
        for thing, wrong in found:
            self.stdout.write(f"{thing} {wrong}.")
        if found:
            raise CommandError(f"Problems found: {len(found)}.")
        self.stdout.write("Everything fits.")
