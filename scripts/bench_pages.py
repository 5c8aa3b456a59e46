"""The pages of the demonstration: `python -m scripts.bench_pages`.

Sets up the demonstration in a folder of its own and prints, for each page, the median of several requests, the
queries behind it and its size.
"""

import os
import statistics
import tempfile
import time

from scripts import bench_machine

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


def measure(addresses):
    """Print of each page the median time, the queries and the size; a page that does not answer is no measurement."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost"})
    print(f"{'page':88} {'median ms':>10} {'queries':>8} {'kB':>7}")
    for address in addresses:
        times = []
        for _ in range(ROUNDS):
            with CaptureQueriesContext(connection) as queries:
                begun = time.perf_counter()
                response = client.get(address)
                times.append((time.perf_counter() - begun) * 1000)
        assert response.status_code == 200, address
        size = len(response.content) / 1000
        print(f"{address:88} {statistics.median(times):10.1f} {len(queries):8d} {size:7.1f}")


def main():
    bench_machine.tell()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        print(f"\nPages, SQLite, median of {ROUNDS} requests, {bench_machine.load()}")
        measure(PAGES)


if __name__ == "__main__":
    main()
