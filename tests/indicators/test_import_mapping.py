"""The page on which a steward says what the columns and the names of a file mean."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators import actions
from indicators.importing.mapping import USE, Choice, Mapping
from indicators.models import FileMapping, ImportBatch, Indicator, Observation, Organization
from tests.factories import make_translation, make_user
from tests.indicators.cast import make_steward
from tests.indicators.mapped import DOUBT, SURE, state_mapping, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]


@pytest.fixture
def world(world, steward):
    world.steward = steward
    return world


def address(batch):
    return reverse("import-mapping", args=[batch.pk])


def say(client, batch, act="look", htmx=False, **fields):
    """Post the page as a browser would: what stands there, with some fields changed."""
    mapping = Mapping.from_json(ImportBatch.objects.get(pk=batch.pk).mapping)
    table = mapping.tables[0]
    given = {"tables": "1", "read": "0", "table": "0", "act": act, "header_rows": "2", "last_row": "5"}
    for use in table.columns:
        given[f"c{use.column}-role"] = use.role
    for part in ("measure", "period", "organization", "group"):
        given[f"fixed-{part}"] = getattr(table, part)
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(address(batch), {**given, **fields}, headers=headers)


def draft(batch):
    return Mapping.from_json(ImportBatch.objects.get(pk=batch.pk).mapping)


def test_a_file_in_doubt_waits_and_leads_to_its_columns(world, client):
    batch = waiting(world)
    assert (batch.state, batch.difference_hash) == ("mapping", "")
    assert client.get(reverse("import-detail", args=[batch.pk])).url == address(batch)
    page = client.get(address(batch)).content.decode()
    assert "3 guesses need your look" in page
    assert "State report of 2019" in page and "Looks like a rate." in page
    assert "Alameda International" in page, "the first rows stand in view"
    assert '<option value="100" selected>0.846 is read as 84.6</option>' in page
    assert "92.6%" in page, "what the first numbers become"
    assert 'name="indicators-0-unit"' in page and 'value="Attendance rate"' in page
    assert not Observation.objects.exists()


def test_what_is_known_is_named_in_the_readers_language(world, client):
    batch = waiting(world)
    make_translation("Graduation in four years", "Graduación en cuatro años")
    make_translation("Alameda International", "Alameda Internacional")
    text = client.get(f"/es{address(batch)}").content.decode()
    assert ">Graduación en cuatro años</option>" in text and ">Graduation in four years</option>" not in text
    assert "<td>Alameda Internacional</td>" in text, "in what the first numbers become"


def test_a_change_shows_its_effect_at_once_and_keeps_nothing(world, client):
    batch = waiting(world)
    page = say(client, batch, htmx=True, **{"c3-scale": "1"}).content.decode()
    assert page.startswith('<div id="effect">') and "0.926%" in page and "92.6%" not in page
    assert draft(batch).tables[0].columns[2].scale == "100"


def test_without_javascript_the_same_is_a_button_and_the_draft_is_kept(world, client):
    batch = waiting(world)
    response = say(
        client, batch, **{"c3-scale": "1", "indicators-0-key": "Attendance Rate", "indicators-0-name": "Att."}
    )
    assert response.status_code == 200 and "0.926%" in response.content.decode()
    kept = draft(batch)
    assert kept.tables[0].columns[2].scale == "1" and kept.tables[0].columns[2].because.is_sure
    assert kept.indicators["Attendance Rate"].details["name"] == "Att."


def test_a_yes_compares_the_file_and_creates_nothing_yet(world, client):
    batch = waiting(world)
    response = say(client, batch, "confirm")
    assert response.url == reverse("import-detail", args=[batch.pk])
    page = client.get(response.url).content.decode()
    assert "The file would add 3 numbers" in page and "Arvada K-8" in page and "Attendance rate" in page
    assert not Indicator.objects.filter(code="attendance-rate").exists()
    assert not Organization.objects.filter(code="0109").exists()


def apply(client, batch):
    batch.refresh_from_db()
    return client.post(reverse("import-apply", args=[batch.pk]), {"difference_hash": batch.difference_hash})


def test_what_is_missing_is_created_with_the_numbers(world, client):
    batch = waiting(world)
    say(client, batch, "confirm")
    page = client.get(apply(client, batch).url).content.decode()
    assert "3 numbers were written" in page and "1 indicators, 1 organizations" in page
    indicator = Indicator.objects.get(code="attendance-rate")
    assert (indicator.is_public, indicator.unit, indicator.natural_high) == (False, "percent", 100)
    school = Organization.objects.get(authority="CO", code="0109")
    assert (school.name, school.parent, school.kind) == ("Arvada K-8", world.jeffco, "school")
    values = Observation.objects.current().values_list(
        "series__organization__code", "value", "n", "sheet", "row", "column"
    )
    assert set(values) == {
        ("0108", Decimal("92.6"), 800, 1, 3, 3), ("0109", Decimal("93.1"), 400, 1, 4, 3),
        ("1420", Decimal("92.2"), 84_000, 1, 5, 3),
    }  # fmt: skip


def masked():
    """The mapping of a file whose cells hold stars."""
    found = state_mapping()
    found.indicators["Attendance Rate"].details |= {"masked_by_publisher": "True", "mask": "*"}
    return found


@pytest.mark.parametrize(("said", "is_masked"), [({}, True), ({"indicators-0-masked_by_publisher": "False"}, False)])
def test_that_its_publisher_hides_small_groups_is_proposed_with_the_reason_and_decided(world, client, said, is_masked):
    batch = waiting(world, masked())
    page = client.get(address(batch)).content.decode()
    assert "marks such as “*”" in page
    assert re.search(r'name="indicators-0-masked_by_publisher"[^>]*><option value="True" selected>yes<', page)
    say(client, batch, "confirm", **{"indicators-0-key": "Attendance Rate"}, **said)
    apply(client, batch)
    assert Indicator.objects.get(code="attendance-rate").masked_by_publisher == is_masked


def test_where_no_mark_says_so_it_is_not_proposed(world, client):
    page = client.get(address(waiting(world))).content.decode()
    assert page.count("No marks that hide small groups were found") == 1, "of the one that would be made"
    assert re.search(r'name="indicators-0-masked_by_publisher"[^>]*>.{0,60}<option value="False" selected>no<', page)


def test_discarding_a_preview_leaves_nothing_behind(world, client):
    batch = waiting(world)
    say(client, batch, "confirm")
    client.post(reverse("import-discard", args=[batch.pk]))
    assert not Indicator.objects.filter(code="attendance-rate").exists()


def test_a_name_can_mean_a_known_one_or_be_left_out(world, client):
    batch = waiting(world)
    fields = {"organizations-1-key": "0109", "organizations-1-act": "leave_out"}
    fields |= {
        "indicators-0-key": "Attendance Rate",
        "indicators-0-act": "use",
        "indicators-0-to": "Graduation in four years",
    }
    say(client, batch, "confirm", **fields, **{"fixed-period": "2019"})
    apply(client, batch)
    assert set(Observation.objects.values_list("series__indicator__code", "series__organization__code")) == {
        ("graduation-4yr", "0108"), ("graduation-4yr", "1420"),
    }  # fmt: skip


def test_a_name_that_nothing_known_has_is_said_beside_its_field_and_kept(world, client):
    batch = waiting(world)
    fields = {"indicators-0-key": "Attendance Rate", "indicators-0-act": "use", "indicators-0-to": "Nonsense"}
    response = say(client, batch, "confirm", **fields, **{"fixed-period": "2017-2018"})
    page = response.content.decode()
    assert response.status_code == 422 and "Nothing of this name is known here" in page
    assert 'value="2017-2018"' in page and draft(batch).tables[0].period == "2017-2018"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"header_rows": "five"}, "Write row numbers"),
        ({"header_rows": "9", "last_row": "3"}, "The header stands above the last row"),
        ({"read": ""}, "Choose at least one table"),
        ({"c3-role": "leave_out"}, "Say which column holds the numbers"),
    ],
)
def test_what_cannot_be_read_is_said(world, client, fields, words, monkeypatch):
    monkeypatch.setattr(actions.mappings, "named_again", lambda workbook, mapping, words: mapping)
    batch = waiting(world)
    response = say(client, batch, "confirm", **fields)
    assert response.status_code == 422 and words in response.content.decode()


def test_all_unknown_schools_are_one_choice(world, client):
    mapping = state_mapping()
    for number in range(200, 290):
        details = {"kind": "school", "authority": "CO", "code": f"0{number}", "name": f"School {number}"}
        mapping.organizations[f"0{number}"] = Choice("create", f"CO:0{number}", DOUBT, details, 1)
    batch = waiting(world, mapping)
    page = client.get(address(batch)).content.decode()
    assert "Create all 91" in page and len(page) < 400_000
    say(client, batch, **{"organizations-all": "leave_out"})
    assert sum(choice.act == "create" for choice in draft(batch).organizations.values()) == 0


def test_numbers_with_several_kinds_of_doubt_are_all_settled_by_one_yes(world, client):
    batch = waiting(world)
    assert draft(batch).doubts
    say(client, batch, "confirm")
    batch.refresh_from_db()
    assert batch.state == "checked" and batch.layout["is_confirmed"]


def test_a_previewed_file_can_be_read_in_another_way_again(world, client):
    batch = waiting(world)
    say(client, batch, "confirm")
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "Change how it is read" in page
    say(client, batch, **{"c3-scale": "1"})
    batch.refresh_from_db()
    assert (batch.state, batch.difference_hash) == ("mapping", "")


def test_an_applied_mapping_is_remembered_under_a_name_without_the_year(world, client):
    batch = waiting(world)
    say(client, batch, "confirm")
    apply(client, batch)
    kept = FileMapping.objects.get()
    assert (kept.name, kept.district, kept.by) == ("Attendance", world.jeffco, world.steward.person)
    assert "Attendance" in client.get(reverse("import-list")).content.decode()
    assert Mapping.from_json(kept.mapping).tables[0].columns[2].scale == "100"


def test_a_remembered_mapping_is_renamed_and_forgotten(world, client):
    kept = FileMapping.objects.create(district=world.jeffco, name="Attendance", mapping={})
    other = FileMapping.objects.create(district=world.jeffco, name="Truancy", mapping={})
    client.post(reverse("mapping-rename", args=[kept.pk]), {"name": "Truancy"})
    kept.refresh_from_db()
    assert kept.name == "Attendance", "two of one name could not be told apart"
    client.post(reverse("mapping-rename", args=[kept.pk]), {"name": "Attendance by school"})
    kept.refresh_from_db()
    assert kept.name == "Attendance by school"
    assert client.get(reverse("mapping-forget", args=[other.pk])).status_code == 200
    client.post(reverse("mapping-forget", args=[other.pk]))
    assert not FileMapping.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("verb", ["rename", "forget"])
def test_a_remembered_mapping_belongs_to_the_stewards_of_its_district(world, client, verb):
    kept = FileMapping.objects.create(district=world.jeffco, name="Attendance", mapping={})
    where = reverse(f"mapping-{verb}", args=[kept.pk])
    client.force_login(make_steward(world.jcps))
    assert client.post(where, {"name": "x"}).status_code == 404
    client.force_login(make_user())
    assert client.post(where, {"name": "x"}).status_code == 403
    client.force_login(make_steward(world.jeffco))  # a colleague
    assert client.post(where, {"name": "x"}).status_code == 302


def test_only_stewards_of_the_district_say_what_columns_mean(world, client):
    batch = waiting(world)
    client.force_login(make_steward(world.jeffco))
    assert client.get(address(batch)).status_code == 200
    for stranger in (make_steward(world.jcps), make_user()):
        client.force_login(stranger)
        assert client.get(address(batch)).status_code == 404
        assert say(client, batch, "confirm").status_code == 404
    assert ImportBatch.objects.get(pk=batch.pk).state == "mapping"


def test_a_district_is_created_with_a_place_for_grants(world, client):
    details = {"kind": "district", "authority": "CO", "code": "0900", "name": "Douglas County"}
    mapping = state_mapping(
        organizations={"0108": Choice(USE, "CO:0108", SURE), "0109": Choice("create", "", DOUBT, details)}
    )
    mapping.organizations["9998"] = Choice("leave_out", "", SURE)
    batch = waiting(world, mapping)
    say(client, batch, "confirm")
    apply(client, batch)
    douglas = Organization.objects.get(code="0900")
    assert douglas.kind == "district" and douglas.scope is not None and douglas.history.count() == 1


@pytest.mark.parametrize("names", [1, 3])
def test_the_page_does_not_grow_in_queries(world, client, django_assert_num_queries, names):
    mapping = state_mapping()
    for number in range(names):
        mapping.organizations[f"x{number}"] = Choice("create", f"CO:x{number}", DOUBT, {"code": f"x{number}"}, 1)
    batch = waiting(world, mapping)
    with django_assert_num_queries(15):
        client.get(address(batch))


def test_the_second_of_two_who_correct_a_mapping_is_told(world, client):
    batch = waiting(world)
    seen = client.get(address(batch)).context["draft"]
    say(client, batch, draft=seen, **{"fixed-period": "2018"})
    other = say(client, batch, draft=seen, **{"fixed-period": "2017"})
    assert other.status_code == 409 and "Somebody else changed" in other.text and "2017" in other.text
    assert draft(batch).tables[0].period == "2018"
    again = say(client, batch, draft=other.context["draft"], **{"fixed-period": "2017"})
    assert again.status_code == 200 and draft(batch).tables[0].period == "2017"


@pytest.mark.parametrize("nonsense", ["²", "9" * 5000, "-1"])
def test_nonsense_in_the_fields_for_numbers_is_passed_over(world, client, nonsense):
    batch = waiting(world)
    column = draft(batch).tables[0].columns[-1].column
    assert (
        say(client, batch, table=nonsense if nonsense == "²" else "0", **{f"c{column}-n": nonsense}).status_code == 200
    )


@pytest.mark.parametrize(
    "field, text",
    [
        ("decimals", "many"),
        ("decimals", "-1"),
        ("decimals", "12"),
        ("unit", "furlongs"),
        ("masked_by_publisher", "maybe"),
    ],
)
def test_what_is_to_be_created_comes_from_the_lists(world, client, field, text):
    batch = waiting(world)
    printed = next(iter(draft(batch).indicators))
    fields = {"indicators-0-key": printed, "indicators-0-act": "create", f"indicators-0-{field}": text}
    answer = say(client, batch, **fields)
    assert answer.status_code == 422 and "from the lists" in answer.text
    assert draft(batch).indicators[printed].details.get(field) != text
