"""Does it lead in the schools? One pair of each school, only from what may be shown, and who is left out and why."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Annotation, Series, StudentGroup
from indicators.publishing import decide
from strategy.claims import claims_of
from strategy.leading import cards_of
from strategy.models import LeadingIndicator, RebaseWithdrawal
from strategy.school_pairs import school_pairs_of
from tests.factories import DAY, make_goal, make_observation, make_person, make_revision, make_series
from tests.strategy.learning import add_school, make_leading, make_readings, note, yearly_claim, yearly_series

pytestmark = pytest.mark.django_db
LEADING = [90, 92, 91, 94]
RESULTS = [80, 81, "80.5", 83]
UP, DOWN, LEVEL = (70, 71), (70, 69), (70, 70)


@pytest.fixture
def leading(tactic):
    """Attendance leads graduation by a year; the goal's periods are 2010 to 2013."""
    return yearly_claim(tactic, LEADING, RESULTS)


def schools_of(leading, day=DAY, **options):
    cards = cards_of(LeadingIndicator.objects.filter(pk=leading.pk), [], day, **options)
    (found,) = school_pairs_of(claims_of(cards, day, **options), day, **options)
    return found


def add_many(leading, moves):
    """One school for each pair of changes in percentage points, named A, B, C, …"""
    for place, (first, second) in enumerate(moves):
        add_school(leading, chr(ord("A") + place), (60, 60 + first), (70, 70 + second))


def test_without_a_series_of_a_school_nothing_is_said(leading):
    assert schools_of(leading) is None


def test_the_sentence_says_in_how_many_schools_they_moved_as_declared(leading):
    add_many(leading, [(1, 2), (2, 5), (3, 6), (-1, -4), (-2, -5), (2, -1), (4, 7)])
    found = schools_of(leading)
    assert found.sentence == "In 6 of 7 schools the two moved the same way, with a lead of 1 year."
    assert found.word == "Consistent so far, not proof"
    assert found.statistics.startswith("Kendall’s tau") and found.statistics.endswith("7 pairs.")
    assert found.left_out == "" and found.stood_still == ""


def test_under_six_schools_there_is_no_statistic(leading):
    add_many(leading, [(1, 2), (2, 5), (3, 6), (-1, -4), (-2, -5)])
    found = schools_of(leading)
    assert (found.word, found.evidence.tau) == ("Not enough pairs yet", None)
    assert found.statistics == "It takes 6 pairs for a statistic; here are 5."


def test_what_moves_against_the_claim_in_the_schools_is_said(tactic):
    leading = yearly_claim(tactic, LEADING, RESULTS, expected_sign=-1)
    add_many(leading, [(1, 2), (2, 5), (3, 6), (-1, -4), (-2, -5), (4, 7)])
    found = schools_of(leading)
    assert found.sentence.startswith("In 0 of 6 schools the two moved opposite ways, as declared")
    assert found.word == "Moved against what was declared"


def test_each_school_counts_once_with_its_latest_pair(leading):
    add_school(leading, "Ames", (60, 61, 60, 63), (70, 71, 72, 75))
    add_school(leading, "Birch", (60, 61, 62), (70, 71, 69))
    found = schools_of(leading)
    assert [(row.school.name, row.label, row.leading_change, row.goal_change, row.says) for row in found.rows] == [
        ("Ames", "2012–13", "+3.0 points", "+3.0 points", "as declared"),
        ("Birch", "2011–12", "+1.0 points", "−2.0 points", "against it"),
    ]
    assert found.each_once == (
        "Each school counts once, with its latest pair: that of 2012–13, an earlier one in 1 school."
    )
    assert (found.rows[0].leading, found.rows[0].goal) == (["60.0%", "63.0%"], ["72.0%", "75.0%"])


def test_the_window_of_a_school_is_the_declared_one(tactic):
    """Two years of readings are averaged, and the window ends a year before the goal's period does."""
    leading = yearly_claim(tactic, LEADING, RESULTS, window_days=730)
    add_school(leading, "Ames", (60, 62, 66), (70, 71, 73))
    (row,) = schools_of(leading).rows
    assert row.leading == ["61.0%", "64.0%"] and row.leading_change == "+3.0 points"


def test_a_school_whose_numbers_may_not_be_shown_is_left_out_and_counted(leading):
    add_school(leading, "Ames", UP, UP)
    add_school(leading, "Tiny", (41, 43), (57, 59), n=9)
    add_school(leading, "Small", (41, 43), (57, 59), n=25)  # told only as 40 to 49 and 50 to 59 percent
    found = schools_of(leading)
    assert [row.school.name for row in found.rows] == ["Ames"]
    assert found.left_out == "Left out: 2 schools for a value that is withheld or told only as a range."
    told = f"{found.draw(str, 'p')}{[row.leading + row.goal for row in found.rows]}{found.finding}"
    assert not any(number in told for number in ("41", "43", "57", "59", "Tiny", "Small"))


def test_a_withheld_year_leaves_the_pair_before_it(leading):
    school = add_school(leading, "Ames", (60, 61, 60, 63), (70, 71, 72, 75))
    series = Series.objects.get(organization=school, indicator=leading.series.indicator)
    make_observation(series, 2012, 63, n=9, known_on=date(2019, 9, 1))
    (row,) = schools_of(leading).rows
    assert row.label == "2011–12"
    assert schools_of(leading, date(2019, 8, 31)).rows[0].label == "2011–12", "the verdict is today's on every day"


def test_breaks_and_new_phases_cut_the_schools_too(leading):
    add_school(leading, "Ames", (60, 61, 62, 63), (70, 71, 72, 75))
    note(leading.series, 2012)  # a new phase of the district's attendance
    assert schools_of(leading).rows[0].label == "2011–12"
    note(leading.goal.revisions.get().measure, 2012, Annotation.Kind.BREAK, organization=None)
    assert schools_of(leading).rows[0].label == "2010–11"


def test_a_new_phase_of_one_school_concerns_only_that_school(leading):
    ames = add_school(leading, "Ames", UP, UP)
    add_school(leading, "Birch", UP, UP)
    cut = note(leading.series, 2010, organization=ames)
    found = schools_of(leading)
    assert [row.school.name for row in found.rows] == ["Birch"]
    assert found.left_out == "Left out: 1 school across a break or new phase."
    RebaseWithdrawal.objects.create(annotation=cut, reason="x", author=make_person(), known_on=date(2020, 1, 10))
    assert len(schools_of(leading).rows) == 2
    assert len(schools_of(leading, date(2020, 1, 9)).rows) == 1


def test_a_school_with_too_few_readings_is_left_out(leading):
    add_school(leading, "Ames", UP, UP)
    add_school(leading, "Birch", (70, None, 71), (70, None, 71))
    found = schools_of(leading)
    assert len(found.rows) == 1 and found.left_out.startswith("Left out: 1 school with too few readings")


def test_where_one_of_the_two_stood_still_neither_is_claimed(leading):
    add_school(leading, "Ames", UP, LEVEL)
    add_school(leading, "Birch", UP, UP)
    found = schools_of(leading)
    assert found.sentence.startswith("In 1 of 2 schools")
    assert found.stood_still == "In 1 school one of the two stood still."


def test_only_schools_of_the_district_with_both_measures_count(leading, cleo):
    add_school(leading, "Ames", UP, UP)
    half = add_school(leading, "Birch", UP, UP)
    measure = leading.goal.revisions.get().measure
    add_school(leading, "Elsewhere", UP, UP, parent=cleo.person.memberships.get().tactic.strategy.plan.district)
    add_school(leading, "A district's comparator", UP, UP, kind="comparator")
    add_school(leading, "Not open yet", UP, UP, opened_on=date(2020, 8, 1))
    Series.objects.filter(organization=half, indicator=measure.indicator).update(
        group=StudentGroup.objects.create(code="foster", name="Foster care")
    )
    assert [row.school.name for row in schools_of(leading).rows] == ["Ames"]


def test_a_school_is_paired_for_the_groups_that_are_declared(tactic):
    leading = yearly_claim(tactic, LEADING, RESULTS)
    small = StudentGroup.objects.create(code="foster", name="Foster care")
    measure = leading.goal.revisions.get().measure
    own = make_readings(make_series(measure.indicator, measure.organization, small), 2010, RESULTS)
    make_revision(leading.goal, own, date(2019, 1, 1))
    school = add_school(leading, "Ames", UP, DOWN)
    everyone = make_series(measure.indicator, school)
    make_readings(everyone, 2010, UP, n=4000)
    assert [row.goal_change for row in schools_of(leading).rows] == ["−1.0 points"]


def test_a_series_that_is_no_districts_has_no_schools(tactic, leading):
    """A goal of the district led by a series of another place: whose schools would they be?"""
    add_school(leading, "Ames", UP, UP)
    elsewhere = make_readings(make_series(leading.series.indicator), 2009, LEADING)
    assert schools_of(make_leading(leading.goal, elsewhere)) is None


def test_a_gap_goal_is_not_paired_in_schools_and_says_so(tactic, leading):
    measure = leading.goal.revisions.get().measure
    make_revision(leading.goal, measure, date(2019, 1, 1), minus=yearly_series(tactic, 2010, [90] * 4, "All"))
    assert schools_of(leading) is None
    add_school(leading, "Ames", UP, UP)
    found = schools_of(leading)
    assert found.is_gap and found.rows == [] and found.draw(str, "p") == ""


def test_the_evidence_of_the_schools_is_that_of_the_day(leading):
    add_school(leading, "Ames", (60, 61, 62), (70, 71, 73))
    assert schools_of(leading, date(2019, 5, 31)) is None, "nothing was known of the school yet"
    before = schools_of(leading, date(2019, 6, 1)).rows
    series = Series.objects.filter(organization__name="Ames")
    for one, value in zip(series.order_by("pk"), (40, 88), strict=True):
        make_observation(one, 2011, value, known_on=date(2019, 9, 1), n=1200)
    add_school(leading, "Birch", UP, UP, known_on=date(2019, 9, 1))
    assert schools_of(leading, date(2019, 8, 31)).rows == before
    assert schools_of(leading, date(2019, 8, 31)).left_out == ""
    assert len(schools_of(leading).rows) == 2 and schools_of(leading).rows[0] != before[0]


def test_a_staff_only_goal_gives_the_public_no_school(leading):
    add_school(leading, "Ames", UP, UP)
    indicator = leading.goal.revisions.get().measure.indicator
    indicator.is_public = False
    indicator.save()
    assert schools_of(leading) is None
    assert len(schools_of(leading, with_staff_only=True).rows) == 1


def test_the_claims_of_one_and_of_three_take_the_same_queries(tactic, django_assert_num_queries):
    for count in (1, 3):
        while LeadingIndicator.objects.count() < count:
            leading = yearly_claim(tactic, LEADING, RESULTS)
            add_many(leading, [(1, 1)] * 2 * count)
        claims = claims_of(cards_of(LeadingIndicator.objects.order_by("pk"), [], DAY), DAY)
        with django_assert_num_queries(3):
            found = school_pairs_of(claims, DAY)
        assert [len(schools.rows) > 0 for schools in found] == [True] * count


def test_where_no_school_is_known_one_look_is_enough(tactic, django_assert_num_queries):
    for _ in range(3):
        yearly_claim(tactic, LEADING, RESULTS)
    claims = claims_of(cards_of(LeadingIndicator.objects.all(), [], DAY), DAY)
    with django_assert_num_queries(1):
        assert school_pairs_of(claims, DAY) == [None] * 3
    with django_assert_num_queries(0):
        assert school_pairs_of([], DAY) == []


@pytest.mark.sqlite
def test_schools_are_looked_up_and_nothing_is_scanned(leading):
    add_many(leading, [(1, 2), (2, 5), (3, 6)])
    claims = claims_of(cards_of(LeadingIndicator.objects.all(), [], DAY), DAY)
    with CaptureQueriesContext(connection) as queries:
        school_pairs_of(claims, DAY)
    plans = []
    for query in queries.captured_queries:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
            plans.append(" ".join(row[3] for row in cursor.fetchall()))
    assert "indicator_id=? AND organization_id=? AND group_id=?" in plans[0]
    assert "observation_vintages" in plans[1]
    assert not any("SCAN" in plan for plan in plans), plans


def test_no_word_about_schools_claims_cause(leading):
    add_many(leading, [(1, 2), (2, 5), (3, 6), (-1, -4), (-2, -5), (2, -1), (4, 7)])
    found = schools_of(leading)
    text = f"{found.finding} {found.statistics} {found.left_out} {found.each_once}".lower()
    assert not any(word in text for word in ("cause", "because", "significant", "predict", "proves"))


# As pages show it


def test_the_team_reads_the_evidence_of_its_schools(client, ana, leading):
    add_many(leading, [(1, 2), (2, 5), (3, -6)])
    client.force_login(ana)
    page = client.get(reverse("leading-detail", args=[leading.pk])).text
    assert "In 2 of 3 schools the two moved the same way, with a lead of 1 year." in page
    assert page.index("as a whole, over the years") < page.index("Its schools, each once")
    assert "schools.csv" not in page, "files are for everyone, and so are on the public page"
    assert "In 2 of 3 schools" in client.get(reverse("leading-list", args=[leading.tactic_id])).text


def test_nothing_of_the_schools_is_seen_before_it_is_declared(client, ana, tactic, leading):
    """Another goal led by the same measure: the form to declare it says nothing of what the schools would show."""
    add_many(leading, [(1, 2), (2, 5), (3, -6)])
    client.force_login(ana)
    other = make_goal(tactic, leading.goal.revisions.get().measure)
    for page in (reverse("leading-declare", args=[tactic.pk]), reverse("leading-list", args=[tactic.pk])):
        shown = client.get(page).text
        assert shown.count("3 schools") == (1 if "declare" not in page else 0), page
    assert schools_of(make_leading(other, leading.series)).evidence.n == 3


def test_the_chart_has_a_dot_for_each_school(leading):
    add_many(leading, [(1, 2), (2, 5), (3, -6), (0, 4), (-1, -1)])
    found = schools_of(leading)
    drawing = found.draw(str, "p")
    assert drawing.count('class="g-disc"') == 2 * 3 and drawing.count('class="g-open"') == 2 * 1
    for words in ("Both rose: 2", "Both fell: 1", "Indicator rose, goal fell: 1", "Indicator fell, goal rose: 0"):
        assert drawing.count(words) >= 3, "in both widths, and in the words for those who hear it"
    assert "In 3 of 5 schools" in drawing and "In 1 school one of the two stood still." in drawing


def test_two_schools_make_a_table_and_no_chart(leading):
    add_many(leading, [(1, 2), (2, 5)])
    assert schools_of(leading).draw(str, "p") == "" and len(schools_of(leading).rows) == 2


def test_a_number_without_a_verdict_is_no_number(leading):
    school = add_school(leading, "Ames", (70, 71, 73), (70, 71, 75))
    series = Series.objects.get(organization=school, indicator=leading.series.indicator)
    assert schools_of(leading).rows[0].label == "2011–12"
    make_observation(series, 2011, 74, known_on=date(2019, 9, 1), n=1200, decide=False)
    assert schools_of(leading).rows[0].label == "2010–11"
    decide([series.indicator_id])
    assert schools_of(leading).rows[0].leading == ["71.0%", "74.0%"]
