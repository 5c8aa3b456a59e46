"""Tests of change: a prediction locked when the test begins, no act without study, and nobody's words overwritten."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from strategy.cycles import CycleCard
from strategy.learning import actions
from strategy.models import PdsaCycle, TeamMember
from tests.factories import DAY, START, grant, make_goal, make_person, make_user
from tests.strategy.learning import make_leading, make_test, monthly_series
from tests.strategy.racing import outcomes_of_two

pytestmark = pytest.mark.django_db


@pytest.fixture
def dan(tactic):
    """A member of the team."""
    user = make_user(make_person("Dan"), "dan@example.org")
    TeamMember.objects.create(tactic=tactic, person=user.person, role="member", since=START)
    return user


@pytest.fixture
def planned(tactic):
    return make_test(tactic, planned_on=date(2020, 1, 8))


@pytest.fixture
def running(tactic):
    return make_test(tactic, started_on=date(2020, 1, 13))


@pytest.fixture
def studied(tactic):
    return make_test(tactic, started_on=date(2020, 1, 13), studied_on=date(2020, 2, 3), study="Half came back.")


def at(cycle):
    return reverse("cycle-detail", args=[cycle.pk])


def planning(tactic):
    return reverse("cycle-plan", args=[tactic.pk])


def take(client, cycle, step, **answers):
    """Send one step's form as it was shown."""
    version = answers.pop("version", PdsaCycle.objects.get(pk=cycle.pk).version)
    url = reverse("cycle-step", args=[cycle.pk, step])
    return client.post(url, {"version": str(version)} | answers)


def plan(**changes):
    return {
        "version": "1",
        "question": "Does a letter help?",
        "scale": "2 schools",
        "prediction": "One in ten comes back.",
        "study_due_on": "2020-03-06",
        "leading_indicator": "",
    } | changes


def test_a_cycle_from_plan_to_act(client, ana, tactic):
    leading = make_leading(make_goal(tactic), monthly_series(tactic))
    client.force_login(ana)
    assert client.post(planning(tactic), plan(leading_indicator=str(leading.pk))).status_code == 302
    cycle = PdsaCycle.objects.get()
    assert (cycle.number, cycle.planned_on, cycle.leading_indicator, cycle.is_illustration) == (1, DAY, leading, True)
    assert take(client, cycle, "start", started_on="2020-02-06").url == at(cycle)
    take(client, cycle, "study", study="Two in ten came back.", studied_on="2020-02-06")
    take(client, cycle, "act", outcome="adapt")
    cycle.refresh_from_db()
    assert (cycle.started_on, cycle.studied_on, cycle.outcome, cycle.acted_on) == (DAY, DAY, "adapt", DAY)
    text = client.get(at(cycle)).content.decode()
    assert "Adapt" in text and "Two in ten came back." in text and "Plan the next test of change" in text
    assert "<textarea" not in text, "a closed cycle is read"


def test_the_prediction_is_locked_once_the_test_begins(client, ana, planned):
    client.force_login(ana)
    assert take(client, planned, "plan", **plan(prediction="All come back.")).status_code == 302
    take(client, planned, "start", started_on="2020-02-06")
    response = take(client, planned, "plan", **plan(prediction="None come back."))
    planned.refresh_from_db()
    assert response.status_code == 409 and planned.prediction == "All come back."
    text = response.content.decode()
    assert "It has moved on, and yours was not saved." in text and "None come back." in text


def test_a_test_cannot_have_begun_before_its_prediction(client, ana, planned):
    client.force_login(ana)
    response = take(client, planned, "start", started_on="2020-01-07")
    assert response.status_code == 422
    assert "The prediction was last worded on January 8, 2020" in response.content.decode()
    assert take(client, planned, "start", started_on="2020-01-08").status_code == 302


def test_rewording_the_prediction_moves_the_day_from_which_the_test_may_begin(client, ana, planned):
    client.force_login(ana)
    take(client, planned, "plan", **plan(prediction="All come back."))
    assert take(client, planned, "start", started_on="2020-01-08").status_code == 422


def test_no_act_without_study(client, ana, running):
    client.force_login(ana)
    assert "Nothing is decided before it is studied." in client.get(at(running)).content.decode()
    assert take(client, running, "act", outcome="adopt").status_code == 409
    running.refresh_from_db()
    assert running.outcome == ""


def test_stopped_is_another_word_than_abandoned(client, ana, running, studied):
    client.force_login(ana)
    assert take(client, running, "stop", study="").status_code == 422
    take(client, running, "stop", study="No substitutes in November.")
    running.refresh_from_db()
    assert (running.outcome, running.studied_on, running.acted_on) == ("stopped", None, DAY)
    assert take(client, studied, "stop", study="x").status_code == 409, "what was studied is abandoned instead"
    assert take(client, studied, "act", outcome="stopped").status_code == 422
    assert take(client, studied, "act", outcome="abandon").status_code == 302
    text = client.get(at(running)).content.decode()
    assert "Stopped before study." in text and "No substitutes in November." in text


def test_a_study_is_reworded_until_it_is_acted_on(client, ana, studied):
    client.force_login(ana)
    assert take(client, studied, "study", study="Six of ten came back.", studied_on="2020-02-04").status_code == 302
    take(client, studied, "act", outcome="adopt")
    assert take(client, studied, "study", study="All came back.", studied_on="2020-02-04").status_code == 409
    studied.refresh_from_db()
    assert studied.study == "Six of ten came back."


WRONG = [
    ("planned", "plan", {"prediction": ""}, "Write what you expect."),
    ("planned", "plan", {"question": ""}, "Write what you want to find out."),
    ("planned", "plan", {"scale": ""}, "Write how large the test is."),
    ("planned", "plan", {"study_due_on": "2020-02-06"}, "Choose a day after today, February 6, 2020."),
    ("planned", "plan", {"study_due_on": "9999-01-01"}, "That day lies too far ahead."),
    ("planned", "start", {"started_on": "2020-02-07"}, "The day must not be after today, February 6, 2020."),
    ("planned", "start", {"started_on": "soon"}, "Write the date as year-month-day"),
    ("running", "study", {"study": "", "studied_on": "2020-02-06"}, "Write what you learned before you decide."),
    ("running", "study", {"study": "x", "studied_on": "2020-01-12"}, "The test began on January 13, 2020"),
    ("studied", "act", {"outcome": ""}, "Choose what becomes of it."),
    ("studied", "act", {"outcome": "adopt", "version": ""}, "This page is out of date."),
]


@pytest.mark.parametrize(("which", "step", "changes", "words"), WRONG)
def test_a_wrong_answer_comes_back_in_plain_words_with_what_was_typed(
    client, ana, request, which, step, changes, words
):
    cycle = request.getfixturevalue(which)
    client.force_login(ana)
    answers = (plan() if step == "plan" else {}) | changes
    answers.setdefault("version", cycle.version)
    response = take(client, cycle, step, **answers)
    text = response.content.decode()
    assert response.status_code == 422 and words in text and "<title>Error: " in text
    if step == "plan":
        assert answers["question"] in text
    assert PdsaCycle.objects.get(pk=cycle.pk).version == cycle.version


def test_the_second_saver_sees_both_texts_and_loses_nothing(client, ana, dan, running):
    client.force_login(ana)
    take(client, running, "study", study="Ana's words", studied_on="2020-02-06")
    client.force_login(dan)
    response = take(client, running, "study", version=1, study="Dan's words", studied_on="2020-02-05")
    text = response.content.decode()
    assert response.status_code == 409 and "Ana has just changed this cycle" in text
    assert "Ana&#x27;s words" in text and text.count("Dan&#x27;s words") == 2, "beside the other, and in the form"
    assert 'name="version" value="2"' in text
    running.refresh_from_db()
    assert running.study == "Ana's words"
    take(client, running, "study", version=2, study="Ana's words. Dan's words.", studied_on="2020-02-05")
    running.refresh_from_db()
    assert running.study == "Ana's words. Dan's words."
    assert [row.study for row in running.history.all()][:2] == ["Ana's words. Dan's words.", "Ana's words"]


def test_the_same_button_twice_saves_once(client, ana, running):
    client.force_login(ana)
    answers = {"version": 1, "study": "Half came back.", "studied_on": "2020-02-06"}
    assert [take(client, running, "study", **answers).status_code for _again in range(2)] == [302, 302]
    running.refresh_from_db()
    assert running.version == 2


def test_two_plans_at_once_become_two_cycles(client, ana, dan, tactic):
    client.force_login(ana)
    client.post(planning(tactic), plan())
    assert client.post(planning(tactic), plan()).status_code == 302, "the same button twice"
    client.force_login(dan)
    response = client.post(planning(tactic), plan(question="Does a visit help?"))
    text = response.content.decode()
    assert response.status_code == 409 and "Somebody else has just planned a test" in text
    assert "Does a letter help?" in text and "Does a visit help?" in text and 'name="version" value="2"' in text
    client.post(planning(tactic), plan(question="Does a visit help?", version="2"))
    assert [(c.number, c.question) for c in tactic.pdsa_cycles.all()] == [
        (1, "Does a letter help?"), (2, "Does a visit help?"),
    ]  # fmt: skip


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_row_decides_where_two_save_at_once(running):
    def save(words):
        actions.take_step(running, "study", version=1, day=DAY, study=words, studied_on=DAY)

    assert outcomes_of_two(save, actions.ChangedMeanwhile) == ["done", "told"]
    running.refresh_from_db()
    assert running.version == 2


# What is due


def test_a_test_is_to_be_studied_and_then_decided_on(client, ana, tactic):
    cycle = make_test(tactic, started_on=date(2020, 1, 13))
    client.force_login(ana)
    text = client.get(reverse("my-work")).content.decode()
    assert "Study note, cycle 1" in text and at(cycle) in text
    take(client, cycle, "study", study="Half came back.", studied_on="2020-02-06")
    text = client.get(reverse("my-work")).content.decode()
    assert "Decide on cycle 1" in text and "Study note" not in text
    take(client, cycle, "act", outcome="adopt")
    assert "cycle 1" not in client.get(reverse("my-work")).content.decode()


def test_a_planned_test_and_a_stopped_one_are_not_owed(client, ana, planned, tactic):
    make_test(tactic, started_on=date(2020, 1, 13), outcome="stopped", study="x", acted_on=date(2020, 1, 20))
    client.force_login(ana)
    text = client.get(reverse("my-work")).content.decode()
    assert "Study note" not in text and "Decide on" not in text


# On a day


def test_a_card_says_what_was_known_on_its_day(tactic):
    cycle = make_test(
        tactic, started_on=date(2019, 9, 2), studied_on=date(2019, 11, 1), study="It holds.",
        outcome="adopt", acted_on=date(2019, 11, 20),
    )  # fmt: skip
    days = [date(2019, 9, 1), date(2019, 10, 31), date(2019, 11, 1), date(2019, 11, 20)]
    cards = [CycleCard(cycle, day) for day in days]
    assert [card.word for card in cards] == ["Planned", "Running", "Studied", "Adopt"]
    assert [card.found for card in cards] == ["", "", "It holds.", "It holds."]
    stopped = make_test(
        tactic, started_on=date(2019, 9, 2), study="No bus.", outcome="stopped", acted_on=date(2019, 10, 1)
    )
    assert [CycleCard(stopped, day).word for day in days] == ["Planned", "Stopped before study"] + [
        "Stopped before study"
    ] * 2
    assert CycleCard(stopped, date(2019, 9, 30)).found == ""


def test_the_public_page_shows_prediction_and_what_was_learned(client, tactic, studied):
    make_test(tactic, started_on=date(2019, 9, 2), study="No bus.", outcome="stopped", acted_on=date(2019, 10, 1))
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    text = client.get(public).content.decode()
    assert "Half of them come back on Monday." in text and "Half came back." in text
    assert "Stopped before study" in text and "No bus." in text
    assert "Half came back." not in client.get(public + "?as_of=2020-02-02").content.decode()


# Who may


def test_a_member_and_a_steward_write_too(client, dan, plan, planned):
    eva = make_user()
    grant(eva.person, Role.STEWARD, planned.tactic.strategy.plan.district.scope)
    client.force_login(dan)
    assert take(client, planned, "start", started_on="2020-02-06").status_code == 302
    client.force_login(eva)
    assert take(client, planned, "study", study="Half.", studied_on="2020-02-06").status_code == 302


def test_a_colleague_reads_the_public_page_instead(client, ben, tactic, running):
    client.force_login(ben)
    for url in (at(running), planning(tactic), reverse("cycle-list", args=[tactic.pk])):
        assert client.get(url).status_code == 403
    assert client.post(planning(tactic), plan()).status_code == 403
    assert take(client, running, "study", study="x", studied_on="2020-02-06").status_code == 403
    assert PdsaCycle.objects.count() == 1


def test_a_sponsor_reads_and_writes_nothing(client, tactic, running):
    gil = make_user()
    grant(gil.person, Role.SPONSOR, tactic.scope)
    client.force_login(gil)
    text = client.get(at(running)).content.decode()
    assert "Half of them come back on Monday." in text and "Save the study" not in text
    assert take(client, running, "study", study="x", studied_on="2020-02-06").status_code == 403
    assert client.get(planning(tactic)).status_code == 403


def test_a_stranger_finds_nothing(client, cleo, tactic, running):
    client.force_login(cleo)
    for url in (at(running), planning(tactic), reverse("cycle-list", args=[tactic.pk])):
        response = client.get(url)
        assert response.status_code == 404 and "Does a call" not in response.content.decode()
    assert take(client, running, "study", study="x", studied_on="2020-02-06").status_code == 404


def test_whose_term_has_ended_may_not(client, tactic, running):
    eve = make_user()
    until = date(2020, 2, 5)
    TeamMember.objects.create(tactic=tactic, person=eve.person, role="member", since=START, until=until)
    client.force_login(eve)
    assert client.get(at(running)).status_code == 403


def test_a_closed_plan_is_read_and_written_no_more(client, ana, plan, running):
    running.tactic.strategy.plan.__class__.objects.filter(pk=running.tactic.strategy.plan.pk).update(state="closed")
    client.force_login(ana)
    assert client.get(at(running)).status_code == 200
    assert take(client, running, "study", study="x", studied_on="2020-02-06").status_code == 403


def test_there_is_no_other_step(client, ana, running):
    client.force_login(ana)
    assert take(client, running, "delete").status_code == 404


@pytest.mark.usefixtures("templates_without_sql")
def test_the_list_asks_the_same_for_one_and_for_three(client, ana, tactic, django_assert_num_queries):
    client.force_login(ana)
    leading = make_leading(make_goal(tactic), monthly_series(tactic))
    for count in (1, 3):
        while PdsaCycle.objects.count() < count:
            make_test(tactic, started_on=date(2020, 1, 13), leading_indicator=leading)
        with django_assert_num_queries(13):
            text = client.get(reverse("cycle-list", args=[tactic.pk])).content.decode()
            assert text.count("Does a call on Friday help?") == count


@pytest.mark.usefixtures("templates_without_sql")
@pytest.mark.parametrize("which", ["planned", "running", "studied"])
def test_no_template_asks_the_database(client, ana, request, which):
    cycle = request.getfixturevalue(which)
    leading = make_leading(make_goal(cycle.tactic), monthly_series(cycle.tactic))
    PdsaCycle.objects.filter(pk=cycle.pk).update(leading_indicator=leading)
    client.force_login(ana)
    assert client.get(at(cycle)).status_code == 200
    assert client.get(planning(cycle.tactic) + f"?leading={leading.pk}").status_code == 200
    assert take(client, cycle, "study", version=9, study="x", studied_on="2020-02-06").status_code in (409, 422)
