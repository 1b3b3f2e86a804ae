"""Shows how a batch goes: a bar in a terminal, plain lines where there is none, JSON for scripts. All on stderr."""

import json
import time
from typing import TYPE_CHECKING, Protocol

from readiness.batch.errors_file import ERRORS
from readiness.batch.progress import Progress
from readiness.cli.files import as_typed
from readiness.cli.invocation import in_words, typed
from readiness.cli.streams import complain, notify, say, say_lines
from readiness.terminals import has_looks
from readiness.text import counted, escaped

if TYPE_CHECKING:
    from readiness.batch.job import Order, Summary
    from readiness.errors import Notice, Problem

_EVERY = 10.0
"""Seconds between two plain lines."""


class Shown(Progress, Protocol):
    """Shows a batch, and what became of it."""

    def came(self, order: "Order", summary: "Summary") -> None:
        """Say what came of it: all is done."""

    def stopped(self, code: int, text: str) -> None:
        """Say that it was stopped, and ends with this exit code."""


def _words(notice: "str | Notice") -> str:
    return notice if isinstance(notice, str) else in_words(notice)


class Pace:
    """Counts the teams, and reckons when the last will be done from the reports made so far."""

    def __init__(self, total: int) -> None:
        self.total, self.made, self.kept, self.failed = total, 0, 0, 0
        self._start = time.monotonic()

    def count(self, *, made: bool, failed: bool) -> None:
        """Count a team."""
        self.made += made
        self.failed += failed
        self.kept += not made and not failed

    @property
    def done(self) -> int:
        """How many teams are done, whatever came of them."""
        return self.made + self.kept + self.failed

    @property
    def rate(self) -> float:
        """Reports made each minute."""
        return self.made / max(time.monotonic() - self._start, 0.001) * 60

    @property
    def left(self) -> float | None:
        """Seconds until the last is done; None if nobody can say."""
        return (self.total - self.done) / self.rate * 60 if self.made else None

    def __str__(self) -> str:
        words = [f"{self.done} of {counted(self.total, 'team')}"]
        if self.kept:
            words.append(f"{self.kept} were there already")
        if self.failed:
            words.append(f"{self.failed} failed")
        if self.made:
            words.append(f"{self.rate:.0f} a minute")
        if self.left is not None and self.done < self.total:
            words.append(f"{in_minutes(self.left)} left")
        return ", ".join(words)


def in_minutes(seconds: float) -> str:
    """Return "40 seconds", "12 minutes" or "3 hours 5 minutes"."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return counted(max(1, round(seconds)), "second")
    hours, rest = divmod(minutes, 60)
    return f"{counted(hours, 'hour')} {counted(rest, 'minute')}" if hours else counted(minutes, "minute")


class LineProgress:
    """Plain lines: when something is wrong, and now and then how far it is."""

    def __init__(self) -> None:
        self._pace = Pace(0)
        self._next = 0.0

    def start(self, *, joining: bool = False) -> None:
        """Say so at once: it can take a while."""
        say("Reading what the shards have kept." if joining else "Reading the input.")

    def read(self, rows: int, teams: int) -> None:
        """Say nothing more."""

    def problem(self, problem: "Problem") -> None:
        """Say it."""
        complain([problem])

    def notice(self, notice: "str | Notice") -> None:
        """Say it."""
        notify([notice])

    def begin(self, total: int, *, joining: bool = False) -> None:
        """Say how many there are."""
        self._pace = Pace(total)
        self._next = time.monotonic() + _EVERY
        teams = counted(total, "team")
        if joining:
            say(f"The shards are read. They should have made the reports of {teams}.")
        else:
            say(f"The input is read. Reports of {teams} come next.")

    def team(self, *, made: bool, failed: bool) -> None:
        """Say how far it is, where it is time to."""
        self._pace.count(made=made, failed=failed)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            say(str(self._pace))

    def end(self) -> None:
        """Say nothing more."""

    def came(self, order: "Order", summary: "Summary") -> None:
        """Say it."""
        say(f"Scored: {counted(summary.teams, 'team')}, {counted(summary.rows, 'row')}.")
        if order.merge:
            missing = f"; those of {counted(summary.failed, 'team')} are missing" if summary.failed else ""
            say(f"Reports brought together: {counted(summary.kept, 'team')}{missing}.")
        elif order.reports:
            kept = f"; {summary.kept} were there already" if summary.kept else ""
            removed = f"; {summary.removed} old files removed" if summary.removed else ""
            failed = f"; {counted(summary.failed, 'team')} failed" if summary.failed else ""
            say(f"Reports made: {counted(summary.made, 'team')}{kept}{failed}{removed}.")
        if summary.problems:
            file = as_typed(order.home / ERRORS)
            see = f"see {file}" if summary.listed else f"not in {file}, which was left as it is"
            say(f"{counted(summary.problems, 'problem')}: {see}. Fix them and run it again.")
        say(f"Saved in {as_typed(order.out)}.")

    def stopped(self, _code: int, text: str) -> None:
        """Say it."""
        say(text)


class BarProgress(LineProgress):
    """A bar, with lines above it for what is wrong."""

    def __init__(self) -> None:
        from rich import progress
        from rich.console import Console

        super().__init__()
        self._bar = progress.Progress(
            progress.BarColumn(),
            progress.TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("Reading", total=None)
        self._bar.start()

    def start(self, *, joining: bool = False) -> None:
        """Say nothing: the bar is there."""

    def read(self, rows: int, teams: int) -> None:
        """Show how much was read."""
        self._bar.update(self._task, description=f"Reading: {rows:,} rows of {teams:,} teams")

    def problem(self, problem: "Problem") -> None:
        """Show it above the bar."""
        self._above(in_words(problem))

    def notice(self, notice: "str | Notice") -> None:
        """Show it above the bar."""
        self._above(f"Note: {_words(notice)}")

    def _above(self, text: str) -> None:
        from rich.text import Text

        from readiness.text import safe

        self._bar.console.print(Text(safe(text)))

    def begin(self, total: int, *, joining: bool = False) -> None:
        """Begin the bar."""
        self._pace = Pace(total)
        words = "Looking for the reports" if joining else str(self._pace)
        self._bar.update(self._task, total=total, completed=0, description=words)

    def team(self, *, made: bool, failed: bool) -> None:
        """Move it on."""
        self._pace.count(made=made, failed=failed)
        self._bar.update(self._task, completed=self._pace.done, description=str(self._pace))

    def end(self) -> None:
        """Take it away."""
        self._bar.stop()


class JsonProgress:
    """A JSON object in each line, with its ``event``. ``docs/scripts.md`` lists them: scripts rely on them."""

    def __init__(self) -> None:
        self._pace = Pace(0)

    def start(self, *, joining: bool = False) -> None:
        """Tell it."""
        self._tell("start", joining=joining)

    def read(self, rows: int, teams: int) -> None:
        """Tell how much was read."""
        self._tell("read", rows=rows, teams=teams)

    def problem(self, problem: "Problem") -> None:
        """Tell what is wrong, and where."""
        place = problem.place
        where = {"file": place.file, "row": place.line, "column": place.column} if place else {}
        todo = problem.todo if problem.command is None else f"{problem.todo}: {typed(problem.command)}"
        self._tell("problem", what=problem.what, todo=todo, **where)

    def notice(self, notice: "str | Notice") -> None:
        """Tell it."""
        self._tell("note", text=_words(notice))

    def begin(self, total: int, *, joining: bool = False) -> None:
        """Tell how many there are."""
        self._pace = Pace(total)
        self._tell("begin", total=total, joining=joining)

    def team(self, *, made: bool, failed: bool) -> None:
        """Tell how far it is."""
        pace = self._pace
        pace.count(made=made, failed=failed)
        left = None if pace.left is None else round(pace.left, 1)
        self._tell(
            "team",
            done=pace.done,
            total=pace.total,
            made=pace.made,
            kept=pace.kept,
            failed=pace.failed,
            seconds_left=left,
        )

    def end(self) -> None:
        """Tell nothing yet: what came of it is told last."""

    def came(self, order: "Order", summary: "Summary") -> None:
        """Tell it."""
        counts = {name: getattr(summary, name) for name in ("rows", "made", "kept", "failed", "removed", "problems")}
        self._tell("end", scored=summary.teams, **counts, folder=str(order.out))

    def stopped(self, code: int, text: str) -> None:
        """Tell it."""
        self._tell("stopped", code=code, text=text)

    def _tell(self, event: str, **facts: object) -> None:
        say_lines(escaped(json.dumps({"event": event, **facts}, ensure_ascii=False)))


def progress_for(*, as_json: bool) -> Shown:
    """Return what shows the progress on this stderr."""
    if as_json:
        return JsonProgress()
    return BarProgress() if has_looks("stderr") else LineProgress()
