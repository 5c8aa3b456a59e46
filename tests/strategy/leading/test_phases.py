"""A new phase of a run chart begins with a reason, once, and is taken back with another."""

import pytest
from django.urls import reverse

from indicators.models import Annotation
from strategy.learning import actions
from strategy.models import RebaseWithdrawal
from tests.factories import DAY
from tests.strategy.leading.pages import at, begin, text_of
from tests.strategy.learning import SEPTEMBER_2018, note
from tests.strategy.racing import outcomes_of_two

pytestmark = pytest.mark.django_db


def test_a_leader_begins_a_phase_with_a_reason_and_the_chart_shows_it(client, ana, monthly):
    client.force_login(ana)
    assert "Nine in a row above" in text_of(client, at(monthly))
    assert begin(client, monthly).status_code == 302
    found = Annotation.objects.get()
    assert (found.kind, found.author, found.known_on) == ("rebase", ana.person, DAY)
    assert found.organization == monthly.series.organization
    text = text_of(client, at(monthly))
    assert "Nine in a row above" not in text and "New phase" in text and "Counted by another office." in text
    assert "From June 2019" in text


def test_a_rebase_is_taken_back_with_a_reason_and_both_stay_readable(client, ana, monthly):
    client.force_login(ana)
    begin(client, monthly)
    url = reverse("rebase-take-back", args=[monthly.pk, Annotation.objects.get().pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    client.post(url, {"reason": "It was one odd summer."})
    client.post(url, {"reason": "Again."})
    assert RebaseWithdrawal.objects.get().reason == "It was one odd summer."
    text = text_of(client, at(monthly))
    assert "Nine in a row above" in text and "Counted by another office." in text and "It was one odd summer." in text
    begin(client, monthly, text="It was no odd summer.")
    assert "It was no odd summer." in text_of(client, at(monthly)), "it can be begun again"


def test_a_phase_begins_once_and_the_second_is_told_why(client, ana, eva, monthly):
    client.force_login(ana)
    begin(client, monthly)
    client.force_login(eva)
    response = begin(client, monthly, text="My own reason.")
    text = response.content.decode()
    assert response.status_code == 422 and Annotation.objects.count() == 1
    assert "A new phase begins there already: Counted by another office." in text and "My own reason." in text


@pytest.mark.parametrize("period", ["", "soon", str(SEPTEMBER_2018), str(SEPTEMBER_2018 + 99)])
def test_a_phase_begins_with_a_reading_that_is_there_and_not_the_first(client, ana, monthly, period):
    client.force_login(ana)
    refused = begin(client, monthly, period)
    assert refused.status_code == 422
    assert period or "Choose the first reading of the new phase." in refused.content.decode()
    assert begin(client, monthly, text="").status_code == 422
    assert not Annotation.objects.exists()


def test_a_rebase_of_all_organizations_is_not_taken_back_here(client, ana, monthly):
    found = note(monthly.series, SEPTEMBER_2018 + 9, organization=None)
    client.force_login(ana)
    assert "Take it back" not in text_of(client, at(monthly))
    url = reverse("rebase-take-back", args=[monthly.pk, found.pk])
    assert client.post(url, {"reason": "x"}).status_code == 404


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_the_same_phase_at_once_begin_one(ana, monthly):
    """Each on its own connection; the row of the declaration decides."""

    def begin_one(reason):
        actions.rebase(monthly, author=ana.person, day=DAY, period=SEPTEMBER_2018 + 9, reason=reason)

    assert outcomes_of_two(begin_one, actions.RebasedMeanwhile) == ["done", "told"]
    assert Annotation.objects.count() == 1
