"""A leader declares before looking; then the evidence is shown, phases begin with a reason, and nothing is reworded."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from indicators.models import Annotation, Series
from strategy.learning import actions
from strategy.models import LeadingIndicator, RebaseWithdrawal, TeamMember
from tests.factories import (
    DAY,
    START,
    all_students,
    grant,
    make_goal,
    make_indicator,
    make_person,
    make_plan,
    make_strategy,
    make_tactic,
    make_translation,
    make_user,
)
from tests.strategy.learning import SEPTEMBER_2018, make_leading, monthly_series, note, yearly_claim, yearly_series

pytestmark = pytest.mark.django_db
LEADING = [90, 92, 91, 94, 95, 93, 97, 96]
RESULTS = [80, 81, "80.5", 83, "83.5", 82, 85, "85.5"]


@pytest.fixture
def goal(tactic):
    return make_goal(tactic, yearly_series(tactic, 2010, RESULTS, "Graduation"))


@pytest.fixture
def series(tactic):
    return yearly_series(tactic, 2009, LEADING)


@pytest.fixture
def leading(goal, series):
    return make_leading(goal, series)


@pytest.fixture
def dan(tactic):
    """A member of the team."""
    user = make_user(make_person("Dan"), "dan@example.org")
    TeamMember.objects.create(tactic=tactic, person=user.person, role="member", since=START)
    return user


@pytest.fixture
def eva(plan):
    """A data steward of the district."""
    user = make_user(make_person("Eva"), "eva@example.org")
    grant(user.person, Role.STEWARD, plan.district.scope)
    return user


def listed(tactic):
    return reverse("leading-list", args=[tactic.pk])


def declaring(tactic):
    return reverse("leading-declare", args=[tactic.pk])


def at(leading, verb="detail", *args):
    return reverse(f"leading-{verb}", args=[leading.pk, *args])


def claim(goal, series, /, **changes):
    """What the form sends when nothing is changed but these."""
    return {
        "indicator": series.indicator_id,
        "organization": series.organization_id,
        "group": series.group_id,
        "goal": goal.pk,
        "expected_sign": "1",
        "lag": "1",
        "lag_unit": "years",
        "window": "mean",
        "length": "12",
        "length_unit": "months",
        "reason": "Who is in class learns.",
        "confidence": "medium",
        "review_on": "2020-09-01",
        "before_looking": "on",
    } | changes


def text_of(client, url):
    return client.get(url).content.decode()


# Declaring


def test_a_leader_declares_and_only_then_the_evidence_is_shown(client, ana, tactic, goal, series):
    client.force_login(ana)
    before = text_of(client, declaring(tactic)) + text_of(client, listed(tactic))
    assert "pairs" not in before and "Kendall" not in before and "6 of 7" not in before
    response = client.post(declaring(tactic), claim(goal, series))
    leading = LeadingIndicator.objects.get()
    assert response.status_code == 302 and response.url == at(leading)
    assert (leading.declared_by, leading.declared_on, leading.lag_days, leading.window_days) == (
        ana.person, DAY, 365, 365,
    )  # fmt: skip
    assert leading.series == series and leading.is_illustration
    text = text_of(client, at(leading))
    assert "The two moved the same way in 6 of 7 pairs, with a lead of 1 year." in text
    assert "February 6, 2020, before looking" in text


def test_nothing_on_the_way_to_a_declaration_computes_a_pair(client, ana, tactic, goal, series, monkeypatch):
    """The form, its errors and the empty list ask the mathematics nothing."""
    from indicators import association

    def refuse(*args, **options):
        raise AssertionError("somebody looked before declaring")

    monkeypatch.setattr(association, "pair_up", refuse)
    monkeypatch.setattr(association, "evidence", refuse)
    client.force_login(ana)
    assert client.get(listed(tactic)).status_code == 200
    assert client.get(declaring(tactic)).status_code == 200
    assert client.post(declaring(tactic), claim(goal, series, reason="")).status_code == 422
    make_leading(goal, series)
    with pytest.raises(AssertionError, match="before declaring"):
        client.get(listed(tactic))


def test_a_series_without_a_number_can_be_declared(client, ana, tactic, goal):
    client.force_login(ana)
    fresh = make_indicator(name="Books borrowed", calendar="school_year", kind="month")
    place = {"indicator": fresh.pk, "organization": tactic.strategy.plan.district_id, "group": all_students().pk}
    sent = claim(goal, monthly_series(tactic)) | place
    assert client.post(declaring(tactic), sent).status_code == 302
    leading = LeadingIndicator.objects.get()
    assert leading.series == Series.objects.get(indicator=fresh)
    assert "No reading yet" in text_of(client, at(leading))


WRONG = [
    ({"indicator": ""}, "Choose a measure."),
    ({"goal": ""}, "Choose a goal."),
    ({"confidence": ""}, "Choose how sure you are."),
    ({"expected_sign": ""}, "Choose which way the goal should follow."),
    ({"lag": "soon"}, "Write a whole number."),
    ({"lag": "-1"}, "Write a whole number."),
    ({"lag": ""}, "Write how long before, as a whole number."),
    ({"length": ""}, "Write how much time to look at, as a whole number."),
    ({"review_on": ""}, "Choose a day."),
    ({"lag": "40"}, "That is more than twelve years. Check the unit."),
    ({"length": "0"}, "Write a whole number."),
    ({"review_on": "2020-02-06"}, "Choose a day after today, February 6, 2020."),
    ({"review_on": "9999-01-01"}, "That day lies too far ahead. Check the year."),
    ({"review_on": "soon"}, "Write the date as year-month-day"),
    ({"before_looking": ""}, "Confirm that you declare this before looking."),
]


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_a_wrong_answer_comes_back_in_plain_words_with_what_was_typed(client, ana, goal, series, changes, words):
    client.force_login(ana)
    response = client.post(declaring(goal.tactic), claim(goal, series, **changes))
    text = response.content.decode()
    assert response.status_code == 422 and not LeadingIndicator.objects.exists()
    assert words in text and "Who is in class learns." in text and "<title>Error: " in text


def test_a_goal_does_not_lead_itself(client, ana, goal):
    client.force_login(ana)
    measure = goal.revisions.get().measure
    response = client.post(declaring(goal.tactic), claim(goal, measure))
    assert response.status_code == 422 and "This is what the goal itself is measured by." in response.content.decode()


def test_a_goal_of_another_tactic_cannot_be_chosen(client, ana, plan, goal, series):
    client.force_login(ana)
    other = make_goal(make_tactic(make_strategy(plan)))
    assert client.post(declaring(goal.tactic), claim(other, series)).status_code == 422


def test_measures_to_choose_from_are_sorted_as_the_reader_reads_them(client, ana, tactic, goal):
    for name, spanish in (("Attendance", "Tasa de asistencia"), ("Truancy", "Índice de faltas"), ("Zeal", "Gusto")):
        make_indicator(name=name)
        make_translation(name, spanish)
    client.force_login(ana)
    choices = client.get(f"/es{declaring(tactic)}").context["form"].fields["indicator"].choices
    names = [str(name) for _, name in choices]
    assert [name for name in names if "as" in name or name == "Gusto"] == [
        "Gusto", "Índice de faltas", "Tasa de asistencia"
    ]  # fmt: skip


def test_the_same_button_twice_declares_once(client, ana, goal, series):
    client.force_login(ana)
    urls = [client.post(declaring(goal.tactic), claim(goal, series)).url for _again in range(2)]
    assert urls[0] == urls[1] and LeadingIndicator.objects.count() == 1


def test_another_claim_on_the_same_two_is_told_of_the_first(client, ana, goal, leading, series):
    client.force_login(ana)
    response = client.post(declaring(goal.tactic), claim(goal, series, expected_sign="-1"))
    assert response.status_code == 422 and "already declared for this goal" in response.content.decode()
    assert LeadingIndicator.objects.count() == 1


# Locked, ended, replaced


def test_no_page_rewords_a_declaration(client, ana, leading):
    client.force_login(ana)
    for url in (at(leading), at(leading, "end"), at(leading, "rebase"), at(leading, "review")):
        client.post(url, claim(leading.goal, leading.series, expected_sign="-1", reason="Something else."))
    leading.refresh_from_db()
    assert (leading.expected_sign, leading.reason, leading.lag_days) == (1, "It moves first.", 365)


def test_a_declaration_ends_with_a_reason_and_stays_readable(client, ana, leading):
    client.force_login(ana)
    assert client.post(at(leading, "end"), {"end_reason": ""}).status_code == 422
    client.post(at(leading, "end"), {"end_reason": "It never moved."})
    leading.refresh_from_db()
    assert (leading.ended_on, leading.ended_by, leading.end_reason) == (DAY, ana.person, "It never moved.")
    text = text_of(client, listed(leading.tactic))
    assert "Ended or replaced" in text and "It never moved." in text and "declared on September 1, 2018" in text
    assert "6 of 7 pairs" in text_of(client, at(leading)), "its evidence stays"
    client.post(at(leading, "end"), {"end_reason": "It was perfect."})
    leading.refresh_from_db()
    assert leading.end_reason == "It never moved."


def test_another_comes_in_its_place_with_the_reason(client, ana, leading):
    client.force_login(ana)
    url = declaring(leading.tactic) + f"?replaces={leading.pk}"
    assert 'value="1"' in text_of(client, url) and "It moves first." in text_of(client, url)
    sent = claim(leading.goal, leading.series, lag="2")
    assert client.post(url, sent).status_code == 422
    client.post(url, sent | {"end_reason": "Two years is what it takes."})
    leading.refresh_from_db()
    assert (leading.ended_on, leading.end_reason) == (DAY, "Two years is what it takes.")
    assert (leading.replaced_by.lag_days, leading.replaced_by.declared_on) == (730, DAY)
    assert at(leading.replaced_by) in text_of(client, at(leading))
    assert client.get(url).status_code == 404, "what has ended is not replaced again"


def test_who_replaces_what_has_just_ended_loses_nothing(ana, leading):
    actions.end(leading, author=ana.person, day=DAY, reason="x")
    place = {name: getattr(leading.series, name) for name in ("indicator", "organization", "group")}
    with pytest.raises(actions.EndedMeanwhile):
        actions.declare(
            leading.tactic, author=ana.person, day=DAY, place=place, replaces=leading, end_reason="y",
            goal=leading.goal, expected_sign=1, lag_days=0, window_days=365, reason="z", confidence="low",
        )  # fmt: skip
    assert LeadingIndicator.objects.count() == 1


def test_the_public_page_shows_claim_sentence_and_what_was_ended(client, ana, tactic, leading):
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    text = text_of(client, public)
    assert "The two moved the same way in 6 of 7 pairs, with a lead of 1 year." in text
    assert "on September 1, 2018, before looking." in text and "Consistent so far, not proof." in text
    actions.end(leading, author=ana.person, day=DAY, reason="It never moved.")
    text = text_of(client, public)
    assert "6 of 7" not in text and "One declaration that was ended" in text and "It never moved." in text
    assert "6 of 7" in text_of(client, public + "?as_of=2020-02-05"), "on an earlier day it still stood"
    assert "6 of 7" not in text_of(client, public + "?as_of=2018-08-31")


# Phases


@pytest.fixture
def monthly(goal, tactic):
    return make_leading(goal, monthly_series(tactic), lag_days=0)


def begin(client, leading, period=SEPTEMBER_2018 + 9, text="Counted by another office."):
    return client.post(at(leading, "rebase"), {"period": str(period), "text": text})


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


# Reviews


def test_a_review_keeps_the_declaration_and_names_the_next_day(client, ana, leading):
    client.force_login(ana)
    sent = {"number": "1", "words": "Six of seven; we keep it.", "next_on": "2021-02-01"}
    assert client.post(at(leading, "review"), sent | {"next_on": "2020-02-06"}).status_code == 422
    assert client.post(at(leading, "review"), sent).status_code == 302
    assert client.post(at(leading, "review"), sent).status_code == 302, "the same button twice"
    response = client.post(at(leading, "review"), sent | {"words": "Something else."})
    text = response.content.decode()
    assert response.status_code == 422 and "Somebody has just reviewed it: Six of seven" in text
    assert "Something else." in text and 'name="number" value="2"' in text
    assert [review.words for review in leading.reviews.all()] == ["Six of seven; we keep it."]


def test_a_review_is_public_from_its_day_on(client, ana, tactic, leading):
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    client.force_login(ana)
    sent = {"number": "1", "words": "Six of seven; we keep it.", "next_on": "2021-02-01"}
    client.post(at(leading, "review"), sent)
    assert "<dd>February 1, 2021</dd>" in text_of(client, at(leading)), "the day to look again has moved"
    client.logout()
    text = text_of(client, public)
    assert "Looked at again" in text and "Six of seven; we keep it." in text and "Next look: February 1, 2021" in text
    assert "Looked at again" not in text_of(client, public + "?as_of=2020-02-05")


def test_a_review_falls_due_for_the_leader_and_is_done_by_reviewing(client, ana, dan, goal, series):
    leading = make_leading(goal, series, review_on=date(2020, 3, 2))
    client.force_login(dan)
    assert "Review: Attendance rate" not in text_of(client, reverse("my-work"))
    client.force_login(ana)
    assert "Review: Attendance rate" in text_of(client, reverse("my-work"))
    client.post(at(leading, "review"), {"number": "1", "words": "Kept.", "next_on": "2021-02-01"})
    assert "Review: Attendance rate" not in text_of(client, reverse("my-work"))


# Who may


WRITING = ["declare", "end", "review", "rebase"]


def writing(leading, verb):
    url = declaring(leading.tactic) if verb == "declare" else at(leading, verb)
    sent = {"end_reason": "x", "number": "1", "words": "x", "next_on": "2021-01-01", "text": "x"}
    sent |= {"period": str(leading.series.observations.latest("period").period)}
    return url, claim(leading.goal, monthly_series(leading.tactic)) | sent


def test_the_leader_does_all_of_it(client, ana, leading):
    client.force_login(ana)
    for verb in ("declare", "review", "rebase", "end"):
        url, sent = writing(leading, verb)
        assert client.post(url, sent).status_code == 302, verb


@pytest.mark.parametrize("verb", WRITING)
def test_a_member_reads_and_changes_nothing(client, dan, leading, verb):
    client.force_login(dan)
    assert "Declare another in its place" not in text_of(client, at(leading))
    assert client.get(listed(leading.tactic)).status_code == 200
    url, sent = writing(leading, verb)
    assert client.post(url, sent).status_code == 403
    assert LeadingIndicator.objects.filter(ended_on__isnull=True).count() == 1 and not Annotation.objects.exists()


def test_a_data_steward_begins_phases_and_declares_nothing(client, eva, leading):
    client.force_login(eva)
    for verb, status in (("declare", 403), ("end", 403), ("review", 403), ("rebase", 302)):
        url, sent = writing(leading, verb)
        assert client.post(url, sent).status_code == status, verb


@pytest.mark.parametrize("verb", WRITING)
def test_a_colleague_reads_the_public_page_instead(client, ben, leading, verb):
    client.force_login(ben)
    assert client.get(listed(leading.tactic)).status_code == 403
    assert client.get(at(leading)).status_code == 403
    url, sent = writing(leading, verb)
    assert client.post(url, sent).status_code == 403


@pytest.mark.parametrize("verb", WRITING)
def test_a_stranger_finds_nothing(client, cleo, leading, verb):
    client.force_login(cleo)
    for url in (listed(leading.tactic), at(leading), declaring(leading.tactic)):
        response = client.get(url)
        assert response.status_code == 404 and "Attendance rate" not in response.content.decode()
    url, sent = writing(leading, verb)
    assert client.post(url, sent).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, leading):
    assert client.get(at(leading)).url.startswith(reverse("account_login"))


def test_a_closed_plan_is_read_and_changed_no_more(client, ana, plan, leading):
    plan.state = "closed"
    plan.save()
    client.force_login(ana)
    assert client.get(at(leading)).status_code == 200
    for verb in WRITING:
        url, sent = writing(leading, verb)
        assert client.post(url, sent).status_code == 403, verb


def test_a_staff_only_measure_is_the_teams_and_not_the_publics(client, ana, tactic, leading):
    leading.series.indicator.is_public = False
    leading.series.indicator.save()
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    assert "Attendance rate" not in text_of(client, public)
    client.force_login(ana)
    assert "6 of 7" in text_of(client, at(leading))


def test_another_tactics_leader_of_the_district_may_not(client, plan, leading):
    gil = make_user()
    make_tactic(make_strategy(plan), leader=gil.person)
    client.force_login(gil)
    assert client.get(at(leading)).status_code == 403


# Reading


@pytest.mark.usefixtures("templates_without_sql")
def test_the_list_asks_the_same_for_one_and_for_three(client, ana, tactic, django_assert_num_queries):
    client.force_login(ana)
    for count in (1, 3):
        while LeadingIndicator.objects.count() < count:
            yearly_claim(tactic, LEADING, RESULTS)
        with django_assert_num_queries(22):
            assert text_of(client, listed(tactic)).count("6 of 7 pairs") == count


@pytest.mark.usefixtures("templates_without_sql")
def test_no_template_asks_the_database(client, ana, monthly):
    client.force_login(ana)
    begin(client, monthly)
    begin(client, monthly, period="soon")
    client.post(at(monthly, "review"), {"number": "1", "words": "Kept.", "next_on": "2021-02-01"})
    actions.end(monthly, author=ana.person, day=DAY, reason="x")
    assert client.get(at(monthly)).status_code == 200
    assert client.get(listed(monthly.tactic)).status_code == 200
    assert client.get(declaring(monthly.tactic)).status_code == 200


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_begin_the_same_phase_at_once_begin_one(ana, monthly):
    """Each on its own connection; the row of the declaration decides."""
    outcomes = []

    def begin_one(reason):
        try:
            actions.rebase(monthly, author=ana.person, day=DAY, period=SEPTEMBER_2018 + 9, reason=reason)
            outcomes.append("begun")
        except actions.RebasedMeanwhile:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=begin_one, args=[reason]) for reason in ("Mine.", "Theirs.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["begun", "told"] and Annotation.objects.count() == 1


def test_the_plans_own_day_counts(client, ana, plan, tactic, goal, series):
    plan.standing_day = date(2019, 5, 6)
    plan.save()
    client.force_login(ana)
    client.post(declaring(tactic), claim(goal, series))
    assert LeadingIndicator.objects.get().declared_on == date(2019, 5, 6)


def test_a_draft_tactic_of_another_district_is_nobodys_business(client, ana):
    other = make_tactic(make_strategy(make_plan()), state="draft")
    client.force_login(ana)
    assert client.get(listed(other)).status_code == 404
