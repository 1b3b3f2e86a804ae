"""Benchmarks of many teams: scoring rows, workers, and whether time and memory grow with the number of teams."""

import csv
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from readiness.bank.load import load_bank
from readiness.resources import QUESTIONS
from tests.bench.measure import Figure, compare

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


def bench_score_rows(folder: Path) -> Iterator[Figure]:
    """Yield what scores of 100,000 rows take, a team each, against csv.reader over the same file: start, then rows."""
    file, one = write_rows(folder / "rows.csv", ROWS), write_rows(folder / "one.csv", 1)
    words = ("--format", "none", "--scores", "csv")
    several = write_rows(folder / "several.csv", ROWS // 25, 5)
    plain = partial(used, [sys.executable, "-c", _PLAIN, file], folder)
    whole, start, five, reader, bare = (
        [each() for _ in range(3)]
        for each in (
            partial(batch, folder, file, *words),
            partial(batch, folder, one, *words),
            partial(batch, folder, several, *words),
            plain,
            partial(used, [sys.executable, "-c", "import csv"], folder),
        )
    )
    all_, began, five_cpu, read, nothing = (
        min(each.cpu for each in runs) for runs in (whole, start, five, reader, bare)
    )
    told = f"{all_:.2f} against {read:.2f} s"
    yield Figure(f"{ROWS:,} rows to scores.csv ÷ csv.reader, whole processes", all_ / read, 12, 6, told=told)
    mine, theirs = ((of - none) * 1e6 / ROWS for of, none in ((all_, began), (read, nothing)))
    yield Figure("the same without their start", mine / theirs, told=f"{mine:.1f} against {theirs:.1f} µs a row")
    yield Figure("start of a batch", began, unit="s", told="one row")
    yield Figure("peak memory of that", max(each.memory for each in whole), 60, 40, "MiB")
    each = (five_cpu - began) * 1e3 / (ROWS // 25)
    yield Figure(
        "a team of five respondents, to scores.csv", each, unit="ms", told=f"{five_cpu:.2f} s of {ROWS // 25:,}"
    )


def bench_workers(folder: Path, teams: int = 240) -> Iterator[Figure]:
    """Yield how much quicker two workers are than one, by the clock, start and all.

    Each worker lays out its first dozen reports slowly, so ``teams`` are many enough that these do not decide.
    """
    file = write_rows(folder / "teams.csv", teams)
    pairs = [
        (batch(folder, file, "--workers", "1").clock, batch(folder, file, "--workers", "2").clock) for _ in range(2)
    ]
    one, two = (min(times) for times in zip(*pairs, strict=True))
    told = f"{one:.1f} and {two:.1f} s by the clock"
    yield Figure(f"{teams} PDFs, 1 worker ÷ 2 workers", max(a / b for a, b in pairs), 1.8, 1.95, told=told, more=True)


def bench_word(folder: Path, teams: int = 200) -> Iterator[Figure]:
    """Yield what a Word document takes against a web page, in a batch."""
    file = write_rows(folder / "teams.csv", teams)
    yield compare(
        f"{teams} Word reports ÷ as many web pages",
        lambda: batch(folder, file, "--format", "docx", "--workers", "0").cpu,
        lambda: batch(folder, file, "--format", "html", "--workers", "0").cpu,
        pairs=2,
        goals=(5, 3),
    )


def bench_growth(folder: Path) -> Iterator[Figure]:
    """Yield 2,000 teams against ten times 200, in Markdown: what the batch itself costs, not what a PDF does."""
    many, few = write_rows(folder / "many.csv", 2_000), write_rows(folder / "few.csv", 200)
    words = ("--format", "md", "--workers", "2")
    yield compare(
        "2,000 teams ÷ 10 × 200, in Markdown",
        lambda: batch(folder, many, *words).cpu,
        lambda: 10 * batch(folder, few, *words).cpu,
        pairs=2,
        goals=(1.05, 1.0),
    )


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


def bench_worker_memory(folder: Path) -> Iterator[Figure]:
    """Yield memory in use after 1,000 PDFs in one process against after 100. Takes some five minutes."""
    file = write_rows(folder / "teams.csv", 1_000)
    done = subprocess.run([sys.executable, "-c", _MEMORY, file], cwd=folder, stdout=subprocess.PIPE, check=True)
    after_100, after_1000 = (float(line) for line in done.stdout.split())
    told = f"{after_1000:.0f} and {after_100:.0f} MiB"
    yield Figure("memory of a worker, document 1,000 ÷ document 100", after_1000 / after_100, 1.05, 1.02, told=told)
