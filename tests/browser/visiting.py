"""What people do in the browser in every journey: they sign in, and hold a phone."""

PASSWORD = "correct horse battery"
PHONE = {"width": 360, "height": 740}


def sign_in(page, path="/work/", email="ana@example.org"):
    """By the keyboard, on the way to a page; as Ana unless somebody else is named."""
    page.goto(f"/accounts/login/?next={path}")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{path}")


def fits(page):
    """Nothing stands out to the side."""
    return page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
