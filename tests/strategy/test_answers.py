"""Errors of a team's own pages: in the order of the page, each a link to where it can be mended."""

from django import forms

from strategy.answers import OUT_OF_DATE, Numbered


class Report(Numbered, forms.Form):
    number = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField()
    state = forms.ChoiceField(choices=[("late", "late")], widget=forms.RadioSelect)
    field_order = ("state", "reason", "number")
    next_number = 3


def problems(**typed):
    return [place for place, _message in Report(typed, auto_id="r-%s").problems]


def test_errors_are_listed_as_the_page_asks_and_lead_to_the_first_choice():
    assert problems(number="3") == ["r-state_0", "r-reason"]


def test_an_error_of_a_field_that_nobody_sees_is_no_link():
    form = Report({"number": "4", "reason": "snow", "state": "late"})
    assert form.problems == [("", OUT_OF_DATE)]


def test_the_next_number_and_one_taken_meanwhile_are_no_error():
    assert problems(number="3", reason="snow", state="late") == problems(number="2", reason="snow", state="late") == []


def test_a_form_not_yet_sent_has_no_problems():
    assert Report().problems == []
