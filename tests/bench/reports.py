"""Benchmarks of making reports: against WeasyPrint by itself, Typst, ReportLab and Chromium."""

import importlib.util
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import weasyprint
from playwright.sync_api import sync_playwright

from readiness.assessment.reading import read_team
from readiness.bank.load import load_bank
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_files import PORTFOLIO_FORMATS, render_portfolio
from readiness.batch.rows import row_of
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import TeamRows, together
from readiness.document.pdf import Renderer
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.resources import QUESTIONS
from readiness.scoring.disclosure import MIN_GROUP
from readiness.team import AssessedTeam
from tests.batch.region import region
from tests.bench.many import batch, used, write_rows
from tests.bench.measure import Figure, clock_of, compare, cpu_of, cpu_of_command
from tests.bench.plain import plain_page
from tests.bench.reportlab_side import reportlab_pdf
from tests.bench.typst_side import typst_pdf
from tests.browser import chromium
from tests.reports import as_page, as_pdf
from tests.themes import default_theme

_BANK = QUESTIONS / "peer-workers"
PAIRS = 9
"""How often a report is measured against another way."""
EXAMPLE = _BANK / "examples" / "northside-cmht.yaml"


def example() -> Report:
    """Return the report that single reports are measured with."""
    bank = load_bank(_BANK)
    return build_report(AssessedTeam(bank, read_team([EXAMPLE], bank).assessments))


def several(teams: int) -> Iterator[tuple[str, str]]:
    """Yield the page of our report, and the plain one with the same facts, of teams that all differ."""
    for report in _several_reports(teams):
        yield as_page(report, default_theme()), plain_page(report)


def _several_reports(teams: int) -> Iterator[Report]:
    bank = load_bank(_BANK)
    return (build_report(AssessedTeam(bank, answers)) for answers in region(bank, teams))


def bench_warm(_: Path, teams: int = 24) -> Iterator[Figure]:
    """Yield a report in a process that made others, PDF/UA on, against a plain render: each of another team.

    The first teams are not counted: in a batch, most reports come after many others.
    """
    ours, plain = zip(*several(teams), strict=True)
    ready = Renderer(default_theme())
    for page in ours[: -PAIRS - 1]:
        ready.render(page)
    left, right = iter(ours[-PAIRS - 1 :]), iter(plain[-PAIRS - 1 :])
    yield compare(
        "a report, warm ÷ a plain loop of WeasyPrint",
        lambda: cpu_of(lambda: ready.render(next(left))),
        lambda: cpu_of(lambda: weasyprint.HTML(string=next(right)).write_pdf()),
        pairs=PAIRS,
        goals=(0.40, 0.25),
    )


def bench_cold(folder: Path) -> Iterator[Figure]:
    """Yield ``readiness report`` as a whole process, against a plain script that renders the same pages."""
    source = folder / "plain.html"
    source.write_text(plain_page(example()), encoding="utf-8")
    script = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
    answers = str(shutil.copy(EXAMPLE, folder))  # a plan that leaves the machine is noted beside the answers
    command = [sys.executable, "-m", "readiness", "report", answers, "-o", "ours.pdf", "--force"]
    yield compare(
        "readiness report ÷ a plain script",
        partial(cpu_of_command, command, folder),
        partial(cpu_of_command, [sys.executable, "-c", script, str(source), "plain.pdf"], folder),
        pairs=15,
        goals=(0.60, 0.50),
    )


def bench_weasyprint_command(folder: Path, teams: int = 60) -> Iterator[Figure]:
    """Yield a batch of PDFs on two workers, start and all, against ``python -m weasyprint`` once for each team.

    By the clock it is half of the CPU time, if both cores are free.
    """
    file = write_rows(folder / "teams.csv", teams)
    source = folder / "plain.html"
    source.write_text(plain_page(example()), encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "weasyprint", source, "plain.pdf"]
    batches = [batch(folder, file, "--workers", "2") for _ in range(2)]
    singles = [used(command, folder) for _ in range(5)]
    clock, cpu = (min(times) / teams for times in zip(*((each.clock, each.cpu) for each in batches), strict=True))
    plain, plain_cpu = (min(times) for times in zip(*((each.clock, each.cpu) for each in singles), strict=True))
    told = f"{cpu * 1000:,.0f} against {plain_cpu * 1000:,.0f} ms"
    name = "a team of a batch, 2 workers ÷ python -m weasyprint"
    yield Figure(f"{name}, half of the CPU time", cpu / plain_cpu / 2, 0.12, 0.09, told=told)
    told = f"{clock * 1000:,.0f} against {plain * 1000:,.0f} ms, with other work on the cores"
    yield Figure(f"{name}, by the clock", clock / plain, told=told)


def bench_typst(_: Path) -> Iterator[Figure]:
    """Yield a report in a warm process, against Typst in one process with the same text and tables, PDF/UA both."""
    if importlib.util.find_spec("typst") is not None:
        yield _against("a report, warm ÷ Typst in one process", typst_pdf, goals=(5, 3))


def bench_reportlab(_: Path) -> Iterator[Figure]:
    """Yield a report in a warm process, against ReportLab with the same text and tables, without tags."""
    if importlib.util.find_spec("reportlab") is not None:
        yield _against("a report, warm ÷ ReportLab in one process", reportlab_pdf)


def bench_chromium(_: Path) -> Iterator[Figure]:
    """Yield a report in a warm process, against a page that Chromium prints, opened already: both by the clock."""
    with sync_playwright() as driver, chromium(driver) as browser:
        page = browser.new_page()

        def printed(report: Report) -> None:
            page.set_content(plain_page(report))
            page.pdf(prefer_css_page_size=True, tagged=True)

        yield _against("a report, warm ÷ Chromium that runs already, by the clock", printed, clock_of)


def _against(
    name: str,
    made: Callable[[Report], object],
    measured: Callable[[Callable[[], object]], float] = cpu_of,
    goals: tuple[float | None, float | None] = (None, None),
) -> Figure:
    """Return what a report in a process that made others takes against ``made``, each of another team."""
    reports, theme = [*_several_reports(24)], default_theme()
    for report in reports[: -PAIRS - 1]:
        as_pdf(report, theme)
    left, right = iter(reports[-PAIRS - 1 :]), iter(reports[-PAIRS - 1 :])
    return compare(
        name,
        lambda: measured(lambda: as_pdf(next(left), theme)),
        lambda: measured(lambda: made(next(right))),
        pairs=PAIRS,
        goals=goals,
    )


def bench_brief(_: Path) -> Iterator[Figure]:
    """Yield a report of two pages against the whole one."""
    report, theme = example(), default_theme()
    yield compare(
        "a report of two pages ÷ whole",
        lambda: cpu_of(partial(as_pdf, report, theme.brief())),
        lambda: cpu_of(partial(as_pdf, report, theme)),
        pairs=5,
    )


def bench_portfolio(_: Path, teams: int = 400) -> Iterator[Figure]:
    """Yield what a portfolio takes: for each team that is taken in, and for each file."""
    marking = Marking(load_bank(_BANK))
    rows = [[row_of(one, marking.bank, one.team.name) for one in answers] for answers in region(marking.bank, teams)]
    found = [team for each in rows for team in together(each, marking) if isinstance(team, TeamRows)]
    builder = PortfolioBuilder(marking.bank)
    start = time.process_time()
    for team in found:
        builder.add(team.outcome(MIN_GROUP))
    yield Figure("portfolio: a team taken in", (time.process_time() - start) * 1000 / teams, unit="ms")
    portfolio = builder.build()
    for form in PORTFOLIO_FORMATS:
        seconds = cpu_of(partial(render_portfolio, form, portfolio, default_theme()))
        yield Figure(f"portfolio of {teams} teams as {form}", seconds, unit="s")


def bench_report_page(_: Path) -> Iterator[Figure]:
    """Yield what filling in the template takes of a report."""
    report, theme = example(), default_theme()
    yield compare(
        "the page of a report ÷ its PDF",
        lambda: cpu_of(partial(as_page, report, theme)),
        lambda: cpu_of(partial(as_pdf, report, theme)),
        pairs=5,
    )
