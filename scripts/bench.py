"""The promised speeds, measured on this machine: `python -m scripts.bench`.

Sets up the demonstration in a folder of its own and prints, for each page, the median of several requests, the
queries behind it and its size; and how many rows a second the import path takes.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
PAGES = [
    "/",
    "/plans/jeffco-generations/",
    "/plans/jeffco-generations/?as_of=2019-06-12",
    "/plans/jeffco-generations/on-track/",
    "/plans/jeffco-generations/strategies/conditions-for-learning/commitment-to-equity/",
    "/plans/jeffco-generations/indicators/graduation-4yr/",
    "/es/plans/jeffco-generations/on-track/",
]


def prepare(folder):
    os.environ |= {"DEMONSTRATION": "1", "DATABASE_URL": f"sqlite:///{folder}/bench.sqlite3", "MEDIA_ROOT": folder}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeffco_plan.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("demo", no_server=True, stdout=open(os.devnull, "w"))


def pages():
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    print(f"{'page':88} {'median ms':>10} {'queries':>8} {'kB':>7}")
    for address in PAGES:
        times = []
        for _ in range(ROUNDS):
            with CaptureQueriesContext(connection) as queries:
                begun = time.perf_counter()
                response = client.get(address)
                times.append((time.perf_counter() - begun) * 1000)
        size = len(response.content) / 1000
        print(f"{address:88} {statistics.median(times):10.1f} {len(queries):8d} {size:7.1f}")


def imports(folder, rows):
    from django.core.management import call_command

    from indicators.models import Observation

    path = Path(folder) / "bench.csv"
    weeks = [(year, week) for year in range(1900, 2016) for week in range(1, 52)][:rows]
    line = "lead-attendance-weekly,{0}-W{1:02d},CO:1420,All students,{2}.{3},5000,bench,".format
    lines = ["indicator,period,organization,group,value,n,source,note"]
    lines += [line(year, week, 80 + week % 19, week % 10) for year, week in weeks]
    path.write_text("\n".join(lines))
    before = Observation.objects.count()
    begun = time.perf_counter()
    call_command("import_observations", str(path), known_on="2019-01-01", stdout=open(os.devnull, "w"))
    spent = time.perf_counter() - begun
    new = Observation.objects.count() - before
    print(f"\nimport of {new} new rows, read to published: {spent:.2f} s, {new / spent:,.0f} rows/s")


def main():
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        print(f"Python {sys.version.split()[0]}, SQLite, {os.cpu_count()} cores\n")
        pages()
        imports(folder, 5000)


if __name__ == "__main__":
    main()
