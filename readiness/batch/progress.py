"""What a batch tells whoever listens: a bar, plain lines, or a script. It knows none of them."""

from typing import Protocol

from readiness.errors import Notice, Problem


class Progress(Protocol):
    """Listens to a batch."""

    def start(self, *, joining: bool = False) -> None:
        """Say that the input is read now. ``joining``: what the shards have kept is."""

    def read(self, rows: int, teams: int) -> None:
        """Say that so many rows were read, of so many teams: now and then, while the input is read."""

    def problem(self, problem: Problem) -> None:
        """Say what is wrong in the input, or why a team's report can't be made."""

    def notice(self, notice: str | Notice) -> None:
        """Say what should be known about the input or a report."""

    def begin(self, total: int, *, joining: bool = False) -> None:
        """Begin with the reports of so many teams: all input is read. ``joining``: shards have made them already."""

    def team(self, *, made: bool, failed: bool) -> None:
        """Count a team: its reports were made, were there already, or failed."""

    def end(self) -> None:
        """Put the display in order: all is done, or the batch stops."""
