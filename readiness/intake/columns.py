"""Says what stands in each column of a table: by what a person decided, by the program's own columns, by exact names.

A heading is compared whole, as ``readiness.assessment.cells.plain`` leaves it: nothing is guessed from likeness. What
can't be matched is given back as such.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from readiness.assessment.cells import plain
from readiness.bank.model import Bank
from readiness.intake.headings import COMMENT_WORDS, Names, is_comment, without_number
from readiness.intake.mapping import ABOUT_A_QUESTION, Kind, Mapping, Target
from readiness.intake.tables import Table, TableRow
from readiness.intake.vendors import Vendor, literal, vendor_of
from readiness.text import safe
from readiness.xlsx_reader import cell_text

_MOST_TITLES = 5
"""How many rows above the headings are passed over."""
_HEADINGS = 3
"""So many cells beside each other can be headings below a title."""

_PLAIN_SECOND = frozenset({"", "response", "open ended response"})
"""What a second row of headings says where it adds nothing."""

_LEAD = re.compile(r"(?:[A-Za-z_]\w*(?:\[\w+\])?|\d+)\s*[.):]\s+(\S.*)", re.DOTALL)
"""A code or number before a heading's words: "Q01. …", "7) …", "G01Q02[SQ001]. …"."""

_BRACKETS = re.compile(r"(.*\S)\s*\[(.+)\]", re.DOTALL)
"""A heading with a row of its grid, or with what the column adds to the question: "Question [Comment]"."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, its heading as shown and decided upon, and what stands in it; None where unknown.

    ``own``: whether it is the survey program's own, and so left out. ``second``: the heading's second row.
    """

    at: int
    heading: str
    words: str
    second: str = ""
    target: Target | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose columns have been looked at: which program wrote it, its columns, and the rows of answers.

    ``above``: the numbers of rows with a title and the like, before that of the headings.
    """

    table: Table
    vendor: Vendor
    columns: tuple[Column, ...]
    header_row: int
    rows: tuple[TableRow, ...]
    above: tuple[int, ...] = ()

    def open_columns(self) -> tuple[Column, ...]:
        """Return the columns of which nobody has said what stands in them, and in which something does."""
        return tuple(
            column
            for column in self.columns
            if column.target is None and not column.own and any(cell_text(row.cell(column.at)) for row in self.rows)
        )

    def at(self, names: Sequence[str]) -> Iterator[Column]:
        """Yield the program's own columns with these headings (as ``literal`` leaves them), in the names' order."""
        for name in names:
            yield from (column for column in self.columns if column.own and literal(column.words) == name)


def look_at(table: Table, bank: Bank, names: Names, mapping: Mapping) -> Sheet:
    """Return the table with what stands in each of its columns, as far as it is known."""
    above, (header, *rows) = _titles(table.rows)
    firsts = [str(cell_text(cell)) for cell in header.cells]
    vendor = vendor_of([literal(text) for text in firsts])
    seconds: list[str] = []
    if vendor.second_header and rows and _is_second_header(rows[0], firsts, vendor):
        seconds = [cell_text(cell) for cell in rows.pop(0).cells]
    columns = tuple(_columns(firsts, seconds))
    columns = tuple(replace(column, own=vendor.owns(literal(column.words))) for column in columns)
    return Sheet(table, vendor, _matched(columns, bank, vendor, names, mapping), header.number, tuple(rows), above)


def _titles(rows: Sequence[TableRow]) -> tuple[tuple[int, ...], Sequence[TableRow]]:
    """Return the numbers of the rows above the headings, and the rest: a title stands alone, headings beside others."""
    first = 0
    while first < min(_MOST_TITLES, len(rows) - 1) and _filled(rows[first]) == 1:
        first += 1
    if _filled(rows[first]) < _HEADINGS:
        first = 0
    return tuple(row.number for row in rows[:first]), rows[first:]


def _filled(row: TableRow) -> int:
    return sum(bool(cell_text(cell)) for cell in row.cells)


def _is_second_header(row: TableRow, firsts: Sequence[str], vendor: Vendor) -> bool:
    """Return whether the row heads columns again: it says nothing under the program's own headings."""
    own = [at for at, text in enumerate(firsts) if vendor.owns(literal(text))]
    return not any(cell_text(row.cell(at)) for at in own)


def _columns(firsts: Sequence[str], seconds: Sequence[str]) -> Iterator[Column]:
    """Yield the columns. Where a second row heads columns, the first row's heading holds until its next one."""
    seen: set[str] = set()
    before = ""
    for at in range(max(len(firsts), len(seconds))):
        first = firsts[at] if at < len(firsts) else ""
        second = seconds[at] if at < len(seconds) else ""
        second = "" if plain(second) in _PLAIN_SECOND else second
        before = first = first or (before if second else "")
        heading = safe(f"{first} | {second}" if second else first) or f"(column {at + 1}, without a heading)"
        name, nth = heading, 2
        while name in seen:
            name, nth = f"{heading} ({nth})", nth + 1
        seen.add(name)
        yield Column(at, name, first, second)


def _matched(
    columns: Sequence[Column], bank: Bank, vendor: Vendor, names: Names, mapping: Mapping
) -> tuple[Column, ...]:
    matched: list[Column] = []
    about = ""  # the question that the column before is about
    for column in columns:
        decided = mapping.column(column.heading)
        if decided is not None:
            target: Target | None = Target.parse(decided, bank)
        elif column.own:
            target = _question_of_that_name(column, vendor, names)
        else:
            target = _named(column, vendor, names) or _comment(column, about)
        matched.append(replace(column, target=target, own=column.own and target is None))
        about = target.id if target and target.kind in ABOUT_A_QUESTION else ""
    return tuple(matched)


def _question_of_that_name(column: Column, vendor: Vendor, names: Names) -> Target | None:
    """Return the question that is called like one of the program's own columns: better asked about than left out."""
    if vendor.needs(literal(column.words)):
        return None
    found = _named(column, vendor, names)
    return found if found and found.kind is Kind.QUESTION else None


def _comment(column: Column, about: str) -> Target | None:
    """Return a note on the question before, where the column is headed as a comment and follows one."""
    if not about or column.second:
        return None
    return Target(Kind.NOTE, about) if is_comment(column.words) else None


def _named(column: Column, vendor: Vendor, names: Names) -> Target | None:
    """Return what the column's heading names, whole or without what a program puts around it."""
    if column.second:
        return _named_twice(column.words, column.second, vendor, names)
    for form in _forms(column.words, vendor):
        target = names.find(form)
        if target:
            return target
    brackets = _BRACKETS.fullmatch(column.words)
    return _named_twice(brackets[1], brackets[2], vendor, names) if brackets else None


def _named_twice(first: str, second: str, vendor: Vendor, names: Names) -> Target | None:
    """Return what two headings name together: a row of a grid, or a comment on a question."""
    if plain(second) in COMMENT_WORDS:
        question = next((found for form in _forms(first, vendor) if (found := names.find(form))), None)
        return Target(Kind.NOTE, question.id) if question and question.kind is Kind.QUESTION else None
    return next((found for form in _forms(second, vendor) if (found := names.find(form))), None)


def _forms(heading: str, vendor: Vendor) -> Iterator[str]:
    """Yield the heading, then what is left of it without groups, its lead, its trail, and all but its first line."""
    yield heading
    if vendor.grouped:
        for separator in re.finditer(r"/" if " " in heading else r"[/\-]", heading):
            yield heading[separator.end() :]
    lead = _LEAD.fullmatch(heading.strip())
    bare = lead[1] if lead else heading
    if lead:
        yield bare
    first, *rest = bare.strip().splitlines() or [""]
    if rest:
        yield first
    for text in (heading, bare):
        if shorter := without_number(text):
            yield shorter
