"""Every string of the interface has its Spanish, and the compiled file is the one of the source."""

import ast
import io
import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale" / "es" / "LC_MESSAGES"
CALLS = {
    "_",
    "gettext",
    "gettext_lazy",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "marked",
}
TRANSLATE = re.compile(r"""{%\s*translate\s+"([^"]+)"(?:\s+context\s+"([^"]+)")?""")


@pytest.fixture(scope="module")
def catalog():
    with open(FOLDER / "django.po", "rb") as source:
        return read_po(source, locale="es")


def sources(suffix):
    folders = [ROOT / name for name in ("accounts", "indicators", "strategy", "stocktakes", "jeffco_plan", "templates")]
    return [path for folder in folders for path in sorted(folder.rglob(f"*{suffix}")) if "migrations" not in path.parts]


def strings_of_python(path):
    """(context, text) of every literal that a translation function is called with."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if texts and node.func.id.startswith("p"):
                yield texts[0], texts[1]
            elif texts:
                yield None, texts[0]


def test_every_string_in_the_code_has_its_spanish(catalog):
    missing = [
        f"{path.name}: {text!r}"
        for path in sources(".py")
        for context, text in strings_of_python(path)
        if not is_translated(catalog, text, context)
    ]
    assert not missing, "\n".join(missing)


def test_every_string_in_the_templates_has_its_spanish(catalog):
    missing = [
        f"{path.name}: {text!r}"
        for path in sources(".html")
        for text, context in TRANSLATE.findall(path.read_text())
        if not is_translated(catalog, text, context or None)
    ]
    assert not missing, "\n".join(missing)


def is_translated(catalog, text, context):
    message = catalog.get(text, context)
    return message is not None and all([message.string] if isinstance(message.string, str) else message.string)


def test_nothing_in_the_catalog_is_empty_or_uncertain(catalog):
    wrong = [
        message.id
        for message in catalog
        if message.id and (message.fuzzy or not is_translated(catalog, first(message.id), message.context))
    ]
    assert not wrong


def first(text):
    return text if isinstance(text, str) else text[0]


def test_placeholders_survive_translation(catalog):
    names = re.compile(r"%\((\w+)\)[sd]")
    for message in catalog:
        if not message.id:
            continue
        wanted = set(names.findall("".join(message.id if isinstance(message.id, tuple) else [message.id])))
        strings = [message.string] if isinstance(message.string, str) else message.string
        for text in strings:
            assert set(names.findall(text)) <= wanted, message.id
        assert set(names.findall("".join(strings))) == wanted, message.id


def test_the_compiled_file_is_fresh(catalog):
    """`make messages` compiles it; the comparison is of what both say, not of their bytes."""
    fresh = io.BytesIO()
    write_mo(fresh, catalog)
    fresh.seek(0)
    with open(FOLDER / "django.mo", "rb") as committed:
        assert texts_of(read_mo(committed)) == texts_of(read_mo(fresh)), "run `make messages`"


def texts_of(catalog):
    return {(message.context, str(message.id)): str(message.string) for message in catalog if message.id}
