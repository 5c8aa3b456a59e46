"""What was recorded stays recorded: the database itself refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone

from indicators import facts
from indicators.models import Observation
from strategy.models import GoalRevision, MilestoneUpdate
from tests.factories import make_goal, make_milestone, make_observation, make_person, make_series

pytestmark = pytest.mark.django_db
REFUSED = (IntegrityError, InternalError)


@pytest.fixture
def observation():
    return make_observation(make_series(), 2019, "85.3")


@pytest.mark.parametrize(
    "change", [{"value": 99}, {"known_on": date(2018, 1, 1)}, {"closed_at": timezone.now(), "value": 1}]
)
def test_a_fact_is_not_rewritten(observation, change):
    with pytest.raises(REFUSED), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(**change)
    observation.refresh_from_db()
    assert (observation.value, observation.known_on, observation.closed_at) == (
        Decimal("85.3"),
        date(2019, 1, 16),
        None,
    )


def test_a_fact_is_not_deleted(observation):
    observation.publication.delete()
    with pytest.raises(REFUSED), transaction.atomic():
        Observation.objects.filter(pk=observation.pk)._raw_delete("default")
    assert Observation.objects.filter(pk=observation.pk).exists()


def test_an_observation_is_closed_once(observation):
    closed = timezone.now()
    Observation.objects.filter(pk=observation.pk).update(closed_at=closed)
    with pytest.raises(REFUSED), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(closed_at=None)
    with pytest.raises(REFUSED), transaction.atomic():
        Observation.objects.filter(pk=observation.pk).update(closed_at=timezone.now())


def test_a_proposal_is_settled_once_and_its_words_stay():
    revision = make_goal(adopted_on=None, known_on=date(2018, 1, 1)).revisions.get()
    settled = {"outcome": "adopted", "settled_by": make_person(), "settled_on": date(2018, 2, 8)}
    with pytest.raises(REFUSED), transaction.atomic():
        GoalRevision.objects.filter(pk=revision.pk).update(statement="Easier", **settled)
    GoalRevision.objects.filter(pk=revision.pk).update(**settled)
    with pytest.raises(REFUSED), transaction.atomic():
        GoalRevision.objects.filter(pk=revision.pk).update(settled_on=date(2019, 2, 8))


def test_a_proposal_is_not_settled_by_its_author():
    revision = make_goal(adopted_on=None, known_on=date(2018, 1, 1)).revisions.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalRevision.objects.filter(pk=revision.pk).update(
            outcome="adopted", settled_by=revision.proposed_by, settled_on=date(2018, 2, 8)
        )


def test_a_report_without_closing_column_never_changes():
    update = make_milestone().updates.get()
    with pytest.raises(REFUSED), transaction.atomic():
        MilestoneUpdate.objects.filter(pk=update.pk).update(note="It was done all along")


@pytest.mark.postgres
def test_a_fact_table_is_not_emptied():
    with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute('TRUNCATE "strategy_judgement" CASCADE')


def test_every_fact_table_has_its_triggers():
    assert len(facts.fact_models()) >= 10
    assert facts.missing_triggers() == []


def test_the_system_check_names_a_missing_trigger():
    facts.lift_triggers()
    try:
        errors = facts.check_triggers(None, ["default"])
        assert any("indicators_observation_refuses_delete" in error.msg for error in errors)
    finally:
        facts.install_triggers()
    assert facts.check_triggers(None, ["default"]) == []


def test_migrate_lays_lost_triggers_again():
    facts.lift_triggers()
    call_command("migrate", verbosity=0)
    assert facts.missing_triggers() == []


def test_a_table_that_a_migration_makes_a_fact_table_does_not_keep_it_from_running():
    """Before the migration the table is there and its triggers are not: that is no missing trigger yet."""
    facts.lift_triggers()
    try:
        with connection.cursor() as cursor:
            cursor.execute('ALTER TABLE "indicators_collectionwindow" RENAME COLUMN "recorded_at" TO "later"')
        missing = facts.missing_triggers()
        assert not [name for name in missing if "collectionwindow" in name]
        assert [name for name in missing if "observation" in name]
    finally:
        with connection.cursor() as cursor:
            cursor.execute('ALTER TABLE "indicators_collectionwindow" RENAME COLUMN "later" TO "recorded_at"')
        facts.install_triggers()
