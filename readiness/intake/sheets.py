"""Sheets of a workbook: which of them has the answers."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from readiness.errors import Place, Problem
from readiness.file_version import FileVersion
from readiness.intake.heading_rows import heads_columns, looks_like_headings
from readiness.intake.headings import Names
from readiness.intake.tables import InputTable, TableRow
from readiness.text import short, some
from readiness.words import choice
from readiness.workbook_apart import version_of
from readiness.xlsx_reader import cell_name, sheet_marks, sheet_names, sheet_rows

_LOOKED_AT = 20
"""Rows of a sheet by which it is known: a title and notes may stand above the headings."""


@dataclass(frozen=True, slots=True)
class SheetRows:
    """Rows of a workbook's sheet that hold something; each pass reads the file anew, as it was at ``version``."""

    path: Path
    name: str
    version: FileVersion

    def __iter__(self) -> Iterator[TableRow]:
        return (TableRow(row.number, row.cells) for row in sheet_rows(self.path, self.name, self.version))


def workbook_table(path: Path, file: str, names: Names | None, wanted: str | None) -> InputTable:
    """Return the table in a workbook: the sheet that is ``wanted``, by its name or number, or the one with answers.

    That is the first with a row of headings known by ``names``, else the first like a table, else the first that holds
    something. Raises InputError if there is no such sheet, or if the workbook can't be read.
    """
    version = version_of(path)
    found = sheet_names(path)
    if wanted is not None:
        name = _called(wanted, found)
        unread = tuple(each for each in found if each != name)
        return replace(_table(SheetRows(path, name, version), file, found), other_sheets=unread)
    if len(found) == 1:
        return _table(SheetRows(path, found[0], version), file, found)
    starts = {name: tuple(islice(SheetRows(path, name, version), _LOOKED_AT)) for name in found}
    filled = [name for name in found if starts[name]]
    headed = [name for name in filled if names and any(heads_columns(row, names) for row in starts[name])]
    tables = headed or [name for name in filled if looks_like_headings(starts[name])] or filled
    if not tables:
        return InputTable(file, (), "")
    first, *others = tables
    table = _table(SheetRows(path, first, version), file, found)
    notices = [*table.notices]
    if headed and others:
        listed = some([f'"{short(name)}"' for name in others])
        notices.append(
            f'{file}: only the sheet "{short(first)}" was read. There are questions in {listed}, too: name one with'
            " --sheet."
        )
    unread = tuple(name for name in filled if name != first)
    return replace(table, notices=tuple(notices), other_sheets=unread)


def _table(rows: SheetRows, file: str, names: tuple[str, ...]) -> InputTable:
    """Return the table in one of the sheets called ``names``. Raises InputError if there is no such sheet."""
    marks = sheet_marks(rows.path, rows.name, rows.version)
    noted = some([cell_name(*at) for at in marks.notes])
    notices = (f"{file}: notes on cells were not read: {noted}.",) if noted else ()
    return InputTable(file, rows, _told(rows.name, names), notices, merged=marks.merged, hidden=marks.hidden)


def unread_sheets(table: InputTable) -> Iterator[Problem]:
    """Yield what to say of a table without questions, if its workbook has other sheets."""
    if table.other_sheets:
        listed = some([f'"{short(name)}"' for name in table.other_sheets])
        what = f"There are other sheets in this workbook: {listed}"
        yield Problem(what, "If the answers are in one of them, name it with --sheet.", Place(table.file))


def _called(wanted: str, names: tuple[str, ...]) -> str:
    """Return the name of the sheet that is called so, in any case, or has this number; ``wanted`` if none is."""
    for name in names:
        if name.strip().casefold() == wanted.strip().casefold():
            return name
    at = choice(wanted.strip(), len(names))
    return wanted if at is None else names[at]


def _told(name: str, names: tuple[str, ...]) -> str:
    others = f", of {len(names)} sheets" if len(names) > 1 else ""
    return f'sheet "{short(name)}"{others}'
