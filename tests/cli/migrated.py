"""Answers to the first version of our own bank, which today's carries over."""

from collections.abc import Mapping
from pathlib import Path

from readiness.bank.load import load_bank
from readiness.bank.migration import read_migration
from readiness.resources import QUESTIONS

TODAY = load_bank(QUESTIONS / "peer-workers")
MIGRATION = read_migration(QUESTIONS / "peer-workers", "0.1.0", TODAY)
PROFILE = {"setting": "nhs", "stage": "planning", "employment": "paid", "culturally-specific": "no"}
ANSWERS: Mapping[str, object] = {
    "generic-tasks-planned": {"level": 3, "note": "On a list."},
    "strategic-fit": 1,
    "shared-understanding": 2,
    "one-to-one-support": 4,
    "language": {"unknown": True},
    "clinical-response-planned": {"not_applicable": "No clinicians."},
    "pay-parity": {"not_applicable": "All are volunteers."},
}


def files(folder: Path) -> dict[str, str]:
    """Return what each file of a folder says, by its name."""
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if not path.name.startswith(".")}
