"""Endings of the names of files that answers are in, and of those that stand beside them."""

from pathlib import Path

ENDINGS = (".json", ".yaml", ".yml")
"""What the names of files with one assessment end in."""
LINES = (".jsonl", ".ndjson")
"""What the names of files with a JSON object in each line end in."""
SEPARATED = (".csv", ".tsv")
"""What the names of tables end in that are plain text."""
TABLES = (*SEPARATED, ".xlsx", ".xlsm", ".ods", *LINES, ".parquet")
"""What the names of files with a table of answers end in."""
PLAN_ENDING = ".plan.json"
"""What the names of files with a person's edits of a plan end in: they stand beside the answers, and are none."""
MAPPING_NAME = "mapping.yaml"
"""The file with what a person decided about the columns of a survey: it stands beside the answers collected from it."""
LOCK = ".readiness-lock"
"""The file by which a batch keeps a folder for itself: it marks the folder, too."""

TEXT = ".txt"
"""What the names of files end in that hold some text: a table, if it looks like one."""
_PLAIN = (*ENDINGS, *LINES, *SEPARATED)


def ending(name: str) -> str:
    """Return the ending of a file's name in small letters; of "a.JSON.txt", as mail programs make it, ".json"."""
    path = Path(name.strip().lower())
    inner = Path(path.stem).suffix
    return inner if path.suffix == TEXT and inner in _PLAIN else path.suffix
