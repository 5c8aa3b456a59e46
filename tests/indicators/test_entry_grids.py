"""A few values typed or pasted: checked like a workbook, nothing typed is lost, nothing is written unseen."""

from datetime import date

import pytest
from django.urls import reverse

from indicators.models import ImportBatch, Indicator, Observation
from strategy.models import LeadingIndicator, Plan, SystemIndicator
from tests.factories import (
    DAY,
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_person,
    make_plan,
    make_revision,
    make_series,
    make_strategy,
    make_tactic,
    make_translation,
    make_user,
)
from tests.indicators.cast import make_steward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql", "steward")]
ADDRESS = "/imports/typed/"


def sent(*rows, act="check", **more):
    """The form of a steward's grid with these rows of (period, organization, group, value, n, note)."""
    columns = ["period", "organization", "group", "value", "n", "note"]
    cells = {
        f"cell-{number}-{column}": text
        for number, row in enumerate(rows)
        for column, text in zip(columns, row, strict=True)
    }
    about = {"indicator": "graduation-4yr", "known_on": "2020-01-16", "source": "CDE", "rows": str(len(rows))}
    return about | cells | {"act": act} | more


def hash_on(response):
    return response.context["grid"].hash


GOOD = ("Class of 2019", "CO:1420", "All students", "85.3", "6500", "")
SCHOOL = ("Class of 2019", "0108", "Female", "81.2%", "120", "by phone")


def test_typed_values_are_looked_at_and_then_saved_with_their_provenance(client, world):
    looked = client.post(ADDRESS, sent(GOOD, SCHOOL))
    assert looked.status_code == 200 and not Observation.objects.exists()
    assert "85.3% (n 6,500)" in looked.text and "Save these numbers" in looked.text
    done = client.post(ADDRESS, sent(GOOD, SCHOOL, act="save", hash=hash_on(looked)))
    batch = ImportBatch.objects.get()
    assert done.status_code == 302 and done["Location"] == reverse("import-detail", args=[batch.pk])
    assert batch.kind == "typed" and batch.state == "applied" and batch.by is not None
    assert {(f"{o.value:.1f}", o.row) for o in Observation.objects.all()} == {("85.3", 2), ("81.2", 3)}


def test_a_mistake_stands_beside_its_cell_and_nothing_is_lost(client, world):
    wrong = ("Class of 2019", "CO:1420", "All students", "eighty", "many", "")
    answer = client.post(ADDRESS, sent(GOOD, wrong))
    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 2
    assert 'value="eighty"' in answer.text and 'value="85.3"' in answer.text
    assert "neither a number nor a mark" in answer.text
    assert "Save these numbers" not in answer.text


@pytest.mark.parametrize("source, known_on", [("", "2020-01-16"), ("CDE", "2999-01-01"), ("CDE", "")])
def test_who_counted_and_since_when_is_asked_for(client, world, source, known_on):
    answer = client.post(ADDRESS, sent(GOOD, source=source, known_on=known_on))
    assert answer.status_code == 422 and 'value="85.3"' in answer.text
    assert not ImportBatch.objects.exists()


def test_an_empty_grid_says_so(client, world):
    assert "Nothing is typed yet." in client.post(ADDRESS, sent(("Class of 2019", "", "", "", "", ""))).text


def test_pasted_rows_are_laid_out_below_what_was_typed(client, world):
    copied = (
        "Period\tSchool\tGroup\tValue\nClass of 2018\tCO:1420\tAll students\t85.1\nClass of 2017\tCO:1420\t\t83.9\n"
    )
    answer = client.post(ADDRESS, sent(GOOD, act="paste", pasted=copied))
    texts = [[cell.text for cell in row.cells] for row in answer.context["grid"].rows]
    assert [row[3] for row in texts] == ["85.3", "85.1", "83.9"]


def test_more_rows_keep_what_was_typed(client, world):
    grid = client.post(ADDRESS, sent(GOOD, act="more")).context["grid"]
    assert len(grid.rows) == 7 and grid.rows[0].cells[3].text == "85.3"


def test_a_value_that_looks_a_hundred_times_off_needs_a_yes(client, world):
    client.post(ADDRESS, sent(GOOD, act="save", hash=hash_on(client.post(ADDRESS, sent(GOOD)))))
    fraction = ("Class of 2019", "CO:1420", "All students", "0.853", "6500", "")
    looked = client.post(ADDRESS, sent(fraction))
    assert "are right as written" in looked.text
    again = client.post(ADDRESS, sent(fraction, act="save", hash=hash_on(looked)))
    assert again.status_code == 200 and Observation.objects.count() == 1
    assert client.post(ADDRESS, sent(fraction, act="save", hash=hash_on(looked), suspicious="keep")).status_code == 302
    assert Observation.objects.current().count() == 1 and Observation.objects.count() == 2


def test_numbers_that_moved_since_the_look_are_shown_anew_and_not_overwritten(client, world):
    looked = client.post(ADDRESS, sent(GOOD))
    other = ("Class of 2019", "CO:1420", "All students", "84.9", "6500", "")
    client.post(ADDRESS, sent(other, act="save", hash=hash_on(client.post(ADDRESS, sent(other)))))
    answer = client.post(ADDRESS, sent(GOOD, act="save", hash=hash_on(looked)))
    assert answer.status_code == 200 and "moved since" in answer.text
    assert 'value="85.3"' in answer.text and "84.9%" in answer.text
    assert ImportBatch.objects.exclude(state="discarded").count() == 1


def test_the_grid_is_for_data_stewards_of_the_district(client, world):
    assert client.get(ADDRESS, {"indicator": "graduation-4yr"}).status_code == 200
    client.force_login(make_steward(world.jcps))
    answer = client.post(ADDRESS, sent(GOOD))
    assert "belongs to another district" in answer.text and answer.status_code == 422
    client.force_login(make_user())
    assert client.get(ADDRESS).status_code == 403
    client.logout()
    assert client.get(ADDRESS).status_code == 302


class TestATeam:
    """The team types the values of its own leading indicators, and of nothing else."""

    @pytest.fixture
    def leading(self):
        plan = make_plan()
        self.leader = make_user(make_person("Director"))
        tactic = make_tactic(make_strategy(plan), leader=self.leader.person)
        weekly = make_indicator(
            code="contacts", calendar="calendar_year", kind="month", unit="count", natural_high=None
        )
        series = make_series(weekly, plan.district)
        make_observation(series, 2019 * 12 + 9, 410, known_on=date(2019, 11, 4))
        goal = make_goal(tactic, make_series(organization=plan.district))
        return LeadingIndicator.objects.create(
            tactic=tactic, goal=goal, series=series, expected_sign=1, lag_days=90, reason="It moves first",
            confidence="low", declared_on=date(2018, 3, 1),
        )  # fmt: skip

    def address(self, leading):
        return reverse("leading-values", args=[leading.pk])

    def test_the_grid_begins_with_the_periods_still_awaited(self, client, leading):
        client.force_login(self.leader)
        page = client.get(self.address(leading))
        periods = [row.cells[0].text for row in page.context["grid"].rows]
        assert periods[:3] == ["November 2019", "December 2019", "January 2020"]
        assert "October 2019" in page.text, "the latest value stands below"

    def test_a_leader_saves_two_months(self, client, leading):
        client.force_login(self.leader)
        form = {
            "rows": "2", "known_on": DAY.isoformat(), "source": "Team count", "act": "check",
            "cell-0-period": "November 2019", "cell-0-value": "402", "cell-0-n": "402",
            "cell-1-period": "December 2019", "cell-1-value": "377", "cell-1-n": "377",
        }  # fmt: skip
        looked = client.post(self.address(leading), form)
        done = client.post(self.address(leading), form | {"act": "save", "hash": hash_on(looked)}, follow=True)
        assert "2 numbers saved." in done.text and "377" in done.text
        assert leading.series.observations.filter(batch__kind="typed").count() == 2

    def test_a_stranger_sees_nothing_and_a_closed_plan_takes_nothing(self, client, leading):
        client.force_login(make_user())
        assert client.get(self.address(leading)).status_code == 404
        Plan.objects.update(state="closed")
        client.force_login(self.leader)
        assert client.get(self.address(leading)).status_code == 403

    @pytest.mark.parametrize(
        "others", ["a goal", "the plan's picture of the system", "a school's series", "staff only"]
    )
    def test_a_declaration_opens_no_series_on_which_others_rest(self, client, leading, others):
        """The team may type its own count, not the next class of a rate that the whole district is judged by."""
        plan, indicator = leading.tactic.strategy.plan, leading.series.indicator
        if others == "a goal":
            make_revision(leading.goal, leading.series)
        elif others == "the plan's picture of the system":
            SystemIndicator.objects.create(plan=plan, series=leading.series)
        else:
            make_series(indicator, make_district())
            Indicator.objects.filter(pk=indicator.pk).update(is_public=others != "staff only")
        client.force_login(self.leader)
        expected = 200 if others == "staff only" else 403
        form = {"rows": "1", "known_on": DAY.isoformat(), "source": "Team", "act": "check", "cell-0-value": "402"}
        assert client.get(self.address(leading)).status_code == expected
        assert client.post(self.address(leading), form).status_code in (expected, 422 if expected == 200 else 403)
        client.force_login(make_steward(plan.district))
        assert client.get(self.address(leading)).status_code == 200

    def test_two_teams_may_count_the_same_thing_at_two_places(self, client, leading):
        other = make_series(leading.series.indicator, make_district())
        leading.pk, leading.series = None, other
        leading.save()
        client.force_login(self.leader)
        assert client.get(self.address(leading)).status_code == 200

    def small_group(self, leading):
        Indicator.objects.filter(pk=leading.series.indicator_id).update(unit="percent")
        make_observation(leading.series, 2019 * 12 + 10, "43.21", n=9, known_on=date(2019, 12, 4))

    def test_a_declaration_does_not_open_what_is_withheld(self, client, leading):
        """A leader may declare any measure as leading: what others brought in stays as it is published."""
        self.small_group(leading)
        make_observation(leading.series, 2019 * 12 + 8, "61.5", known_on=date(2019, 10, 4))
        client.force_login(self.leader)
        page = client.get(self.address(leading))
        assert "Withheld" in page.text and "43.2" not in page.text
        assert "61.5%" in page.text, "what is published is shown"
        client.force_login(make_steward(leading.tactic.strategy.plan.district))
        assert "43.21% (n 9)" in client.get(self.address(leading)).text

    @pytest.mark.parametrize("value, n", [("43.21", "9"), ("40.2", "402")])
    def test_a_team_neither_guesses_nor_types_over_what_others_brought_in(self, client, leading, value, n):
        self.small_group(leading)
        client.force_login(self.leader)
        form = {
            "rows": "1", "known_on": DAY.isoformat(), "source": "Team count", "act": "check",
            "cell-0-period": "November 2019", "cell-0-value": value, "cell-0-n": n,
        }  # fmt: skip
        looked = client.post(self.address(leading), form)
        assert looked.status_code == 422 and "a data steward corrects it" in looked.text
        assert "Unchanged" not in looked.text and "(n 9)" not in looked.text
        forced = client.post(
            self.address(leading), form | {"act": "save", "suspicious": "keep", "hash": hash_on(looked)}
        )
        assert forced.status_code == 422 and Observation.objects.filter(batch__kind="typed").count() == 0

    def test_a_team_corrects_what_it_typed_itself(self, client, leading):
        client.force_login(self.leader)
        for value in ("402", "403"):
            form = {
                "rows": "1", "known_on": DAY.isoformat(), "source": "Team count", "act": "check",
                "cell-0-period": "November 2019", "cell-0-value": value, "cell-0-n": "9",
            }  # fmt: skip
            looked = client.post(self.address(leading), form)
            client.post(self.address(leading), form | {"act": "save", "hash": hash_on(looked)})
        assert "403 (n 9)" in client.get(self.address(leading)).text


def test_the_indicators_to_choose_from_are_named_and_sorted_in_the_readers_language(world, client):
    for name, spanish in (("Attendance", "Tasa de asistencia"), ("Truancy", "Faltas injustificadas")):
        make_indicator(name=name)
        make_translation(name, spanish)
    choices = client.get(f"/es{ADDRESS}").context["form"].fields["indicator"].choices
    named = [name for _, name in choices if name in ("Tasa de asistencia", "Faltas injustificadas", "Attendance")]
    assert named == ["Faltas injustificadas", "Tasa de asistencia"]
