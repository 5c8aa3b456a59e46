"""Settings come from the environment and fail loudly; production is the default."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
STRONG = "k4Zr9-".join("abcdefghijklm")
PRODUCTION = {"SECRET_KEY": STRONG, "ALLOWED_HOSTS": "plan.district.example", "DATABASE_URL": "sqlite:///:memory:"}


def start(**environment):
    """What Django says when it is started with these settings alone."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, cwd=ROOT, env=kept | environment, capture_output=True, text=True, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_the_documented_production_settings_pass_every_deployment_check():
    code, said = start(**PRODUCTION)
    assert code == 0, said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is too short"),
        ({"SECRET_KEY": "development-only-key-that-production-refuses-to-start-with"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS must name"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"DEBUG": "1"}, "DEBUG=1 is refused"),
        ({"DEBUG": "perhaps"}, "DEBUG must be 1 or 0"),
        ({"DEMONSTRATION_DAY": "2020-02-06"}, "it would stop the clock"),
        ({"MINIMUM_GROUP_SIZE": "few"}, "MINIMUM_GROUP_SIZE must be a whole number"),
    ],
)
def test_production_refuses_to_start_half_configured(change, words):
    code, said = start(**(PRODUCTION | change))
    assert code != 0
    assert words in said


def test_the_demonstration_needs_no_setting_at_all():
    code, said = start(DEMONSTRATION="1", DATABASE_URL="sqlite:///:memory:")
    assert "ImproperlyConfigured" not in said, said


def test_the_policy_allows_no_inline_script_or_style(settings):
    policy = " ".join(source for sources in settings.SECURE_CSP.values() for source in sources)
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert settings.SECURE_CSP["script-src"] == settings.SECURE_CSP["style-src"] == ["'self'"]
