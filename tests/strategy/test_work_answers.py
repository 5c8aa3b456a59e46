"""Answers to a milestone: wrong ones in plain words, and two people at once, with nothing lost."""

from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from strategy.actions import ReportedMeanwhile, report_milestone
from strategy.models import Evidence, TeamMember
from tests.factories import DAY, START, make_milestone, make_person, make_translation, make_update, make_user
from tests.strategy.reporting import address, answer, fetch, last, pdf

pytestmark = pytest.mark.django_db


WRONG = [
    ({"state": ""}, "Choose where it stands."),
    ({"percent": "120"}, "Write a whole number from 0 to 100."),
    ({"percent": "most"}, "Write a whole number from 0 to 100."),
    ({"percent": ""}, "Write a whole number from 0 to 100."),
    ({"state": "late", "due_on": "2020-05-01", "reason": "x"}, "The new date must be after June 5, 2020, or choose"),
    ({"state": "late", "reason": "x"}, "Choose the new due date."),
    ({"state": "late", "due_on": "soon", "reason": "x"}, "Write the date as year-month-day"),
    ({"state": "late", "due_on": "9999-12-31", "reason": "x"}, "The new date lies more than ten years ahead."),
    ({"state": "blocked", "due_on": "2200-01-01", "blocked_by": "x"}, "The new date lies more than ten years ahead."),
    ({"kept": "a\0b"}, "Null characters are not allowed."),
    ({"state": "late", "due_on": "2020-09-01"}, "Write the reason for the new date."),
    ({"state": "blocked"}, "Write what blocks it."),
    ({"state": "done", "completed_on": "2020-02-07"}, "The day must not be after today, February 6, 2020."),
    ({"state": "done", "completed_on": "2002-02-06"}, "The day must not be before the plan began"),
    ({"state": "done"}, "Choose the day on which it was done."),
    ({"is_public": "on"}, "Confirm that no student can be recognized"),
    ({"evidence_link": "javascript:alert(1)"}, "Write the whole address of the page"),
    ({"seen": "9"}, "This page is out of date."),
    ({"number": "9"}, "This page is out of date."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_a_wrong_answer_comes_back_in_plain_words_with_what_was_typed(client, ana, milestone, changes, words):
    client.force_login(ana)
    response = client.post(address(milestone), answer(milestone, **changes))
    text = response.content.decode()
    assert response.status_code == 422 and milestone.updates.count() == 2
    assert words in text and "One answer needs another look" in text and "Twelve." in text
    assert "<title>Error: " in text and 'role="alert" tabindex="-1" autofocus' in text


def test_every_link_of_the_summary_leads_to_a_field(client, ana, milestone):
    client.force_login(ana)
    wrong = answer(milestone, state="late", percent="x", due_on="2020-05-01")
    text = client.post(address(milestone), wrong).content.decode()
    assert "Three answers need another look" in text
    for name in ("percent", "due_on", "reason"):
        assert f'href="#m{milestone.pk}-{name}"' in text and f'id="m{milestone.pk}-{name}"' in text


def test_done_is_dated_and_complete(client, ana, milestone):
    client.force_login(ana)
    client.post(address(milestone), answer(milestone, state="done", completed_on="2020-02-03", percent=""))
    update = last(milestone)
    assert (update.percent, update.completed_on, update.due_on) == (100, date(2020, 2, 3), date(2020, 6, 5))


def test_late_moves_the_date_and_blocked_may(client, ana, milestone):
    client.force_login(ana)
    late = answer(milestone, state="late", due_on="2020-08-14", reason="Posts were frozen.")
    client.post(address(milestone), late)
    assert (last(milestone).due_on, last(milestone).reason) == (date(2020, 8, 14), "Posts were frozen.")
    client.post(address(milestone), answer(milestone, state="blocked", blocked_by="No posts."))
    assert (last(milestone).due_on, last(milestone).reason) == (date(2020, 8, 14), "No posts.")


def test_no_report_hides_a_date_that_has_passed(client, ana, tactic):
    milestone = make_milestone(tactic, due_on=date(2020, 1, 31))
    client.force_login(ana)
    text = client.post(address(milestone), answer(milestone)).content.decode()
    assert "The due date, January 31, 2020, has passed." in text
    wrong = answer(milestone, state="late", due_on="2020-02-05", reason="x")
    assert "The new date has passed already." in client.post(address(milestone), wrong).content.decode()


def test_the_history_stands_below(client, ana, milestone):
    client.force_login(ana)
    text = client.get(address(milestone)).content.decode()
    assert "All 2 reports" in text and "Eleven of seventeen." in text


def test_the_author_of_an_earlier_report_is_named_in_the_readers_language(client, ana, milestone):
    author = milestone.updates.first().author.name
    make_translation(author, "La autora en español")
    client.force_login(ana)
    assert "La autora en español" in client.get(f"/es{address(milestone)}").content.decode()


def test_the_second_sees_both_texts_and_saves_with_one_click(client, ana, tactic, milestone):
    dan = make_user(make_person("Dan"))
    TeamMember.objects.create(tactic=tactic, person=dan.person, role="member", since=START)
    mine = answer(milestone, state="late", due_on="2020-08-14", reason="Posts were frozen.", note="Dan's words")
    client.force_login(ana)
    moved = answer(milestone, state="late", due_on="2020-09-30", reason="A strike.", note="Ana's words")
    client.post(address(milestone), moved)
    client.force_login(dan)
    response = client.post(address(milestone), mine)
    text = response.content.decode()
    assert response.status_code == 409 and milestone.updates.count() == 3
    assert "What Ana just saved" in text and "Ana&#x27;s words" in text
    assert "What you wrote" in text and "Dan&#x27;s words" in text and "Save mine as well" in text
    response = client.post(address(milestone), mine | {"number": "4"})
    assert response.status_code == 302
    assert [update.note for update in milestone.updates.all()][2:] == ["Ana's words", "Dan's words"]


def test_the_same_button_twice_saves_once(client, ana, milestone):
    client.force_login(ana)
    mine = answer(milestone)
    assert [client.post(address(milestone), mine).status_code for _again in range(2)] == [302, 302]
    assert milestone.updates.count() == 3


def test_the_constraint_decides_where_both_were_sent_at_once(ana, milestone):
    report = {"state": "on_time", "percent": 70, "due_on": date(2020, 6, 5), "number": 3, "known_on": DAY}
    report_milestone(milestone, author=ana.person, **report)
    piece = {"title": "x", "link": "https://example.org"}
    with pytest.raises(ReportedMeanwhile):
        report_milestone(milestone, author=make_person(), evidence=[piece], **report)
    assert milestone.updates.count() == 3 and not Evidence.objects.exists()


def test_another_broken_rule_is_not_taken_for_a_race(ana, milestone):
    with pytest.raises(IntegrityError):
        report_milestone(milestone, author=ana.person, state="done", percent=40, due_on=DAY, number=3, known_on=DAY)


def test_a_file_survives_the_meeting(client, ana, tactic, milestone):
    client.force_login(ana)
    mine = answer(milestone)
    make_update(milestone, due_on=date(2020, 6, 5), known_on=DAY)
    text = client.post(address(milestone), mine | {"evidence_file": pdf()}).content.decode()
    token = text.split('name="kept" value="')[1].split('"')[0]
    assert token and "list.pdf" in text
    client.post(address(milestone), mine | {"number": "4", "kept": token})
    url = reverse("evidence", args=[last(milestone).evidence.get().pk])
    assert fetch(client, url).body == b"%PDF-1.7 names"
