"""The site's own pages: the list of plans, signing in, the theme, the methods, and what an error looks like."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.permissions import Role
from tests.factories import (
    grant,
    make_district,
    make_goal,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_user,
)

pytestmark = pytest.mark.django_db


def plan_with_a_goal(district=None, **overrides):
    plan = make_plan(district, **overrides)
    series = make_series(organization=plan.district)
    make_observation(series, 2018, "85.3")
    make_goal(make_tactic(make_strategy(plan)), series)
    return plan


def test_the_list_groups_plans_by_district_and_says_how_each_stands(client):
    jeffco = make_district(name="Jeffco Public Schools")
    first = plan_with_a_goal(jeffco, title="Generations")
    make_plan(jeffco, title="Thrives", predecessor=first, starts_on=date(2022, 7, 1), ends_on=date(2026, 6, 30))
    plan_with_a_goal(make_district(name="Other County"), title="Elsewhere")
    text = client.get("/").content.decode()
    assert text.index("Jeffco Public Schools") < text.index("Generations") < text.index("Thrives")
    assert text.count("1 on track") == 2
    assert "Follows" in text
    assert "2 plans" in text and "1 plan<" in text


def test_a_plan_past_its_last_day_is_said_to_have_ended(client):
    make_plan(title="Past", state="closed", ends_on=date(2019, 6, 30), standing_day=date(2020, 2, 6))
    assert "ended" in client.get("/").content.decode()


def test_a_draft_is_not_listed(client):
    make_plan(title="Secret draft", state="draft")
    assert "Secret draft" not in client.get("/").content.decode()


def test_an_empty_list_says_how_to_begin(client):
    assert "No plan has been published yet" in client.get("/").content.decode()


@pytest.mark.parametrize("plans", [1, 3])
def test_the_list_asks_the_same_number_of_queries(client, django_assert_num_queries, templates_without_sql, plans):
    for number in range(plans):
        plan_with_a_goal(title=f"Plan {number}")
    with django_assert_num_queries(10):
        assert client.get("/").status_code == 200


def test_signing_in_leads_to_the_first_page_one_works_with(client):
    leader = make_person("Ana")
    make_tactic(leader=leader)
    client.force_login(make_user(leader))
    assert client.get(reverse("start"))["Location"] == reverse("my-work")


def test_a_steward_lands_on_imports_and_a_reader_on_the_plans(client):
    steward = make_person("Sol")
    grant(steward, Role.STEWARD, make_district().scope)
    client.force_login(make_user(steward))
    assert client.get(reverse("start"))["Location"] == reverse("import-list")
    client.force_login(make_user(make_person("Ben")))
    assert client.get(reverse("start"))["Location"] == reverse("plan-list")


def test_start_asks_a_visitor_to_sign_in(client):
    assert client.get(reverse("start"))["Location"].startswith(reverse("account_login"))


def test_the_theme_is_kept_and_the_reader_stays_on_the_page(client):
    response = client.post(reverse("theme"), {"theme": "dark", "next": "/about-the-data/"})
    assert (response["Location"], response.cookies["theme"].value) == ("/about-the-data/", "dark")
    assert 'data-theme="dark"' in client.get("/").content.decode()
    client.post(reverse("theme"), {"theme": "system", "next": "/"})
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_theme_leads_to_no_other_site(client, target):
    assert client.post(reverse("theme"), {"theme": "dark", "next": target})["Location"] == "/"


def test_a_theme_is_not_changed_by_following_a_link(client):
    assert client.get(reverse("theme")).status_code == 405


@pytest.mark.parametrize("route", ["about-data", "accessibility", "account_login", "account_reset_password"])
def test_pages_that_say_how_things_are_done(client, templates_without_sql, route):
    text = client.get(reverse(route)).content.decode()
    assert "<h1>" in text


def test_the_methods_page_takes_its_figures_from_the_rules(client, settings):
    settings.MINIMUM_GROUP_SIZE = 23
    text = client.get(reverse("about-data")).content.decode()
    assert "fewer than 23 people" in text
    assert "95% or more is <em>On track</em>, 60% or more is <em>Slightly behind</em>" in text


def test_no_demonstration_log_in_is_shown_outside_the_demonstration(client):
    assert "demo.example" not in client.get(reverse("account_login")).content.decode()


def test_the_demonstration_shows_its_log_ins(client, settings):
    settings.DEMONSTRATION = True
    text = client.get(reverse("account_login")).content.decode()
    assert "leader@demo.example" in text


def test_a_wrong_password_says_so_and_keeps_the_address(client):
    make_user(email="ana@example.org")
    response = client.post(reverse("account_login"), {"login": "ana@example.org", "password": "not that one"})
    text = response.content.decode()
    assert 'role="alert"' in text
    assert 'value="ana@example.org"' in text


def test_one_signs_in_and_out(client):
    make_user(email="ana@example.org")
    response = client.post(reverse("account_login"), {"login": "ana@example.org", "password": "correct horse battery"})
    assert response["Location"] == reverse("start")
    assert "<button" in client.get(reverse("account_logout")).content.decode()
    assert client.post(reverse("account_logout"))["Location"] == reverse("plan-list")


def test_nobody_signs_up(client):
    text = client.get("/accounts/signup/").content.decode()
    assert "password1" not in text


def test_a_missing_page_is_a_page_of_the_site(client):
    response = client.get("/nothing-here/")
    assert response.status_code == 404
    assert "This page is not here" in response.content.decode()


@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_the_failure_page_needs_nothing(template):
    assert "<h1>" in render_to_string(template)


@pytest.mark.parametrize("address", ["/", "/es/", "/about-the-data/", "/accessibility/"])
def test_whoever_asks_only_for_the_head_of_a_page_gets_it(client, address):
    response = client.head(address)
    assert response.status_code == 200
    assert response.content == b""
