"""Write observations out in long form, exactly as the import reads them."""

import csv

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q

from indicators.importing.long_form import HEADERS, long_rows
from indicators.importing.lookups import Lookups
from indicators.importing.refusals import CellRefused
from indicators.management.options import day_of
from indicators.models import Observation


class Command(BaseCommand):
    help = "Export observations in long form, marks included. Raw values of small groups too: not for publication."

    def add_arguments(self, parser):
        for name in ("indicator", "organization", "group"):
            parser.add_argument(f"--{name}", action="append", default=[], help="code or name; may be repeated")
        parser.add_argument("--output", metavar="FILE", help="a file instead of the standard output")
        parser.add_argument("--as-of", metavar="DAY", help="as known on a day, YYYY-MM-DD (today by default)")

    def handle(self, *args, **options):
        observations = Observation.objects.filter(_chosen(options)).as_known_on(day_of("--as-of", options["as_of"]))
        if not options["output"]:
            _write(self.stdout, observations)
            return
        try:
            with open(options["output"], "w", encoding="utf-8-sig", newline="") as file:
                _write(file, observations)
        except OSError as error:
            raise CommandError(f"{options['output']} cannot be written: {error.strerror}.") from error


def _write(file, observations):
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADERS)
    writer.writerows(long_rows(observations))


def _chosen(options):
    """The filter that the options ask for; an unknown name is an error, not an empty file."""
    lookups = Lookups()
    chosen = Q()
    try:
        if options["indicator"]:
            chosen &= Q(series__indicator__in=[lookups.indicator(name).pk for name in options["indicator"]])
        if options["organization"]:
            chosen &= Q(series__organization__in=[lookups.organization(name) for name in options["organization"]])
        if options["group"]:
            chosen &= Q(series__group__in=[lookups.group(name) for name in options["group"]])
    except CellRefused as error:
        names = ", ".join(name for found in lookups.missing.values() for name in found)
        raise CommandError(f"{error} {names}".strip()) from error
    return chosen
