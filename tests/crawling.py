"""Every public address, found by following links: pages, files, figures."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

ADDRESS = re.compile(r"""(?:href|data-figure|src|action)=["']([^"'#]+)""")
SKIPPED = re.compile(r"^/static/|^/admin/|/accounts/")  # sign-in pages carry the address one came from, without end


def crawl(client, *starts):
    """(address, body) of everything that can be reached without an account."""
    queue, seen = list(starts), set()
    while queue:
        address = queue.pop()
        if address in seen or SKIPPED.search(address):
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code >= 300:
            if response.status_code in (301, 302):
                queue.append(urljoin(address, response["Location"]))
            continue
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = body.decode("utf-8", "replace")
        yield address, text
        if "html" in response.headers.get("Content-Type", ""):
            queue += [target for found in ADDRESS.findall(text) if (target := own(address, unescape(found)))]


def own(address, found):
    target = urljoin(address, found)
    parts = urlsplit(target)
    return None if parts.netloc or parts.scheme else target
