"""Plans to edit by prompts, and what is typed and shown."""

import datetime as dt
from pathlib import Path

from readiness.bank.load import load_bank
from readiness.interview.plan_editor import Editing, edited
from readiness.interview.plan_editor_screen import editing_screen
from readiness.plan.overlay import Edit
from readiness.resources import DEFAULT_BANK, QUESTIONS
from readiness.team import AssessedTeam
from tests.conftest import assessment
from tests.report.services import example
from tests.small import small_bank

TODAY = dt.date(2026, 11, 24)


def begun(folder: Path) -> Editing:
    bank = small_bank(folder, "[{id: a}, {id: b}, {id: c, domain: e}]", domains="{d: 1000, e: 1}")
    return Editing(AssessedTeam(bank, [assessment(bank, {"a": 1, "b": 1, "c": 1})]), TODAY)


def example_editing() -> Editing:
    bank = load_bank(QUESTIONS / DEFAULT_BANK)
    return Editing(AssessedTeam(bank, example("northside-cmht", bank)), TODAY)


EXAMPLE = example_editing()


def after(editing: Editing, *lines: str) -> Editing:
    for line in lines:
        editing = edited(editing, line)
    return editing


def shown(editing: Editing) -> str:
    return "\n".join(f"{line.lead} {line.text}".strip() for line in editing_screen(editing).lines)


def edits(editing: Editing) -> dict[str, Edit]:
    return {name: edit.model_copy(update={"before": None}) for name, edit in editing.overlay.actions.items()}
