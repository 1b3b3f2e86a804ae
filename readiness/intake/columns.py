"""Columns of a table: its row of headings, the program that wrote it, and the meaning of each column.

A person's decision goes first, then the program's own columns, then exact names, then names within a
frame (``frames``). Headings are compared as ``readiness.assessment.cells.plain`` leaves them, never by likeness.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from readiness.errors import Problem
from readiness.intake.frames import comment_in, framed, named, unnumbered
from readiness.intake.heading_rows import RepeatedHeadings, heading_row, rows_below, texts_of
from readiness.intake.headings import COMMENT_WORDS, Names, is_closing
from readiness.intake.mapping import ABOUT_A_QUESTION, LEFT_OUT, Mapping, Target, TargetKind
from readiness.intake.tables import InputTable, TableRow
from readiness.intake.vendor import Below, HeadingNames, Vendor, literal
from readiness.intake.vendors import vendor_of
from readiness.sheet_marks import MOST_MARKED, Merged
from readiness.text import counted, plain, safe, some
from readiness.xlsx_reader import cell_text, merged_problems

_LANGUAGE = re.compile(
    r"(?:[a-z]{2,3}(?:[-_][a-z]{2,4})?|english|welsh|cymraeg|polish|polski|french|german|spanish|urdu|punjabi)"
    r"(?:\s*\(.+\))?",
    re.IGNORECASE,
)
"""A language as survey programs write it: "en-GB", "English (United Kingdom)"."""
_NUMBERED = re.compile(r"[a-z]*\W*\d+", re.IGNORECASE)
"""A code that only counts: "Q11", "11", "QID 3"."""
_PLAIN_SECOND = frozenset({"", "response", "open ended response"})
"""Texts in a second row of headings that add nothing."""


@dataclass(frozen=True, slots=True)
class SurveyColumn:
    """A column: its place from 0, its heading as shown and decided upon, and its meaning; None if unknown.

    ``own``: whether it is the survey program's own, and so left out; ``sure``: even if a question is called like it.
    ``second``: the heading's second row. ``code``: another name above its words. ``about``: the question of the column
    before, if its own meaning is unknown; ``like``: then, the heading of the first such column with the same words.
    """

    at: int
    heading: str
    words: str
    second: str = ""
    target: Target | None = None
    own: bool = False
    code: str = ""
    about: str = ""
    like: str = ""
    sure: bool = False

    @property
    def program_name(self) -> str:
        """The heading as it is compared with a program's own."""
        return literal(self.code or self.words)


@dataclass(frozen=True, slots=True)
class Layout:
    """Layout of a table: the program that wrote it, its columns, and the start of its rows of answers.

    ``above``: the numbers of rows with a title and the like. ``skipped``: how many rows of the table come before the
    answers. ``whole``: whether all of its rows were looked at. ``headings``: its first row of them.
    """

    table: InputTable
    vendor: Vendor
    columns: tuple[SurveyColumn, ...]
    header_row: int
    whole: bool
    headings: RepeatedHeadings
    above: tuple[int, ...] = ()
    skipped: int = 0

    def rows(self) -> Iterator[TableRow]:
        """Yield all rows of answers, from the start."""
        return islice(self.table.rows, self.skipped, None)

    def merged_answers(self) -> Iterator[Problem]:
        """Yield the cells that are merged over rows, or over questions, among the answers."""
        start = next((row.number for row in self.rows()), 0) if self.table.merged else 0
        if start:
            below = [merged for merged in self.table.merged if merged.bottom >= start]
            yield from merged_problems([merged for merged in below if self._is_wrong(merged)], self.table.file)

    def _is_wrong(self, merged: Merged) -> bool:
        """Return whether cells that were made one are answers of several people, or to several questions."""
        target = self.columns[merged.left - 1].target if merged.left <= len(self.columns) else None
        if target is None or target.kind in LEFT_OUT:
            return False
        return merged.top != merged.bottom or (target.kind is TargetKind.QUESTION and merged.left != merged.right)

    def notices(self) -> Iterator[str]:
        """Yield what to tell of the table, and of its hidden rows: a person who hid them may not want them to count."""
        yield from self.table.notices
        hidden = {*self.table.hidden}
        rows = takewhile(lambda row: row.number <= max(hidden), self.rows() if hidden else ())
        read = [str(row.number) for row in rows if row.number in hidden]
        if read:
            told = f"{'At least ' * (len(hidden) == MOST_MARKED)}{counted(len(read), 'hidden row')}"
            were = "was" if len(read) == 1 else "were"
            yield f"{self.table.file}: {told} {were} read: {some(read)}. Delete the rows that should not count."

    def unknown_columns(self) -> tuple[SurveyColumn, ...]:
        """Return the columns without a known meaning, filled or not."""
        return tuple(column for column in self.columns if column.target is None and not column.own)

    def own_columns(self, headings: HeadingNames) -> Iterator[SurveyColumn]:
        """Yield the program's own columns with these headings, in their order."""
        for name in headings:
            one = HeadingNames((name,))
            yield from (column for column in self.columns if column.own and column.program_name in one)


def look_at(
    table: InputTable, names: Names, mapping: Mapping, most: int | None = None
) -> tuple[Layout, tuple[TableRow, ...]]:
    """Return the layout of a table, and its first rows of answers: as far as the first ``most`` rows go, or all.

    They end before a row with the headings in another order.
    """
    rows = list(islice(table.rows, most))
    whole = most is None or len(rows) < most
    if table.headings is None:
        at = heading_row(rows, names)
        above, header, firsts = tuple(row.number for row in rows[:at]), rows[at].number, texts_of(rows[at])
        skipped = at + 1
    else:
        above, header, firsts, skipped = (), 1, list(table.headings), 0
    vendor = vendor_of([literal(text) for text in firsts])
    below = [*rows_below(rows[skipped:], firsts, vendor, names)] if table.headings is None else []
    skipped += len(below)
    parts, words = (next((row.texts for row in below if row.kind is kind), []) for kind in (Below.PARTS, Below.WORDS))
    columns = tuple(replace(column, own=column.program_name in vendor.own) for column in _columns(firsts, parts, words))
    answers = rows[skipped:]
    columns = tuple(replace(one, sure=one.own and _holds_languages(one, answers)) for one in columns)
    matched = _matched(columns, vendor, names, mapping)
    layout = Layout(table, vendor, matched, header, whole, RepeatedHeadings.of(firsts), above, skipped)
    own = takewhile(lambda row: not layout.headings.stand_otherwise_in(row), answers)
    return layout, tuple(row for row in own if not layout.headings.stand_in(row))


def _holds_languages(column: SurveyColumn, rows: Sequence[TableRow]) -> bool:
    """Return whether a column says which language people answered in, and holds nothing else."""
    if literal(column.words) != "language":
        return False
    texts = {text for row in rows if (text := cell_text(row.cell(column.at)).strip())}
    return bool(texts) and all(map(_LANGUAGE.fullmatch, texts))


def _columns(firsts: Sequence[str], seconds: Sequence[str], words: Sequence[str]) -> Iterator[SurveyColumn]:
    """Yield the columns. If a second row heads columns, the first row's heading holds until its next one.

    ``words``: the headings' words, if the first row has codes.
    """
    seen: set[str] = set()
    before = ""
    for at in range(max(len(firsts), len(seconds), len(words))):
        first = firsts[at] if at < len(firsts) else ""
        second = seconds[at] if at < len(seconds) else ""
        second = "" if plain(second) in _PLAIN_SECOND else second
        code = first if at < len(words) and words[at] else ""
        before = first = (words[at] if code else first) or (before if second else "")
        heading = safe(f"{first} | {second}" if second else first) or f"(column {at + 1}, without a heading)"
        name, nth = heading, 2
        while name in seen:
            name, nth = f"{heading} ({nth})", nth + 1
        seen.add(name)
        yield SurveyColumn(at, name, first, second, code=code)


def _matched(
    columns: Sequence[SurveyColumn], vendor: Vendor, names: Names, mapping: Mapping
) -> tuple[SurveyColumn, ...]:
    """Return the columns with their meanings: decided, exact, and last within a frame.

    A frame tells a question only if no other column asks it, and a note only if one does: never two columns by what
    only looks like a name.
    """
    exact = [_exact(column, columns, vendor, names, mapping) for column in columns]
    within = [
        framed(column.words, vendor, names) if target is None and not (column.own or column.second) else None
        for column, target in zip(columns, exact, strict=True)
    ]
    asked = Counter((*exact, *within))
    targets = [
        target or (loose if loose and _told(loose, asked) else None)
        for target, loose in zip(exact, within, strict=True)
    ]
    following = _Following(vendor, names, mapping, _closing(columns, targets))
    return tuple(following.matched(column, target) for column, target in zip(columns, targets, strict=True))


def _closing(columns: Sequence[SurveyColumn], targets: Sequence[Target | None]) -> SurveyColumn | None:
    """Return the one box for further comments after all questions: it may be about the last of them, or about all."""
    boxes = [column for column in columns if is_closing(column.words)]
    last = max((at for at, target in enumerate(targets) if target and target.kind in ABOUT_A_QUESTION), default=0)
    return boxes[0] if len(boxes) == 1 and boxes[0].at > last else None


def _told(target: Target, asked: Counter[Target | None]) -> bool:
    """Return whether a frame is enough to tell the target, by how many columns ask each."""
    if target.kind is TargetKind.NOTE:
        return asked[Target(TargetKind.QUESTION, target.id)] > 0
    return asked[target] == 1


def _exact(
    column: SurveyColumn, columns: Sequence[SurveyColumn], vendor: Vendor, names: Names, mapping: Mapping
) -> Target | None:
    """Return the column's meaning as decided, or as its heading says."""
    decided = mapping.column(column.heading)
    if decided is not None:
        return Target.parse(decided, names.bank)
    if not column.own:
        return _named(column, vendor, names)
    if column.sure:
        return None
    beside = columns[max(column.at - 1, 0) : column.at + 2]
    among_own = len(beside) > 2 and all(other.own for other in beside)  # noqa: PLR2004 — itself and its neighbours
    return None if among_own else _question_of_that_name(column, vendor, names)


class _Following:
    """Gives columns their meaning in order: some are about the question of the column before."""

    def __init__(self, vendor: Vendor, names: Names, mapping: Mapping, closing: SurveyColumn | None) -> None:
        self._vendor, self._names, self._mapping, self._closing = vendor, names, mapping, closing
        self._about = ""
        self._alike: dict[str, str] = {}

    def matched(self, column: SurveyColumn, target: Target | None) -> SurveyColumn:
        """Return the column with its meaning; ``target`` is what its own heading says."""
        about, like = self._about, ""
        comments = column is not self._closing and not column.second and _comments(column, self._vendor)
        if target is None and about and comments:
            target = Target(TargetKind.NOTE, about)
        if about and not column.own and target in {None, _NOTE_BEFORE, _IGNORED}:
            like = self._alike.setdefault(unnumbered(column.second or column.words), column.heading)
            target = target or self._decided_for_all(like)
        if target == _NOTE_BEFORE:
            target = Target(TargetKind.NOTE, about) if about else _IGNORED
        if target is not None:
            self._about = target.id if target.kind in ABOUT_A_QUESTION else ""
            return replace(column, target=target, own=False)
        if not (column.own and " - " in column.words):  # a code beside its question: "7. … - Option ID"
            self._about = ""
        return column if column.own else replace(column, about=about, like=like)

    def _decided_for_all(self, heading: str) -> Target | None:
        """Return the decision about the first column of these words, if it holds for all."""
        decided = self._mapping.column(heading)
        target = None if decided is None else Target.parse(decided, self._names.bank)
        return target if target in {_NOTE_BEFORE, _IGNORED} else None


_NOTE_BEFORE, _IGNORED = Target(TargetKind.NOTE_BEFORE), Target(TargetKind.IGNORE)


def _question_of_that_name(column: SurveyColumn, vendor: Vendor, names: Names) -> Target | None:
    """Return the question that is called like one of the program's own columns: better asked about than left out."""
    if vendor.needs(column.program_name):
        return None
    found = _named(column, vendor, names)
    return found if found and found.kind is TargetKind.QUESTION else None


def _comments(column: SurveyColumn, vendor: Vendor) -> bool:
    """Return whether the column is headed as a comment, and not by the program itself."""
    return not column.program_name.startswith("_") and comment_in(column.words, vendor)


def _named(column: SurveyColumn, vendor: Vendor, names: Names) -> Target | None:
    """Return what the column's heading names, whole or without what a program puts around it."""
    if column.second:
        return _named_twice(column.words, column.second, vendor, names)
    found = named(column.words, vendor, names)
    return found or (named(column.code, vendor, names) if _is_a_name(column.code) else None)


def _is_a_name(code: str) -> bool:
    """Return whether a code above a heading's words can name a question: a program's own "Q11" is no question 11."""
    return bool(code) and not _NUMBERED.fullmatch(code.strip())


def _named_twice(first: str, second: str, vendor: Vendor, names: Names) -> Target | None:
    """Return what two headings name together: a row of a grid, or a comment on a question."""
    if plain(second) in COMMENT_WORDS:
        question = named(first, vendor, names)
        return Target(TargetKind.NOTE, question.id) if question and question.kind is TargetKind.QUESTION else None
    return named(second, vendor, names)
