"""Run all benchmarks: ``python -m tests.bench``, or those whose names hold a word: ``python -m tests.bench report``.

The figures are printed, and written into the docs.
"""

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from readiness.dates import local_day
from tests.bench import keys, many, reports
from tests.bench.measure import Figure, compare, cpu_of_command
from tests.bench.table import with_figures
from tests.program import ROOT

_PAGE = ROOT / "docs" / "speed.md"
_BESIDE = ("weasyprint", "python-docx", "typst", "reportlab", "playwright")


def bench_help(folder: Path) -> Iterator[Figure]:
    """Yield ``readiness --help`` against ``import typer``."""
    ours = partial(cpu_of_command, [sys.executable, "-m", "readiness", "--help"], folder)
    plain = partial(cpu_of_command, [sys.executable, "-c", "import typer"], folder)
    yield compare("readiness --help ÷ import typer", ours, plain, pairs=25, goals=(1.10, 1.05))


_BENCHMARKS: Mapping[str, Callable[[Path], Iterator[Figure]]] = {
    "help": bench_help,
    "key": keys.bench_key,
    "report-warm": reports.bench_warm,
    "report-cold": reports.bench_cold,
    "report-typst": reports.bench_typst,
    "report-reportlab": reports.bench_reportlab,
    "report-chromium": reports.bench_chromium,
    "report-brief": reports.bench_brief,
    "report-page": reports.bench_report_page,
    "portfolio": reports.bench_portfolio,
    "batch-rows": many.bench_score_rows,
    "batch-word": many.bench_word,
    "batch-workers": many.bench_workers,
    "batch-weasyprint": reports.bench_weasyprint_command,
    "batch-growth": many.bench_growth,
    "worker-memory": many.bench_worker_memory,
}


def main() -> None:
    """Run the benchmarks named, or all."""
    wanted = sys.argv[1:] or [""]
    chosen = [bench for name, bench in _BENCHMARKS.items() if any(word in name for word in wanted)]
    versions = _versions()
    print(versions)
    for bench in chosen:
        with tempfile.TemporaryDirectory() as folder:
            figures = []
            for figure in bench(Path(folder)):
                print(figure, flush=True)
                figures.append(figure)
        _PAGE.write_text(with_figures(_PAGE.read_text("utf-8"), figures, versions), encoding="utf-8")


def _versions() -> str:
    """Return what was measured, and when: the month, the machine and the versions."""
    found = [f"Python {platform.python_version()}"]
    for name in _BESIDE:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"without {name} (pip install {name})")
    return f"Measured in {local_day():%B %Y} on {platform.machine()}: {', '.join(found)}."


if __name__ == "__main__":
    main()
