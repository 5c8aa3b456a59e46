"""The demonstration's indicators and figures fit together before anything is imported."""

import csv
import importlib.util
import re
import tomllib
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from indicators.periods import parse_period

FIXTURES = Path(__file__).parent.parent / "fixtures"
FILES = sorted((FIXTURES / "observations").glob("*.csv"))
HEADER = ["indicator", "period", "organization", "group", "value", "n", "source", "note"]
MARKS = {">= 98%", "N/A", "*"}
WRITTEN_ON = date(2026, 11, 22)
GENERATIONS_STANDS_ON = date(2020, 2, 6)

CONTENT = tomllib.loads((FIXTURES / "indicators.toml").read_text(encoding="utf-8"))
INDICATORS = {indicator["code"]: indicator for indicator in CONTENT["indicator"]}
ORGANIZATIONS = {f"{row['authority']}:{row['code']}": row for row in CONTENT["organization"]}
GROUPS = {group["name"] for group in CONTENT["group"]}


def known_on(path):
    return date.fromisoformat(path.name[:10])


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file, strict=True)
        assert reader.fieldnames == HEADER, path.name
        return list(reader)


def period_number(indicator, label):
    return parse_period(label, indicator["calendar"], indicator["kind"]).number


def troubles(row):
    """What keeps a row from being taken in, column by column."""
    found = [
        column
        for column, known in (("indicator", INDICATORS), ("organization", ORGANIZATIONS), ("group", GROUPS))
        if row[column] not in known
    ]
    if not re.fullmatch(r"-?\d+(\.\d+)?", row["value"]) and row["value"] not in MARKS:
        found.append("value")
    if row["n"] and not re.fullmatch(r"\d+|50 or less", row["n"]):
        found.append("n")
    return found


def readings():
    """Every reading: code -> period number -> the days on which it became known, all students of the district."""
    found = defaultdict(lambda: defaultdict(list))
    for path in FILES:
        for row in rows_of(path):
            if row["group"] == "All students" and ORGANIZATIONS[row["organization"]]["kind"] == "district":
                number = period_number(INDICATORS[row["indicator"]], row["period"])
                found[row["indicator"]][number].append(known_on(path))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
class TestEveryFileOfFigures:
    def test_every_row_resolves(self, path):
        rows = rows_of(path)
        assert rows
        assert [(number, troubles(row)) for number, row in enumerate(rows, start=2) if troubles(row)] == []

    def test_no_figure_is_given_twice(self, path):
        keys = Counter(
            (
                row["indicator"],
                period_number(INDICATORS[row["indicator"]], row["period"]),
                row["organization"],
                row["group"],
            )
            for row in rows_of(path)
        )
        assert [key for key, times in keys.items() if times > 1] == []

    def test_it_became_known_on_a_day_that_has_been_and_after_the_period_began(self, path):
        assert known_on(path) <= WRITTEN_ON
        for row in rows_of(path):
            indicator = INDICATORS[row["indicator"]]
            assert parse_period(row["period"], indicator["calendar"], indicator["kind"]).start <= known_on(path), row

    def test_illustrations_and_real_figures_never_mix(self, path):
        for row in rows_of(path):
            assert row["source"]
            assert (row["source"] == "illustration") == INDICATORS[row["indicator"]]["is_illustration"], row


def test_codes_and_names_are_given_once():
    assert len(INDICATORS) == len(CONTENT["indicator"])
    assert len(ORGANIZATIONS) == len(CONTENT["organization"])
    assert len(GROUPS) == len(CONTENT["group"])
    categories = [category for dimension in CONTENT["dimension"] for category in dimension["category"]]
    names = Counter(
        name.casefold()
        for category in categories
        for name in {category["name"].casefold(), *(found["name"].casefold() for found in category.get("names", []))}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_group_is_made_of_known_categories():
    known = {f"{d['code']}:{category['code']}" for d in CONTENT["dimension"] for category in d["category"]}
    used = [category for group in CONTENT["group"] for category in group["categories"]]
    assert set(used) == known


def test_every_parent_is_an_organization():
    assert {row["parent"] for row in ORGANIZATIONS.values() if "parent" in row} <= set(ORGANIZATIONS)


@pytest.mark.parametrize("code", INDICATORS)
def test_every_indicator_can_be_read_by_a_parent(code):
    indicator = INDICATORS[code]
    assert indicator["question"].endswith("?")
    assert all(indicator[field] for field in ("name", "short_name", "description", "source", "method", "steward"))
    assert len(indicator["difference"]) == 2
    people = indicator["counts"] in ("students", "staff", "families")
    assert indicator["minimum_n"] == (16 if people else 0)


@pytest.mark.parametrize("code", INDICATORS)
def test_windows_name_each_period_once_and_say_why_nothing_was_collected(code):
    windows = INDICATORS[code].get("window", [])
    numbers = [period_number(INDICATORS[code], window["period"]) for window in windows]
    assert len(set(numbers)) == len(numbers)
    given = readings()[code]
    for number, window in zip(numbers, windows, strict=True):
        assert bool(window.get("not_collected")) == bool(window.get("reason"))
        assert not (window.get("not_collected") and number in given), window


def test_on_the_day_of_the_demonstration_one_reading_is_overdue_and_it_is_an_illustration():
    given = readings()
    overdue = [
        (code, window["period"])
        for code, indicator in INDICATORS.items()
        for window in indicator.get("window", [])
        if window["expected_on"] + timedelta(days=window["grace_days"]) < GENERATIONS_STANDS_ON
        and not window.get("not_collected")
        and not any(day <= GENERATIONS_STANDS_ON for day in given[code][period_number(indicator, window["period"])])
    ]
    assert overdue == [("survey-social-readiness", "2018-2019")]


def test_annotations_stand_at_periods_and_are_dated():
    for indicator in INDICATORS.values():
        for annotation in indicator.get("annotation", []):
            assert annotation["kind"] in ("event", "break", "rebase")
            assert period_number(indicator, annotation["period"])
            assert annotation["known_on"] <= WRITTEN_ON


def test_five_of_the_leading_indicators_are_frequent_enough_for_a_run_chart():
    leads = {code: days for code, days in readings().items() if code.startswith("lead-")}
    assert len(leads) >= 12
    frequent = [
        code for code, days in leads.items() if INDICATORS[code]["kind"] in ("week", "month") and len(days) >= 24
    ]
    assert len(frequent) == 5


def test_the_foster_care_group_is_too_small_to_be_shown():
    sizes = [int(row["n"]) for path in FILES for row in rows_of(path) if row["indicator"] == "foster-graduation"]
    assert sizes
    assert max(sizes) < INDICATORS["foster-graduation"]["minimum_n"]


def test_the_committed_illustrations_are_what_the_script_writes(tmp_path):
    path = FIXTURES / "make_illustrations.py"
    spec = importlib.util.spec_from_file_location("make_illustrations", path)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write_files(tmp_path)
    committed = {file.name: file.read_bytes() for file in FILES if file.name.endswith("-illustrations.csv")}
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == committed


def test_the_files_of_the_tour_are_clean_and_faulty_as_they_say():
    assert [troubles(row) for row in rows_of(FIXTURES / "try" / "social-readiness-2019.csv")] == [[]]
    faulty = rows_of(FIXTURES / "try" / "social-readiness-2019-with-errors.csv")
    assert [troubles(row) for row in faulty] == [[], ["group"], ["value"], ["indicator"]]
