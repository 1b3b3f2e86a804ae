"""What every test shares: the shipped bank, a small bank to compute by hand, and assessments to fill."""

import datetime as dt
import gc
import os
import signal
import time
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path

import pytest
from coverage import Coverage
from hypothesis import Phase, is_hypothesis_test, settings
from playwright.sync_api import Browser, Playwright, sync_playwright

from readiness.assessment.model import Assessment, BankReference, Respondent, Response, Team
from readiness.bank.load import load_bank
from readiness.bank.model import Bank
from readiness.resources import QUESTIONS
from tests.browser import chromium
from tests.program import environment

pytest_plugins = ("tests.reports",)

# What a run finds depends on the code alone, and it stays short; exploring takes its time. Of each mutant, the few
# examples of "few" are tried, and none is made simpler, as there are thousands of mutants.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=50)
settings.register_profile("explore", derandomize=False, deadline=None, max_examples=500)
settings.register_profile(
    "few", derandomize=True, deadline=None, max_examples=10, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("same")

EXAMPLES = QUESTIONS / "peer-workers" / "examples"
DATE = dt.date(2026, 11, 22)
ROLES = load_bank(QUESTIONS / "peer-workers").roles
"""The roles of the shipped bank."""


def pytest_sessionstart() -> None:
    """Take nothing over from the terminal or script that runs the tests, before worker processes inherit it."""
    ours = ("CI", "PYTEST_", "READINESS_")  # in CI, pytest shows a difference at its full length
    cleared = environment({name: value for name, value in os.environ.items() if name.startswith(ours)})
    os.environ.clear()
    os.environ.update(cleared)
    time.tzset()
    os.umask(0o022)
    for signum in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(signum) is signal.SIG_IGN:  # as for what a script starts in the background
            signal.signal(signum, signal.SIG_DFL)


def pytest_collection_finish() -> None:
    """Look less often for garbage, and not among what stays: tests and the libraries that they have imported."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Count no lines in tests of many examples, which take far longer while lines are counted: the others reach all.

    What counts is paused, and not stopped: it stays the one that pytest-cov ends.
    """
    counting = Coverage.current()
    if counting is None or not (item.get_closest_marker("no_cover") or is_hypothesis_test(getattr(item, "obj", None))):
        return (yield)
    collector = vars(counting)["_collector"]
    collector.pause()
    try:
        return (yield)
    finally:
        collector.resume()


@pytest.fixture(scope="session")
def bank() -> Bank:
    """The shipped bank."""
    return load_bank(QUESTIONS / "peer-workers")


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """Playwright, of which a process can have only one."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """A Chromium without a window. What is opened in it stays open until it is closed."""
    with chromium(driver) as started:
        yield started


def bank_from(folder: Path, text: str) -> Bank:
    """Return the bank written as ``text``, loaded from ``folder`` as any other."""
    (folder / "bank.yaml").write_text(text, encoding="utf-8")
    return load_bank(folder)


def assessment(
    bank: Bank,
    responses: Mapping[str, object],
    profile: Mapping[str, str] | None = None,
    name: str = "Northside",
    role: str | None = None,
) -> Assessment:
    """Return an assessment with the responses given in their short form: 2, "unknown", "n/a: why", or a mapping."""
    return Assessment(
        bank=BankReference.to(bank),
        team=Team(name=name, profile=profile or {}),
        respondent=Respondent(role=role),
        date=DATE,
        responses={key: Response.model_validate(value) for key, value in responses.items()},
    )
