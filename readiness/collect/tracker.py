"""Reads a plan's workbook back: what went out in it, and what stands in its rows now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from readiness.collect.workbooks import SheetRow, cell_text, column_letter, header, sheet_rows
from readiness.errors import InputError, Place, Problem
from readiness.plan.changes import FIELD_WORDS, ID_HEADING, SENT_SHEET, Field, Row, parse_value
from readiness.text import safe

PLAN_SHEET = "Action plan"


@dataclass(frozen=True, slots=True)
class Tracker:
    """A workbook that came back: for which team, its rows as they went out, and as they are now."""

    team: str
    sent: tuple[Row, ...]
    rows: tuple[Row, ...]


def read_tracker(path: Path) -> Tracker:
    """Return what is in the workbook.

    Raises InputError with everything in it that can't be understood, each with its cell, as ``file:row:column``.
    """
    team, sent = _sent(path)
    rows = sheet_rows(path, PLAN_SHEET)
    columns = header(rows, [*FIELD_WORDS.values(), ID_HEADING], path)
    known = {row.name for row in sent}
    problems: list[Problem] = []
    read = [row for line in rows if (row := _row(path, line, columns, known, problems)) is not None]
    seen: set[str] = set()
    for edited, place in read:
        if edited.name and edited.name in seen:
            what = f'There are two rows for the action "{edited.name}"'
            problems.append(Problem(what, "Delete one, or empty its Id to make it an action of your own.", place))
        seen.add(edited.name)
    if problems:
        raise InputError(problems)
    return Tracker(team, sent, tuple(edited for edited, _ in read))


def _sent(path: Path) -> tuple[str, tuple[Row, ...]]:
    lines = sheet_rows(path, SENT_SHEET)
    columns = header(lines, [ID_HEADING, *Field], path)
    first = next(sheet_rows(path, SENT_SHEET)).cells
    team = cell_text(first[columns["team"] + 1]) if len(first) > columns.get("team", len(first)) + 1 else ""
    return team, tuple(
        Row(_text(line, columns[ID_HEADING]), {field: _text(line, columns[field]) for field in Field}) for line in lines
    )


def _text(line: SheetRow, at: int) -> str:
    return cell_text(line.cells[at]) if at < len(line.cells) else ""


def _row(
    path: Path, line: SheetRow, columns: Mapping[str, int], known: set[str], problems: list[Problem]
) -> tuple[Row, Place] | None:
    """Return the row; None where it holds nothing of ours. What can't be understood is added to ``problems``."""
    name = _text(line, columns[ID_HEADING])
    values = dict(_values(path, line, columns, problems))
    edited = any(values[field] for field in Field)
    if not name and not edited:
        return None
    place = Place(str(path), line.number, columns[ID_HEADING] + 1)
    if name and name not in known:
        what = f'The Id "{name}" is not one that went out with this workbook'
        problems.append(Problem(what, "Put the Id back, or empty it to make this an action of your own.", place))
    if not name and not values[Field.TITLE]:
        at = columns[FIELD_WORDS[Field.TITLE]]
        what = "This row does not say what to do"
        problems.append(Problem(what, "Write it, or empty the row.", Place(str(path), line.number, at + 1)))
    return Row(name, values), place


def _values(
    path: Path, line: SheetRow, columns: Mapping[str, int], problems: list[Problem]
) -> Iterator[tuple[Field, str]]:
    for field, heading in FIELD_WORDS.items():
        at = columns[heading]
        text = _text(line, at)
        try:
            yield field, parse_value(field, text)
        except ValueError as error:
            cell = f"{column_letter(at)}{line.number}"
            what = f'{heading} (cell {cell}): "{safe(text)[:60]}" is not understood'
            problems.append(Problem(what, str(error), Place(str(path), line.number, at + 1)))
            yield field, ""
