"""The administration's tables in and out of spreadsheets: every main table, and never another district's rows."""

import csv
import io
from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person, Role
from indicators.facts import fact_models
from indicators.models import Annotation, CollectionWindow, Indicator, Organization, OrganizationName, Series
from indicators.spreadsheets import ExportOnlyMixin, SpreadsheetMixin
from strategy.models import Goal, Milestone, Plan, Strategy, Tactic
from tests.factories import (
    grant,
    make_district,
    make_goal,
    make_indicator,
    make_milestone,
    make_observation,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_user,
    make_window,
)
from tests.workbooks import workbook_of

pytestmark = pytest.mark.django_db
OURS = ["accounts", "indicators", "strategy", "stocktakes"]
TABLES = [model for model, site in admin.site._registry.items() if isinstance(site, SpreadsheetMixin | ExportOnlyMixin)]


@pytest.fixture
def planner(client):
    """The plan administrator of one district, signed in; another district stands beside it, each with a plan."""
    client.district, client.other = make_district(name="Ours"), make_district(name="Theirs")
    client.mine = make_tactic(make_strategy(make_plan(client.district, slug="mine"), name="Mine"))
    client.theirs = make_tactic(make_strategy(make_plan(client.other, slug="theirs"), name="Theirs"))
    for tactic in (client.mine, client.theirs):
        make_goal(tactic, make_series(make_indicator(), tactic.strategy.plan.district))
        make_milestone(tactic)
    user = make_user(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=OURS))
    grant(user.person, Role.ADMINISTRATOR, client.district.scope)
    client.force_login(user)
    return client


def address(model, verb):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}")


def exported(client, model):
    response = client.get(address(model, "export"))
    assert response.status_code == 200, model
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def as_csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def bring_in(client, model, content, format_=0):
    """Upload and, where nothing is refused, confirm; the page of the look."""
    file = SimpleUploadedFile("table.csv", content)
    look = client.post(address(model, "import"), {"import_file": file, "format": format_, "resource": 0})
    if look.status_code == 200 and look.context.get("confirm_form"):
        given = {name: value for name, value in look.context["confirm_form"].initial.items() if value is not None}
        client.post(address(model, "process_import"), given)
    return look


def test_every_main_table_goes_out():
    wanted = {
        "Organization", "OrganizationName", "StudentGroup", "Dimension", "Category", "CategoryName", "Indicator",
        "IndicatorName", "CollectionWindow", "Annotation", "Series", "Observation", "Plan", "Strategy", "Tactic",
        "Initiative", "Goal", "Milestone", "Practice", "Alignment", "Person", "Cycle",
    }  # fmt: skip
    assert wanted <= {model.__name__ for model in TABLES}


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)
def test_a_table_is_exported_at_once_and_only_by_those_who_may_see_it(planner, model):
    assert planner.get(address(model, "export")).status_code == 200
    planner.force_login(make_user(is_staff=True))
    assert planner.get(address(model, "export")).status_code == 403


@pytest.mark.parametrize("model", fact_models(), ids=lambda model: model.__name__)
def test_facts_are_never_read_in_here_but_for_windows(model):
    site = admin.site._registry.get(model)
    assert not isinstance(site, SpreadsheetMixin) or model.__name__ in ("Observation", "CollectionWindow")


def test_windows_come_in_as_further_rows_and_no_row_is_changed(planner):
    window = make_window(Indicator.objects.first(), 2019, date(2020, 1, 16))
    (row,) = exported(planner, CollectionWindow)
    look = bring_in(planner, CollectionWindow, as_csv([row | {"expected_on": "2020-03-16"}]))
    assert "stays on record" in look.content.decode()
    bring_in(planner, CollectionWindow, as_csv([row, row | {"id": "", "expected_on": "2020-03-16", "known_on": ""}]))
    first, second = CollectionWindow.objects.order_by("pk")
    assert (first.pk, first.expected_on) == (window.pk, date(2020, 1, 16))
    assert (second.expected_on, second.known_on) == (date(2020, 3, 16), timezone.localdate())


@pytest.mark.parametrize("model", [Plan, Strategy, Tactic, Goal, Milestone], ids=lambda model: model.__name__)
def test_an_export_holds_ones_own_district_alone(planner, model):
    assert len(exported(planner, model)) == 1 and model.objects.count() == 2


def test_a_text_is_edited_in_a_spreadsheet(planner):
    rows = exported(planner, Tactic)
    rows[0]["description"] = "'=In plain words"
    bring_in(planner, Tactic, as_csv(rows))
    planner.mine.refresh_from_db()
    assert planner.mine.description == "=In plain words"
    assert exported(planner, Tactic)[0]["description"] == "'=In plain words"


def test_a_row_of_another_district_is_refused(planner):
    rows = exported(planner, Tactic)
    rows[0] |= {"id": planner.theirs.pk, "name": "Taken over"}
    look = bring_in(planner, Tactic, as_csv(rows))
    assert "belongs to another district" in look.content.decode()
    planner.theirs.refresh_from_db()
    assert planner.theirs.name != "Taken over"


def test_a_row_cannot_be_carried_into_another_district(planner):
    rows = exported(planner, Strategy)
    rows[0]["plan"] = planner.theirs.strategy.plan_id
    look = bring_in(planner, Strategy, as_csv(rows))
    assert "belongs to another district" in look.content.decode()
    planner.mine.strategy.refresh_from_db()
    assert planner.mine.strategy.plan.slug == "mine"


def test_a_new_row_comes_into_ones_own_plan_only(planner):
    row = exported(planner, Strategy)[0] | {"id": "", "name": "New", "slug": "new"}
    bring_in(planner, Strategy, as_csv([row | {"plan": planner.theirs.strategy.plan_id}]))
    assert not Strategy.objects.filter(slug="new").exists()
    bring_in(planner, Strategy, as_csv([row]))
    assert Strategy.objects.get(slug="new").plan.slug == "mine"


def test_what_needs_a_place_of_its_own_is_not_added_by_a_file(planner):
    row = exported(planner, Tactic)[0] | {"id": "", "name": "New", "slug": "new"}
    look = bring_in(planner, Tactic, as_csv([row]))
    assert "not added" in look.content.decode() and not Tactic.objects.filter(slug="new").exists()


def test_a_workbook_is_read_like_a_csv_file(planner):
    indicator = Indicator.objects.first()
    content = workbook_of(
        ["id", "indicator", "period", "expected_on", "grace_days", "not_collected", "reason"],
        [None, indicator.pk, 2019, "2020-01-15", 30, 0, None],
    )
    bring_in(planner, CollectionWindow, content, format_=1)
    window = CollectionWindow.objects.get()
    assert (window.indicator, window.period, window.grace_days) == (indicator, 2019, 30)


def test_a_file_over_the_limit_is_not_read(planner, settings):
    settings.UPLOAD_LIMIT = 20
    look = bring_in(planner, Strategy, as_csv(exported(planner, Strategy)))
    assert look.status_code == 302


def test_a_file_that_is_no_workbook_is_refused_in_words(planner):
    look = bring_in(planner, Strategy, b"PK\x03\x04 and nothing behind it", format_=1)
    assert look.status_code == 200 and "damaged" in look.content.decode()


def test_people_and_names_of_other_districts_are_out_of_reach(planner):
    assert planner.get(address(Person, "import")).status_code == 403
    school = Organization.objects.create(kind="school", authority="X", code="1", name="S", parent=planner.other)
    name = OrganizationName.objects.create(organization=school, name="Old name")
    row = {"id": name.pk, "organization": school.pk, "name": "Mine now"}
    look = bring_in(planner, OrganizationName, as_csv([row]))
    assert "belongs to another district" in look.content.decode()
    name.refresh_from_db()
    assert name.name == "Old name"


class TestNotes:
    """A new phase or a break on which results rest is no longer reworded or deleted; an event may be."""

    @pytest.fixture
    def notes(self, planner):
        series = Series.objects.get(organization=planner.district)
        make_observation(series, 2018, 84)
        make = lambda kind, period: Annotation.objects.create(  # noqa: E731
            indicator=series.indicator, organization=planner.district, kind=kind, period=period,
            text=f"A {kind} of {period}", known_on=date(2019, 6, 1),
        )  # fmt: skip
        return {"event": make("event", 2017), "rebase": make("rebase", 2030), "break": make("break", 2018),
                "early": make("break", 2030)}  # fmt: skip

    @pytest.mark.parametrize("name, stays", [("event", False), ("early", False), ("rebase", True), ("break", True)])
    def test_results_keep_the_notes_they_rest_on(self, planner, notes, name, stays):
        note = notes[name]
        page = planner.get(reverse("admin:indicators_annotation_change", args=[note.pk]))
        assert ('name="_save"' not in page.text) is stays
        planner.post(reverse("admin:indicators_annotation_delete", args=[note.pk]), {"post": "yes"})
        assert Annotation.objects.filter(pk=note.pk).exists() is stays
        chosen = {"action": "delete_selected", "_selected_action": [note.pk], "post": "yes"}
        planner.post(address(Annotation, "changelist"), chosen)
        assert Annotation.objects.filter(pk=note.pk).exists() is stays

    def test_no_file_rewords_them(self, planner, notes):
        rows = exported(planner, Annotation)
        assert len(rows) == 4
        assert "Results rest" not in bring_in(planner, Annotation, as_csv(rows)).text, "a round trip changes nothing"
        for row in rows:
            row["text"] = "Reworded"
        assert "Results rest on this note" in bring_in(planner, Annotation, as_csv(rows)).text
        for name in ("rebase", "break"):
            notes[name].refresh_from_db()
            assert notes[name].text != "Reworded"

    def test_another_districts_notes_are_out_of_reach(self, planner, notes):
        notes["event"].organization = planner.other
        notes["event"].save()
        page = planner.get(reverse("admin:indicators_annotation_change", args=[notes["event"].pk]))
        assert page.status_code == 302, "sent back to the list: for this person there is no such note"
