"""Rows, and teams, in blocks: what is the same for each is done for all of them, a column at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self

from readiness.batch.rows import Read, RespondentRow, whose_each
from readiness.batch.scorer import Answers, ProfileMarking, Unheard
from readiness.batch.team_rows import Found, TeamRows
from readiness.scoring.parts import DomainPart

Parts = tuple[DomainPart, ...]
Picker = Callable[[Sequence[Any]], tuple[Any, ...]]
"""Picks some of the cells of a row, or some of the columns."""


@dataclass(frozen=True, slots=True, eq=False)
class AskedCells:
    """Which columns answer the questions that are asked, and what marks them: the same for many profiles.

    ``asked`` picks those columns, ``others`` the answers to the rest, and ``answers`` all.
    """

    marking: ProfileMarking
    asked: Picker
    others: Picker
    answers: Picker

    def parts(self, rows: Sequence[Sequence[Any]]) -> list[Parts]:
        """Return what rows come to. Raises ValueError if a cell is wrong, or a row has no answer."""
        columns = [*zip(*rows, strict=True)]
        more = any(map(any, self.others(columns)))
        answers = self.answers(columns) if more else self.asked(columns)
        if not _all_filled(answers, len(rows)):
            raise ValueError
        return (self.marking.parts_of_each if more else self.marking.parts_of_asked)(answers, len(rows))


def _all_filled(columns: Iterable[Sequence[str]], count: int) -> bool:
    """Return whether each of so many rows has something in a column: most have in the first."""
    empty = [*range(count)]
    for column in columns:
        empty = [at for at in empty if not column[at].strip()]
        if not empty:
            return True
    return False


class RowProfile(NamedTuple):
    """What a row says besides its answers: the profile and the role; and what marks answers under that profile."""

    profile: tuple[str, ...]
    role: str
    marking: ProfileMarking
    unheard: Unheard
    cells: AskedCells


@dataclass(frozen=True, slots=True)
class PlainRows:
    """Rows of one file that have nothing but answers, as columns with an entry for each row.

    ``answers`` picks those of a row from its ``cells``.
    """

    file: str
    numbers: Sequence[int]
    organisations: Sequence[str]
    teams: Sequence[str]
    abouts: Sequence[RowProfile]
    dates: Sequence[str]
    cells: Sequence[Sequence[Any]]
    answers: Picker
    parts: Sequence[Parts]

    @property
    def whose(self) -> list[tuple[str, str]]:
        """Which team each row is about, as ``RespondentRow.whose``."""
        return whose_each(self.organisations, self.teams)

    def row(self, at: int) -> RespondentRow:
        """Return one row."""
        about = self.abouts[at]
        named = self.numbers[at], self.organisations[at], self.teams[at]
        return RespondentRow(
            self.file,
            *named,
            about.profile,
            about.role,
            self.dates[at],
            self.answers(self.cells[at]),
            None,
            self.parts[at],
        )

    def rows(self) -> Iterator[RespondentRow]:
        """Yield the rows one by one."""
        return map(self.row, range(len(self.numbers)))

    def team(self, at: int) -> TeamRows:
        """Return the team of one row, if the row is all that there is of it."""
        return TeamRows((self.row(at),), self.abouts[at].marking, self.parts[at])

    def as_teams(self) -> Iterator[TeamRows]:
        """Yield each row as a team."""
        return map(self.team, range(len(self.numbers)))

    def until(self, end: int) -> Self:
        """Return the rows before one of them."""
        columns = ("numbers", "organisations", "teams", "abouts", "dates", "cells", "parts")
        return replace(self, **{name: getattr(self, name)[:end] for name in columns})


def each_row(items: Iterable[Read | PlainRows]) -> Iterator[Read]:
    """Yield all that was read, rows one by one."""
    for item in items:
        if isinstance(item, PlainRows):
            yield from item.rows()
        else:
            yield item


def each_team(items: Iterable[Found | PlainRows]) -> Iterator[Found]:
    """Yield all that was found, teams one by one."""
    for item in items:
        if isinstance(item, PlainRows):
            yield from item.as_teams()
        else:
            yield item


class TeamBlock(NamedTuple):
    """Teams as columns with an entry for each: ``all`` has them one by one, and takes longer.

    ``names`` and ``organisations`` are those of their first rows, ``files`` and ``numbers`` where these stand.
    ``sizes``: how many respondents each has.
    """

    all: Sequence[TeamRows] | PlainRows
    names: Sequence[str]
    organisations: Sequence[str]
    files: Sequence[str]
    numbers: Sequence[int]
    sizes: Sequence[int]
    markings: Sequence[ProfileMarking]
    parts: Sequence[Parts]
    unheard: Sequence[Unheard]

    @classmethod
    def of(cls, teams: Sequence[TeamRows]) -> Self:
        """Return teams as a block."""
        firsts = [team.rows[0] for team in teams]
        return cls(
            teams,
            [first.team for first in firsts],
            [first.organisation for first in firsts],
            [first.file for first in firsts],
            [first.number for first in firsts],
            [len(team.rows) for team in teams],
            [team.marking for team in teams],
            [team.parts for team in teams],
            [team.unheard for team in teams],
        )

    @classmethod
    def of_plain(cls, rows: PlainRows) -> Self:
        """Return rows of which each is a team as a block."""
        count = len(rows.numbers)
        markings = [about.marking for about in rows.abouts]
        unheard = [about.unheard for about in rows.abouts]
        named = rows.teams, rows.organisations, [rows.file] * count, rows.numbers
        return cls(rows, *named, [1] * count, markings, rows.parts, unheard)

    def answers(self, at: int) -> list[tuple[Answers, str, int]]:
        """Return the answers of each respondent of one team, with the file and the number of the row."""
        if isinstance(self.all, PlainRows):
            return [(self.all.answers(self.all.cells[at]), self.files[at], self.numbers[at])]
        return [(row.answers, row.file, row.number) for row in self.all[at].rows]

    def teams(self) -> Iterator[TeamRows]:
        """Yield the teams one by one."""
        yield from self.all.as_teams() if isinstance(self.all, PlainRows) else self.all
