"""What the tests of a plan's workbook share: what a person does to its sheet."""

from collections.abc import Callable
from typing import Any

Edit = Callable[[Any], None]


def _sort(rows: tuple[tuple[Any, ...], ...]) -> None:
    """Sort cells of the sheet by who does it, as a spreadsheet sorts what is selected."""
    owners = {id(row): next(cell.value for cell in row if cell.column_letter == "D") for row in rows}
    values = [[cell.value for cell in row] for row in sorted(rows, key=lambda row: owners[id(row)])]
    for row, sorted_values in zip(rows, values, strict=True):
        for cell, value in zip(row, sorted_values, strict=True):
            cell.value = value
