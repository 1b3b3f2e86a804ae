"""What is in workbooks."""

from pathlib import Path

from openpyxl import load_workbook


def rows_of_sheets(path: Path) -> dict[str, list[list[object]]]:
    """Return the cells of each sheet, by its name."""
    return {sheet.title: [[*row] for row in sheet.iter_rows(values_only=True)] for sheet in load_workbook(path)}
