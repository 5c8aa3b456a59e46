"""The schools on the tactic's page and in its files: what they say of a claim, whom they leave out, as of any day."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Organization, Series
from strategy.models import LeadingIndicator
from tests.factories import (
    make_district,
    make_observation,
    make_person,
    make_plan,
    make_revision,
    make_strategy,
    make_tactic,
)
from tests.strategy.learning import add_school, make_leading, yearly_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]

LEADING, RESULTS = [90, 92, 91, 94, 95, 93, 97], [80, 81, "80.5", 83, "83.5", 82, 85]
PLACE = ["generations", "learning", "equity"]
MOVES = {"Ames High": (1, 2), "Birch High": (2, 5), "Évora High": (-3, -6), "Fir High": (4, 7), "Gale High": (5, -1),
         "Holm High": (2, 3)}  # fmt: skip


@pytest.fixture
def tactic():
    plan = make_plan(make_district(name="Jeffco Public Schools"), slug="generations")
    return make_tactic(make_strategy(plan, slug="learning"), leader=make_person("Ana"), slug="equity")


@pytest.fixture
def leading(tactic):
    """Attendance leads graduation by a year, in the district and in six schools."""
    leading = yearly_claim(tactic, LEADING, RESULTS)
    for name, (first, second) in MOVES.items():
        add_school(leading, name, (60, 60 + first), (70, 70 + second))
    return leading


def show(client, prefix="", **query):
    response = client.get(prefix + reverse("tactic-detail", args=PLACE), query)
    assert response.status_code == 200
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.text)


def words_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", page, flags=re.DOTALL))


def file(client, leading, part, kind, **query):
    return client.get(reverse(f"leading-{part}", args=[*PLACE, leading.pk, kind]), query)


def table(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_district_comes_first_and_its_schools_after(client, leading):
    page = show(client)
    text = words_of(page)
    whole = text.index("Jeffco Public Schools as a whole, over the years")
    assert whole < text.index("The two moved the same way in 6 of 6 pairs") < text.index("Its schools, each once")
    assert "In 5 of 6 schools the two moved the same way, with a lead of 1 year." in text
    assert re.search(r"Kendall’s tau 0\.\d\d; exact|Kendall’s tau 0\.\d\d; one-sided|tau 0\.\d\d", text)
    assert "Each school counts once, with its latest pair, that of 2010–11." in text


def test_the_table_leads_to_the_page_of_each_school(client, leading):
    page = show(client, as_of="2019-12-31")
    for name in MOVES:
        school = Organization.objects.get(name=name)
        link = f'<a href="/plans/generations/schools/{school.code}/?as_of=2019-12-31">{name}</a>'
        assert link in page
        assert client.get(f"/plans/generations/schools/{school.code}/?as_of=2019-12-31").status_code == 200
    assert re.findall(r'<th scope="row"><a [^>]*>([^<]*)</a>', page) == list(MOVES), "by name"


def test_a_code_that_cannot_stand_in_an_address_has_no_link(client, leading):
    add_school(leading, "Odd High", (60, 61), (70, 71), code="00/42")
    assert '<th scope="row">Odd High</th>' in show(client)


def test_a_school_whose_numbers_may_not_be_shown_is_counted_and_not_told(client, leading):
    add_school(leading, "Tiny High", (41.3, 43.7), (57.3, 59.7), n=9)
    page = show(client)
    assert "Left out: 1 school for a value that is withheld or told only as a range." in words_of(page)
    assert "In 5 of 6 schools" in page
    rows = table(file(client, leading, "schools", "csv"))
    assert [row for row in rows if row[0] == "Tiny High"] == [
        ["Tiny High", Organization.objects.get(name="Tiny High").code, *[""] * 7,
         "left out: a value is withheld or told only as a range", ""]
    ]  # fmt: skip
    drawing = re.sub(r'="[^"]*"', "", file(client, leading, "schools", "svg").text)  # places are numbers too
    everything = words_of(page) + file(client, leading, "schools", "csv").text + drawing
    assert "Tiny" not in page
    assert [number for number in ("41.3", "43.7", "57.3", "59.7", "+2.4") if number in everything] == []


def test_a_later_vintage_of_a_school_changes_nothing_on_the_earlier_day(client, leading):
    earlier = {"as_of": "2019-12-31"}
    before = [
        show(client, **earlier),
        *(file(client, leading, "schools", kind, **earlier).text for kind in ("csv", "svg")),
    ]
    today = show(client)
    for series in Series.objects.filter(organization__name="Ames High"):
        make_observation(series, 2010, 12, known_on=date(2020, 1, 15), n=1200)
    add_school(leading, "New High", (60, 61), (70, 71), known_on=date(2020, 1, 15))
    assert show(client) != today
    after = [
        show(client, **earlier),
        *(file(client, leading, "schools", kind, **earlier).text for kind in ("csv", "svg")),
    ]
    assert after == before


@pytest.mark.parametrize("schools", [0, 2])
def test_the_page_of_one_and_of_three_claims_asks_the_same(client, tactic, schools):
    asked = []
    for count in (1, 3):
        while LeadingIndicator.objects.count() < count:
            leading = yearly_claim(tactic, LEADING, RESULTS)
            for place in range(schools * count):
                add_school(leading, f"School {place}", (60, 61), (70, 71))
        show(client)  # what is remembered between pages is remembered now
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = show(client)
        assert page.count("Its schools, each once") == (count if schools else 0)
        asked.append(len(queries))
    assert asked[0] == asked[1] == 27 + (2 if schools else 0)


def test_the_pairs_may_be_taken_away(client, leading):
    page = show(client)
    for part, rows in (("pairs", 7), ("schools", 6)):
        for kind in ("csv", "xlsx", "svg", "png"):
            address = reverse(f"leading-{part}", args=[*PLACE, leading.pk, kind])
            assert f'href="{address}"' in page
            response = file(client, leading, part, kind)
            assert response.status_code == 200 and len(response.content) > 200
            code = leading.series.indicator.code
            name = f"generations-equity-{code}-{part}.{kind}"
            assert response["Content-Disposition"] == f'attachment; filename="{name}"'
        assert len(table(file(client, leading, part, "csv"))) == 1 + rows
    assert table(file(client, leading, "pairs", "csv"))[1][:6] == ["2015–16", "97", "4", "85", "3", "as declared"]
    assert table(file(client, leading, "schools", "csv"))[1] == [
        "Ames High", Organization.objects.get(name="Ames High").code, "2010–11", "60", "61", "1", "70", "72", "2",
        "as declared", "",
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(file(client, leading, "schools", "xlsx").content))
    about = dict(book.worksheets[1].iter_rows(values_only=True))
    assert "In 5 of 6 schools" in about["Finding"] and "1 year" in about["Method"]


def test_a_mean_that_does_not_end_is_rounded_in_the_file(client, tactic):
    leading = yearly_claim(tactic, LEADING, RESULTS, window_days=365 * 3)
    add_school(leading, "Ames High", (60, 61, 61, 62), (70, 71, 72, 73))
    row = table(file(client, leading, "schools", "csv"))[1]
    assert row[3:6] == ["60.666667", "61.333333", "0.666667"]


def test_files_are_only_of_what_is_declared_and_shown(client, leading):
    assert file(client, leading, "pairs", "pdf").status_code == 404
    assert file(client, leading, "schools", "csv", as_of="2018-08-31").status_code == 404, "not declared yet"
    assert file(client, leading, "schools", "csv", as_of="2019-05-31").status_code == 404, "no numbers yet"
    LeadingIndicator.objects.filter(pk=leading.pk).update(
        ended_on=date(2020, 1, 9), ended_by=make_person(), end_reason="It did not."
    )
    assert file(client, leading, "schools", "csv").status_code == 404
    assert file(client, leading, "schools", "csv", as_of="2020-01-08").status_code == 200


def test_a_claim_without_schools_has_no_file_of_schools(client, tactic):
    leading = yearly_claim(tactic, LEADING, RESULTS)
    assert "schools.csv" not in show(client)
    assert file(client, leading, "schools", "csv").status_code == 404
    assert file(client, leading, "pairs", "csv").status_code == 200


def test_a_claim_of_another_tactic_is_not_found_here(client, tactic, leading):
    other = make_leading(
        yearly_claim(make_tactic(tactic.strategy, slug="other"), LEADING, RESULTS).goal, leading.series
    )
    assert file(client, other, "pairs", "csv").status_code == 404


def test_a_gap_goal_says_why_its_schools_are_not_paired(client, leading):
    make_revision(leading.goal, leading.goal.revisions.get().measure, date(2019, 1, 1), minus=leading.series)
    text = words_of(show(client))
    assert "schools are not paired for it" in text and "In 5 of 6" not in text
    assert file(client, leading, "schools", "csv").status_code == 404


def test_staff_only_numbers_of_schools_reach_no_public_page(client, leading):
    indicator = leading.goal.revisions.get().measure.indicator
    type(indicator).objects.filter(pk=indicator.pk).update(is_public=False)
    assert "Ames High" not in show(client)
    assert file(client, leading, "schools", "csv").status_code == 404
    assert file(client, leading, "pairs", "csv").status_code == 404


def test_the_page_speaks_spanish(client, leading):
    assert "Ames High" in show(client, prefix="/es")
