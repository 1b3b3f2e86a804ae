"""A short form as a PDF with a place to save one that is filled in; and a form as a web page, opened on a phone."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, BrowserContext, Page

from readiness.bank.model import Bank
from readiness.document.write import Format
from readiness.plan.edits import Choices, choices_of
from readiness.plan.sheets import PLAN_SHEET
from readiness.roundtrip.form_model import FormView
from readiness.roundtrip.plan_workbook import plan_workbook
from readiness.theme.theme import Theme
from tests.forms import bank_with_roles, blank, form_view
from tests.report.planned import Planned, worked_on
from tests.report.services import SOBER
from tests.roundtrip.form_pages import ASKED, Open
from tests.roundtrip.plan_workbooks import Edit
from tests.small import small_bank
from tests.themes import default_theme


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return bank_with_roles(tmp_path_factory.mktemp("small"), "[{id: a}, {id: b, values: [-1, 0.25, 2.5]}, {id: c}]")


@pytest.fixture(scope="module")
def little(small: Bank) -> bytes:
    return blank(Format.PDF, form_view(small, {}))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[bytes], Path]:
    def save(data: bytes) -> Path:
        (tmp_path / "form.pdf").write_bytes(data)
        return tmp_path / "form.pdf"

    return save


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, offline=True)
    yield context
    context.close()


@pytest.fixture
def opened(context: BrowserContext, tmp_path: Path) -> Iterator[Open]:
    """Open a form as from a mail: a file on a phone, and no network. Whatever goes wrong in it fails the test."""
    said: list[str] = []

    def open_(view: FormView, theme: Theme = SOBER) -> Page:
        (tmp_path / "form.html").write_bytes(blank(Format.HTML, view, theme))
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text))
        page.goto((tmp_path / "form.html").as_uri())
        return page

    yield open_
    assert said == []


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Bank:
    return small_bank(tmp_path_factory.mktemp("small"), ASKED, profile="{stage: [early, late]}")


@pytest.fixture(scope="module")
def view(asked: Bank) -> FormView:
    return form_view(asked, {"stage": "early"})


@pytest.fixture(scope="module")
def shipped_view(bank: Bank) -> FormView:
    return form_view(bank)


@pytest.fixture(scope="module")
def shipped_form(shipped_view: FormView) -> bytes:
    return blank(Format.PDF, shipped_view)


@pytest.fixture(scope="module")
def planned(bank: Bank) -> Planned:
    return worked_on(bank)


@pytest.fixture(scope="module")
def choices(bank: Bank) -> Choices:
    return choices_of(bank)


@pytest.fixture(scope="module")
def plan_data(planned: Planned) -> bytes:
    return plan_workbook(planned.report, planned.plan, default_theme(), planned.overlay)


@pytest.fixture
def sent_back(tmp_path: Path, plan_data: bytes) -> Callable[[Edit], Path]:
    """Return the workbook after somebody changed the sheet with the plan, and saved it elsewhere."""

    def changed(edit: Edit) -> Path:
        book = load_workbook(io.BytesIO(plan_data))
        edit(book[PLAN_SHEET])
        path = tmp_path / "back.xlsx"
        book.save(path)
        return path

    return changed
