"""Files under charts: the page's numbers, day and language, under names that speak, and safe to open."""

import csv
import io
from datetime import date, datetime
from xml.etree import ElementTree

import openpyxl
import pytest
from django.urls import reverse

from indicators.models import Citation, Indicator, Organization
from strategy.measures import period_of
from strategy.models import LeadingIndicator, PdsaCycle, Plan
from tests.factories import (
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
)
from tests.strategy.learning import make_test

pytestmark = pytest.mark.django_db

EARLIER = "2019-12-31"
FORMATS = {"csv": "text/csv", "xlsx": "application/vnd", "svg": "image/svg+xml", "png": "image/png"}


@pytest.fixture
def plan():
    state = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    return make_plan(make_district(parent=state, name="Jeffco"), slug="generations")


@pytest.fixture
def series(plan):
    """Graduation of three classes, the last one published in 2020, with a source that looks like a formula."""
    series = make_series(make_indicator(code="graduation"), plan.district)
    make_observation(series, 2017, 83.5, date(2018, 1, 18))
    make_observation(series, 2018, 85.1, date(2019, 1, 18))
    formula = Citation.objects.create(text="=HYPERLINK(1)")
    make_observation(series, 2019, 85.3, date(2020, 1, 16), citation=formula)
    return series


@pytest.fixture
def goal(plan, series):
    return make_goal(make_tactic(make_strategy(plan, slug="learning"), slug="equity"), series)


@pytest.fixture
def weeks(plan, goal):
    """A weekly series that the team of the goal watches."""
    weekly = make_indicator(code="weekly", calendar="calendar_year", kind="week", is_illustration=True)
    series = make_series(weekly, plan.district)
    for number in range(104_620, 104_632):
        make_observation(series, number, 90 + number % 3, date(2020, 1, 2), decide=number == 104_631)
    return LeadingIndicator.objects.create(
        tactic=goal.tactic, goal=goal, series=series, expected_sign=1, lag_days=30, reason="It moves first",
        confidence="high", declared_on=date(2018, 2, 8),
    )  # fmt: skip


def fetch(client, name, *place, prefix="", **query):
    response = client.get(prefix + reverse(name, args=place), query)
    assert response.status_code == 200, response
    return response


def table_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def book_of(response):
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return list(book.worksheets[0].iter_rows(values_only=True)), dict(book.worksheets[1].iter_rows(values_only=True))


def words_of(response):
    return " ".join(ElementTree.fromstring(response.content).itertext())


@pytest.mark.parametrize("kind", FORMATS)
def test_every_chart_comes_in_four_formats_under_a_name_that_speaks(client, plan, series, goal, weeks, kind):
    charts = [
        (("indicator-file", "generations", "graduation", "series"), "generations-graduation-series"),
        (("indicator-file", "generations", "weekly", "run"), "generations-weekly-run"),
        (("goal-file", "generations", "learning", "equity", goal.slug), f"generations-equity-{goal.slug}"),
        (("leading-file", "generations", "learning", "equity", weeks.pk), "generations-equity-weekly"),
    ]
    for place, name in charts:
        response = fetch(client, *place, kind)
        assert response["Content-Type"].startswith(FORMATS[kind])
        assert response["Content-Disposition"] == f'attachment; filename="{name}.{kind}"'
        assert response["Cache-Control"] == "public, max-age=300"
        assert len(response.content) > 200


def test_a_format_or_part_that_there_is_not_is_not_found(client, plan, series, goal):
    for place in (("graduation", "series", "pdf"), ("graduation", "groups", "svg"), ("graduation", "nothing", "csv")):
        assert client.get(reverse("indicator-file", args=["generations", *place])).status_code == 404
    assert (
        client.get(reverse("goal-file", args=["generations", "learning", "equity", goal.slug, "pdf"])).status_code
        == 404
    )
    assert client.get(reverse("indicator-data", args=["generations", "graduation", "svg"])).status_code == 404


def test_a_file_knows_what_was_known_on_the_day_and_says_so(client, plan, series, goal):
    for name, place in (
        ("indicator-file", ["graduation", "series"]),
        ("goal-file", ["learning", "equity", goal.slug]),
    ):
        for kind in ("csv", "svg"):
            response = fetch(client, name, "generations", *place, kind, as_of=EARLIER)
            text = response.content.decode()
            assert "85.1" in text and "85.3" not in text, (name, kind)
            assert f"-as-of-{EARLIER}.{kind}" in response["Content-Disposition"]
            assert response["X-Robots-Tag"] == "noindex"
    rows, about = book_of(fetch(client, "indicator-file", "generations", "graduation", "series", "xlsx", as_of=EARLIER))
    assert len(rows) == 3
    assert about["As known on"] == EARLIER
    assert "as known on December 31, 2019" in words_of(
        fetch(client, "indicator-file", "generations", "graduation", "series", "svg", as_of=EARLIER)
    )


def test_a_plan_in_force_today_may_be_found_by_search_engines(client, plan, series):
    Plan.objects.filter(pk=plan.pk).update(is_demonstration=False, standing_day=None)
    response = fetch(client, "indicator-file", "generations", "graduation", "series", "csv")
    assert "X-Robots-Tag" not in response


def test_csv_and_workbook_hold_the_same_rows_and_the_workbook_real_numbers(client, plan, series):
    listed = table_of(fetch(client, "indicator-data", "generations", "graduation", "csv"))
    rows, about = book_of(fetch(client, "indicator-data", "generations", "graduation", "xlsx"))
    assert [list(rows[0])] + [[shown(cell) for cell in row] for row in rows[1:]] == listed
    value, since = rows[0].index("Value"), rows[0].index("Known since")
    assert rows[1][value] == 85.3
    assert rows[1][since] == datetime(2020, 1, 16)
    assert about["Source"] == "Colorado Department of Education"
    assert about["Page"].endswith("/plans/generations/indicators/graduation/")


def shown(cell):
    """A cell of a workbook as the text file writes it."""
    return "" if cell is None else cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def test_no_cell_is_run_as_a_formula(client, plan, series):
    listed = table_of(fetch(client, "indicator-data", "generations", "graduation", "csv"))
    assert "'=HYPERLINK(1)" in listed[1]
    response = fetch(client, "indicator-data", "generations", "graduation", "xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert "'=HYPERLINK(1)" in [cell.value for cell in sheet[2]]
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_picture_carries_finding_source_and_address(client, plan, series, goal):
    said = words_of(fetch(client, "indicator-file", "generations", "graduation", "series", "svg"))
    for words in (
        "85.3% for the class of 2019",
        "Source: Colorado Department of Education",
        "Jeffco Generations, as known on February 6, 2020. http://testserver/plans/generations/indicators/graduation/",
    ):
        assert words in said
    assert "points behind the plan" in words_of(
        fetch(client, "goal-file", "generations", "learning", "equity", goal.slug, "svg")
    )


def test_a_run_charts_picture_says_what_its_signs_mean(client, plan, goal, weeks):
    """On the page a list below the chart says so; a picture taken away has no page."""
    within = period_of(weeks.series.indicator, 104_625).start
    PdsaCycle.objects.create(
        tactic=goal.tactic, leading_indicator=weeks, number=1, scale="one school", question="Do calls home help?", prediction="Yes",
        started_on=within,
    )  # fmt: skip
    said = words_of(fetch(client, "leading-file", "generations", "learning", "equity", weeks.pk, "svg"))
    assert "1: Test of change" in said and "Do calls home help?" in said


def test_an_illustration_says_so_in_every_format(client, plan, series, goal, weeks):
    place = ["leading-file", "generations", "learning", "equity", weeks.pk]
    assert "Illustration: these figures are not real." in words_of(fetch(client, *place, "svg"))
    assert {row[-1] for row in table_of(fetch(client, *place, "csv"))[1:]} == {"all"}
    rows, about = book_of(fetch(client, "indicator-file", "generations", "weekly", "run", "xlsx"))
    assert {row[-1] for row in rows[1:]} == {"all"}
    assert about["Illustration"] == "all"


def test_the_file_of_a_run_chart_says_what_happened_beside_the_reading(client, plan, series, goal, weeks):
    make_test(goal.tactic, leading_indicator=weeks, planned_on=date(2006, 3, 1), started_on=date(2006, 3, 8))
    place = ["leading-file", "generations", "learning", "equity", weeks.pk, "csv"]
    rows = table_of(fetch(client, *place))
    at = rows[0].index("What happened")
    told = [row for row in rows[1:] if row[at]]
    assert [row[at] for row in told] == ["1: Test of change, March 8, 2006, Does a call on Friday help?"]
    assert told[0][1] == "Week of March 6, 2006"


def test_a_file_speaks_the_language_of_its_page(client, plan, series):
    response = client.get("/es/plans/generations/indicators/graduation/data.csv")
    assert response["Content-Disposition"].endswith('generations-graduation-es.csv"')
    assert "85.3" in response.content.decode()
    assert table_of(response)[0][0] == "Indicador"


def test_a_series_that_is_withheld_whole_has_a_table_and_no_picture(client, plan):
    school = Organization.objects.create(kind="school", authority="CO", code="1", name="Elm", parent=plan.district)
    indicator = make_indicator(code="small", counts="students")
    make_series(indicator, school)
    own = make_series(indicator, plan.district)
    make_observation(own, 2019, None, date(2020, 1, 16), mark="suppressed")
    assert client.get(reverse("indicator-file", args=["generations", "small", "series", "svg"])).status_code == 404
    assert (
        "Suppressed by the publisher"
        in fetch(client, "indicator-file", "generations", "small", "series", "csv").content.decode()
    )
    page = fetch(client, "indicator-detail", "generations", "small").content.decode()
    assert "files/series.csv" in page and "files/series.svg" not in page


def test_the_files_of_a_draft_plan_or_a_staff_only_indicator_are_not_there(client, plan, series, goal, weeks):
    places = [
        reverse("indicator-file", args=["generations", "graduation", "series", "png"]),
        reverse("goal-file", args=["generations", "learning", "equity", goal.slug, "xlsx"]),
        reverse("leading-file", args=["generations", "learning", "equity", weeks.pk, "csv"]),
    ]
    Indicator.objects.update(is_public=False)
    assert {client.get(place).status_code for place in places} == {404}
    Indicator.objects.update(is_public=True)
    assert {client.get(place).status_code for place in places} == {200}
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    assert {client.get(place).status_code for place in places} == {404}
