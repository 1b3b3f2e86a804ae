"""A PDF form filled in by mouse and keyboard in Chromium's own viewer, saved there with the changes, and read back."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Frame, Page, Playwright

from readiness.assessment.model import Respondent, Response
from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.roundtrip.form_pdf_read import read_filled_pdf
from tests.browser import chromium
from tests.conftest import DATE
from tests.forms import bank_with_roles, blank, form_view

# The viewer asks where to save in a window of the system's, which nobody can press here.
CATCH = """() => {
    chrome.fileSystem.chooseEntry = (options, chosen) =>
        chosen({createWriter: ready => ready({write: data => { window.saved = data; }})});
}"""
SAVED = """async () => {
    const bytes = new Uint8Array(await window.saved.arrayBuffer());
    return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(""));
}"""


OTHER = """async () => {
    await customElements.whenDefined("pdf-viewer");
    const viewer = document.querySelector("pdf-viewer");
    return !["loadState_", "viewport_", "plugin_"].every(name => name in viewer);
}"""
SHOWN = """() => {
    const viewer = document.querySelector("pdf-viewer");
    const page = viewer.viewport_.getPageScreenRect(0), frame = viewer.plugin_.getBoundingClientRect();
    return {x: frame.x + page.x, y: frame.y + page.y, scale: page.width / (210 / 25.4 * 72)};
}"""


@pytest.fixture
def page(driver: Playwright) -> Iterator[Page]:
    # Without a window, but with the viewer, which the old way of having none lacks.
    with chromium(driver, "--headless=new", headless=False) as browser:
        yield browser.new_page(viewport={"width": 1000, "height": 900})


def until(page: Page, frame: Frame, condition: str) -> None:
    """Wait until it holds in the viewer, which lets nobody else's script wait."""
    for _ in range(200):
        if frame.evaluate(condition):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"never came true: {condition}")


def viewer(page: Page) -> Frame:
    """Return the viewer, once it shows the file."""
    for _ in range(200):
        for frame in page.frames:
            if frame.url.startswith("chrome-extension:"):
                if frame.evaluate(OTHER):
                    pytest.skip("this Chromium's viewer is built in another way")
                until(page, frame, "() => document.querySelector('pdf-viewer')?.loadState_ === 'success'")
                return frame
        page.wait_for_timeout(100)
    pytest.fail("the viewer never came")


def middle(form: Path, place: str, code: str) -> tuple[float, float]:
    """Return where on its page a button stands, in points from the top left corner."""
    with pikepdf.open(form) as pdf:
        acro: Any = pdf.Root.AcroForm
        [group] = [field for field in acro.Fields if place == field.T]
        [button] = [button for button in group.Kids if f"/{code}" in button.AP.N]
        left, bottom, right, top = (float(edge) for edge in button.Rect)
        return (left + right) / 2, float(button.P.MediaBox[3]) - (bottom + top) / 2


def test_what_is_filled_in_there_is_what_is_read(page: Page, tmp_path: Path) -> None:
    bank: Bank = bank_with_roles(tmp_path, "[{id: a}, {id: b, values: [0, 0.25]}]")
    form = tmp_path / "form.pdf"
    form.write_bytes(blank(Format.PDF, form_view(bank, {})))
    page.goto(form.as_uri())
    frame = viewer(page)
    frame.evaluate(CATCH)

    shown = frame.evaluate(SHOWN)

    def tick(place: str, code: str) -> None:
        x, y = middle(form, place, code)
        page.mouse.click(shown["x"] + x * shown["scale"], shown["y"] + y * shown["scale"])

    tick("role", "peer-worker")
    tick("answer:a", "3")
    for _ in range(5):  # past the other answers, and why it would not apply
        page.keyboard.press("Tab")
    page.keyboard.type("An even keel")
    tick("answer:b", "unknown")
    tick("answer:b", "0.25")
    page.mouse.click(shown["x"] + 5, shown["y"] + 5)
    page.keyboard.press("Tab")
    page.keyboard.type(f"{DATE:%d/%m/%Y}")
    page.keyboard.press("Tab")
    frame.locator("#save").click()
    frame.locator("#save-edited").click()
    until(page, frame, "() => Boolean(window.saved)")
    (tmp_path / "saved.pdf").write_bytes(base64.b64decode(frame.evaluate(SAVED)))
    [read] = read_filled_pdf(tmp_path / "saved.pdf", bank).assessments
    assert (read.date, read.respondent) == (DATE, Respondent(role="peer-worker"))
    assert read.responses == {"a": Response(level=3, note="An even keel"), "b": Response(level=0.25)}
