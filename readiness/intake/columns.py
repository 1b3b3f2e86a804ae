"""Columns of a table: its row of headings, the program that wrote it, and the meaning of each column.

A person's decision goes first, then the program's own columns, then exact names. A heading is compared whole, as
``readiness.assessment.cells.plain`` leaves it: nothing is guessed from likeness.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from readiness.assessment.cells import parse_number, plain
from readiness.intake.headings import COMMENT_WORDS, Names, is_comment, without_number
from readiness.intake.mapping import ABOUT_A_QUESTION, Mapping, Target, TargetKind
from readiness.intake.tables import InputTable, TableRow
from readiness.intake.vendors import PLAIN_TABLE, Vendor, literal, vendor_of
from readiness.text import safe
from readiness.xlsx_reader import cell_text

_MOST_TITLES = 10
"""How many rows above the headings are passed over."""
_TITLE = 2
"""So many cells beside each other can be a title."""
_HEADINGS = 3
"""So many cells beside each other can be headings below a title."""

_PLAIN_SECOND = frozenset({"", "response", "open ended response"})
"""Texts in a second row of headings that add nothing."""

_LEAD = re.compile(r"(?:[A-Za-z_]\w*(?:\[\w+\])?|\d+)\s*[.):]\s+(\S.*)", re.DOTALL)
"""A code or number before a heading's words: "Q01. …", "7) …", "G01Q02[SQ001]. …"."""

_BRACKETS = re.compile(r"(.*\S)\s*\[(.+)\]", re.DOTALL)
"""A heading with a row of its grid, or with what the column adds to the question: "Question [Comment]"."""


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """A column: its place from 0, its heading as shown and decided upon, and its meaning; None if unknown.

    ``own``: whether it is the survey program's own, and so left out. ``second``: the heading's second row.
    """

    at: int
    heading: str
    words: str
    second: str = ""
    target: Target | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Layout of a table: the program that wrote it, its columns, and the start of its rows of answers.

    ``above``: the numbers of rows with a title and the like. ``skipped``: how many rows of the table come before the
    answers. ``whole``: whether all of its rows were looked at.
    """

    table: InputTable
    vendor: Vendor
    columns: tuple[SurveyColumn, ...]
    header_row: int
    whole: bool
    above: tuple[int, ...] = ()
    skipped: int = 0

    def rows(self) -> Iterator[TableRow]:
        """Yield all rows of answers, from the start."""
        return islice(self.table.rows, self.skipped, None)

    def unknown_columns(self) -> tuple[SurveyColumn, ...]:
        """Return the columns without a known meaning, filled or not."""
        return tuple(column for column in self.columns if column.target is None and not column.own)

    def own_columns(self, names: Sequence[str]) -> Iterator[SurveyColumn]:
        """Yield the program's own columns with these headings (as ``literal`` leaves them), in the names' order."""
        for name in names:
            yield from (column for column in self.columns if column.own and literal(column.words) == name)


def look_at(
    table: InputTable, names: Names, mapping: Mapping, most: int | None = None
) -> tuple[Layout, tuple[TableRow, ...]]:
    """Return the layout of a table, and its first rows of answers: as far as the first ``most`` rows go, or all."""
    rows = list(islice(table.rows, most))
    whole = most is None or len(rows) < most
    if table.headings is None:
        at = _heading_row(rows, lambda row: heads_columns(row, names))
        above, header, firsts = tuple(row.number for row in rows[:at]), rows[at].number, _texts(rows[at])
        skipped = at + 1
    else:
        above, header, firsts, skipped = (), 1, list(table.headings), 0
    vendor = vendor_of([literal(text) for text in firsts])
    seconds: list[str] = []
    if vendor.second_header and skipped < len(rows) and _is_second_header(rows[skipped], firsts, vendor):
        seconds = _texts(rows[skipped])
        skipped += 1
    columns = tuple(replace(column, own=vendor.owns(literal(column.words))) for column in _columns(firsts, seconds))
    matched = _matched(columns, vendor, names, mapping)
    return Layout(table, vendor, matched, header, whole, above, skipped), tuple(rows[skipped:])


def _texts(row: TableRow) -> list[str]:
    return [cell_text(cell) for cell in row.cells]


def _heading_row(rows: Sequence[TableRow], heads_columns: Callable[[TableRow], bool]) -> int:
    """Return the position of the row of headings: one of known names, else the first that is no title.

    A title stands alone in its row, or in two cells, such as "Survey" and "May 2026"; headings stand beside others.
    """
    for at, row in enumerate(rows[:_MOST_TITLES]):
        if heads_columns(row):
            return at
    at, last = 0, min(_MOST_TITLES, len(rows) - 1)
    while at < last and _filled(rows[at]) <= _TITLE:
        at += 1
    widest = max(map(_filled, rows[:at]), default=0)
    return at if _filled(rows[at]) >= max(_HEADINGS, 2 * widest + 1) else 0


def looks_like_headings(rows: Sequence[TableRow]) -> bool:
    """Return whether these first rows of a table have one of headings, known or not, and one below it."""
    return any(_filled(row) >= _HEADINGS for row in rows[:-1])


def heads_columns(row: TableRow, names: Names) -> bool:
    """Return whether a row is one of headings: a program's, or with a question's name and another one.

    Numbers do not count: they can be answers as well.
    """
    texts = [text for text in _texts(row) if text and parse_number(text) is None]
    if vendor_of([literal(text) for text in texts]) is not PLAIN_TABLE:
        return True
    found = [target for text in texts if (target := names.find(text))]
    return len(found) > 1 and any(target.kind is TargetKind.QUESTION for target in found)


def _filled(row: TableRow) -> int:
    return sum(bool(cell_text(cell)) for cell in row.cells)


def _is_second_header(row: TableRow, firsts: Sequence[str], vendor: Vendor) -> bool:
    """Return whether the row heads columns again: it says nothing under the program's own headings."""
    own = [at for at, text in enumerate(firsts) if vendor.owns(literal(text))]
    return not any(cell_text(row.cell(at)) for at in own)


def _columns(firsts: Sequence[str], seconds: Sequence[str]) -> Iterator[SurveyColumn]:
    """Yield the columns. If a second row heads columns, the first row's heading holds until its next one."""
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
        yield SurveyColumn(at, name, first, second)


def _matched(
    columns: Sequence[SurveyColumn], vendor: Vendor, names: Names, mapping: Mapping
) -> tuple[SurveyColumn, ...]:
    matched: list[SurveyColumn] = []
    about = ""  # the question that the column before is about
    for column in columns:
        decided = mapping.column(column.heading)
        if decided is not None:
            target: Target | None = Target.parse(decided, names.bank)
        elif column.own:
            target = _question_of_that_name(column, vendor, names)
        else:
            target = _named(column, vendor, names) or _comment(column, about)
        matched.append(replace(column, target=target, own=column.own and target is None))
        about = target.id if target and target.kind in ABOUT_A_QUESTION else ""
    return tuple(matched)


def _question_of_that_name(column: SurveyColumn, vendor: Vendor, names: Names) -> Target | None:
    """Return the question that is called like one of the program's own columns: better asked about than left out."""
    if vendor.needs(literal(column.words)):
        return None
    found = _named(column, vendor, names)
    return found if found and found.kind is TargetKind.QUESTION else None


def _comment(column: SurveyColumn, about: str) -> Target | None:
    """Return a note on the question before, if the column is headed as a comment and follows one."""
    if not about or column.second:
        return None
    return Target(TargetKind.NOTE, about) if is_comment(column.words) else None


def _named(column: SurveyColumn, vendor: Vendor, names: Names) -> Target | None:
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
        return Target(TargetKind.NOTE, question.id) if question and question.kind is TargetKind.QUESTION else None
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
