"""Tables that are collected, and saved in a folder."""

from pathlib import Path

from readiness.bank.model import Bank
from readiness.errors import InputError
from readiness.intake.mapping import Mapping as Decisions
from readiness.intake.save import plan_files, write_files
from readiness.intake.sources import Intake, gather, open_sources
from readiness.roundtrip.form_entries import Given
from tests.intake.written import ALL_GIVEN


def collected(bank: Bank, path: Path, decisions: Decisions | None = None, given: Given | None = None) -> Intake:
    opened = open_sources([path], bank)
    return gather(opened.sources, bank, decisions or Decisions(bank=bank.id), given or Given())


def save(bank: Bank, path: Path, out: Path, decisions: Decisions | None = None) -> tuple[int, int]:
    """Collect the file into the folder; return how many files are new, and how many were there."""
    found = collected(bank, path, decisions, ALL_GIVEN)
    assert (found.open, found.problems) == ((), ())
    planned = plan_files(found.gathered, out, force=False)
    if planned.problems:
        raise InputError(planned.problems)
    out.mkdir(exist_ok=True)
    write_files(planned.files, force=False)
    return len(planned.files), planned.unchanged
