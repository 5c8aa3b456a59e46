"""What a test hears from the browser: its complaints, and the rules of accessibility that a page breaks."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event => window.__violation(
    [event.violatedDirective, "refused", event.blockedURI, event.sourceFile, event.sample].join(" ")))
"""


class Complaints:
    """What the browser said against our pages; a test that provokes a refusal announces it with `expect`."""

    def __init__(self, origin):
        self.origin = urlsplit(origin).netloc
        self.heard = []
        self.expected = []

    def expect(self, pattern):
        """From now on, complaints that match `pattern` are part of the test."""
        self.expected.append(re.compile(pattern))

    def note(self, kind, text):
        self.heard.append(f"{kind}: {text}")

    def unexpected(self):
        return [text for text in self.heard if not any(pattern.search(text) for pattern in self.expected)]

    def listen(self, context):
        context.on("console", self.hear_console)
        context.on("weberror", lambda failure: self.note("script error", failure.error))
        context.on("request", self.hear_request)
        context.expose_binding("__violation", lambda source, text: self.note("policy violation", text))
        context.add_init_script(REPORT_VIOLATIONS)

    def hear_console(self, message):
        if message.type in ("error", "warning"):
            self.note(f"console {message.type}", f"{message.text} ({message.location.get('url', '')})")

    def hear_request(self, request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https", "ws", "wss") and address.netloc != self.origin:
            self.note("request to another host", request.url)


def check_accessibility(page, **context):
    """Fails with a readable list where the page breaks a rule of WCAG 2.2, level A or AA."""
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options, **context).response["violations"]
    assert not found, "\n".join([f"axe on {page.url}:", *(line for rule in found for line in in_words(rule))])


def in_words(rule):
    yield f"{rule['id']} ({rule['impact']}): {rule['help']}"
    for node in rule["nodes"][:5]:
        yield f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}"
