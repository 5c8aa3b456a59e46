"""Deciding anew by a newer version of the rules: what stood withheld without need is shown, and nothing leaks by it."""

from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from indicators.models import Organization, Publication
from indicators.publishing import publishable
from indicators.suppression import VERSION, Shown, decide_block, primary
from tests.factories import make_district, make_indicator, make_observation, make_series
from tests.indicators.test_held import TODAY
from tests.indicators.test_suppression import WHOLE, races, reasons

OLDER = "1"
TAKEN = Shown(reason="protects_another")


def stood(cells, rule, withheld, version=OLDER):
    """The cells with what an older version said of them: these withheld to protect another, the rest by themselves."""
    return [
        replace(one, standing=TAKEN if one.key in withheld else primary(one, rule), standing_version=version)
        for one in cells
    ]


def district(counts):
    cells, rule = races(counts)
    return [replace(one, is_district_or_state=True, is_all_students=one.place == WHOLE) for one in cells], rule


def test_what_is_safe_today_is_shown_although_it_was_withheld_before():
    cells, rule = races({"asian": 9, "white": 5000, "hispanic": 300})
    assert reasons(stood(cells, rule, {"white", "hispanic", WHOLE}), rule) == {"asian": "small_group"}


def test_a_whole_district_withheld_by_an_older_rule_is_shown_again():
    """Its groups were shown until now, so a reader has them; but the district's figure he has from the state anyway."""
    cells, rule = district({"asian": 9, "white": 300})
    before = stood(cells, rule, {WHOLE})
    after = decide_block(before, rule)
    assert {key for key, shown in after.items() if shown.reason} == {"asian", "white"}
    assert decide_block([replace(one, standing=after[one.key], standing_version=VERSION) for one in before], rule) == (
        after
    ), "and deciding again changes nothing"


def two_schools(rule_of=races):
    """In one school the smaller group was withheld to protect the nine, in the other the larger one, without need."""
    cells, rule = rule_of({"asian": 9, "white": 900, "hispanic": 300}, "count")
    other = [
        replace(
            one, key=f"other {one.key}", place=f"other {one.place}",
            partitions=tuple(line._replace(total=f"other {line.total}") for line in one.partitions),
        )
        for one in cells if one.key != "asian"
    ]  # fmt: skip
    whole = other.pop()
    return [*cells, *other, replace(whole, value=Decimal(1200))], rule


def test_one_school_that_must_stay_as_it_is_does_not_keep_another_withheld():
    """What readers have of the first leaves no room to show its white students; the second has nobody to protect."""
    cells, rule = two_schools()
    before = stood(cells, rule, {"white", "other white"})
    after = decide_block(before, rule)
    assert after["white"].reason and not after["hispanic"].reason, "who saved the page knows the other figure"
    assert not after["other white"].reason
    same = [replace(one, standing_version=VERSION) for one in before]
    assert decide_block(same, rule)["other white"].reason, "by the same version what stands goes on standing"


@pytest.mark.django_db
def test_the_command_shows_what_an_older_version_withheld_of_a_masking_publisher():
    """The state's own figure of a school, once withheld because the sizes of two groups are not printed."""
    indicator = make_indicator(masked_by_publisher=True)
    school = Organization.objects.create(kind="school", authority="CO", code="1", name="Elm", parent=make_district())
    series = make_series(indicator, school)
    observation = make_observation(series, 2024, "81.4", n=140)
    Publication.objects.filter(observation=observation).update(
        low=None, high=None, n_low=None, n_high=None, reason="protects_another", rule_version="2"
    )
    assert publishable([series.pk], TODAY)[series.pk][0].reason == "protects_another"
    call_command("decide_publications", stdout=(said := StringIO()))
    assert publishable([series.pk], TODAY)[series.pk][0].value == 81
    assert said.getvalue() == "1 verdicts changed.\n"
    assert Publication.objects.get(observation=observation).rule_version == VERSION
