"""Writes the scores of all teams: a table (CSV or Parquet), and a line of JSON for each."""

import contextlib
import io
import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from typing import Any, Protocol, assert_never

from readiness.assessment.draft import Draft
from readiness.batch.blocks import TeamBlock
from readiness.batch.ledger import Ledger
from readiness.errors import InputError, Problem
from readiness.scoring.bulk import ScoreSheet
from readiness.scoring.kept import Kept
from readiness.scoring.model import ReachedBand
from readiness.scoring.parts import SheetResult
from readiness.text import all_words, safe, unformulated

_ROWS = 5_000
"""At how many rows of Parquet they are written."""
_ORGANISATIONS = 1_000
"""How many organisations are kept: teams have few."""


class ScoreFile(StrEnum):
    """What the scores are written as, by the ending of the file."""

    CSV = "csv"
    JSON_LINES = "jsonl"
    PARQUET = "parquet"


class _ScoreWriter(Protocol):
    """Writes teams into a file that is open."""

    def add(self, teams: TeamBlock, results: Sequence[SheetResult]) -> None: ...

    def end(self) -> None: ...


class Scores:
    """The files of scores on their way: add teams in order, then ``commit`` or ``discard``.

    Roles are shown from ``least`` respondents on.
    """

    def __init__(self, folder: Path, sheet: ScoreSheet, forms: Sequence[ScoreFile], least: int) -> None:
        self._sheet = sheet
        self._drafts: dict[str, Draft] = {}
        self._writers: list[_ScoreWriter] = []
        names = [*COLUMNS, *(domain.id for domain in sheet.bank.domains)]
        try:
            for form in forms:
                draft = self._drafts[f"scores.{form}"] = Draft(folder / f"scores.{form}", private=False)
                self._writers.append(_writer(form, draft, names, least))
        except BaseException:
            self.discard()
            raise

    def add(self, teams: TeamBlock) -> None:
        """Write the scores of teams."""
        if self._writers:
            results = self._sheet.results(zip(teams.parts, [each.silent for each in teams.unheard], strict=True))
            for writer in self._writers:
                writer.add(teams, results)

    def commit(self, ledger: Ledger, *, force: bool) -> list[Problem]:
        """Put the files in the place of those that are there; return what is in the way."""
        for writer in self._writers:
            writer.end()
        files = self._drafts.items()
        return [problem for file, draft in files for problem in ledger.commit(file, draft, force=force)]

    def discard(self) -> None:
        """Leave those that are there as they are."""
        for writer in self._writers:
            if isinstance(writer, _ParquetScores):
                writer.drop()
        for draft in self._drafts.values():
            draft.discard()


COLUMNS: Mapping[str, str] = {
    "team": "string",
    "organisation": "string",
    "respondents": "int32",
    "score": "float64",
    "low": "float64",
    "high": "float64",
    "band": "string",
    "held_by": "string",
    "too_little_known": "bool",
    "voices_missing": "string",
}
"""The columns before the domains', and their types in Parquet."""


def _writer(form: ScoreFile, draft: Draft, names: Sequence[str], least: int) -> _ScoreWriter:
    match form:
        case ScoreFile.CSV:
            return _Csv(draft, names)
        case ScoreFile.JSON_LINES:
            return _JsonLines(draft, least)
        case ScoreFile.PARQUET:
            return _ParquetScores(draft, names)
        case _:
            assert_never(form)


def _number(score: float | None) -> str:
    return "" if score is None else repr(score)


_NUMBERS = 2_000
"""More than there are scores: these have one decimal."""
_SHOWN = attrgetter("shown")
_QUOTE = '"'
_QUOTED = re.compile(r'[,"\r\n]')


def csv_cell(text: str) -> str:
    """Return the text as a cell of a CSV file, in quotes where ``csv`` puts them."""
    if all_words((text,)):  # as nearly all is, of a million names
        return text
    text = unformulated(safe(text))
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _QUOTED.search(text) else text


class _Csv:
    """UTF-8 with a byte order mark, which Excel needs. Names that a spreadsheet would compute get an apostrophe."""

    def __init__(self, draft: Draft, names: Sequence[str]) -> None:
        draft.file.write(b"\xef\xbb\xbf")
        self._text = io.TextIOWrapper(draft.file, encoding="utf-8", newline="", write_through=False)
        self._text.write(f"{','.join(names)}\r\n")
        self._numbers, self._sizes = Kept(_number, _NUMBERS), Kept[int, str](str, _NUMBERS)
        self._organisations = Kept(csv_cell, _ORGANISATIONS)
        self._reached: dict[tuple[int, tuple[str, ...]], str] = {}

    def add(self, teams: TeamBlock, results: Sequence[SheetResult]) -> None:
        number = self._numbers.__getitem__
        scores, lows, highs, bands = zip(*results, strict=True)
        missing = [roles for _, roles in teams.unheard]
        columns = (
            teams.names if all_words(teams.names) else map(csv_cell, teams.names),
            map(self._organisations.__getitem__, teams.organisations),
            map(self._sizes.__getitem__, teams.sizes),
            *(map(number, column) for column in (scores, lows, highs)),
            map(self._reached_cells, bands, missing),
            *(map(number, map(_SHOWN, domain)) for domain in zip(*teams.parts, strict=True)),
        )
        self._text.write("\r\n".join([*map(",".join, zip(*columns, strict=True)), ""]))

    def _reached_cells(self, band: ReachedBand | None, missing: tuple[str, ...]) -> str:
        """Return the cells from ``band`` to ``voices_missing``, and keep them: a sheet makes each band once."""
        kept = self._reached.get((id(band), missing))
        if kept is None:
            about = (band.id, "; ".join(band.held_by), "false") if band else ("", "", "true")
            kept = self._reached[id(band), missing] = ",".join([*about, "; ".join(missing)])
        return kept

    def end(self) -> None:
        self._text.detach()


class _JsonLines:
    """What ``readiness score --format json`` prints, a line for each team."""

    def __init__(self, draft: Draft, least: int) -> None:
        self._file, self._least = draft.file, least

    def add(self, teams: TeamBlock, results: Sequence[SheetResult]) -> None:
        for team, result in zip(teams.teams(), results, strict=True):
            self._file.write(f"{team.line(result, self._least)}\n".encode())

    def end(self) -> None:
        pass


class _ParquetScores:
    """The table with its numbers as numbers."""

    def __init__(self, draft: Draft, names: Sequence[str]) -> None:
        try:
            import pyarrow as pa
            from pyarrow import parquet
        except ImportError:
            todo = "Install the extra parquet: docs/installing.md says how. Or leave parquet out of --scores."
            raise InputError(Problem("Parquet files need a part that is not installed", todo)) from None
        types = [pa.type_for_alias(COLUMNS.get(name, "float64")) for name in names]
        self._schema = pa.schema(list(zip(names, types, strict=True)))
        self._table = pa.table
        self._file = parquet.ParquetWriter(draft.file, self._schema)
        self._rows: list[Sequence[Any]] = []

    def add(self, teams: TeamBlock, results: Sequence[SheetResult]) -> None:
        named = zip(teams.names, teams.organisations, teams.sizes, strict=True)
        for about, (score, low, high, band), (_, missing), parts in zip(
            named, results, teams.unheard, teams.parts, strict=True
        ):
            reached, held_by = ("", "") if band is None else (band.id, "; ".join(band.held_by))
            domains = (part.shown for part in parts)
            self._rows.append([*about, score, low, high, reached, held_by, score is None, "; ".join(missing), *domains])
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        columns = dict(zip(self._schema.names, zip(*self._rows, strict=True), strict=True))
        self._file.write_table(self._table(columns, schema=self._schema))
        self._rows = []

    def end(self) -> None:
        if self._rows:
            self._flush()
        self._file.close()

    def drop(self) -> None:
        """Close the file while it can be written: later, Python would print that it can't."""
        with contextlib.suppress(OSError):
            self._file.close()
