"""Settings read from the environment, failing loudly with what to do."""

import os
from datetime import date

from django.core.exceptions import ImproperlyConfigured

DEVELOPMENT_KEY = "development-only-key-that-production-refuses-to-start-with"
TRUE, FALSE = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


def flag(name, default=False):
    """True or False from an environment variable."""
    text = os.environ.get(name, "1" if default else "").strip().lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {text!r}.")


def words(name):
    """A list from a variable whose entries are separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def day(name):
    """A date from a variable written YYYY-MM-DD, or None where it is not set."""
    text = os.environ.get(name, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a day like 2020-02-06, not {text!r}.") from error


def number(name, default):
    """A whole number from a variable."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def secret_key(name, *, development):
    """The signing key: required in production, fixed while developing."""
    text = os.environ.get(name, "")
    if text:
        if not development and (len(text) < 50 or len(set(text)) < 5 or text == DEVELOPMENT_KEY):
            raise ImproperlyConfigured(
                f"{name} is too short, too simple or the development key: use at least 50 random characters."
            )
        return text
    if development:
        return DEVELOPMENT_KEY
    raise ImproperlyConfigured(
        f"{name} is not set. Make one with: python -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )
