"""Small tables for the command line, and the answers that come of them."""

from pathlib import Path

SMALL = "date       | team | stage    | employment | culturally-specific | language\n"

ROWS = "2026-11-20 | A    | planning | paid       | no                  | 1\n"


def answers(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
