"""Reads and scores everything before the first report is made: nobody learns of row 9,000 after an hour."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from readiness.batch.blocks import PlainRows, TeamBlock, each_team
from readiness.batch.errors_file import ErrorsFile, TeamProblem
from readiness.batch.group_rows import gathered, neighbours
from readiness.batch.inputs import InputFiles, read
from readiness.batch.job import Order, Summary
from readiness.batch.ledger import Ledger
from readiness.batch.notices import Noting, noting
from readiness.batch.progress import Progress
from readiness.batch.row_reader import TableTerms
from readiness.batch.rows import Read, Refused
from readiness.batch.scorer import Marking
from readiness.batch.scores import Scores
from readiness.batch.sought import Sought
from readiness.batch.team_rows import Found, TeamRows
from readiness.errors import InputError, Notice, Problem, first_of
from readiness.text import counted

_AT_A_TIME = 200
"""How many teams are scored together: more are no quicker, and take room."""
_EVERY = 1_000
"""After so many teams the progress is told."""
_NAMED = 20
"""How many problems and notices are told; the file of errors has all problems."""


class Teams(Protocol):
    """Whatever teams come from: what is read, or what shards have kept."""

    @property
    def marking(self) -> Marking:
        """What marks their answers."""

    def found(self) -> Iterator[Found | PlainRows]:
        """Yield the teams in order, and what can't be used."""

    def teams(self) -> Iterator[TeamRows]:
        """Yield the teams alone."""


@dataclass(frozen=True, slots=True)
class Input:
    """The files of a batch, those that are awaited, and whether rows must be gathered before they make teams."""

    files: InputFiles
    marking: Marking
    terms: TableTerms
    bank_folder: Path
    scattered: bool = False

    def rows(self) -> Iterator[Read | PlainRows]:
        """Yield all that the files hold, and what is wrong with those that are awaited."""
        yield from (Refused((problem,)) for problem in self.files.awaited)
        for file in self.files.files:
            yield from read(file, self.marking, self.terms, self.bank_folder)

    def found(self) -> Iterator[Found | PlainRows]:
        """Yield the teams, in the order they first stand in, and what can't be used."""
        group = gathered if self.scattered else neighbours
        return group(self.rows(), self.marking, self.terms.given)

    def teams(self) -> Iterator[TeamRows]:
        """Yield the teams alone."""
        return (found for found in each_team(self.found()) if isinstance(found, TeamRows))


@dataclass(slots=True)
class Checked:
    """Input that was read to its end: what was in it, and the files with its scores and errors, not yet in place.

    As a context, it discards what was not committed.
    ``problems`` and ``notices`` are the first of them, ``unnamed`` is how many notices there are beyond those, and
    ``repeated`` how many problems are the same as one of them: a wrong file of the bank, for each of its answers.
    ``left_out``: whether rows of known teams are left out.
    """

    summary: Summary
    scores: Scores
    errors: ErrorsFile
    problems: dict[Problem, None]
    notices: list[str]
    unnamed: int = 0
    repeated: int = 0
    left_out: bool = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def commit(self, ledger: Ledger, *, force: bool) -> list[Problem]:
        """Put the files in place; return what is in the way: files that somebody has changed."""
        return [*self.scores.commit(ledger, force=force), *self.errors.commit(ledger, force=force)]

    def discard(self) -> None:
        """Leave what is there as it is, also what was committed."""
        self.scores.discard()
        self.errors.discard()


def check(input_: Teams, order: Order, progress: Progress, each: Callable[[Found], None] | None) -> Checked:
    """Read all input, score it, and call ``each`` with every team, and with what can't be used.

    Raises Scattered where rows must be gathered first: ``each`` was then called for nothing. Raises InputError where no
    team can be scored, something is wrong and the order is strict, or a name of its selection fits no team.
    """
    scores = Scores(
        order.home, input_.marking.sheet, () if order.selection.shard else order.scores, order.settings.least
    )
    checked = Checked(Summary(), scores, ErrorsFile(order.out, order.errors, order.spelled), {}, [])
    sought = Sought(order.selection)
    try:
        with noting(input_.marking.bank) as notices:
            told = 0
            for block in _blocks(input_.found(), each):
                if isinstance(block, TeamBlock):
                    sought.see(block.names)
                    _take_teams(block, checked, notices)
                else:
                    sought.see([block.team] if isinstance(block, Refused) and block.team else [])
                    _take(block, checked)
                if checked.summary.teams >= told + _EVERY:
                    told = checked.summary.teams
                    progress.read(checked.summary.rows, told)
            notes = [*checked.notices, *_more(checked.unnamed), *notices.notes()]
        _stop_where_wrong(checked, order, [*sought.problems()])
    except BaseException:
        checked.discard()
        raise
    checked.summary.problems = checked.errors.count
    progress.read(checked.summary.rows, checked.summary.teams)
    for problem in checked.problems:
        progress.problem(problem)
    for note in notes:
        progress.notice(note)
    return checked


def _more(unnamed: int) -> list[str]:
    return [f"{counted(unnamed, 'more note on the input is', 'more notes on the input are')} not shown."] * (
        unnamed > 0
    )


def _stop_where_wrong(checked: Checked, order: Order, unknown: Sequence[Problem]) -> None:
    """Raise InputError if the batch should not go on; ``unknown``: what is said of names that fit no team."""
    if checked.summary.teams and unknown:
        raise InputError([*unknown, Problem("Nothing was written", "Fix the names, or leave --only out.")])
    if checked.summary.teams and not (order.strict and checked.errors.count):
        return
    if not checked.problems:
        raise InputError(Problem("There are no answers in this input", "Add rows."))
    todo = "Fix these, or leave --strict out to have the rest written." if checked.summary.teams else "Fix these."
    told = first_of([*checked.problems], checked.errors.count - checked.repeated)
    raise InputError([*told, Problem("Nothing was written", todo)])


def _blocks(
    items: Iterable[Found | PlainRows], each: Callable[[Found], None] | None
) -> Iterator[TeamBlock | Refused | Notice]:
    """Yield all that was found, teams in blocks, and call ``each`` with every team, and with what can't be used."""
    teams: list[TeamRows] = []
    for item in items if each is None else each_team(items):
        if each is not None and not isinstance(item, PlainRows):
            each(item)
        if isinstance(item, TeamRows):
            teams.append(item)
        if teams and (len(teams) == _AT_A_TIME or isinstance(item, PlainRows)):
            yield TeamBlock.of(teams)
            teams = []
        if isinstance(item, PlainRows):
            yield TeamBlock.of_plain(item)
        elif not isinstance(item, TeamRows):
            yield item
    if teams:
        yield TeamBlock.of(teams)


def _take_teams(teams: TeamBlock, checked: Checked, notices: Noting) -> None:
    checked.summary.teams += len(teams.sizes)
    checked.summary.rows += sum(teams.sizes)
    checked.scores.add(teams)
    notices.add(teams)


def _take(item: Refused | Notice, checked: Checked) -> None:
    match item:
        case Refused():
            checked.left_out |= bool(item.team)
            for problem in item.problems:
                checked.errors.add(TeamProblem(problem, item.team))
                if problem in checked.problems:
                    checked.repeated += 1
                elif len(checked.problems) < _NAMED:
                    checked.problems[problem] = None
        case Notice():
            checked.unnamed += len(checked.notices) == _NAMED
            checked.notices += [item.told][: _NAMED - len(checked.notices)]
