"""What the tests need from the machine and pip does not bring: found, or installed where that is allowed."""

import os
import shutil
import subprocess


class Missing(Exception):
    """A part that is neither there nor can be installed; its words say what to do."""


def apt_install(package):
    """Whether Debian's package is now installed; False where this machine or this user cannot do it."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    print(f"Installing {package} with apt-get (once on this machine) ...", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdin": subprocess.DEVNULL}
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", package]):
        done = subprocess.run(command, capture_output=True, text=True, **quiet)
        if done.returncode != 0 and command[1] == "install":
            print("\n".join((done.stdout + done.stderr).splitlines()[-8:]), flush=True)
            return False
    return True
