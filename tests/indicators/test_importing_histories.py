"""Random histories of imports, corrections, older vintages, undos and undos of undos, beside a plain model.

The model keeps what was brought and on which days each import was switched off and on again; it knows no rows. On
every day of the history it must say what the database says.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from indicators import actions, publishing
from indicators.models import ImportBatch, Observation, Series
from tests.factories import make_batch
from tests.indicators.cast import bring_in, make_world, row

pytestmark = pytest.mark.django_db
FIRST = date(2020, 1, 1)
PERIODS = [2017, 2018, 2019]
TAKEN_BACK = "taken back"


@dataclass
class History:
    """What was brought: (period, known on, order, value, import), and the days on which imports were switched."""

    facts: list = field(default_factory=list)
    switches: dict = field(default_factory=dict)

    def stands(self, period, day, switched_by=None):
        """The value known on a day, None where there is none; imports count as they stood at the end of that day."""
        known = [
            fact for fact in self.facts
            if fact[0] == period and fact[1] <= day and self.counts(fact[4], switched_by or day)
        ]  # fmt: skip
        value = max(known, key=lambda fact: fact[1:3])[3] if known else None
        return None if value == TAKEN_BACK else value

    def counts(self, batch, day):
        return sum(switched <= day for switched in self.switches.get(batch, [])) % 2 == 0

    def bring(self, batch, known_on, values, today):
        for period, value in values.items():
            if self.stands(period, known_on, switched_by=today) != value:
                self.facts.append((period, known_on, len(self.facts), value, batch))


class Site:
    """The database, driven through the same doors as the pages."""

    def __init__(self):
        self.history = History()
        self.batches = []
        self.roots = {}
        self.today = FIRST

    def play(self, step, *about):
        getattr(self, step)(*about)

    def wait(self, days):
        self.today += timedelta(days=days)

    def bring(self, ago, values):
        known_on = max(FIRST, self.today - timedelta(days=ago))
        rows = [row("*" if value is None else str(value), str(PERIODS[place])) for place, value in values.items()]
        batch = bring_in(*rows, known_on=known_on)
        self.batches.append(batch)
        self.roots[batch.pk] = batch.pk
        said = {PERIODS[place]: "*" if value is None else Decimal(value) for place, value in values.items()}
        self.history.bring(batch.pk, known_on, said, self.today)

    def take_back(self, place):
        """A steward's own correction: this value is none. A fact like another, known today."""
        found = Observation.objects.current().filter(period=PERIODS[place]).first()
        if found is None:
            return
        batch = make_batch(state="applied", applied_at=timezone.now(), known_on=self.today, kind="typed")
        Observation.objects.filter(pk=found.pk).update(closed_at=timezone.now())
        Observation.objects.create(
            series_id=found.series_id, period=found.period, mark="tombstone", batch=batch, known_on=self.today
        )
        self.batches.append(batch)
        self.roots[batch.pk] = batch.pk
        self.history.facts.append((found.period, self.today, len(self.history.facts), TAKEN_BACK, batch.pk))

    def undo(self, ago):
        """Undo the latest import or undo, or one of those before it."""
        if not self.batches:
            return
        batch = ImportBatch.objects.get(pk=self.batches[-1 - ago % len(self.batches)].pk)
        if batch.state != ImportBatch.State.APPLIED:
            with pytest.raises(actions.NotOpen):
                actions.undo_preview(batch, self.today)
            return
        plan = actions.undo_preview(batch, self.today)
        undo = actions.undo_batch(batch, None, plan.hash, self.today)
        self.batches.append(undo)
        self.roots[undo.pk] = root = self.roots[batch.pk]
        self.history.switches.setdefault(root, []).append(self.today)


def said(observation):
    if observation.mark == "tombstone":
        return None
    return "*" if observation.mark else observation.value


def shown_on(day):
    return {row.period: said(row) for row in Observation.objects.as_known_on(day)}


def check(site):
    """Every day of the history, the rows marked current, and what the public reads."""
    days = (site.today - FIRST).days
    for day in (FIRST + timedelta(days=number) for number in range(days + 1)):
        found = shown_on(day)
        for period in PERIODS:
            assert found.get(period) == site.history.stands(period, day), (period, day, site.history)
    current = {row.period: said(row) for row in Observation.objects.current()}
    assert current == shown_on(site.today)
    series = Series.objects.first()
    public = publishing.publishable([series.pk], site.today)[series.pk] if series and any(current.values()) else []
    assert {reading.period for reading in public} == {period for period, value in current.items() if value is not None}
    for batch in ImportBatch.objects.filter(undoes=None).exclude(state="checked"):
        is_undone = not site.history.counts(batch.pk, site.today)
        assert batch.state == ("undone" if is_undone else "applied")


VALUES = st.dictionaries(st.integers(0, 2), st.one_of(st.none(), st.integers(60, 64)), min_size=1)
STEPS = st.one_of(
    st.tuples(st.just("bring"), st.sampled_from([0, 0, 1, 2, 4]), VALUES),
    st.tuples(st.just("undo"), st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5])),
    st.tuples(st.just("undo"), st.sampled_from([0, 0, 0, 1, 1, 2, 3, 4, 5])),
    st.tuples(st.just("wait"), st.integers(1, 2)),
    st.tuples(st.just("take_back"), st.integers(0, 2)),
)


@settings(
    max_examples=35, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=st.lists(STEPS, min_size=5, max_size=14))
def test_every_day_of_a_random_history_reads_as_a_plain_model_says(db, steps):
    with transaction.atomic():
        make_world()
        site = Site()
        for step in steps:
            site.play(*step)
        check(site)
        transaction.set_rollback(True)
