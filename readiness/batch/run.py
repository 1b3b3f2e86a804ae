"""Runs a batch: scores first, then the reports that are missing or no longer right. It can be stopped at any moment."""

import contextlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from readiness.assessment.draft import sweep
from readiness.assessment.endings import LOCK, MAPPING_NAME
from readiness.assessment.store import lock_of
from readiness.bank.model import Bank
from readiness.batch.errors_file import ERRORS, TeamProblem, append_errors
from readiness.batch.group_rows import Scattered
from readiness.batch.inputs import input_files
from readiness.batch.job import FOLDER, Order, Summary
from readiness.batch.ledger import JOURNAL, LEDGER, Ledger, digest_of, journalled
from readiness.batch.preflight import Checked, Input, Teams, check
from readiness.batch.progress import Progress
from readiness.batch.row_reader import TableTerms
from readiness.batch.scorer import Marking
from readiness.batch.scores import ScoreFile
from readiness.batch.shards import SHARD_FILES, Keeping, Shards
from readiness.batch.stale import remove_stale
from readiness.errors import InputError, Place, Problem
from readiness.intake.mapping import Mapping, kept_decisions
from readiness.report.languages import catalogue

if TYPE_CHECKING:  # a batch that makes neither imports neither
    from readiness.batch.portfolio_job import PortfolioJob
    from readiness.batch.reports import Reports


def run(order: Order, progress: Progress) -> Summary:
    """Run the batch; return its summary. Problems of single teams are in ``errors.csv``.

    Raises InputError if nothing can be done.
    """
    try:
        return _run(order, progress)
    finally:
        progress.end()


def _run(order: Order, progress: Progress) -> Summary:
    marking = Marking(order.settings.open_bank(), in_full=ScoreFile.JSON_LINES in order.scores)
    terms = TableTerms.of(marking.bank, _decisions(order, marking.bank), order.given)
    if order.reports or order.portfolio or order.merge:
        order.settings.open_theme()
    catalogue(order.settings.language)
    progress.start(joining=order.merge)
    with input_files(order.paths, order.out) as found, _claimed(order):
        for notice in found.notices:
            progress.notice(notice)
        read = Shards(order, marking) if order.merge else Input(found, marking, terms, order.settings.bank_folder)
        input_, checked, job, keeping = _checked(read, order, progress)
        summary = checked.summary
        shard = order.selection.shard is not None
        shards = [folder for folder in sorted(order.shards.glob("*-of-*")) if folder != order.home]
        others = [order.out, *shards] if shard else shards
        with checked, Ledger(order.out, order.home, others, apart=shard, joining=order.merge) as ledger:
            problems = checked.commit(ledger, force=order.force)
            summary.listed = ledger.is_ours(order.errors)
            problems += job.make(ledger) if job is not None else []
            if problems:
                _append(order, ledger, map(TeamProblem, problems))
                summary.problems += len(problems)
                for problem in problems:
                    progress.problem(problem)
            absent = set[str]()
            if order.reports or order.merge:
                absent = _report(order, input_, ledger, summary, progress)
            made = order if summary.teams > 1 else replace(order, portfolio=())  # of one team there is no portfolio
            with _unchanged():
                for note in remove_stale(made, input_, ledger, absent, left_out=checked.left_out):
                    progress.notice(note)
            ledger.close()
        if keeping is not None:
            keeping.finish()
        if isinstance(read, Shards) and not summary.failed and not problems:  # else they are needed once more
            _remove(read, ledger, progress)
    return summary


def _remove(shards: Shards, ledger: Ledger, progress: Progress) -> None:
    """Remove what shards have kept, and no other file or folder."""
    for folder in shards.folders:
        errors = folder / ERRORS
        sweep(folder)
        if {path.name for path in folder.iterdir()} - SHARD_FILES:
            progress.notice(f"{folder}: somebody has put other files here, so this folder was left as it is.")
        elif not ledger.is_ours(errors.relative_to(folder.parent.parent).as_posix()):
            progress.notice(f"{errors}: somebody has changed this file, so its folder was left as it is.")
        else:
            _remove_files(folder)
    with contextlib.suppress(OSError):
        shards.folders[0].parent.rmdir()


def _remove_files(folder: Path) -> None:
    with contextlib.suppress(OSError):  # it stays if something else was put there just now
        for name in SHARD_FILES:
            (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def _decisions(order: Order, bank: Bank) -> Mapping:
    """Return a person's decisions. Raises InputError if the file that was named is not there, or wrong."""
    if order.mapping is not None and not order.mapping.exists():
        what, todo = "There is no such file", "Check the name after --mapping."
        raise InputError(Problem(what, todo, Place(str(order.mapping))))
    kept = kept_decisions(order.mapping or order.out / MAPPING_NAME, bank, order.dates, order.numbers_from)
    return kept.with_responses(order.response_column, count_unfinished=order.count_unfinished)


_Read = tuple[Teams, Checked, "PortfolioJob | None", Keeping | None]


def _checked(input_: Teams, order: Order, progress: Progress) -> _Read:
    """Read it all, and return what was read, what was in it, and what has gathered the portfolio and the shard."""
    shard = order.selection.shard
    job = _portfolio(input_.marking.bank, order) if order.portfolio and shard is None else None
    keeping = Keeping(order, shard) if shard is not None else None
    each = job.add if job is not None else keeping.add if keeping is not None else None
    try:
        checked = check(input_, order, progress, each)
    except BaseException as error:
        if keeping is not None:
            keeping.discard()
        if isinstance(error, Scattered) and isinstance(input_, Input):
            return _checked(replace(input_, scattered=True), order, progress)
        raise
    if keeping is not None:
        try:
            keeping.commit()
        except BaseException:
            keeping.discard()
            checked.discard()
            raise
    return input_, checked, job, keeping


def _portfolio(bank: Bank, order: Order) -> "PortfolioJob":
    from readiness.batch.portfolio_job import PortfolioJob

    return PortfolioJob(bank, order)


def _report(order: Order, input_: Teams, ledger: Ledger, summary: Summary, progress: Progress) -> set[str]:
    """Make or join the reports; return the teams of other reports that are there, no longer in the input."""
    from readiness.batch.reports import Reports

    reports = Reports(order, input_.marking.bank, ledger, summary, progress)
    progress.begin(_chosen(order, input_, summary), joining=order.merge)
    try:
        if isinstance(input_, Shards):
            reports.join(input_)
        else:
            _make(reports, order, input_, summary)
    finally:
        if reports.problems:
            _append(order, ledger, reports.problems)
    summary.problems += len(reports.problems)
    if order.clean:
        reports.clean()
    return reports.absent


def _append(order: Order, ledger: Ledger, problems: Iterable[TeamProblem]) -> None:
    append_errors(order.out, order.errors, ledger, problems, order.spelled)


def _make(reports: "Reports", order: Order, input_: Teams, summary: Summary) -> None:
    from readiness.batch.reports import executor_for

    with _unchanged(), executor_for(order, summary.teams) as (executor, ahead):
        reports.make(input_, executor, ahead)


@contextlib.contextmanager
def _unchanged() -> Iterator[None]:
    """Raise InputError if the teams are not as they were when all was checked."""
    try:
        yield
    except Scattered:
        raise InputError(Problem("The input has changed while it was read", "Run the same command again.")) from None


def _chosen(order: Order, input_: Teams, summary: Summary) -> int:
    """Return how many teams get a report."""
    if isinstance(input_, Shards):
        return sum(1 for _ in input_.reported())
    selection = order.selection
    if not selection.only and selection.shard is None:
        return summary.teams if selection.limit is None else min(selection.limit, summary.teams)
    chosen = 0
    for at, team in enumerate(input_.teams()):
        chosen += selection.has(at, team.rows[0].team, chosen)
    return chosen


@contextlib.contextmanager
def _claimed(order: Order) -> Iterator[None]:
    """Keep the folder for this batch alone. If nothing comes of it, a folder made here is removed again.

    Raises InputError where it holds something else, or another batch is at work in it.
    """
    out, home = order.out, order.home
    if not out.parent.is_dir():
        raise InputError(Problem("There is no such folder", "Create it, or choose another.", Place(str(out.parent))))
    if out.exists() and not out.is_dir():
        raise InputError(Problem("This is a file", "Name a folder.", Place(str(out))))
    new = not out.exists()
    if not new and not order.force and not _is_ours(out):
        what = "This folder holds other files, and was not touched"
        todo = "Choose a new folder, or add --force to write into this one."
        raise InputError(Problem(what, todo, Place(str(out))))
    for folder in (out / FOLDER, order.shards, *order.shards.glob("*-of-*")):
        if folder.is_symlink():  # files would be written, and removed, elsewhere
            what = "This is a link to another place, and was not followed"
            raise InputError(Problem(what, "Remove the link, or choose another folder.", Place(str(folder))))
    home.mkdir(parents=True, exist_ok=True)
    lock = lock_of(home / LOCK)
    try:
        lock.acquire()
    except Timeout:
        what = "Another batch is at work in this folder"
        raise InputError(Problem(what, "Wait until it has finished.", Place(str(home)))) from None
    try:
        (out / FOLDER).mkdir(exist_ok=True)
        sweep(home)
        if order.selection.shard is None:
            sweep(out / FOLDER)
        yield
    except InputError:
        if new:
            _unclaim(order, lock)
        raise
    finally:
        lock.release()


def _unclaim(order: Order, lock: FileLock) -> None:
    """Remove what this batch made in a new folder, unless there are reports. A folder with files of others stays."""
    out, home, reports = order.out, order.home, order.out / FOLDER
    made = journalled(home)
    if any(entry.team for entry in made):  # the next run goes on from them
        return
    if sys.platform == "win32":  # there, no file that is open can be removed
        lock.release()
    with contextlib.suppress(OSError):
        for entry in made:
            if digest_of(out / entry.file) == entry.holds:
                (out / entry.file).unlink()
        for name in {LEDGER, JOURNAL, LOCK} if home == out else SHARD_FILES - {ERRORS}:
            (home / name).unlink(missing_ok=True)
        for folder in () if home == out else (home, order.shards):
            folder.rmdir()
        if [*out.iterdir()] == [reports]:  # otherwise it may be another shard's
            reports.rmdir()
            out.rmdir()


def _is_ours(out: Path) -> bool:
    """Return whether a batch may write here: the folder is empty, or a batch has begun in it."""
    names = {path.name for path in out.iterdir()} - {MAPPING_NAME}
    return not names or bool(names & {LEDGER, JOURNAL, LOCK, "shards"})
