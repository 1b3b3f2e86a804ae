"""Values that the templates of a page get: plain data, by which ``docs/own-templates.md`` names them.

Text is escaped as it is shown; what is called HTML was escaped before.
"""

from typing import Literal, TypedDict

from markupsafe import Markup


class ParagraphValues(TypedDict):
    """Sentences. ``tone`` is plain, lead, note, alert or made."""

    kind: Literal["paragraph"]
    html: Markup
    tone: str


class HeadingValues(TypedDict):
    """Heading inside a section. ``level`` is 2 to 4; ``beside`` is smaller, on its line."""

    kind: Literal["heading"]
    text: str
    level: int
    beside: str


class PointsValues(TypedDict):
    """List. ``name`` is its style, or empty."""

    kind: Literal["points"]
    points: list[Markup]
    numbered: bool
    name: str


class ColumnValues(TypedDict):
    """Column of a table. ``classes`` are its cells' styles; ``width`` is in percent."""

    heading: str
    classes: str
    width: float


class CellValues(TypedDict):
    """Cell of a table. ``names_row``: it is a heading of its row; ``columns`` is how many it takes.

    ``heading`` is that of its column, for phones, where a row is a list; empty if it would say nothing.
    """

    html: Markup
    classes: str
    names_row: bool
    columns: int
    heading: str


class RowValues(TypedDict):
    """Row of a table. ``tall``: it may go on over a page break."""

    cells: list[CellValues]
    tall: bool


class TableValues(TypedDict):
    """Table. ``classes`` are its styles; ``caption`` says what it holds to those who do not see it.

    ``heads``: its columns' headings are shown. ``wide``: a small screen scrolls it, and names it by its ``label``.
    """

    kind: Literal["table"]
    name: str
    classes: str
    caption: str
    label: str
    heads: bool
    wide: bool
    columns: list[ColumnValues]
    rows: list[RowValues]


class ChartValues(TypedDict):
    """Chart, as SVG."""

    kind: Literal["chart"]
    html: Markup


class MarkValues(TypedDict):
    """Name of a stretch on a scale, and whether it is the one reached."""

    text: str
    reached: bool


class ResultCardValues(TypedDict):
    """Result at a glance. ``scale`` is a chart as SVG, or empty, and ``marks`` name its stretches."""

    kind: Literal["result_card"]
    label: str
    meaning: str
    number: str
    unit: str
    range: str
    scale: Markup
    marks: list[MarkValues]
    notes: list[str]


class CalloutValues(TypedDict):
    """Blocks that are set apart, as they warn. ``level`` is that of its title."""

    kind: Literal["callout"]
    title: str
    level: int
    blocks: "list[BlockValues]"


class CardValues(TypedDict):
    """One thing in short."""

    mark: str
    title: str
    lines: list[Markup]
    tags: list[Markup]


class CardsValues(TypedDict):
    """Cards side by side."""

    kind: Literal["cards"]
    cards: list[CardValues]


class SideBySideValues(TypedDict):
    """Two columns of blocks. ``share`` is the width of the first, in percent; ``name`` is their style, or empty."""

    kind: Literal["side_by_side"]
    name: str
    share: float
    first: "list[BlockValues]"
    second: "list[BlockValues]"


class FoldValues(TypedDict):
    """Blocks under a title; a screen opens them on demand."""

    kind: Literal["fold"]
    title: str
    blocks: "list[BlockValues]"


class EntryValues(TypedDict):
    """Section that can be turned to: ``name`` is its anchor."""

    name: str
    title: str


class ContentsValues(TypedDict):
    """Contents: all sections that can be turned to but the one that they stand in. ``level`` is that of the title."""

    kind: Literal["contents"]
    title: str
    level: int
    entries: list[EntryValues]


class SectionValues(TypedDict):
    """Section. ``name`` is its anchor; ``style`` is its kind, or else its name, and the name of its own template.

    ``shown``: its title is. ``classes`` are its styles.
    """

    kind: Literal["section"]
    name: str
    style: str
    classes: str
    title: str
    shown: bool
    blocks: "list[BlockValues]"


class PartValues(TypedDict):
    """Blocks that stand outside sections."""

    kind: Literal["part"]
    blocks: "list[BlockValues]"


BlockValues = (
    ParagraphValues
    | HeadingValues
    | PointsValues
    | TableValues
    | ChartValues
    | ResultCardValues
    | CalloutValues
    | CardsValues
    | SideBySideValues
    | FoldValues
    | ContentsValues
    | SectionValues
)
"""Block of a page. ``kind`` is the name of the template that sets it out, in ``blocks/``."""


class DocumentValues(TypedDict):
    """Document. ``full_title`` is its title in the file's properties; ``date`` is as 2027-01-31, or empty.

    ``lines`` stand below the title before the name of ``brand``, ``notes`` below that. ``running`` stands at the foot
    of each page. ``nav`` names the contents of a web page, which are the ``entries``; empty if it has none.
    """

    title: str
    full_title: str
    kicker: str
    lines: list[Markup]
    notes: list[Markup]
    about: str
    running: str
    date: str
    author: str
    nav: str
    entries: list[EntryValues]
    blocks: list[SectionValues | PartValues]
