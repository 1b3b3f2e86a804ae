"""Makes the reports that are missing or no longer right, team after team, with so much in the works and no more."""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from readiness.bank.model import Bank
from readiness.batch.errors_file import TeamProblem
from readiness.batch.job import FOLDER, Order, Summary
from readiness.batch.ledger import Ledger, LedgerEntry, changed_by_somebody, digest
from readiness.batch.preflight import Teams
from readiness.batch.progress import Progress
from readiness.batch.render_job import Made, Task, make, pdf_problems
from readiness.batch.shards import Shards
from readiness.batch.team_rows import TeamRows
from readiness.batch.workers import Here, Lost, Workers, settled
from readiness.document.write import Format
from readiness.errors import MOST_TOLD, InputError, Notice, Place, Problem
from readiness.plan.edits_file import read_overlay
from readiness.plan.find import find_plan
from readiness.plan.overlay import Overlay
from readiness.plan.shelf import PlanShelf
from readiness.text import counted, safe, some

_AHEAD = 2
"""So many teams for each worker are in the works at a time: one that is made, and the next."""


@dataclass(frozen=True, slots=True)
class _Due:
    """A team's files that must be made, by format, and the digests of what each is made from, and of the answers."""

    at: int
    slug: str
    name: str
    place: Place
    answers: str
    made_from: dict[Format, str]


class Reports:
    """The reports of one batch."""

    def __init__(self, order: Order, bank: Bank, ledger: Ledger, summary: Summary, progress: Progress) -> None:
        self._order, self._bank, self._ledger = order, bank, ledger
        self._summary, self._progress = summary, progress
        self._fingerprint = order.settings.fingerprint()
        self._pending: dict[Future[Made], _Due] = {}
        self._problems: list[tuple[int, TeamProblem]] = []
        self.absent = ledger.teams
        """The teams that have reports, but are no longer in the input: once all was made or joined."""
        self._shelf = PlanShelf()
        self._told: dict[str, tuple[Notice, list[str]]] = {}
        self._checked = Format.PDF not in order.reports

    @property
    def problems(self) -> list[TeamProblem]:
        """What stood in the way, in the order of the teams."""
        return [problem for _, problem in sorted(self._problems, key=lambda each: each[0])]

    def make(self, input_: Teams, executor: Executor, ahead: int) -> None:
        """Make them all, with ``ahead`` of them at most in the works.

        Raises InputError where nothing can be made on this machine.
        """
        chosen = 0
        for at, team in enumerate(input_.teams()):
            self.absent.discard(team.slug)
            if self._order.selection.has(at, team.rows[0].team, chosen):
                chosen += 1
                self._begin(at, team, executor)
            while len(self._pending) >= ahead:
                self._take_finished()
        while self._pending:
            self._take_finished()
        self._tell_of_plans()

    def clean(self) -> None:
        """Remove the reports of teams that are no longer in the input, but not what somebody has changed."""
        self._summary.removed = self._ledger.clean(self.absent)

    def join(self, shards: Shards) -> None:
        """Look whether the shards have made them all."""
        self.absent -= {team.slug for team in shards.teams()}
        for at, team in enumerate(shards.reported()):
            if all(self._ledger.is_whole(_file(team.slug, form)) for form in shards.formats):
                self._summary.kept += 1
                self._progress.team(made=False, failed=False)
            else:
                todo = "Run its shard again, with the same options; then merge."
                problem = Problem("No shard has made this team’s report", todo, team.rows[0].place)
                self._fail(at, safe(str(team.team)), [problem])

    def _begin(self, at: int, team: TeamRows, executor: Executor) -> None:
        slug, first = team.slug, team.rows[0]
        name = safe(str(team.team))
        try:
            overlay = self._overlay(team)
        except InputError as error:
            self._outdate(slug, self._order.reports)
            self._fail(at, name, error.problems)
            return
        plan = overlay.to_json() if overlay is not None else ""
        rows = [row.content for row in team.rows]
        due = _Due(at, slug, name, first.place, team.answers_digest(self._order.settings.least), {})
        for form in self._order.reports:
            made_from = digest(self._fingerprint, form, plan, *rows)
            if not self._ledger.is_current(_file(slug, form), made_from):
                due.made_from[form] = made_from
        if not due.made_from:
            self._summary.kept += 1
            self._progress.team(made=False, failed=False)
        elif problems := [*self._in_the_way(due)]:
            self._outdate(slug, due.made_from)
            self._fail(at, name, problems)
        else:
            self._check_machine(executor)
            rows_alone = tuple(row._replace(parts=None) for row in team.rows)
            task = Task(self._order.settings, self._fingerprint, rows_alone, tuple(due.made_from), overlay)
            self._pending[executor.submit(make, task)] = due

    def _overlay(self, team: TeamRows) -> Overlay | None:
        """Return a person's edits of the plan, which stand beside the files of answers."""
        files = [Path(row.file) for row in team.rows if row.assessment is not None and not row.number]
        if len(files) != len(team.rows):
            return None
        place = find_plan(files, team.team, self._bank, self._shelf)
        for notice in place.notices:
            self._told.setdefault(notice.told, (notice, []))[1].append(safe(str(team.team)))
        path = place.path
        if path is None or not path.exists():
            return None
        try:
            edits = read_overlay(path, self._bank, team.team)
            about = self._of_another_version(edits)
        except InputError as error:
            raise InputError(problem.about(files) for problem in error.problems) from None
        if about is not None:
            self._progress.notice(f"{path} {about}")
        return edits

    def _of_another_version(self, edits: Overlay) -> str | None:
        if not edits.bank.is_another_version(self._bank):
            return None
        from readiness.plan.migrating import of_another_version

        return of_another_version(edits, self._bank, self._order.settings.bank_folder)

    def _tell_of_plans(self) -> None:
        """Tell what is to be known of plans, each once, with the teams that it is for."""
        for notice, teams in [*self._told.values()][:MOST_TOLD]:
            command = notice.command
            if command is not None and len(teams) > 1:
                command = replace(command, paths=("FILES",))  # whose, a person must say
            self._progress.notice(Notice(f"{some(teams)}: {notice.told}", command))
        if (more := len(self._told) - MOST_TOLD) > 0:
            self._progress.notice(
                f"Not listed: {counted(more, 'more note')} on plans. A report of one team has its own."
            )

    def _in_the_way(self, due: _Due) -> Iterator[Problem]:
        for form in due.made_from:
            file = _file(due.slug, form)
            if not self._order.force and not self._ledger.is_ours(file):
                yield changed_by_somebody(self._order.out / file)

    def _check_machine(self, executor: Executor) -> None:
        """Have a worker say whether it can make a PDF at all, before each team fails at it."""
        if not self._checked:
            self._checked = True
            [checked] = settled([executor.submit(pdf_problems)])
            if problems := checked.result():
                raise InputError(problems)

    def _take_finished(self) -> None:
        for future in settled(self._pending):
            due = self._pending.pop(future)
            try:
                made = future.result()
            except Exception as error:  # noqa: BLE001 — whatever it is, it costs this team alone
                made = Made(problems=(lost(error, due.place),))
            if made.problems:
                self._outdate(due.slug, due.made_from)
                self._fail(due.at, due.name, made.problems)
            else:
                self._keep(due, made)

    def _keep(self, due: _Due, made: Made) -> None:
        if in_the_way := [*self._in_the_way(due)]:  # somebody changed it while the new one was made
            self._outdate(due.slug, due.made_from)
            self._fail(due.at, due.name, in_the_way)
            return
        for form, data, told in made.files:
            made_from, holds = due.made_from[form], hashlib.sha256(data).hexdigest()
            entry = LedgerEntry(_file(due.slug, form), due.slug, made_from, holds, told, due.answers)
            self._ledger.put(entry, data)
            for notice in told:
                self._progress.notice(f"{due.name}: {notice}")
        self._summary.made += 1
        self._progress.team(made=True, failed=False)

    def _outdate(self, slug: str, forms: Iterable[Format]) -> None:
        """Have the reports that are there, from an earlier run, not taken for those that could not be made."""
        for form in forms:
            self._ledger.outdate(_file(slug, form))

    def _fail(self, at: int, name: str, problems: tuple[Problem, ...] | list[Problem]) -> None:
        self._problems += [(at, TeamProblem(problem, name)) for problem in problems]
        self._summary.failed += 1
        for problem in problems:
            self._progress.problem(replace(problem, what=f"{name}: {problem.what}"))
        self._progress.team(made=False, failed=True)


def _file(slug: str, form: Format) -> str:
    return f"{FOLDER}/{slug}.{form}"


def lost(error: Exception, place: Place) -> Problem:
    """Return what became of a job that ended in ``error``, which is no person's mistake."""
    if isinstance(error, Lost):
        todo = "Run the same command again. If it happens again, look at this team’s answers, and at your templates."
        return Problem(f"Making the report {error}", todo, place)
    last = str(error).strip().splitlines()[-1:] or [type(error).__name__]
    return Problem(f"The report could not be made ({safe(last[0])[:200]})", "Please send us this line.", place)


@contextlib.contextmanager
def executor_for(order: Order, teams: int) -> Iterator[tuple[Executor, int]]:
    """Give what the reports are made with, and how many may be in the works at a time.

    A cluster, processes on this machine, or this process. What is in the works when this ends early is dropped.
    """
    if order.dask:
        with _cluster(order.dask) as cluster:
            yield cluster
        return
    executor = Workers(min(order.workers, teams), deadline=order.deadline) if order.workers else Here()
    try:
        yield executor, _AHEAD * order.workers or 1
        executor.shutdown()
    except BaseException:
        executor.shutdown(cancel_futures=True)
        raise


@contextlib.contextmanager
def _cluster(address: str) -> Iterator[tuple[Executor, int]]:
    try:
        from distributed import Client
    except ImportError:
        todo = "Install the extra dask: docs/installing.md says how."
        raise InputError(Problem("A cluster needs a part that is not installed", todo)) from None
    try:
        client: Any = cast("Any", Client)(address, timeout="5s", set_as_default=False)
    except OSError:
        todo = "Check the address, and that the scheduler runs with the same version of distributed."
        raise InputError(Problem(f"There is no scheduler at {address}", todo)) from None
    with client:
        client.wait_for_workers(1, timeout=60)
        cores = sum(client.nthreads().values())
        yield client.get_executor(pure=False), _AHEAD * max(1, cores)
