"""The tactic leader's month in a real browser: with and without JavaScript, on a phone, and two people at once."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session

from strategy.models import TeamMember
from tests.browser.visiting import PASSWORD, PHONE, fits, sign_in
from tests.factories import (
    START,
    make_milestone,
    make_person,
    make_plan,
    make_strategy,
    make_tactic,
    make_update,
    make_user,
)


@pytest.fixture
def tactic(live_server):
    """Led by Ana; three milestones to report on."""
    ana = make_user(make_person("Ana"), "ana@example.org")
    tactic = make_tactic(make_strategy(make_plan()), leader=ana.person)
    for title, day in [("Teams at all high schools", 8), ("Placement rule", 9), ("Summer bridge", 15)]:
        milestone = make_milestone(tactic, due_on=date(2020, 6, 5), title=title)
        make_update(milestone, due_on=date(2020, 6, 5), known_on=date(2020, 1, day), note="Eleven of seventeen.")
    return tactic


@pytest.fixture
def teams(tactic):
    return tactic.milestones.get(title="Teams at all high schools")


def opened(page):
    return page.locator("#open h2").inner_text()


def last(milestone):
    return milestone.updates.order_by("-number").first()


def has_focus(page, selector):
    page.wait_for_function("selector => document.activeElement.matches(selector)", arg=selector)
    return True


def test_a_leader_reports_and_the_next_one_is_there(page, axe, teams):
    sign_in(page)
    assert page.locator("h1").inner_text() == "Three things due"
    assert opened(page) == "Teams at all high schools"
    axe(page)
    page.get_by_label("Percent done").fill("75")
    page.get_by_label("Note").fill("Thirteen of seventeen.")
    page.get_by_role("button", name="Save and go to the next").click()
    page.wait_for_selector("#open h2:has-text('Placement rule')")
    assert has_focus(page, "#open h2")
    assert page.locator("#said").inner_text() == "Saved: Teams at all high schools."
    assert page.locator("h1").inner_text() == "Two things due"
    assert (last(teams).percent, last(teams).note) == (75, "Thirteen of seventeen.")
    page.get_by_role("link", name="Skip for now").click()
    page.wait_for_selector("#open h2:has-text('Summer bridge')")
    axe(page)


def test_the_same_without_javascript(new_context, complaints, teams):
    complaints.expect("422")
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page)
    page.get_by_role("radio", name="Will be late").check()
    page.get_by_label("New due date").fill("2020-08-14")
    page.get_by_role("button", name="Save and go to the next").click()
    assert page.title().startswith("Error: ")
    page.get_by_label("Why does it move?").fill("Posts were frozen.")
    page.get_by_role("button", name="Save").click()
    assert page.url.endswith(f"?open=milestone-{teams.tactic.milestones.get(title='Placement rule').pk}")
    assert "Saved: Teams at all high schools." in page.locator("[role=status]").all_inner_texts()
    assert opened(page) == "Placement rule"
    assert last(teams).due_on == date(2020, 8, 14)


def test_who_was_signed_out_while_writing_signs_in_elsewhere_and_saves(page, axe, complaints, teams):
    complaints.expect("401")
    sign_in(page)
    page.get_by_label("Note").fill("Thirteen of seventeen.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_text("You have been signed out").wait_for()
    assert opened(page) == "Teams at all high schools" and page.get_by_label("Note").input_value() != ""
    axe(page)
    with page.context.expect_page() as opening:
        page.get_by_role("link", name="Sign in again in a new tab").click()
    other = opening.value
    other.locator("[name=login]").fill("ana@example.org")
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("[name=password]").press("Enter")
    other.wait_for_url("**/work/")
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_text("You are signed in again").wait_for()
    page.get_by_role("button", name="Save and go to the next").click()
    page.wait_for_selector("#open h2:has-text('Placement rule')")
    assert last(teams).note == "Thirteen of seventeen."


def test_what_a_choice_asks_for_appears_with_it(page, teams):
    sign_in(page)
    shown = lambda: [  # noqa: E731
        name for name in ("New due date", "Why does it move?", "What blocks it?", "Day on which it was done", "Percent done")
        if page.get_by_label(name).is_visible()
    ]  # fmt: skip
    found = {}
    for choice in ("On time", "Will be late", "Blocked", "Done"):
        page.get_by_role("radio", name=choice).check()
        found[choice] = shown()
    assert found == {
        "On time": ["Percent done"],
        "Will be late": ["New due date", "Why does it move?", "Percent done"],
        "Blocked": ["New due date", "What blocks it?", "Percent done"],
        "Done": ["Day on which it was done"],
    }


def test_a_wrong_answer_is_told_where_it_is_read_first(page, axe, complaints, teams):
    complaints.expect("422")
    sign_in(page)
    page.get_by_role("radio", name="Will be late").check()
    page.get_by_label("New due date").fill("2020-05-01")
    page.get_by_label("Note").fill("Two schools lost their lead teacher.")
    page.get_by_role("button", name="Save and go to the next").click()
    assert has_focus(page, ".note--bad")
    assert page.locator(".note--bad h2").inner_text() == "Two answers need another look"
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Note").input_value() == "Two schools lost their lead teacher."
    axe(page)
    page.get_by_role("link", name="Write the reason for the new date.").click()
    assert has_focus(page, "[name=reason]")
    page.get_by_label("Why does it move?").fill("Posts were frozen.")
    page.get_by_label("New due date").fill("2020-08-14")
    page.get_by_role("button", name="Save and go to the next").click()
    page.wait_for_selector("#open h2:has-text('Placement rule')")
    assert page.locator(".note--bad").count() == 0 and not page.title().startswith("Error")


def test_two_people_report_at_once_and_nothing_is_lost(page, new_context, axe, complaints, teams):
    complaints.expect("409")
    dan = make_user(make_person("Dan"), "dan@example.org")
    TeamMember.objects.create(tactic=teams.tactic, person=dan.person, role="member", since=START)
    sign_in(page)
    other = new_context().new_page()
    other.set_viewport_size(PHONE)
    sign_in(other, email="dan@example.org")
    page.get_by_label("Note").fill("Ana's words")
    other.get_by_label("Note").fill("Dan's words")
    page.get_by_role("button", name="Save and go to the next").click()
    page.wait_for_selector("#open h2:has-text('Placement rule')")
    other.get_by_role("button", name="Save and go to the next").click()
    assert has_focus(other, ".meanwhile")
    texts = other.locator(".meanwhile section").all_inner_texts()
    assert "What Ana just saved" in texts[0] and "Ana's words" in texts[0]
    assert "What you wrote" in texts[1] and "Dan's words" in texts[1]
    axe(other)
    other.get_by_role("button", name="Save mine as well").click()
    other.wait_for_selector("#open h2:has-text('Placement rule')")
    assert [update.note for update in teams.updates.order_by("number")][-2:] == ["Ana's words", "Dan's words"]


def test_evidence_waits_while_the_form_is_mended(page, complaints, tmp_path, teams):
    complaints.expect("422")
    file = tmp_path / "list.pdf"
    file.write_bytes(b"%PDF-1.7 names")
    sign_in(page)
    page.get_by_label("Evidence, optional").set_input_files(file)
    page.get_by_label("Percent done").fill("most")
    page.get_by_role("button", name="Save and go to the next").click()
    page.get_by_text("Kept: list.pdf.").wait_for()
    page.get_by_label("Percent done").fill("80")
    page.get_by_role("button", name="Save and go to the next").click()
    page.wait_for_selector("#open h2:has-text('Placement rule')")
    assert last(teams).evidence.get().title == "list.pdf"


def test_it_fits_a_phone(page, axe, teams):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    sign_in(page)
    page.get_by_role("radio", name="Blocked").check()
    page.locator("#open summary").last.click()
    assert fits(page)
    axe(page)
    heights = page.locator("#open .opts label").evaluate_all("labels => labels.map(label => label.offsetHeight)")
    assert min(heights) >= 44, "one thumb"
