"""The pages of leading indicators: their addresses, and what a browser sends to them."""

from django.urls import reverse

from tests.strategy.learning import SEPTEMBER_2018


def listed(tactic):
    return reverse("leading-list", args=[tactic.pk])


def declaring(tactic):
    return reverse("leading-declare", args=[tactic.pk])


def at(leading, verb="detail", *args):
    return reverse(f"leading-{verb}", args=[leading.pk, *args])


def claim(goal, series, /, **changes):
    """What the form sends when nothing is changed but these."""
    return {
        "indicator": series.indicator_id,
        "organization": series.organization_id,
        "group": series.group_id,
        "goal": goal.pk,
        "expected_sign": "1",
        "lag": "1",
        "lag_unit": "years",
        "window": "mean",
        "length": "12",
        "length_unit": "months",
        "reason": "Who is in class learns.",
        "confidence": "medium",
        "review_on": "2020-09-01",
        "before_looking": "on",
    } | changes


def text_of(client, url):
    return client.get(url).content.decode()


def begin(client, leading, period=SEPTEMBER_2018 + 9, text="Counted by another office."):
    return client.post(at(leading, "rebase"), {"period": str(period), "text": text})
