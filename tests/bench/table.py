"""Writes the figures of the benchmarks into the docs, as one table."""

import re
from collections.abc import Iterable

from tests.bench.measure import Figure

BEGINS, ENDS = "<!-- figures, written by make bench -->\n", "<!-- end of figures -->\n"
_HEAD = "| figure | at least | aim | reached | from |\n|---|---:|---:|---:|---|\n"
_ROW = re.compile(r"^\| (?P<name>[^|]+) \|.*\n", re.MULTILINE)


def with_figures(page: str, figures: Iterable[Figure], versions: str) -> str:
    """Return the page with the figures in its table. Rows of other figures stay if they are of the same versions."""
    before, _, rest = page.partition(BEGINS)
    table, _, after = rest.partition(ENDS)
    head, _, body = table.partition(_HEAD)
    rows = {found["name"]: found[0] for found in _ROW.finditer(body)} if head.strip() == versions else {}
    rows |= {figure.name: _row(figure) for figure in figures}
    return f"{before}{BEGINS}{versions}\n\n{_HEAD}{''.join(rows.values())}{ENDS}{after}"


def _row(figure: Figure) -> str:
    missed = ": **missed**" if figure.verdict == "MISSED" else ""
    goals = ("" if goal is None else f"{goal:g}" for goal in (figure.target, figure.aim))
    return f"| {' | '.join((figure.name, *goals, figure.value + missed, figure.told))} |\n"
