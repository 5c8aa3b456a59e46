"""The README's two pictures, taken from the demonstration: `python -m scripts.pictures`."""

import tempfile

from playwright.sync_api import sync_playwright

from scripts import chromium
from scripts.audit import ROOT, free_port, serve

PLAN = "/plans/jeffco-generations/"
PICTURES = {
    "home": (PLAN, 900),
    "tactic": (f"{PLAN}strategies/conditions-for-learning/commitment-to-equity/#goal-graduation", 900),
}


def main():
    folder = ROOT / "docs"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        port = free_port()
        server = serve(data, port)
        try:
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=list(chromium.ARGUMENTS))
            for name, (address, height) in PICTURES.items():
                page = browser.new_page(viewport={"width": 1280, "height": height}, color_scheme="light")
                page.goto(f"http://127.0.0.1:{port}{address}")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=folder / f"{name}.png")
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
