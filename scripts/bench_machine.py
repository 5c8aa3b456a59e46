"""What every bench says once of where it runs, and the seconds that a piece of work took: by the clock and of CPU."""

import os
import platform
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

TOLD = "BENCH_MACHINE_TOLD"  # set for the parts of one `make bench`, whose first line says it


def tell():
    """Print machine and commit, unless the bench that started this one has."""
    if not os.environ.get(TOLD):
        print(f"{date.today()}, {machine()}", flush=True)


def machine():
    git = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, {load()}, "
        f"Python {platform.python_version()}, commit {git.stdout.strip() or 'unknown'}"
    )


def load():
    """How many processes wanted to run in the last minute, beside how many can."""
    return "load unknown" if sys.platform == "win32" else f"load {os.getloadavg()[0]:.1f}"


def tell_promise(name, promise, ask):
    """One promise and whether it is kept: `promise` as "<= 3", `ask` gives the figure by "seconds" or by "cpu"."""
    sign, limit = promise.split()
    found = {by: ask(by) for by in ("seconds", "cpu")}
    kept = {by: told >= float(limit) if sign == ">=" else told <= float(limit) for by, told in found.items()}
    end = "" if kept["seconds"] else "  NOT KEPT by the clock" if kept["cpu"] else "  NOT KEPT"
    by_cpu = "" if found["seconds"] == found["cpu"] else f", {found['cpu']:.2f} by CPU"
    print(f"  {found['seconds']:8.2f} {name}{by_cpu} (promised {promise}){end}", flush=True)


class Clock:
    """Seconds of named parts by the clock, and of CPU: our own, and of the server process that works for us."""

    def __init__(self):
        self.parts, self.cpu, self.server = {}, 0.0, 0.0
        self._backend = _backend()

    def time(self, name, work):
        begun, used, served = time.perf_counter(), time.process_time(), self._served()
        result = work()
        self.parts[name] = time.perf_counter() - begun
        self.cpu += time.process_time() - used
        self.server += self._served() - served
        return result

    def told(self):
        seconds = sum(self.parts.values())
        return {"seconds": seconds, "cpu": self.cpu + self.server, "server": self.server, "parts": self.parts}

    def _served(self):
        """CPU seconds of the server process of our connection; 0 where there is none, or it cannot be asked."""
        try:
            after_name = Path(f"/proc/{self._backend}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _backend():
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]
