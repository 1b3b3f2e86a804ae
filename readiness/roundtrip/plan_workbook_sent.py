"""What stood in the rows of a plan's workbook as it went out, and which rows are of one piece no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from readiness.errors import Place, Problem
from readiness.file_version import FileVersion
from readiness.plan.edits import FIELD_WORDS, Choices, Field, parse_value
from readiness.plan.merge import ActionRow
from readiness.plan.sheets import FOR, ID_HEADING, NUMBER, OF_PLAN, SENT_SHEET, SENT_TOLD
from readiness.text import some
from readiness.xlsx_reader import SheetRow, header, sheet_rows

_DIGITS = 9
"""Of an action's number: Python refuses to read numbers of thousands of digits."""
_KNOWN_BY = {NUMBER: "number", FIELD_WORDS[Field.TITLE]: "words", FOR: "question"}
"""The headings of cells by which a person knows an action, and what each is called."""


@dataclass(frozen=True, slots=True)
class SentRow:
    """A row as it went out: what its cells said under each heading, and what that means."""

    row: ActionRow
    texts: Mapping[str, str]

    @property
    def name(self) -> str:
        """The action's id."""
        return self.row.name

    @property
    def number(self) -> int | None:
        """The action's number; None if it was none yet."""
        number = self.texts[NUMBER]
        return int(number) if number.isdecimal() and len(number) <= _DIGITS else None

    def __str__(self) -> str:
        return "an empty row" if self.number is None else f"action {self.number}"


@dataclass(frozen=True, slots=True)
class SentPlan:
    """The plan as it went out: the values by which it is known, in the order of ``OF_PLAN``, and its rows by id.

    ``told`` are the headings of columns that tell something and whose texts are known.
    """

    known_by: tuple[str, ...]
    rows: Mapping[str, SentRow]
    told: frozenset[str]
    _owners: Mapping[str, Mapping[str, SentRow]]

    @classmethod
    def read(cls, path: Path, version: FileVersion, choices: Choices) -> Self:
        """Return what the workbook says of it. Raises InputError if it can't be read."""
        lines = sheet_rows(path, SENT_SHEET, version)
        first = next(lines, SheetRow(1, ()))
        columns = header(lines, [ID_HEADING, *Field, NUMBER], path)
        told = [heading for heading in SENT_TOLD if heading in columns.texts]
        values = [first.text(2 * at + 1) if first.text(2 * at) == name else "" for at, name in enumerate(OF_PLAN)]
        rows = {}
        for line in lines:
            if name := line.text(columns[ID_HEADING]):
                fields = {field: line.text(columns[field]) for field in Field}
                meant = {field: _meant(field, text, choices) for field, text in fields.items()}
                texts = {heading: line.text(columns[heading]) for heading in told}
                texts |= {heading: fields[field] for field, heading in FIELD_WORDS.items()}
                rows[name] = SentRow(ActionRow(name, meant), texts)
        owners = {heading: _by_text(heading, rows.values()) for heading in _KNOWN_BY}
        return cls(tuple(values), rows, frozenset(told), owners)

    def contradiction(self, sent: SentRow, texts: Mapping[str, str]) -> str:
        """Return what ``texts``, by their headings, have of another action than the row went out as; "" if nothing."""
        for heading, word in _KNOWN_BY.items():
            text = texts.get(heading, "")
            if text != sent.texts.get(heading) and (other := self._owners[heading].get(text)):
                return f"has the {word} of {other} and the Id of {sent}"
        return ""


def torn(contradictions: Mapping[int, str], path: Path) -> Problem:
    """Return what to say of rows in which cells of several actions stand, by their numbers."""
    told = some([f"row {number} {what}" for number, what in contradictions.items()], "; ")
    what = f"Part of this sheet was sorted, moved or copied without the rest, so nothing was brought back: {told}"
    todo = "Undo that. To sort, use the arrows in the headings: they take whole rows along."
    return Problem(what, todo, Place(str(path), min(contradictions)))


def _by_text(heading: str, rows: Iterable[SentRow]) -> Mapping[str, SentRow]:
    return {text: row for row in rows if (text := row.texts.get(heading))}


def _meant(field: Field, text: str, choices: Choices) -> str:
    """Return what a cell of ours means. It may be longer than what a person may write, or today's plan not have it."""
    try:
        return parse_value(field, text, choices)
    except ValueError:
        return text
