"""Somebody who fills in the form as a web page, in a real browser."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Locator, Page

Open = Callable[..., Page]
ASKED = """
- {id: a, help: What it means, evidence: [A list, Minutes], who_knows: The manager}
- {id: b, values: [0, 0.25]}
- {id: c}
"""


def question(page: Page, name: str) -> Locator:
    return page.locator(f"#question-{name}")


def choose(page: Page, name: str, code: str) -> None:
    question(page, name).locator(f"input[value='{code}']").check()


def saved(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.get_by_role("button", name="Save my answers to a file").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def file_of(bank: str, team: str, more: str = '"date": "2026-01-02", "responses": {"a": {"level": 1}}') -> str:
    return f'{{"schema": 1, "bank": {{"id": "{bank}"}}, "team": {{"name": "{team}"}}, {more}}}'
