"""The indicator page: its finding, its groups, its sources, and what it must never show."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Annotation, Indicator, Organization, StudentGroup
from indicators.templatetags.status import unbroken
from strategy.models import LeadingIndicator, SystemIndicator
from tests.factories import (
    make_batch,
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_window,
    number,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]

QUERIES = 14


@pytest.fixture
def plan():
    state = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    return make_plan(make_district(parent=state))


@pytest.fixture
def series(plan):
    """Graduation of the classes of 2017 and 2019, with the state's of 2019."""
    series = make_series(make_indicator(question="How many graduate in four years?"), plan.district)
    make_observation(series, 2017, 83.5, date(2018, 1, 18))
    make_observation(series, 2019, 85.3, date(2020, 1, 16))
    make_observation(make_series(series.indicator, plan.district.parent), 2019, 81.1, date(2020, 1, 16))
    return series


def show(client, plan, indicator, **query):
    response = client.get(reverse("indicator-detail", args=[plan.slug, indicator.code]), query)
    assert response.status_code == 200
    return response.content.decode()


def add_group(series, name, value, n=5000, period=2019):
    group = StudentGroup.objects.create(code=f"group-{number()}", name=name)
    one = make_series(series.indicator, series.organization, group)
    make_observation(one, period, value, date(2020, 1, 16), n=n)
    return one


def test_the_heading_is_the_finding(client, plan, series):
    html = show(client, plan, series.indicator)
    heading = html.split("<h1", 1)[1].split("</h1>")[0]
    assert "85.3% for the class of 2019" in heading
    assert "1.8 points" in heading
    assert "the class of 2017" in heading
    assert "How many graduate in four years?" in html
    assert "4.2 points above Colorado" in html


def test_an_earlier_day_knows_only_what_was_published(client, plan, series):
    html = show(client, plan, series.indicator, as_of="2019-12-31")
    assert "83.5% for the class of 2017" in html
    assert "85.3" not in html


def test_numbers_on_two_sides_of_a_break_are_not_compared(client, plan, series):
    Annotation.objects.create(
        indicator=series.indicator, kind="break", period=2018, text="A new test", known_on=date(2018, 8, 1)
    )
    html = show(client, plan, series.indicator)
    heading = html.split("<h1", 1)[1].split("</h1>")[0]
    assert "85.3% for the class of 2019" in heading
    assert "2017" not in heading
    assert "A new test" in html


def test_groups_stand_on_one_scale_and_withheld_ones_say_why(client, plan, series):
    add_group(series, "Female", 88.2)
    add_group(series, "Homeless", 61.7, n=9)
    html = show(client, plan, series.indicator)
    assert "88.2" in html
    assert "61.7" not in html
    assert "Withheld: too few people" in html


def test_every_number_says_where_it_came_from(client, plan, series):
    html = show(client, plan, series.indicator)
    assert "numbers.csv, row 2, column 5" in html
    assert "January 16, 2020" in html


def test_the_next_date_is_named_and_an_overdue_one_too(client, plan, series):
    make_window(series.indicator, 2020, date(2021, 1, 15))
    make_window(series.indicator, 2018, date(2019, 1, 15))
    html = show(client, plan, series.indicator)
    assert "January 15, 2021" in html
    assert "January 15, 2019" in html


def test_goals_and_teams_of_this_plan_that_rest_on_it(client, plan, series):
    tactic = make_tactic(make_strategy(plan), name="Commitment")
    goal = make_goal(tactic, series)
    make_goal(series=series)
    LeadingIndicator.objects.create(
        tactic=tactic, goal=goal, series=series, expected_sign=1, lag_days=30, reason="It moves first",
        confidence="high", declared_on=date(2018, 2, 8),
    )  # fmt: skip
    html = show(client, plan, series.indicator)
    assert html.count(f"#goal-{goal.slug}") == 1
    assert "Watched early" in html


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("indicator-detail", []),
        ("indicator-data", ["csv"]),
        ("indicator-figure", []),
        ("indicator-file", ["series", "svg"]),
        ("indicator-schools", []),
        ("indicator-schools-file", ["csv"]),
    ],
)
def test_what_is_not_public_or_of_another_district_is_not_found(client, plan, series, name, more):
    other = make_series()
    assert client.get(reverse(name, args=[plan.slug, other.indicator.code, *more])).status_code == 404
    own = reverse(name, args=[plan.slug, series.indicator.code, *more])
    assert client.get(own).status_code == 200
    Indicator.objects.filter(pk=series.indicator_id).update(is_public=False)
    assert client.get(own).status_code == 404


def test_the_file_holds_numbers_reasons_and_sources(client, plan, series):
    Indicator.objects.filter(pk=series.indicator_id).update(is_illustration=True)
    add_group(series, "Homeless", 61.7, n=9)
    text = client.get(reverse("indicator-data", args=[plan.slug, series.indicator.code, "csv"])).content.decode(
        "utf-8-sig"
    )
    assert "85.3" in text
    assert "61.7" not in text
    assert "Withheld: too few people" in text
    assert '"numbers.csv, row 2, column 5",all' in text


def test_the_figure_says_the_same(client, plan, series):
    response = client.get(reverse("indicator-figure", args=[plan.slug, series.indicator.code]))
    assert response["Content-Type"] == "application/json"
    assert "85.3" in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "width"),
    [("", 1216), ("?size=c-m&width=800", 800), ("?width=" + "9" * 5000, 1216), ("?width=-1&size=%00", 1216)],
)
def test_the_figure_is_laid_out_for_the_width_that_is_asked_for_and_no_other_request_breaks_it(
    client, plan, series, asked, width
):
    address = reverse("indicator-figure", args=[plan.slug, series.indicator.code])
    assert client.get(address + asked).json()["layout"]["width"] == width


def test_without_a_number_the_page_says_what_will_stand_there(client, plan):
    empty = make_series(organization=plan.district)
    assert "No result" in show(client, plan, empty.indicator)


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_groups_and_goals(client, plan, series, count):
    strategy = make_strategy(plan)
    for _number in range(count):
        add_group(series, f"Group {number()}", 80)
        make_goal(make_tactic(strategy), series)
        Annotation.objects.create(
            indicator=series.indicator, kind="event", period=2018, text="A note", known_on=date(2018, 8, 1)
        )
    show(client, plan, series.indicator)
    with CaptureQueriesContext(connection) as asked:
        show(client, plan, series.indicator)
    assert len(asked) == QUERIES


def test_the_plans_own_benchmark_is_just_another_series(client, plan, series):
    other = Organization.objects.create(kind="comparator", authority="KY", code="275", name="Jefferson County")
    beside = make_series(series.indicator, other)
    make_observation(beside, 2019, 82.0, date(2020, 1, 16))
    assert "Jefferson County" not in show(client, plan, series.indicator)
    SystemIndicator.objects.create(plan=plan, series=series, benchmark=beside)
    html = show(client, plan, series.indicator)
    assert "4.2 points above Colorado; 3.3 points above Jefferson County" in html
    assert html.count('<th scope="col" class="num">Jefferson County</th>') == 1
    figure = client.get(reverse("indicator-figure", args=[plan.slug, series.indicator.code])).content.decode()
    assert "Jefferson County" in figure and "Colorado" in figure


def test_who_took_part_stands_beside_the_share_that_met(client, plan, series):
    tested = make_series(make_indicator(code=f"{series.indicator.code}-participation", name="Tested"), plan.district)
    make_observation(tested, 2017, 94.0, date(2018, 1, 18))
    make_observation(tested, 2019, 82.0, date(2020, 1, 16))
    html = show(client, plan, series.indicator)
    assert "82.0% took part, 12.0 points fewer than for the class of 2017 (94.0%)" in html
    assert '<th scope="col" class="num">Tested</th>' in html
    assert "12.0 points fewer" not in show(client, plan, series.indicator, as_of="2019-12-31")


def test_participation_that_hardly_changed_is_not_worth_a_sentence(client, plan, series):
    tested = make_series(make_indicator(code=f"{series.indicator.code}-participation"), plan.district)
    make_observation(tested, 2017, 94.0, date(2018, 1, 18))
    make_observation(tested, 2019, 89.0, date(2020, 1, 16))
    assert "took part" not in show(client, plan, series.indicator)


def test_the_same_classes_after_more_years_are_a_table_and_never_a_line(client, plan):
    """Rates of one workbook for four classes, 84.6, 87.8, 88.3 and 89.3, are four cohorts."""
    rates = {4: (2019, 84.6), 5: (2018, 87.8), 6: (2017, 88.3), 7: (2016, 89.3)}
    for years, (period, value) in rates.items():
        one = make_series(make_indicator(code=f"graduation-{years}yr", short_name=f"{years} years"), plan.district)
        make_observation(one, period, value, date(2020, 1, 16))
    four = Indicator.objects.get(code="graduation-4yr")
    html = show(client, plan, four)
    assert "The same classes later" in html and "no line joins them" in html
    assert all(f"{value}%" in html for _period, value in rates.values())
    for file in ("figure.json", "files/series.svg", "files/series.csv"):
        text = client.get(f"/plans/{plan.slug}/indicators/graduation-4yr/{file}").content.decode()
        assert "84.6" in text and not [v for v in ("87.8", "88.3", "89.3") if v in text], file
    drawing = html.split('<figure class="fig"')[1].split("</figure>")[0]
    assert "84.6" in drawing and "87.8" not in drawing


def test_a_break_stops_the_line(client, plan, series):
    make_observation(series, 2018, 84.1, date(2019, 1, 18))
    drawn = lambda: show(client, plan, series.indicator).split('class="g-act"', 1)[1].split(' d="')[1].split('"')[0]  # noqa: E731
    assert drawn().count("L") == 2
    Annotation.objects.create(
        indicator=series.indicator, kind="break", period=2019, text="A new test", known_on=date(2018, 8, 1)
    )
    assert drawn().count("L") == 1, "2017 and 2018 are joined, 2019 stands alone"
    html = show(client, plan, series.indicator)
    assert "Series break" in html.split("</figure>")[0]


def test_a_year_without_a_test_stands_in_drawing_table_notes_and_file(client, plan):
    tested = make_series(make_indicator(code="reading"), plan.district)
    for year in (2016, 2017, 2019):
        make_observation(tested, year, 84.1, date(2019, 8, 15))
    make_window(tested.indicator, 2018, date(2018, 8, 15), not_collected=True, reason="The tests were canceled.")
    Annotation.objects.create(
        indicator=tested.indicator, kind="event", period=2019, text="Fewer took part", known_on=date(2019, 8, 15)
    )
    html = show(client, plan, tested.indicator)
    drawing, rest = html.split("</figure>", 1)
    assert "No result" in drawing and "No result for the class of 2018." in drawing
    table = rest.split("</table>")[0]
    years = [table.index(f"Class of {year}") for year in (2019, 2018, 2017)]
    assert years == sorted(years) and "The tests were canceled." in table
    notes = rest.split('id="notes"')[1].split("</section>")[0]
    assert notes.index("Class of 2018") < notes.index("Class of 2019"), "in order of the periods"
    file = client.get(f"/plans/{plan.slug}/indicators/reading/files/series.csv").content.decode()
    (line,) = [line for line in file.splitlines() if "Class of 2018" in line]
    assert "No result" in line and "The tests were canceled." in line


def test_a_gap_is_withheld_with_either_side(client, plan, series):
    add_group(series, "Homeless", 61.7, n=9)
    assert "Gap withheld" in show(client, plan, series.indicator)


def test_a_series_of_weeks_is_a_run_chart_without_any_team(client, plan):
    weekly = make_series(make_indicator(calendar="calendar_year", kind="week", name="Weekly attendance"), plan.district)
    for week in range(104_600, 104_612):
        make_observation(weekly, week, 90 + week % 3, date(2020, 1, 2), decide=week == 104_611)
    html = show(client, plan, weekly.indicator)
    assert "The level line is the median." in html and "Median" in html.split("</figure>")[0]
    assert "Signal or noise" not in html
    assert "files/run.png" in html


def test_a_yearly_series_says_why_it_has_no_run_chart(client, plan, series):
    html = show(client, plan, series.indicator)
    assert "Yearly and quarterly readings come too seldom for a signal" in html
    assert "files/run.png" not in html
    for period in range(2005, 2014):
        make_observation(series, period, 70 + period % 4, date(2015, 1, 15))
    html = show(client, plan, series.indicator)
    assert "too seldom" not in html and "files/run.png" in html


def test_a_number_of_a_workbook_names_sheet_and_cell(client, plan, series):
    batch = make_batch(file_name="2024_graduation.xlsx", layout={"sheet": 3, "sheet_name": "District"})
    make_observation(series, 2018, 84.0, date(2019, 1, 17), batch=batch, sheet=3)
    assert "2024_graduation.xlsx, sheet District, cell E2" in show(client, plan, series.indicator)


@pytest.mark.parametrize(
    ("finding", "shown"),
    [
        (
            "Close to the plan for 2018–19: 0.4 behind",
            'Close to the plan for <span class="nw">2018–19</span>: 0.4 behind',
        ),
        ("85.3% for the class of 2019", "85.3% for the class of 2019"),
        ("<b> 2010–2019", "&lt;b&gt; 2010–2019"),
    ],
)
def test_a_heading_never_tears_a_school_year_at_its_dash(finding, shown):
    assert unbroken(finding) == shown
