"""What results share as they are set out: as text for a terminal, and as a page in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console, JustifyMethod, RenderableType
from rich.table import Table
from rich.text import Text

from readiness.cli.output import colourful, table_width
from readiness.text import safe

_SECTION = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """What follows, in a few words. The first one is the title; those below it have a level of 2 or 3."""

    text: str
    level: int = _SECTION


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence that nobody should miss."""

    text: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What to type next. It stands in a terminal, and on no page that is handed on."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: Sequence[str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, whether it holds numbers, and how many characters it takes at most."""

    heading: str
    numbers: bool = False
    widest: int | None = None


Cell = str | tuple[str, ...]
"""What stands in a cell of a table; it may have several lines."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


Block = Heading | Alert | Hint | Points | Grid | str
"""A part of a result; a str is a paragraph."""


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
                yield Text(safe(text), style="bold cyan" if above and level == _SECTION else "bold")
            case Alert(text):
                yield Text(safe(text), style="bold yellow")
            case Points(items):
                yield from (Text(f"- {safe(item)}") for item in items)
            case Grid(columns, rows):
                table = table_of(columns)
                for row in rows:
                    table.add_row(*(Text("\n".join(_lines(cell))) for cell in row))
                yield table
            case Hint(text) | str(text):
                yield Text(safe(text))
        above = block


def _apart(above: Block, block: Block) -> bool:
    """Return whether an empty line stands between two parts in a terminal."""
    ends = isinstance(above, Grid | Points)
    return ends or isinstance(block, Heading) or (isinstance(block, Grid) and not isinstance(above, Heading))


def _lines(cell: Cell) -> Iterator[str]:
    yield from (safe(line) for line in ((cell,) if isinstance(cell, str) else cell) if line)


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return the result as a page in Markdown, to paste into a report."""
    from readiness.report.markdown import escaped

    def said(text: str) -> str:
        return escaped(safe(text))

    lines: list[str] = []
    for at, block in enumerate(blocks):
        match block:
            case Heading(text, level):
                lines.append(f"{'#' * (level if at else 1)} {said(text)}")
            case Alert(text):
                lines.append(f"**{said(text)}**")
            case Points(items):
                lines.append("\n".join(f"- {said(item)}" for item in items))
            case Grid(columns, rows):
                head = [[one.heading for one in columns], ["---:" if one.numbers else "---" for one in columns]]
                cells = (["<br>".join(map(escaped, _lines(cell))) for cell in row] for row in rows)
                lines.append("\n".join(f"| {' | '.join(row)} |" for row in (*head, *cells)))
            case Hint():
                continue
            case str(text):
                lines.append(said(text))
    return "\n\n".join(lines)


def drawn(parts: Iterable[RenderableType]) -> str:
    """Return the parts, one below the other, as text as wide as the terminal, without white space at line ends."""
    written = StringIO()
    console = Console(file=written, force_terminal=colourful(), width=table_width(), highlight=False)
    for part in parts:
        console.print(part)
    return "\n".join(line.rstrip() for line in written.getvalue().splitlines())


def table_of(columns: Iterable[Column]) -> Table:
    """Return a table without rows."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        side: JustifyMethod = "right" if column.numbers else "left"
        table.add_column(Text(safe(column.heading)), justify=side, max_width=column.widest)
    return table


def of_words(*headings: str) -> Iterator[Column]:
    """Yield columns of words."""
    yield from (Column(heading) for heading in headings)


def of_numbers(*headings: str) -> Iterator[Column]:
    """Yield columns of numbers."""
    yield from (Column(heading, numbers=True) for heading in headings)
