"""A folder with the answers of a service, and what is kept of its plan."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.program import run

FIRST, SECOND, THIRD = (
    "managers-at-all-levels-planned-next-level",
    "career-progression-talk",
    "personal-boundaries-planned-custom",
)


def edits(folder: Path) -> Mapping[str, Any]:
    """Return the edits that are kept, without what the actions said then."""
    kept = json.loads((folder / "n.plan.json").read_text("utf-8"))["actions"]
    return {name: {key: value for key, value in edit.items() if key != "before"} for name, edit in kept.items()}


def keep(folder: Path, **actions: Mapping[str, object]) -> None:
    """Write the file with the edits by hand."""
    data = {"schema": 1, "bank": {"id": "peer-workers"}, "team": "Northside Community Mental Health Team"}
    named = {name.replace("_", "-"): edit for name, edit in actions.items()}
    (folder / "n.plan.json").write_text(json.dumps({**data, "actions": named}), "utf-8")


def columns(sheet: Any) -> Mapping[str, int]:
    """Return where each column of the plan's sheet stands, by its heading."""
    return {cell.value: cell.column for cell in sheet[3]}


def changed(folder: Path, **cells: str) -> None:
    """Write the plan as a workbook, and change cells of its first row of actions: each named by its heading."""
    (folder / "plan.xlsx").unlink(missing_ok=True)
    run("plan", "n.yaml", "-o", "plan.xlsx", cwd=folder, code=0)
    book = load_workbook(folder / "plan.xlsx")
    sheet = book["Action plan"]
    for heading, value in cells.items():
        sheet.cell(4, columns(sheet)[heading]).value = value
    book.save(folder / "plan.xlsx")
