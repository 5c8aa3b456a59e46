#!/usr/bin/env python
"""Django's command line; `demo` is the demonstration, and says so before settings are read."""

import os
import sys


def main():
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("DEMONSTRATION", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeffco_plan.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
