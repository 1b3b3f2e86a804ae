"""Tables of a few teams, written as people's programs write them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from readiness.batch.blocks import PlainRows, each_row
from readiness.batch.inputs import input_files, read
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import Read, Refused, RespondentRow
from readiness.batch.scorer import Marking
from readiness.batch.team_rows import Found
from readiness.errors import Notice, Place

PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
HEADINGS = ("team", "organisation", "role", "date", *PROFILE)


def row(team: str, answers: Mapping[str, object] | None = None, **changes: str) -> dict[str, str]:
    """Return a row of a table: two answers, where none are given."""
    fixed = {"team": team, "organisation": "Alder Valley", "role": "service-manager", "date": "2026-11-22", **PROFILE}
    given = {"critical-mass-planned": 2, "language": 3} if answers is None else answers
    return {**fixed, **{name: str(value) for name, value in given.items()}, **changes}


def headings(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the headings of the rows, in the order they are met in."""
    return list(dict.fromkeys(name for one in rows for name in one))


def csv_text(rows: Sequence[Mapping[str, str]], delimiter: str = ",") -> str:
    """Return the rows as CSV."""
    text = io.StringIO()
    writer = csv.DictWriter(text, headings(rows), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def put(file: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write the rows into a CSV file, and return it."""
    file.write_text(csv_text(rows), encoding="utf-8", newline="")
    return file


def read_all(marking: Marking, *paths: Path, terms: TableTerms | None = None) -> list[Read | PlainRows]:
    """Return all that is read from the paths."""
    with input_files(paths, Path("/nowhere")) as found:
        return [
            item for file in found.files for item in read(file, marking, terms or TableTerms.of(marking.bank), Path())
        ]


def rows_of(items: Iterable[Read | PlainRows]) -> list[RespondentRow]:
    """Return the rows among what was read, without what they come to."""
    return [item._replace(parts=None) for item in each_row(items) if isinstance(item, RespondentRow)]


def wrong(items: Iterable[Read | Found | PlainRows]) -> list[str]:
    """Return what was wrong, each with its place (without the folder) and what to do."""
    problems = [problem for item in items if isinstance(item, Refused) for problem in item.problems]
    return [str(replace(problem, place=_without_folder(problem.place))) for problem in problems]


def _without_folder(place: Place | None) -> Place | None:
    return replace(place, file=Path(place.file).name) if place else None


def told(items: Iterable[Read | PlainRows]) -> list[str]:
    """Return the notices."""
    return [item.told for item in items if isinstance(item, Notice)]
