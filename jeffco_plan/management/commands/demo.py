"""The demonstration in one command: database, content, figures, server."""

import os
import socket
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection

from accounts.models import User
from indicators.models import ImportBatch
from jeffco_plan.demonstration import loading
from jeffco_plan.demonstration.observations import NotLoaded
from jeffco_plan.demonstration.people import PASSWORD, logins
from jeffco_plan.demonstration.translations import load_translations
from strategy.models import Plan

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Sets up the demonstration (real plans, real figures, illustrations marked as such) and runs it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help="Throw the demonstration's database away and start over."
        )
        parser.add_argument(
            "--port", default=os.environ.get("PORT", "8000"), help="Port of the server (default: PORT or 8000)."
        )
        parser.add_argument("--no-server", action="store_true", help="Set up only; do not run the server.")
        parser.add_argument("--noreload", action="store_true", help="Do not watch the source files.")

    def handle(self, *, reset, port, no_server, noreload, **options):
        if not settings.DEMONSTRATION:
            raise CommandError("This command is for a demonstration only. Run it with DEMONSTRATION=1.")
        if not _is_reloaded_child():
            if not no_server:
                check_port(port)
            self._prepare(reset)
            self._welcome(port, no_server)
        if not no_server:
            call_command("runserver", f"{HOST}:{port}", use_reloader=not noreload)

    def _prepare(self, reset):
        try:
            check_database()
            if reset:
                self._say("Throwing the old data away …")
                empty_database()
            self._load()
        except OperationalError as error:
            raise CommandError(
                f"The database does not answer ({error}). Is another demonstration running? Stop it and try again; "
                "if that does not help, start over with: make demo-reset"
            ) from error
        except NotLoaded as error:
            raise CommandError(f"{error}\nMend the file and try again: the load goes on where it stopped.") from error

    def _load(self):
        self._say("Tables …")
        call_command("migrate", interactive=False, verbosity=0)
        if loading.is_loaded():
            load_translations()
            self._say("The demonstration is here already: its data are kept (make demo-reset starts over).")
        else:
            loading.load(self._say)

    def _say(self, line):
        self.stdout.write(f"  {line}")
        self.stdout.flush()

    def _welcome(self, port, no_server):
        width = max(len(email) for _, email in logins())
        self.stdout.write(self.style.SUCCESS(f"\nJeffco Plan is ready: http://{HOST}:{port}/"))
        self.stdout.write(f"\nSign in with the password  {PASSWORD}  as")
        for shows, email in logins():
            self.stdout.write(f"  {email:<{width}}  {shows}")
        if no_server:
            self.stdout.write("\nThe server was not asked for. Run it with: make demo, or python manage.py demo")
        self.stdout.write("")
        self.stdout.flush()  # seen at once even where the output goes to a file


def check_port(port):
    """A taken port is said before the work, not after it."""
    if not port.isdigit() or not 1 <= int(port) <= 65535:
        raise CommandError(f"The port must be a number such as 8000, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(port)))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Choose another: make demo PORT=8001"
            ) from error


def check_database():
    """A database that holds anything but the demonstration is neither filled nor thrown away.

    DATABASE_URL may still name the district's own.
    """
    tables = set(connection.introspection.table_names())
    is_foreign = bool(tables) and "django_migrations" not in tables
    if Plan._meta.db_table in tables:
        others = User.objects.exclude(email__in=[email for _, email in logins()])
        is_foreign = Plan.objects.filter(is_demonstration=False).exists() or (
            not Plan.objects.exists() and others.exists()
        )
    if is_foreign:
        raise CommandError("This database is not the demonstration's. Unset DATABASE_URL, or name an empty database.")


def empty_database():
    """An empty database, with the files of its imports: the file goes, or on PostgreSQL the schema.

    Facts refuse to be deleted one by one.
    """
    if ImportBatch._meta.db_table in connection.introspection.table_names():
        for batch in ImportBatch.objects.exclude(file=""):
            batch.file.delete(save=False)
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        connection.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            Path(f"{name}{suffix}").unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")


def _is_reloaded_child():
    """The server that watches source files starts this command a second time, with everything ready."""
    return os.environ.get("RUN_MAIN") == "true"
