"""Each report about a service is made once in a format for all tests."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from filelock import FileLock

from readiness.bank.model import Bank
from readiness.document.engine import ENGINE
from readiness.document.html import document_html, render_html
from readiness.document.pdf import render_pdf
from readiness.document.values import Rendered
from readiness.document.write import Format
from readiness.report.formats import render_here
from readiness.report.model import Report
from readiness.report.report_document import report_document
from readiness.report.view import build_report
from readiness.team import AssessedTeam
from readiness.theme.theme import Theme
from tests.report.services import SERVICES, SOBER

FOOT = 51
"""Points at the lower end of a page that belong to its foot."""


@dataclass(frozen=True)
class Printed:
    """A report and its PDF, in a file and opened."""

    report: Report
    data: bytes
    told: tuple[str, ...]
    file: Path

    @cached_property
    def pdf(self) -> pikepdf.Pdf:
        """The PDF, read back."""
        return pikepdf.open(BytesIO(self.data))

    @cached_property
    def text(self) -> str:
        """All its text in the order it is drawn in: the lines of a cell stay together."""
        return pdftotext(self.file, "-raw")

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        return self.text.split("\f")[:-1]


def pdftotext(file: Path, *options: str) -> str:
    """Return what pdftotext makes of the file."""
    done = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True)
    return done.stdout.decode()


def fill(file: Path) -> list[float]:
    """Return how far down each page of the PDF its text goes: 0 to 1 of the page's height, without the foot."""
    filled = []
    for height, words in re.findall(
        r'<page width="[\d.]+" height="([\d.]+)">(.*?)</page>', pdftotext(file, "-bbox"), re.DOTALL
    ):
        tall = float(height)
        ends = [float(end) for end in re.findall(r'yMax="([\d.]+)"', words)]
        filled.append(max((end for end in ends if end < tall - FOOT), default=0) / tall)
    return filled


def as_page(report: Report, theme: Theme, style: str = "") -> str:
    """Return the page that a report's PDF is made of; with a style sheet, that of its web page."""
    return document_html(report_document(report, theme), theme, style)


def as_html(report: Report, theme: Theme) -> bytes:
    """Return a report as a web page."""
    return render_html(report_document(report, theme), theme)


def with_words_cut(page: bytes) -> bytes:
    """Return the page with 1,000 letters of each endless word: still far wider than a screen, and much quicker."""
    return re.sub("([bc\u200b]{1000})[bc\u200b]+", r"\1", page.decode()).encode()


def as_pdf(report: Report, theme: Theme) -> Rendered:
    """Return a report as a PDF, and what was told."""
    return render_pdf(report_document(report, theme), theme)


def assert_no_page_is_nearly_empty(file: Path) -> None:
    """Fail on a page, but the last, whose text ends above its middle."""
    *full, _last = fill(file)
    assert [number for number, share in enumerate(full, start=1) if share < 0.5] == []


@pytest.fixture(scope="session")
def report(bank: Bank) -> Callable[[str], Report]:
    """Return the report about a service by its name in SERVICES."""
    return cache(lambda name: build_report(AssessedTeam(bank, SERVICES[name](bank))))


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of a test run share."""
    worker = "PYTEST_XDIST_WORKER" in os.environ
    return tmp_path_factory.getbasetemp().parent if worker else tmp_path_factory.mktemp("shared")


@pytest.fixture(scope="session")
def written(report: Callable[[str], Report], shared: Path) -> Callable[[Format, str], tuple[bytes, list[str]]]:
    """Return the report about a service in a format, and what was told. The first process to ask makes it for all."""

    @cache
    def made(form: Format, name: str) -> tuple[bytes, list[str]]:
        file, words = shared / f"{name}.{form}", shared / f"{name}.{form}.json"
        with FileLock(shared / f"{name}.{form}.lock"):
            if not words.exists():
                with pytest.MonkeyPatch.context() as patch:  # whatever the test that asks first has chosen
                    patch.setenv(ENGINE, "weasyprint")
                    data, told = render_here(form, report(name), SOBER)
                file.write_bytes(data)
                words.write_text(json.dumps(told), "utf-8")
        return file.read_bytes(), json.loads(words.read_text("utf-8"))

    return made


@pytest.fixture(scope="session")
def printed(
    report: Callable[[str], Report], written: Callable[[Format, str], tuple[bytes, list[str]]], shared: Path
) -> Callable[[str], Printed]:
    """Return the PDF about a service by its name in SERVICES."""

    @cache
    def made(name: str) -> Printed:
        data, told = written(Format.PDF, name)
        return Printed(report(name), data, tuple(told), shared / f"{name}.{Format.PDF}")

    return made
