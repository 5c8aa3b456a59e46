"""Take an import back from the command line, doing what the import page does."""

import json

from django.core.management.base import BaseCommand, CommandError

from indicators import actions
from indicators.importing.tables import cell_name
from indicators.management.options import person_of
from indicators.models import ImportBatch

NEEDS_A_PERSON = 3


class Command(BaseCommand):
    help = (
        "Undo an applied import: what stood before is appended again, nothing is deleted. The undo is an import of "
        "its own, and can be undone. Exit status: 0 undone (or previewed), 3 there is nothing to undo."
    )

    def add_arguments(self, parser):
        parser.add_argument("batch", metavar="BATCH", type=int, help="the number of the import, or of an undo")
        parser.add_argument("--by", metavar="EMAIL", help="the log-in of the person who takes it back")
        parser.add_argument("--preview", action="store_true", help="say what would change and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args, batch, **options):
        batch = ImportBatch.objects.filter(pk=batch).first()
        if batch is None:
            raise CommandError("There is no import of this number.")
        person = person_of(options["by"])
        undo = None
        try:
            plan = actions.undo_preview(batch)
            if not options["preview"]:
                undo = actions.undo_batch(batch, person, plan.hash)
        except actions.NotApplied as error:
            return self._refuse(batch, str(error), options["json"])
        self._tell(plan, undo, options["json"])

    def _refuse(self, batch, message, as_json):
        if as_json:
            self.stdout.write(json.dumps({"batch": batch.pk, "state": batch.state, "undo": None, "message": message}))
        else:
            self.stderr.write(message)
        raise SystemExit(NEEDS_A_PERSON)

    def _tell(self, plan, undo, as_json):
        plan.root.refresh_from_db()
        told = {
            "batch": plan.root.pk,
            "state": plan.root.state,
            "undo": undo.pk if undo else None,
            "undoes": plan.target.pk,
            **plan.counts,
            "left_because_of": [{"batch": batch, "cells": cells} for batch, cells in plan.left_by],
            "left_cells": [{"sheet": c.place[0], "cell": cell_name(*c.place[1:]), "batch": c.by} for c in plan.left],
            "stays": actions.what_stays(plan),
        }
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        self.stdout.write(f"Import {plan.root.pk}, {plan.root.get_state_display()}: {plan.root.file_name}")
        if undo:
            self.stdout.write(f"Undo {undo.pk} of {plan.target.pk}; `undo_import {undo.pk}` would take it back.")
        self.stdout.write(", ".join(f"{count} {name.replace('_', ' ')}" for name, count in plan.counts.items()))
        for batch, cells in plan.left_by:
            self.stdout.write(f"  {cells} left because of import {batch}")
        for sentence in told["stays"]:
            self.stdout.write(f"  {sentence}")
