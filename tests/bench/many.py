"""Benchmarks of many teams: scoring rows, workers, and whether time and memory grow with the number of teams."""

import csv
import random
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from readiness.bank.load import load_bank
from readiness.resources import QUESTIONS
from tests.bench.measure import compare

ROWS = 100_000
PROGRAM = (sys.executable, "-m", "readiness", "batch")
_PLAIN = "import csv, sys\nwith open(sys.argv[1], newline='') as file:\n    for row in csv.reader(file): pass\n"


def write_rows(file: Path, teams: int, respondents: int = 1) -> Path:
    """Write a table of answers by invented teams: each around a level of its own, some unknown, some left out."""
    bank = load_bank(QUESTIONS / "peer-workers")
    chance = random.Random(1)
    keys = [entry.id for entry in bank.profile]
    questions = bank.ordered_questions
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["team", "organisation", "role", "date", *keys, *(question.id for question in questions)])
        for number in range(teams):
            profile = [chance.choice(entry.options).id for entry in bank.profile]
            asked = {question.id for question in bank.asked(dict(zip(keys, profile, strict=True)))}
            level = chance.gauss(1.8, 0.9)
            about = (f"Team {number:06d}", f"Trust {number % 40}", "service-manager", "2026-10-01", *profile)
            for _ in range(respondents):
                answers = [_answer(chance, level) if question.id in asked else "" for question in questions]
                rows.writerow([*about, *answers])
    return file


def _answer(chance: random.Random, level: float) -> str:
    kind = chance.random()
    if kind < 0.08:
        return "unknown" if kind < 0.05 else "n/a: not here" if kind < 0.06 else ""
    return str(max(0, min(4, round(chance.gauss(level, 0.8)))))


@dataclass(frozen=True, slots=True)
class Used:
    """What a command used: seconds by the clock, CPU seconds with its children's, and the most memory in MiB."""

    clock: float
    cpu: float
    memory: float


def used(command: Sequence[str | Path], folder: Path) -> Used:
    """Run the command and return what it used. Raises CalledProcessError where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", _USED, *map(str, command)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    clock, cpu, memory = (float(word) for word in done.stdout.split()[-3:])
    return Used(clock, cpu, memory / 1024)


# A small process starts the command: one that is started by a large one counts what that had in use as its own.
_USED = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def batch(folder: Path, file: Path, *words: str) -> Used:
    """Run a batch over the file from the start, and return what it used."""
    shutil.rmtree(folder / "out", ignore_errors=True)
    return used([*PROGRAM, file, "-o", "out", "--portfolio", "none", *words], folder)


def bench_score_rows(folder: Path) -> str:
    """Scores of 100,000 rows, a team each, against csv.reader over the same file: whole processes, start and all."""
    file = write_rows(folder / "rows.csv", ROWS)
    ours = partial(batch, folder, file, "--format", "none", "--scores", "csv")
    lines = []
    memory = ours().memory
    result = compare(
        f"batch: {ROWS:,} rows to scores.csv ÷ csv.reader",
        lambda: ours().cpu,
        lambda: used([sys.executable, "-c", _PLAIN, file], folder).cpu,
        pairs=3,
        goals=(5, 3),
    )
    lines.append(str(result))
    verdict = "aim" if memory <= 40 else "target" if memory <= 60 else "MISSED"
    lines.append(f"{'its peak memory':<52} {memory:5.1f} MiB; at least 60, aim 40: {verdict}")
    both = batch(folder, file, "--format", "none", "--scores", "csv,jsonl")
    lines.append(f"{'with scores.jsonl, too':<52} {both.cpu:5.1f} s, {both.memory:.1f} MiB")
    several = write_rows(folder / "several.csv", ROWS // 5, 5)
    five = batch(folder, several, "--format", "none", "--scores", "csv")
    lines.append(f"{'five respondents a team, to scores.csv':<52} {five.cpu:5.1f} s, {five.memory:.1f} MiB")
    return "\n".join(lines)


def bench_workers(folder: Path, teams: int = 40) -> str:
    """How much quicker two workers are than one, by the clock, and a team's PDF against ``python -m weasyprint``."""
    file = write_rows(folder / "teams.csv", teams)
    pairs = [
        (batch(folder, file, "--workers", "1").clock, batch(folder, file, "--workers", "2").clock) for _ in range(2)
    ]
    ratio = max(one / two for one, two in pairs)
    verdict = "aim" if ratio >= 1.95 else "target" if ratio >= 1.8 else "MISSED"
    one, two = (min(times) for times in zip(*pairs, strict=True))
    name = f"{teams} PDFs, 1 worker ÷ 2 workers, start and all"
    return f"{name:<52} {ratio:5.2f}   {one:.1f} s and {two:.1f} s; at least 1.8, aim 1.95: {verdict}"


def bench_growth(folder: Path) -> str:
    """2,000 teams against ten times 200, in Markdown: what the batch itself costs, not what a PDF does."""
    many, few = write_rows(folder / "many.csv", 2_000), write_rows(folder / "few.csv", 200)
    words = ("--format", "md", "--workers", "2")
    result = compare(
        "batch: 2,000 teams ÷ 10 × 200",
        lambda: batch(folder, many, *words).clock,
        lambda: 10 * batch(folder, few, *words).clock,
        pairs=2,
        goals=(1.05, 1.0),
    )
    return str(result)


_MEMORY = """
import sys
from readiness.batch.render_job import Settings, Task, make
from readiness.batch.scorer import Marking
from readiness.batch.preflight import Input
from readiness.batch.inputs import input_files
from readiness.batch.row_reader import TableTerms
from readiness.document.write import Format
from pathlib import Path

def now():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

settings = Settings("peer-workers", "sober", alone=True)
fingerprint = settings.fingerprint()
with input_files([Path(sys.argv[1])], Path("out")) as found:
    marking = Marking(settings.open_bank())
    teams = Input(found.files, marking, TableTerms.of(marking.bank)).teams()
    for count, team in enumerate(teams, start=1):
        make(Task(settings, fingerprint, tuple(row._replace(parts=None) for row in team.rows), (Format.PDF,)))
        if count in (100, 1000):
            print(now(), flush=True)
"""


def bench_worker_memory(folder: Path) -> str:
    """Memory in use after 1,000 PDFs in one process against after 100. Takes some twenty minutes."""
    file = write_rows(folder / "teams.csv", 1_000)
    done = subprocess.run([sys.executable, "-c", _MEMORY, file], cwd=folder, stdout=subprocess.PIPE, check=True)
    after_100, after_1000 = (float(line) for line in done.stdout.split())
    ratio = after_1000 / after_100
    verdict = "aim" if ratio <= 1.02 else "target" if ratio <= 1.1 else "MISSED"
    name = "memory of a worker, document 1,000 ÷ document 100"
    return f"{name:<52} {ratio:5.2f}   {after_1000:.0f} and {after_100:.0f} MiB; at least 1.1, aim 1.02: {verdict}"
