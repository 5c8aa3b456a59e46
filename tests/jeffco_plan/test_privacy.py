"""A number about nine students appears nowhere: no page, chart, alternative text or file, in either language."""

import re
from datetime import date
from decimal import Decimal

import pytest

from indicators.models import Indicator, Organization, StudentGroup
from indicators.publishing import decide
from stocktakes.models import BoardAct, BoardMeeting
from strategy.models import (
    Adoption,
    Crosswalk,
    Goal,
    LeadingIndicator,
    Plan,
    Practice,
    Strategy,
    SystemIndicator,
    Tactic,
)
from tests.crawling import crawl
from tests.factories import (
    START,
    all_students,
    make_cycle,
    make_district,
    make_goal,
    make_indicator,
    make_milestone,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_stocktake,
    make_strategy,
    make_tactic,
    make_update,
)

pytestmark = pytest.mark.django_db

CANARY = Decimal("73.519427")
TRACES = ["73.519427", "73.5194", "73.519", "73.52", "73.5", "73,5", "74%"]
EARLIER = "2019-06-12"
FILES = [
    *(f"planted-rate/data.{kind}" for kind in ("csv", "xlsx")),
    *(f"planted-rate/files/{part}.{kind}" for part in ("series", "groups") for kind in ("csv", "xlsx", "svg", "png")),
    *(f"planted-rate/schools.{kind}" for kind in ("csv", "xlsx")),
    *(f"/trajectory.{kind}" for kind in ("csv", "xlsx", "svg", "png")),
    *(f"/pairs.{kind}" for kind in ("csv", "xlsx")),
    *("planted-rate/schools/", "/schools/0042/", "/schools/0042/data.csv", "/schools/0042/data.xlsx"),
]


@pytest.fixture
def planted():
    """A plan whose goal, leading indicator, system indicator, group table and one school rest on a group of nine."""
    district = make_district(name="Jeffco Public Schools")
    plan = make_plan(district, slug="planted")
    indicator = make_indicator(code="planted-rate")
    small = StudentGroup.objects.create(code="foster", name="Foster care")
    everyone, hidden = make_series(indicator, district, all_students()), make_series(indicator, district, small)
    school = Organization.objects.create(kind="school", authority="CO-SCH", code="0042", name="Elm", parent=district)
    tiny = make_series(indicator, school, all_students())
    other = Organization.objects.create(kind="school", authority="CO-SCH", code="0043", name="Oak", parent=district)
    large = make_series(indicator, other, all_students())
    for period, known_on in [(2018, date(2019, 1, 17)), (2019, date(2020, 1, 16))]:
        make_observation(everyone, period, "61.2", known_on=known_on, decide=False)
        make_observation(hidden, period, CANARY, n=9, known_on=known_on, decide=False)
        make_observation(tiny, period, CANARY, n=9, known_on=known_on, decide=False)
        make_observation(large, period, "63.4", n=1500, known_on=known_on, decide=False)
    decide([indicator.pk])
    tactic = make_tactic(make_strategy(plan, slug="readiness"), leader=make_person("Ana"), slug="foster-care")
    goal = make_goal(tactic, hidden, baseline_value=Decimal("60"), target_value=Decimal("80"))
    second = make_goal(tactic, everyone, baseline_value=Decimal("60"), target_value=Decimal("80"))
    for led, series, lag in ((goal, hidden, 365), (second, everyone, 0)):
        LeadingIndicator.objects.create(
            tactic=tactic, goal=led, series=series, expected_sign=1, lag_days=lag, reason="It moves first",
            confidence="low", declared_on=date(2018, 3, 1),
        )  # fmt: skip
    SystemIndicator.objects.create(plan=plan, series=hidden, benchmark=everyone)
    make_milestone(tactic)
    make_stocktake(make_cycle(plan), tactic)
    return plan


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("query", ["", f"?as_of={EARLIER}"])
def test_the_canary_appears_nowhere(client, planted, language, query):
    starts = [f"{language}/", f"{language}/plans/planted/{query}"]
    visited = dict(crawl(client, *starts))
    kinds = " ".join(visited)
    for needed in ("on-track", "foster-care", "planted-rate", "figure.json", "aims", "how", "stocktakes", *FILES):
        assert needed in kinds, f"{needed} was not visited"
    if not query:
        assert re.search(r"/leading/\d+/schools\.csv", kinds) and re.search(r"/leading/\d+/schools\.xlsx", kinds)
    assert "61.2" in " ".join(visited.values()), "the page with the shown neighbor was not reached"
    for address, body in visited.items():
        assert not [trace for trace in TRACES if trace in body], address


def test_the_canary_would_be_found_if_it_were_shown(client, planted):
    """The same crawl finds a figure that may be shown: the net has no hole of its own."""
    bodies = dict(crawl(client, "/plans/planted/"))
    found = " ".join(address for address, body in bodies.items() if "61.2" in body)
    for file in ("data.csv", "data.xlsx", "series.svg", "series.png", "trajectory.svg", "trajectory.xlsx"):
        assert file in found, file


def test_a_draft_plan_is_nowhere(client, planted):
    Plan.objects.filter(pk=planted.pk).update(state="draft")
    assert client.get("/plans/planted/").status_code == 404
    assert "planted" not in " ".join(address for address, _body in crawl(client, "/"))


def test_a_staff_only_indicator_is_as_if_it_were_not_there(client, planted):
    """Neither its numbers nor its promises: no goal, leading indicator, system indicator or file rests on it."""
    shown, staff_only = make_indicator(code="public-rate"), Indicator.objects.get(code="planted-rate")
    tactic = Tactic.objects.get(slug="foster-care")
    own = make_series(shown, planted.district, all_students())
    make_observation(own, 2019, "58.4", known_on=date(2020, 1, 16))
    make_goal(tactic, own, statement="Everyone sees this")
    hidden = Goal.objects.filter(revisions__measure__indicator=staff_only)
    address = f"/plans/planted/strategies/readiness/foster-care/goals/{hidden[0].slug}"
    assert client.get(f"{address}/data.csv").status_code == client.get(f"{address}/figure.json").status_code == 200
    Indicator.objects.filter(pk=staff_only.pk).update(is_public=False, name="Known to staff alone")
    visited = dict(crawl(client, "/", "/es/plans/planted/", f"/plans/planted/?as_of={EARLIER}"))
    everything = " ".join([*visited, *visited.values()])
    assert "58.4" in everything and "Everyone sees this" in everything
    for trace in ("61.2", "planted-rate", "Known to staff alone", *(goal.slug for goal in hidden)):
        assert trace not in everything, trace
    for file in ("data.csv", "figure.json"):
        assert client.get(f"{address}/{file}").status_code == 404
        assert client.get(f"/plans/planted/indicators/planted-rate/{file}").status_code == 404


def test_a_draft_tactic_is_nowhere(client, planted):
    """Nor what it did: its milestones, its votes, its adoptions of practices, what it is to become."""
    draft = make_tactic(Strategy.objects.get(slug="readiness"), name="Still secret", state="draft")
    done = make_milestone(draft, title="A secret step")
    make_update(done, "done")
    practice = Practice.objects.create(
        tactic=Tactic.objects.get(slug="foster-care"), title="A practice", text="It worked", written_on=START,
        author=make_person(),
    )  # fmt: skip
    Adoption.objects.create(practice=practice, tactic=draft, adopted_on=START)
    stocktake = make_stocktake(make_cycle(planted), draft)
    meeting = BoardMeeting.objects.create(district=planted.district, held_on=START, title="Session")
    BoardAct.objects.create(
        meeting=meeting, stocktake=stocktake, number=1, known_on=START, accepted=True, entered_by=make_person()
    )
    before = make_plan(planted.district, slug="before", state="closed", starts_on=date(2012, 7, 1), ends_on=START)
    Plan.objects.filter(pk=planted.pk).update(predecessor=before)
    Crosswalk.objects.create(plan=before, to_tactic=draft, text="It grew")
    visited = dict(crawl(client, "/", "/plans/planted/", "/plans/planted/how/", "/plans/before/how/"))
    assert "A practice" in " ".join(visited.values())
    for address, body in visited.items():
        assert "Still secret" not in body and "secret step" not in body, address
    assert "The one milestone: 0 done" in visited["/plans/planted/"]
