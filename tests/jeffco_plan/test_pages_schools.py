"""The schools of a district: found, ordered, beside the district, and nothing shown that may not be."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from indicators.models import Annotation, Indicator, Organization, OrganizationName, StudentGroup
from indicators.publishing import decide
from tests.factories import (
    make_district,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_translation,
    number,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]

KNOWN = date(2020, 1, 16)
LIST_QUERIES, SCHOOL_QUERIES, INDEX_QUERIES = 9, 8, 4


@pytest.fixture
def plan():
    return make_plan(make_district(name="Jeffco Public Schools"), slug="generations")


@pytest.fixture
def indicator(plan):
    """Graduation of the district in 2018 and 2019."""
    indicator = make_indicator(code="graduation")
    series = make_series(indicator, plan.district)
    make_observation(series, 2018, 84.0, KNOWN, n=6500)
    make_observation(series, 2019, 85.3, KNOWN, n=6500)
    return indicator


def add_school(plan, indicator, name, values, *, code=None, group=None, n=1200, **about):
    """A school with results by class; a value that is a pair carries its own n."""
    school = Organization.objects.create(
        kind="school", authority="CO-SCH", code=code or f"{number():04d}", name=name, parent=plan.district, **about
    )
    series = make_series(indicator, school, group)
    for period, value in values.items():
        value, size = value if isinstance(value, tuple) else (value, n)
        make_observation(series, period, value, KNOWN, n=size, decide=False)
    decide([indicator.pk])
    return school


@pytest.fixture
def three(plan, indicator):
    add_school(plan, indicator, "Évora High", {2018: 80.0, 2019: 91.0}, n=1500)
    add_school(plan, indicator, "Ames High", {2018: 95.0, 2019: 93.5})
    add_school(plan, indicator, "Zion High", {2019: 72.0}, n=3000)


def show(client, indicator, **query):
    response = client.get(reverse("indicator-schools", args=["generations", indicator.code]), query)
    assert response.status_code == 200
    return response.content.decode()


def names_in(html):
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', html)


def row_of(html, name):
    """The words of one school's row."""
    row = next(row for row in html.split("<tr") if f">{name}</a>" in row)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row.split(">", 1)[1]))


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", ["Ames High", "Évora High", "Zion High"]),
        ("-name", ["Zion High", "Évora High", "Ames High"]),
        ("value", ["Zion High", "Évora High", "Ames High"]),
        ("-value", ["Ames High", "Évora High", "Zion High"]),
        ("change", ["Ames High", "Évora High", "Zion High"]),
        ("-change", ["Évora High", "Ames High", "Zion High"]),
        ("gap", ["Zion High", "Évora High", "Ames High"]),
        ("n", ["Ames High", "Évora High", "Zion High"]),
        ("nonsense", ["Ames High", "Évora High", "Zion High"]),
    ],
)
def test_schools_are_ordered_by_any_column_and_what_has_no_figure_comes_last(client, indicator, three, sort, names):
    html = show(client, indicator, sort=sort)
    assert names_in(html) == names
    assert html.count("aria-sort") == 1


def test_each_school_stands_beside_the_district(client, indicator, three):
    html = show(client, indicator)
    assert "91.0% +11.0 +5.7 1,500" in row_of(html, "Évora High")
    assert "93.5% −1.5 +8.2" in row_of(html, "Ames High")
    assert "From 72.0% to 93.5% for the class of 2019, in the 3 schools with an exact result" in html
    assert "85.3%" in html.split("schools__d")[1]


def test_the_district_is_named_in_the_readers_language(client, plan, indicator, three):
    make_translation("Jeffco Public Schools", "Escuelas Públicas de Jeffco")
    school = Organization.objects.get(name="Zion High")
    for name, args in (("indicator-schools", [indicator.code]), ("school-detail", [school.code])):
        with translation.override("es"):
            address = reverse(name, args=["generations", *args])
        text = client.get(address).content.decode()
        assert "Escuelas Públicas de Jeffco" in text and "Jeffco Public Schools" not in text


def test_a_school_is_found_by_any_name_it_carried_without_accents(client, indicator, three):
    assert names_in(show(client, indicator, q="evora")) == ["Évora High"]
    school = Organization.objects.get(name="Zion High")
    OrganizationName.objects.create(organization=school, name="OLD MILL ACADEMY")
    assert names_in(show(client, indicator, q="old mill")) == ["Zion High"]
    assert names_in(show(client, indicator, q=school.code)) == ["Zion High"]
    html = show(client, indicator, q="nowhere")
    assert names_in(html) == [] and "No school carries that name" in html


def test_a_period_shows_that_period_and_what_came_before_it(client, plan, indicator, three):
    html = show(client, indicator, period=2018)
    assert "95.0%" in row_of(html, "Ames High")
    assert "No result" in row_of(html, "Zion High")
    assert "93.5" not in html
    assert "+11.0" in row_of(html, "Ames High"), "11 points above the district's 84.0"


def test_a_group_shows_that_group(client, plan, indicator, three):
    group = StudentGroup.objects.create(code="gifted", name="Gifted students")
    school = add_school(plan, indicator, "Oak High", {2019: 98.0}, group=group)
    html = show(client, indicator, group="gifted")
    assert "98.0%" in row_of(html, "Oak High")
    assert names_in(html) == ["Oak High"] and "3 other schools have no result of this group" in html
    assert '<option value="gifted" selected>' in html
    assert f"/schools/{school.code}/" in html


def test_a_closed_school_is_named_as_closed_and_one_not_yet_open_is_not_there(client, plan, indicator):
    add_school(plan, indicator, "Closed High", {2018: 80.0}, closed_on=date(2019, 6, 14))
    add_school(plan, indicator, "Coming High", {2019: 80.0}, opened_on=date(2020, 8, 1))
    html = show(client, indicator)
    assert "Closed June 14, 2019" in row_of(html, "Closed High")
    assert "Class of 2018" in row_of(html, "Closed High"), "its last result is older than the others'"
    assert "Coming High" not in html
    assert "Closed June" not in show(client, indicator, as_of="2019-06-13")


def test_a_small_school_says_why_nothing_is_shown_and_takes_its_gap_along(client, plan, indicator):
    add_school(plan, indicator, "Tiny High", {2018: 61.7, 2019: (73.4, 9)})
    words = row_of(show(client, indicator), "Tiny High")
    assert "Withheld" in words
    assert "73.4" not in show(client, indicator)
    assert words.count("Withheld") == 2, "the result and the gap"


def test_a_result_whose_group_size_its_publisher_does_not_tell_says_so(client, plan, indicator):
    Indicator.objects.update(masked_by_publisher=True)
    school = add_school(plan, indicator, "Evergreen High", {2019: 81.4}, n=None)
    assert "81.4% −3.9 not published" in row_of(show(client, indicator), "Evergreen High")
    page = client.get(reverse("school-detail", args=["generations", school.code])).content.decode()
    assert "not published" in page
    Indicator.objects.update(masked_by_publisher=False)
    decide([indicator.pk])
    assert "not published" not in show(client, indicator)


def test_no_change_is_told_across_a_break(client, indicator, three):
    Annotation.objects.create(indicator=indicator, kind="break", period=2019, text="New", known_on=date(2019, 8, 1))
    assert "+11.0" not in row_of(show(client, indicator), "Évora High")


def test_who_took_part_stands_below_a_change_where_it_changed_much(client, plan, indicator, three):
    tested = make_indicator(code="graduation-participation")
    series = make_series(tested, Organization.objects.get(name="Ames High"))
    make_observation(series, 2018, 98.0, KNOWN, decide=False)
    make_observation(series, 2019, 81.0, KNOWN)
    html = show(client, indicator)
    assert "tested: 98.0%, then 81.0%" in row_of(html, "Ames High")
    assert "tested:" not in row_of(html, "Évora High")


@pytest.mark.parametrize(
    "query", [{"period": "²"}, {"period": "9" * 30}, {"group": "none"}, {"page": "x"}, {"q": "\x00"}]
)
def test_nonsense_in_the_address_is_left_out(client, indicator, three, query):
    assert "Schools" in show(client, indicator, **query)


def test_a_code_that_cannot_stand_in_an_address_costs_the_link_alone(client, plan, indicator):
    add_school(plan, indicator, "Odd High", {2019: 80.0}, code="4/2")
    assert "Odd High" in show(client, indicator)
    assert "Odd High" in client.get("/plans/generations/schools/").content.decode()
    assert client.get("/plans/generations/schools/%00/").status_code == 404


def test_an_earlier_day_is_kept_by_every_link(client, plan, indicator, three):
    ames = indicator.series.get(organization__name="Ames High")
    make_observation(ames, 2017, 90.0, date(2018, 1, 18))
    html = show(client, indicator, as_of="2019-12-31")
    assert names_in(html) == ["Ames High"] and "90.0%" in html and "93.5" not in html
    page = html.split("<main", 1)[1].split("</main>")[0]
    own = re.findall(r'href="(/plans/[^"]*)"', page)
    assert own and all("as_of=2019-12-31" in address for address in own)


def test_htmx_gets_the_list_alone_and_the_count_to_be_heard(client, indicator, three):
    address = reverse("indicator-schools", args=["generations", indicator.code])
    part = client.get(address, {"q": "ames"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and names_in(part) == ["Ames High"]
    assert 'hx-swap-oob="true">1 of 3 schools' in part


def test_many_schools_come_in_pages_that_keep_what_was_asked(client, plan, indicator):
    for place in range(53):
        add_school(plan, indicator, f"School {place:02d}", {}, code=f"{place:04d}")
    for series in indicator.series.filter(organization__kind="school"):
        make_observation(series, 2019, 80.0, KNOWN, decide=False)
    decide([indicator.pk])
    html = show(client, indicator, sort="-name")
    assert len(names_in(html)) == 50
    assert "?sort=-name&amp;page=2" in html
    assert names_in(show(client, indicator, sort="-name", page=2)) == ["School 02", "School 01", "School 00"]


def test_the_file_holds_every_school_and_period_with_its_cell(client, plan, indicator, three):
    add_school(plan, indicator, "Tiny High", {2019: (73.4, 9)})
    response = client.get(reverse("indicator-schools-file", args=["generations", indicator.code, "csv"]))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 1 + 2 + 5 + 1
    assert ["Ames High", "All students", "Class of 2018", "95"] in [row[2:6] for row in rows]
    assert "73.4" not in response.content.decode()
    assert "numbers.csv, row 2, column 5" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_schools_groups_and_years(client, plan, indicator, count):
    for place in range(count):
        add_school(plan, indicator, f"School {place}", {2017 + year: 80.0 for year in range(count)})
        group = StudentGroup.objects.create(code=f"group-{place}", name=f"Group {place}")
        add_school(plan, indicator, f"Other {place}", {2019: 80.0}, group=group)
    show(client, indicator)
    with CaptureQueriesContext(connection) as asked:
        show(client, indicator, q="school")
    assert len(asked) == LIST_QUERIES


# The index


def test_every_school_is_found_from_any_page_of_the_plan(client, plan, indicator, three):
    home = client.get("/plans/generations/").content.decode()
    assert 'href="/plans/generations/schools/"' in home
    html = client.get("/plans/generations/schools/").content.decode()
    assert all(name in html for name in ("Ames High", "Évora High", "Zion High"))
    assert 'href="/plans/generations/indicators/graduation/schools/"' in html
    found = client.get("/plans/generations/schools/", {"q": "evora"}).content.decode()
    assert "Évora High" in found and "Ames High" not in found


def test_the_index_names_closed_schools_and_no_staff_only_indicator(client, plan, indicator):
    add_school(plan, indicator, "Closed High", {2018: 80.0}, closed_on=date(2019, 6, 14))
    add_school(plan, indicator, "Coming High", {}, opened_on=date(2020, 8, 1))
    Indicator.objects.update(is_public=False)
    html = client.get("/plans/generations/schools/").content.decode()
    assert "Closed June 14, 2019" in html and "Coming High" not in html
    assert "Four-year graduation rate" not in html


@pytest.mark.parametrize("count", [1, 3])
def test_questions_of_the_index_do_not_grow_with_schools(client, plan, indicator, count):
    for place in range(count):
        add_school(plan, indicator, f"School {place}", {})
    client.get("/plans/generations/schools/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/plans/generations/schools/").status_code == 200
    assert len(asked) == INDEX_QUERIES


# One school


def school_page(client, code, **query):
    response = client.get(reverse("school-detail", args=["generations", code]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_a_school_has_every_public_indicator_beside_the_district(client, plan, indicator):
    school = add_school(plan, indicator, "Ames High", {2018: 95.0, 2019: 93.5}, code="0042")
    attendance = make_indicator(code="attendance", name="Attendance rate")
    make_observation(make_series(attendance, school), 2019, 92.1, KNOWN)
    hidden = make_indicator(code="hidden", name="Known to staff", is_public=False)
    make_observation(make_series(hidden, school), 2019, 11.1, KNOWN)
    html = school_page(client, "0042")
    assert "93.5%" in html and "85.3%" in html and "+8.2" in html and "−1.5" in html
    assert "92.1%" in html
    assert "Known to staff" not in html and "11.1" not in html
    assert "2 of 2 indicators with a published result" in html
    assert "code 0042" in html


def test_a_school_may_be_seen_for_one_group(client, plan, indicator):
    school = add_school(plan, indicator, "Ames High", {2019: 93.5}, code="0042")
    group = StudentGroup.objects.create(code="gifted", name="Gifted students")
    make_observation(make_series(indicator, school, group), 2019, 98.0, KNOWN, n=1100)
    assert "98.0%" not in school_page(client, "0042")
    html = school_page(client, "0042", group="gifted")
    assert "98.0%" in html and "93.5%" not in html
    text = client.get(reverse("school-file", args=["generations", "0042", "csv"]), {"group": "gifted"})
    assert "98" in text.content.decode() and "93.5" not in text.content.decode()


def test_a_school_says_that_it_closed_and_what_it_was_called(client, plan, indicator):
    school = add_school(plan, indicator, "Ames High", {2019: 93.5}, code="0042", closed_on=date(2019, 6, 14))
    OrganizationName.objects.create(organization=school, name="AMES ACADEMY")
    html = school_page(client, "0042")
    assert "Closed June 14, 2019" in html and "AMES ACADEMY" in html


def test_a_school_without_numbers_says_what_will_stand_there(client, plan):
    Organization.objects.create(kind="school", authority="CO", code="0042", name="Elm", parent=plan.district)
    assert "Results of this school will stand here" in school_page(client, "0042")


def test_schools_of_another_district_and_drafts_are_not_found(client, plan, indicator):
    other = make_plan(slug="other")
    add_school(other, indicator, "Elsewhere", {2019: 50.0}, code="0042")
    assert client.get(reverse("school-detail", args=["generations", "0042"])).status_code == 404
    assert client.get(reverse("school-detail", args=["other", "0042"])).status_code == 200
    assert "Elsewhere" not in show(client, indicator)
    Indicator.objects.update(is_public=False)
    assert client.get(reverse("indicator-schools", args=["other", indicator.code])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_a_schools_indicators(client, plan, count):
    school = Organization.objects.create(kind="school", authority="CO", code="0042", name="Elm", parent=plan.district)
    for _place in range(count):
        indicator = make_indicator()
        for organization in (school, plan.district):
            series = make_series(indicator, organization)
            for period in range(2015, 2015 + count):
                make_observation(series, period, 80, KNOWN)
    school_page(client, "0042")
    with CaptureQueriesContext(connection) as asked:
        school_page(client, "0042")
    assert len(asked) == SCHOOL_QUERIES
