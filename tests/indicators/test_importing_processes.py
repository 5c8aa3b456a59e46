"""Real processes on a real database: two stewards at once, and one that is killed. No half states, no lost rows."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings as site
from django.db import connection
from django.utils import timezone

from indicators import actions
from indicators.actions import deciding
from indicators.models import ImportBatch, Observation
from indicators.publishing import publishable
from tests.indicators.cast import DAY, bring_in, check, make_world, row

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]

# One process that has the site loaded and forks a steward for each line it reads: loading takes longer than the test.
HOUSE = """
import json, os, signal, sys, time
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from indicators import actions, publishing
from indicators.actions import applying, deciding
from indicators.importing import ledger
from indicators.models import ImportBatch

def act(folder, media, act, pk, said, pause, at_once):
    def tell(word):
        with open(os.path.join(folder, "said"), "a") as file:
            file.write(word)

    def stop(*arguments):
        tell("here")
        time.sleep(60)

    def stop_after(work):
        def stopped(*arguments):
            work(*arguments)
            stop()
        return stopped

    def stopping(rows):
        yield from rows
        stop()

    settings.MEDIA_ROOT = media
    deciding.AT_ONCE = at_once
    if pause == "before":
        applying._write = stop
    elif pause == "inside":
        append = ledger.append
        ledger.append = lambda rows: append(stopping(rows))
    elif pause == "written":
        publishing.decide = stop
    elif pause == "after":
        applying._write = stop_after(applying._write)
    while not os.path.exists(os.path.join(folder, "go")):
        time.sleep(0.005)
    batch = ImportBatch.objects.get(pk=pk)
    try:
        work = actions.undo_batch if act == "undo" else actions.apply_batch
        work(batch, None, said)
        tell("done")
    except actions.NotApplied as error:
        tell(type(error).__name__)

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        try:
            act(*json.loads(line))
        finally:
            os._exit(0)
    print(pid, flush=True)
"""


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
    process = subprocess.Popen(
        [sys.executable, "-c", HOUSE, name], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "DEVELOPMENT": "1"},
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


class Steward:
    """A process of its own that acts when it is told to."""

    def __init__(self, house, folder, act, batch, said, pause, at_once):
        folder.mkdir()
        self.folder = folder
        told = [str(folder), str(site.MEDIA_ROOT), act, batch.pk, said, pause, at_once]
        house.stdin.write(json.dumps(told) + "\n")
        house.stdin.flush()
        self.pid = int(house.stdout.readline())

    def go(self):
        (self.folder / "go").touch()

    def said(self):
        path = self.folder / "said"
        assert when(lambda: path.exists() and path.read_text()), "the steward said nothing"
        return path.read_text()

    def kill(self):
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return True
        return when(lambda: not self.is_alive())

    def is_alive(self):
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture
def stewards(house, tmp_path):
    """`stewards(act, batch, hash, pause="")`: a steward in another process, who waits for `go`."""
    started = []

    def start(act, batch, said, pause="", at_once=deciding.AT_ONCE):
        started.append(Steward(house, tmp_path / f"steward{len(started)}", act, batch, said, pause, at_once))
        return started[-1]

    yield start
    for steward in started:
        assert steward.kill()


def when(ask):
    """Whether something comes true within ten seconds."""
    for _ in range(1000):
        if ask():
            return True
        time.sleep(0.01)
    return False


def both(*stewards):
    """What stewards say who act at the same moment."""
    for steward in stewards:
        steward.go()
    return sorted(steward.said() for steward in stewards)


def killed(steward):
    """Wait until the process stands where it is to die, and kill it as a power cut would."""
    steward.go()
    assert steward.said() == "here"
    assert steward.kill()


def values():
    return {found.period: found.value for found in Observation.objects.current()}


def test_of_two_who_apply_one_import_one_does(stewards):
    make_world()
    batch = check(row("85.3"), row("84", "2018"))
    one, other = (stewards("apply", batch, batch.difference_hash) for _ in range(2))
    assert both(one, other) == ["NotOpen", "done"]
    assert values() == {2019: Decimal("85.3"), 2018: Decimal("84")} and Observation.objects.count() == 2


def test_two_imports_of_the_same_numbers_at_once_come_one_after_the_other(stewards):
    make_world()
    first, second = check(row("85.3"), row("84", "2018")), check(row("85.9"), row("80", "2017"))
    processes = [stewards("apply", batch, batch.difference_hash) for batch in (first, second)]
    assert both(*processes) == ["DifferenceMoved", "done"]
    winner = ImportBatch.objects.get(state="applied")
    loser = ImportBatch.objects.get(state="checked")
    assert Observation.objects.exclude(batch=winner).count() == 0
    assert (loser.new, loser.changed) == (1, 1), "the one that came second sees the new difference"
    actions.apply_batch(loser, None, loser.difference_hash)
    assert set(values()) == {2019, 2018, 2017}
    assert Observation.objects.current().get(period=2019).batch == loser


def test_two_undos_at_once_undo_once(stewards):
    make_world()
    batch = bring_in(row("85.3"), row("84", "2018"))
    said = actions.undo_preview(batch).hash
    one, other = (stewards("undo", batch, said) for _ in range(2))
    assert both(one, other) == ["NotOpen", "done"]
    assert ImportBatch.objects.filter(kind="undo").count() == 1
    assert [found.mark for found in Observation.objects.current()] == ["tombstone", "tombstone"]


@pytest.mark.parametrize("pause", ["before", "inside", "written"])
def test_an_import_killed_before_its_end_leaves_nothing_and_is_found(stewards, pause):
    make_world()
    bring_in(row("80.5"), known_on=DAY - timedelta(days=30))
    batch = check(row("85.3"), row("84", "2018"))
    killed(stewards("apply", batch, batch.difference_hash, pause))
    assert values() == {2019: Decimal("80.5")} and Observation.objects.count() == 1
    batch.refresh_from_db()
    assert batch.state == "applying" and not actions.expired_batches().exists()
    later = timezone.now() + timedelta(hours=1)
    assert actions.expired_batches(later).get() == batch
    assert when(lambda: actions.release_expired(later) == 1), "the server notices that its client is gone"
    batch.refresh_from_db()
    actions.apply_batch(batch, None, batch.difference_hash)
    assert values() == {2019: Decimal("85.3"), 2018: Decimal("84")} and Observation.objects.count() == 3


def test_an_import_killed_before_its_verdicts_shows_nothing_until_they_are_finished(stewards):
    make_world()
    years = [str(year) for year in range(2014, 2020)]
    batch = check(*(row("85.3", year) for year in years))
    killed(stewards("apply", batch, batch.difference_hash, "written", at_once=1))
    batch.refresh_from_db()
    assert batch.state == "applied" and len(values()) == len(years)
    series = Observation.objects.first().series_id
    assert publishable([series], timezone.localdate()) == {}, "what has no verdict is not public"
    assert actions.undecided_batches().get() == batch
    assert when(lambda: actions.finish_verdicts() == len(years)), "the server notices that its client is gone"
    assert not actions.undecided_batches().exists() and actions.finish_verdicts() == 0
    assert [reading.low for reading in publishable([series], timezone.localdate())[series]] == [Decimal("85.3")] * 6


def test_an_undo_killed_before_its_verdicts_is_finished_too(stewards):
    make_world()
    years = [str(year) for year in range(2014, 2020)]
    bring_in(*(row("80.5", year) for year in years), known_on=DAY - timedelta(days=30))
    batch = bring_in(*(row("85.3", year) for year in years))
    killed(stewards("undo", batch, actions.undo_preview(batch).hash, "written", at_once=2))
    assert set(values().values()) == {Decimal("80.5")}
    series = Observation.objects.first().series_id
    assert publishable([series], timezone.localdate()) == {}, "what has no verdict is not public"
    assert when(lambda: actions.finish_verdicts() == len(years)), "the server notices that its client is gone"
    assert [reading.low for reading in publishable([series], timezone.localdate())[series]] == [Decimal("80.5")] * 6


def test_an_import_killed_right_after_its_end_stands_whole(stewards):
    make_world()
    batch = check(row("85.3"), row("84", "2018"))
    killed(stewards("apply", batch, batch.difference_hash, "after"))
    batch.refresh_from_db()
    assert batch.state == "applied" and values() == {2019: Decimal("85.3"), 2018: Decimal("84")}
    assert all(found.publication.low is not None for found in Observation.objects.select_related("publication"))
    with pytest.raises(actions.NotOpen):
        actions.apply_batch(batch, None, batch.difference_hash)


@pytest.mark.parametrize("pause", ["inside", "written"])
def test_an_undo_killed_before_its_end_undid_nothing(stewards, pause):
    make_world()
    batch = bring_in(row("85.3"), row("84", "2018"))
    said = actions.undo_preview(batch).hash
    killed(stewards("undo", batch, said, pause))
    batch.refresh_from_db()
    assert batch.state == "applied" and set(values()) == {2019, 2018}
    assert not ImportBatch.objects.filter(kind="undo").exists()
    actions.undo_batch(batch, None, said)
    assert values() == {2019: None, 2018: None}
