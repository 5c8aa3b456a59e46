"""What we carry with us: the charts' script beside the library that builds its figures, and the locked requirements."""

import re
from pathlib import Path

from plotly.offline import get_plotlyjs_version

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"


def test_the_browser_draws_with_the_release_that_plotly_builds_figures_for():
    script = (VENDOR / "plotly-basic.min.js").read_text(encoding="utf-8")
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in script[:300]


def test_plotly_is_styled_by_a_file_of_ours_because_the_policy_forbids_its_own():
    rules = re.findall(r"^[^/].*\{.*\}$", (VENDOR / "plotly.css").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(rules) == 66
    assert any(rule.startswith(".js-plotly-plot .plotly .main-svg {") for rule in rules)
    assert rules[-1].startswith(".js-plotly-plot .plotly,")


def test_the_requirements_carry_hashes_and_no_address():
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        pinned = [line for line in text.splitlines() if re.match(r"\S+==", line)]
        assert pinned and all(line.endswith("\\") for line in pinned)
        assert not re.search(r"://|index-url|find-links|file:| @ ", text)


def test_development_runs_the_very_versions_of_the_site():
    site, development = (set(versions(name)) for name in ("requirements.txt", "requirements-dev.txt"))
    assert site < development


def versions(name):
    return re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
