"""Bring a file in from the command line, doing what the import page does."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from indicators import actions, import_reports
from indicators.importing.refusals import FileRefused
from indicators.management.options import day_of, person_of
from indicators.models import Organization

NEEDS_A_PERSON, FILE_REFUSED = 3, 4


class Command(BaseCommand):
    help = (
        "Import a workbook or CSV file of observations in any layout that is recognized. Exit status: 0 applied or "
        "clean, 3 needs a person (doubts, unknown names, refused or suspicious rows), 4 file refused."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--known-on", metavar="DAY", help="the day of publication, YYYY-MM-DD (today by default)")
        parser.add_argument("--source", metavar="TEXT", default="", help="the source of rows that name none")
        parser.add_argument("--by", metavar="EMAIL", help="the log-in of the person who brings the file in")
        parser.add_argument(
            "--district", metavar="CODE",
            help="whose numbers they are, such as CO:1420; without it they are those of the one known district that "
            "the file has rows about, and rows about others are passed over and counted; where no district is known, "
            "or several are, all are kept",
        )  # fmt: skip
        parser.add_argument("--preview", action="store_true", help="check only: write no numbers, keep no batch")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--mapping", metavar="NAME_OR_FILE", help="read it so: a remembered name, or a file of JSON"
        )
        parser.add_argument(
            "--create-missing", action="store_true", help="create indicators, organizations and groups not known yet"
        )
        parser.add_argument("--accept-proposal", action="store_true", help="take doubtful guesses as they are")
        parser.add_argument("--skip-refused", action="store_true", help="apply the others and leave refused rows out")
        parser.add_argument(
            "--suspicious", choices=[actions.KEEP, actions.LEAVE_OUT], default="",
            help="values that look wrong: keep them as written, or leave them out",
        )  # fmt: skip

    def handle(self, *args, file, **options):
        self.as_json, self.options = options["json"], options
        about = {
            "known_on": day_of("--known-on", options["known_on"]),
            "by": person_of(options["by"]),
            "district": _district(options["district"]),
            "source": options["source"],
        }
        try:
            report = self._bring_in(_content(file), file.name, about)
        except FileRefused as error:
            return self._refuse(str(error))
        self._tell(report)
        if report.needs_a_person:
            raise SystemExit(NEEDS_A_PERSON)

    def _bring_in(self, content, name, about):
        """What was found and done, as one report."""
        how = {
            "mapping": _mapping(self.options["mapping"], about["district"]),
            "accepts": self.options["accept_proposal"],
            "creates": self.options["create_missing"],
        }
        if self.options["preview"]:
            batch, looked = actions.look_at(content, name, **about, **how)
            return import_reports.of_look(batch, looked)
        batch = actions.check_file(content, name, **about, **how)
        problem = "" if batch.state == "mapping" else self._apply(batch, about["by"])
        return import_reports.of_batch(batch, problem)

    def _apply(self, batch, person):
        """Why it was not applied, in words; then it stays, checked, for a person to decide on the import page."""
        choices = {name: self.options[name] for name in ("skip_refused", "suspicious")}
        try:
            actions.apply_batch(batch, person, batch.difference_hash, **choices)
            actions.remember(batch, person)
        except actions.NotApplied as error:
            return str(error)
        return ""

    def _refuse(self, message):
        if self.as_json:
            self.stdout.write(import_reports.refused(message))
        else:
            self.stderr.write(message)
        raise SystemExit(FILE_REFUSED)

    def _tell(self, report):
        if report.problem:
            self.stderr.write(report.problem)
        self.stdout.write(report.as_json() if self.as_json else report.as_text())


def _district(text):
    if not text:
        return None
    authority, _, code = text.rpartition(":")
    found = Organization.objects.filter(kind=Organization.Kind.DISTRICT, code=code)
    found = list(found.filter(authority=authority) if authority else found)[:2]
    if len(found) != 1:
        raise CommandError(f"There is no one district with the code {text}. Write it like CO:1420.")
    return found[0]


def _mapping(given, district):
    """A mapping from a file of JSON, as this command prints it, or a remembered one by its name."""
    if not given:
        return None
    path = Path(given)
    if path.suffix == ".json" or path.is_file():
        try:
            return import_reports.mapping_in(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{given} cannot be read: {error.strerror}.") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{given} is no mapping as this command prints it with --json.") from error
    found = actions.mapping_named(given, district)
    if found is None:
        raise CommandError(f"No mapping is remembered under the name {given!r}.")
    return found


def _content(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
