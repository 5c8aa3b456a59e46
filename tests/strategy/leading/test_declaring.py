"""A leader declares before looking; then the evidence is shown, and nothing is reworded."""

from datetime import date

import pytest

from indicators.models import Series
from strategy.learning import actions
from strategy.models import LeadingIndicator
from tests.factories import DAY, all_students, make_goal, make_indicator, make_strategy, make_tactic, make_translation
from tests.strategy.leading.pages import at, claim, declaring, listed, text_of
from tests.strategy.learning import make_leading, monthly_series

pytestmark = pytest.mark.django_db


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


def test_the_plans_own_day_counts(client, ana, plan, tactic, goal, series):
    plan.standing_day = date(2019, 5, 6)
    plan.save()
    client.force_login(ana)
    client.post(declaring(tactic), claim(goal, series))
    assert LeadingIndicator.objects.get().declared_on == date(2019, 5, 6)
