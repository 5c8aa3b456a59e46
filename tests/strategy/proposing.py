"""How a test proposes another promise, and reads what came of it."""

from django.urls import reverse

WORDS = {
    "statement": "By the class of 2024, at least 90% of students graduate in four years",
    "reason_code": "delay",
    "reason": "The teams began a year late.",
}


def answer(goal, action="propose", rows=(), **changes):
    """What the form sends when nothing is changed but these: the same path, two years longer."""
    measure = goal.revisions.filter(measure__isnull=False).order_by("number").last().measure
    return {
        "action": action,
        "number": goal.revisions.count() + 1,
        "kind": "path",
        "indicator": measure.indicator_id,
        "group": measure.group_id,
        "minus": "",
        "baseline_period": "2017",
        "baseline_value": "83.5",
        "target_period": "2024",
        "target_value": "90",
        "shape": "by_hand" if rows else "straight",
        "interpolation": "linear",
        "point_period": [period for period, _value in rows],
        "point_value": [value for _period, value in rows],
        **WORDS,
    } | changes


def revise(goal):
    return reverse("goal-revise", args=[goal.pk])


def page_of(proposal):
    return reverse("goal-proposal", args=[proposal.pk])


def last(goal):
    return goal.revisions.order_by("-number").first()


def values_of(text):
    """The planned values that stand in the table of points."""
    return [part.split('value="')[1].split('"')[0] for part in text.split('name="point_value"')[1:]]


def shown(client, goal, **changes):
    """The page after "Show what this would mean"."""
    response = client.post(revise(goal), answer(goal, action="show", **changes))
    assert response.status_code == 200
    return response.content.decode()
