"""The page *Are we on track* of a large plan: `python -m scripts.bench_status [--observations 1000000]`.

Builds a plan of 60 tactics, 200 goals and 3,000 milestones over a district's observations, and compares the page
with the same template rendered by the same server from values that are ready in memory (medians of alternating
requests); then with ten goals, and with a tenth of the observations. Shows how the database finds the readings, and
says which promises are kept.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from unittest import mock

from scripts import bench_machine

TACTICS, GOALS, MILESTONES, ROUNDS = 60, 200, 3000, 30
ORGANIZATIONS, GROUPS, YEARS = 176, 15, 12
FIRST_YEAR, DAY, KNOWN = 2009, date(2020, 2, 6), date(2019, 1, 16)


def main(arguments):
    options = _options(arguments)
    bench_machine.tell()
    found = []
    for observations in (options.observations // 10, options.observations):
        with database(options.database) as name:
            found.append(_bench(name, observations))
    _tell_promises(*found)


def _tell_promises(few, many):
    print("\nPromises")
    for size in (few, many):
        told = f"at {size['observations']:,} observations"
        bench_machine.tell_promise(f"times the ready template {told}", "<= 3", lambda by: size[by][0] / size[by][1])  # noqa: B023
        bench_machine.tell_promise(f"queries more than with ten goals {told}", "<= 0", lambda _by: size["more"])  # noqa: B023
    bench_machine.tell_promise("times the page with a tenth", "<= 1.2", lambda by: many[by][0] / few[by][0])
    bench_machine.tell_promise("other statements than with a tenth", "<= 0", lambda _by: few["shape"] != many["shape"])
    bench_machine.tell_promise("scans of observations", "<= 0", lambda _by: many["scans"])


def _options(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--observations", type=int, default=1_000_000)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    return parser.parse_args(arguments)


@contextmanager
def database(kind):
    """A new, migrated database of its own, and Django set up on it."""
    from scripts.postgresql import server

    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            _set_up(f"sqlite:///{folder}/bench.sqlite3")
            yield "SQLite"
            return
        with server() as address:
            _set_up(address)
            yield "PostgreSQL"


def _set_up(address):
    import django
    from django.conf import settings
    from django.core.management import call_command

    os.environ |= {"DEMONSTRATION": "1", "DATABASE_URL": address}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeffco_plan.settings")
    if settings.configured:
        _point_to(address)
    django.setup()
    call_command("migrate", verbosity=0)


def _point_to(address):
    """The second database of a run: the connection is closed and its address replaced."""
    import dj_database_url
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict |= {
        key: value for key, value in dj_database_url.parse(address).items() if key in ("NAME", "PORT", "PASSWORD")
    }


def _bench(database, observations):
    from django.test import Client

    print(f"\nAre we on track, {database}, {observations:,} observations, {bench_machine.load()}")
    begun = time.perf_counter()
    _fill(observations)
    print(f"  filled in {time.perf_counter() - begun:.0f} s")
    client = Client(headers={"host": "localhost"})
    small, _size = _statements(client, "/plans/small/on-track/")
    large, size = _statements(client, "/plans/large/on-track/")
    more = len(large) - len(small)
    print(f"  queries: {len(small)} with ten goals, {len(large)} with {GOALS}; {size / 1000:.0f} kB")
    found = {"observations": observations, "more": more, "shape": _shape(large), **_alternating(client)}
    for by, name in (("seconds", "by the clock"), ("cpu", "of CPU")):
        page, ready = found[by]
        print(f"  page {page:.0f} ms, ready values {ready:.0f} ms, ratio {page / ready:.2f} {name}")
    return found | {"scans": _explain(large)}


def _statements(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return [query["sql"] for query in captured], len(response.content)


def _shape(statements):
    """Statements without their numbers and texts, lists of any length alike."""
    import re

    plain = [re.sub(r"'[^']*'|\b\d+\b", "?", statement) for statement in statements]
    return [re.sub(r"\?(, \?)+", "?", statement) for statement in plain]


def _alternating(client):
    """Medians in milliseconds of the page and of its template with ready values, request by request in turn."""
    from jeffco_plan.pages import statuses

    kept = {}

    def keep(request, template, context, **more):
        kept["context"] = context
        return real(request, template, context, **more)

    real = statuses.page
    with mock.patch.object(statuses, "page", keep):
        client.get("/plans/large/on-track/")
    ready_page = lambda request: real(request, "pages/status.html", kept["context"])  # noqa: E731
    page, ready = [], []
    with _answering(ready_page):
        for _round in range(ROUNDS + 1):  # the first of each makes the server find its addresses anew
            page.append(_timed(client, "/plans/large/on-track/"))
            ready.append(_timed(client, "/ready/"))
    median = lambda taken, by: statistics.median(one[by] for one in taken[1:]) * 1000  # noqa: E731
    return {by: (median(page, by), median(ready, by)) for by in ("seconds", "cpu")}


@contextmanager
def _answering(view):
    """The same server with one more address, which answers with this view."""
    import types

    from django.test import override_settings
    from django.urls import path

    from jeffco_plan.urls import urlpatterns

    urls = types.ModuleType("ready_urls")
    urls.urlpatterns = [path("ready/", view), *urlpatterns]
    with override_settings(ROOT_URLCONF=urls):
        yield


def _timed(client, address):
    clock = bench_machine.Clock()
    response = clock.time("request", lambda: client.get(address))
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}")
    return clock.told()


def _explain(statements):
    """How the database finds the readings: never by reading through all observations."""
    from django.db import connection

    reading = next(sql for sql in statements if 'FROM "indicators_observation"' in sql)
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + reading)
        lines = [str(row[-1]) for row in cursor.fetchall()]
    scans = [line for line in lines if "SCAN indicators_observation" in line or "Seq Scan on indicators_observ" in line]
    print("  " + "\n  ".join(line[:150] for line in lines if "observation" in line))
    return len(scans)


def _fill(observations):
    from indicators.models import Organization
    from tests import factories

    district = factories.make_district(code="BENCH")
    schools = [
        Organization(kind="school", authority="BENCH-SCH", code=f"{place:04}", name=f"School {place}", parent=district)
        for place in range(ORGANIZATIONS - 1)
    ]
    organizations = [district, *Organization.objects.bulk_create(schools)]
    series = _fill_observations(organizations, observations)
    _fill_plan("large", district, TACTICS, GOALS, MILESTONES, series)
    _fill_plan("small", district, 3, 10, 150, series)
    _analyze()


def _fill_observations(organizations, wanted):
    """As many indicators as it takes; returns the series that goals rest on, spread over all of them."""
    from django.db import connection

    from indicators.models import Series, StudentGroup
    from tests import factories

    groups = [factories.all_students()] + [
        StudentGroup.objects.create(code=f"bench-{place}", name=f"Group {place}") for place in range(GROUPS - 1)
    ]
    per_indicator = len(organizations) * GROUPS * YEARS
    indicators = [factories.make_indicator() for _place in range(max(1, round(wanted / per_indicator)))]
    for indicator in indicators:
        Series.objects.bulk_create(
            Series(indicator=indicator, organization=organization, group=group)
            for organization in organizations for group in groups
        )  # fmt: skip
    batch = factories.make_batch(known_on=KNOWN)
    with connection.cursor() as cursor:
        cursor.execute(_OBSERVATIONS, [YEARS - 1, FIRST_YEAR, batch.pk, KNOWN, "2019-01-16 12:00:00+00:00"])
        cursor.execute(_VERDICTS, ["2019-01-16 12:00:00+00:00"])
    ids = list(Series.objects.filter(indicator__in=indicators).order_by("pk").values_list("pk", flat=True))
    return ids[:: max(1, len(ids) // GOALS)][:GOALS]


_OBSERVATIONS = """
WITH RECURSIVE years(place) AS (SELECT 0 UNION ALL SELECT place + 1 FROM years WHERE place < %s)
INSERT INTO indicators_observation
    (series_id, period, value, n, mark, printed, n_printed, batch_id, sheet, "row", "column", known_on, recorded_at)
SELECT series.id, %s + place, 60 + (series.id * 7 + place * 3) %% 35, 5000, '', '', '', %s, 1, series.id, 5, %s, %s
FROM indicators_series AS series CROSS JOIN years
"""
_VERDICTS = """
INSERT INTO indicators_publication (observation_id, low, high, n_low, n_high, reason, rule_version, release, decided_at)
SELECT id, value, value, n, n, '', '2', 1, %s FROM indicators_observation
"""


def _fill_plan(slug, district, tactics, goals, milestones, series):
    from strategy.models import Goal, GoalRevision, Milestone, MilestoneUpdate
    from tests import factories

    plan = factories.make_plan(district, slug=slug)
    strategies = [factories.make_strategy(plan) for _place in range(3)]
    leader, sponsor = factories.make_person(), factories.make_person()
    of_plan = [factories.make_tactic(strategies[place % 3], leader=leader) for place in range(tactics)]
    made = Goal.objects.bulk_create(
        Goal(tactic=of_plan[place % tactics], slug=f"goal-{place}", short_name=f"Goal {place}", position=place)
        for place in range(goals)
    )
    GoalRevision.objects.bulk_create(_revision(goal, series[place], leader, sponsor) for place, goal in enumerate(made))
    due = Milestone.objects.bulk_create(
        Milestone(tactic=of_plan[place % tactics], title=f"Milestone {place}", slug=f"m-{place}", position=place)
        for place in range(milestones)
    )
    MilestoneUpdate.objects.bulk_create(
        MilestoneUpdate(
            milestone=milestone, number=1, percent=50, author=leader, state="on_time", known_on=KNOWN,
            due_on=DAY + timedelta(days=place % 200 - 100),
        )
        for place, milestone in enumerate(due)
    )  # fmt: skip


def _revision(goal, series, leader, sponsor):
    from strategy.models import GoalRevision

    adopted = date(2018, 2, 8)
    return GoalRevision(
        goal=goal, number=1, kind="path", statement=f"At least 90% by 2022, goal {goal.position}", measure_id=series,
        baseline_period=2017, baseline_value=Decimal(70 + goal.position % 10), target_period=2022,
        target_value=Decimal(90), reason_code="first", proposed_by=leader, known_on=adopted, outcome="adopted",
        settled_by=sponsor, settled_on=adopted,
    )  # fmt: skip


def _analyze():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main(sys.argv[1:])
