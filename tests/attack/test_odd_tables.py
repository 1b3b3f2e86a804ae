"""Tables of odd headings, cells and rows: each is read, or refused in words, in a time that grows with its size."""

import csv
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import pytest

from readiness.bank.model import Bank
from readiness.errors import MOST_TOLD, InputError, Problem
from readiness.intake.mapping import Mapping
from readiness.intake.sources import gather, open_as_problems, open_sources
from readiness.roundtrip.form_entries import Given

Rows = Sequence[Sequence[str]]
Table = Callable[[int, Bank], Rows]
"""Rows of about so many characters."""

HEADINGS = ["team", "organisation", "role", "date", "language"]
CELLS = ["Northside", "A Trust", "team-member", "2026-11-22", "1"]
GIVEN = Given(
    team="Northside",
    date=dt.date(2026, 11, 22),
    profile={"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"},
)
PIECES = {
    "line feeds": "\n",
    "spaces": "\u00a0",
    "digits": "1",
    "one-letter words": "a ",
    "brackets": "(",
    "square brackets": "[",
    "pairs of brackets": "[]",
    "arrows": ">>",
    "dashes": " - ",
    "slashes": "/",
    "tags": "<a",
    "marks": " * required",
    "codes": "a1:",
    "numbers": "1.",
    "accents": "\u0316\u0300",
    "marks of half width": "\uff9e\u0300",
    "letters that stand for eighteen": "\ufdfa",
    "comments": "comments ",
}
HEADING, CELL = 1_900, 90_000


def headed(headings: Sequence[str]) -> Rows:
    return [[*HEADINGS, *(f"{heading}{nth}" for nth, heading in enumerate(headings))], [*CELLS, *["1"] * len(headings)]]


def in_headings(piece: str) -> Table:
    """Headings of the piece, again and again, before a question's own words."""

    def table(size: int, bank: Bank) -> Rows:
        heading = f"{piece * (HEADING // len(piece))} {bank.questions[0].text}"[-HEADING:]
        return headed([heading] * min(490, size // HEADING))

    return table


def in_a_long_heading(piece: str) -> Table:
    return lambda size, _: headed([piece * (min(size, CELL) // len(piece))] * max(1, size // CELL))


def in_cells(piece: str) -> Table:
    def table(size: int, _: Bank) -> Rows:
        cell = piece * (min(size, CELL) // len(piece))
        return [HEADINGS, *([*CELLS[:4], f"{cell}{nth}"] for nth in range(max(1, size // CELL)))]

    return table


def in_names_and_dates(piece: str) -> Table:
    def table(size: int, _: Bank) -> Rows:
        cell = piece * (1_000 // len(piece))
        return [HEADINGS, *([f"{cell}{nth}", cell, cell, f"2026-11-22{cell}", "1"] for nth in range(size // 3_000))]

    return table


def of_words(size: int, _: Bank) -> Rows:
    headings = [f"{nth} do people in the service know how to support the team {nth}" for nth in range(490)]
    return [*headed(headings), *([*CELLS, *[f"{row} word"] * 490] for row in range(size // 4_000))]


def of_different_words(size: int, bank: Bank) -> Rows:
    ids = [question.id for question in bank.questions]
    rows = range(size // (8 * len(ids)))
    return [[*HEADINGS[:4], *ids], *([*CELLS[:4], *(f"w{row}x{name[:3]}" for name in ids)] for row in rows)]


def of_people(size: int, _: Bank) -> Rows:
    return [HEADINGS, *([*CELLS[:4], str(nth % 4)] for nth in range(size // 45))]


TABLES: dict[str, Table] = {
    **{
        f"{piece} in {of.__name__.removeprefix('in_')}": of(text)
        for of in (in_headings, in_a_long_heading, in_cells, in_names_and_dates)
        for piece, text in PIECES.items()
    },
    "unknown headings": of_words,
    "different words": of_different_words,
    "people": of_people,
}


SHORT = [name for name in TABLES if name.endswith("heading")] + [f"{piece} in headings" for piece in PIECES]
"""Those whose work grew with the square of their size, or worse."""


def seconds(folder: Path, bank: Bank, rows: Rows) -> tuple[float, Sequence[Problem]]:
    """Return how long it takes to collect the table, and what is wrong with it."""
    path = folder / "x.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    began = process_time()
    try:
        opened = open_sources([path], bank, None, GIVEN)
        gathering = gather(opened.sources, bank, Mapping(bank=bank.id), GIVEN)
        problems = [*opened.problems, *open_as_problems(gathering.open, bank, GIVEN), *gathering.problems]
    except InputError as error:
        problems = [*error.problems]
    return process_time() - began, problems


def test_odd_tables_are_read_or_refused_in_no_time(bank: Bank, tmp_path: Path) -> None:
    took = {name: seconds(tmp_path, bank, TABLES[name](12_000, bank))[0] for name in SHORT}
    assert {name: time for name, time in took.items() if time > 0.5} == {}


@pytest.mark.long
@pytest.mark.parametrize("name", TABLES)
def test_large_odd_tables_are_read_or_refused_in_seconds(name: str, bank: Bank, tmp_path: Path) -> None:
    time, problems = seconds(tmp_path, bank, TABLES[name](900_000, bank))
    assert time < 10
    assert len(problems) <= 2 * MOST_TOLD + 1


def test_of_hundreds_of_unknown_headings_the_first_are_told(bank: Bank, tmp_path: Path) -> None:
    _, problems = seconds(tmp_path, bank, of_words(30_000, bank))
    assert len(problems) == MOST_TOLD + 1
    assert problems[-1].what == "490 things to be decided, and the first 200 are listed; nothing was written"
