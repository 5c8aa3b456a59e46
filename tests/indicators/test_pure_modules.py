"""The mathematics stays pure, and its examples stay true."""

import doctest
import importlib
import subprocess
import sys

import pytest

PURE = [
    "indicators.calendars",
    "indicators.periods",
    "indicators.spanish_periods",
    "indicators.trajectory",
    "indicators.words",
    "indicators.status",
    "indicators.amounts",
    "indicators.lines",
    "indicators.forecast",
    "indicators.pace",
    "indicators.runcharts",
    "indicators.kendall",
    "indicators.association",
    "indicators.comparability",
    "indicators.gaps",
    "strategy.milestones",
    "strategy.windows",
]


@pytest.mark.parametrize("name", [*PURE, "indicators.units"])
def test_the_examples_in_the_text_are_true(name):
    outcome = doctest.testmod(importlib.import_module(name))
    assert outcome.attempted > 0
    assert outcome.failed == 0


def test_pure_modules_load_neither_django_nor_numpy():
    code = f"import sys, {', '.join(PURE)}; print(sorted({{'django', 'numpy', 'scipy'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
