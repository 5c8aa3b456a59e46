"""Fixtures for all tests: which database a test needs, a browser that is watched, templates that may not query."""

import os
import shutil

import pytest
from django.conf import settings
from django.db import connections
from django.template import base as template_engine
from django.utils import translation

from scripts import chromium
from tests.watching import Complaints, check_accessibility

NEEDS_DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "admin_user", "admin_client"}
OUTSIDE = "not beside this checkout"
NEEDS_BROWSER = {"page", "context", "new_context", "browser"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-only", action="store_true", help="only tests that use a database, and none in a browser"
    )


def pytest_collection_modifyitems(config, items):
    """Marks browser tests, and keeps what the database at hand and the options ask for."""
    from django.db import connection

    other = {"sqlite": "postgres", "postgresql": "sqlite"}[connection.vendor]
    kept, left = [], []
    for item in items:
        if NEEDS_BROWSER & set(item.fixturenames):
            item.add_marker("browser")
        is_wanted = not item.get_closest_marker(other)
        if config.getoption("--database-only"):
            is_wanted = is_wanted and uses_database(item) and not item.get_closest_marker("browser")
        (kept if is_wanted else left).append(item)
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = kept


def uses_database(item):
    return bool(item.get_closest_marker("django_db") or NEEDS_DATABASE & set(item.fixturenames))


def pytest_sessionfinish(session):
    """Clears away uploads. Where CI=true nothing may be skipped for want of a part: a skipped test fails the run."""
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and wrongly_skipped(reporter) and session.exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def wrongly_skipped(reporter):
    """Skipped tests, but for those that want files which no clone carries and which say so."""
    return [test for test in reporter.stats.get("skipped", []) if OUTSIDE not in str(test.longrepr)]


def pytest_terminal_summary(terminalreporter):
    if os.environ.get("CI") and wrongly_skipped(terminalreporter):
        terminalreporter.write_line("CI=true: the skipped tests above count as failures.", red=True)
    if os.environ.get("LEFT_OUT"):
        terminalreporter.section("left out on this machine")
        terminalreporter.write_line(os.environ["LEFT_OUT"])


@pytest.fixture(autouse=True)
def facts_may_be_flushed(request):
    """Lifts the append-only triggers after a test that commits, so that the flush can empty the tables.

    The flush ends with post_migrate, which installs them again. Asking for the database here makes this fixture
    end before the database's own, which is the one that flushes.
    """
    if not is_transactional(request.node):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    from indicators.facts import lift_triggers

    lift_triggers()


@pytest.fixture(autouse=True)
def media(request):
    """What a test uploads ends with it."""
    if uses_database(request.node):
        request.getfixturevalue("settings").MEDIA_ROOT = request.getfixturevalue("tmp_path") / "media"


@pytest.fixture(autouse=True)
def in_english():
    """A page in Spanish leaves its language to the thread: every test begins in English."""
    translation.activate("en")


def is_transactional(item):
    marker = item.get_closest_marker("django_db")
    return bool({"transactional_db", "live_server"} & set(item.fixturenames)) or bool(
        marker and (marker.kwargs.get("transaction") or (marker.args and marker.args[0]))
    )


@pytest.fixture
def templates_without_sql(monkeypatch):
    """While this fixture is in use, a query from inside a template fails the test: pages hand over finished values."""

    def refuse(execute, sql, params, many, context):
        raise AssertionError(f"A template asked the database: {sql[:500]}")

    for kind in (template_engine.Template, template_engine.PartialTemplate):
        monkeypatch.setattr(kind, "_render", guarded(kind._render, refuse))


def guarded(render, refuse):
    def render_without_sql(self, context):
        load_what_middleware_leaves_lazy(context.get("request"))
        with connections["default"].execute_wrapper(refuse):
            return render(self, context)

    return render_without_sql


def load_what_middleware_leaves_lazy(request):
    """The session and the signed-in user are no page's query, but Django puts them off until someone looks."""
    if hasattr(request, "session"):
        request.session.keys()
    if hasattr(request, "user"):
        bool(request.user.is_authenticated)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium.find()
    assert path, "No Chromium: `make test` finds or installs one, or set CHROMIUM to its path."
    return {**browser_type_launch_args, "executable_path": path, "args": list(chromium.ARGUMENTS)}


@pytest.fixture(scope="session")
def base_url(live_server):
    """`page.goto("/plans/")` goes to our own server."""
    return live_server.url


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {
        **browser_context_args,
        "locale": "en-US",
        "timezone_id": "America/Denver",
        "viewport": {"width": 1280, "height": 900},
        "reduced_motion": "reduce",
    }


@pytest.fixture
def complaints(live_server):
    heard = Complaints(live_server.url)
    yield heard
    assert not heard.unexpected(), "\n".join(["The browser complained:", *heard.unexpected()])


@pytest.fixture
def new_context(new_context, complaints):
    """Every context, the second person's too, is watched: `new_context()` makes another browser for another person."""

    def watched(**options):
        context = new_context(**options)
        context.set_default_timeout(10_000)
        complaints.listen(context)
        return context

    return watched


@pytest.fixture
def axe():
    """`axe(page)` checks the page as it stands now; `axe(page, context="main")` a part of it."""
    return check_accessibility
