"""The administration: every page opens, nobody reaches into another district, facts stay facts."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import Grant, Role, Scope, User
from indicators.facts import fact_models
from indicators.models import CollectionWindow, Observation, Organization
from strategy.models import Plan, Tactic
from tests.factories import (
    START,
    grant,
    make_district,
    make_goal,
    make_indicator,
    make_milestone,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_user,
    make_window,
)

pytestmark = pytest.mark.django_db
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
OURS = ["accounts", "indicators", "strategy", "stocktakes"]


@pytest.fixture
def planner(client):
    """The plan administrator of one district; another district stands beside it."""
    district, other = make_district(), make_district()
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=OURS))
    grant(user.person, Role.ADMINISTRATOR, district.scope)
    client.force_login(user)
    mine, theirs = (make_plan(one, title=title) for one, title in ((district, "Ours"), (other, "Theirs")))
    return SimpleNamespace(client=client, user=user, mine=mine, theirs=theirs)


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


@pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
def test_every_list_and_form_opens(admin_client, model):
    tactic = make_tactic(leader=make_person())
    make_goal(tactic)
    make_milestone(tactic)
    assert admin_client.get(address(model, "changelist")).status_code == 200
    add = admin_client.get(address(model, "add"))
    assert add.status_code in (200, 302, 403)


@pytest.mark.parametrize("model", [m for m in REGISTERED if m in fact_models()], ids=lambda model: model._meta.label)
def test_facts_are_not_changed_or_deleted_here_nor_added_but_for_windows(admin_client, model):
    assert admin_client.get(address(model, "add")).status_code == (200 if model is CollectionWindow else 403)
    site = admin.site._registry[model]
    request = RequestFactory().get("/")
    request.user = make_user(is_superuser=True, is_staff=True)
    assert not site.has_change_permission(request) and not site.has_delete_permission(request)


def test_a_window_is_restated_beside_the_first_word(admin_client):
    window = make_window(make_indicator(), 2019, date(2020, 1, 16))
    given = {
        "indicator": window.indicator_id, "period": 2019, "expected_on": "2020-01-16", "grace_days": 0,
        "not_collected": "on", "reason": "No test that spring", "known_on": "2020-01-10",
    }  # fmt: skip
    assert admin_client.post(address(CollectionWindow, "add"), given).status_code == 302
    known = lambda day: CollectionWindow.objects.as_known_on(day).get()  # noqa: E731
    assert known(date(2020, 1, 9)) == window and known(date(2020, 1, 10)).not_collected
    assert not CollectionWindow.objects.as_known_on(date(2019, 1, 1)).exists()


def test_an_administrator_sees_only_their_own_district(planner):
    page = planner.client.get(address(Plan, "changelist")).content.decode()
    assert "Ours" in page and "Theirs" not in page
    assert planner.client.get(address(Plan, "change", planner.mine.pk)).status_code == 200
    assert planner.client.get(address(Plan, "change", planner.theirs.pk)).status_code == 302


def test_forms_offer_only_their_own_district(planner):
    mine, theirs = make_strategy(planner.mine, name="Our part"), make_strategy(planner.theirs, name="Their part")
    page = planner.client.get(address(Tactic, "add")).content.decode()
    assert mine.name in page and theirs.name not in page


def test_a_new_tactic_becomes_a_place_for_roles(planner):
    strategy = make_strategy(planner.mine)
    answer = planner.client.post(address(Tactic, "add"), {
        "strategy": strategy.pk, "name": "Reading", "slug": "reading", "state": "draft", "position": 1,
        "team-TOTAL_FORMS": 0, "team-INITIAL_FORMS": 0, "theories-TOTAL_FORMS": 0, "theories-INITIAL_FORMS": 0,
    })  # fmt: skip
    assert answer.status_code == 302, answer.context and answer.context["adminform"].form.errors
    scope = Tactic.objects.get(slug="reading").scope
    assert (scope.kind, scope.parent) == (Scope.Kind.TACTIC, planner.mine.scope)


def sent_back(response):
    """What a browser would send of the form as it stands."""
    form = response.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    sent |= {f"{one.prefix}-{key}": one.management_form[key].value() for one in formsets for key in
             ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")}  # fmt: skip
    return {name: "" if value is None else value for name, value in sent.items()}


def test_two_who_edit_the_same_row_do_not_write_over_each_other(planner):
    strategy = make_strategy(planner.mine, name="Learning", description="As it was")
    url = address(type(strategy), "change", strategy.pk)
    first, second = (sent_back(planner.client.get(url)) for _each in range(2))
    assert planner.client.post(url, first | {"description": "The first one's words"}).status_code == 302
    response = planner.client.post(url, second | {"name": "Learning together"})
    text = response.text
    assert response.status_code == 200 and "Somebody else has saved this since you opened it." in text
    assert "The first one&#x27;s words" in text and "Learning together" in text, (
        "what the other saved, and what I wrote"
    )
    strategy.refresh_from_db()
    assert (strategy.name, strategy.description) == ("Learning", "The first one's words")
    again = sent_back(response) | {"description": "The first one's words, and mine"}
    assert planner.client.post(url, again).status_code == 302
    strategy.refresh_from_db()
    assert (strategy.name, strategy.description) == ("Learning together", "The first one's words, and mine")


def test_a_role_is_granted_only_within_ones_own_district(planner):
    person = make_person()
    for plan, granted in ((planner.theirs, 0), (planner.mine, 1)):
        data = {"person": person.pk, "role": "board", "scope": plan.scope_id, "since": START.isoformat()}
        planner.client.post(address(Grant, "add"), data)
        assert person.grants.count() == granted
    assert person.grants.get().granted_by == planner.user.person


def test_nobody_sets_the_password_of_somebody_with_rights_elsewhere(planner):
    helper, stranger, chief = make_user(), make_user(), make_user(is_superuser=True)
    leader = make_user()
    make_tactic(make_strategy(planner.theirs), leader=leader.person)
    grant(stranger.person, Role.BOARD, planner.theirs.scope)
    for user, status in ((helper, 200), (stranger, 302), (leader, 302), (chief, 302)):
        assert planner.client.get(address(User, "change", user.pk)).status_code == status
    assert planner.client.get(f"/admin/accounts/user/{stranger.pk}/password/").status_code in (302, 403, 404)


def test_the_policy_holds_in_the_administration(admin_client):
    policy = admin_client.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_raw_numbers_of_another_district_are_not_seen(planner):
    state = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    for organization in (planner.mine.district, planner.theirs.district, state):
        make_observation(make_series(organization=organization), 2019, "85.3")
    page = planner.client.get(address(Observation, "changelist")).content.decode()
    assert planner.mine.district.name in page and "Colorado" in page
    assert planner.theirs.district.name not in page


def test_what_belongs_to_no_district_is_seen_and_not_changed(planner):
    state = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    school = Organization.objects.create(
        kind="school", authority="CO", code="0030", name="Adams", parent=planner.mine.district
    )
    assert planner.client.get(address(Organization, "change", state.pk)).context["has_change_permission"] is False
    assert planner.client.get(address(Organization, "change", school.pk)).context["has_change_permission"] is True
    assert planner.client.get(address(Organization, "change", planner.theirs.district.pk)).status_code == 302
