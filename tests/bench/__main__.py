"""Run all benchmarks: ``python -m tests.bench``, or those whose names hold a word: ``python -m tests.bench report``."""

import io
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pikepdf
import weasyprint

from readiness.document.pdf import Renderer
from tests.bench import keys, many, reports
from tests.bench.measure import compare, cpu_of, cpu_of_command
from tests.bench.plain import plain_page
from tests.themes import default_theme


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def bench_help(folder: Path) -> str:
    """``readiness --help`` against ``import typer``."""
    ours = partial(cpu_of_command, [sys.executable, "-m", "readiness", "--help"], folder)
    plain = partial(cpu_of_command, [sys.executable, "-c", "import typer"], folder)
    return str(compare("readiness --help ÷ import typer", ours, plain, pairs=25, goals=(1.3, 1.1)))


def bench_key(folder: Path) -> str:
    """A key in the walk to the next question."""
    return keys.summary(keys.key_times(folder))


def bench_report_warm(_: Path, teams: int = 24) -> str:
    """A report in a process that made others, PDF/UA on, against a plain render of as many pages: each of another team.

    The first teams are not counted: in a batch, most reports come after many others.
    """
    ours, plain = zip(*reports.several(teams), strict=True)
    ready = Renderer(default_theme())
    made = [ready.render(page)[0] for page in ours[: -reports.PAIRS - 1]]
    counts = _pages(made[-1]), _pages(weasyprint.HTML(string=plain[-reports.PAIRS - 2]).write_pdf())
    left, right = iter(ours[-reports.PAIRS - 1 :]), iter(plain[-reports.PAIRS - 1 :])
    result = compare(
        f"a report, warm ÷ plain loop ({counts[0]} and {counts[1]} pages)",
        lambda: cpu_of(lambda: ready.render(next(left))),
        lambda: cpu_of(lambda: weasyprint.HTML(string=next(right)).write_pdf()),
        pairs=reports.PAIRS,
        goals=(0.40, 0.25),
    )
    return str(result)


def bench_report_cold(folder: Path) -> str:
    """``readiness report`` as a whole process, against a plain script that renders the same pages."""
    source = folder / "plain.html"
    source.write_text(plain_page(reports.example()), encoding="utf-8")
    script = "import sys, weasyprint; weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2])"
    command = [sys.executable, "-m", "readiness", "report", str(reports.EXAMPLE), "-o", "ours.pdf", "--force"]
    ours = partial(cpu_of_command, command, folder)
    plain = partial(cpu_of_command, [sys.executable, "-c", script, str(source), "plain.pdf"], folder)
    return str(compare("readiness report ÷ a plain script", ours, plain, pairs=7, goals=(0.60, 0.50)))


_BENCHMARKS: Mapping[str, Callable[[Path], str]] = {
    "help": bench_help,
    "key": bench_key,
    "report-warm": bench_report_warm,
    "report-cold": bench_report_cold,
    "report-typst": reports.bench_typst,
    "report-equal-pages": reports.bench_equal_pages,
    "report-brief": reports.bench_brief,
    "report-page": reports.bench_report_page,
    "portfolio": reports.bench_portfolio,
    "batch-rows": many.bench_score_rows,
    "batch-workers": many.bench_workers,
    "batch-weasyprint": reports.bench_weasyprint_command,
    "batch-growth": many.bench_growth,
}


_LONG: Mapping[str, Callable[[Path], str]] = {"worker-memory": many.bench_worker_memory}
"""Run only where they are named in full: each takes a quarter of an hour or more."""


def main() -> None:
    """Run the benchmarks named, or all but the long ones."""
    wanted = sys.argv[1:] or [""]
    print(f"Python {platform.python_version()}, WeasyPrint {weasyprint.__version__}, {platform.machine()}")
    with tempfile.TemporaryDirectory() as folder:
        for name, bench in _BENCHMARKS.items():
            if any(word in name for word in wanted):
                print(bench(Path(folder)), flush=True)
        for name in set(wanted) & set(_LONG):
            print(_LONG[name](Path(folder)), flush=True)


if __name__ == "__main__":
    main()
