"""Pages in a real browser: Chromium as the system has it, and what axe-core finds in the way of people."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def chromium(driver: Playwright, *flags: str, headless: bool = True) -> Iterator[Browser]:
    """Start Chromium, for as long as the context lasts."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next((path for name in names if (path := shutil.which(name))), "")
    assert found, "the tests need Chromium"
    # A graphics card that is only simulated takes much time, and so does a process for it.
    args = ["--no-sandbox", "--disable-gpu", "--in-process-gpu", *flags]
    browser = driver.chromium.launch(executable_path=found, headless=headless, args=args)
    yield browser
    browser.close()


def violations(page: Page) -> list[str]:
    """Return what breaks WCAG 2.2 AA on the page as it stands, each by its rule and the first place that breaks it."""
    options = {"runOnly": TAGS, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:150]}" for each in found]
