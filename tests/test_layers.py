"""Imports go only downward: between apps, and between the modules of an app."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ["accounts", "indicators", "strategy", "engagement", "stocktakes", "jeffco_plan"]
# Within an app, lowest first; a module that is not named stands between models and permissions.
LAYERS = ["models", "permissions", "actions", "tasks", "forms", "views", "admin", "management", "urls"]
RECOGNITION = sorted(path.stem for path in (ROOT / "indicators/importing/recognition").glob("[a-z]*.py"))
PURE = [
    "indicators.calendars", "indicators.periods", "indicators.trajectory", "indicators.words", "indicators.readings", "indicators.status",
    "indicators.amounts", "indicators.lines", "indicators.forecast", "indicators.pace", "indicators.runcharts",
    "indicators.kendall", "indicators.association", "indicators.comparability", "indicators.gaps", "strategy.milestones",
    "strategy.windows",
    "indicators.importing.standing", "indicators.importing.suspicions", "indicators.importing.mapping",
    "indicators.importing.values", "indicators.importing.tables", "indicators.importing.columns",
    "indicators.importing.corners", "indicators.importing.repeats",
    *(f"indicators.importing.recognition.{name}" for name in RECOGNITION),
    *(f"indicators.suppression.{name}" for name in ("bands", "cells", "complementary", "intervals", "primary",
                                                    "relations", "releases")),
]  # fmt: skip


def modules():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path):
    """Every module that a file imports, with relative ones resolved."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) + "." if node.level else ""
            module = f"{base}{node.module or ''}".strip(".")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def app_violations(source, imported):
    mine, theirs = source.split(".")[0], imported.split(".")[0]
    return theirs in APPS and APPS.index(theirs) > APPS.index(mine)


def layer_of(name):
    """The layer of a module, also of one in a package named after its subject, such as strategy.revisions.views."""
    return next((LAYERS.index(part) for part in name.split(".")[1:] if part in LAYERS), None)


def layer_violation(source, imported):
    if source.split(".")[0] != imported.split(".")[0]:
        return False
    mine, theirs = layer_of(source), layer_of(imported)
    return mine is not None and theirs is not None and theirs > mine


@pytest.mark.parametrize("path", list(modules()), ids=name_of)
def test_imports_go_only_downward(path):
    source = name_of(path)
    wrong = [name for name in imports_of(path) if app_violations(source, name) or layer_violation(source, name)]
    assert not wrong, f"{source} reaches up to {wrong}"


@pytest.mark.parametrize("name", PURE)
def test_pure_modules_know_no_django(name):
    path = ROOT / Path(*name.split(".")).with_suffix(".py")
    assert not [imported for imported in imports_of(path) if imported.split(".")[0] == "django"]


def test_the_rule_would_notice_an_upward_import():
    assert app_violations("indicators.models.groups", "strategy.models")
    assert layer_violation("strategy.models.goals", "strategy.views")
    assert not app_violations("strategy.models.goals", "indicators.models")
