"""Benchmarks of making reports: against WeasyPrint's own command, against Typst, and of what is equal for all."""

import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from readiness.assessment.reading import read_team
from readiness.bank.load import load_bank
from readiness.batch.portfolio import PortfolioBuilder
from readiness.batch.portfolio_files import PORTFOLIO_FORMATS, render_portfolio
from readiness.report.model import Report
from readiness.report.view import build_report
from readiness.resources import QUESTIONS
from readiness.team import AssessedTeam
from readiness.theme.theme import Part
from tests.batch.region import outcome, region
from tests.bench.many import batch, used, write_rows
from tests.bench.measure import compare, cpu_of
from tests.bench.plain import plain_page
from tests.bench.typst_side import typst_source
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
    bank = load_bank(_BANK)
    for answers in region(bank, teams):
        report = build_report(AssessedTeam(bank, answers))
        yield as_page(report, default_theme()), plain_page(report)


def bench_weasyprint_command(folder: Path, teams: int = 60) -> str:
    """A batch of PDFs on two workers, start and all, against ``python -m weasyprint`` once for each team."""
    file = write_rows(folder / "teams.csv", teams)
    source = folder / "plain.html"
    source.write_text(plain_page(example()), encoding="utf-8")
    command: list[str | Path] = [sys.executable, "-m", "weasyprint", source, "plain.pdf"]
    batches, singles = [], []
    for _ in range(2):
        batches.append(batch(folder, file, "--workers", "2"))
        singles += [used(command, folder) for _ in range(3)]
    clock = statistics.median(each.clock for each in batches) / teams
    cpu = statistics.median(each.cpu for each in batches) / teams
    plain = statistics.median(each.clock for each in singles)
    plain_cpu = statistics.median(each.cpu for each in singles)
    ratio = clock / plain
    verdict = "aim" if ratio <= 0.09 else "target" if ratio <= 0.12 else "MISSED"
    return (
        f"{'a team of a batch, 2 workers ÷ python -m weasyprint':<52} {ratio:5.2f}   "
        f"ours {clock * 1000:7.0f} ms, plain {plain * 1000:7.0f} ms by the clock; at least 0.12, aim 0.09: {verdict}\n"
        f"{'the same in CPU time':<52} {cpu / plain_cpu:5.2f}   "
        f"ours {cpu * 1000:7.0f} ms, plain {plain_cpu * 1000:7.0f} ms"
    )


def bench_typst(_: Path) -> str:
    """A report in a warm process, against Typst in one process with the same text and tables."""
    if importlib.util.find_spec("typst") is None:
        return f"{'a report ÷ Typst':<52}     –   pip install typst"
    typst = importlib.import_module("typst")
    bank, theme = load_bank(_BANK), default_theme()
    made = [build_report(AssessedTeam(bank, answers)) for answers in region(bank, 24)]
    for report in made[:-PAIRS]:
        as_pdf(report, theme)
    left, right = iter(made[-PAIRS - 1 :]), iter(made[-PAIRS - 1 :])
    result = compare(
        "a report, warm ÷ Typst in one process",
        lambda: cpu_of(lambda: as_pdf(next(left), theme)),
        lambda: cpu_of(lambda: typst.compile(typst_source(next(right)).encode())),
        pairs=PAIRS,
        goals=(5, 3),
    )
    return str(result)


def bench_equal_pages(_: Path) -> str:
    """What could be saved at most if the pages that are equal for every team were made once: a report without them."""
    report, theme = example(), default_theme()
    without = replace(theme, parts=tuple(part for part in theme.parts if part is not Part.METHOD))
    result = compare(
        "a report without what is equal for all ÷ whole",
        lambda: cpu_of(partial(as_pdf, report, without)),
        lambda: cpu_of(partial(as_pdf, report, theme)),
        pairs=7,
        goals=(1, 1),
    )
    return str(result).partition("; at least")[0]


def bench_brief(_: Path) -> str:
    """A report of two pages against the whole one."""
    report, theme = example(), default_theme()
    result = compare(
        "a report of two pages ÷ whole",
        lambda: cpu_of(partial(as_pdf, report, theme.brief())),
        lambda: cpu_of(partial(as_pdf, report, theme)),
        pairs=5,
        goals=(1, 1),
    )
    return str(result).partition("; at least")[0]


def bench_portfolio(_: Path, teams: int = 400) -> str:
    """What a portfolio takes: for each team that is taken in, and for each file."""
    bank = load_bank(_BANK)
    outcomes = [outcome(bank, answers) for answers in region(bank, teams)]
    builder = PortfolioBuilder(bank)
    start = time.process_time()
    for each in outcomes:
        builder.add(each)
    lines = [f"{'portfolio: a team taken in':<52} {(time.process_time() - start) * 1000 / teams:5.2f} ms"]
    portfolio = builder.build()
    for form in PORTFOLIO_FORMATS:
        seconds = cpu_of(partial(render_portfolio, form, portfolio, default_theme()))
        lines.append(f"{f'portfolio of {teams} teams as {form}':<52} {seconds:5.2f} s")
    return "\n".join(lines)


def bench_report_page(_: Path) -> str:
    """What filling in the template takes of a report."""
    report, theme = example(), default_theme()
    result = compare(
        "the page of a report ÷ its PDF",
        lambda: cpu_of(partial(as_page, report, theme)),
        lambda: cpu_of(partial(as_pdf, report, theme)),
        pairs=5,
        goals=(1, 1),
    )
    return str(result).partition("; at least")[0]
