"""How fast and how large an import is, beside django-import-export as it comes and beside the bare database.

`python -m scripts.bench_imports` measures on SQLite and on a PostgreSQL server of its own. Each measurement runs in a
process of its own, so that its peak memory is its own; what is compared runs in turn, and medians of the turns are
told. Seconds are by the clock; beside them those of CPU, our own and the server's for us, since on a busy machine the
clock tells more of the neighbors than of us.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from scripts import bench_machine, postgresql
from scripts.bench_files import GROUPS, INDICATORS, SCHOOLS, code, rows_of, workbook
from scripts.bench_machine import Clock
from scripts.parts import Missing

DAY = date(2019, 1, 16)
VERDICTS = 10_000  # rows after which the verdicts are timed too, apart from the import
RUNS = [  # in every turn
    ("floor", 100_000),
    ("ours", 100_000),
    ("again", 100_000),
    ("ours", 10_000),
    ("ours", 200_000),
    ("stock", 5_000),
]
NAMES = {
    "stock": "library as it comes",
    "floor": "calamine and database",
    "ours": "our import",
    "again": "the same file again",
}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="one of them only")
    parser.add_argument("--turns", type=int, default=3, help="how often each is measured (3)")
    options = parser.parse_args(arguments)
    bench_machine.tell()
    with tempfile.TemporaryDirectory() as folder:
        if options.database != "postgresql":
            measured("SQLite", f"sqlite:///{folder}/imports.sqlite3", folder, options.turns)
        try:
            if options.database != "sqlite":
                with postgresql.server() as address:
                    measured("PostgreSQL", address, folder, options.turns)
        except Missing as missing:
            print(f"PostgreSQL was left out: {missing}")


def measured(database, address, folder, turns):
    site = {name: value for name, value in os.environ.items() if name != "DEMONSTRATION"} | {
        "DATABASE_URL": address,
        "MEDIA_ROOT": f"{folder}/media-{database}",
        "DEVELOPMENT": "1",
        "DJANGO_SETTINGS_MODULE": "jeffco_plan.settings",
    }

    def run(*arguments):
        command = [sys.executable, "-m", "scripts.bench_imports", *map(str, arguments)]
        done = subprocess.run(command, env=site, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        return json.loads(done.stdout.splitlines()[-1]) if done.stdout else None

    print(f"\nImports, {database}, median of {turns} turns, {bench_machine.load()}", flush=True)
    run("prepare", turns)
    told = {key: [] for key in RUNS}
    for turn in range(turns):
        for what, rows in RUNS:
            told[what, rows].append(run(what, rows, folder, turn))
    _print_medians(told)
    print(f"  {bench_machine.load()} at the end")
    verdict({key: _median(turned) for key, turned in told.items()})


def _median(told):
    """One measurement in the middle of several; the peak is the highest."""
    numbers = {name: median(one[name] for one in told) for name in ("seconds", "cpu", "server")}
    parts = {name: median(one["parts"][name] for one in told) for name in told[0]["parts"]}
    return {**numbers, "parts": parts, "peak": max(one["peak"] for one in told)}


def _print_medians(told):
    print(f"{'':24} {'rows':>8} {'seconds':>8} {'of CPU':>8} {'server':>8} {'rows/s':>9} {'peak MB':>8}  parts")
    for (what, rows), turned in told.items():
        one = _median(turned)
        parts = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in one["parts"].items())
        print(
            f"{NAMES[what]:24} {rows:8,d} {one['seconds']:8.2f} {one['cpu']:8.2f} {one['server']:8.2f} "
            f"{rows / one['seconds']:9,.0f} {one['peak']:8.0f}  {parts}",
            flush=True,
        )


def verdict(found):
    """What was promised, by the clock and by CPU."""
    ours, again = found["ours", 100_000], found["again", 100_000]
    floor, stock = found["floor", 100_000], found["stock", 5_000]
    small, large = found["ours", 10_000], found["ours", 200_000]
    promises = [
        ("times the library's rows a second", ">= 25", lambda by: 20 * stock[by] / ours[by]),
        ("times the seconds of the floor", "<= 5", lambda by: ours[by] / floor[by]),
        ("of the time for the same file again", "<= 0.5", lambda by: again[by] / ours[by]),
        ("times 10,000 rows for 200,000", "<= 22", lambda by: large[by] / small[by]),
        ("MB at 100,000 rows", "<= 400", lambda _by: max(ours["peak"], again["peak"])),
    ]
    for name, promise, ask in promises:
        bench_machine.tell_promise(name, promise, ask)


# What runs in a process of its own.


def prepare(turns):
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from accounts.models import Scope
    from indicators.models import Indicator, Organization, StudentGroup

    scope = Scope.objects.create(kind=Scope.Kind.DISTRICT, name="Bench")
    district = Organization.objects.create(kind="district", authority="B", code="1", name="Bench", scope=scope)
    Organization.objects.bulk_create(
        Organization(kind="school", authority="B-SCH", code=f"{n:04d}", name=f"School {n}", parent=district)
        for n in range(SCHOOLS)
    )
    StudentGroup.objects.get_or_create(code=StudentGroup.ALL, defaults={"name": "All students"})
    StudentGroup.objects.bulk_create(
        StudentGroup(code=f"bench-{n}", name=f"Group {n}", position=n) for n in range(1, GROUPS)
    )
    names = [
        code(*run, turn, n) for run in RUNS if run[0] != "again" for turn in range(turns) for n in range(INDICATORS)
    ]
    Indicator.objects.bulk_create(
        Indicator(
            code=name, name=name, unit="percent", direction="higher",
            calendar="school_year", natural_low=0, natural_high=100, source="bench",
        )
        for name in names
    )  # fmt: skip


def ours(count, folder, turn):
    """Upload to applied: the file checked, its difference kept and hashed, written with provenance and history."""
    from indicators import actions, publishing
    from indicators.actions import applying
    from indicators.models import Organization

    content = _content(Path(folder), "ours", count, turn)
    decided = []
    applying.decide_or_leave = lambda _batch, cells: decided.append(cells)  # timed apart, below
    district = Organization.objects.get(kind="district")
    clock = Clock()
    batch = clock.time("check", lambda: actions.check_file(content, "b.xlsx", known_on=DAY, district=district))
    clock.time("apply", lambda: actions.apply_batch(batch, None, batch.difference_hash))
    told = {**clock.told(), "peak": peak()}
    if decided and count == VERDICTS:
        begun = time.perf_counter()
        indicators, periods = zip(*decided[0], strict=True)
        publishing.decide(set(indicators), set(periods))
        told["parts"] = {**told["parts"], "verdicts apart": time.perf_counter() - begun}
    expected = (count, 0) if decided else (0, count)
    assert (batch.new, batch.unchanged) == expected, (batch.new, batch.unchanged)
    return told


def again(count, folder, turn):
    """The very same file once more: every reading unchanged."""
    return ours(count, folder, turn)


def floor(count, folder, turn):
    """What no import can undercut: one reading of the workbook, and its rows written into the real table."""
    from python_calamine import CalamineWorkbook

    path = Path(folder) / f"floor-{count}-{turn}.xlsx"
    workbook(path, "floor", count, turn)
    series, batch = _series("floor", count, turn), _batch()
    clock = Clock()
    rows = clock.time("read", lambda: CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:])
    clock.time("write", lambda: _write_bare(rows, series, batch))
    return {**clock.told(), "peak": peak()}


def _write_bare(rows, series, batch):
    from django.db import connection, transaction
    from django.utils import timezone

    now = timezone.now()
    stamp = now if connection.vendor == "postgresql" else connection.ops.adapt_datetimefield_value(now)
    names = (
        'series_id, period, value, n, mark, printed, n_printed, sheet, "row", "column", batch_id, known_on, recorded_at'
    )
    table = "indicators_observation"
    tuples = (
        (series[i, o, g], int(p[:4]), value, int(n), "", "", "", 1, place, 5, batch.pk, DAY.isoformat(), stamp)
        for place, (i, p, o, g, value, n, _source) in enumerate(rows, start=2)
    )
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in tuples:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * 13)
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", tuples)


def stock(count, _folder, turn):
    """The library's own confirm on the same table, with the series of each row already known and no file to read."""
    from import_export import fields, resources, widgets
    from tablib import Dataset

    from indicators.models import ImportBatch, Observation, Series

    class Stock(resources.ModelResource):
        series = fields.Field("series", "series", widgets.ForeignKeyWidget(Series))
        batch = fields.Field("batch", "batch", widgets.ForeignKeyWidget(ImportBatch))

        class Meta:
            model = Observation
            import_id_fields = ("series", "period")
            fields = ("series", "period", "value", "n", "mark", "sheet", "row", "column", "batch", "known_on")

    series, batch = _series("stock", count, turn), _batch()
    dataset = Dataset(headers=Stock.Meta.fields)
    for place, (i, p, o, g, value, n, _source) in enumerate(rows_of("stock", count, turn), start=2):
        dataset.append([series[i, o, g], int(p[:4]), value, n, "", 1, place, 5, batch.pk, DAY.isoformat()])
    clock = Clock()
    clock.time("confirm", lambda: Stock().import_data(dataset, dry_run=False, raise_errors=True))
    return {**clock.told(), "peak": peak()}


def _series(what, count, turn):
    """Series of the rows by the names of the file, made beforehand."""
    from indicators.models import Indicator, Organization, Series, StudentGroup

    indicators = dict(Indicator.objects.values_list("code", "pk"))
    schools = {f"B-SCH:{code}": pk for code, pk in Organization.objects.values_list("code", "pk")}
    groups = dict(StudentGroup.objects.values_list("name", "pk"))
    keys = {(i, o, g) for i, _p, o, g, *_rest in rows_of(what, count, turn)}
    made = Series.objects.bulk_create(
        Series(indicator_id=indicators[i], organization_id=schools[o], group_id=groups[g]) for i, o, g in keys
    )
    return dict(zip(keys, (series.pk for series in made), strict=True))


def _batch():
    from indicators.models import ImportBatch

    return ImportBatch.objects.create(file_name="bench", sha256="0" * 64, known_on=DAY)


def _content(folder, what, count, turn):
    path = folder / f"{what}-{count}-{turn}.xlsx"
    if not path.exists():
        workbook(path, what, count, turn)
    return path.read_bytes()


def peak():
    """The most memory that this process held, in MB."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


def one(what, *arguments):
    import django

    django.setup()
    if what == "prepare":
        return prepare(int(arguments[0]))
    count, folder, turn = int(arguments[0]), arguments[1], int(arguments[2])
    print(json.dumps({"stock": stock, "floor": floor, "ours": ours, "again": again}[what](count, folder, turn)))


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] in (*NAMES, "prepare"):
        one(*sys.argv[1:])
    else:
        main()
