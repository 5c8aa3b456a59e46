"""Fetch the one vendored library, plotly.js, with npm; `make vendor` runs it after a change of VERSION.

Plotly inserts its own style rules by script, which a strict content security policy forbids. So they are taken
from the un-minified build and served as a file of our own; the page's link carries the id and the class that make
plotly.js leave its insertion out.
"""

import json
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.1.1"  # the release that plotly of requirements.txt carries: the two speak one figure format
LICENSE = "MIT, `LICENSE-plotly.txt`"
HEAD = """# Vendored files

`make vendor` fetches them; nothing here is edited by hand. htmx is not here: django-htmx serves its own copy.

| file | package | version | integrity | license |
| --- | --- | --- | --- | --- |"""
HOME = Path(__file__).resolve().parent.parent / "static" / "vendor"


def packed(name, folder):
    """The description that npm prints of a package, and its files, unpacked."""
    printed = subprocess.run(
        ["npm", "pack", f"{name}@{VERSION}", "--json"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout
    described = json.loads(printed)[0]
    target = Path(folder) / name
    with tarfile.open(Path(folder) / described["filename"]) as archive:
        archive.extractall(target, filter="data")
    return described, target / "package"


def style_rules(source):
    """Plotly's table of style rules as CSS, in the order that its own insertion at the top leaves."""
    table = re.search(r'"build/plotcss\.js"\(\) \{.*?var rules = \{\n(.*?)\n\s*\};', source, re.DOTALL).group(1)
    rules = []
    for line in table.splitlines():
        selector, body = re.fullmatch(r"""\s*("[^"]+"|\w+): ((?:'.*')|(?:".*")),?""", line).groups()
        selector = selector.strip('"').replace("X", ".js-plotly-plot .plotly").replace("Y", ".plotly-notifier")
        rules.append(f"{selector} {{ {body[1:-1]} }}")
    return rules[::-1]


def listing(minified, plain):
    described = [("plotly-basic.min.js", "", minified), ("plotly.css", "taken from ", plain)]
    rows = [
        f"| `{file}` | {how}{package['name']} | {package['version']} | `{package['integrity']}` | {LICENSE} |"
        for file, how, package in described
    ]
    return "\n".join([HEAD, *rows, ""])


def main():
    with tempfile.TemporaryDirectory() as folder:
        minified, minified_files = packed("plotly.js-basic-dist-min", folder)
        plain, plain_files = packed("plotly.js-basic-dist", folder)
        rules = style_rules((plain_files / "plotly-basic.js").read_text(encoding="utf-8"))
        HOME.mkdir(parents=True, exist_ok=True)
        (HOME / "plotly-basic.min.js").write_bytes((minified_files / "plotly-basic.min.js").read_bytes())
        (HOME / "LICENSE-plotly.txt").write_bytes((minified_files / "LICENSE").read_bytes())
    head = f"/* The {len(rules)} style rules of plotly.js {VERSION}, taken from its source by scripts/vendor.py. */\n"
    (HOME / "plotly.css").write_text(head + "\n".join(rules) + "\n", encoding="utf-8")
    (HOME / "VENDORED.md").write_text(listing(minified, plain), encoding="utf-8")
    print(f"plotly.js {VERSION}: {len(rules)} style rules")


if __name__ == "__main__":
    main()
