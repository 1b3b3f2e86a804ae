"""What results share as they are set out for a terminal."""

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import assert_never

from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from readiness.document.blocks import SECTION, Alert, Block, Column, Grid, Heading, Hint, Points, lines_of
from readiness.text import safe


def as_text(blocks: Iterable[Block]) -> str:
    """Return the result as text for a terminal."""
    return drawn(_parts(blocks))


def _parts(blocks: Iterable[Block]) -> Iterator[RenderableType]:
    above: Block | None = None
    for block in blocks:
        if above is not None and _apart(above, block):
            yield ""
        match block:
            case Heading(text, level):
                yield Text(safe(text), style="bold cyan" if above and level == SECTION else "bold")
            case Alert(text):
                yield Text(safe(text), style="bold yellow")
            case Points(items):
                points = Table.grid(padding=(0, 1, 0, 0))
                for item in items:
                    points.add_row("-", Text(safe(item)))
                yield points
            case Grid():
                grid = block.in_words
                table = table_of(grid.columns)
                for row in grid.rows:
                    table.add_row(*(Text("\n".join(lines_of(cell))) for cell in row))
                yield table
            case Hint(text) | str(text):
                yield Text(safe(text))
            case _:
                assert_never(block)
        above = block


def _apart(above: Block, block: Block) -> bool:
    """Return whether an empty line stands between two parts in a terminal."""
    ends = isinstance(above, Grid | Points)
    return ends or isinstance(block, Heading) or (isinstance(block, Grid) and not isinstance(above, Heading))


def drawn(parts: Iterable[RenderableType]) -> str:
    """Return the parts, one below the other, as text as wide as the terminal, without white space at line ends."""
    written = StringIO()
    console = Console(file=written, force_terminal=_colourful(), width=table_width(), highlight=False)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def table_width() -> int:
    """Return how many characters wide a table on stdout may be: as the terminal, or 100 if there is none."""
    out = sys.stdout
    return shutil.get_terminal_size().columns if out is not None and out.isatty() else _NO_TERMINAL


_NO_TERMINAL = 100


def _colourful() -> bool:
    """Return whether stdout is a terminal that wants colour."""
    out = sys.stdout
    return out is not None and out.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


def table_of(columns: Iterable[Column]) -> Table:
    """Return a table without rows."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        side: JustifyMethod = "right" if column.numbers else "left"
        table.add_column(Text(safe(column.heading)), justify=side, max_width=column.widest)
    return table
