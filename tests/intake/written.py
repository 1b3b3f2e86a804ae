"""Small tables written inline, and what is collected from them."""

from pathlib import Path

from readiness.bank.model import Bank
from readiness.intake.mapping import Mapping
from readiness.intake.sources import Intake, gather, open_as_problems, open_sources
from readiness.roundtrip.form_entries import Given

PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
ALL_GIVEN = Given(team="Northside", profile=PROFILE, date=None)


def table(folder: Path, text: str, name: str = "a.csv") -> Path:
    """Return a file with the table: a row a line, cells between bars; ``\\n`` is a line break in a cell."""
    rows = [line.strip() for line in text.strip().splitlines()]
    cells = [[cell.strip().replace("\\n", "\n").replace('"', '""') for cell in row.split("|")] for row in rows]
    path = folder / name
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in cells), encoding="utf-8")
    return path


def collect(bank: Bank, path: Path, mapping: Mapping | None = None, given: Given | None = None) -> Intake:
    """Return what is collected from the file."""
    opened = open_sources([path], bank)
    assert not opened.problems
    return gather(opened.sources, bank, mapping or Mapping(bank=bank.id), given or ALL_GIVEN)


def problems(bank: Bank, gathering: Intake) -> list[str]:
    """Return what is said to be wrong, or to be decided."""
    return [str(problem) for problem in (*gathering.problems, *open_as_problems(gathering.open, bank, ALL_GIVEN))]


def save(path: Path, id_: str, revision: int, level: int, role: str = "other") -> Path:
    text = f"bank: {{id: peer-workers}}\nteam: {{name: A}}\nrespondent: {{role: {role}, id: {id_}}}\n"
    path.write_text(f"{text}date: 2026-11-22\nrevision: {revision}\nresponses: {{language: {level}}}\n")
    return path
