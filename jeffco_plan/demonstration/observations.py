"""The figures, brought in through the import itself: checked, applied and published file by file, oldest first."""

from datetime import date

from indicators.actions import KEEP, NotApplied, apply_batch, check_file, discard_batch
from indicators.importing.refusals import FileRefused
from indicators.models import ImportBatch
from jeffco_plan.demonstration.content import FOLDER
from jeffco_plan.demonstration.people import people

KENTUCKY = ("kentucky", "goals-and-guardrails")


class NotLoaded(Exception):
    """A file of the demonstration was not taken; the message names it and says why."""


def files():
    """The files of figures in the order in which they became known; the day stands in front of the name."""
    return sorted((FOLDER / "observations").glob("*.csv"))


def load_observations(say):
    """Each file that is not in yet."""
    cast = people()
    state = ImportBatch.State
    done = set(ImportBatch.objects.filter(state__in=[state.APPLIED, state.UNDONE]).values_list("file_name", flat=True))
    waiting = [path for path in files() if path.name not in done]
    for batch in ImportBatch.objects.filter(state=state.CHECKED, file_name__in=[path.name for path in waiting]):
        discard_batch(batch)  # an earlier load was interrupted between checking and applying
    for number, path in enumerate(waiting, 1):
        if number == 1 or number % 20 == 0 or number == len(waiting):
            say(f"  figures: file {number} of {len(waiting)}")
        steward = cast["stranger" if any(word in path.name for word in KENTUCKY) else "steward"]
        _bring_in(path, steward)


def _bring_in(path, steward):
    """One file; values that look odd are right as written, since fixtures/observations/README.md decides on each."""
    try:
        batch = check_file(path.read_bytes(), path.name, known_on=date.fromisoformat(path.name[:10]), by=steward)
        apply_batch(batch, steward, batch.difference_hash, suspicious=KEEP)
    except (FileRefused, NotApplied) as error:
        raise NotLoaded(f"{path.name} was not taken: {error}") from error
