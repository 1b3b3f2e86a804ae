"""What results share as they are set out for a terminal: tables, and how they are drawn as text."""

from collections.abc import Iterable, Sequence
from io import StringIO

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from readiness.cli.output import colourful, table_width
from readiness.text import safe


def drawn(parts: Iterable[RenderableType]) -> str:
    """Return the parts, one below the other, as text as wide as the terminal, without white space at line ends."""
    written = StringIO()
    console = Console(file=written, force_terminal=colourful(), width=table_width(), highlight=False)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def table_of(left: Sequence[str], right: Sequence[str]) -> Table:
    """Return a table without rows: columns of words, with their headings on the left, then of numbers."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in left:
        table.add_column(Text(safe(heading)))
    for heading in right:
        table.add_column(Text(safe(heading)), justify="right")
    return table
