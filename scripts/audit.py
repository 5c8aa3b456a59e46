"""The long matrix: every page in four widths, two themes and two languages, in a real browser.

Takes a screenshot of each into audit/, runs axe, and lists what the browser complained about. The site is the
demonstration itself, set up in a folder of its own and served on a free port.

    python -m scripts.audit [--only WORD] [--widths 320,360,768,1440] [--languages en,es] [--themes light,dark]
"""

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import django
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from scripts import chromium
from tests.watching import WCAG, Complaints, in_words

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "audit"
HEIGHTS = {320: 640, 360: 780, 768: 1024, 1440: 900}
MOST_PAGES_OF_A_KIND = 2
LEFT_OUT = ("/es/", "/admin/", "/static/")  # the other language is looked at beside each page
ALSO = {  # pages that no plain link leads to: a day, or an indicator, chosen in a form
    "board@demo.example": ["/board/jeffco-generations/?as_of=2019-06-30"],
    "steward@demo.example": ["/imports/typed/?indicator=graduation-4yr", "/imports/held/", "/imports/quality/"],
}
LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))"""
NOT_A_PAGE = re.compile(r"logout|\.\w+(?:\?|$)|evidence|next=")  # a file may be asked for as of a day


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="only addresses that contain this word")
    parser.add_argument("--widths", default="320,360,768,1440")
    parser.add_argument("--languages", default="en,es")
    parser.add_argument("--themes", default="light,dark")
    parser.add_argument("--no-pictures", action="store_true", help="axe and complaints only")
    return parser.parse_args()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder, port):
    """The demonstration in a folder of its own; returns the process once it answers."""
    ours = {"DEMONSTRATION": "1", "DATABASE_URL": f"sqlite:///{folder}/audit.sqlite3", "MEDIA_ROOT": folder}
    environment = os.environ | ours
    command = [sys.executable, "manage.py", "demo", "--noreload", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5)
            return process
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.5)
    process.kill()
    raise SystemExit("The demonstration did not start: run `python manage.py demo` to see why.")


def kind_of(address):
    """Addresses of one kind differ only in the names they carry: a few of each are enough."""
    path = urlsplit(address).path
    path = re.sub(r"(?<=strategies/)[\w-]+/[\w-]+", "S/T", path)
    path = re.sub(r"(?<=strategies/)(?!S/)[\w-]+", "S", path)
    path = re.sub(r"(?<=indicators/)[\w-]+", "I", path)
    path = re.sub(r"(?<=stocktakes/)[\w-]+/[\w-]+", "C/K", path)
    path = re.sub(r"\d+", "N", path)
    return path + "".join(f"?{word}" for word in ("as_of", "indicator") if f"{word}=" in address)


def crawl(page, start, seen, also=()):
    """Every page that can be reached from some, a few of each kind."""
    kinds, queue, found = {}, [start, *(urljoin(start, path) for path in also)], []
    while queue:
        address = queue.pop(0)
        kind = kind_of(address)
        if address in seen or kinds.get(kind, 0) >= MOST_PAGES_OF_A_KIND:
            continue
        seen.add(address)
        response = page.goto(address)
        if not response or "text/html" not in response.headers.get("content-type", ""):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        found.append(page.url)
        for href in page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))"):
            target = urljoin(page.url, href).split("#")[0]
            is_ours = urlsplit(target).netloc == urlsplit(start).netloc
            if is_ours and not urlsplit(target).path.startswith(LEFT_OUT) and not NOT_A_PAGE.search(target):
                queue.append(target)
    return found


def sign_in(page, base, email, password):
    page.goto(f"{base}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.click("main form button[type=submit], main form .btn")
    page.wait_for_load_state()


def pages_by_reader(browser, base, complaints):
    """(email or none, addresses) for the public and for each demonstration log-in."""
    from jeffco_plan.demonstration.people import PASSWORD, logins

    seen = set()
    for email in [None, *(email for _shows, email in logins())]:
        context = browser.new_context(base_url=base)
        complaints.listen(context)
        page = context.new_page()
        start = f"{base}/"
        if email:
            sign_in(page, base, email, PASSWORD)
            start = page.url
        yield email, crawl(page, start, seen, ALSO.get(email, ())), context
        context.close()


def in_language(address, base, language):
    return address if language == "en" else address.replace(base, f"{base}/{language}", 1)


def name_of(address, base, email):
    path = address.replace(base, "").strip("/").replace("/", "_").replace("?", "__").replace("=", "-") or "plans"
    return f"{email.split('@')[0]}__{path}" if email else path


def leaps(levels):
    """Headings that skip a level on the way down, in words."""
    pairs = zip([0, *levels], levels, strict=False)
    return [f"a heading of level {below} follows one of level {above}" for above, below in pairs if below > above + 1]


def look_at(page, address, options, label, complaints):
    """One page in all widths and themes; returns what is wrong with it."""
    wrong = []
    for theme in options.themes.split(","):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        for width in map(int, options.widths.split(",")):
            page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
            page.goto(address)
            page.wait_for_load_state("networkidle")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"):
                wrong.append(f"{label} {width} {theme}: scrolls sideways")
            wrong += [f"{label} {width} {theme}: {leap}" for leap in leaps(page.evaluate(LEVELS))]
            result = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
            wrong += [f"{label} {width} {theme}: {line}" for rule in result for line in in_words(rule)]
            if not options.no_pictures:
                page.screenshot(path=FOLDER / f"{label}__{width}_{theme}.png", full_page=True)
    return wrong


def main():
    options = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jeffco_plan.settings")
    os.environ["DEMONSTRATION"] = "1"
    django.setup()  # for the list of log-ins; the pages come from the served demonstration
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        port = free_port()
        server = serve(folder, port)
        base = f"http://127.0.0.1:{port}"
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
        complaints, wrong, count = Complaints(base), [], 0
        try:
            for email, addresses, context in pages_by_reader(browser, base, complaints):
                page = context.new_page()
                for address in addresses:
                    if options.only not in address:
                        continue
                    for language in options.languages.split(","):
                        label = f"{name_of(address, base, email)}__{language}"
                        found = look_at(page, in_language(address, base, language), options, label, complaints)
                        wrong += found
                        count += 1
                        print(f"{'ok ' if not found else 'BAD'} {label}", flush=True)
        finally:
            server.terminate()
    wrong += complaints.unexpected()
    print("\n".join(wrong))
    print(f"{count} pages looked at; {len(wrong)} complaints; pictures in {FOLDER.name}/")
    raise SystemExit(1 if wrong else 0)


if __name__ == "__main__":
    main()
