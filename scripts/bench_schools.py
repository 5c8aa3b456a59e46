"""The list of schools at its promised size: 200 schools x 15 student groups x 12 years, one district.

    python -m scripts.bench_schools

Prints, for each page, the median of several requests, its queries and its size. The queries of a list of 200 schools
are those of a list of 20.
"""

import tempfile
import time
from datetime import date

from scripts import bench_machine
from scripts.bench_pages import ROUNDS, measure, prepare

SCHOOLS, GROUPS, YEARS = 200, 15, 12
PLAN = "/plans/jeffco-generations"
PAGES = [
    f"{PLAN}/indicators/bench-20/schools/",
    f"{PLAN}/indicators/bench-200/schools/",
    f"{PLAN}/indicators/bench-200/schools/?sort=-change",
    f"{PLAN}/indicators/bench-200/schools/?group=bench-7&q=school+1&period=2015",
    f"{PLAN}/indicators/bench-200/schools/?page=4",
    f"{PLAN}/indicators/bench-200/schools.csv",
    f"{PLAN}/indicators/bench-200/",
    f"{PLAN}/schools/B0007/",
]


def fill(district, schools, groups):
    """An indicator over so many schools and the district itself, every group and year; returns its observations."""
    from indicators.models import ImportBatch, Indicator, Observation, Series
    from indicators.publishing import decide

    indicator = Indicator.objects.create(
        code=f"bench-{len(schools)}", name=f"Bench over {len(schools)} schools", unit="percent", direction="higher",
        calendar="school_year", natural_low=0, natural_high=100, source="Made for the bench",
    )  # fmt: skip
    batch = ImportBatch.objects.create(file_name="bench.xlsx", sha256="0" * 64, known_on=date(2019, 8, 1))
    series = Series.objects.bulk_create(
        Series(indicator=indicator, organization=place, group=group)
        for place in [district, *schools]
        for group in groups
    )
    Observation.objects.bulk_create(
        [
            Observation(series=one, period=2008 + year, value=50 + (one.pk * 7 + year * 3) % 45, n=400, batch=batch,
                        known_on=date(2019, 8, 1), sheet=1, row=2, column=5)
            for one in series
            for year in range(YEARS)
        ],
        batch_size=2000,
    )  # fmt: skip
    decide([indicator.pk])
    return len(series) * YEARS


def populate():
    from indicators.models import Organization, StudentGroup

    district = Organization.objects.get(authority="CO", code="1420")
    schools = Organization.objects.bulk_create(
        Organization(kind="school", authority="BENCH", code=f"B{n:04d}", name=f"School {n}", parent=district)
        for n in range(SCHOOLS)
    )
    new = StudentGroup.objects.bulk_create(
        StudentGroup(code=f"bench-{n}", name=f"Bench group {n}", position=90 + n) for n in range(1, GROUPS)
    )
    groups = [StudentGroup.objects.get(code=StudentGroup.ALL), *new]
    begun = time.perf_counter()
    rows = sum(fill(district, schools[:count], groups) for count in (20, SCHOOLS))
    print(f"{rows:,} observations with their verdicts: {time.perf_counter() - begun:.0f} s\n")


def main():
    bench_machine.tell()
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder)
        print(f"\nSchools, SQLite, median of {ROUNDS} requests, {bench_machine.load()}")
        populate()
        measure(PAGES)


if __name__ == "__main__":
    main()
