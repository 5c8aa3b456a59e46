"""Chromium for the browser tests and the audit."""

import os
import shutil
from pathlib import Path

from scripts.parts import Missing, apt_install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = ("/Applications/Chromium.app/Contents/MacOS/Chromium",)
# No sandbox, because a container's root has none; no background traffic, because tests talk to this machine alone.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find():
    """The path of a browser, or None. CHROMIUM names one that stands elsewhere."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *ELSEWHERE) if path and Path(path).exists()), None)


def find_or_install():
    path = find()
    if not path and apt_install("chromium"):
        path = find()
    if not path:
        raise Missing("Chromium was not found. Install it (on Debian: apt-get install chromium) or set CHROMIUM.")
    return path
